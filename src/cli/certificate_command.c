/* certificate_command.c: `accueil certificate`: certificates of attendance, from
 * passages, signed, which the hub's page confirms. */
#include "badge/badge.h"
#include "cli/command.h"
#include "cli/ticket_secret.h"
#include "core/installation.h"
#include "core/words.h"
#include "issuance/certificate_sheet.h"
#include "issuance/logo_strip.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

static int run (int argc, char **argv);

extern const Command command_certificate;
const Command command_certificate = {
  .name = "certificate",
  .usage = N_ ("REFERENCE…|--all --url HUB -o DIR [--db FILE]"),
  .summary = N_ ("Write certificates of attendance, from passages, signed: the hub's page confirms "
                 "them"),
  .run = run,
};

typedef struct {
  Journal *journal;
  Programme *programme;
  LogoRow *logos;
  SignSecret secret;
  const char *url, *folder;
  guint written, absent;
} Work;

/* "/" and a leading "." would lead elsewhere or hide it. */
static char *path_of (const Work *work, const char *reference)
{
  g_autofree char *name = g_uri_escape_string (reference, NULL, FALSE),
                  *file = g_strconcat (*name == '.' ? "_" : "", name, ".pdf", NULL);
  return g_build_filename (work->folder, file, NULL);
}

/* Somebody who never came gets none. */
static gboolean write_one (Work *work, const Delegate *delegate, GError **error)
{
  g_auto (Participation) participation = { 0 };
  if (!participation_read (work->journal, delegate->reference, &participation, error))
    return FALSE;
  if (participation.days[0] == NULL) {
    work->absent++;
    return TRUE;
  }
  g_autofree char *claims = certificate_sheet_claims (&participation),
                  *url
                  = certificate_sheet_url (work->url, &work->secret, delegate->reference, claims),
                  *path = path_of (work, delegate->reference);
  g_autoptr (GBytes) pdf = url != NULL ? certificate_sheet_draw (
                               work->programme, work->logos, delegate, &participation, url, error)
                                       : NULL;
  if (pdf == NULL || !command_write (path, pdf, 0600, error))
    return FALSE;
  work->written++;
  return TRUE;
}

static gboolean write_named (Work *work, char **references, GError **error)
{
  for (; *references != NULL; references++) {
    GError *failure = NULL;
    g_autoptr (Delegate) delegate = delegate_load (work->journal, *references, &failure);
    if (delegate == NULL && failure == NULL)
      g_set_error (&failure, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   _ ("nobody registered here has the reference %s"), *references);
    if (delegate == NULL) {
      g_propagate_error (error, failure);
      return FALSE;
    }
    if (!write_one (work, delegate, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean write_all (Work *work, GError **error)
{
  g_autoptr (GPtrArray) delegates = delegate_all (work->journal, error);
  g_autofree char *label = g_strdup (_ ("Certificates"));
  for (guint i = 0; delegates != NULL && i < delegates->len; i++) {
    if (!write_one (work, delegates->pdata[i], error))
      return FALSE;
    command_progress (i, delegates->len, label);
  }
  command_progress (1, 1, label);
  return delegates != NULL;
}

static gboolean start (Work *work, GError **error)
{
  g_autofree char *fonts = installation_asset ("fonts/fonts.conf");
  work->programme = programme_read (work->journal, error);
  work->logos = work->programme != NULL ? logo_strip_read (work->journal, NULL, error) : NULL;
  if (work->logos == NULL || !ticket_secret_read (work->journal, &work->secret, error)
      || !badge_fonts_start (fonts, error))
    return FALSE;
  if (g_mkdir_with_parents (work->folder, 0700) == 0)
    return TRUE;
  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno), _ ("making the folder %s: %s"),
               work->folder, g_strerror (errno));
  return FALSE;
}

static int run (int argc, char **argv)
{
  g_autofree char *url = NULL, *folder = NULL;
  gboolean all = FALSE;
  GError *error = NULL;
  int status = 0;
  GOptionEntry entries[] = {
    { "all", 0, 0, G_OPTION_ARG_NONE, &all, N_ ("For everybody who came"), NULL },
    { "url", 0, 0, G_OPTION_ARG_STRING, &url,
      N_ ("The address of the organisers' pages, which confirm it: https://hub.example"),
      N_ ("HUB") },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &folder, N_ ("The folder for the PDFs"),
      N_ ("DIR") },
    { 0 },
  };
  if (!command_parse (&command_certificate, entries, &argc, &argv, &status))
    return status;
  if (all == (argc > 1))
    return command_usage (&command_certificate, "%s", _ ("for whom? Write REFERENCE… or --all"));
  if (folder == NULL)
    return command_usage (&command_certificate, "%s", _ ("into which folder? Write -o DIR"));
  if (url == NULL || !g_str_has_prefix (url, "https://") || strpbrk (url, " ?#") != NULL)
    return command_usage (&command_certificate, "%s",
                          _ ("where is it confirmed? Write --url https://HUB"));
  g_autoptr (Journal) journal = command_open ();
  if (journal == NULL)
    return EXIT_REFUSED;
  Work work = { .journal = journal, .url = url, .folder = folder };
  gboolean good = start (&work, &error)
                  && (all ? write_all (&work, &error) : write_named (&work, argv + 1, &error));
  sign_wipe (&work.secret);
  programme_free (work.programme);
  logo_row_free (work.logos);
  if (!good)
    return command_fail (&command_certificate, error);
  g_printerr (_ ("Certificates: %u. Never came: %u.\n"), work.written, work.absent);
  return work.written > 0 ? 0 : EXIT_REFUSED;
}
