/* said.h: what each list last said of a person, where that is not what is registered.
 *
 * A list's words mostly are what is registered. They are not where another list has said
 * something else since, or where a person has corrected it and a list's new word was
 * shown and not taken. Only such words are kept, in the registration itself
 * (`Delegate.said`), so that they are the same on every replica:
 *
 *     {"hotels":{"hotel":"Ibis"},"报名表":{"function_zh":"专员"}}
 *
 * Lists are named as import.h tells them apart. What is not text of that form reads as
 * nothing said.
 *
 * Threads: a Said is used by one thread at a time. Nothing here blocks or fails.  */
#pragma once

#include "roster/delegate.h"

typedef struct _Said Said;

Said *said_parse (const char *text);
void said_free (Said *said);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Said, said_free)

/* Gives @delegate the words of @list for those fields where they were kept. */
void said_lay_over (const Said *said, const char *list, Delegate *delegate);
/* TRUE if a word of @list was kept for the field of that number (delegate_fields()). */
gboolean said_has (const Said *said, const char *list, guint field);
/* Keeps what @list says of it: the value that @delegate has. */
void said_keep (Said *said, const char *list, guint field, const Delegate *delegate);
void said_drop (Said *said, const char *list, guint field);

/* As a text for `Delegate.said`, "" if nothing is kept; lists by name. Free with
 * g_free(). */
char *said_text (const Said *said);
