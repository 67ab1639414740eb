/* hub: how fast the real accueil-hub ($BUILD/accueil-hub) is, with the load made on the
 * same machine: 50 stations that push one fact a request over TLS connections kept
 * open; how soon a fact made at one station is known at another; and its memory at
 * 100,000 delegates ($ROWS). With $SIGN=1 or 0 only the first, by stations that sign
 * their heads or not, $BATCH facts a request (1), and what a fact takes of the hub's
 * processor; with $OFFER too, so many scans a second come at all stations, and each sends
 * what has come meanwhile in one request, as the agent does. Beside the first, a bare
 * two-statement SQLite transaction (WAL, FULL) on the same disk.  */
#include "hub_load.h"

#include "sync/client.h"

#define STATIONS 50
#define WARM 40
#define FACTS 800 /* requests of each station, after the warm ones */
#define PACED                                                                                      \
  600 /* of each station, later, one each PACE_MS: while a fact's way to another station is        \
         measured */
#define PACE_MS 100
#define SAMPLES 400
#define BARE_TRANSACTIONS 3000
#define OFFER_S 3
#define TARGET_P99_MS 10.0
#define TARGET_FACTS_PER_S 12000.0
#define TARGET_KNOWN_MS 100.0
#define TARGET_MB 100.0

/* Load ------------------------------------------------------------------------------- */

static guint requests = FACTS; /* of each station; where scans are offered, facts */
static double offered;         /* scans a second at all stations; 0: one when the last is known */
static gint load_ready, load_done, load_go, load_pace, load_stop;

/* A busy day: a fact each PACE_MS until stopped. */
static void load_paced (Load *load)
{
  gint64 next = 0;

  for (guint i = 0; i < PACED && !g_atomic_int_get (&load_stop);) {
    gint64 now = g_get_monotonic_time ();

    if (g_atomic_int_get (&load_pace) && now >= next) {
      load_exchange (load, load->requests[WARM + requests + i++]);
      next = now + PACE_MS * G_TIME_SPAN_MILLISECOND;
    } else
      g_usleep (G_TIME_SPAN_MILLISECOND);
  }
}

/* When the @i-th scan of a station comes, in µs after the first of all. */
static double scan_us (const Load *load, guint i)
{
  return (i * STATIONS + load->index) * 1e6 / offered;
}

/* Scans come when they come. What has come while a request was on its way is the next. */
static void load_offered (Load *load)
{
  double began = (double) load->began;

  for (guint sent = 0; sent < requests;) {
    g_autoptr (GString) lines = g_string_new (NULL);
    g_autofree char *request = NULL;
    guint upto = sent;

    while (upto < requests && upto - sent < JOURNAL_BATCH_MAX
           && began + scan_us (load, upto) <= (double) g_get_monotonic_time ())
      upto++;
    if (upto == sent) {
      g_usleep (200);
      continue;
    }
    for (guint i = sent; i < upto; i++)
      g_string_append_printf (
          lines, "%s\n", i == upto - 1 && load->signs ? load->signed_lines[i] : load->lines[i]);
    request = load_request (load, lines->str);
    load_exchange (load, request);
    for (; sent < upto; sent++)
      load->times[sent] = g_get_monotonic_time () - load->began - (gint64) scan_us (load, sent);
  }
}

static gpointer load_run (gpointer data)
{
  Load *load = data;

  load_connect (load);
  for (guint i = 0; i < WARM; i++)
    load_exchange (load, load->requests[i]);
  g_atomic_int_inc (&load_ready);
  while (!g_atomic_int_get (&load_go))
    g_thread_yield ();
  load->began = g_get_monotonic_time ();
  if (offered > 0)
    load_offered (load);
  for (guint i = 0; i < requests && offered == 0; i++) {
    gint64 start = g_get_monotonic_time ();

    load_exchange (load, load->requests[WARM + i]);
    load->times[i] = g_get_monotonic_time () - start;
  }
  load->ended = g_get_monotonic_time ();
  g_atomic_int_inc (&load_done);
  load_paced (load);
  load_close (load);
  g_strfreev (load->requests);
  g_strfreev (load->lines);
  g_strfreev (load->signed_lines);
  return NULL;
}

static void prepare_scans (Load *load)
{
  load->lines = g_new0 (char *, requests + 1);
  load->signed_lines = g_new0 (char *, requests + 1);
  for (guint i = 0; i < requests; i++)
    load->lines[i] = load_line (load, load->signs ? &load->signed_lines[i] : NULL);
}

static void load_begin (Load *loads, guint16 port, guint paced, GThread **threads)
{
  for (guint i = 0; i < STATIONS; i++) {
    loads[i].port = port;
    loads[i].times = g_new (gint64, requests);
    load_prepare (&loads[i], WARM + (offered > 0 ? 0 : requests) + paced);
    if (offered > 0)
      prepare_scans (&loads[i]);
  }
  for (guint i = 0; i < STATIONS; i++)
    threads[i] = g_thread_new ("station", load_run, &loads[i]);
}

static void load_all (Load *loads, double bare)
{
  g_autofree gint64 *times = g_new (gint64, STATIONS * requests);
  gint64 began = G_MAXINT64, ended = 0;
  g_autofree char *source
      = g_strdup_printf ("limit with the disk; bare SQLite here: %.0f/s", bare),
      *figure
      = loads[0].batch > 1
            ? g_strdup_printf ("hub: 50 stations, %u facts a request over TLS", loads[0].batch)
        : offered > 0 ? g_strdup_printf ("hub: 50 stations, %.0f scans/s over TLS", offered)
                      : g_strdup ("hub: 50 stations, one fact a request over TLS");
  double rate;

  while (g_atomic_int_get (&load_ready) < STATIONS)
    g_thread_yield ();
  g_atomic_int_set (&load_go, 1);
  while (g_atomic_int_get (&load_done) < STATIONS)
    g_usleep (G_TIME_SPAN_MILLISECOND);
  for (guint i = 0; i < STATIONS; i++) {
    began = MIN (began, loads[i].began);
    ended = MAX (ended, loads[i].ended);
    memcpy (times + i * requests, loads[i].times, requests * sizeof *times);
  }
  qsort (times, STATIONS * requests, sizeof *times, by_value);
  rate = STATIONS * requests * loads[0].batch * 1e6 / (double) (ended - began);
  row (figure, rate, "/s", TARGET_FACTS_PER_S, source, FALSE);
  row ("  the same beside bare SQLite transactions", rate, "/s", bare,
       "two statements, WAL, FULL, in this run", FALSE);
  row ("  acknowledged, p99", (double) times[STATIONS * requests * 99 / 100] / 1000, "ms",
       TARGET_P99_MS, "limit with the disk", TRUE);
  printf ("  median %.2f ms\n", (double) times[STATIONS * requests / 2] / 1000);
}

/* From station to station ------------------------------------------------------------ */

typedef struct {
  Journal *journal;
  gint stop;
  gint64
      seq_known; /* atomic by the mutex: the last fact of the sender that is known here, durable */
  Lock mutex;
  Wake known;
} Receiver;

static Journal *make_station (Journal *hub, const char *folder, const char *station,
                              const char *url, const char *pin)
{
  GError *error = NULL;
  g_autofree char *db = g_strdup_printf ("%s/%s.db", folder, station),
                  *code = enrolment_invite (hub, station, url, pin, &error);
  Journal *journal = code != NULL ? journal_create (db, station, clock_system (), &error) : NULL;
  gint64 taken;

  if (journal == NULL || !client_enrol (journal, code, &taken, &error))
    die_of ("enrolling a station", error);
  return journal;
}

static gpointer receive (gpointer data)
{
  Receiver *receiver = data;
  GError *error = NULL;
  g_autoptr (Client) client = client_new (receiver->journal, &error);
  guint taken;

  while (!g_atomic_int_get (&receiver->stop)) {
    gint64 seq = 0;

    if (client == NULL || !client_pull (client, CLIENT_WAIT_S, &receiver->stop, &taken, &error)
        || !journal_head (receiver->journal, "from", &seq, NULL, &error))
      die_of ("receiving", error);
    lock_take (&receiver->mutex);
    receiver->seq_known = seq;
    lock_wake_one (&receiver->known);
    lock_give (&receiver->mutex);
  }
  return NULL;
}

static void measure_known (Journal *from, Journal *to, const char *figure)
{
  Receiver receiver = { .journal = to };
  g_autofree gint64 *times = g_new (gint64, SAMPLES);
  GError *error = NULL;
  g_autoptr (Client) client = client_new (from, &error);
  GThread *thread = g_thread_new ("receive", receive, &receiver);
  guint sent;

  for (guint i = 0; i < SAMPLES; i++) {
    gint64 start = g_get_monotonic_time (), seq = 0;

    if (!journal_begin (from, &error)
        || !journal_append (from, "passage", "FR-000001",
                            "{\"checkpoint\":\"entree\",\"verdict\":\"ADMITTED\"}", &seq, &error)
        || !journal_commit (from, &error))
      die_of ("writing", error);
    if (client == NULL || !client_push (client, &sent, &error))
      die_of ("pushing", error);
    lock_take (&receiver.mutex);
    while (receiver.seq_known < seq)
      lock_wake_wait (&receiver.known, &receiver.mutex);
    lock_give (&receiver.mutex);
    times[i] = g_get_monotonic_time () - start;
  }
  g_atomic_int_set (&receiver.stop, 1);
  g_thread_join (thread);
  qsort (times, SAMPLES, sizeof *times, by_value);
  row (figure, (double) times[SAMPLES * 99 / 100] / 1000, "ms", TARGET_KNOWN_MS,
       "limit with the disk", TRUE);
  printf ("  median %.2f ms, durable at all three\n", (double) times[SAMPLES / 2] / 1000);
}

int main (void)
{
  const char *sign = g_getenv ("SIGN"), *batch = g_getenv ("BATCH"), *offer = g_getenv ("OFFER");
  guint rows = g_getenv ("ROWS") != NULL ? (guint) atoi (g_getenv ("ROWS")) : 100000;
  GError *error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("accueil-bench-XXXXXX", &error), *db = NULL,
                  *memory = g_strdup_printf ("hub: resident after all that, %u delegates", rows);
  g_autofree Load *loads = g_new0 (Load, STATIONS);
  g_autoptr (Certificate) certificate = NULL;
  g_autoptr (Journal) from = NULL, to = NULL;
  GThread *threads[STATIONS];
  HubProcess hub = { 0 };
  Journal *journal;

  if (folder == NULL)
    die_of ("making a folder", error);
  if (batch != NULL && atoi (batch) > 1)
    requests = FACTS / 4;
  offered = offer != NULL ? atof (offer) : 0;
  if (offered > 0)
    requests = (guint) (offered * OFFER_S / STATIONS);
  sign_start ();
  client_start ();
  db = g_build_filename (folder, "hub.db", NULL);
  journal = make_hub_db (db, rows);
  for (guint i = 0; i < STATIONS; i++) {
    loads[i].index = i;
    loads[i].among = STATIONS;
    loads[i].station = g_strdup_printf ("station-%u", i + 1);
    loads[i].batch = sign != NULL && batch != NULL ? (guint) atoi (batch) : 1;
    loads[i].signs = sign != NULL && strcmp (sign, "1") == 0;
    loads[i].token = token_of (journal, loads[i].station, loads[i].signs ? &loads[i].secret : NULL);
  }
  hub_start (&hub, db, NULL);
  certificate = hub_certificate_ensure (journal, NULL, &error);
  if (certificate == NULL)
    die_of ("reading the pin", error);
  load_begin (loads, hub.port, sign != NULL ? 0 : PACED, threads);
  if (sign != NULL) {
    load_all (loads, bare_facts (folder, 1, BARE_TRANSACTIONS));
    printf ("a fact takes %.2f µs of the hub's processor\n",
            hub_spent_us (&hub) / (STATIONS * (WARM + requests) * loads[0].batch));
    hub_stop (&hub);
    remove_folder (folder);
    return 0;
  }
  load_all (loads, bare_facts (folder, 1, BARE_TRANSACTIONS));
  from = make_station (journal, folder, "from", hub.url, certificate->pin);
  to = make_station (journal, folder, "to", hub.url, certificate->pin);
  measure_known (from, to, "hub: a fact made at one station known at another, p99");
  g_atomic_int_set (&load_pace, 1);
  measure_known (from, to, "  the same while 50 stations push 500 facts/s, p99");
  g_atomic_int_set (&load_stop, 1);
  for (guint i = 0; i < STATIONS; i++)
    g_thread_join (threads[i]);
  row (memory, hub_rss_mb (&hub), "MB", TARGET_MB, "limit", TRUE);
  hub_stop (&hub);
  journal_close (journal);
  for (guint i = 0; i < STATIONS; i++) {
    g_free (loads[i].station);
    g_free (loads[i].token);
    g_free (loads[i].times);
  }
  g_clear_pointer (&from, journal_close);
  g_clear_pointer (&to, journal_close);
  remove_folder (folder);
  return 0;
}
