/* form.h: a filled-in form as one text, "name=value" lines, on its way from a page to the
 * desk's worker.
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
gboolean form_flag (GHashTable *fields, const char *name); /* "1" */

/* The lists that a filled-in form of the desk borrows. */
typedef struct {
  char **events, **days, **sessions;
} FormChoices;
void form_choices_clear (FormChoices *choices);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FormChoices, form_choices_clear)

/* A walk-in, or what somebody is registered for; both borrow from @fields and @choices. A
 * list that is not in the form is left as it is. */
DeskWalkIn form_walk_in (GHashTable *fields, FormChoices *choices);
DeskRights form_rights (GHashTable *fields, FormChoices *choices);
