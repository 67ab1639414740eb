#include "congress/agenda.h"

#include "journal/query.h"

#include <string.h>

static const char DEADLINES[]
    = "SELECT id, fr, zh, by_fr, by_zh, due, done FROM deadline WHERE NOT "
      "removed ORDER BY due, sort, id";

static const struct {
  const char *name, *words;
} STATES[AGENDA_STATES] = { { "late", NC_ ("deadline", "late") },
                            { "due", NC_ ("deadline", "due soon") },
                            { "later", NC_ ("deadline", "later") },
                            { "done", NC_ ("deadline", "done") } };

const char *agenda_state_name (AgendaState state)
{
  return STATES[state].name;
}

Pair agenda_state_words (AgendaState state)
{
  return words_pair_in ("deadline", STATES[state].words);
}

static void item_free (gpointer data)
{
  AgendaItem *item = data;
  g_free (item->id);
  g_free (item->fr);
  g_free (item->zh);
  g_free (item->by_fr);
  g_free (item->by_zh);
  g_free (item->due);
  g_free (item->done);
  g_free (item);
}

/* Days from @from to @to, both ISO dates; 0 for what is none. */
static gint days_between (const char *from, const char *to)
{
  GDate dates[2];
  g_date_clear (dates, 2);
  g_date_set_parse (&dates[0], from);
  g_date_set_parse (&dates[1], to);
  return g_date_valid (&dates[0]) && g_date_valid (&dates[1])
             ? g_date_days_between (&dates[0], &dates[1])
             : 0;
}

static AgendaItem *item_of (Query *query, const char *today, guint ahead)
{
  AgendaItem *item = g_new0 (AgendaItem, 1);
  item->id = g_strdup (query_text (query, 0));
  item->fr = g_strdup (query_text (query, 1));
  item->zh = g_strdup (query_text (query, 2));
  item->by_fr = g_strdup (query_text (query, 3));
  item->by_zh = g_strdup (query_text (query, 4));
  item->due = g_strdup (query_text (query, 5));
  item->done = g_strdup (query_text (query, 6));
  item->days = days_between (today, item->due);
  item->state = *item->done != '\0'           ? AGENDA_DONE
                : item->days < 0              ? AGENDA_LATE
                : (guint) item->days <= ahead ? AGENDA_DUE
                                              : AGENDA_LATER;
  return item;
}

GPtrArray *agenda_read (Journal *journal, const char *today, guint ahead, GError **error)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (item_free);
  Query *query = journal_query (journal, DEADLINES, error);
  if (query == NULL)
    return NULL;
  while (query_next (query))
    g_ptr_array_add (all, item_of (query, today, ahead));
  if (!query_end (query, error))
    return NULL;
  GPtrArray *items = g_ptr_array_new_with_free_func (item_free);
  for (AgendaState state = AGENDA_LATE; state < AGENDA_STATES; state++)
    for (guint i = 0; i < all->len; i++)
      if (all->pdata[i] != NULL && ((const AgendaItem *) all->pdata[i])->state == state)
        g_ptr_array_add (items, g_steal_pointer (&all->pdata[i]));
  g_ptr_array_set_free_func (all, NULL); /* all have been taken */
  return items;
}

guint agenda_count (const GPtrArray *items, AgendaState state)
{
  guint count = 0;
  for (guint i = 0; i < items->len; i++)
    count += ((const AgendaItem *) items->pdata[i])->state == state;
  return count;
}
