#include "desk/desk_undo.h"

#include "core/json.h"
#include "desk/desk_step.h"

#include <string.h>

/* A headset that was handed out by mistake is given back, and the other way about. */
static const char PASSAGES[]
    = "SELECT p.station, p.seq, p.at, ifnull (c.fr, p.checkpoint), ifnull (c.zh, ''), p.direction "
      "FROM passage p LEFT JOIN checkpoint c ON c.id = p.checkpoint WHERE p.reference = :reference "
      "AND p.verdict = 'ADMITTED' AND ifnull (c.kind, '') <> 'headset' ORDER BY p.at DESC, "
      "p.station DESC, p.seq DESC LIMIT :limit";
/* The first badge that it made: its station wrote that right after it. */
static const char BADGE[]
    = "SELECT b.serial, b.issuer FROM badge b JOIN badge_state s ON s.reference = b.reference AND "
      "s.serial = b.serial AND s.issuer = b.issuer WHERE b.reference = :reference AND b.issuer = "
      ":station AND b.seq > :seq AND b.reason IN ('first', 'replaced') AND b.volunteer = '' AND "
      "b.box = 0 AND s.good AND NOT EXISTS (SELECT 1 FROM passage p WHERE p.station = :station AND "
      "p.seq > :seq AND p.seq < b.seq)";
static const char IS_UNDONE[] = "SELECT 1 FROM passage_undone WHERE station = :station AND seq = "
                                ":seq AND reference = :reference";

static void passage_free (gpointer data)
{
  DeskPassage *passage = data;
  g_free (passage->id);
  g_free (passage->place_fr);
  g_free (passage->place_zh);
  g_free (passage);
}

GPtrArray *desk_passages (Journal *journal, const char *reference, GError **error)
{
  g_autoptr (GPtrArray) passages = g_ptr_array_new_with_free_func (passage_free);
  Query *query = journal_query (journal, PASSAGES, error);
  if (query == NULL)
    return NULL;
  query_bind_text (query, ":reference", reference);
  query_bind_int (query, ":limit", DESK_PASSAGES_MAX);
  while (query_next (query)) {
    DeskPassage *passage = g_new0 (DeskPassage, 1);
    passage->id
        = g_strdup_printf ("%s:%" G_GINT64_FORMAT, query_text (query, 0), query_int (query, 1));
    passage->at_ms = clock_hybrid_ms ((HybridTime) query_int (query, 2));
    passage->place_fr = g_strdup (query_text (query, 3));
    passage->place_zh = g_strdup (query_text (query, 4));
    passage->out = strcmp (query_text (query, 5), "out") == 0;
    g_ptr_array_add (passages, passage);
  }
  return query_end (query, error) ? g_steal_pointer (&passages) : NULL;
}

/* A passage by its id, split where the number begins. */
typedef struct {
  const char *reference;
  char *station;
  gint64 seq;
} Which;

static void which_clear (Which *which)
{
  g_free (which->station);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Which, which_clear)

static gboolean which_of (const char *reference, const char *id, Which *which)
{
  const char *colon = strrchr (id, ':');
  which->reference = reference;
  if (colon == NULL)
    return FALSE;
  which->station = g_strndup (id, (gsize) (colon - id));
  return g_ascii_string_to_signed (colon + 1, 10, 1, G_MAXINT64, &which->seq, NULL);
}

static Query *query_of (Journal *journal, const char *sql, const Which *which, GError **error)
{
  Query *query = journal_query (journal, sql, error);
  if (query == NULL)
    return NULL;
  query_bind_text (query, ":reference", which->reference);
  query_bind_text (query, ":station", which->station);
  query_bind_int (query, ":seq", which->seq);
  return query;
}

static gboolean append (Journal *journal, const Which *which, const IssueWhy *why, GError **error)
{
  JsonOut *out = json_out_new ();
  json_out_begin_object (out, NULL);
  json_out_string (out, "of", which->station);
  json_out_int (out, "seq", which->seq);
  json_out_string_if (out, "reason", why->text);
  json_out_string (out, "volunteer", why->volunteer);
  json_out_end_object (out);
  g_autofree char *body = json_out_finish (out);
  return journal_append (journal, "undone", which->reference, body, NULL, error);
}

/* So that her ticket opens again. */
static gboolean void_badge (Journal *journal, const Which *which, const IssueWhy *why,
                            GError **error)
{
  const IssueWhy worded = { .reason = "undone", .volunteer = why->volunteer, .text = why->text };
  g_autofree char *issuer = NULL;
  guint serial = 0;
  Query *query = query_of (journal, BADGE, which, error);
  if (query == NULL)
    return FALSE;
  if (query_next (query)) {
    serial = (guint) query_int (query, 0);
    issuer = g_strdup (query_text (query, 1));
  }
  return query_end (query, error)
         && (issuer == NULL
             || issue_void_one (journal, which->reference, serial, issuer, &worded, error));
}

/* Of those that can be taken back the one called @id, or the last. */
static const char *choose (const GPtrArray *passages, const char *id)
{
  for (guint i = 0; i < passages->len; i++) {
    const DeskPassage *passage = passages->pdata[i];
    if (id == NULL || strcmp (id, passage->id) == 0)
      return passage->id;
  }
  return NULL;
}

static gboolean is_undone (Journal *journal, const char *reference, const char *id,
                           DeskResult *result, GError **error)
{
  g_auto (Which) which = { 0 };
  result->verdict = DESK_NO_PASSAGE;
  if (id == NULL || !which_of (reference, id, &which))
    return TRUE;
  Query *query = query_of (journal, IS_UNDONE, &which, error);
  if (query == NULL)
    return FALSE;
  if (query_next (query))
    result->verdict = DESK_ALREADY;
  return query_end (query, error);
}

static gboolean undo (Journal *journal, DeskWork *work, DeskResult *result, GError **error)
{
  if (*work->why.text == '\0')
    return desk_end (result, DESK_NO_TEXT);
  g_autoptr (GPtrArray) passages = desk_passages (journal, work->reference, error);
  if (passages == NULL)
    return FALSE;
  const char *id = choose (passages, work->form);
  if (id == NULL)
    return is_undone (journal, work->reference, work->form, result, error);
  g_auto (Which) which = { 0 };
  which_of (work->reference, id, &which);
  return append (journal, &which, &work->why, error)
         && void_badge (journal, &which, &work->why, error) && desk_end (result, DESK_UNDONE);
}

gboolean desk_undo (Journal *journal, const char *reference, const char *passage,
                    const char *volunteer, const char *reason, DeskResult *result, GError **error)
{
  DeskWork work = { .reference = reference, .form = passage, .text = reason };
  return desk_step (journal, undo, &work, volunteer, result, error);
}
