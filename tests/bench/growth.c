/* growth: how the real hub does with so many stations and facts, for tests/bench/scale.py,
 * which asks for one point after the other: $ROWS people in its replica; $STATIONS that
 * push $REQUESTS requests of $BATCH facts each, over TLS kept open; $LISTENERS that wait
 * on long polls while a fact is made $SAMPLES times. $LOG: on PostgreSQL. With $AWAY a
 * real station is away meanwhile, and catches up then. Prints NAME VALUE a line; beside
 * it a bare SQLite file doing transactions of $BATCH facts. */
#include "hub_load.h"

#include "sync/client.h"

#define WARM 5
#define BARE_FACTS 20000
#define BARE_MOST 3000
/* Between two facts: until all wait again. */
#define PAUSE_US (40 * 1000)

static guint number_of (const char *name, guint missing)
{
  return g_getenv (name) != NULL ? (guint) atoi (g_getenv (name)) : missing;
}

static void say (const char *name, double value)
{
  printf ("%s %.3f\n", name, value);
  fflush (stdout);
}

static void say_times (const char *name, gint64 *times, guint count)
{
  g_autofree char *p99 = g_strconcat (name, "-p99-ms", NULL),
                  *median = g_strconcat (name, "-median-ms", NULL);

  qsort (times, count, sizeof *times, by_value);
  say (median, (double) times[count / 2] / 1000);
  say (p99, (double) times[(count - 1) * 99 / 100] / 1000);
}

/* Who pushes ------------------------------------------------------------------------- */

static guint requests;
static gint ready, go, done;

static gpointer push (gpointer data)
{
  Load *load = data;

  load_connect (load);
  for (guint i = 0; i < WARM; i++)
    load_exchange (load, load->requests[i]);
  g_atomic_int_inc (&ready);
  while (!g_atomic_int_get (&go))
    g_usleep (200);
  load->began = g_get_monotonic_time ();
  for (guint i = 0; i < requests; i++) {
    gint64 start = g_get_monotonic_time ();

    load_exchange (load, load->requests[WARM + i]);
    load->times[i] = g_get_monotonic_time () - start;
  }
  load->ended = g_get_monotonic_time ();
  g_atomic_int_inc (&done);
  return NULL;
}

static void push_all (Load *loads, guint stations, guint batch, const HubProcess *hub)
{
  g_autofree GThread **threads = g_new (GThread *, stations);
  g_autofree gint64 *times = g_new (gint64, stations * requests);
  gint64 began = G_MAXINT64, ended = 0;
  double spent;

  for (guint i = 0; i < stations; i++) {
    loads[i].port = hub->port;
    loads[i].batch = batch;
    loads[i].index = i;
    loads[i].among = stations;
    loads[i].times = times + i * requests;
    load_prepare (&loads[i], WARM + requests);
    threads[i] = g_thread_new ("station", push, &loads[i]);
  }
  while (g_atomic_int_get (&ready) < (gint) stations)
    g_usleep (1000);
  spent = hub_spent_us (hub);
  g_atomic_int_set (&go, 1);
  for (guint i = 0; i < stations; i++) {
    g_thread_join (threads[i]);
    began = MIN (began, loads[i].began);
    ended = MAX (ended, loads[i].ended);
    g_strfreev (loads[i].requests);
  }
  say ("facts-a-second", stations * requests * batch * 1e6 / (double) (ended - began));
  say ("processor-us-a-fact", (hub_spent_us (hub) - spent) / (stations * requests * batch));
  say_times ("acknowledged", times, stations * requests);
}

/* Who waits -------------------------------------------------------------------------- */

static gint64 target;      /* the number of the last fact; written while nobody looks at it */
static gint arrived, over; /* how many know it */
static gint64 last_us;     /* when the last of them did; under mutex */
static Lock mutex;

static void note_arrival (gint64 cursor, gint64 *known)
{
  gint64 wanted = g_atomic_pointer_get (&target);

  if (cursor < wanted || *known >= wanted)
    return;
  *known = wanted;
  lock_take (&mutex);
  last_us = MAX (last_us, g_get_monotonic_time ());
  lock_give (&mutex);
  g_atomic_int_inc (&arrived);
}

/* One poll's answer; its cursor. */
static gint64 poll_once (Load *load, gint64 cursor)
{
  g_autofree char *request = g_strdup_printf ("GET /v1/facts?after=%" G_GINT64_FORMAT
                                              "&wait=30 HTTP/1.1\r\nHost: hub\r\n"
                                              "Authorization: Bearer %s\r\n\r\n",
                                              cursor, load->token);
  char answer[65536];
  gsize used = 0;

  if (gnutls_record_send (load->session, request, strlen (request)) < 0)
    die_of ("polling", NULL);
  for (;;) {
    const char *body, *length, *next;
    ssize_t got;

    do
      got = gnutls_record_recv (load->session, answer + used, sizeof answer - 1 - used);
    while (got == GNUTLS_E_AGAIN || got == GNUTLS_E_INTERRUPTED);
    if (got <= 0)
      return g_atomic_int_get (&over) ? -1 : (die_of ("reading what is new", NULL), -1);
    used += (gsize) got;
    answer[used] = '\0';
    body = strstr (answer, "\r\n\r\n");
    length = strstr (answer, "Content-Length: ");
    next = strstr (answer, "Accueil-Cursor: ");
    if (body != NULL && length != NULL && strlen (body + 4) >= (gsize) atoi (length + 16))
      return next != NULL ? g_ascii_strtoll (next + 16, NULL, 10) : cursor;
  }
}

typedef struct {
  Load load;
  gint64 cursor, known;
} Listener;

static gpointer listen_on (gpointer data)
{
  Listener *listener = data;

  load_connect (&listener->load);
  g_atomic_int_inc (&ready);
  while (!g_atomic_int_get (&over)) {
    listener->cursor = poll_once (&listener->load, listener->cursor);
    note_arrival (listener->cursor, &listener->known);
  }
  return NULL;
}

static void tell_all (Load *from, guint listeners, guint samples, const HubProcess *hub)
{
  g_autofree gint64 *times = g_new (gint64, samples);

  load_connect (from);
  for (guint i = 0; i < samples; i++) {
    gint64 start;

    g_usleep (PAUSE_US);
    g_atomic_int_set (&arrived, 0);
    last_us = 0;
    g_atomic_pointer_set (&target, target + 1);
    start = g_get_monotonic_time ();
    load_exchange (from, from->requests[i]);
    while (g_atomic_int_get (&arrived) < (gint) listeners)
      g_usleep (500);
    times[i] = last_us - start;
  }
  say ("connected-resident-mb", hub_rss_mb (hub));
  say_times ("known-at-all", times, samples);
}

/* Those who wait are left behind. */
static void listen_all (Journal *journal, Load *loads, guint listeners, guint samples,
                        const HubProcess *hub)
{
  Listener *all = g_new0 (Listener, listeners);
  Load *from = &loads[0];
  GError *error = NULL;

  from->port = hub->port;
  from->batch = 1;
  load_prepare (from, samples);
  g_atomic_int_set (&ready, 0);
  target = journal_last_number (journal, &error);
  for (guint i = 0; i < listeners; i++) {
    all[i].load = loads[1 + i];
    all[i].load.port = hub->port;
    all[i].cursor = all[i].known = target;
    g_thread_unref (g_thread_new ("listener", listen_on, &all[i]));
  }
  while (g_atomic_int_get (&ready) < (gint) listeners)
    g_usleep (1000);
  g_usleep (10 * PAUSE_US); /* until all have asked */
  tell_all (from, listeners, samples, hub);
  g_atomic_int_set (&over, 1);
}

/* Who was away ----------------------------------------------------------------------- */

static Journal *enrol_station (Journal *hub, const char *folder, const char *url)
{
  g_autofree char *db = g_build_filename (folder, "away.db", NULL), *code = NULL;
  GError *error = NULL;
  g_autoptr (Certificate) certificate = hub_certificate_ensure (hub, NULL, &error);
  Journal *station = journal_create (db, "away", clock_system (), &error);
  gint64 taken;

  if (station == NULL || certificate == NULL
      || (code = enrolment_invite (hub, "away", url, certificate->pin, &error)) == NULL
      || !client_enrol (station, code, &taken, &error))
    die_of ("enrolling a station", error);
  return station;
}

static void catch_up (Journal *station)
{
  gint64 start = g_get_monotonic_time (), all = 0;
  GError *error = NULL;
  g_autoptr (Client) client = client_new (station, &error);
  guint taken = 1;

  while (taken > 0) {
    if (client == NULL || !client_pull (client, 0, NULL, &taken, &error))
      die_of ("catching up", error);
    all += taken;
  }
  say ("caught-up-facts", (double) all);
  say ("caught-up-s", (double) (g_get_monotonic_time () - start) / 1e6);
}

/* ------------------------------------------------------------------------------------ */

static void move_log (const char *db, const char *log)
{
  g_autofree char *program = g_build_filename (g_getenv ("BUILD"), "accueil-hub", NULL);
  GError *error = NULL;
  g_autoptr (GSubprocess) process = g_subprocess_new (
      G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error, program, "--db", db, "log", "move", log, NULL);

  if (process == NULL || !g_subprocess_wait_check (process, NULL, &error))
    die_of ("moving the log", error);
}

int main (void)
{
  guint rows = number_of ("ROWS", 1000), stations = number_of ("STATIONS", 50),
        batch = number_of ("BATCH", 1), listeners = number_of ("LISTENERS", 0),
        samples = number_of ("SAMPLES", 100), all = stations + (listeners > 0 ? listeners + 1 : 0);
  const char *log = g_getenv ("LOG");
  GError *error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("accueil-growth-XXXXXX", &error),
                  *db = g_build_filename (folder, "hub.db", NULL);
  g_autofree Load *loads = g_new0 (Load, all);
  HubProcess hub = { 0 };
  Journal *journal, *away = NULL;

  requests = number_of ("REQUESTS", 100);
  sign_start ();
  client_start ();
  lock_init (&mutex);
  journal = make_hub_db (db, rows);
  for (guint i = 0; i < all; i++) {
    loads[i].station = g_strdup_printf ("station-%u", i + 1);
    loads[i].token = token_of (journal, loads[i].station, NULL);
  }
  if (log != NULL)
    move_log (db, log);
  hub_start (&hub, db, log);
  say ("resident-mb", hub_rss_mb (&hub));
  if (g_getenv ("AWAY") != NULL)
    away = enrol_station (journal, folder, hub.url);
  if (stations > 0) {
    guint transactions = MIN (MAX (BARE_FACTS / batch, 100), BARE_MOST);

    say ("bare-facts-a-second", bare_facts (folder, batch, transactions));
    say ("bare-rows-a-second", bare_rows (folder, stations, batch, transactions));
    push_all (loads, stations, batch, &hub);
    say ("loaded-resident-mb", hub_rss_mb (&hub));
  }
  if (away != NULL)
    catch_up (away);
  if (listeners > 0)
    listen_all (journal, loads + stations, listeners, samples, &hub);
  hub_stop (&hub);
  journal_close (away);
  journal_close (journal);
  remove_folder (folder);
  fflush (stdout);
  _exit (0);
}
