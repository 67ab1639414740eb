/* ticket_command.c: `accueil ticket issue` and `accueil ticket show`: the codes that
 * delegates are sent, and what a code says. */
#include "badge/badge.h"
#include "cli/command.h"
#include "cli/ticket_secret.h"
#include "core/installation.h"
#include "core/descriptor.h"
#include "core/text.h"
#include "core/words.h"
#include "journal/query.h"
#include "roster/delegate.h"
#include "scan/lines.h"
#include "credential/code.h"
#include "credential/qr.h"
#include "issuance/letter.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MODULE_PX 8

static int issue (int argc, char **argv);
static int show (int argc, char **argv);

extern const Command command_ticket_issue, command_ticket_show;
const Command command_ticket_issue = {
  .name = "ticket issue",
  .usage = N_ ("[--csv FILE] [--png DIR] [--letters DIR] [--db FILE]"),
  .summary
  = N_ ("Write every delegate's ticket: a table for a mailing program, QR symbols as images, "
        "letters"),
  .run = issue,
};
const Command command_ticket_show = {
  .name = "ticket show",
  .usage = N_ ("CODE|- [--db FILE]"),
  .summary = N_ ("Say what a scanned code is, who signed it, and whose it is"),
  .run = show,
};

/* Issue ------------------------------------------------------------------------------ */

/* A reference as a file's name: "/" and a leading "." would lead elsewhere or hide it. */
static char *file_name_of (const char *reference, const char *ending)
{
  GString *name = g_string_new (NULL);

  for (const char *at = reference; *at != '\0'; at++)
    if (*at == '/' || (*at == '.' && at == reference))
      g_string_append_printf (name, "%%%02X", (guint) (guchar) *at);
    else
      g_string_append_c (name, *at);
  g_string_append (name, ending);
  return g_string_free (name, FALSE);
}

/* Tickets are bearer papers, so a file is its owner's alone, even where one stood that
 * was not. They can be made again, so nothing waits for the disk. */
static gboolean write_private (const char *path, const void *data, gsize length, GError **error)
{
  int fd = g_open (path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  gboolean written = fd >= 0 && descriptor_write (fd, data, length);
  int why = errno;

  if (fd >= 0 && g_file_test (path, G_FILE_TEST_IS_REGULAR))
    written = fchmod (fd, 0600) == 0 && written;
  if (fd >= 0 && close (fd) != 0 && written) {
    written = FALSE;
    why = errno;
  }
  if (!written)
    g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (why), _ ("writing %s: %s"), path,
                 g_strerror (why));
  return written;
}

static gboolean write_symbol (const char *folder, const char *file_name, const char *code,
                              GError **error)
{
  g_autofree char *path = g_build_filename (folder, file_name, NULL);
  g_autoptr (Qr) qr = qr_new (code, error);
  g_autoptr (GBytes) png = qr != NULL ? qr_png (qr, MODULE_PX) : NULL;

  return png != NULL
         && write_private (path, g_bytes_get_data (png, NULL), g_bytes_get_size (png), error);
}

static void append_row (GString *csv, const Delegate *delegate, const char *code,
                        const char *file_name)
{
  const char *fields[] = { delegate->reference,
                           delegate->title,
                           delegate->family,
                           delegate->given,
                           delegate->name_zh,
                           delegate->email,
                           delegate->country,
                           code,
                           file_name };

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    command_csv_append (csv, fields[i], i + 1 == G_N_ELEMENTS (fields));
}

/* Letters are drawn by all processors at once: a letter takes longer than all else. */
typedef struct {
  const char *folder; /* NULL: no letters */
  LetterBook *book;
  GThreadPool *pool;
  GMutex lock;
  GError *error; /* the first */
  guint failed;
} Letters;

typedef struct {
  Delegate *delegate;
  char *code;
} LetterTask;

static void draw_letter (gpointer data, gpointer owner)
{
  LetterTask *task = data;
  Letters *letters = owner;
  GError *error = NULL;
  g_autofree char *name = file_name_of (task->delegate->reference, ".pdf"),
                  *path = g_build_filename (letters->folder, name, NULL);
  g_autoptr (GBytes) pdf = letter_draw (letters->book, task->delegate, task->code, &error);
  if (pdf == NULL
      || !write_private (path, g_bytes_get_data (pdf, NULL), g_bytes_get_size (pdf), &error)) {
    g_mutex_lock (&letters->lock);
    letters->failed++;
    g_prefix_error (&error, "%s: ", task->delegate->reference);
    if (letters->error == NULL)
      g_propagate_error (&letters->error, error);
    else
      g_error_free (error);
    g_mutex_unlock (&letters->lock);
  }
  delegate_free (task->delegate);
  g_free (task->code);
  g_free (task);
}

static void push_letter (Letters *letters, const Delegate *delegate, const char *code)
{
  LetterTask *task = g_new (LetterTask, 1);
  *task = (LetterTask){ delegate_copy (delegate), g_strdup (code) };
  g_thread_pool_push (letters->pool, task, NULL);
}

static gboolean start_letters (Letters *letters, Journal *journal, GError **error)
{
  g_autofree char *fonts = installation_asset ("fonts/fonts.conf");
  g_mutex_init (&letters->lock);
  if (letters->folder == NULL)
    return TRUE;
  letters->book = letter_book_new (journal, error);
  if (letters->book == NULL || !badge_fonts_start (fonts, error))
    return FALSE;
  letters->pool
      = g_thread_pool_new (draw_letter, letters, (gint) g_get_num_processors (), FALSE, NULL);
  return TRUE;
}

/* Waits for all. FALSE with the first failure; all others are written. */
static gboolean end_letters (Letters *letters, GError **error)
{
  if (letters->pool != NULL)
    g_thread_pool_free (letters->pool, FALSE, TRUE);
  letter_book_free (letters->book);
  g_mutex_clear (&letters->lock);
  if (letters->error == NULL)
    return TRUE;
  g_printerr (_ ("Letters that could not be drawn: %u.\n"), letters->failed);
  g_propagate_error (error, letters->error);
  return FALSE;
}

/* All tickets: rows into @csv, symbols into @folder unless that is NULL, letters. The
 * number of tickets, -1 on failure. */
static gint64 make_tickets (Journal *journal, GPtrArray *delegates, const SignSecret *secret,
                            GString *csv, const char *folder, Letters *letters, GError **error)
{
  g_autofree char *label = g_strdup (_ ("Tickets"));
  gint64 count = 0;

  for (guint i = 0; i < delegates->len; i++) {
    const Delegate *delegate = g_ptr_array_index (delegates, i);
    g_autofree char *code = NULL, *file_name = NULL;
    if (delegate->revoked)
      continue;
    code = ticket_secret_code (journal, secret, delegate->reference, error);
    file_name = folder != NULL ? file_name_of (delegate->reference, ".png") : g_strdup ("");
    if (code == NULL || (folder != NULL && !write_symbol (folder, file_name, code, error)))
      return -1;
    append_row (csv, delegate, code, file_name);
    if (letters->pool != NULL)
      push_letter (letters, delegate, code);
    count++;
    command_progress (i, delegates->len, label);
  }
  command_progress (1, 1, label);
  return count;
}

static gboolean write_table (const char *path, const GString *csv, GError **error)
{
  if (path == NULL || strcmp (path, "-") == 0) {
    g_print ("%s", csv->str);
    return TRUE;
  }
  return write_private (path, csv->str, csv->len, error);
}

static gboolean make_folder (const char *folder, GError **error)
{
  if (folder == NULL || g_mkdir_with_parents (folder, 0700) == 0)
    return TRUE;
  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno), _ ("making the folder %s: %s"),
               folder, g_strerror (errno));
  return FALSE;
}

static int issue (int argc, char **argv)
{
  g_autofree char *csv_path = NULL, *folder = NULL, *letter_folder = NULL;
  GOptionEntry entries[] = {
    { "csv", 0, 0, G_OPTION_ARG_FILENAME, &csv_path,
      N_ ("Write the table there, as UTF-8 that spreadsheets recognise (default: standard output)"),
      N_ ("FILE") },
    { "png", 0, 0, G_OPTION_ARG_FILENAME, &folder,
      N_ ("Write each ticket's QR symbol there, named by reference (“/” becomes “%2F”)"),
      N_ ("DIR") },
    { "letters", 0, 0, G_OPTION_ARG_FILENAME, &letter_folder,
      N_ ("Write a letter to each delegate there, in both languages, as PDF"), N_ ("DIR") },
    { 0 },
  };
  g_autoptr (Journal) journal = NULL;
  g_autoptr (GPtrArray) delegates = NULL;
  g_autoptr (GString) csv = NULL;
  SignSecret secret;
  GError *error = NULL;
  gint64 count;
  int status;

  if (!command_parse (&command_ticket_issue, entries, &argc, &argv, &status))
    return status;
  if (argc > 1)
    return command_usage (&command_ticket_issue, _ ("“%s” is too much"), argv[1]);
  if ((journal = command_open ()) == NULL)
    return EXIT_REFUSED;
  if (!ticket_secret_read (journal, &secret, &error))
    return command_fail (&command_ticket_issue, error);

  /* Excel takes UTF-8 for what it is only behind a byte order mark. */
  csv = g_string_new (csv_path != NULL && strcmp (csv_path, "-") != 0 ? "\357\273\277" : "");
  g_string_append (csv, "reference,title,family,given,name_zh,email,country,code,image\r\n");
  delegates = delegate_all (journal, &error);
  Letters letters = { .folder = letter_folder };
  gboolean ready
      = delegates != NULL && make_folder (folder, &error) && make_folder (letter_folder, &error);
  ready = start_letters (&letters, journal, ready ? &error : NULL) && ready;
  count = ready ? make_tickets (journal, delegates, &secret, csv, folder, &letters, &error) : -1;
  if (!end_letters (&letters, count >= 0 ? &error : NULL))
    count = -1;
  sign_wipe (&secret);
  if (count < 0
      || ((csv_path != NULL || (folder == NULL && letter_folder == NULL))
          && !write_table (csv_path, csv, &error)))
    return command_fail (&command_ticket_issue, error);
  g_printerr (_ ("Tickets issued: %lld.\n"), (long long) count);
  return 0;
}

/* Show ------------------------------------------------------------------------------- */

static const char CONGRESS_KEYS[] = "SELECT '', public, 0 FROM ticket_key WHERE id = :id";
/* A key id is not kept with a station's key; there are few stations, and all are
 * tried. */
static const char STATION_KEYS[]
    = "SELECT station, public, revoked FROM station_key WHERE :id <> '' ORDER BY station";

typedef struct {
  gboolean found; /* a key that signs this code */
  gboolean revoked;
  char *station; /* "" for the congress */
} Signer;

/* Tickets are signed by the congress, badges by stations; each is looked for among its
 * own. */
static gboolean find_signer (Journal *journal, const Code *code, Signer *signer, GError **error)
{
  char id[9];
  Query *query
      = journal_query (journal, code->kind == CODE_TICKET ? CONGRESS_KEYS : STATION_KEYS, error);

  if (query == NULL)
    return FALSE;
  code_key_id_text (code, id);
  query_bind_text (query, ":id", id);
  while (!signer->found && query_next (query)) {
    SignPublic key;
    if (sign_public_from_text (query_text (query, 1), &key) && code_is_signed_by (code, &key)) {
      signer->found = TRUE;
      signer->station = g_strdup (query_text (query, 0));
      signer->revoked = query_int (query, 2) != 0;
    }
  }
  return query_end (query, error);
}

static void print_line (const char *label, const char *value)
{
  g_print ("%s%*s%s\n", label, MAX (1, 16 - text_columns (label)), "", value);
}

static void print_signer (const Code *code, const Signer *signer)
{
  char id[9];
  g_autofree char *who = NULL;

  code_key_id_text (code, id);
  if (!signer->found)
    who = g_strdup_printf (code->kind == CODE_TICKET
                               ? _ ("not by a congress key known here (it names key %s)")
                               : _ ("not by a station known here (it names key %s)"),
                           id);
  else if (code->kind == CODE_TICKET)
    who = g_strdup_printf (_ ("by the congress key %s: holds"), id);
  else
    who = g_strdup_printf (signer->revoked ? _ ("by the station “%s”, which is revoked")
                                           : _ ("by the station “%s”: holds"),
                           signer->station);
  print_line (_ ("signed"), who);
}

static void print_delegate (const Delegate *delegate)
{
  g_autofree char *latin = NULL;
  g_autofree char *name = NULL;

  if (delegate == NULL) {
    print_line (_ ("delegate"), _ ("nobody registered here has this reference"));
    return;
  }
  latin = g_strstrip (g_strconcat (delegate->given, " ", delegate->family, NULL));
  name = g_strconcat (latin,
                      delegate->name_zh[0] && latin[0] ? " · "
                                                         ""
                                                       : "",
                      delegate->name_zh, NULL);
  print_line (_ ("delegate"), name);
  if (delegate->organisation_fr[0] != '\0')
    print_line ("", delegate->organisation_fr);
  if (delegate->organisation_zh[0] != '\0')
    print_line ("", delegate->organisation_zh);
  if (delegate->revoked)
    print_line (_ ("registration"), _ ("withdrawn"));
}

/* A code holds if who signed it may sign, and its bearer is registered. */
static gboolean explain (Journal *journal, const Code *code, gboolean *holds, GError **error)
{
  Signer signer = { 0 };
  g_autofree char *serial = g_strdup_printf ("%u", code->serial);
  g_autoptr (GError) failure = NULL;
  g_autoptr (Delegate) delegate = delegate_load (journal, code->reference, &failure);
  gboolean read = failure == NULL && find_signer (journal, code, &signer, &failure);

  if (read) {
    print_line (_ ("kind"), code->kind == CODE_TICKET ? _ ("ticket") : _ ("badge"));
    print_line (_ ("reference"), code->reference);
    if (code->kind == CODE_BADGE)
      print_line (_ ("serial"), serial);
    print_signer (code, &signer);
    print_delegate (delegate);
    *holds = signer.found && !signer.revoked && delegate != NULL && !delegate->revoked;
  } else
    g_propagate_error (error, g_steal_pointer (&failure));
  g_free (signer.station);
  return read;
}

static int show (int argc, char **argv)
{
  g_autoptr (Lines) lines = NULL;
  g_autoptr (Journal) journal = NULL;
  const char *text;
  GError *error = NULL;
  gboolean cut = FALSE, holds = FALSE;
  Code code;
  int status;

  if (!command_parse (&command_ticket_show, NULL, &argc, &argv, &status))
    return status;
  if (argc != 2)
    return command_usage (&command_ticket_show,
                          argc < 2
                              ? _ ("the CODE is missing")
                              : _ ("one CODE at a time; put it in quotes, for it may hold spaces"));
  text = argv[1];
  if (strcmp (text, "-") == 0) {
    lines = lines_new (STDIN_FILENO);
    text = lines_next (lines, &cut, &error);
    if (error != NULL)
      return command_fail (&command_ticket_show, error);
  }
  if ((journal = command_open ()) == NULL)
    return EXIT_REFUSED;
  if (!code_read (text != NULL ? text : "", &code, &error)
      || !explain (journal, &code, &holds, &error))
    return command_fail (&command_ticket_show, error);
  return holds ? 0 : EXIT_REFUSED;
}
