#include "roster/person_file.h"

#include "core/words.h"
#include "journal/query.h"

#include <string.h>

/* A checkpoint may be called as a person is: the kind says of whom a subject speaks. Ids
 * of closed alerts and conflicts hold the reference between marks that no reference
 * has. */
static const char FACTS[]
    = "WITH of (station, seq) AS ("
      "SELECT station, seq FROM fact WHERE subject = :reference AND kind IN ('registration', "
      "'badge-issued', 'badge-void', 'loan', 'note', 'handover', 'appointment', "
      "'met', 'undone', 'answer', 'letter', 'ticket-void', 'erasure') AND kind <> 'passage' "
      "UNION SELECT station, seq FROM passage WHERE reference = :reference "
      "UNION SELECT f.station, f.seq FROM apart a JOIN fact f USING (station, seq) WHERE f.subject "
      "= :reference AND f.kind = 'passage' "
      "UNION SELECT f.station, f.seq FROM print_job j JOIN fact f ON f.subject = j.job AND f.kind "
      "= 'print' WHERE j.reference = :reference "
      "UNION SELECT f.station, f.seq FROM volunteer v JOIN fact f ON f.subject = v.number AND "
      "f.kind = 'volunteer' WHERE v.reference = :reference "
      "UNION SELECT station, seq FROM conflict_closed WHERE conflict >= :reference || '@' AND "
      "conflict < :reference || 'A' "
      "UNION SELECT station, seq FROM alert_closed WHERE instr (alert || ':', ':' || :reference "
      "|| ':') > 0) "
      "SELECT f.kind, f.subject, f.station, f.seq, min (f.at, ifnull ((SELECT min (b.at) FROM "
      "clock_bound b WHERE b.station = f.station AND b.seq >= f.seq), f.at)) AS at, "
      "iif (f.kind = 'volunteer', json_remove (f.body, '$.pin'), f.body), "
      "ifnull (c.fr, ''), ifnull (c.zh, ''), ifnull (c.kind, '') FROM of JOIN fact f "
      "USING (station, seq) LEFT JOIN checkpoint c ON f.kind = 'passage' AND c.id = f.body ->> "
      "'checkpoint' ORDER BY at, f.station, f.seq";

G_DEFINE_QUARK (person - file - error - quark, person_file_error)

static void person_fact_free (gpointer data)
{
  PersonFact *fact = data;
  g_free (fact->kind);
  g_free (fact->subject);
  g_free (fact->station);
  g_free (fact->body);
  g_free (fact->place_fr);
  g_free (fact->place_zh);
  g_free (fact->place_kind);
  g_free (fact);
}

void person_file_free (PersonFile *file)
{
  if (file == NULL)
    return;
  g_free (file->reference);
  delegate_free (file->delegate);
  g_clear_pointer (&file->facts, g_ptr_array_unref);
  g_free (file);
}

static gboolean read_facts (Journal *journal, PersonFile *file, GError **error)
{
  Query *query = journal_query (journal, FACTS, error);
  if (query == NULL)
    return FALSE;
  query_bind_text (query, ":reference", file->reference);
  while (query_next (query)) {
    PersonFact *fact = g_new0 (PersonFact, 1);
    fact->kind = g_strdup (query_text (query, 0));
    fact->subject = g_strdup (query_text (query, 1));
    fact->station = g_strdup (query_text (query, 2));
    fact->seq = query_int (query, 3);
    fact->at_ms = clock_hybrid_ms (query_int (query, 4));
    fact->body = *query_text (query, 5) != '\0' ? g_strdup (query_text (query, 5)) : NULL;
    fact->place_fr = g_strdup (query_text (query, 6));
    fact->place_zh = g_strdup (query_text (query, 7));
    fact->place_kind = g_strdup (query_text (query, 8));
    g_ptr_array_add (file->facts, fact);
  }
  return query_end (query, error);
}

PersonFile *person_file_read (Journal *journal, const char *reference, GError **error)
{
  g_autoptr (PersonFile) file = g_new0 (PersonFile, 1);
  g_autoptr (GError) cause = NULL;
  file->reference = g_strdup (reference);
  file->facts = g_ptr_array_new_with_free_func (person_fact_free);
  file->delegate = delegate_load (journal, reference, &cause);
  if (cause != NULL) {
    g_propagate_error (error, g_steal_pointer (&cause));
    return NULL;
  }
  if (!read_facts (journal, file, error))
    return NULL;
  if (file->facts->len == 0) {
    g_set_error (error, PERSON_FILE_ERROR, PERSON_FILE_ERROR_NOBODY,
                 _ ("nothing is held here about “%s”; “accueil roster --search NAME” finds a "
                    "reference"),
                 reference);
    return NULL;
  }
  return g_steal_pointer (&file);
}

/* JSON ------------------------------------------------------------------------------- */

static void put_time (JsonOut *out, const char *key, gint64 ms, GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (ms / 1000);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;
  g_autofree char *text
      = local != NULL ? g_date_time_format (local, "%Y-%m-%dT%H:%M:%S%:z") : g_strdup ("");
  json_out_string (out, key, text);
}

static void put_fact (JsonOut *out, const PersonFact *fact, GTimeZone *zone)
{
  json_out_begin_object (out, NULL);
  put_time (out, "at", fact->at_ms, zone);
  json_out_string (out, "kind", fact->kind);
  json_out_string (out, "subject", fact->subject);
  json_out_string (out, "station", fact->station);
  json_out_int (out, "number", fact->seq);
  json_out_string_if (out, "place_fr", fact->place_fr);
  json_out_string_if (out, "place_zh", fact->place_zh);
  if (fact->body != NULL)
    json_out_raw (out, "body", fact->body);
  else
    json_out_bool (out, "erased", TRUE);
  json_out_end_object (out);
}

char *person_file_json (const PersonFile *file, Journal *journal, GTimeZone *zone)
{
  JsonOut *out = json_out_new ();
  json_out_begin_object (out, NULL);
  json_out_string (out, "reference", file->reference);
  put_time (out, "at", journal_now_ms (journal), zone);
  json_out_string (out, "station", journal_station (journal));
  if (file->delegate != NULL) {
    json_out_begin_object (out, "registration");
    delegate_put_json (file->delegate, out);
    json_out_end_object (out);
  }
  json_out_begin_array (out, "facts");
  for (guint i = 0; i < file->facts->len; i++)
    put_fact (out, file->facts->pdata[i], zone);
  json_out_end_array (out);
  json_out_end_object (out);
  return json_out_finish (out);
}
