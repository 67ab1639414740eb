/* known_list.h: the lists that were ever imported, and of which fields each speaks, as
 * `list` facts.
 *
 * Threads: as the Journal. Blocks on disk.  */
#pragma once

#include "roster/delegate.h"

typedef struct {
  char *name;
  guint64 fields; /* a bit for each number in delegate_fields() */
} KnownList;

/* By name: KnownList; free with g_ptr_array_unref(). */
GPtrArray *known_list_all (Journal *journal, GError **error);
/* The one of that name among them, NULL if there is none. */
const KnownList *known_list_find (const GPtrArray *lists, const char *name);
/* Appends the fact that a list speaks of these fields; needs a transaction. */
gboolean known_list_append (Journal *journal, const char *name, guint64 fields, GError **error);

/* The name of the list in the file @path: without folder and ending, and without what is
 * added to a name when a file is copied, sent again or dated: "liste (2)", "liste-v3",
 * "liste 2016-10-20", "liste - Copie", "liste - 副本" are all "liste". Free with
 * g_free(). */
char *known_list_name (const char *path);
