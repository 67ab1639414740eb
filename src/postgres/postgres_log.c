#include "postgres/postgres_log.h"

#include "core/words.h"
#include "postgres/postgres_address.h"
#include "postgres/postgres_link.h"
#include "postgres/postgres_rows.h"

#include <string.h>

#define FORMAT "1"
#define COLUMNS "number, station, seq, at, kind, subject, body, body_hash, chain, signature"

struct _LogLink {
  PostgresLink *link;
};

/* A row of `fact` is written once; all that may change is that its body is erased, and
 * that a signature comes to it. */
static const char TABLES[]
    = "BEGIN; SELECT pg_advisory_xact_lock (" POSTGRES_LOG_LOCK ");"
      "CREATE SCHEMA IF NOT EXISTS accueil;"
      "CREATE TABLE IF NOT EXISTS accueil.log (one boolean PRIMARY KEY DEFAULT true CHECK (one), "
      "format integer NOT NULL, station text, timeline text, closed boolean NOT NULL DEFAULT "
      "false);"
      "INSERT INTO accueil.log (format) VALUES (" FORMAT ") ON CONFLICT DO NOTHING;"
      "CREATE TABLE IF NOT EXISTS accueil.fact (number bigint PRIMARY KEY, station text NOT NULL, "
      "seq bigint NOT NULL CHECK (seq >= 1), at bigint NOT NULL, kind text NOT NULL, subject text "
      "NOT NULL, body text, body_hash bytea NOT NULL, chain bytea NOT NULL, signature text, "
      "UNIQUE (station, seq));"
      "CREATE TABLE IF NOT EXISTS accueil.value (sheet text NOT NULL, key text NOT NULL, row text, "
      "version bigint NOT NULL UNIQUE, PRIMARY KEY (sheet, key));"
      "CREATE OR REPLACE FUNCTION accueil.keep () RETURNS trigger LANGUAGE plpgsql AS $keep$ BEGIN "
      "IF TG_OP = 'DELETE' OR (NEW.body IS NOT NULL AND NEW.body IS DISTINCT FROM OLD.body) OR "
      "(OLD.signature IS NOT NULL AND NEW.signature IS DISTINCT FROM OLD.signature) OR "
      "(NEW.number, NEW.station, NEW.seq, NEW.at, NEW.kind, NEW.subject, NEW.body_hash, NEW.chain) "
      "IS DISTINCT FROM (OLD.number, OLD.station, "
      "OLD.seq, OLD.at, OLD.kind, OLD.subject, OLD.body_hash, OLD.chain) THEN RAISE EXCEPTION "
      "'facts are never changed, but for the erasure of a body and a signature that comes late'; "
      "END IF; RETURN NEW; END $keep$;"
      "CREATE OR REPLACE TRIGGER keep BEFORE UPDATE OR DELETE ON accueil.fact FOR EACH ROW EXECUTE "
      "FUNCTION accueil.keep (); COMMIT";
static const char IS_THERE[] = "SELECT to_regclass ('accueil.value') IS NOT NULL";
/* Who is lost in the middle of a transaction keeps others waiting no longer than that. */
static const char SESSION[]
    = "SET lock_timeout = '8s'; SET idle_in_transaction_session_timeout = '60s'; "
      "SELECT set_config ('synchronous_commit', 'on', false) WHERE current_setting "
      "('synchronous_commit') IN ('off', 'local')";
#define SERVER                                                                                     \
  "(SELECT system_identifier FROM pg_control_system ()) || '/' || substr (pg_walfile_name "        \
  "(pg_current_wal_lsn ()), 1, 8)"
#define STATE                                                                                      \
  "SELECT format, station, closed, timeline, " SERVER ", (SELECT coalesce (max (number), 0) "      \
  "FROM accueil.fact), (SELECT coalesce (max (version), 0) FROM accueil.value) FROM accueil.log"
static const char BEGIN_WRITING[]
    = "BEGIN; SELECT pg_advisory_xact_lock (" POSTGRES_LOG_LOCK "); " STATE;
static const char BEGIN_READING[] = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; " STATE;
static const char COMMIT[] = "NOTIFY " POSTGRES_LOG_CHANNEL "; COMMIT";
static const char FACTS[]
    = "SELECT " COLUMNS " FROM accueil.fact WHERE number > $1 ORDER BY number LIMIT $2";
static const char CHANGES[]
    = "SELECT sheet, key, row, version FROM accueil.value WHERE version > $1 ORDER BY version";
/* By the index, station by station, and not by all facts. */
static const char HEADS[]
    = "WITH RECURSIVE one AS ((SELECT station FROM accueil.fact ORDER BY station LIMIT 1) UNION "
      "ALL SELECT (SELECT f.station FROM accueil.fact f WHERE f.station > one.station ORDER BY "
      "f.station LIMIT 1) FROM one WHERE one.station IS NOT NULL) SELECT h.station, h.seq, h.at, "
      "h.chain FROM one CROSS JOIN LATERAL (SELECT station, seq, at, chain FROM accueil.fact f "
      "WHERE f.station = one.station ORDER BY seq DESC LIMIT 1) h ORDER BY h.station COLLATE \"C\"";
static const char APPEND[]
    = "INSERT INTO accueil.fact (" COLUMNS ") SELECT * FROM unnest ($1::bigint[], $2::text[], "
      "$3::bigint[], $4::bigint[], $5::text[], $6::text[], $7::text[], $8::bytea[], $9::bytea[], "
      "$10::text[])";
static const char CHANGE[]
    = "INSERT INTO accueil.value (sheet, key, row, version) SELECT * FROM unnest ($1::text[], "
      "$2::text[], $3::text[], $4::bigint[]) ON CONFLICT (sheet, key) DO UPDATE SET row = "
      "excluded.row, version = excluded.version";
/* Who may not see it reads NULL for the state of each. */
static const char STANDBYS[]
    = "SELECT current_setting ('synchronous_standby_names') <> '', coalesce (bool_or (state IS "
      "NULL), false), count (*), count (*) FILTER (WHERE sync_state IN ('sync', 'quorum') AND "
      "state = 'streaming'), coalesce (max (extract (epoch FROM replay_lag) * 1000), 0)::bigint "
      "FROM pg_stat_replication WHERE state IS DISTINCT FROM 'backup'";
static const char SIGN[] = "UPDATE accueil.fact SET signature = $2 WHERE number = $1 AND signature "
                           "IS NULL";
static const char ERASE[] = "UPDATE accueil.fact SET body = NULL WHERE number = ANY ($1::bigint[]) "
                            "AND body IS NOT NULL";
static const char NOTE[] = "UPDATE accueil.log SET station = $1, timeline = coalesce ($2, "
                           "timeline), closed = $3";

/* Opening ---------------------------------------------------------------------------- */

static gboolean make_tables (PostgresLink *link, GError **error)
{
  PGresult *result = postgres_link_ask (link, IS_THERE, 0, NULL, error);
  gboolean there = result != NULL && strcmp (PQgetvalue (result, 0, 0), "t") == 0;

  PQclear (result);
  return result != NULL && (there || postgres_link_run (link, TABLES, error));
}

static LogLink *open_link (const char *address, GError **error)
{
  PostgresLink *link = postgres_link_open (address, error);
  LogLink *made;

  if (link == NULL)
    return NULL;
  if (!postgres_link_run (link, SESSION, error) || !make_tables (link, error)) {
    postgres_link_close (link);
    return NULL;
  }
  made = g_new0 (LogLink, 1);
  made->link = link;
  return made;
}

static void close_link (LogLink *link)
{
  postgres_link_close (link->link);
  g_free (link);
}

/* Transactions ----------------------------------------------------------------------- */

static gint64 number_at (const PGresult *result, int row, int column)
{
  return g_ascii_strtoll (PQgetvalue (result, row, column), NULL, 10);
}

static char *text_at (const PGresult *result, int row, int column)
{
  return PQgetisnull (result, row, column) ? NULL : g_strdup (PQgetvalue (result, row, column));
}

static gboolean begin (LogLink *link, gboolean writing, LogState *state, GError **error)
{
  PGresult *result
      = postgres_link_ask (link->link, writing ? BEGIN_WRITING : BEGIN_READING, 0, NULL, error);
  gboolean good;

  if (result == NULL)
    return FALSE;
  good = PQntuples (result) == 1 && strcmp (PQgetvalue (result, 0, 0), FORMAT) == 0;
  if (good)
    *state = (LogState){ .station = text_at (result, 0, 1),
                         .closed = strcmp (PQgetvalue (result, 0, 2), "t") == 0,
                         .noted = text_at (result, 0, 3),
                         .timeline = text_at (result, 0, 4),
                         .number = number_at (result, 0, 5),
                         .version = number_at (result, 0, 6) };
  PQclear (result);
  return good
         || postgres_link_fail (link->link,
                                _ ("its tables are of another version of accueil; all hubs of "
                                   "one log must be of one version"),
                                error);
}

/* A transaction that has failed is "committed" by rolling it back. */
static gboolean commit (LogLink *link, GError **error)
{
  PGresult *result = postgres_link_ask (link->link, COMMIT, 0, NULL, error);
  gboolean good;

  if (result == NULL)
    return FALSE;
  good = strcmp (PQcmdStatus (result), "COMMIT") == 0;
  PQclear (result);
  return good || postgres_link_fail (link->link, _ ("it has not stored the facts"), error);
}

static void rollback (LogLink *link)
{
  if (PQtransactionStatus (link->link->connection) != PQTRANS_IDLE)
    postgres_link_run (link->link, "ROLLBACK", NULL);
}

/* Reading ---------------------------------------------------------------------------- */

static Fact *read_fact (const PGresult *result, int row)
{
  Fact *fact = g_new0 (Fact, 1);

  fact->number = number_at (result, row, 0);
  fact->station = text_at (result, row, 1);
  fact->seq = number_at (result, row, 2);
  fact->at = number_at (result, row, 3);
  fact->kind = text_at (result, row, 4);
  fact->subject = text_at (result, row, 5);
  fact->body = text_at (result, row, 6);
  postgres_rows_hash (PQgetvalue (result, row, 7), &fact->body_hash);
  postgres_rows_hash (PQgetvalue (result, row, 8), &fact->chain);
  fact->is_signed = !PQgetisnull (result, row, 9)
                    && sign_signature_from_text (PQgetvalue (result, row, 9), fact->signature);
  return fact;
}

static GPtrArray *facts (LogLink *link, gint64 after, guint limit, GError **error)
{
  g_autofree char *from = g_strdup_printf ("%" G_GINT64_FORMAT, after),
                  *most = g_strdup_printf ("%u", limit);
  const char *values[] = { from, most };
  PGresult *result = postgres_link_ask (link->link, FACTS, G_N_ELEMENTS (values), values, error);
  GPtrArray *list;

  if (result == NULL)
    return NULL;
  list = g_ptr_array_new_with_free_func ((GDestroyNotify) fact_free);
  for (int i = 0; i < PQntuples (result); i++)
    g_ptr_array_add (list, read_fact (result, i));
  PQclear (result);
  return list;
}

static GPtrArray *changes (LogLink *link, gint64 after, GError **error)
{
  g_autofree char *from = g_strdup_printf ("%" G_GINT64_FORMAT, after);
  const char *values[] = { from };
  PGresult *result = postgres_link_ask (link->link, CHANGES, G_N_ELEMENTS (values), values, error);
  GPtrArray *list;

  if (result == NULL)
    return NULL;
  list = g_ptr_array_new_with_free_func ((GDestroyNotify) log_engine_change_free);
  for (int i = 0; i < PQntuples (result); i++)
    g_ptr_array_add (
        list, log_engine_change_new (PQgetvalue (result, i, 0), PQgetvalue (result, i, 1),
                                     PQgetisnull (result, i, 2) ? NULL : PQgetvalue (result, i, 2),
                                     number_at (result, i, 3)));
  PQclear (result);
  return list;
}

static void head_free (gpointer data)
{
  g_free (((JournalHead *) data)->station);
  g_free (data);
}

static GPtrArray *heads (LogLink *link, GError **error)
{
  PGresult *result = postgres_link_ask (link->link, HEADS, 0, NULL, error);
  GPtrArray *list;

  if (result == NULL)
    return NULL;
  list = g_ptr_array_new_with_free_func (head_free);
  for (int i = 0; i < PQntuples (result); i++) {
    JournalHead *head = g_new0 (JournalHead, 1);

    head->station = text_at (result, i, 0);
    head->seq = number_at (result, i, 1);
    head->at = number_at (result, i, 2);
    postgres_rows_hash (PQgetvalue (result, i, 3), &head->chain);
    g_ptr_array_add (list, head);
  }
  PQclear (result);
  return list;
}

/* Writing ---------------------------------------------------------------------------- */

/* Runs @sql on as many columns as @arrays has; ends and frees them. */
static gboolean run_on (LogLink *link, const char *sql, GString **arrays, guint count,
                        GError **error)
{
  g_autofree const char **values = g_new (const char *, count);
  PGresult *result;

  for (guint i = 0; i < count; i++) {
    postgres_rows_end (arrays[i]);
    values[i] = arrays[i]->str;
  }
  result = postgres_link_ask (link->link, sql, count, values, error);
  for (guint i = 0; i < count; i++)
    g_string_free (arrays[i], TRUE);
  PQclear (result);
  return result != NULL;
}

static gboolean append (LogLink *link, const GPtrArray *list, GError **error)
{
  GString *columns[10];

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    columns[i] = g_string_new ("{");
  for (guint i = 0; i < list->len; i++) {
    const Fact *fact = list->pdata[i];
    g_autofree char *signature
        = fact->is_signed ? g_base64_encode (fact->signature, SIGNATURE_BYTES) : NULL;

    postgres_rows_add_int (columns[0], fact->number);
    postgres_rows_add_text (columns[1], fact->station);
    postgres_rows_add_int (columns[2], fact->seq);
    postgres_rows_add_int (columns[3], fact->at);
    postgres_rows_add_text (columns[4], fact->kind);
    postgres_rows_add_text (columns[5], fact->subject);
    postgres_rows_add_text (columns[6], fact->body);
    postgres_rows_add_hash (columns[7], &fact->body_hash);
    postgres_rows_add_hash (columns[8], &fact->chain);
    postgres_rows_add_text (columns[9], signature);
  }
  return run_on (link, APPEND, columns, G_N_ELEMENTS (columns), error);
}

static gboolean change (LogLink *link, const GPtrArray *list, GError **error)
{
  GString *columns[4];

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    columns[i] = g_string_new ("{");
  for (guint i = 0; i < list->len; i++) {
    const LogChange *one = list->pdata[i];

    postgres_rows_add_text (columns[0], one->sheet);
    postgres_rows_add_text (columns[1], one->key);
    postgres_rows_add_text (columns[2], one->row);
    postgres_rows_add_int (columns[3], one->version);
  }
  return run_on (link, CHANGE, columns, G_N_ELEMENTS (columns), error);
}

static gboolean sign (LogLink *link, gint64 number, const char *signature, GError **error)
{
  g_autofree char *at = g_strdup_printf ("%" G_GINT64_FORMAT, number);
  const char *values[] = { at, signature };
  PGresult *result = postgres_link_ask (link->link, SIGN, G_N_ELEMENTS (values), values, error);

  PQclear (result);
  return result != NULL;
}

static gboolean erase (LogLink *link, const GArray *numbers, GError **error)
{
  GString *column = g_string_new ("{");

  for (guint i = 0; i < numbers->len; i++)
    postgres_rows_add_int (column, g_array_index (numbers, gint64, i));
  return run_on (link, ERASE, &column, 1, error);
}

static gboolean note (LogLink *link, const char *station, const char *timeline, gboolean closed,
                      GError **error)
{
  const char *values[] = { station, timeline, closed ? "true" : "false" };
  PGresult *result = postgres_link_ask (link->link, NOTE, G_N_ELEMENTS (values), values, error);

  PQclear (result);
  return result != NULL;
}

static gboolean standbys (LogLink *link, LogStandbys *standbys, GError **error)
{
  PGresult *result = postgres_link_ask (link->link, STANDBYS, 0, NULL, error);

  if (result == NULL)
    return FALSE;
  *standbys = (LogStandbys){ .wanted = strcmp (PQgetvalue (result, 0, 0), "t") == 0,
                             .hidden = strcmp (PQgetvalue (result, 0, 1), "t") == 0,
                             .all = (guint) number_at (result, 0, 2),
                             .synchronous = (guint) number_at (result, 0, 3),
                             .lag_ms = number_at (result, 0, 4) };
  PQclear (result);
  return TRUE;
}

static gboolean wait_for_news (LogLink *link, guint timeout_ms, int wake, GError **error)
{
  return postgres_link_listen (link->link, POSTGRES_LOG_CHANNEL, timeout_ms, wake, error);
}

const LogEngine POSTGRES_LOG = { .scheme = POSTGRES_ADDRESS_SCHEME,
                                 .open = open_link,
                                 .close = close_link,
                                 .begin = begin,
                                 .commit = commit,
                                 .rollback = rollback,
                                 .facts = facts,
                                 .changes = changes,
                                 .heads = heads,
                                 .append = append,
                                 .change = change,
                                 .sign = sign,
                                 .erase = erase,
                                 .note = note,
                                 .standbys = standbys,
                                 .wait = wait_for_news };
