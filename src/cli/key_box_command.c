/* key_box_command.c: `accueil key seal`, `key unseal`: the key of the volume on which a
 * machine's replica lies, opened by a leader's card and PIN. */
#include "cli/command.h"
#include "core/key_box.h"
#include "core/sign.h"
#include "core/words.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#define LINE_MAX_BYTES 512

static int run_seal (int argc, char **argv);

extern const Command command_key_seal;
const Command command_key_seal = {
  .name = "key seal",
  .usage = N_ ("[--again SEALED] FILE"),
  .summary = N_ ("Make a key for an encrypted volume, which a leader's card and PIN open"),
  .run = run_seal,
};

static int run_unseal (int argc, char **argv);

extern const Command command_key_unseal;
const Command command_key_unseal = {
  .name = "key unseal",
  .usage = N_ ("FILE…"),
  .summary = N_ ("Ask for the card and the PIN, and write the key that they open for cryptsetup"),
  .run = run_unseal,
};

/* Asking ----------------------------------------------------------------------------- */

typedef struct {
  char card[LINE_MAX_BYTES], pin[LINE_MAX_BYTES];
} Opener;

static void opener_wipe (Opener *opener)
{
  explicit_bzero (opener, sizeof *opener);
}

/* One line of standard input, unseen on a terminal. */
static gboolean ask (const char *question, char line[LINE_MAX_BYTES])
{
  struct termios before, unseen;
  gboolean terminal = tcgetattr (STDIN_FILENO, &before) == 0;
  gboolean good;

  unseen = before;
  unseen.c_lflag &= ~(tcflag_t) ECHO;
  g_printerr ("%s ", question);
  if (terminal)
    tcsetattr (STDIN_FILENO, TCSAFLUSH, &unseen);
  good = fgets (line, LINE_MAX_BYTES, stdin) != NULL;
  if (terminal)
    tcsetattr (STDIN_FILENO, TCSAFLUSH, &before);
  g_printerr ("\n");
  if (good)
    line[strcspn (line, "\r\n")] = '\0';
  return good;
}

static gboolean ask_card (Opener *opener)
{
  return ask (_ ("Scan the leader's card (or type its code):"), opener->card);
}

static gboolean ask_pin (Opener *opener)
{
  return ask (_ ("PIN:"), opener->pin);
}

static gboolean ask_both (Opener *opener)
{
  return ask_card (opener) && ask_pin (opener);
}

/* For a new one: a slip of the finger would lock everybody out. */
static gboolean ask_new (const Command *command, Opener *opener)
{
  Opener again = { 0 };
  gboolean good = ask_both (opener) && ask (_ ("The PIN once more:"), again.pin);
  gboolean same = good && strcmp (opener->pin, again.pin) == 0;

  opener_wipe (&again);
  if (good && !same)
    g_printerr (_ ("accueil %s: these were two different PINs; nothing was made\n"), command->name);
  return same;
}

/* Opening ---------------------------------------------------------------------------- */

/* The key of the first of @files that they open. */
static gboolean open_any (char **files, const Opener *opener, guint8 *key, GError **error)
{
  for (; *files != NULL; files++) {
    g_autofree char *text = NULL;

    g_clear_error (error);
    if (g_file_get_contents (*files, &text, NULL, error)
        && key_box_open (text, opener->card, opener->pin, key, error))
      return TRUE;
    g_prefix_error (error, "%s: ", *files);
  }
  return FALSE;
}

/* To cryptsetup, which takes it as it comes, without an end of line. */
static int hand_on (const void *secret, gsize bytes)
{
  return fwrite (secret, bytes, 1, stdout) == 1 && fflush (stdout) == 0 ? 0 : EXIT_REFUSED;
}

/* The card is lost, or the sealed key: what was kept in the safe opens the volume too. */
static int pass_on_passphrase (void)
{
  char passphrase[LINE_MAX_BYTES] = "";
  int status = EXIT_REFUSED;

  if (ask (_ ("Passphrase from the safe:"), passphrase) && passphrase[0] != '\0')
    status = hand_on (passphrase, strlen (passphrase));
  explicit_bzero (passphrase, sizeof passphrase);
  return status;
}

static int unseal (char **files, Opener *opener)
{
  guint8 key[KEY_BOX_KEY_BYTES];
  GError *error = NULL;
  int status;

  if (!ask_pin (opener))
    return EXIT_REFUSED;
  if (!open_any (files, opener, key, &error))
    return command_fail (&command_key_unseal, error);
  status = hand_on (key, sizeof key);
  key_box_wipe (key);
  return status;
}

static gboolean is_any_there (char **files)
{
  for (; *files != NULL; files++)
    if (g_file_test (*files, G_FILE_TEST_EXISTS))
      return TRUE;
  return FALSE;
}

static int run_unseal (int argc, char **argv)
{
  Opener opener = { 0 };
  int status;

  if (!command_parse (&command_key_unseal, NULL, &argc, &argv, &status))
    return status;
  if (argc < 2)
    return command_usage (&command_key_unseal, _ ("the FILE with the sealed key is missing"));
  if (isatty (STDOUT_FILENO))
    return command_usage (&command_key_unseal,
                          _ ("the key is not shown; send it on to cryptsetup --key-file -"));
  sign_start ();
  if (!is_any_there (argv + 1)) {
    g_printerr (_ ("There is no sealed key here (%s), so no card opens it.\n"), argv[1]);
    return pass_on_passphrase ();
  }
  /* A console breaks no lines between words. */
  g_printerr ("%s\n%s\n", _ ("The data of this machine are locked. A leader opens them."),
              _ ("Without her card: press Enter, then type the passphrase from the safe."));
  if (!ask_card (&opener))
    return EXIT_REFUSED;
  status = opener.card[0] == '\0' ? pass_on_passphrase () : unseal (argv + 1, &opener);
  opener_wipe (&opener);
  return status;
}

/* Sealing ---------------------------------------------------------------------------- */

/* A new one, or the one that is sealed already and another leader is to open too. */
static gboolean get_key (char *sealed, guint8 *key, GError **error)
{
  char *files[] = { sealed, NULL };
  Opener opener = { 0 };
  gboolean good;

  if (sealed == NULL) {
    key_box_new (key);
    return TRUE;
  }
  g_printerr (_ ("First who can open it already.\n"));
  good = ask_both (&opener) && open_any (files, &opener, key, error);
  opener_wipe (&opener);
  return good;
}

static gboolean write_box (const char *path, const guint8 *key, const Opener *opener,
                           GError **error)
{
  g_autofree char *text = key_box_seal (key, opener->card, opener->pin, error);
  g_autofree char *line = text != NULL ? g_strconcat (text, "\n", NULL) : NULL;
  g_autoptr (GBytes) bytes = line != NULL ? g_bytes_new (line, strlen (line)) : NULL;

  return bytes != NULL && command_write (path, bytes, 0600, error);
}

static int seal (const char *path, char *sealed)
{
  guint8 key[KEY_BOX_KEY_BYTES];
  Opener opener = { 0 };
  GError *error = NULL;
  gboolean good;

  sign_start ();
  good = get_key (sealed, key, &error) && ask_new (&command_key_seal, &opener)
         && write_box (path, key, &opener, &error);
  opener_wipe (&opener);
  key_box_wipe (key);
  if (!good)
    return error != NULL ? command_fail (&command_key_seal, error) : EXIT_REFUSED;
  g_print (_ ("%s made. Keep the card apart from the machine, and another way to open the volume "
              "(cryptsetup luksAddKey) in a safe place.\n"),
           path);
  return 0;
}

static int run_seal (int argc, char **argv)
{
  g_autofree char *sealed = NULL;
  GOptionEntry entries[] = {
    { "again", 0, 0, G_OPTION_ARG_FILENAME, &sealed,
      N_ ("Not a new key, but the one that is sealed there: another leader opens it too"),
      N_ ("SEALED") },
    { 0 },
  };
  int status;

  if (!command_parse (&command_key_seal, entries, &argc, &argv, &status))
    return status;
  if (argc != 2)
    return command_usage (&command_key_seal, _ ("one FILE to be written is wanted"));
  if (g_file_test (argv[1], G_FILE_TEST_EXISTS))
    return command_usage (&command_key_seal,
                          _ ("%s exists; a volume that only it opens would be lost"), argv[1]);
  return seal (argv[1], sealed);
}
