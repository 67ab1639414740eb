/* event_parse.h: the text of an event file into definitions, or every fault in it.
 *
 * Must not know: the replica; of files, only the pictures in @folder that it names.
 * Threads: reentrant. Blocks on disk where it names any.  */
#pragma once

#include "congress/definition.h"

/* The definitions in an order in which each comes after those it names; free with
 * g_ptr_array_unref(). NULL with DEFINITION_ERROR_CONTENT. @file is the name in
 * messages; @text may be anything. @folder: of the pictures that it names
 * (event_logo.h); NULL: they are not read. @look, @summary may be NULL. */
GPtrArray *event_parse (const char *file, const char *text, gsize length, const char *folder,
                        const DefinitionLook *look, DefinitionSummary *summary, GError **error);
