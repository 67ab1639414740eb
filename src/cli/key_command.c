/* key_command.c: `accueil key new`: makes the key that signs this congress's tickets. */
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
