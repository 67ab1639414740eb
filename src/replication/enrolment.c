#include "replication/enrolment.h"

#include "core/hash.h"
#include "core/json.h"
#include "core/sign.h"
#include "core/words.h"
#include "journal/query.h"
#include "journal/shared_log.h"
#include "journal/withheld.h"
#include "replication/group_code.h"
#include "replication/hub_addresses.h"
#include "replication/roles.h"

#include <string.h>

#define SECRET_BYTES 24
#define TOKEN_TEXT_MAX 128

static const char INVITE[] = "INSERT INTO enrolment (station, secret_hash, expires_ms) "
                             "VALUES (:station, :hash, :expires)"
                             " ON CONFLICT (station) DO UPDATE SET secret_hash = "
                             "excluded.secret_hash, expires_ms = excluded.expires_ms";
static const char INVITATION[]
    = "SELECT secret_hash, expires_ms FROM enrolment WHERE station = :station";
static const char ADD[] = "INSERT OR IGNORE INTO enrolment (station) VALUES (:station)";
static const char HAS_ENROLLED[] = "SELECT public, revoked_ms FROM enrolment WHERE station = "
                                   ":station AND (public IS NOT NULL OR revoked_ms IS NOT NULL)";
static const char ENROLLED[]
    = "UPDATE enrolment SET secret_hash = NULL, expires_ms = NULL, token_hash = "
      ":token, public = :public, enrolled_ms = :now,"
      " revoked_ms = NULL WHERE station = :station";
static const char TOKEN[]
    = "SELECT token_hash FROM enrolment WHERE station = :station AND token_hash IS NOT NULL AND "
      "revoked_ms IS NULL"
      " AND NOT EXISTS (SELECT 1 FROM station_key k WHERE k.station = :station AND k.revoked)";
static const char KNOWN_KEYS[]
    = "SELECT public FROM station_key WHERE station = :station UNION ALL SELECT public FROM "
      "enrolment WHERE station = :station AND public IS NOT NULL";
static const char KEY_REVOKED[] = "SELECT 1 FROM station_key WHERE station = :station AND revoked";
static const char REVOKE[] = "UPDATE enrolment SET revoked_ms = :now, token_hash = NULL, "
                             "secret_hash = NULL WHERE station = :station";
static const char REVOCATIONS[]
    = "SELECT count (*) + ifnull (sum (revoked_ms), 0) FROM enrolment WHERE revoked_ms IS NOT NULL";
static const char SET_ROLE[]
    = "INSERT INTO enrolment_role (station, role) VALUES (:station, :role) ON "
      "CONFLICT (station) DO UPDATE SET role = excluded.role";
static const char WANTED_ROLE[] = "SELECT role FROM enrolment_role WHERE station = :station";
static const char LIST[] = "SELECT e.station, iif (e.secret_hash IS NULL, 0, e.expires_ms), "
                           "e.enrolled_ms, e.revoked_ms, e.last_ms, h.seq"
                           " FROM enrolment e LEFT JOIN head h USING (station) ORDER BY e.station";
static const char AWAITED[]
    = "SELECT ifnull (r.role, '') FROM enrolment e LEFT JOIN enrolment_role r USING (station) "
      "WHERE e.secret_hash IS NOT NULL AND e.expires_ms > :now UNION "
      "SELECT value ->> 'role' FROM local WHERE name GLOB '" JOURNAL_LOCAL_GROUP "*' AND "
      "value ->> 'left' > 0 AND value ->> 'until_ms' > :now";
static const char TOUCH[] = "UPDATE enrolment SET last_ms = :ms WHERE station = :station";

G_DEFINE_QUARK (enrolment - error - quark, enrolment_error)

static char *hash_text (const char *secret)
{
  Hash hash = hash_of (secret, strlen (secret));

  return hash_to_hex (&hash);
}

/* Runs one statement about @station; the other parameters are bound by the caller, who
 * gets the Query. */
static Query *about (Journal *journal, const char *sql, const char *station, GError **error)
{
  Query *query = journal_query (journal, sql, error);

  if (query != NULL)
    query_bind_text (query, ":station", station);
  return query;
}

static gboolean finish (Query *query, GError **error)
{
  query_next (query);
  return query_end (query, error);
}

static gboolean check_name (Journal *journal, const char *station, GError **error)
{
  if (!identifier_is_station (station)) {
    g_set_error (error, ENROLMENT_ERROR, ENROLMENT_ERROR_NAME,
                 _ ("“%.40s” cannot be a station's name: use 1 to %d lower-case letters, digits "
                    "and hyphens, for example “entree-est-1”"),
                 station, STATION_NAME_MAX);
    return FALSE;
  }
  if (g_str_equal (station, journal_station (journal))) {
    g_set_error (error, ENROLMENT_ERROR, ENROLMENT_ERROR_NAME,
                 _ ("“%s” is this hub's own name; give the station another"), station);
    return FALSE;
  }
  return TRUE;
}

/* Inviting --------------------------------------------------------------------------- */

/* @kind: "station" or "group". @others: more addresses, by spaces. */
static char *code_text (const char *url, const char *others, const char *pin, const char *kind,
                        const char *name, const char *secret)
{
  g_autoptr (JsonOut) out = json_out_new ();
  g_autofree char *json = NULL, *base64 = NULL;

  json_out_begin_object (out, NULL);
  json_out_string (out, "url", url);
  json_out_string_if (out, "others", others);
  json_out_string (out, "pin", pin);
  json_out_string (out, kind, name);
  json_out_string (out, "secret", secret);
  json_out_end_object (out);
  json = json_out_finish (g_steal_pointer (&out));
  base64 = g_base64_encode ((const guchar *) json, strlen (json));
  /* URL-safe and without padding (RFC 4648, 5). */
  g_strdelimit (base64, "+", '-');
  g_strdelimit (base64, "/", '_');
  g_strdelimit (base64, "=", '\0');
  return g_strconcat (ENROLMENT_CODE_PREFIX, base64, NULL);
}

/* Some of the other hubs' addresses: the code is to be drawn, too. */
static char *others_for_code (Journal *journal, const char *url, GError **error)
{
  g_autofree char *log = NULL, *all = NULL;
  g_auto (GStrv) words = NULL;
  GString *others = g_string_new (NULL);
  guint count = 0;

  if (!journal_read_local (journal, JOURNAL_LOCAL_LOG, &log, error)
      || (all = log != NULL ? hub_addresses_read (journal, error) : g_strdup ("")) == NULL)
    return g_string_free (others, TRUE);
  words = g_strsplit (all, " ", -1);
  for (char **word = words; *word != NULL && count < ENROLMENT_CODE_OTHERS_MAX; word++)
    if (**word != '\0' && strcmp (*word, url) != 0) {
      g_string_append_printf (others, "%s%s", count > 0 ? " " : "", *word);
      count++;
    }
  return g_string_free (others, FALSE);
}

char *enrolment_invite_group (Journal *journal, const char *group, gint64 count, gint64 until_ms,
                              Role role, const char *url, const char *pin, GError **error)
{
  g_autofree char *others = others_for_code (journal, url, error), *secret = NULL;

  if (others != NULL)
    secret = group_code_make (journal, group, count, until_ms, role, error);
  return secret != NULL ? code_text (url, others, pin, "group", group, secret) : NULL;
}

char *enrolment_invite (Journal *journal, const char *station, const char *url, const char *pin,
                        GError **error)
{
  g_autofree char *secret = NULL, *hash = NULL, *others = NULL;
  Query *query;

  sign_start ();
  if (!check_name (journal, station, error)
      || (others = others_for_code (journal, url, error)) == NULL)
    return NULL;
  secret = sign_secret_new (SECRET_BYTES);
  hash = hash_text (secret);
  if (!journal_begin (journal, error))
    return NULL;
  query = about (journal, INVITE, station, error);
  if (query != NULL) {
    query_bind_text (query, ":hash", hash);
    query_bind_int (query, ":expires", journal_now_ms (journal) + ENROLMENT_INVITATION_MS);
  }
  return journal_finish (journal, query != NULL && finish (query, error), error)
             ? code_text (url, others, pin, "station", station, secret)
             : NULL;
}

gboolean enrolment_set_role (Journal *journal, const char *station, Role role, GError **error)
{
  Query *query;

  if (!journal_begin (journal, error))
    return FALSE;
  query = about (journal, SET_ROLE, station, error);
  if (query != NULL)
    query_bind_text (query, ":role", authority_role_name (role));
  return journal_finish (journal, query != NULL && finish (query, error), error);
}

/* Redeeming -------------------------------------------------------------------------- */

static gboolean refuse (GError **error)
{
  g_set_error (error, ENROLMENT_ERROR, ENROLMENT_ERROR_REFUSED,
               _ ("this enrolment code is wrong, was used already or has expired; ask the hub for "
                  "a new one: accueil-hub invite STATION"));
  return FALSE;
}

/* A wrong code changes nothing: nobody guesses SECRET_BYTES random bytes, and whoever
 * could void an invitation by guessing would keep a station out. */
static gboolean check_secret (Journal *journal, const char *station, const char *secret,
                              GError **error)
{
  g_autofree char *hash = hash_text (secret);
  gboolean good = FALSE;
  Query *query = about (journal, INVITATION, station, error);

  if (query == NULL)
    return FALSE;
  if (query_next (query) && !query_is_null (query, 0)
      && query_int (query, 1) > journal_now_ms (journal))
    good = sign_secret_equal (hash, query_text (query, 0));
  if (!query_end (query, error))
    return FALSE;
  return good || refuse (error);
}

static gboolean check_group (Journal *journal, const char *group, const char *secret,
                             GError **error)
{
  gboolean good;

  return group_code_check (journal, group, secret, &good, error) && (good || refuse (error));
}

gboolean enrolment_is_invited (Journal *journal, const EnrolmentCode *code, GError **error)
{
  return check_name (journal, code->station, error)
         && (code->group != NULL ? check_group (journal, code->group, code->secret, error)
                                 : check_secret (journal, code->station, code->secret, error));
}

gboolean enrolment_awaits (Journal *journal, gboolean *gates, gboolean *others, GError **error)
{
  Query *query = journal_query (journal, AWAITED, error);

  *gates = *others = FALSE;
  if (query == NULL)
    return FALSE;
  query_bind_int (query, ":now", journal_now_ms (journal));
  while (query_next (query)) {
    Role role = ROLES_USUAL;

    authority_role_from_name (query_text (query, 0), &role);
    *(withheld_from (role) ? gates : others) = TRUE;
  }
  return query_end (query, error);
}

static gboolean check_key (Journal *journal, const char *station, const char *public,
                           GError **error)
{
  Query *query = about (journal, KNOWN_KEYS, station, error);
  gboolean other = FALSE;

  if (query == NULL)
    return FALSE;
  while (query_next (query))
    other = other
            || (query_text (query, 0)[0] != '\0' && strcmp (query_text (query, 0), public) != 0);
  if (!query_end (query, error))
    return FALSE;
  if (other)
    g_set_error (error, ENROLMENT_ERROR, ENROLMENT_ERROR_TAKEN,
                 _ ("the name “%s” belongs to another machine, whose key is known here; make this "
                    "machine's replica under another name: accueil init --station OTHER"),
                 station);
  return !other;
}

static gboolean append_station (Journal *journal, const char *station, const char *public,
                                gboolean revoked, GError **error)
{
  g_autoptr (JsonOut) out = json_out_new ();
  g_autofree char *body = NULL;

  json_out_begin_object (out, NULL);
  json_out_string_if (out, "public", public);
  json_out_bool_if (out, "revoked", revoked);
  json_out_end_object (out);
  body = json_out_finish (g_steal_pointer (&out));
  return journal_append (journal, "station", station, body, NULL, error);
}

static gboolean is_revoked (Journal *journal, const char *station, gboolean *revoked,
                            GError **error)
{
  Query *query = about (journal, KEY_REVOKED, station, error);

  if (query == NULL)
    return FALSE;
  *revoked = query_next (query);
  return query_end (query, error);
}

/* As it was invited; a station that has a role keeps it where nothing was said. */
static gboolean give_role (Journal *journal, const char *station, const char *public,
                           GError **error)
{
  Query *query = about (journal, WANTED_ROLE, station, error);
  Role role = ROLE_NONE;
  gboolean wanted;

  if (query == NULL)
    return FALSE;
  wanted = query_next (query) && authority_role_from_name (query_text (query, 0), &role);
  if (!query_end (query, error) || (!wanted && !roles_of (journal, station, &role, error)))
    return FALSE;
  return roles_give (journal, station, role != ROLE_NONE ? role : ROLES_USUAL, public, error);
}

static gboolean grant (Journal *journal, const char *station, const char *public, const char *token,
                       GError **error)
{
  g_autofree char *hash = hash_text (token);
  gboolean revoked = FALSE;
  Query *query = about (journal, ENROLLED, station, error);

  if (query == NULL)
    return FALSE;
  query_bind_text (query, ":token", hash);
  query_bind_text (query, ":public", public);
  query_bind_int (query, ":now", journal_now_ms (journal));
  if (!finish (query, error) || !is_revoked (journal, station, &revoked, error))
    return FALSE;
  return (!revoked || append_station (journal, station, public, FALSE, error))
         && give_role (journal, station, public, error);
}

/* A machine that asks again, since the answer was lost, is not counted twice; one
 * that was revoked needs a code of its own. *@again: the first of these. */
static gboolean check_known (Journal *journal, const char *station, const char *public,
                             gboolean *again, GError **error)
{
  Query *query = about (journal, HAS_ENROLLED, station, error);
  gboolean revoked = FALSE;

  if (query == NULL)
    return FALSE;
  *again = FALSE;
  if (query_next (query)) {
    *again = !query_is_null (query, 0) && strcmp (query_text (query, 0), public) == 0;
    revoked = !query_is_null (query, 1);
  }
  return query_end (query, error) && (!revoked || refuse (error));
}

/* One of the group's stations. */
static gboolean join_group (Journal *journal, const EnrolmentCode *code, const char *public,
                            GError **error)
{
  Role role = ROLE_NONE;
  gboolean again;
  Query *query;

  if (!check_known (journal, code->station, public, &again, error))
    return FALSE;
  if (again)
    return TRUE;
  query = about (journal, ADD, code->station, error);
  if (query == NULL || !finish (query, error)
      || !group_code_spend (journal, code->group, &role, error))
    return FALSE;
  query = about (journal, SET_ROLE, code->station, error);
  if (query == NULL)
    return FALSE;
  query_bind_text (query, ":role", authority_role_name (role));
  return finish (query, error);
}

static gboolean redeem (Journal *journal, const EnrolmentCode *code, const char *public,
                        const char *token, GError **error)
{
  return roles_found (journal, error) && enrolment_is_invited (journal, code, error)
         && check_key (journal, code->station, public, error)
         && (code->group == NULL || join_group (journal, code, public, error))
         && grant (journal, code->station, public, token, error);
}

char *enrolment_redeem (Journal *journal, const EnrolmentCode *code, const char *public,
                        GError **error)
{
  g_autofree char *random = NULL, *token = NULL;
  g_autoptr (GError) cause = NULL;
  SignPublic key;

  sign_start ();
  if (!check_name (journal, code->station, error))
    return NULL;
  if (!sign_public_from_text (public, &key)) {
    g_set_error (error, ENROLMENT_ERROR, ENROLMENT_ERROR_KEY,
                 _ ("the key that station “%s” sent is no Ed25519 public key in base64"),
                 code->station);
    return NULL;
  }
  random = sign_secret_new (SECRET_BYTES);
  token = g_strconcat (code->station, ".", random, NULL);
  if (!journal_begin (journal, error))
    return NULL;
  if (!redeem (journal, code, public, token, &cause)) {
    journal_rollback (journal);
    g_propagate_error (error, g_steal_pointer (&cause));
    return NULL;
  }
  return journal_commit (journal, error) ? g_steal_pointer (&token) : NULL;
}

/* Tokens ----------------------------------------------------------------------------- */

gboolean enrolment_admits (Journal *journal, const char *token, char station[STATION_NAME_MAX + 1],
                           GError **error)
{
  const char *dot = token != NULL ? strchr (token, '.') : NULL;
  char name[STATION_NAME_MAX + 1] = "";
  g_autofree char *hash = NULL;
  gboolean good = FALSE;
  Query *query;

  station[0] = '\0';
  if (dot == NULL || dot - token > STATION_NAME_MAX || strlen (token) > TOKEN_TEXT_MAX)
    return FALSE;
  memcpy (name, token, (gsize) (dot - token));
  if (!identifier_is_station (name))
    return FALSE;
  hash = hash_text (token);
  query = about (journal, TOKEN, name, error);
  if (query == NULL)
    return FALSE;
  if (query_next (query))
    good = sign_secret_equal (query_text (query, 0), hash);
  if (!query_end (query, error) || !good)
    return FALSE;
  g_strlcpy (station, name, STATION_NAME_MAX + 1);
  return TRUE;
}

gint64 enrolment_revocations (Journal *journal)
{
  Query *query = journal_query (journal, REVOCATIONS, NULL);
  gint64 value = 0;

  if (query == NULL)
    return 0;
  if (query_next (query))
    value = query_int (query, 0);
  query_end (query, NULL);
  return value;
}

/* The key by which the others know the station; NULL (without @error) if none is
 * known. */
static char *key_of (Journal *journal, const char *station, GError **error)
{
  Query *query = about (journal, KNOWN_KEYS, station, error);
  char *known = NULL;

  if (query == NULL)
    return NULL;
  if (query_next (query))
    known = g_strdup (query_text (query, 0));
  if (!query_end (query, error))
    g_clear_pointer (&known, g_free);
  return known;
}

static gboolean is_known (Journal *journal, const char *station, GError **error)
{
  Query *query = about (journal, INVITATION, station, error);
  gboolean known;

  if (query == NULL)
    return FALSE;
  known = query_next (query);
  if (!query_end (query, error))
    return FALSE;
  if (!known)
    g_set_error (error, ENROLMENT_ERROR, ENROLMENT_ERROR_UNKNOWN,
                 _ ("no station “%.40s” was ever invited here; “accueil-hub stations” lists them"),
                 station);
  return known;
}

static gboolean revoke_locked (Journal *journal, const char *station, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autofree char *public = key_of (journal, station, &cause);
  Query *query;

  if (cause != NULL) {
    g_propagate_error (error, g_steal_pointer (&cause));
    return FALSE;
  }
  query = about (journal, REVOKE, station, error);
  if (query == NULL)
    return FALSE;
  query_bind_int (query, ":now", journal_now_ms (journal));
  return finish (query, error) && roles_found (journal, error)
         && append_station (journal, station, public, TRUE, error);
}

gboolean enrolment_revoke (Journal *journal, const char *station, GError **error)
{
  if (!journal_begin (journal, error))
    return FALSE;
  if (!is_known (journal, station, error) || !revoke_locked (journal, station, error)) {
    journal_rollback (journal);
    return FALSE;
  }
  return journal_commit (journal, error);
}

gboolean enrolment_shut_out (Journal *journal, const char *station, GError **error)
{
  Query *query;

  if (!journal_begin (journal, error))
    return FALSE;
  query = about (journal, REVOKE, station, error);
  if (query != NULL)
    query_bind_int (query, ":now", journal_now_ms (journal));
  return journal_finish (journal, query != NULL && finish (query, error), error);
}

/* Listing ---------------------------------------------------------------------------- */

static void enrolment_free (gpointer data)
{
  Enrolment *enrolment = data;

  g_free (enrolment->station);
  g_free (enrolment);
}

GPtrArray *enrolment_list (Journal *journal, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (enrolment_free);
  Query *query = journal_query (journal, LIST, error);

  if (query == NULL)
    return NULL;
  while (query_next (query)) {
    Enrolment *enrolment = g_new0 (Enrolment, 1);

    enrolment->station = g_strdup (query_text (query, 0));
    enrolment->expires_ms = query_int (query, 1);
    enrolment->enrolled_ms = query_int (query, 2);
    enrolment->revoked_ms = query_int (query, 3);
    enrolment->last_ms = query_int (query, 4);
    enrolment->seq = query_int (query, 5);
    g_ptr_array_add (list, enrolment);
  }
  return query_end (query, error) ? g_steal_pointer (&list) : NULL;
}

gboolean enrolment_touch (Journal *journal, GHashTable *contacts, GError **error)
{
  GHashTableIter iter;
  gpointer station, ms;

  if (!journal_begin (journal, error))
    return FALSE;
  g_hash_table_iter_init (&iter, contacts);
  while (g_hash_table_iter_next (&iter, &station, &ms)) {
    Query *query = about (journal, TOUCH, station, error);

    if (query == NULL) {
      journal_rollback (journal);
      return FALSE;
    }
    query_bind_int (query, ":ms", *(gint64 *) ms);
    if (!finish (query, error)) {
      journal_rollback (journal);
      return FALSE;
    }
  }
  return journal_commit (journal, error);
}
