/* event_parse.h: the text of an event file into definitions, or every fault in it.
 *
 * Must not know: the replica, files.
 * Threads: reentrant. Nothing here blocks.  */
#pragma once

#include "congress/definition.h"

/* The definitions in an order in which each comes after those it names; free with
 * g_ptr_array_unref(). NULL with DEFINITION_ERROR_CONTENT. @file is the name in messages;
 * @text may be anything. @summary may be NULL. */
GPtrArray *event_parse (const char *file, const char *text, gsize length,
                        DefinitionSummary *summary, GError **error);
