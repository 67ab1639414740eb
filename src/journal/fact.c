#include "journal/fact.h"

#include "core/identifier.h"
#include "core/words.h"
#include "journal/fact_form.h"
#include "journal/query.h"
#include "journal/standing.h"
#include "journal/store.h"

#include <string.h>

#define FACT_COLUMNS "number, station, seq, at, kind, subject, body, body_hash, chain"
#define SUBJECT_BYTES_MAX 200

static const char FACT_INSERT[] = "INSERT INTO fact (station, seq, at, kind, subject, body, "
                                  "body_hash, chain) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
static const char FACTS_OF[]
    = "SELECT " FACT_COLUMNS " FROM fact WHERE station = ?1 AND seq > ?2 ORDER BY seq LIMIT ?3";
static const char FACTS_AFTER[]
    = "SELECT " FACT_COLUMNS
      " FROM fact WHERE number > ?2 AND station <> ?1 ORDER BY number LIMIT ?3";
static const char LAST_NUMBER[] = "SELECT ifnull (max (number), 0) FROM fact";
static const char HEADS[] = "SELECT station, seq, at, chain FROM head ORDER BY station";
static const char HEAD[] = "SELECT seq, at, chain FROM head WHERE station = ?1";
static const char HEAD_LAST_AT[]
    = "SELECT ifnull (max (min (h.at, ifnull ((SELECT min (b.at) FROM clock_bound b WHERE "
      "b.station = h.station AND b.seq >= h.seq), h.at))), 0) FROM head h";
static const char BOUND[] = "SELECT 1 FROM clock_bound WHERE station = :station AND seq >= :seq";

static const char ROLES[] = "SELECT count (*) FROM (SELECT 1 FROM station_role LIMIT 2)";
static const char LATE[]
    = "SELECT 1 FROM fact WHERE station = :station AND seq <= :seq AND at > :at AND seq > ifnull "
      "((SELECT max (seq) FROM clock_bound WHERE station = :station AND seq < :seq AND at <= :at), "
      "0) LIMIT 1";

void fact_clear (Fact *fact)
{
  g_clear_pointer (&fact->station, g_free);
  g_clear_pointer (&fact->kind, g_free);
  g_clear_pointer (&fact->subject, g_free);
  g_clear_pointer (&fact->body, g_free);
}

void fact_free (Fact *fact)
{
  if (fact == NULL)
    return;
  fact_clear (fact);
  g_free (fact);
}

static void journal_head_free (JournalHead *head)
{
  g_free (head->station);
  g_free (head);
}

gboolean fact_body_holds (const Fact *fact)
{
  Hash hash;

  if (fact->body == NULL)
    return TRUE;
  hash = hash_of (fact->body, strlen (fact->body));
  return hash_equal (&hash, &fact->body_hash);
}

Hash fact_chain (const Hash *previous, const Fact *fact)
{
  Hasher *hasher = hash_new ();

  hash_add (hasher, previous->bytes, HASH_BYTES);
  hash_add_text (hasher, fact->station);
  hash_add_int (hasher, fact->seq);
  hash_add_int (hasher, fact->at);
  hash_add_text (hasher, fact->kind);
  hash_add_text (hasher, fact->subject);
  hash_add (hasher, fact->body_hash.bytes, HASH_BYTES);
  return hash_finish (hasher);
}

/* Prepared statements are kept in the same table as the queries of others; these few bind
 * blobs, so they use SQLite itself. */
static sqlite3_stmt *prepare (Journal *journal, const char *sql, GError **error)
{
  sqlite3_stmt *statement = NULL;

  if (sqlite3_prepare_v3 (journal->db, sql, -1, 0, &statement, NULL) != SQLITE_OK)
    store_fail (journal->db, journal->path, _ ("reading"), error);
  return statement;
}

static void read_hash (sqlite3_stmt *row, int column, Hash *hash)
{
  memset (hash, 0, sizeof *hash);
  if (sqlite3_column_bytes (row, column) == HASH_BYTES)
    memcpy (hash->bytes, sqlite3_column_blob (row, column), HASH_BYTES);
}

void fact_from_row (sqlite3_stmt *row, Fact *fact)
{
  fact->number = sqlite3_column_int64 (row, 0);
  fact->station = g_strdup ((const char *) sqlite3_column_text (row, 1));
  fact->seq = sqlite3_column_int64 (row, 2);
  fact->at = sqlite3_column_int64 (row, 3);
  fact->kind = g_strdup ((const char *) sqlite3_column_text (row, 4));
  fact->subject = g_strdup ((const char *) sqlite3_column_text (row, 5));
  fact->body = g_strdup ((const char *) sqlite3_column_text (row, 6));
  read_hash (row, 7, &fact->body_hash);
  read_hash (row, 8, &fact->chain);
}

static gboolean head_of (Journal *journal, const char *station, gint64 *seq, Hash *chain,
                         GError **error)
{
  sqlite3_stmt *row
      = journal->head != NULL ? journal->head : (journal->head = prepare (journal, HEAD, error));
  int status;

  *seq = 0;
  memset (chain, 0, sizeof *chain);
  if (row == NULL)
    return FALSE;
  sqlite3_bind_text (row, 1, station, -1, SQLITE_STATIC);
  status = sqlite3_step (row);
  if (status == SQLITE_ROW) {
    *seq = sqlite3_column_int64 (row, 0);
    read_hash (row, 2, chain);
  }
  sqlite3_reset (row);
  sqlite3_clear_bindings (row);
  return status == SQLITE_ROW || status == SQLITE_DONE
         || store_fail (journal->db, journal->path, _ ("reading"), error);
}

gboolean journal_head (Journal *journal, const char *station, gint64 *seq, Hash *chain,
                       GError **error)
{
  Hash ignored;

  return head_of (journal, station, seq, chain != NULL ? chain : &ignored, error);
}

static gboolean insert (Journal *journal, const Fact *fact, GError **error)
{
  sqlite3_stmt *row = journal->insert != NULL
                          ? journal->insert
                          : (journal->insert = prepare (journal, FACT_INSERT, error));
  int status;

  if (row == NULL)
    return FALSE;
  sqlite3_bind_text (row, 1, fact->station, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (row, 2, fact->seq);
  sqlite3_bind_int64 (row, 3, fact->at);
  sqlite3_bind_text (row, 4, fact->kind, -1, SQLITE_STATIC);
  sqlite3_bind_text (row, 5, fact->subject, -1, SQLITE_STATIC);
  sqlite3_bind_text (row, 6, fact->body, -1, SQLITE_STATIC);
  sqlite3_bind_blob (row, 7, fact->body_hash.bytes, HASH_BYTES, SQLITE_STATIC);
  sqlite3_bind_blob (row, 8, fact->chain.bytes, HASH_BYTES, SQLITE_STATIC);
  status = sqlite3_step (row);
  sqlite3_reset (row);
  sqlite3_clear_bindings (row);
  return status == SQLITE_DONE || store_fail (journal->db, journal->path, _ ("writing to"), error);
}

/* The root's first word on a role: until then nobody was judged by one. */
static gboolean is_first_role (Journal *journal, gboolean *first, GError **error)
{
  Query *query = journal_query (journal, ROLES, error);

  if (query == NULL)
    return FALSE;
  *first = query_next (query) && query_int (query, 0) < 2;
  return query_end (query, error);
}

/* Were facts fed with a later time than the root now says? Those up to an earlier bound
 * were not. */
static gboolean has_late (Journal *journal, const Fact *received, gboolean *late, GError **error)
{
  g_autoptr (JsonIn) in = json_in_parse (received->body, -1, error);
  Query *query = in != NULL ? journal_query (journal, LATE, error) : NULL;

  if (query == NULL)
    return FALSE;
  query_bind_text (query, ":station", received->subject);
  query_bind_int (query, ":seq", json_in_int (json_in_root (in), "seq"));
  query_bind_int (query, ":at", json_in_int (json_in_root (in), "at"));
  *late = query_next (query);
  return query_end (query, error);
}

/* What the root says of stations changes which of their facts count: looked at again
 * before the commit. */
static gboolean note_root (Journal *journal, const Fact *fact, GError **error)
{
  gboolean found = FALSE;

  if (strcmp (fact->kind, "received") == 0) {
    if (!has_late (journal, fact, &found, error))
      return FALSE;
    journal->rebuild = journal->rebuild || found;
    return TRUE;
  }
  if (strcmp (fact->kind, "role") != 0 && strcmp (fact->kind, "disown") != 0)
    return TRUE;
  if (!is_first_role (journal, &found, error))
    return FALSE;
  journal->judge_all = journal->judge_all || found;
  if (journal->judge_again == NULL)
    journal->judge_again = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_hash_table_add (journal->judge_again, g_strdup (fact->subject));
  return TRUE;
}

/* Stores a fact that follows its station's head; @why not NULL: apart, it does not count. */
static gboolean keep (Journal *journal, const Standing *standing, const Fact *fact, const char *why,
                      GError **error)
{
  if (why != NULL
      && !standing_set_apart (journal->db, &journal->standing, fact->station, fact->seq, why,
                              error))
    return FALSE;
  if (!insert (journal, fact, error))
    return FALSE;
  return why != NULL || !standing->judged || !standing->root || note_root (journal, fact, error);
}

static gboolean judge_and_keep (Journal *journal, const Standing *standing, const Fact *fact,
                                GError **error)
{
  g_autofree char *why
      = standing_fault (standing, fact->seq, fact->kind, fact->subject, fact->body);

  return keep (journal, standing, fact, why, error);
}

/* What every fact must be, whoever made it. */
static gboolean fact_is_valid (const Fact *fact, GError **error)
{
  const char *why = NULL;

  if (!identifier_is_station (fact->station))
    why = _ ("no valid station name");
  else if (!identifier_is_valid (fact->kind))
    why = _ ("no valid kind");
  else if (strlen (fact->subject) > SUBJECT_BYTES_MAX)
    why = _ ("its subject is too long");
  else if (fact->body != NULL && strlen (fact->body) > JOURNAL_BODY_BYTES_MAX)
    why = _ ("its body is too large");
  else if (fact->seq < 1 || fact->at < 0)
    why = _ ("no valid number or time");
  if (why == NULL)
    return TRUE;
  g_set_error (error, JOURNAL_ERROR, JOURNAL_ERROR_INVALID,
               _ ("fact %lld of station "
                  "“%.40s”: %s"),
               (long long) fact->seq, fact->station, why);
  return FALSE;
}

static gboolean body_is_object (const char *body, GError **error)
{
  if (fact_form_is_object (body))
    return TRUE;
  g_set_error (error, JOURNAL_ERROR, JOURNAL_ERROR_INVALID,
               _ ("a fact's body must be a JSON object"));
  return FALSE;
}

/* The highest time of all facts held, as far as the root bears it out: from then on own
 * facts come after it. */
static gboolean last_time (Journal *journal, HybridTime *at, GError **error)
{
  Query *query = journal_query (journal, HEAD_LAST_AT, error);

  if (query == NULL)
    return FALSE;
  *at = query_next (query) ? query_int (query, 0) : 0;
  return query_end (query, error);
}

static gboolean not_settled (GError **error)
{
  g_set_error (error, JOURNAL_ERROR, JOURNAL_ERROR_SETTLING,
               _ ("this hub was restored from an older copy and waits for its stations to give "
                  "back what it had written since; nothing was written. See that the hub runs and "
                  "that they reach it (accueil-hub stations). Where one of them is lost for good: "
                  "accueil-hub settle"));
  return FALSE;
}

gboolean journal_latest_ms (Journal *journal, gint64 *ms, GError **error)
{
  HybridTime at;

  if (!last_time (journal, &at, error))
    return FALSE;
  *ms = clock_hybrid_ms (at);
  return TRUE;
}

/* Own facts that would not count are not written. */
static gboolean may_append (Journal *journal, const Standing *standing, const Fact *fact,
                            GError **error)
{
  g_autofree char *why
      = standing_fault (standing, fact->seq, fact->kind, fact->subject, fact->body);

  if (standing->root && standing->settling)
    return not_settled (error);
  if (why == NULL)
    return TRUE;
  if (g_str_has_prefix (why, "form:"))
    g_set_error (error, JOURNAL_ERROR, JOURNAL_ERROR_INVALID,
                 _ ("writing “%s” about “%s”: “%s” is not as it must be "
                    "there"),
                 fact->kind, fact->subject, why + strlen ("form:"));
  else if (strcmp (why, "disowned") == 0)
    g_set_error (error, JOURNAL_ERROR, JOURNAL_ERROR_ROLE,
                 _ ("the hub has disowned the station “%s”: nothing that it writes counts any "
                    "more. Make this machine a new station: accueil rejoin CODE"),
                 journal->station);
  else if (standing_role (standing, fact->seq) == ROLE_NONE)
    g_set_error (error, JOURNAL_ERROR, JOURNAL_ERROR_ROLE,
                 _ ("the station “%s” has no role at the hub, so nothing that it writes "
                    "counts. At "
                    "the hub: accueil-hub role %s gate|desk|office"),
                 journal->station, journal->station);
  else
    g_set_error (error, JOURNAL_ERROR, JOURNAL_ERROR_ROLE,
                 _ ("the station “%s” is a “%s”, which may not write “%s” (%s). Do "
                    "it at the "
                    "hub or "
                    "at a station of the role “%s”, or at the hub: accueil-hub role %s %s"),
                 journal->station, authority_role_name (standing_role (standing, fact->seq)),
                 fact->kind, why, authority_role_name (authority_least (fact->kind)),
                 journal->station,
                 authority_role_name (MIN (authority_least (fact->kind), ROLE_OFFICE)));
  return FALSE;
}

/* @at 0: now, after all that is held. */
static gboolean append (Journal *journal, HybridTime at, const char *kind, const char *subject,
                        const char *body, gint64 *seq, GError **error)
{
  Fact fact = { 0 };
  g_auto (Standing) standing = { 0 };
  Hash previous;
  HybridTime last;

  if (!journal->in_transaction)
    g_error ("a fact is appended outside a transaction");
  if (!head_of (journal, journal->station, &fact.seq, &previous, error)
      || !last_time (journal, &last, error))
    return FALSE;
  fact.station = journal->station;
  fact.seq++;
  fact.at = at > 0 ? at : clock_hybrid_next (last, journal_now_ms (journal));
  fact.kind = (char *) (guintptr) kind; /* borrowed: fact_clear() is not called */
  fact.subject = (char *) (guintptr) subject;
  fact.body = (char *) (guintptr) body;
  if (!fact_is_valid (&fact, error) || !body_is_object (body, error)
      || !standing_read (journal->db, &journal->standing, journal->station, &standing, error)
      || !may_append (journal, &standing, &fact, error))
    return FALSE;
  fact.body_hash = hash_of (body, strlen (body));
  fact.chain = fact_chain (&previous, &fact);
  if (seq != NULL)
    *seq = fact.seq;
  return keep (journal, &standing, &fact, NULL, error);
}

gboolean journal_append (Journal *journal, const char *kind, const char *subject, const char *body,
                         gint64 *seq, GError **error)
{
  return append (journal, 0, kind, subject, body, seq, error);
}

gboolean journal_append_at (Journal *journal, HybridTime at, const char *kind, const char *subject,
                            const char *body, GError **error)
{
  return append (journal, at, kind, subject, body, NULL, error);
}

static gboolean gap (const Fact *fact, gint64 head, GError **error)
{
  g_set_error (error, JOURNAL_ERROR, JOURNAL_ERROR_GAP,
               _ ("fact %lld of station “%s” does not follow: %lld is the last one here"),
               (long long) fact->seq, fact->station, (long long) head);
  return FALSE;
}

static gboolean broken (const Fact *fact, const char *why, GError **error)
{
  g_set_error (error, JOURNAL_ERROR, JOURNAL_ERROR_CHAIN, _ ("fact %lld of station “%s”: %s"),
               (long long) fact->seq, fact->station, why);
  return FALSE;
}

/* One that we hold must be the same as the one that arrives, else two histories bear one
 * name. */
static gboolean is_the_same (Journal *journal, const Fact *fact, GError **error)
{
  g_autoptr (GPtrArray) held = journal_facts_of (journal, fact->station, fact->seq - 1, 1, error);

  if (held == NULL)
    return FALSE;
  if (held->len == 0 || !hash_equal (&((Fact *) held->pdata[0])->chain, &fact->chain))
    return broken (
        fact,
        _ ("another fact is known under that number; two machines have used one station name"),
        error);
  return TRUE;
}

/* The root dates facts that come from the future by their arrival: no clock orders those
 * of others out. Said before they are stored, once for all of @facts that are of the same
 * station and follow. */
static gboolean bound_times (Journal *journal, const Standing *standing, const Fact *facts,
                             guint count, GError **error)
{
  gint64 now_ms = clock_now_ms (&journal->clock);
  g_autofree char *body = NULL;
  gboolean bound = FALSE;
  guint last = 0;
  Query *query;

  if (strcmp (standing->root_name, journal->station) != 0 || standing->root
      || clock_hybrid_ms (facts[0].at) <= now_ms + JOURNAL_AHEAD_MS)
    return TRUE;
  query = journal_query (journal, BOUND, error);
  if (query == NULL)
    return FALSE;
  query_bind_text (query, ":station", facts[0].station);
  query_bind_int (query, ":seq", facts[0].seq);
  bound = query_next (query);
  if (!query_end (query, error) || bound)
    return bound;
  while (last + 1 < count && strcmp (facts[last + 1].station, facts[0].station) == 0)
    last++;
  body = g_strdup_printf ("{\"seq\":%" G_GINT64_FORMAT ",\"at\":%" G_GINT64_FORMAT "}",
                          MAX (facts[0].seq, facts[last].seq), clock_hybrid_from_ms (now_ms));
  return journal_append (journal, "received", facts[0].station, body, NULL, error);
}

gboolean journal_receive (Journal *journal, const Fact *facts, guint count, guint *taken,
                          GError **error)
{
  g_autofree char *station = NULL;
  g_auto (Standing) standing = { 0 };
  gint64 head = 0;
  Hash chain = { 0 };

  if (!journal->in_transaction)
    g_error ("facts are received outside a transaction");
  if (taken != NULL)
    *taken = 0;
  for (guint i = 0; i < count; i++) {
    const Fact *fact = &facts[i];
    Hash expected;

    if (!fact_is_valid (fact, error))
      return FALSE;
    if (g_strcmp0 (station, fact->station) != 0) {
      g_free (station);
      station = g_strdup (fact->station);
      if (!head_of (journal, station, &head, &chain, error)
          || !standing_read (journal->db, &journal->standing, station, &standing, error))
        return FALSE;
    }
    if (fact->seq <= head) {
      if (!is_the_same (journal, fact, error))
        return FALSE;
      continue;
    }
    if (fact->seq != head + 1)
      return gap (fact, head, error);
    expected = fact_chain (&chain, fact);
    if (!fact_body_holds (fact))
      return broken (fact, _ ("its body was altered"), error);
    if (!hash_equal (&expected, &fact->chain))
      return broken (fact,
                     _ ("its chain value does not match: it was altered on the way or belongs to "
                        "another history"),
                     error);
    if (fact->body != NULL && !body_is_object (fact->body, error))
      return FALSE;
    if (!bound_times (journal, &standing, fact, count - i, error)
        || !judge_and_keep (journal, &standing, fact, error))
      return FALSE;
    head = fact->seq;
    chain = fact->chain;
    if (taken != NULL)
      (*taken)++;
  }
  return TRUE;
}

static GPtrArray *facts_where (Journal *journal, const char *sql, const char *station, gint64 after,
                               guint limit, GError **error)
{
  sqlite3_stmt *row = prepare (journal, sql, error);
  g_autoptr (GPtrArray) facts = g_ptr_array_new_with_free_func ((GDestroyNotify) fact_free);
  int status;

  if (row == NULL)
    return NULL;
  sqlite3_bind_text (row, 1, station, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (row, 2, after);
  sqlite3_bind_int64 (row, 3, limit);
  while ((status = sqlite3_step (row)) == SQLITE_ROW) {
    Fact *fact = g_new0 (Fact, 1);

    fact_from_row (row, fact);
    g_ptr_array_add (facts, fact);
  }
  if (status != SQLITE_DONE)
    store_fail (journal->db, journal->path, _ ("reading"), error);
  sqlite3_finalize (row);
  return status == SQLITE_DONE ? g_steal_pointer (&facts) : NULL;
}

GPtrArray *journal_facts_of (Journal *journal, const char *station, gint64 after_seq, guint limit,
                             GError **error)
{
  return facts_where (journal, FACTS_OF, station, after_seq, limit, error);
}

GPtrArray *journal_facts_after (Journal *journal, gint64 number, const char *except, guint limit,
                                GError **error)
{
  return facts_where (journal, FACTS_AFTER, except != NULL ? except : "", number, limit, error);
}

gint64 journal_last_number (Journal *journal, GError **error)
{
  Query *query = journal_query (journal, LAST_NUMBER, error);
  gint64 number = 0;

  if (query == NULL)
    return 0;
  if (query_next (query))
    number = query_int (query, 0);
  return query_end (query, error) ? number : 0;
}

GPtrArray *journal_heads (Journal *journal, GError **error)
{
  sqlite3_stmt *row = prepare (journal, HEADS, error);
  g_autoptr (GPtrArray) heads = g_ptr_array_new_with_free_func ((GDestroyNotify) journal_head_free);
  int status;

  if (row == NULL)
    return NULL;
  while ((status = sqlite3_step (row)) == SQLITE_ROW) {
    JournalHead *head = g_new0 (JournalHead, 1);

    head->station = g_strdup ((const char *) sqlite3_column_text (row, 0));
    head->seq = sqlite3_column_int64 (row, 1);
    head->at = sqlite3_column_int64 (row, 2);
    read_hash (row, 3, &head->chain);
    g_ptr_array_add (heads, head);
  }
  if (status != SQLITE_DONE)
    store_fail (journal->db, journal->path, _ ("reading"), error);
  sqlite3_finalize (row);
  return status == SQLITE_DONE ? g_steal_pointer (&heads) : NULL;
}

char *journal_heads_digest (Journal *journal, GError **error)
{
  g_autoptr (GPtrArray) heads = journal_heads (journal, error);
  Hasher *hasher;
  Hash hash;

  if (heads == NULL)
    return NULL;
  hasher = hash_new ();
  for (guint i = 0; i < heads->len; i++) {
    const JournalHead *head = heads->pdata[i];

    hash_add_text (hasher, head->station);
    hash_add_int (hasher, head->seq);
    hash_add (hasher, head->chain.bytes, HASH_BYTES);
  }
  hash = hash_finish (hasher);
  return hash_to_hex (&hash);
}

char *fact_to_json (const Fact *fact)
{
  g_autoptr (JsonOut) out = json_out_new ();
  g_autofree char *chain = hash_to_hex (&fact->chain), *body_hash = hash_to_hex (&fact->body_hash);

  json_out_begin_object (out, NULL);
  json_out_int_if (out, "number", fact->number);
  json_out_string (out, "station", fact->station);
  json_out_int (out, "seq", fact->seq);
  json_out_int (out, "at", fact->at);
  json_out_string (out, "kind", fact->kind);
  json_out_string (out, "subject", fact->subject);
  json_out_string (out, "body", fact->body);
  if (fact->body == NULL)
    json_out_string (out, "body_hash", body_hash);
  json_out_string (out, "chain", chain);
  json_out_end_object (out);
  return json_out_finish (g_steal_pointer (&out));
}

static gboolean malformed (const char *what, GError **error)
{
  g_set_error (error, JOURNAL_ERROR, JOURNAL_ERROR_INVALID, _ ("this line is no fact: %s"), what);
  return FALSE;
}

gboolean fact_from_json (const char *json, gssize length, Fact *fact, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (JsonIn) in = json_in_parse (json, length, &cause);
  JsonValue *root = in != NULL ? json_in_root (in) : NULL;
  const char *station, *kind, *subject, *body;

  memset (fact, 0, sizeof *fact);
  if (root == NULL)
    return malformed (cause->message, error);
  station = json_in_string (root, "station");
  kind = json_in_string (root, "kind");
  subject = json_in_string (root, "subject");
  body = json_in_string (root, "body");
  if (station == NULL || kind == NULL || subject == NULL)
    return malformed (_ ("station, kind or subject is missing"), error);
  if (!hash_from_hex (json_in_string (root, "chain"), &fact->chain))
    return malformed (_ ("chain is missing or not 64 hex digits"), error);
  if (body != NULL)
    fact->body_hash = hash_of (body, strlen (body));
  else if (!hash_from_hex (json_in_string (root, "body_hash"), &fact->body_hash))
    return malformed (_ ("body is missing"), error);
  fact->number = json_in_int (root, "number");
  fact->station = g_strdup (station);
  fact->seq = json_in_int (root, "seq");
  fact->at = json_in_int (root, "at");
  fact->kind = g_strdup (kind);
  fact->subject = g_strdup (subject);
  fact->body = g_strdup (body);
  return TRUE;
}
