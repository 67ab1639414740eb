/* key_command.c: `accueil key new`, `key revoke`: the key that signs this congress's
 * tickets, and its end. */
#include "cli/command.h"
#include "core/json.h"
#include "core/sign.h"
#include "core/words.h"
#include "journal/query.h"

static int run (int argc, char **argv);

extern const Command command_key_new;
const Command command_key_new = {
  .name = "key new",
  .usage = N_ ("[--replace] [--db FILE]"),
  .summary
  = N_ ("Make the key that signs the congress's tickets; its secret stays on this machine"),
  .run = run,
};

static int run_revoke (int argc, char **argv);

extern const Command command_key_revoke;
const Command command_key_revoke = {
  .name = "key revoke",
  .usage = N_ ("KEY [--from TIME] --reason TEXT [--db FILE]"),
  .summary
  = N_ ("Refuse all tickets signed by a key from now on, or from a time on, at every door; "
        "it cannot be taken back"),
  .run = run_revoke,
};

static const char KNOWN_KEY[] = "SELECT 1 FROM ticket_key WHERE id = :id";
static const char ANY_KEY[] = "SELECT id FROM ticket_key ORDER BY id LIMIT 1";

/* The id of a key that is already announced, "" for none, NULL on failure. */
static char *announced_key (Journal *journal, GError **error)
{
  Query *query = journal_query (journal, ANY_KEY, error);
  g_autofree char *id = NULL;

  if (query == NULL)
    return NULL;
  id = g_strdup (query_next (query) ? query_text (query, 0) : "");
  return query_end (query, error) ? g_steal_pointer (&id) : NULL;
}

/* Secret and announcement in one transaction: never one without the other. */
static char *make_key (Journal *journal, GError **error)
{
  SignPublic key;
  SignSecret secret;
  g_autofree char *id = NULL, *public_text = NULL, *secret_text = NULL, *body = NULL;
  JsonOut *out = json_out_new ();
  gboolean kept;

  sign_key_new (&key, &secret);
  id = sign_key_id_text (&key);
  public_text = sign_public_text (&key);
  secret_text = sign_secret_text (&secret);
  sign_wipe (&secret);

  json_out_begin_object (out, NULL);
  json_out_string (out, "public", public_text);
  json_out_end_object (out);
  body = json_out_finish (out);

  kept = journal_set_local (journal, JOURNAL_LOCAL_TICKET_SECRET, secret_text, error)
         && journal_append (journal, "key", id, body, NULL, error);
  return kept ? g_steal_pointer (&id) : NULL;
}

static int run (int argc, char **argv)
{
  gboolean replace = FALSE;
  GOptionEntry entries[] = {
    { "replace", 0, 0, G_OPTION_ARG_NONE, &replace,
      N_ ("Make another although there is one; tickets already sent stay good"), NULL },
    { 0 },
  };
  g_autoptr (Journal) journal = NULL;
  g_autofree char *old = NULL, *id = NULL;
  GError *error = NULL;
  int status;

  if (!command_parse (&command_key_new, entries, &argc, &argv, &status))
    return status;
  if (argc > 1)
    return command_usage (&command_key_new, _ ("“%s” is too much"), argv[1]);
  if ((journal = command_open ()) == NULL)
    return EXIT_REFUSED;
  if (!journal_begin (journal, &error) || (old = announced_key (journal, &error)) == NULL)
    return command_fail (&command_key_new, error);
  if (old[0] != '\0' && !replace) {
    g_printerr (_ ("accueil key new: this congress already has the key %s; tickets are signed "
                   "where it was made, and --replace makes another one here (tickets already sent "
                   "stay good)\n"),
                old);
    return EXIT_REFUSED;
  }
  if ((id = make_key (journal, &error)) == NULL || !journal_commit (journal, &error))
    return command_fail (&command_key_new, error);
  g_print (_ ("Key %s made. Its secret stays in %s: keep a copy of that file in a safe place.\n"),
           id, command_db ());
  return 0;
}

/* Revoking --------------------------------------------------------------------------- */

static gboolean check_known (Journal *journal, const char *id, GError **error)
{
  Query *query = journal_query (journal, KNOWN_KEY, error);
  gboolean known;

  if (query == NULL)
    return FALSE;
  query_bind_text (query, ":id", id);
  known = query_next (query);
  if (!query_end (query, error))
    return FALSE;
  if (!known)
    g_set_error (error, JOURNAL_ERROR, JOURNAL_ERROR_INVALID,
                 _ ("“%s” is no key of this congress; “accueil doctor” names it"), id);
  return known;
}

static gboolean append_revoked (Journal *journal, const char *id, gint64 from_ms,
                                const char *reason, GError **error)
{
  g_autofree char *body = NULL;
  JsonOut *out = json_out_new ();

  json_out_begin_object (out, NULL);
  json_out_int (out, "from", from_ms);
  json_out_string_if (out, "reason", reason);
  json_out_end_object (out);
  body = json_out_finish (out);
  if (!journal_begin (journal, error))
    return FALSE;
  if (check_known (journal, id, error)
      && journal_append (journal, "key-revoked", id, body, NULL, error))
    return journal_commit (journal, error);
  journal_rollback (journal);
  return FALSE;
}

static gboolean read_time (Journal *journal, const char *text, gint64 *ms)
{
  g_autoptr (GDateTime) time = text != NULL ? g_date_time_new_from_iso8601 (text, NULL) : NULL;

  *ms = time != NULL ? g_date_time_to_unix (time) * 1000 : journal_now_ms (journal);
  return text == NULL || time != NULL;
}

static int run_revoke (int argc, char **argv)
{
  g_autofree char *from = NULL, *reason = NULL;
  GOptionEntry entries[] = {
    { "from", 0, 0, G_OPTION_ARG_STRING, &from,
      N_ ("From when on, as 2016-10-26T06:00:00+08:00 (default: now)"), N_ ("TIME") },
    { "reason", 0, 0, G_OPTION_ARG_STRING, &reason, N_ ("Why; kept in the facts"), N_ ("TEXT") },
    { 0 },
  };
  g_autoptr (Journal) journal = NULL;
  GError *error = NULL;
  gint64 from_ms;
  int status;

  if (!command_parse (&command_key_revoke, entries, &argc, &argv, &status))
    return status;
  if (argc != 2 || reason == NULL)
    return command_usage (&command_key_revoke, argc != 2 ? _ ("one key is wanted, such as 1a2b3c4d")
                                                         : _ ("--reason is missing"));
  if ((journal = command_open ()) == NULL)
    return EXIT_REFUSED;
  if (!read_time (journal, from, &from_ms))
    return command_usage (&command_key_revoke,
                          _ ("“%s” is no time; write it as 2016-10-26T06:00:00+08:00"), from);
  if (!append_revoked (journal, argv[1], from_ms, reason, &error))
    return command_fail (&command_key_revoke, error);
  g_print (_ ("Key %s is revoked: its tickets are sent to the desk, badges stay good. Now make "
              "another key (accueil key new --replace), and send everybody a new ticket (accueil "
              "ticket issue).\n"),
           argv[1]);
  return 0;
}
