/* name_table.h: the words of an enumeration, in its order.
 *
 * Threads: reentrant. Nothing here blocks.  */
#pragma once

#include <glib.h>

/* The word at @index of @count @names; "" beyond them. */
const char *name_table_name (const char *const *names, guint count, guint index);
/* Sets *@index to where @name stands; FALSE if it stands nowhere, or is NULL. */
gboolean name_table_find (const char *const *names, guint count, const char *name, guint *index);
