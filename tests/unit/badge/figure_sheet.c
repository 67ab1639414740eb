/* Reports of figures: pages that fill and go on, headings of tables said again, texts
 * that have no room or no letters, and the same bytes for the same figures. */
#include "badge/figure_sheet.h"
#include "pdf_text.h"
#include "words_here.h"

#include "badge/badge.h"

#include <string.h>

static const FigureHeading HEADING = { .congress = { "5es Rencontres", "第五届论坛" },
                                       .title = { "Rapport du congrès", "大会报告" },
                                       .under = { "Chengdu", "成都" },
                                       .foot = "2016-10-26 09:12:00 · 3f2a" };

static char *long_text (const char *word)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < 60; i++)
    g_string_append_printf (text, "%s ", word);
  return g_string_free (text, FALSE);
}

static GBytes *draw (guint rows)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FigureSheet) sheet = figure_sheet_new (&HEADING);
  g_autofree char *name = long_text ("anticonstitutionnellement");
  const FigureField fields[]
      = { { { "Délégation", "代表团" }, 3, FALSE }, { { "venus", "到场" }, 1, TRUE } };
  const FigureTile tiles[] = { { 1234567, { "inscrits", "报名" } }, { 0, { "venus", "到场" } } };
  const FigureBar bars[] = { { { name, "名" }, { 3, 2, 1 }, 5 }, { { "rien", "无" }, { 0 }, 0 } };
  const FigureColumn columns[] = { { "08", 12 }, { "09", 0 } };
  figure_sheet_section (sheet, (Pair){ "Tout", "全部" }, (Pair){ "Inscrits : tous.", "报名。" });
  figure_sheet_tiles (sheet, tiles, G_N_ELEMENTS (tiles));
  figure_sheet_legend (sheet, &(Pair){ "France", "法国" }, 1, (Pair){ "inscrits", "报名" });
  figure_sheet_bars (sheet, bars, G_N_ELEMENTS (bars));
  figure_sheet_heading (sheet, (Pair){ "mercredi", "星期三" });
  figure_sheet_columns (sheet, columns, G_N_ELEMENTS (columns));
  figure_sheet_table (sheet, fields, G_N_ELEMENTS (fields));
  for (guint i = 0; i < rows; i++) {
    g_autofree char *number = g_strdup_printf ("%u", i);
    const Pair cells[] = { { i == 0 ? name : "Ville de \U0001f600", "市" }, { number, "" } };
    figure_sheet_row (sheet, cells, i + 1 == rows);
  }
  GBytes *pdf = figure_sheet_finish (sheet, &error);
  g_assert_no_error (error);
  return pdf;
}

static guint count_of (const char *text, const char *word)
{
  guint count = 0;
  for (const char *at = text; (at = strstr (at, word)) != NULL; at += strlen (word))
    count++;
  return count;
}

static void test_pages (void)
{
  g_autoptr (GBytes) few = draw (3), again = draw (3), many = draw (90);
  g_assert_true (g_bytes_equal (few, again));
  g_autofree char *text = pdf_text (few), *long_one = pdf_text (many);
  static const char *const WANTED[]
      = { "Rapport du congrès", "大会报告", "1 234 567", "anticonstit", "〓", "3f2a" };
  for (guint i = 0; i < G_N_ELEMENTS (WANTED); i++)
    if (strstr (text, WANTED[i]) == NULL)
      g_error ("no “%s” in: %s", WANTED[i], text);
  guint pages = count_of (long_one, "\f");
  g_assert_cmpuint (pages, >, 2);
  g_assert_cmpuint (count_of (long_one, "3f2a"), ==, pages);
  /* On each page that the table goes on. */
  g_assert_cmpuint (count_of (long_one, "代表团"), >=, pages - 1);
}

int main (int argc, char **argv)
{
  words_here ();
  g_test_init (&argc, &argv, NULL);
  g_autoptr (GError) error = NULL;
  g_assert_true (badge_fonts_start ("fonts/fonts.conf", &error));
  g_test_add_func ("/figure-sheet/pages", test_pages);
  return g_test_run ();
}
