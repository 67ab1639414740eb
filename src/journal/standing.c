#include "journal/standing.h"

#include "core/words.h"
#include "journal/fact_form.h"
#include "journal/store.h"

#include <string.h>

static const char OF[]
    = "SELECT (SELECT value FROM local WHERE name = 'root'), EXISTS (SELECT 1 FROM station_role), "
      "(SELECT from_seq FROM disowned WHERE station = ?1), "
      "EXISTS (SELECT 1 FROM local WHERE name = 'settling'), "
      "(SELECT public FROM station_signed WHERE station = ?1), "
      "(SELECT from_seq FROM station_signed WHERE station = ?1), "
      "(SELECT signed FROM head WHERE station = ?1)";
static const char SPANS[]
    = "SELECT from_seq, role FROM station_role WHERE station = ?1 ORDER BY from_seq DESC";
static const char SET_APART[] = "INSERT INTO apart (station, seq, why) VALUES (?1, ?2, ?3) ON "
                                "CONFLICT DO UPDATE SET why = excluded.why";
static const char UNSET_APART[] = "DELETE FROM apart WHERE station = ?1 AND seq = ?2";
#define JUDGED                                                                                     \
  "SELECT f.station, f.seq, f.kind, f.subject, f.body, a.why FROM fact f LEFT JOIN apart a "       \
  "USING (station, seq) WHERE "
static const char FACTS_OF_ROOT[]
    = JUDGED "f.station = (SELECT value FROM local WHERE name = 'root') ORDER BY f.seq";
static const char FACTS_OF_OTHERS[]
    = JUDGED "f.station IS NOT (SELECT value FROM local WHERE name = 'root') "
             "ORDER BY f.station, f.seq";
static const char FACTS_OF_ONE[] = JUDGED "f.station = ?1 ORDER BY f.seq";
static const char FACTS_SIGNED[]
    = "SELECT f.station, f.seq, f.kind, f.subject, f.body, a.why FROM apart a JOIN fact f USING "
      "(station, seq) WHERE a.station = ?1 AND a.why = 'unsigned' AND a.seq <= ?2 ORDER BY a.seq";
/* The root's word on its own signature: by it its others are judged. */
#define OWN_SIGNATURE                                                                              \
  "(f.subject = (SELECT value FROM local WHERE name = 'root') AND f.kind = 'signed' AND "          \
  "f.station = f.subject)"
static const char FACTS_ON_ROOTS_KEY[] = JUDGED OWN_SIGNATURE " ORDER BY f.seq";
#define FEED                                                                                       \
  "INSERT INTO feed (station, seq, at, kind, subject, body) SELECT f.station, f.seq, "             \
  "min (f.at, ifnull ((SELECT min (b.at) FROM clock_bound b WHERE b.station = f.station AND "      \
  "b.seq >= f.seq), f.at)), f.kind, f.subject, f.body FROM fact f WHERE "
#define COUNTS                                                                                     \
  "NOT EXISTS (SELECT 1 FROM apart a WHERE a.station = f.station AND a.seq = f.seq) "              \
  "ORDER BY f.number"
static const char FEED_ONE[] = FEED "f.station = ?1 AND f.seq = ?2";
/* What the root has said of stations: by it the others are judged, before anything else
 * is fed. */
#define AUTHORITY                                                                                  \
  "(f.station IS (SELECT value FROM local WHERE name = 'root') AND f.kind IN ('role', 'disown', "  \
  "'received', 'signed'))"
static const char FEED_ROOTS_KEY[] = FEED OWN_SIGNATURE " AND " COUNTS;
static const char FEED_AUTHORITY[] = FEED AUTHORITY " AND " COUNTS;
static const char FEED_OTHERS[] = FEED "NOT " AUTHORITY " AND " COUNTS;

static gboolean fail (sqlite3 *db, GError **error)
{
  return store_fail (db, sqlite3_db_filename (db, "main"), _ ("judging the facts of"), error);
}

static sqlite3_stmt *prepare (sqlite3 *db, sqlite3_stmt **kept, const char *sql, GError **error)
{
  if (*kept == NULL && sqlite3_prepare_v3 (db, sql, -1, 0, kept, NULL) != SQLITE_OK)
    fail (db, error);
  return *kept;
}

static void reset (sqlite3_stmt *row)
{
  sqlite3_reset (row);
  sqlite3_clear_bindings (row);
}

void standing_statements_clear (StandingStatements *statements)
{
  g_clear_pointer (&statements->of, sqlite3_finalize);
  g_clear_pointer (&statements->spans, sqlite3_finalize);
  g_clear_pointer (&statements->set_apart, sqlite3_finalize);
}

/* Reading ---------------------------------------------------------------------------- */

static gboolean read_spans (sqlite3 *db, StandingStatements *statements, Standing *standing,
                            GError **error)
{
  sqlite3_stmt *row = prepare (db, &statements->spans, SPANS, error);
  int status;

  if (row == NULL)
    return FALSE;
  if (standing->spans == NULL)
    standing->spans = g_array_new (FALSE, FALSE, sizeof (RoleSpan));
  g_array_set_size (standing->spans, 0);
  sqlite3_bind_text (row, 1, standing->station, -1, SQLITE_STATIC);
  while ((status = sqlite3_step (row)) == SQLITE_ROW) {
    RoleSpan span = { sqlite3_column_int64 (row, 0), ROLE_NONE };

    authority_role_from_name ((const char *) sqlite3_column_text (row, 1), &span.role);
    g_array_append_val (standing->spans, span);
  }
  reset (row);
  return status == SQLITE_DONE || fail (db, error);
}

gboolean standing_read (sqlite3 *db, StandingStatements *statements, const char *station,
                        Standing *standing, GError **error)
{
  sqlite3_stmt *row = prepare (db, &statements->of, OF, error);
  int status;

  if (row == NULL)
    return FALSE;
  g_strlcpy (standing->station, station, sizeof standing->station);
  sqlite3_bind_text (row, 1, standing->station, -1, SQLITE_STATIC);
  status = sqlite3_step (row);
  if (status == SQLITE_ROW) {
    const char *root = (const char *) sqlite3_column_text (row, 0);

    g_strlcpy (standing->root_name, root != NULL ? root : "", sizeof standing->root_name);
    standing->root = root != NULL && strcmp (root, station) == 0;
    standing->judged = root != NULL && (standing->root || sqlite3_column_int (row, 1) != 0);
    standing->settling = sqlite3_column_int (row, 3) != 0;
    standing->disowned_from
        = sqlite3_column_type (row, 2) == SQLITE_NULL ? G_MAXINT64 : sqlite3_column_int64 (row, 2);
    standing->signs
        = sign_public_from_text ((const char *) sqlite3_column_text (row, 4), &standing->key);
    standing->signed_from = sqlite3_column_int64 (row, 5);
    standing->signed_upto = sqlite3_column_int64 (row, 6);
  }
  reset (row);
  if (status != SQLITE_ROW)
    return fail (db, error);
  return !standing->judged || standing->root || read_spans (db, statements, standing, error);
}

void standing_clear (Standing *standing)
{
  g_clear_pointer (&standing->spans, g_array_unref);
}

Role standing_role (const Standing *standing, gint64 seq)
{
  if (!standing->judged || standing->root)
    return ROLE_ROOT;
  for (guint i = 0; i < standing->spans->len; i++)
    if (g_array_index (standing->spans, RoleSpan, i).from_seq <= seq)
      return g_array_index (standing->spans, RoleSpan, i).role;
  return ROLE_NONE;
}

/* First what needs no body, which may have been erased: so that whoever judges before and
 * after an erasure says the same. */
char *standing_fault (const Standing *standing, gint64 seq, const char *kind, const char *subject,
                      const char *body)
{
  const char *fault = NULL, *key;

  if (standing->signs && seq >= standing->signed_from && seq > standing->signed_upto)
    return g_strdup ("unsigned");
  if (standing->judged && !standing->root) {
    if (seq >= standing->disowned_from)
      return g_strdup ("disowned");
    fault = authority_fault (standing_role (standing, seq), standing->station, kind, subject, body);
    if (fault != NULL && strcmp (fault, "bounds") != 0)
      return g_strdup (fault);
  }
  /* What cannot be taken back must not have counted for a while. */
  else if (standing->root_name[0] != '\0' && !standing->root && authority_is_root_only (kind))
    return g_strdup ("role");
  key = fact_form_fault (kind, subject, body);
  return key != NULL ? g_strconcat ("form:", key, NULL) : g_strdup (fault);
}

/* Judging ---------------------------------------------------------------------------- */

static gboolean run (sqlite3 *db, sqlite3_stmt *row, const char *station, gint64 seq,
                     const char *why, GError **error)
{
  int status;

  sqlite3_bind_text (row, 1, station, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (row, 2, seq);
  if (why != NULL)
    sqlite3_bind_text (row, 3, why, -1, SQLITE_STATIC);
  status = sqlite3_step (row);
  reset (row);
  return status == SQLITE_DONE || fail (db, error);
}

gboolean standing_set_apart (sqlite3 *db, StandingStatements *statements, const char *station,
                             gint64 seq, const char *why, GError **error)
{
  sqlite3_stmt *row = prepare (db, &statements->set_apart, SET_APART, error);

  return row != NULL && run (db, row, station, seq, why, error);
}

/* One pass over facts; what changes is kept, and done when the reading is over. */
typedef struct {
  sqlite3 *db;
  StandingStatements statements;
  Standing standing;
  GPtrArray *changes; /* Change */
} Judge;

typedef struct {
  char *station, *why; /* NULL: it counts */
  gint64 seq;
  gboolean counted; /* until now */
} Change;

static void change_free (gpointer data)
{
  Change *change = data;

  g_free (change->station);
  g_free (change->why);
  g_free (change);
}

static void judge_clear (Judge *judge)
{
  standing_statements_clear (&judge->statements);
  standing_clear (&judge->standing);
  g_clear_pointer (&judge->changes, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Judge, judge_clear)

static gboolean judge_row (Judge *judge, sqlite3_stmt *row, GError **error)
{
  const char *station = (const char *) sqlite3_column_text (row, 0),
             *was = (const char *) sqlite3_column_text (row, 5);
  gint64 seq = sqlite3_column_int64 (row, 1);
  g_autofree char *why = NULL;
  Change *change;

  if (strcmp (judge->standing.station, station) != 0
      && !standing_read (judge->db, &judge->statements, station, &judge->standing, error))
    return FALSE;
  why = standing_fault (&judge->standing, seq, (const char *) sqlite3_column_text (row, 2),
                        (const char *) sqlite3_column_text (row, 3),
                        (const char *) sqlite3_column_text (row, 4));
  if (g_strcmp0 (why, was) == 0)
    return TRUE;
  change = g_new0 (Change, 1);
  change->station = g_strdup (station);
  change->seq = seq;
  change->why = g_steal_pointer (&why);
  change->counted = was == NULL;
  g_ptr_array_add (judge->changes, change);
  return TRUE;
}

/* @upto is for FACTS_SIGNED alone. */
static gboolean judge_facts (Judge *judge, const char *sql, const char *station, gint64 upto,
                             GError **error)
{
  sqlite3_stmt *row = NULL;
  int status = SQLITE_DONE;
  gboolean good = TRUE;

  if (judge->changes == NULL)
    judge->changes = g_ptr_array_new_with_free_func (change_free);
  if (sqlite3_prepare_v2 (judge->db, sql, -1, &row, NULL) != SQLITE_OK)
    return fail (judge->db, error);
  g_ptr_array_set_size (judge->changes, 0);
  judge->standing.station[0] = '\0';
  if (station != NULL)
    sqlite3_bind_text (row, 1, station, -1, SQLITE_STATIC);
  if (upto > 0)
    sqlite3_bind_int64 (row, 2, upto);
  while (good && (status = sqlite3_step (row)) == SQLITE_ROW)
    good = judge_row (judge, row, error);
  sqlite3_finalize (row);
  return good && (status == SQLITE_DONE || fail (judge->db, error));
}

static gboolean keep_apart (Judge *judge, gboolean *lost, GError **error)
{
  for (guint i = 0; i < judge->changes->len; i++) {
    const Change *change = judge->changes->pdata[i];

    if (change->why == NULL)
      continue;
    if (lost != NULL && change->counted)
      *lost = TRUE;
    if (!standing_set_apart (judge->db, &judge->statements, change->station, change->seq,
                             change->why, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean feed_changed (Judge *judge, GError **error)
{
  sqlite3_stmt *unset = NULL, *feed = NULL;
  gboolean good = prepare (judge->db, &unset, UNSET_APART, error) != NULL
                  && prepare (judge->db, &feed, FEED_ONE, error) != NULL;

  for (guint i = 0; good && i < judge->changes->len; i++) {
    const Change *change = judge->changes->pdata[i];

    if (change->why == NULL)
      good = run (judge->db, unset, change->station, change->seq, NULL, error)
             && run (judge->db, feed, change->station, change->seq, NULL, error);
  }
  sqlite3_finalize (unset);
  sqlite3_finalize (feed);
  return good;
}

static gboolean judge_again (Judge *judge, const char *sql, const char *station, gboolean *rebuild,
                             GError **error)
{
  return judge_facts (judge, sql, station, 0, error) && keep_apart (judge, rebuild, error)
         && feed_changed (judge, error);
}

gboolean standing_judge_again (sqlite3 *db, const char *station, gboolean *rebuild, GError **error)
{
  g_auto (Judge) judge = { .db = db };

  if (station != NULL)
    return judge_again (&judge, FACTS_OF_ONE, station, rebuild, error);
  return judge_again (&judge, FACTS_OF_ROOT, NULL, rebuild, error)
         && judge_again (&judge, FACTS_OF_OTHERS, NULL, rebuild, error);
}

gboolean standing_judge_signed (sqlite3 *db, const char *station, gint64 upto, GArray *counted,
                                GError **error)
{
  g_auto (Judge) judge = { .db = db };

  if (!judge_facts (&judge, FACTS_SIGNED, station, upto, error))
    return FALSE;
  for (guint i = 0; counted != NULL && i < judge.changes->len; i++) {
    const Change *change = judge.changes->pdata[i];

    if (change->why == NULL)
      g_array_append_val (counted, change->seq);
  }
  return keep_apart (&judge, NULL, error) && feed_changed (&judge, error);
}

static gboolean execute (sqlite3 *db, const char *sql, GError **error)
{
  return sqlite3_exec (db, sql, NULL, NULL, NULL) == SQLITE_OK || fail (db, error);
}

gboolean standing_feed_all (sqlite3 *db, GError **error)
{
  g_auto (Judge) judge = { .db = db };

  return judge_facts (&judge, FACTS_ON_ROOTS_KEY, NULL, 0, error)
         && keep_apart (&judge, NULL, error) && execute (db, FEED_ROOTS_KEY, error)
         && judge_facts (&judge, FACTS_OF_ROOT, NULL, 0, error) && keep_apart (&judge, NULL, error)
         && execute (db, FEED_AUTHORITY, error)
         && judge_facts (&judge, FACTS_OF_OTHERS, NULL, 0, error)
         && keep_apart (&judge, NULL, error) && execute (db, FEED_OTHERS, error);
}
