#include "journal/withheld.h"

#include "core/json_members.h"
#include "core/words.h"
#include "journal/fact_form.h"
#include "journal/pin_secret.h"
#include "journal/query.h"
#include "journal/standing.h"
#include "journal/store.h"

#include <string.h>

/* Which role was followed last: GATE or "whole". */
#define LOCAL_FOLLOWED "withheld"
/* Another word where more is withheld than before, so that a gate takes that out too. */
#define GATE "gate-2"

typedef struct {
  const char *kind;
  const char *keys[8];
} Withheld;

/* Keys that a kind must have (fact_form.h) keep their place, without their text. */
#define NEEDED "to"
static const Withheld WITHHELD[] = {
  { "registration", { "email", "telephone", "diet", "hotel", "said" } },
  { "note", { "text" } },
  { "handover", { "to", "reason" } },
  { "letter", { "address", "reply" } },
  { "appointment", { "host", "seat" } },
  { "answer", { "answer" } },
  { "volunteer", { "pin" } },
};
#define KINDS "'registration', 'note', 'handover', 'letter', 'appointment', 'answer', 'volunteer'"

static const char WHOLE[] = "SELECT number, kind, subject, body FROM fact WHERE kind IN (" KINDS
                            ") AND station IS NOT ?1 AND shown IS NULL AND body IS NOT NULL";
static const char TAKE_OUT[] = "UPDATE fact SET body = ?2, shown = ?3 WHERE number = ?1";
/* Not one that was erased since. */
static const char FILL[]
    = "UPDATE fact SET body = ?3, shown = NULL WHERE station = ?1 AND seq = ?2 AND shown IS NOT "
      "NULL AND NOT EXISTS (SELECT 1 FROM erasure e WHERE e.reference = fact.subject AND e.at > "
      "min (fact.at, ifnull ((SELECT min (b.at) FROM clock_bound b WHERE b.station = fact.station "
      "AND b.seq >= fact.seq), fact.at)))";
static const char OWN_ROLE[]
    = "SELECT (SELECT r.role FROM station_role r WHERE r.station = :station AND r.from_seq <= 1 + "
      "ifnull ((SELECT seq FROM head WHERE station = :station), 0) ORDER BY r.from_seq DESC LIMIT "
      "1), EXISTS (SELECT 1 FROM fact WHERE shown IS NOT NULL)";

gboolean withheld_from (Role role)
{
  return role < ROLE_DESK;
}

/* Facts ------------------------------------------------------------------------------ */

static const Withheld *withheld_of (const char *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (WITHHELD); i++)
    if (strcmp (WITHHELD[i].kind, kind) == 0)
      return &WITHHELD[i];
  return NULL;
}

static gboolean is_named (const JsonMember *member, const char *name)
{
  return member->name_length == strlen (name)
         && memcmp (member->name, name, member->name_length) == 0;
}

static gboolean is_withheld (const Withheld *withheld, const JsonMember *member)
{
  for (guint i = 0; withheld->keys[i] != NULL; i++)
    if (is_named (member, withheld->keys[i]))
      return TRUE;
  return FALSE;
}

static void add_member (GString *rest, const JsonMember *member, gboolean without)
{
  const char *quote = member->type == JSON_MEMBER_STRING ? "\"" : "";

  if (without && !is_named (member, NEEDED))
    return;
  g_string_append (rest, rest->len > 1 ? ",\"" : "\"");
  g_string_append_len (rest, member->name, (gssize) member->name_length);
  g_string_append (rest, "\":");
  g_string_append (rest, quote);
  g_string_append_len (rest, member->text, without ? 0 : (gssize) member->length);
  g_string_append (rest, quote);
}

/* The rest of @body; NULL where nothing is to be left out. Free with g_free(). */
static char *rest_of (const Withheld *withheld, const char *body)
{
  GString *rest = g_string_new ("{");
  gboolean less = FALSE;
  JsonMembers walk;
  JsonMember member;

  json_members_start (&walk, body, strlen (body));
  while (json_members_next (&walk, &member)) {
    gboolean without = is_withheld (withheld, &member);

    add_member (rest, &member, without);
    less = less || without;
  }
  g_string_append_c (rest, '}');
  return g_string_free (rest, !less);
}

static void show (Fact *fact, char *rest)
{
  g_free (fact->body);
  fact->body = rest;
  fact->is_part = TRUE;
  fact->shown = fact_shown (fact);
}

/* What has not its form counts nowhere: without the part that is wrong it might. */
void withheld_take_out (Fact *fact)
{
  const Withheld *withheld = withheld_of (fact->kind);
  char *rest;

  if (withheld == NULL || fact->body == NULL || fact->is_part)
    return;
  if (fact_form_fault (fact->kind, fact->subject, fact->body) != NULL) {
    show (fact, NULL);
    return;
  }
  rest = rest_of (withheld, fact->body);
  if (rest != NULL)
    show (fact, rest);
}

/* Rows ------------------------------------------------------------------------------- */

static gboolean fail (Journal *journal, GError **error)
{
  return store_fail (journal->db, journal->path, _ ("writing to"), error);
}

static gboolean run (sqlite3_stmt *row)
{
  gboolean good = sqlite3_step (row) == SQLITE_DONE;

  sqlite3_reset (row);
  sqlite3_clear_bindings (row);
  return good;
}

/* One row of WHOLE. */
static gboolean take_out_row (sqlite3_stmt *row, sqlite3_stmt *update, gboolean *changed)
{
  g_auto (Fact) fact = { .kind = g_strdup ((const char *) sqlite3_column_text (row, 1)),
                         .subject = g_strdup ((const char *) sqlite3_column_text (row, 2)),
                         .body = g_strdup ((const char *) sqlite3_column_text (row, 3)) };

  withheld_take_out (&fact);
  if (!fact.is_part)
    return TRUE;
  *changed = TRUE;
  sqlite3_bind_int64 (update, 1, sqlite3_column_int64 (row, 0));
  sqlite3_bind_text (update, 2, fact.body, -1, SQLITE_STATIC);
  sqlite3_bind_blob (update, 3, fact.shown.bytes, HASH_BYTES, SQLITE_STATIC);
  return run (update);
}

/* Of all facts that are held but those of @except, and out of the projections at the
 * commit. */
static gboolean take_out_all (Journal *journal, const char *except, GError **error)
{
  sqlite3_stmt *row = NULL, *update = NULL;
  gboolean good = sqlite3_prepare_v2 (journal->db, WHOLE, -1, &row, NULL) == SQLITE_OK
                  && sqlite3_prepare_v2 (journal->db, TAKE_OUT, -1, &update, NULL) == SQLITE_OK;
  gboolean changed = FALSE;
  int status = SQLITE_DONE;

  if (good)
    sqlite3_bind_text (row, 1, except, -1, SQLITE_STATIC);
  while (good && (status = sqlite3_step (row)) == SQLITE_ROW)
    good = take_out_row (row, update, &changed);
  if (!good || status != SQLITE_DONE)
    good = fail (journal, error);
  sqlite3_finalize (row);
  sqlite3_finalize (update);
  journal->rebuild = journal->rebuild || changed;
  return good;
}

gboolean withheld_fill (Journal *journal, const Fact *fact, const char *why, GError **error)
{
  sqlite3_stmt *row = NULL;
  gboolean good;

  /* A volunteer's row is said anew with all (fact_whole does the others). */
  journal->rebuild = journal->rebuild || strcmp (fact->kind, "volunteer") == 0;

  if (why != NULL
      && !standing_set_apart (journal->db, &journal->standing, fact->station, fact->seq, why,
                              error))
    return FALSE;
  good = sqlite3_prepare_v2 (journal->db, FILL, -1, &row, NULL) == SQLITE_OK
         && sqlite3_bind_text (row, 1, fact->station, -1, SQLITE_STATIC) == SQLITE_OK
         && sqlite3_bind_int64 (row, 2, fact->seq) == SQLITE_OK
         && sqlite3_bind_text (row, 3, fact->body, -1, SQLITE_STATIC) == SQLITE_OK && run (row);
  if (!good)
    fail (journal, error);
  sqlite3_finalize (row);
  return good;
}

/* The own role ----------------------------------------------------------------------- */

/* *@role is NULL while the root has given none. */
static gboolean own_role (Journal *journal, char **role, gboolean *parts, GError **error)
{
  Query *query = journal_query (journal, OWN_ROLE, error);

  if (query == NULL)
    return FALSE;
  query_bind_text (query, ":station", journal->station);
  if (query_next (query)) {
    *role = query_is_null (query, 0) ? NULL : g_strdup (query_text (query, 0));
    *parts = query_int (query, 1) != 0;
  }
  return query_end (query, error);
}

gboolean withheld_follow (Journal *journal, gboolean *again, GError **error)
{
  g_autofree char *role = NULL, *followed = NULL;
  Role known = ROLE_NONE;
  gboolean parts = FALSE;
  const char *now;

  *again = FALSE;
  if (!own_role (journal, &role, &parts, error)
      || !journal_read_local (journal, LOCAL_FOLLOWED, &followed, error))
    return FALSE;
  if (role == NULL)
    return TRUE;
  authority_role_from_name (role, &known);
  now = withheld_from (known) ? GATE : "whole";
  if (g_strcmp0 (followed, now) == 0)
    return TRUE;
  if (withheld_from (known)) {
    if (!take_out_all (journal, journal->station, error) || !pin_secret_forget (journal, error))
      return FALSE;
  } else
    *again = parts;
  return journal_set_local (journal, LOCAL_FOLLOWED, now, error);
}

gboolean withheld_here (Journal *journal, gboolean *here, GError **error)
{
  g_autofree char *followed = NULL;

  *here = FALSE;
  if (!journal_read_local (journal, LOCAL_FOLLOWED, &followed, error))
    return FALSE;
  *here = g_strcmp0 (followed, GATE) == 0;
  return TRUE;
}
