/* hub_load.h: for the benchmarks of the hub: the real accueil-hub ($BUILD/accueil-hub) as a
 * process, a replica with people, and stations that are only TLS connections with
 * requests made before the clock runs, as they are made on other machines. */
#pragma once

#include "core/lock.h"
#include "core/sign.h"
#include "journal/fact_json.h"
#include "replication/enrolment.h"
#include "replication/hub_certificate.h"
#include "replication/roles.h"
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

static inline void die_of (const char *doing, GError *error)
{
  g_printerr ("bench: %s: %s\n", doing, error != NULL ? error->message : "failed");
  exit (1);
}

/* A row for run.py, which knows how busy the machine is. */
static inline void row (const char *figure, double value, const char *unit, double against,
                        const char *source, gboolean smaller)
{
  printf ("%s|%.3f|%s|%.3f|%s%s\n", figure, value, unit, against, source, smaller ? "" : "|larger");
  fflush (stdout);
}

static inline int by_value (const void *a, const void *b)
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

/* @log: the shared log's address, NULL for none. */
static inline void hub_start (HubProcess *hub, const char *db, const char *log)
{
  g_autofree char *program = g_build_filename (
      g_getenv ("BUILD") != NULL ? g_getenv ("BUILD") : "build/release", "accueil-hub", NULL);
  g_autoptr (GDataInputStream) lines = NULL;
  g_autofree char *line = NULL;
  GError *error = NULL;

  hub->process = g_subprocess_new (
      G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error, program, "--db",
      db, "--listen", "127.0.0.1:0", log != NULL ? "--log" : NULL, log, NULL);
  if (hub->process == NULL)
    die_of ("starting accueil-hub", error);
  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (hub->process));
  line = g_data_input_stream_read_line (lines, NULL, NULL, &error);
  if (line == NULL || !g_str_has_prefix (line, "listening on "))
    die_of ("waiting for accueil-hub to listen", error);
  hub->url = g_strdup (line + strlen ("listening on "));
  hub->port = (guint16) g_ascii_strtoull (strrchr (hub->url, ':') + 1, NULL, 10);
}

static inline double hub_rss_mb (const HubProcess *hub)
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
static inline double hub_spent_us (const HubProcess *hub)
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

static inline void hub_stop (HubProcess *hub)
{
  g_subprocess_send_signal (hub->process, SIGTERM);
  g_subprocess_wait (hub->process, NULL, NULL);
  g_clear_object (&hub->process);
  g_clear_pointer (&hub->url, g_free);
}

/* A replica with @rows delegates, of a hub that is one before they are written: as its
 * first station came, all of them would be judged again. */
static inline Journal *make_hub_db (const char *db, guint rows)
{
  GError *error = NULL;
  Journal *journal = journal_create (db, "hub", clock_system (), &error);

  if (journal == NULL || !journal_begin (journal, &error)
      || !journal_finish (journal, roles_found (journal, &error), &error))
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
static inline char *token_of (Journal *hub, const char *station, SignSecret *secret)
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
  guint index, among; /* of so many stations */
  char *station, *token;
  gboolean signs;
  SignSecret secret;
  guint batch;                  /* facts in a request */
  char **requests;              /* ready to be sent */
  char **lines, **signed_lines; /* or facts that are put into requests as they come */
  Hash chain;                   /* of the last fact that was prepared */
  guint prepared;               /* so many were */
  gnutls_session_t session;
  gnutls_certificate_credentials_t credentials;
  int fd;
  gint64 *times; /* µs from sending to the answer */
  gint64 began, ended;
} Load;

#define LOAD_TRIES 40
#define LOAD_REST_US 250000

#define PASSAGE_BODY                                                                               \
  "{\"checkpoint\":\"entree-est\",\"day\":\"2016-10-26\",\"period\":\"2016-10-26\",\"verdict\":"   \
  "\"ADMITTED\",\"direction\":\"in\",\"code\":\"badge\",\"serial\":1,\"issuer\":\"desk-1\"}"

/* As replication/PROTOCOL.md has it. */
static inline void sign_head (const Load *load, Fact *fact)
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

/* The next fact, as it is sent; free with g_free(). Each person stands at one station: fifty
 * that see the same badge within a second are an alert, which has work of its own.
 * @signed_line: the same with the signature of the station; NULL if it is not wanted. */
static inline char *load_line (Load *load, char **signed_line)
{
  guint number = load->prepared++;
  g_autofree char *subject
      = g_strdup_printf ("FR-%06u", number * MAX (load->among, 1) + load->index);
  Fact fact = { .station = load->station,
                .seq = number + 1,
                .at = clock_hybrid_from_ms (g_get_real_time () / 1000) + number,
                .kind = (char *) (guintptr) "passage",
                .subject = subject,
                .body = (char *) (guintptr) PASSAGE_BODY };
  char *line;

  fact.body_hash = hash_of (fact.body, strlen (fact.body));
  fact.chain = fact_chain (&load->chain, &fact);
  load->chain = fact.chain;
  line = fact_to_json (&fact);
  if (signed_line != NULL) {
    sign_head (load, &fact);
    *signed_line = fact_to_json (&fact);
  }
  return line;
}

static inline char *load_request (const Load *load, const char *lines)
{
  return g_strdup_printf ("POST /v1/facts HTTP/1.1\r\nHost: hub\r\nAuthorization: Bearer %s\r\n"
                          "Content-Length: %zu\r\n\r\n%s",
                          load->token, strlen (lines), lines);
}

/* @count requests. */
static inline void load_prepare (Load *load, guint count)
{
  guint batch = MAX (load->batch, 1);

  load->requests = g_new0 (char *, count + 1);
  for (guint i = 0; i < count; i++) {
    g_autoptr (GString) lines = g_string_new (NULL);

    for (guint j = 0; j < batch; j++) {
      gboolean head = load->signs && j == batch - 1;
      g_autofree char *signed_line = NULL, *line = load_line (load, head ? &signed_line : NULL);

      g_string_append_printf (lines, "%s\n", head ? signed_line : line);
    }
    load->requests[i] = load_request (load, lines->str);
  }
}

static inline gboolean load_try (Load *load)
{
  struct sockaddr_in address = { .sin_family = AF_INET,
                                 .sin_port = htons (load->port),
                                 .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
  int on = 1;

  load->fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (load->fd < 0 || connect (load->fd, (struct sockaddr *) &address, sizeof address) != 0)
    die_of ("connecting", NULL);
  setsockopt (load->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  gnutls_init (&load->session, GNUTLS_CLIENT);
  gnutls_priority_set_direct (load->session, "NORMAL:-VERS-ALL:+VERS-TLS1.3", NULL);
  gnutls_credentials_set (load->session, GNUTLS_CRD_CERTIFICATE, load->credentials);
  gnutls_transport_set_int (load->session, load->fd);
  if (gnutls_handshake (load->session) >= 0)
    return TRUE;
  gnutls_deinit (load->session);
  close (load->fd);
  return FALSE;
}

/* A hub cuts off the oldest of too many that have not said yet who they are, as hundreds
 * from one address are on a slow machine: again, as a station does. */
static inline void load_connect (Load *load)
{
  guint tries = 0;

  gnutls_certificate_allocate_credentials (&load->credentials);
  while (!load_try (load)) {
    if (++tries == LOAD_TRIES)
      die_of ("TLS handshake", NULL);
    g_usleep (LOAD_REST_US);
  }
}

/* By records, of which none takes more than 16 KiB. */
static inline void load_send (Load *load, const char *request)
{
  gsize left = strlen (request);

  while (left > 0) {
    ssize_t sent = gnutls_record_send (load->session, request, left);

    if (sent < 0)
      die_of ("sending", NULL);
    request += sent;
    left -= (gsize) sent;
  }
}

/* Sends one request and reads its answer, which must be 200. */
static inline void load_exchange (Load *load, const char *request)
{
  char answer[4096];
  gsize used = 0;

  load_send (load, request);
  for (;;) {
    ssize_t got;
    const char *body, *length;

    do
      got = gnutls_record_recv (load->session, answer + used, sizeof answer - 1 - used);
    while (got == GNUTLS_E_AGAIN || got == GNUTLS_E_INTERRUPTED);
    if (got <= 0)
      die_of (got == 0 ? "reading the answer: the hub has ended it" : gnutls_strerror ((int) got),
              NULL);
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

static inline void load_close (Load *load)
{
  gnutls_bye (load->session, GNUTLS_SHUT_WR);
  gnutls_deinit (load->session);
  gnutls_certificate_free_credentials (load->credentials);
  close (load->fd);
}

/* The peer: what the disk and SQLite allow one writer: rows a second, two for each fact, in
 * transactions of @batch facts. */
static inline double bare_facts (const char *folder, guint batch, guint transactions)
{
  static const char ONE[] = "INSERT INTO a (t) VALUES ('a passage of about a hundred bytes, as the "
                            "journal writes it for every scan at a door of the congress'); "
                            "INSERT INTO b (t) VALUES ('its projection'); ";
  g_autofree char *path = g_build_filename (folder, "bare.db", NULL);
  g_autoptr (GString) sql = g_string_new ("BEGIN IMMEDIATE; ");
  gint64 start, took;
  sqlite3 *db;

  for (guint i = 0; i < batch; i++)
    g_string_append (sql, ONE);
  g_string_append (sql, "COMMIT");
  if (sqlite3_open (path, &db) != SQLITE_OK
      || sqlite3_exec (
          db,
          "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE a (n INTEGER PRIMARY "
          "KEY, t TEXT); CREATE TABLE b (n INTEGER PRIMARY KEY, t TEXT)",
          NULL, NULL, NULL))
    die_of ("bare SQLite", NULL);
  start = g_get_monotonic_time ();
  for (guint i = 0; i < transactions; i++)
    if (sqlite3_exec (db, sql->str, NULL, NULL, NULL))
      die_of ("bare SQLite", NULL);
  took = g_get_monotonic_time () - start;
  sqlite3_close (db);
  g_unlink (path);
  return transactions * batch * 1e6 / (double) took;
}

/* What a passage leaves in a replica, as SQLite alone writes it: the replica's own tables and
 * indexes without their triggers, statements that are prepared once, values that are ready. */
static const char *const PASSAGE_ROWS[] = {
  "INSERT INTO fact (station, seq, at, kind, subject, body, body_hash, chain) VALUES (?1, ?2, ?5, "
  "'passage', ?3, ?4, zeroblob (32), zeroblob (32))",
  "INSERT INTO head (station, seq, at, chain) VALUES (?1, ?2, ?5, zeroblob (32)) ON CONFLICT DO "
  "UPDATE SET seq = excluded.seq, at = excluded.at, chain = excluded.chain",
  "INSERT INTO passage VALUES (?1, ?2, ?5, ?3, 'entree-est', 'entree-est', '2016-10-26', "
  "'2016-10-26', 'ADMITTED', 'in', 'badge', 1, 'desk-1', '', '', '')",
  "INSERT INTO presence VALUES (?3, '2016-10-26', 'entree-est', ?5, ?5, ?1, ?2, 'in') ON CONFLICT "
  "DO UPDATE SET last_at = excluded.last_at, last_seq = excluded.last_seq",
  "INSERT INTO passage_count VALUES ('entree-est', '2016-10-26', 'ADMITTED', 1, 1, 1) ON CONFLICT "
  "DO UPDATE SET passages = passages + 1, people = people + 1, inside = inside + 1",
  "INSERT INTO checkpoint_count VALUES ('entree-est', 1) ON CONFLICT DO UPDATE SET people = people "
  "+ 1",
};

static inline void run_bare (sqlite3 *db, const char *sql)
{
  if (sqlite3_exec (db, sql, NULL, NULL, NULL) != SQLITE_OK)
    die_of (sqlite3_errmsg (db), NULL);
}

/* The replica @path, which nobody else has open, without what is ours; set up as ours (store.c). */
static inline sqlite3 *open_bare (const char *path)
{
  g_autoptr (GString) drops = g_string_new (
      "PRAGMA synchronous = FULL; PRAGMA cache_size = -4096; PRAGMA wal_autocheckpoint = 4000;");
  sqlite3_stmt *names = NULL;
  sqlite3 *db;

  if (sqlite3_open (path, &db) != SQLITE_OK
      || sqlite3_prepare_v2 (db, "SELECT name FROM sqlite_schema WHERE type = 'trigger'", -1,
                             &names, NULL)
             != SQLITE_OK)
    die_of ("bare SQLite", NULL);
  while (sqlite3_step (names) == SQLITE_ROW)
    g_string_append_printf (drops, "DROP TRIGGER %s;", sqlite3_column_text (names, 0));
  sqlite3_finalize (names);
  run_bare (db, drops->str);
  return db;
}

/* Facts a second, of @stations in turn, in transactions of @batch facts. */
static inline double bare_rows (const char *folder, guint stations, guint batch, guint transactions)
{
  g_autofree char *path = g_build_filename (folder, "rows.db", NULL);
  sqlite3_stmt *rows[G_N_ELEMENTS (PASSAGE_ROWS)];
  HybridTime at;
  gint64 start, took;
  sqlite3 *db;

  journal_close (make_hub_db (path, 1));
  db = open_bare (path);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (sqlite3_prepare_v2 (db, PASSAGE_ROWS[i], -1, &rows[i], NULL) != SQLITE_OK)
      die_of (sqlite3_errmsg (db), NULL);
  at = clock_hybrid_from_ms (g_get_real_time () / 1000);
  start = g_get_monotonic_time ();
  for (guint i = 0; i < transactions; i++) {
    guint station = i % stations;
    char name[32];

    g_snprintf (name, sizeof name, "station-%u", station + 1);
    run_bare (db, "BEGIN IMMEDIATE");
    for (guint j = 0; j < batch; j++) {
      guint number = i / stations * batch + j;
      char subject[32];

      g_snprintf (subject, sizeof subject, "FR-%06u", number * stations + station);
      for (guint k = 0; k < G_N_ELEMENTS (rows); k++) {
        sqlite3_bind_text (rows[k], 1, name, -1, SQLITE_STATIC);
        sqlite3_bind_int64 (rows[k], 2, number + 1);
        sqlite3_bind_text (rows[k], 3, subject, -1, SQLITE_STATIC);
        sqlite3_bind_text (rows[k], 4, PASSAGE_BODY, -1, SQLITE_STATIC);
        sqlite3_bind_int64 (rows[k], 5, (sqlite3_int64) at + number);
        if (sqlite3_step (rows[k]) != SQLITE_DONE)
          die_of (sqlite3_errmsg (db), NULL);
        sqlite3_reset (rows[k]);
      }
    }
    run_bare (db, "COMMIT");
  }
  took = g_get_monotonic_time () - start;
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    sqlite3_finalize (rows[i]);
  sqlite3_close (db);
  g_unlink (path);
  return transactions * batch * 1e6 / (double) took;
}

static inline void remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    g_unlink (path);
  }
  g_rmdir (folder);
}
