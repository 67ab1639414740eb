/* fact_form.h: what a fact of each kind must look like: its subject, its keys, their
 * types, sizes and ranges. One table, the same on every replica.
 *
 * A fact that breaks it is never written here, and where it comes from elsewhere it is
 * kept apart (authority.h): stored, its chain whole, without effect on any projection.
 * So every reader of a projection may rely on what the table says: lists are lists of
 * texts, days are dates, a serial is a badge's.
 *
 * Keys that the table does not name are a later version's and pass. A kind that it does
 * not name passes too: no projection reads it.
 * Threads: reentrant. Nothing here blocks on a network; an unknown time zone is looked
 * for in the system's files. */
#pragma once

#include <glib.h>

#define FACT_SERIAL_MAX 65535

/* NULL if @body (a checked JSON object; NULL: erased) is a fact of @kind about @subject;
 * else what is wrong: "subject", "erased", or the name of the key. Static. */
const char *fact_form_fault (const char *kind, const char *subject, const char *body);
/* TRUE if @body is the JSON text of an object as RFC 8259 has it. */
gboolean fact_form_is_object (const char *body);
