#include "hub/backup_command.h"

#include "core/sealed.h"
#include "core/words.h"
#include "hub/backup.h"
#include "hub/backup_restore.h"
#include "hub/hub_options.h"
#include "replication/settling.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#define KEY_FILE_BYTES_MAX 1024

void backup_command_help (void)
{
  g_print (
      _ ("\n"
         "For the day when this machine's disk is lost:\n"
         "       accueil-hub backup FOLDER [--keep 24,7,8] [--seal-to KEY]   a proved copy, "
         "while the hub runs\n"
         "       accueil-hub backup-key FILE                                 a key to seal "
         "copies to; its secret\n"
         "                                                                   goes into FILE\n"
         "       accueil-hub restore COPY [--key FILE] [--alone]             makes the "
         "replica --db of a copy\n"
         "       accueil-hub settle                                          a restored hub "
         "waits for nobody any more\n"
         "\n"
         "  --keep HOURS,DAYS,WEEKS the last copy is kept of so many hours, days and weeks\n"
         "  --seal-to KEY           who reads the copy needs the secret of this key\n"
         "  --key FILE              the secret of a sealed copy\n"
         "  --alone                 the log that this hub shared with others is lost for good\n"));
}

/* backup ------------------------------------------------------------------------------- */

static void print_backup (const Backup *backup, gboolean json)
{
  if (json) {
    JsonOut *out = json_out_new ();
    g_autofree char *text = NULL;

    json_out_begin_object (out, NULL);
    json_out_string (out, "path", backup->path);
    json_out_int (out, "facts", backup->facts);
    json_out_int (out, "kept", backup->kept);
    json_out_int (out, "removed", backup->removed);
    json_out_end_object (out);
    text = json_out_finish (out);
    g_print ("%s\n", text);
    return;
  }
  g_print ("%s\n", backup->path);
  g_printerr (_ ("Facts in it, all proved: %lld. Copies kept there: %u; removed for their age: "
                 "%u.\n"),
              (long long) backup->facts, backup->kept, backup->removed);
}

static gboolean back_up (const char *folder, const BackupCommandOptions *options, GError **error)
{
  BackupKeep keep = BACKUP_KEEP_USUAL;
  g_autoptr (Journal) journal = NULL;
  g_auto (Backup) backup = { 0 };

  if (options->keep != NULL && !backup_read_keep (options->keep, &keep, error))
    return FALSE;
  journal = journal_open (options->db, options->clock, error);
  if (journal == NULL
      || !backup_make (journal, options->clock, folder, options->seal_to, &keep, &backup, error))
    return FALSE;
  print_backup (&backup, options->json);
  return TRUE;
}

/* backup-key --------------------------------------------------------------------------- */

static gboolean write_secret (const char *path, const char *secret, GError **error)
{
  g_autofree char *line = g_strconcat (secret, "\n", NULL);
  int fd = open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  gboolean good
      = fd >= 0 && write (fd, line, strlen (line)) == (gssize) strlen (line) && fsync (fd) == 0;

  if (!good)
    g_set_error (error, BACKUP_ERROR, BACKUP_ERROR_FOLDER, _ ("writing the key's secret %s: %s"),
                 path, g_strerror (errno));
  if (fd >= 0)
    close (fd);
  return good;
}

static gboolean make_key (const char *path, GError **error)
{
  g_autofree char *public = NULL, *secret = NULL;

  sealed_keys_new (&public, &secret);
  if (!write_secret (path, secret, error))
    return FALSE;
  g_print ("%s\n", public);
  g_printerr (_ ("Say it with --seal-to. Its secret is in %s: keep that away from this machine, "
                 "at two places. Without it no copy can be opened.\n"),
              path);
  return TRUE;
}

/* restore, settle ---------------------------------------------------------------------- */

static char *read_secret (const char *path, GError **error)
{
  g_autofree char *text = NULL;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, error))
    return NULL;
  if (length > KEY_FILE_BYTES_MAX)
    text[0] = '\0'; /* no key: sealed_open() says what one looks like */
  return g_strdup (g_strstrip (text));
}

static const char *or_none (const char *names)
{
  return names[0] != '\0' ? names : _ ("none");
}

/* Who can write to the folder of the copies could have put in an account of his own. */
static void print_powers (const Restored *restored)
{
  if (restored->congress[0] != '\0')
    g_print (_ ("Its congress is “%s”.\n"), restored->congress);
  g_print (_ ("No chain proves who else may enter; see that you know them all. Accounts: %s; "
              "programs that read: %s; webhooks: %s.\n"),
           or_none (restored->accounts), or_none (restored->readers), or_none (restored->webhooks));
}

static void print_restored (const char *db, const Restored *restored)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (restored->last_ms / 1000);
  g_autofree char *when = g_date_time_format (time, "%F %T");

  g_print (_ ("%s is the station “%s” as of %s; facts, all proved: %lld.\n"), db, restored->station,
           when, (long long) restored->facts);
  print_powers (restored);
  if (restored->follows)
    g_print (
        _ ("Its log is shared with other hubs: started, the hub takes from it what it lacks.\n"));
  if (restored->settles)
    g_print (
        _ ("Start the hub. Until every station that it knows has been in contact, and has given "
           "back what the hub had written since this copy, it writes nothing of its own: no list, "
           "no person, no new station. If one of them is lost for good: accueil-hub settle.\n"));
}

static gboolean restore (const char *file, const BackupCommandOptions *options, GError **error)
{
  g_autofree char *secret = NULL;
  g_auto (Restored) restored = { 0 };

  if (options->key != NULL && (secret = read_secret (options->key, error)) == NULL)
    return FALSE;
  if (!backup_restore_run (file, secret, options->alone, options->db, options->clock, &restored,
                           error)) {
    if (error != NULL && g_error_matches (*error, JOURNAL_ERROR, JOURNAL_ERROR_LOG))
      g_prefix_error (error, _ ("this hub shared its log with others; if that is lost for good: "
                                "accueil-hub restore --alone: "));
    return FALSE;
  }
  print_restored (options->db, &restored);
  return TRUE;
}

static gboolean settle (const BackupCommandOptions *options, GError **error)
{
  g_autoptr (Journal) journal = journal_open (options->db, options->clock, error);

  if (journal == NULL || !settling_end (journal, NULL, error))
    return FALSE;
  g_print (_ ("The hub writes again. A station that knows more of it than it does now will say "
              "that the hub has another history.\n"));
  return TRUE;
}

/* Words -------------------------------------------------------------------------------- */

gboolean backup_command_is (const char *word)
{
  static const char *const WORDS[] = { "backup", "backup-key", "restore", "settle", NULL };

  return g_strv_contains (WORDS, word);
}

gboolean backup_command_run (char **words, const BackupCommandOptions *options, GError **error)
{
  guint count = g_strv_length (words);

  if (strcmp (words[0], "settle") == 0)
    return count == 1 ? settle (options, error)
                      : hub_options_misused (_ ("“settle” takes no name"), error);
  if (count != 2)
    return hub_options_misused (strcmp (words[0], "backup") == 0
                                    ? _ ("the folder for the copies is wanted")
                                    : _ ("one file is wanted"),
                                error);
  if (strcmp (words[0], "backup") == 0)
    return back_up (words[1], options, error);
  return strcmp (words[0], "restore") == 0 ? restore (words[1], options, error)
                                           : make_key (words[1], error);
}
