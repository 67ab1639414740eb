#include "hub/log_command.h"

#include "core/words.h"
#include "journal/log_move.h"
#include "journal/shared_log.h"
#include "replication/hub_addresses.h"

#include <string.h>

#define SQLITE "sqlite"

static gboolean misused (GError **error)
{
  return hub_options_misused (
      _ ("“log” takes “move” and where to: postgresql://HOST,HOST/NAME, or "
         "sqlite; or “forget” and a hub's address; alone it tells where the "
         "log is"),
      error);
}

/* Moving ----------------------------------------------------------------------------- */

static gboolean tell (Journal *journal, const char *where, GError **error)
{
  g_autofree char *digest = journal_heads_digest (journal, error);
  gint64 facts = digest != NULL ? journal_last_number (journal, NULL) : 0;

  if (digest == NULL)
    return FALSE;
  g_print (_ ("The log is on %s now: %lld facts, heads %s, the same as before. Hubs that run go "
              "on by themselves.\n"),
           where, (long long) facts, digest);
  return TRUE;
}

static gboolean move_to (Journal *journal, const char *address, GError **error)
{
  if (strcmp (address, SQLITE) == 0)
    return journal_unshare (journal, error) && tell (journal, "SQLite", error);
  return journal_share (journal, address, error) && tell (journal, "PostgreSQL", error);
}

/* Where it is ------------------------------------------------------------------------ */

/* Not the whole address: a password may stand in it. */
static char *shown (const char *address)
{
  const char *at = strrchr (address, '@');
  g_autofree char *place = g_strdup (at != NULL ? at + 1 : strstr (address, "//") + strlen ("//"));

  place[strcspn (place, "?")] = '\0';
  return g_strdup (place);
}

static gboolean show (Journal *journal, GError **error)
{
  g_autofree char *address = NULL, *digest = journal_heads_digest (journal, error), *place = NULL;
  gint64 behind = 0, facts = journal_last_number (journal, NULL);

  if (digest == NULL || !journal_read_local (journal, JOURNAL_LOCAL_LOG, &address, error))
    return FALSE;
  if (address == NULL) {
    g_print (_ ("The log is in %s: %lld facts, heads %s.\n"), journal_path (journal),
             (long long) facts, digest);
    return TRUE;
  }
  if (!journal_look_at_log (journal, &behind, NULL, error))
    return FALSE;
  place = shown (address);
  g_print (_ ("The log is on PostgreSQL, %s. This replica: %lld facts, %lld behind, heads %s.\n"),
           place, (long long) facts, (long long) behind, digest);
  return TRUE;
}

/* Hubs ------------------------------------------------------------------------------- */

static gboolean show_hubs (Journal *journal, GError **error)
{
  g_autofree char *all = hub_addresses_read (journal, error);

  if (all == NULL)
    return FALSE;
  if (journal_is_shared (journal) && all[0] != '\0')
    g_print (_ ("Stations find the hubs at %s.\n"), all);
  return TRUE;
}

static gboolean forget (Journal *journal, const char *url, GError **error)
{
  if (!hub_addresses_forget (journal, url, error))
    return FALSE;
  g_print (_ ("Stations look for no hub at %s any more.\n"), url);
  return TRUE;
}

/* Commands --------------------------------------------------------------------------- */

gboolean log_command_run (const HubOptions *options, GError **error)
{
  guint words = g_strv_length (options->words);
  g_autoptr (Journal) journal = NULL;
  gboolean moves = words == 3 && strcmp (options->words[1], "move") == 0,
           forgets = words == 3 && strcmp (options->words[1], "forget") == 0;

  if (words != 1 && !moves && !forgets)
    return misused (error);
  journal = journal_open (options->db, options->clock, error);
  if (journal == NULL)
    return FALSE;
  if (moves)
    return move_to (journal, options->words[2], error);
  return forgets ? forget (journal, options->words[2], error)
                 : show (journal, error) && show_hubs (journal, error);
}

/* Serving ---------------------------------------------------------------------------- */

gboolean log_command_join (const HubOptions *options, GError **error)
{
  g_autoptr (Journal) journal = NULL;
  g_autofree char *address = NULL;

  if (options->log == NULL)
    return TRUE;
  if (!g_file_test (options->db, G_FILE_TEST_EXISTS)) {
    journal = journal_join (options->db, options->log, options->clock, error);
    return journal != NULL;
  }
  journal = journal_open (options->db, options->clock, error);
  if (journal == NULL || !journal_read_local (journal, JOURNAL_LOCAL_LOG, &address, error))
    return FALSE;
  if (address != NULL && strcmp (address, options->log) != 0)
    return journal_set_local (journal, JOURNAL_LOCAL_LOG, options->log, error);
  return address != NULL || journal_share (journal, options->log, error);
}

void log_command_help (void)
{
  g_print (_ (
      "\n"
      "Several hubs with one log, on PostgreSQL:\n"
      "       accueil-hub --log ADDRESS                serve with the log there; where there is no "
      "replica (--db), it is made\n"
      "       accueil-hub log                          where the log is\n"
      "       accueil-hub log move ADDRESS|sqlite      move it there, or back into the replica; "
      "the hub may run\n"
      "\n"
      "  --log ADDRESS           postgresql://HOST[,HOST…]/NAME[?sslrootcert=FILE]; a server on "
      "another machine\n"
      "                          must show a certificate for its name; the password stands in "
      "~/.pgpass\n"));
  g_print (_ (
      "       accueil-hub log forget URL               a hub that is gone for good: stations look "
      "there no more\n"
      "\n"
      "  --url URL               the address under which stations find this hub; all of them are "
      "told,\n"
      "                          and go to another by themselves when one does not answer\n"));
}
