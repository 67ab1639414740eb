/* hub: how fast the real accueil-hub ($BUILD/accueil-hub) is, with the load made on the
 * same machine: 50 stations that push one fact a request over TLS connections kept
 * open; how soon a fact made at one station is known at another; and its memory at
 * 100,000 delegates ($ROWS). With $SIGN=1 or 0 only the first, by stations that sign
 * their heads or not, and what a fact takes of the hub's processor. Beside the first, a
 * bare two-statement SQLite transaction (WAL, FULL) on the same disk.  */
#include "core/sign.h"
#include "core/lock.h"
#include "journal/fact_json.h"
#include "replication/hub_certificate.h"
#include "replication/enrolment.h"
#include "replication/roles.h"
#include "sync/client.h"
#include "sync/invitation.h"

#include <arpa/inet.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <gnutls/gnutls.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define STATIONS 50
#define WARM 40
#define FACTS 800 /* of each station, after the warm ones */
#define PACED                                                                                      \
  600 /* of each station, later, one each PACE_MS: while a fact's way to another station is        \
         measured */
#define PACE_MS 100
#define SAMPLES 400
#define BARE_TRANSACTIONS 3000
#define TARGET_FACTS_PER_S 5000.0
#define TARGET_KNOWN_MS 100.0
#define TARGET_MB 100.0

static void die_of (const char *doing, GError *error)
{
  g_printerr ("bench hub: %s: %s\n", doing, error != NULL ? error->message : "failed");
  exit (1);
}

/* A row for run.py, which knows how busy the machine is. */
static void row (const char *figure, double value, const char *unit, double against,
                 const char *source, gboolean smaller)
{
  printf ("%s|%.3f|%s|%.3f|%s%s\n", figure, value, unit, against, source, smaller ? "" : "|larger");
  fflush (stdout);
}

static int by_value (const void *a, const void *b)
{
  gint64 x = *(const gint64 *) a, y = *(const gint64 *) b;

  return (x > y) - (x < y);
}

/* The hub ---------------------------------------------------------------------------- */

typedef struct {
  GSubprocess *process;
  GInputStream *out;
  char *url;
  guint16 port;
} HubProcess;

static void hub_start (HubProcess *hub, const char *db)
{
  g_autofree char *program = g_build_filename (
      g_getenv ("BUILD") != NULL ? g_getenv ("BUILD") : "build/release", "accueil-hub", NULL);
  g_autoptr (GDataInputStream) lines = NULL;
  g_autofree char *line = NULL;
  GError *error = NULL;

  hub->process
      = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                          &error, program, "--db", db, "--listen", "127.0.0.1:0", NULL);
  if (hub->process == NULL)
    die_of ("starting accueil-hub", error);
  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (hub->process));
  line = g_data_input_stream_read_line (lines, NULL, NULL, &error);
  if (line == NULL || !g_str_has_prefix (line, "listening on "))
    die_of ("waiting for accueil-hub to listen", error);
  hub->url = g_strdup (line + strlen ("listening on "));
  hub->port = (guint16) g_ascii_strtoull (strrchr (hub->url, ':') + 1, NULL, 10);
}

static double hub_rss_mb (const HubProcess *hub)
{
  g_autofree char *path
      = g_strdup_printf ("/proc/%s/status", g_subprocess_get_identifier (hub->process)),
      *text = NULL;
  const char *at;

  if (!g_file_get_contents (path, &text, NULL, NULL) || (at = strstr (text, "VmRSS:")) == NULL)
    return 0;
  return (double) g_ascii_strtoll (at + strlen ("VmRSS:"), NULL, 10) / 1024;
}

/* Of the processor, up to now. */
static double hub_spent_us (const HubProcess *hub)
{
  g_autofree char *path
      = g_strdup_printf ("/proc/%s/stat", g_subprocess_get_identifier (hub->process)),
      *text = NULL;
  g_auto (GStrv) words = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return 0;
  words = g_strsplit (strrchr (text, ')'), " ", 16);
  return (g_ascii_strtod (words[12], NULL) + g_ascii_strtod (words[13], NULL)) * 1e6
         / (double) sysconf (_SC_CLK_TCK);
}

static void hub_stop (HubProcess *hub)
{
  g_subprocess_send_signal (hub->process, SIGTERM);
  g_subprocess_wait (hub->process, NULL, NULL);
  g_clear_object (&hub->process);
  g_clear_pointer (&hub->url, g_free);
}

/* A replica with @rows delegates. */
static Journal *make_hub_db (const char *db, guint rows)
{
  GError *error = NULL;
  Journal *journal = journal_create (db, "hub", clock_system (), &error);

  if (journal == NULL)
    die_of ("making the hub's replica", error);
  for (guint i = 0; i < rows; i++) {
    g_autofree char *reference = g_strdup_printf ("FR-%06u", i);
    g_autofree char *body = g_strdup_printf (
        "{\"family\":\"Kerdoncuff "
        "%u\",\"given\":\"Anne-Laure\",\"name_zh\":\"欧阳思远\",\"organisation_fr\":\"Région "
        "Bretagne\","
        "\"category\":\"elu\",\"events\":[\"rencontres\"],\"days\":[\"26\",\"27\"],\"meals\":true}",
        i);

    if (i % 5000 == 0 && !journal_begin (journal, &error))
      die_of ("writing delegates", error);
    if (!journal_append (journal, "registration", reference, body, NULL, &error))
      die_of ("writing delegates", error);
    if ((i % 5000 == 4999 || i == rows - 1) && !journal_commit (journal, &error))
      die_of ("writing delegates", error);
  }
  return journal;
}

/* With @secret it signs its heads from then on. */
static char *token_of (Journal *hub, const char *station, SignSecret *secret)
{
  GError *error = NULL;
  g_autofree char *code
      = enrolment_invite (hub, station, "https://127.0.0.1", "sha256//none", &error),
      *public_text = NULL;
  g_autoptr (Invitation) invitation = code != NULL ? invitation_read (code, &error) : NULL;
  SignSecret unused;
  SignPublic public;
  char *token;

  if (invitation == NULL)
    die_of ("inviting", error);
  sign_key_new (&public, secret != NULL ? secret : &unused);
  public_text = sign_public_text (&public);
  token = enrolment_redeem (hub, &(EnrolmentCode){ station, invitation->secret, NULL }, public_text,
                            &error);
  if (token == NULL || (secret != NULL && !roles_sign (hub, station, public_text, &error)))
    die_of ("enrolling", error);
  return token;
}

/* Load ------------------------------------------------------------------------------- */

typedef struct {
  guint16 port;
  guint index;
  char *station, *token;
  gboolean signs;
  SignSecret secret;
  char **requests; /* ready to be sent */
  gnutls_session_t session;
  gnutls_certificate_credentials_t credentials;
  int fd;
  gint64 times[FACTS]; /* µs from sending to the answer */
  gint64 began, ended;
} Load;

static gint load_ready, load_done, load_go, load_pace, load_stop;

/* As replication/PROTOCOL.md has it. */
static void sign_head (const Load *load, Fact *fact)
{
  Hasher *hasher = hash_new ();
  Hash hash;

  hash_add_text (hasher, "accueil station head");
  hash_add_text (hasher, fact->station);
  hash_add_int (hasher, fact->seq);
  hash_add (hasher, fact->chain.bytes, HASH_BYTES);
  hash = hash_finish (hasher);
  sign_make (&load->secret, hash.bytes, HASH_BYTES, fact->signature);
  fact->is_signed = TRUE;
}

/* The station's facts and the requests that carry them: made before the clock runs, as
 * they are made on other machines. Each person stands at one station: fifty that see the
 * same badge within a second are an alert, which has work of its own. */
static void load_prepare (Load *load)
{
  Hash chain = { 0 };

  load->requests = g_new0 (char *, WARM + FACTS + PACED + 1);
  for (guint i = 0; i < WARM + FACTS + PACED; i++) {
    Fact fact = { .station = load->station,
                  .seq = i + 1,
                  .at = clock_hybrid_from_ms (g_get_real_time () / 1000) + i,
                  .kind = (char *) (guintptr) "passage" };
    g_autofree char *json = NULL, *subject = NULL;
    guint person = i * STATIONS + load->index;

    fact.subject = subject = g_strdup_printf ("FR-%06u", person);
    fact.body
        = (char *) (guintptr) "{\"checkpoint\":\"entree-est\",\"day\":\"2016-10-26\",\"period\":"
                              "\"2016-10-26\",\"verdict\":\"ADMITTED\",\"direction\":\"in\","
                              "\"code\":\"badge\",\"serial\":1,\"issuer\":\"desk-1\"}";
    fact.body_hash = hash_of (fact.body, strlen (fact.body));
    fact.chain = fact_chain (&chain, &fact);
    chain = fact.chain;
    if (load->signs)
      sign_head (load, &fact);
    json = fact_to_json (&fact);
    load->requests[i] = g_strdup_printf ("POST /v1/facts HTTP/1.1\r\nHost: hub\r\nAuthorization: "
                                         "Bearer %s\r\nContent-Length: %zu\r\n\r\n%s\n",
                                         load->token, strlen (json) + 1, json);
  }
}

static void load_connect (Load *load)
{
  struct sockaddr_in address = { .sin_family = AF_INET,
                                 .sin_port = htons (load->port),
                                 .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
  int on = 1;

  load->fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (load->fd < 0 || connect (load->fd, (struct sockaddr *) &address, sizeof address) != 0)
    die_of ("connecting", NULL);
  setsockopt (load->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  gnutls_certificate_allocate_credentials (&load->credentials);
  gnutls_init (&load->session, GNUTLS_CLIENT);
  gnutls_priority_set_direct (load->session, "NORMAL:-VERS-ALL:+VERS-TLS1.3", NULL);
  gnutls_credentials_set (load->session, GNUTLS_CRD_CERTIFICATE, load->credentials);
  gnutls_transport_set_int (load->session, load->fd);
  if (gnutls_handshake (load->session) < 0)
    die_of ("TLS handshake", NULL);
}

/* Sends one request and reads its answer, which must be 200. */
static void load_exchange (Load *load, const char *request)
{
  char answer[4096];
  gsize used = 0;

  if (gnutls_record_send (load->session, request, strlen (request)) < 0)
    die_of ("sending", NULL);
  for (;;) {
    ssize_t got;
    const char *body, *length;

    do
      got = gnutls_record_recv (load->session, answer + used, sizeof answer - 1 - used);
    while (got == GNUTLS_E_AGAIN || got == GNUTLS_E_INTERRUPTED);
    if (got <= 0)
      die_of ("reading the answer", NULL);
    used += (gsize) got;
    answer[used] = '\0';
    body = strstr (answer, "\r\n\r\n");
    length = strstr (answer, "Content-Length: ");
    if (body != NULL && length != NULL && strlen (body + 4) >= (gsize) atoi (length + 16))
      break;
  }
  if (strncmp (answer, "HTTP/1.1 200", 12) != 0)
    die_of (answer, NULL);
}

/* A busy day: a fact each PACE_MS until stopped. */
static void load_paced (Load *load)
{
  gint64 next = 0;

  for (guint i = 0; i < PACED && !g_atomic_int_get (&load_stop);) {
    gint64 now = g_get_monotonic_time ();

    if (g_atomic_int_get (&load_pace) && now >= next) {
      load_exchange (load, load->requests[WARM + FACTS + i++]);
      next = now + PACE_MS * G_TIME_SPAN_MILLISECOND;
    } else
      g_usleep (G_TIME_SPAN_MILLISECOND);
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
  for (guint i = 0; i < FACTS; i++) {
    gint64 start = g_get_monotonic_time ();

    load_exchange (load, load->requests[WARM + i]);
    load->times[i] = g_get_monotonic_time () - start;
  }
  load->ended = g_get_monotonic_time ();
  g_atomic_int_inc (&load_done);
  load_paced (load);
  gnutls_bye (load->session, GNUTLS_SHUT_WR);
  gnutls_deinit (load->session);
  gnutls_certificate_free_credentials (load->credentials);
  close (load->fd);
  g_strfreev (load->requests);
  return NULL;
}

static void load_begin (Load *loads, guint16 port, GThread **threads)
{
  for (guint i = 0; i < STATIONS; i++) {
    loads[i].port = port;
    load_prepare (&loads[i]);
  }
  for (guint i = 0; i < STATIONS; i++)
    threads[i] = g_thread_new ("station", load_run, &loads[i]);
}

static void load_all (Load *loads, double bare)
{
  g_autofree gint64 *times = g_new (gint64, STATIONS * FACTS);
  gint64 began = G_MAXINT64, ended = 0;
  g_autofree char *source = g_strdup_printf ("limit; bare SQLite here: %.0f/s", bare);

  while (g_atomic_int_get (&load_ready) < STATIONS)
    g_thread_yield ();
  g_atomic_int_set (&load_go, 1);
  while (g_atomic_int_get (&load_done) < STATIONS)
    g_usleep (G_TIME_SPAN_MILLISECOND);
  for (guint i = 0; i < STATIONS; i++) {
    began = MIN (began, loads[i].began);
    ended = MAX (ended, loads[i].ended);
    memcpy (times + i * FACTS, loads[i].times, sizeof loads[i].times);
  }
  qsort (times, STATIONS * FACTS, sizeof *times, by_value);
  row ("hub: 50 stations, one fact a request over TLS",
       STATIONS * FACTS * 1e6 / (double) (ended - began), "/s", TARGET_FACTS_PER_S, source, FALSE);
  row ("  the same beside bare SQLite transactions",
       STATIONS * FACTS * 1e6 / (double) (ended - began), "/s", bare,
       "two statements, WAL, FULL, in this run", FALSE);
  printf ("  answered, median %.2f ms, p99 %.2f ms\n", (double) times[STATIONS * FACTS / 2] / 1000,
          (double) times[STATIONS * FACTS * 99 / 100] / 1000);
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
  row (figure, (double) times[SAMPLES * 99 / 100] / 1000, "ms", TARGET_KNOWN_MS, "limit", TRUE);
  printf ("  median %.2f ms, durable at all three\n", (double) times[SAMPLES / 2] / 1000);
}

/* The peer: what the disk and SQLite allow one writer. */
static double bare_transactions (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "bare.db", NULL);
  gint64 start;
  sqlite3 *db;

  if (sqlite3_open (path, &db) != SQLITE_OK
      || sqlite3_exec (
          db,
          "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE a (n INTEGER PRIMARY "
          "KEY, t TEXT); CREATE TABLE b (n INTEGER PRIMARY KEY, t TEXT)",
          NULL, NULL, NULL))
    die_of ("bare SQLite", NULL);
  start = g_get_monotonic_time ();
  for (guint i = 0; i < BARE_TRANSACTIONS; i++)
    if (sqlite3_exec (db,
                      "BEGIN IMMEDIATE; INSERT INTO a (t) VALUES ('a passage of about a hundred "
                      "bytes, as the journal writes it for every scan at a door of the congress'); "
                      "INSERT INTO b (t) VALUES "
                      "('its projection'); COMMIT",
                      NULL, NULL, NULL))
      die_of ("bare SQLite", NULL);
  sqlite3_close (db);
  return BARE_TRANSACTIONS * 1e6 / (double) (g_get_monotonic_time () - start);
}

static void remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    g_unlink (path);
  }
  g_rmdir (folder);
}

int main (void)
{
  const char *sign = g_getenv ("SIGN");
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
  sign_start ();
  client_start ();
  db = g_build_filename (folder, "hub.db", NULL);
  journal = make_hub_db (db, rows);
  for (guint i = 0; i < STATIONS; i++) {
    loads[i].index = i;
    loads[i].station = g_strdup_printf ("station-%u", i + 1);
    loads[i].signs = sign != NULL && strcmp (sign, "1") == 0;
    loads[i].token = token_of (journal, loads[i].station, loads[i].signs ? &loads[i].secret : NULL);
  }
  hub_start (&hub, db);
  certificate = hub_certificate_ensure (journal, NULL, &error);
  if (certificate == NULL)
    die_of ("reading the pin", error);
  load_begin (loads, hub.port, threads);
  if (sign != NULL) {
    load_all (loads, bare_transactions (folder));
    printf ("a fact takes %.2f µs of the hub's processor\n",
            hub_spent_us (&hub) / (STATIONS * (WARM + FACTS)));
    hub_stop (&hub);
    remove_folder (folder);
    return 0;
  }
  load_all (loads, bare_transactions (folder));
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
  }
  g_clear_pointer (&from, journal_close);
  g_clear_pointer (&to, journal_close);
  remove_folder (folder);
  return 0;
}
