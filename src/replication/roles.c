#include "replication/roles.h"

#include "core/words.h"
#include "journal/query.h"

#include <string.h>

static const char ENROLLED[] = "SELECT 1 FROM enrolment WHERE station = :station AND token_hash IS "
                               "NOT NULL AND revoked_ms IS NULL";
static const char INVITED[] = "SELECT 1 FROM enrolment WHERE station = :station";
/* The role in force for the next number, and whether its key is vouched for. */
static const char LAST_ROLE[]
    = "SELECT r.role, k.vouched FROM station_role r LEFT JOIN station_key k USING (station) WHERE "
      "r.station = :station AND r.from_seq <= 1 + ifnull ((SELECT seq FROM head WHERE station = "
      ":station), 0) ORDER BY r.from_seq DESC LIMIT 1";
static const char SIGNS[] = "SELECT 1 FROM station_signed WHERE station = :station";
static const char KEY[] = "SELECT public FROM station_key WHERE station = :station";

G_DEFINE_QUARK (roles - error - quark, roles_error)

static Query *about (Journal *journal, const char *sql, const char *station, GError **error)
{
  Query *query = journal_query (journal, sql, error);

  if (query != NULL)
    query_bind_text (query, ":station", station);
  return query;
}

static gboolean has_row (Journal *journal, const char *sql, const char *station, gboolean *found,
                         GError **error)
{
  Query *query = about (journal, sql, station, error);

  if (query == NULL)
    return FALSE;
  *found = query_next (query);
  return query_end (query, error);
}

static gboolean append_role (Journal *journal, const char *station, Role role, gint64 from,
                             const char *public, const JournalHead *held, GError **error)
{
  JsonOut *out = json_out_new ();
  g_autofree char *body = NULL;

  json_out_begin_object (out, NULL);
  json_out_string (out, "role", authority_role_name (role));
  json_out_int (out, "from", from);
  json_out_string_if (out, "public", public);
  if (held != NULL) {
    g_autofree char *chain = hash_to_hex (&held->chain);

    json_out_int (out, "held", held->seq);
    json_out_string (out, "chain", chain);
  }
  json_out_end_object (out);
  body = json_out_finish (out);
  return journal_append (journal, "role", station, body, NULL, error);
}

static gboolean append_received (Journal *journal, const char *station, gint64 seq, gint64 at_ms,
                                 GError **error)
{
  JsonOut *out = json_out_new ();
  g_autofree char *body = NULL;

  json_out_begin_object (out, NULL);
  json_out_int (out, "seq", seq);
  json_out_int (out, "at", clock_hybrid_from_ms (at_ms));
  json_out_end_object (out);
  body = json_out_finish (out);
  return journal_append (journal, "received", station, body, NULL, error);
}

/* From its number @from on @station's facts count only with its signature. Once said, it
 * stays. */
static gboolean append_signed (Journal *journal, const char *station, const char *public,
                               GError **error)
{
  JsonOut *out = json_out_new ();
  g_autofree char *body = NULL;
  gint64 seq = 0;

  if (!journal_head (journal, station, &seq, NULL, error)) {
    json_out_free (out);
    return FALSE;
  }
  json_out_begin_object (out, NULL);
  json_out_int (out, "from", seq + 1);
  json_out_string (out, "public", public);
  json_out_end_object (out);
  body = json_out_finish (out);
  return journal_append (journal, "signed", station, body, NULL, error);
}

static gboolean sign_from_now_on (Journal *journal, const char *station, const char *public,
                                  GError **error)
{
  gboolean said = FALSE;

  return has_row (journal, SIGNS, station, &said, error)
         && (said || append_signed (journal, station, public, error));
}

gboolean roles_sign (Journal *journal, const char *station, const char *public, GError **error)
{
  if (!journal_begin (journal, error))
    return FALSE;
  return journal_finish (journal, sign_from_now_on (journal, station, public, error), error);
}

/* Founding --------------------------------------------------------------------------- */

/* *@public stays NULL if none is known. */
static gboolean known_key (Journal *journal, const char *station, char **public, GError **error)
{
  Query *query = about (journal, KEY, station, error);

  *public = NULL;
  if (query == NULL)
    return FALSE;
  if (query_next (query) && query_text (query, 0)[0] != '\0')
    *public = g_strdup (query_text (query, 0));
  return query_end (query, error);
}

/* Up to now whoever had a token could write everything; from now on as its role says. */
static gboolean take_over (Journal *journal, const JournalHead *head, GError **error)
{
  g_autofree char *public = NULL;
  gint64 now_ms = journal_now_ms (journal);
  gboolean enrolled = FALSE;

  if (!known_key (journal, head->station, &public, error))
    return FALSE;
  if (clock_hybrid_ms (head->at) > now_ms + JOURNAL_AHEAD_MS
      && !append_received (journal, head->station, head->seq, now_ms, error))
    return FALSE;
  return has_row (journal, ENROLLED, head->station, &enrolled, error)
         && append_role (journal, head->station, ROLE_OFFICE, 1, public, head, error)
         && append_role (journal, head->station, enrolled ? ROLES_USUAL : ROLE_NONE, head->seq + 1,
                         public, NULL, error);
}

/* The root's own heads too: also where it was founded by an older version. One that waits
 * for its stations (settling.h) says so later. */
static gboolean sign_own (Journal *journal, const char *root, GError **error)
{
  g_autofree char *public = NULL, *settling = NULL;

  if (!known_key (journal, root, &public, error))
    return FALSE;
  if (public == NULL || strcmp (root, journal_station (journal)) != 0)
    return TRUE;
  if (!journal_read_local (journal, JOURNAL_LOCAL_SETTLING, &settling, error))
    return FALSE;
  return settling != NULL || sign_from_now_on (journal, root, public, error);
}

gboolean roles_found (Journal *journal, GError **error)
{
  const char *own = journal_station (journal);
  GError *cause = NULL;
  g_autofree char *root = journal_root (journal, &cause);
  g_autoptr (GPtrArray) heads = NULL;

  if (cause != NULL) {
    g_propagate_error (error, cause);
    return FALSE;
  }
  if (root != NULL)
    return sign_own (journal, root, error);
  heads = journal_heads (journal, error);
  if (heads == NULL || !journal_set_root (journal, own, error))
    return FALSE;
  for (guint i = 0; i < heads->len; i++) {
    const JournalHead *head = heads->pdata[i];

    if (strcmp (head->station, own) != 0 && !take_over (journal, head, error))
      return FALSE;
  }
  return sign_own (journal, own, error);
}

/* Giving ----------------------------------------------------------------------------- */

static gboolean last_role (Journal *journal, const char *station, gboolean *ever, Role *role,
                           char **vouched, GError **error)
{
  Query *query = about (journal, LAST_ROLE, station, error);

  *ever = FALSE;
  *role = ROLE_NONE;
  *vouched = NULL;
  if (query == NULL)
    return FALSE;
  if (query_next (query)) {
    *ever = TRUE;
    authority_role_from_name (query_text (query, 0), role);
    *vouched = g_strdup (query_text (query, 1));
  }
  return query_end (query, error);
}

gboolean roles_of (Journal *journal, const char *station, Role *role, GError **error)
{
  g_autofree char *vouched = NULL;
  gboolean ever;

  return last_role (journal, station, &ever, role, &vouched, error);
}

gboolean roles_give (Journal *journal, const char *station, Role role, const char *public,
                     GError **error)
{
  g_autofree char *vouched = NULL;
  gboolean ever = FALSE;
  Role last = ROLE_NONE;
  gint64 seq = 0;

  if (!roles_found (journal, error) || !last_role (journal, station, &ever, &last, &vouched, error)
      || !journal_head (journal, station, &seq, NULL, error))
    return FALSE;
  if (ever && last == role && (public == NULL || g_strcmp0 (public, vouched) == 0))
    return TRUE;
  return append_role (journal, station, role, ever ? seq + 1 : 1, public != NULL ? public : vouched,
                      NULL, error);
}

/* Commands --------------------------------------------------------------------------- */

static gboolean check_known (Journal *journal, const char *station, GError **error)
{
  gboolean invited = FALSE;
  gint64 seq = 0;

  if (!has_row (journal, INVITED, station, &invited, error)
      || !journal_head (journal, station, &seq, NULL, error))
    return FALSE;
  if ((invited || seq > 0) && strcmp (station, journal_station (journal)) != 0)
    return TRUE;
  g_set_error (error, ROLES_ERROR, ROLES_ERROR_UNKNOWN,
               _ ("no station “%.40s” is known here; “accueil-hub stations” lists them"), station);
  return FALSE;
}

gboolean roles_set (Journal *journal, const char *station, Role role, GError **error)
{
  if (!journal_begin (journal, error))
    return FALSE;
  return journal_finish (journal,
                         check_known (journal, station, error)
                             && roles_give (journal, station, role, NULL, error),
                         error);
}

static gboolean append_disown (Journal *journal, const char *station, gint64 from,
                               const char *reason, GError **error)
{
  JsonOut *out = json_out_new ();
  g_autofree char *body = NULL;

  json_out_begin_object (out, NULL);
  json_out_int (out, "from", from);
  json_out_string_if (out, "reason", reason);
  json_out_end_object (out);
  body = json_out_finish (out);
  return journal_append (journal, "disown", station, body, NULL, error);
}

gboolean roles_disown (Journal *journal, const char *station, gint64 from, const char *reason,
                       gint64 *held, GError **error)
{
  gint64 seq = 0;

  if (from < 1) {
    g_set_error (
        error, ROLES_ERROR, ROLES_ERROR_NUMBER,
        _ ("a station's facts are numbered from 1; say from which one on: “accueil verify” "
           "and “accueil-hub stations” tell how many there are"));
    return FALSE;
  }
  if (!journal_begin (journal, error))
    return FALSE;
  if (!journal_finish (journal,
                       check_known (journal, station, error) && roles_found (journal, error)
                           && journal_head (journal, station, &seq, NULL, error)
                           && append_disown (journal, station, from, reason, error),
                       error))
    return FALSE;
  *held = MAX (seq - from + 1, 0);
  return TRUE;
}
