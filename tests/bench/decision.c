/* decision: how long a scan takes until its decision is on disk, among 100,000 delegates
 * and 300,000 passages, beside its peer in the same run: a bare transaction of two
 * statements in SQLite (WAL, synchronous=FULL). The two alternate, so that the disk
 * treats them alike. Then, how long counts take.
 *
 * The replica is made under build/bench/ and used again while the schema is the same; the
 * run works on a copy of it. Prints lines "name median p99 peer median peer p99 ratio",
 * times in milliseconds, ratio that of the p99s; 4 is the limit.  */
#include "counts/counts.h"
#include "congress/event_file.h"
#include "core/sign.h"
#include "journal/query.h"
#include "journal/wal_copier.h"
#include "station/gate.h"
#include "credential/code.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DELEGATES 100000
#define PASSAGES                                                                                   \
  300000 /* before the run: every delegate on the 26th, 27th and 28th, but for those who have not  \
            come yet */
#define NEW_EVERY 5 /* of those scanned, every fifth comes for the first time */
#define SCANS 5000
#define BATCH 5000
#define PAUSE_US 4000
#define FOLDER "build/bench"

static gint64 clock_ms;

static gint64 clock_now (gpointer data)
{
  return clock_ms += 50; /* a scan twenty times a second */
}

static const Clock test_clock = { .now_ms = clock_now };

static void set_time (const char *iso)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (iso, NULL);
  clock_ms = g_date_time_to_unix (time) * 1000;
}

static void must (gboolean done, GError *error)
{
  if (done)
    return;
  fprintf (stderr, "decision: %s\n", error != NULL ? error->message : "failed");
  exit (1);
}

/* The replica ------------------------------------------------------------------------ */

static gint64 number_of (Journal *journal, const char *sql)
{
  GError *error = NULL;
  Query *query = journal_query (journal, sql, &error);
  must (query != NULL, error);
  gint64 number = query_next (query) ? query_int (query, 0) : 0;
  must (query_end (query, &error), error);
  return number;
}

static gboolean is_new (guint delegate)
{
  return delegate % NEW_EVERY == 0;
}

static void append (Journal *journal, const char *kind, const char *subject, const char *body)
{
  static guint count;
  GError *error = NULL;
  must (journal_append (journal, kind, subject, body, NULL, &error), error);
  if (++count % BATCH != 0)
    return;
  must (journal_commit (journal, &error), error);
  must (journal_begin (journal, &error), error);
}

static void append_delegates (Journal *journal)
{
  static const char *const CATEGORIES[]
      = { "elu", "technicien", "entreprise", "universitaire", "expert" };
  for (guint i = 0; i < DELEGATES; i++) {
    g_autofree char *reference = g_strdup_printf ("%s-%06u", i % 2 ? "CN" : "FR", i);
    g_autofree char *body = g_strdup_printf (
        "{\"list\":\"bench\",\"title\":\"Mme\",\"family\":\"Famille%u\",\"given\":\"Anne-Laure\","
        "\"name_zh\":\"%s\",\"function_fr\":\"Chargée de mission\",\"function_zh\":\"专员\","
        "\"organisation_fr\":\"Organisme "
        "%u\",\"organisation_zh\":\"机构%u\",\"category\":\"%s\",\"delegation\":\"Organisme "
        "%u\",\"country\":\"%s\",\"email\":\"x%u@example.org\","
        "\"events\":[\"rencontres\"%s],\"days\":[\"26\",\"27\",\"28\"%s],\"workshops\":[\"A%u\","
        "\"A%u\"],\"meals\":true,\"transport\":true,\"headset\":true}",
        i, i % 2 ? "欧阳思远" : "", i % 500, i % 500, CATEGORIES[i % 5], i % 500,
        i % 2 ? "CN" : "FR", i, i % 3 ? "" : ",\"foire\"", i % 3 ? "" : ",\"29\"", 1 + i % 6,
        1 + (i + 2) % 6);
    append (journal, "registration", reference, body);
  }
}

static void append_passages (Journal *journal)
{
  static const char *const DAYS[] = { "2016-10-26", "2016-10-27" };
  guint passages = 0;
  for (guint round = 0; passages < PASSAGES; round++)
    for (guint i = 0; i < DELEGATES && passages < PASSAGES; i++) {
      if (is_new (i))
        continue;
      g_autofree char *reference = g_strdup_printf ("%s-%06u", i % 2 ? "CN" : "FR", i);
      if (round == 0) {
        g_autofree char *job = g_strdup_printf ("accueil-bench-%s-1", reference);
        g_autofree char *printed
            = g_strdup_printf ("{\"state\":\"printed\",\"printer\":\"badges\",\"job\":%u,"
                               "\"reference\":\"%s\",\"issuer\":\"bench\",\"serial\":1}",
                               i, reference);
        append (journal, "badge-issued", reference,
                "{\"serial\":1,\"reason\":\"first\",\"print\":true}");
        append (journal, "print", job, printed);
      }
      const char *day = DAYS[round % 2], *checkpoint = round < 2    ? "entree-est"
                                                       : round == 2 ? "dejeuner-26"
                                                                    : "dejeuner-27";
      g_autofree char *body = g_strdup_printf (
          "{\"checkpoint\":\"%s\",\"verdict\":\"ADMITTED\",\"day\":\"%s\",\"period\":\"%s\","
          "\"code\":\"badge\",\"serial\":1,\"issuer\":\"bench\",\"direction\":\"in\"}",
          checkpoint, day, day);
      append (journal, "passage", reference, body);
      passages++;
    }
}

static void make_replica (const char *path)
{
  GError *error = NULL;
  DefinitionSummary summary;
  g_autoptr (Journal) journal = journal_create (path, "bench", test_clock, &error);
  must (journal != NULL
            && event_file_load (journal, "assets/demo/congress.ini", NULL, &summary, &error),
        error);
  SignPublic key;
  SignSecret secret;
  sign_key_new (&key, &secret);
  g_autofree char *id = sign_key_id_text (&key);
  g_autofree char *public_text = sign_public_text (&key);
  g_autofree char *secret_text = sign_secret_text (&secret);
  g_autofree char *body = g_strdup_printf ("{\"public\":\"%s\"}", public_text);
  must (journal_set_local (journal, JOURNAL_LOCAL_TICKET_SECRET, secret_text, &error)
            && journal_begin (journal, &error),
        error);
  append (journal, "key", id, body);
  append_delegates (journal);
  append_passages (journal);
  must (journal_commit (journal, &error), error);
}

static void forget (const char *path)
{
  static const char *const ENDS[] = { "", "-wal", "-shm" };
  for (guint i = 0; i < G_N_ELEMENTS (ENDS); i++) {
    g_autofree char *name = g_strconcat (path, ENDS[i], NULL);
    g_remove (name);
  }
}

/* A whole replica that this program can read as it is. */
static gboolean is_usable (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Journal) journal
      = g_file_test (path, G_FILE_TEST_EXISTS) ? journal_open (path, test_clock, &error) : NULL;
  return journal != NULL && number_of (journal, "SELECT count (*) FROM delegate") == DELEGATES
         && number_of (journal, "SELECT count (*) FROM passage") == PASSAGES
         && number_of (journal, "SELECT count (*) FROM print_job") > 0;
}

static void copy_replica (const char *from, const char *to)
{
  GError *error = NULL;
  g_autoptr (GFile) source = g_file_new_for_path (from);
  g_autoptr (GFile) target = g_file_new_for_path (to);
  forget (to);
  must (g_file_copy (source, target, G_FILE_COPY_NONE, NULL, NULL, NULL, &error), error);
}

/* The peer --------------------------------------------------------------------------- */

typedef struct {
  sqlite3 *db;
  sqlite3_stmt *begin, *insert, *update, *commit;
} Peer;

static void peer_open (Peer *peer, const char *path)
{
  static const char SETUP[] = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE "
                              "fact (number INTEGER PRIMARY KEY, body TEXT);"
                              "CREATE TABLE head (station TEXT PRIMARY KEY, seq INTEGER); INSERT "
                              "INTO head VALUES ('bench', 0);";
  forget (path);
  gboolean done
      = sqlite3_open (path, &peer->db) == SQLITE_OK
        && sqlite3_exec (peer->db, SETUP, NULL, NULL, NULL) == SQLITE_OK
        && sqlite3_prepare_v2 (peer->db, "BEGIN IMMEDIATE", -1, &peer->begin, NULL) == SQLITE_OK
        && sqlite3_prepare_v2 (peer->db, "INSERT INTO fact (body) VALUES (?1)", -1, &peer->insert,
                               NULL)
               == SQLITE_OK
        && sqlite3_prepare_v2 (peer->db, "UPDATE head SET seq = seq + 1 WHERE station = 'bench'",
                               -1, &peer->update, NULL)
               == SQLITE_OK
        && sqlite3_prepare_v2 (peer->db, "COMMIT", -1, &peer->commit, NULL) == SQLITE_OK;
  must (done, NULL);
}

static void peer_run (Peer *peer)
{
  sqlite3_stmt *statements[] = { peer->begin, peer->insert, peer->update, peer->commit };
  sqlite3_bind_text (peer->insert, 1,
                     "{\"checkpoint\":\"entree-est\",\"verdict\":\"ADMITTED\",\"day\":\"2016-10-"
                     "26\",\"period\":\"2016-10-26\",\"code\":\"badge\"}",
                     -1, SQLITE_STATIC);
  for (guint i = 0; i < G_N_ELEMENTS (statements); i++) {
    must (sqlite3_step (statements[i]) == SQLITE_DONE, NULL);
    sqlite3_reset (statements[i]);
  }
}

static void peer_close (Peer *peer)
{
  sqlite3_finalize (peer->begin);
  sqlite3_finalize (peer->insert);
  sqlite3_finalize (peer->update);
  sqlite3_finalize (peer->commit);
  sqlite3_close (peer->db);
}

/* Measuring -------------------------------------------------------------------------- */

static int by_size (const void *a, const void *b)
{
  gint64 x = *(const gint64 *) a, y = *(const gint64 *) b;
  return x < y ? -1 : x > y;
}

static double at (gint64 *times, guint count, guint percent)
{
  qsort (times, count, sizeof *times, by_size);
  return (double) times[MIN (count - 1, count * percent / 100)] / 1e6;
}

static gint64 now_ns (void)
{
  struct timespec time;
  clock_gettime (CLOCK_MONOTONIC, &time);
  return (gint64) time.tv_sec * 1000000000 + time.tv_nsec;
}

/* As at a door on the morning of the third day: badges, first arrivals, people who come
 * twice, a forgery. */
static char **make_codes (Journal *journal)
{
  GError *error = NULL;
  SignSecret congress, station;
  g_autofree char *congress_text = journal_local (journal, JOURNAL_LOCAL_TICKET_SECRET, &error);
  g_autofree char *station_text = journal_local (journal, JOURNAL_LOCAL_STATION_SECRET, &error);
  must (sign_secret_from_text (congress_text, &congress)
            && sign_secret_from_text (station_text, &station),
        error);
  char **codes = g_new0 (char *, SCANS + 1);
  for (guint i = 0; i < SCANS; i++) {
    guint delegate = (guint) ((guint64) (i - (i % 10 == 9)) * 7919
                              % DELEGATES); /* every tenth comes a second time */
    g_autofree char *reference = g_strdup_printf ("%s-%06u", delegate % 2 ? "CN" : "FR", delegate);
    codes[i] = is_new (delegate) ? code_make_ticket (&congress, reference, &error)
                                 : code_make_badge (&station, reference, 1, &error);
    must (codes[i] != NULL, error);
    if (i % 20 == 7) /* one bit of its signature */
      codes[i][strlen (codes[i]) - 8] = codes[i][strlen (codes[i]) - 8] == '0' ? '1' : '0';
  }
  return codes;
}

static double per_mille (gint64 *times, guint count, guint parts)
{
  qsort (times, count, sizeof *times, by_size);
  return (double) times[MIN (count - 1, count * parts / 1000)] / 1e6;
}

static double measure_scans (Journal *journal, Peer *peer, const char *name, gulong pause_us)
{
  GError *error = NULL;
  g_auto (GStrv) codes = make_codes (journal);
  g_autofree gint64 *times = g_new0 (gint64, SCANS);
  g_autofree gint64 *peer_times = g_new0 (gint64, SCANS);
  g_autoptr (Gate) gate = gate_open (journal, "entree-est", &error);
  must (gate != NULL, error);
  guint verdicts[VERDICT_COUNT] = { 0 }, badges = 0;
  GateResult result = { 0 };
  for (guint i = 0; i < SCANS; i++) {
    gint64 start = now_ns ();
    must (gate_scan (gate, codes[i], &result, &error), error);
    times[i] = now_ns () - start;
    verdicts[result.verdict]++;
    badges += result.badge_serial > 0;
    start = now_ns ();
    peer_run (peer);
    peer_times[i] = now_ns () - start;
    g_usleep (pause_us);
  }
  gate_result_clear (&result);
  fprintf (stderr, "%d scans, %u badges issued:", SCANS, badges);
  for (guint i = 0; i < VERDICT_COUNT; i++)
    if (verdicts[i])
      fprintf (stderr, " %s %u", verdict_name ((Verdict) i), verdicts[i]);
  double p99 = at (times, SCANS, 99), peer_p99 = at (peer_times, SCANS, 99);
  fprintf (stderr, "; p99.9 %.2f ms, slowest %.2f ms, of the peer %.2f and %.2f ms\n",
           per_mille (times, SCANS, 999), at (times, SCANS, 100),
           per_mille (peer_times, SCANS, 999), at (peer_times, SCANS, 100));
  printf ("%-34s %8.3f %8.3f %8.3f %8.3f %6.2f\n", name, at (times, SCANS, 50), p99,
          at (peer_times, SCANS, 50), peer_p99, p99 / peer_p99);
  return p99 / peer_p99;
}

static void measure_counts (Journal *journal)
{
  for (guint by = 0; by < COUNTS_BY_COUNT; by++) {
    gint64 times[9];
    for (guint i = 0; i < G_N_ELEMENTS (times); i++) {
      GError *error = NULL;
      gint64 start = now_ns ();
      g_autoptr (Counts) counts = counts_read (journal, (CountsBy) by, &error);
      times[i] = now_ns () - start;
      must (counts != NULL && counts->registered == DELEGATES, error);
    }
    g_autofree char *name = g_strdup_printf ("counts by %s", counts_by_name ((CountsBy) by));
    printf ("%-34s %8.1f %8.1f\n", name, at (times, G_N_ELEMENTS (times), 50),
            at (times, G_N_ELEMENTS (times), 99));
  }
}

/* What the agent does beside whoever scans. */
typedef struct {
  const char *path;
  gint stop;
} Copying;

static gpointer keep_copying (gpointer data)
{
  Copying *copying = data;
  GError *error = NULL;
  g_autoptr (Journal) journal = journal_open (copying->path, test_clock, &error);
  must (journal != NULL, error);
  gint64 seen = journal_data_version (journal);
  gint wait_ms = WAL_COPIER_FIRST_MS;
  while (!g_atomic_int_get (&copying->stop))
    must (wal_copier_round (journal, &seen, &wait_ms, 1000, &copying->stop, &error), error);
  return NULL;
}

/* The morning of the third day on a fresh copy of the replica: with an agent that copies
 * the log back, or without; @pause_us between two scans. The ratio. */
static double measure_morning (const char *path, const char *copy, Peer *peer, const char *name,
                               gboolean agent, gulong pause_us, gboolean counts)
{
  GError *error = NULL;
  Copying copying = { copy, FALSE };
  copy_replica (path, copy);
  set_time ("2016-10-28T09:00:00+08:00");
  Journal *journal = journal_open (copy, test_clock, &error);
  must (journal != NULL, error);
  GThread *thread = agent ? g_thread_new ("copying", keep_copying, &copying) : NULL;
  double ratio = measure_scans (journal, peer, name, pause_us);
  g_atomic_int_set (&copying.stop, TRUE);
  if (agent)
    g_thread_join (thread);
  if (counts)
    measure_counts (journal);
  journal_close (journal);
  forget (copy);
  return ratio;
}

int main (void)
{
  sign_start ();
  set_time ("2016-10-26T08:00:00+08:00");
  must (g_mkdir_with_parents (FOLDER, 0755) == 0, NULL);
  const char *path = FOLDER "/decision.db", *copy = FOLDER "/decision-run.db",
             *peer_path = FOLDER "/decision-peer.db";
  if (!is_usable (path)) {
    fprintf (stderr, "making a replica of %d delegates and %d passages …\n", DELEGATES, PASSAGES);
    forget (path);
    make_replica (path);
  }
  Peer peer;
  peer_open (&peer, peer_path);
  printf ("%-34s %8s %8s %8s %8s %6s\n", "ms", "median", "p99", "peer", "peer p99", "ratio");
  double ratio = measure_morning (path, copy, &peer, "decision, durable", FALSE, 0, TRUE);
  /* More than ever come to one door: and the scan that would copy the log back finds that
   * the agent has. */
  measure_morning (path, copy, &peer, "  200 a second, no agent", FALSE, PAUSE_US, FALSE);
  measure_morning (path, copy, &peer, "  200 a second, agent at work", TRUE, PAUSE_US, FALSE);
  peer_close (&peer);
  forget (peer_path);
  printf ("decision, durable, p99, over that of two bare statements|%.2f|×|4|limit, interleaved\n",
          ratio);
  return 0;
}
