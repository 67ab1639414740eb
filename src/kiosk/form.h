/* form.h: a filled-in form as one text, "name=value" lines, on its way from a page to the
 * clerk.
 *
 * Must not know: GTK, which fields there are.
 * Threads: reentrant. Nothing here fails or blocks.  */
#pragma once

#include "desk/desk.h"

/* Adds a field; line breaks in @value become spaces. */
void form_add (GString *form, const char *name, const char *value);
/* Names to values; free with g_hash_table_unref(). */
GHashTable *form_read (const char *form);
/* The texts of a delegate among @fields, borrowed; NULL for a field that is not there. */
DeskCorrection form_texts (GHashTable *fields);
/* The words of a field between spaces, never NULL; free with g_strfreev(). */
char **form_list (GHashTable *fields, const char *name);
gboolean form_flag (GHashTable *fields, const char *name); /* "1" */
