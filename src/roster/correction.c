#include "roster/correction.h"

#include "journal/query.h"

#include <string.h>

static const char OF_REFERENCE[]
    = "SELECT field, volunteer, at FROM correction WHERE reference = :reference AND value IS NOT "
      "NULL ORDER BY field";

static void correction_free (gpointer data)
{
  Correction *correction = data;
  g_free (correction->field);
  g_free (correction->volunteer);
  g_free (correction);
}

GPtrArray *correction_load (Journal *journal, const char *reference, GError **error)
{
  g_autoptr (GPtrArray) corrections = g_ptr_array_new_with_free_func (correction_free);
  Query *query = journal_query (journal, OF_REFERENCE, error);
  if (query == NULL)
    return NULL;
  query_bind_text (query, ":reference", reference);
  while (query_next (query)) {
    Correction *correction = g_new0 (Correction, 1);
    correction->field = g_strdup (query_text (query, 0));
    correction->volunteer = g_strdup (query_text (query, 1));
    correction->at_ms = clock_hybrid_ms ((HybridTime) query_int (query, 2));
    g_ptr_array_add (corrections, correction);
  }
  return query_end (query, error) ? g_steal_pointer (&corrections) : NULL;
}

const Correction *correction_of (const GPtrArray *corrections, const char *field)
{
  for (guint i = 0; i < corrections->len; i++) {
    const Correction *correction = g_ptr_array_index (corrections, i);
    if (strcmp (correction->field, field) == 0)
      return correction;
  }
  return NULL;
}
