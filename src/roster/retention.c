#include "roster/retention.h"

#include "core/words.h"
#include "journal/query.h"

#include <string.h>

static const char CONGRESS[]
    = "SELECT retention, contact, timezone FROM congress WHERE id = 'congress' AND NOT removed";
/* A note may be of somebody who was never registered. */
static const char HELD[]
    = "SELECT count (DISTINCT subject) FROM fact WHERE kind IN ('registration', 'note', "
      "'handover', 'appointment') AND body IS NOT NULL";
static const char SOME_HELD[]
    = "SELECT DISTINCT subject FROM fact WHERE kind IN ('registration', 'note', "
      "'handover', 'appointment') AND body IS NOT NULL AND subject > :after ORDER BY subject LIMIT "
      ":most";

G_DEFINE_QUARK (retention - error - quark, retention_error)

void retention_free (Retention *retention)
{
  if (retention == NULL)
    return;
  g_free (retention->date);
  g_free (retention->contact);
  g_free (retention);
}

/* The day at the venue, as an ISO date. */
static char *day_at (const char *zone_name, gint64 now_ms)
{
  g_autoptr (GTimeZone) named = *zone_name ? g_time_zone_new_identifier (zone_name) : NULL;
  g_autoptr (GTimeZone) local = g_time_zone_new_local ();
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (now_ms / 1000);
  g_autoptr (GDateTime) there
      = utc != NULL ? g_date_time_to_timezone (utc, named != NULL ? named : local) : NULL;
  return there != NULL ? g_date_time_format (there, "%Y-%m-%d") : g_strdup ("");
}

Retention *retention_read (Journal *journal, GError **error)
{
  g_autoptr (Retention) retention = g_new0 (Retention, 1);
  Query *query = journal_query (journal, CONGRESS, error);
  if (query == NULL)
    return NULL;
  gboolean found = query_next (query);
  g_autofree char *zone = g_strdup (found ? query_text (query, 2) : "");
  retention->date = g_strdup (found ? query_text (query, 0) : "");
  retention->contact = g_strdup (found ? query_text (query, 1) : "");
  if (!query_end (query, error) || (query = journal_query (journal, HELD, error)) == NULL)
    return NULL;
  if (query_next (query))
    retention->people = (guint) query_int (query, 0);
  if (!query_end (query, error))
    return NULL;
  g_autofree char *today = day_at (zone, journal_now_ms (journal));
  retention->over = *retention->date != '\0' && strcmp (today, retention->date) > 0;
  return g_steal_pointer (&retention);
}

/* Erasing ---------------------------------------------------------------------------- */

/* The next people after @after. */
static GPtrArray *read_some (Journal *journal, const char *after, GError **error)
{
  g_autoptr (GPtrArray) some = g_ptr_array_new_with_free_func (g_free);
  Query *query = journal_query (journal, SOME_HELD, error);
  if (query == NULL)
    return NULL;
  query_bind_text (query, ":after", after);
  query_bind_int (query, ":most", RETENTION_BATCH);
  while (query_next (query))
    g_ptr_array_add (some, g_strdup (query_text (query, 0)));
  return query_end (query, error) ? g_steal_pointer (&some) : NULL;
}

static gboolean erase_some (Journal *journal, const GPtrArray *some, const char *date,
                            GError **error)
{
  g_autofree char *body = g_strdup_printf ("{\"reason\":\"retention %s\"}", date);
  if (!journal_begin (journal, error))
    return FALSE;
  for (guint i = 0; i < some->len; i++)
    if (!journal_append (journal, "erasure", some->pdata[i], body, NULL, error)) {
      journal_rollback (journal);
      return FALSE;
    }
  return journal_commit (journal, error);
}

gboolean retention_erase_all (Journal *journal, guint *erased, GError **error)
{
  g_autoptr (Retention) retention = retention_read (journal, error);
  g_autofree char *after = g_strdup ("");
  *erased = 0;
  if (retention == NULL)
    return FALSE;
  if (*retention->date == '\0') {
    g_set_error (error, RETENTION_ERROR, RETENTION_ERROR_NONE,
                 _ ("the event file names no day until which data may be kept: write “retention = "
                    "YEAR-MONTH-DAY” into its [congress] and load it"));
    return FALSE;
  }
  if (!retention->over) {
    g_set_error (
        error, RETENTION_ERROR, RETENTION_ERROR_EARLY,
        _ ("what is held may be kept until %s (“retention” of the event file); nothing was "
           "erased"),
        retention->date);
    return FALSE;
  }
  for (;;) {
    g_autoptr (GPtrArray) some = read_some (journal, after, error);
    if (some == NULL)
      return FALSE;
    if (some->len == 0)
      return TRUE;
    if (!erase_some (journal, some, retention->date, error))
      return FALSE;
    *erased += some->len;
    g_free (after);
    after = g_strdup (some->pdata[some->len - 1]);
  }
}
