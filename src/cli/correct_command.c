/* correct_command.c: `accueil correct`: puts right what a delegate's badge says, and
 * prints it again. */
#include "badge/badge.h"
#include "badge/font_cover.h"
#include "cli/desk_output.h"
#include "core/installation.h"
#include "core/words.h"

static int run (int argc, char **argv);

extern const Command command_correct;
const Command command_correct = {
  .name = "correct",
  .usage = N_ ("REFERENCE --volunteer NAME [--family TEXT] [--given TEXT] [--name-zh TEXT] "
               "[--title TEXT] … [--reprint] [--json] [--db FILE]"),
  .summary = N_ ("Correct a delegate's name, function or organisation; with --reprint her badge is "
                 "printed again and the old one void"),
  .run = run,
};

/* Who corrects what a badge says is told at once what no badge can show. */
static gboolean fonts_are_there (void)
{
  g_autofree char *fonts = installation_asset ("fonts/fonts.conf");
  return badge_fonts_start (fonts, NULL);
}

static int run (int argc, char **argv)
{
  char *title = NULL, *family = NULL, *given = NULL, *name_zh = NULL, *function_fr = NULL,
       *function_zh = NULL, *organisation_fr = NULL, *organisation_zh = NULL;
  g_autofree char *volunteer = NULL, *rank = NULL;
  gboolean reprint = FALSE, json = FALSE, confirmed = FALSE;
  int status = 0;
  GOptionEntry entries[] = {
    { "family", 0, 0, G_OPTION_ARG_STRING, &family,
      N_ ("Family name in Latin letters; an empty text empties any of these"), N_ ("TEXT") },
    { "given", 0, 0, G_OPTION_ARG_STRING, &given, N_ ("Given name in Latin letters"), N_ ("TEXT") },
    { "name-zh", 0, 0, G_OPTION_ARG_STRING, &name_zh, N_ ("Chinese name"), N_ ("TEXT") },
    { "title", 0, 0, G_OPTION_ARG_STRING, &title, N_ ("Form of address"), N_ ("TEXT") },
    { "function-fr", 0, 0, G_OPTION_ARG_STRING, &function_fr, N_ ("Function in French"),
      N_ ("TEXT") },
    { "function-zh", 0, 0, G_OPTION_ARG_STRING, &function_zh, N_ ("Function in Chinese"),
      N_ ("TEXT") },
    { "organisation-fr", 0, 0, G_OPTION_ARG_STRING, &organisation_fr, N_ ("Organisation in French"),
      N_ ("TEXT") },
    { "organisation-zh", 0, 0, G_OPTION_ARG_STRING, &organisation_zh,
      N_ ("Organisation in Chinese"), N_ ("TEXT") },
    { "reprint", 0, 0, G_OPTION_ARG_NONE, &reprint, N_ ("Print the badge again, if there is one"),
      NULL },
    { "confirm", 0, 0, G_OPTION_ARG_NONE, &confirmed,
      N_ ("Confirm a registration that a list left to be confirmed"), NULL },
    { "rank", 0, 0, G_OPTION_ARG_STRING, &rank,
      N_ ("Of what rank the person is, instead of what follows from the function"), N_ ("RANK") },
    { "volunteer", 'v', 0, G_OPTION_ARG_STRING, &volunteer, N_ ("Who does it"), N_ ("NAME") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("As JSON, for machines"), NULL },
    { 0 },
  };
  if (!command_parse (&command_correct, entries, &argc, &argv, &status))
    return status;
  char *const kept[] = { title,       family,      given,           name_zh,
                         function_fr, function_zh, organisation_fr, organisation_zh };
  const DeskCorrection correction
      = { title,           family,          given,
          name_zh,         function_fr,     function_zh,
          organisation_fr, organisation_zh, fonts_are_there () ? font_cover_has : NULL };
  gboolean any = FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (kept); i++)
    any = any || kept[i] != NULL;
  g_autoptr (Journal) journal = NULL;
  if (argc != 2)
    status
        = command_usage (&command_correct, "%s",
                         argc < 2 ? _ ("the REFERENCE is missing") : _ ("one REFERENCE at a time"));
  else if (!any && !confirmed && rank == NULL)
    status = command_usage (&command_correct,
                            _ ("what is to be corrected? Write --family, --given, --name-zh …"));
  else if (volunteer == NULL)
    status = command_usage (&command_correct, _ ("who does it? Write --volunteer NAME"));
  else if (!(journal = command_open ()))
    status = EXIT_REFUSED;
  else {
    GError *error = NULL;
    DeskResult result;
    gboolean done
        = (!confirmed || desk_confirm (journal, argv[1], volunteer, &result, &error))
          && (rank == NULL || desk_set_rank (journal, argv[1], rank, volunteer, &result, &error))
          && (!any
              || desk_correct (journal, argv[1], &correction, reprint, volunteer, &result, &error));
    status = desk_output_report (&command_correct, done, &result, argv[1], json, error);
  }
  for (guint i = 0; i < G_N_ELEMENTS (kept); i++)
    g_free (kept[i]);
  return status;
}
