#include "spool/printer_state.h"

#include "journal/query.h"

#include <string.h>

#define LOCAL_REST "printer-rest:" /* and the queue */

static const char READ[] = "SELECT queue, rank, state, troubles, notes, since, heard, job, ifnull "
                           "((SELECT value FROM local WHERE name = '" LOCAL_REST "' || queue), '') "
                           "FROM printer_state ORDER BY rank, queue";
static const char WRITE[]
    = "INSERT OR REPLACE INTO printer_state (queue, rank, state, troubles, notes, since, heard, "
      "job) VALUES (:queue, :rank, :state, :troubles, :notes, :since, :heard, :job)";
static const char REMOVE[] = "DELETE FROM printer_state WHERE queue = :queue";

static const char *const NAMES[] = { "unknown", "ready", "printing", "trouble" };

/* As in the table: "ready" … */
static const char *printer_state_state_name (PrinterStateKind state)
{
  return NAMES[state];
}

static PrinterStateKind state_of_name (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++)
    if (strcmp (NAMES[i], name) == 0)
      return (PrinterStateKind) i;
  return PRINTER_STATE_UNKNOWN;
}

void printer_state_free (PrinterState *printer)
{
  if (printer == NULL)
    return;
  g_free (printer->queue);
  g_free (printer->troubles);
  g_free (printer->notes);
  g_free (printer->job);
  g_free (printer->rests);
  g_free (printer);
}

gboolean printer_state_is_stale (const PrinterState *printer, gint64 now_ms)
{
  return now_ms - printer->heard_ms > PRINTER_STATE_STALE_MS;
}

Pair printer_state_trouble (const PrinterState *printer)
{
  g_autofree char *first = g_strndup (printer->troubles, strcspn (printer->troubles, ","));

  return first[0] != '\0' ? wording_printer_reason (first) : PAIR_EMPTY;
}

GPtrArray *printer_state_read (Journal *journal, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) printer_state_free);
  Query *query = journal_query (journal, READ, error);

  if (query == NULL)
    return NULL;
  while (query_next (query)) {
    PrinterState *printer = g_new0 (PrinterState, 1);
    printer->queue = g_strdup (query_text (query, 0));
    printer->rank = (guint) query_int (query, 1);
    printer->state = state_of_name (query_text (query, 2));
    printer->troubles = g_strdup (query_text (query, 3));
    printer->notes = g_strdup (query_text (query, 4));
    printer->since_ms = query_int (query, 5);
    printer->heard_ms = query_int (query, 6);
    printer->job = g_strdup (query_text (query, 7));
    printer->rests = g_strdup (query_text (query, 8));
    g_ptr_array_add (list, printer);
  }
  return query_end (query, error) ? g_steal_pointer (&list) : NULL;
}

gboolean printer_state_write (Journal *journal, const PrinterState *printer, GError **error)
{
  Query *query = journal_query (journal, WRITE, error);

  if (query == NULL)
    return FALSE;
  query_bind_text (query, ":queue", printer->queue);
  query_bind_int (query, ":rank", printer->rank);
  query_bind_text (query, ":state", printer_state_state_name (printer->state));
  query_bind_text (query, ":troubles", printer->troubles);
  query_bind_text (query, ":notes", printer->notes);
  query_bind_int (query, ":since", printer->since_ms);
  query_bind_int (query, ":heard", printer->heard_ms);
  query_bind_text (query, ":job", printer->job);
  query_next (query);
  return query_end (query, error);
}

gboolean printer_state_rest (Journal *journal, const char *queue, const char *volunteer,
                             GError **error)
{
  g_autofree char *name = g_strconcat (LOCAL_REST, queue, NULL);

  return journal_set_local (journal, name, volunteer[0] != '\0' ? volunteer : NULL, error);
}

gboolean printer_state_rests (Journal *journal, const char *queue, gboolean *rests, GError **error)
{
  g_autofree char *name = g_strconcat (LOCAL_REST, queue, NULL), *value = NULL;

  if (!journal_read_local (journal, name, &value, error))
    return FALSE;
  *rests = value != NULL;
  return TRUE;
}

gboolean printer_state_keep (Journal *journal, const char *const *queues, GError **error)
{
  g_autoptr (GPtrArray) list = printer_state_read (journal, error);

  for (guint i = 0; list != NULL && i < list->len; i++) {
    const PrinterState *printer = g_ptr_array_index (list, i);
    Query *query;

    if (g_strv_contains (queues, printer->queue))
      continue;
    query = journal_query (journal, REMOVE, error);
    if (query == NULL)
      return FALSE;
    query_bind_text (query, ":queue", printer->queue);
    query_next (query);
    if (!query_end (query, error))
      return FALSE;
  }
  return list != NULL;
}
