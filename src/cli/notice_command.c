/* notice_command.c: `accueil notice`: what people are told about their data. */
#include "cli/command.h"

#include "badge/badge.h"
#include "badge/sheet.h"
#include "core/installation.h"
#include "core/words.h"
#include "roster/notice.h"

#include <string.h>

static int run (int argc, char **argv);

extern const Command command_notice;
const Command command_notice = {
  .name = "notice",
  .usage = N_ ("[--output FILE.pdf|FILE.txt] [--db FILE]"),
  .summary = N_ ("What people are told about their data, in three languages, from what is really "
                 "held here: to be put up, or sent with the tickets"),
  .run = run,
};

/* Both languages of the congress on a page, English on another. */
static GBytes *draw (const Notice *notice, GError **error)
{
  g_autofree char *fonts = installation_asset ("fonts/fonts.conf");
  if (!badge_fonts_start (fonts, error))
    return NULL;
  g_autoptr (Sheet) sheet = sheet_new (notice->title[NOTICE_FIRST]);
  sheet_page (sheet, (Pair){ notice->title[NOTICE_FIRST], notice->title[NOTICE_SECOND] },
              PAIR_EMPTY, "");
  for (guint i = 0; i < notice->paragraphs[NOTICE_FIRST]->len; i++) {
    const SheetItem item = { PAIR_EMPTY,
                             { notice->paragraphs[NOTICE_FIRST]->pdata[i],
                               notice->paragraphs[NOTICE_SECOND]->pdata[i] },
                             NULL,
                             NULL };
    sheet_item (sheet, &item);
  }
  sheet_page (sheet, (Pair){ notice->title[NOTICE_ENGLISH], "" }, PAIR_EMPTY, "");
  for (guint i = 0; i < notice->paragraphs[NOTICE_ENGLISH]->len; i++) {
    const SheetItem item
        = { PAIR_EMPTY, { notice->paragraphs[NOTICE_ENGLISH]->pdata[i], "" }, NULL, NULL };
    sheet_item (sheet, &item);
  }
  return sheet_finish (sheet, error);
}

static GBytes *write_text (const Notice *notice)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < NOTICE_LANGUAGES; i++) {
    g_autofree char *one = notice_text (notice, (NoticeLanguage) i);
    g_string_append_printf (text, "%s%s\n", i > 0 ? "\n\n" : "", one);
  }
  return g_string_free_to_bytes (g_steal_pointer (&text));
}

static int run (int argc, char **argv)
{
  g_autofree char *output = NULL;
  GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output,
      N_ ("The file to write, .pdf or text (default: text to standard output)"), N_ ("FILE") },
    { 0 },
  };
  GError *error = NULL;
  int status = 0;
  if (!command_parse (&command_notice, entries, &argc, &argv, &status))
    return status;
  if (argc > 1)
    return command_usage (&command_notice, _ ("“%s” is too much"), argv[1]);
  g_autoptr (Journal) journal = command_open ();
  if (journal == NULL)
    return EXIT_REFUSED;
  g_autoptr (Notice) notice = notice_read (journal, &error);
  gboolean paper = output != NULL && g_str_has_suffix (output, ".pdf");
  g_autoptr (GBytes) bytes = notice == NULL ? NULL
                             : paper        ? draw (notice, &error)
                                            : write_text (notice);
  if (bytes == NULL || (output != NULL && !command_write (output, bytes, 0644, &error)))
    return command_fail (&command_notice, error);
  if (output == NULL)
    g_print ("%.*s", (int) g_bytes_get_size (bytes), (const char *) g_bytes_get_data (bytes, NULL));
  return 0;
}
