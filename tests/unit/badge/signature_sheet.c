/* Sheets to sign: pages, what stands on them as pdftotext reads it, and names that no
 * sheet has room or letters for. */
#include "badge/signature_sheet.h"
#include "pdf_text.h"
#include "words_here.h"

#include "badge/badge.h"

#define TO_SIGN .group = { NULL, NULL }

static const SignatureHeading HEADING = { .congress = { "5es Rencontres", "第五届论坛" },
                                          .title = { "A1 · Ville durable", "A1 · 可持续城市" },
                                          .when = { "mercredi 26 octobre", "10月26日 星期三" },
                                          .room = "Salle 1 · 一号厅",
                                          .foot = "2 noms · 2016-10-26 09:12:00" };

/* What pdftotext reads of the sheet; free with g_free(). */
static char *text_under (const SignatureHeading *heading, const SignatureRow *rows, guint count)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = signature_sheet_draw (heading, rows, count, &error),
                     again = signature_sheet_draw (heading, rows, count, NULL);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (pdf, again));
  return pdf_text (pdf);
}

static char *text_of (const SignatureRow *rows, guint count)
{
  return text_under (&HEADING, rows, count);
}

static void test_words (void)
{
  const SignatureRow rows[] = {
    { "Barthélémy", "Joëlle", "", "Ville de Marseille", "马赛市", FALSE, TO_SIGN },
    { "Wang", "Xiuying", "王秀英", "", "成都市人民政府", TRUE, TO_SIGN },
  };
  static const char *const WANTED[] = { "BARTHÉLÉMY Joëlle",
                                        "Ville de Marseille",
                                        "马赛市",
                                        "王秀英",
                                        "WANG Xiuying",
                                        "成都市人民政府",
                                        "Feuille d’émargement",
                                        "签到表",
                                        "Signature",
                                        "签字",
                                        "Salle 1",
                                        "1/1",
                                        "2 noms · 2016-10-26 09:12:00" };
  g_autofree char *text = text_of (rows, G_N_ELEMENTS (rows));
  for (guint i = 0; i < G_N_ELEMENTS (WANTED); i++)
    if (strstr (text, WANTED[i]) == NULL)
      g_error ("no “%s” in: %s", WANTED[i], text);
}

/* The heading stands on every page, and nobody is left out at a page's end. */
static void test_pages (void)
{
  SignatureRow rows[100];
  char names[100][8];
  for (guint i = 0; i < 100; i++) {
    g_snprintf (names[i], sizeof names[i], "Nom%u", i);
    rows[i] = (SignatureRow){ names[i], "X", "", "", "", FALSE, TO_SIGN };
  }
  g_autofree char *text = text_of (rows, 100);
  guint headings = 0;
  for (const char *at = text; (at = strstr (at, "Ville durable")) != NULL; at++)
    headings++;
  g_assert_cmpuint (headings, >=, 5);
  g_autofree char *last = g_strdup_printf ("%u/%u", headings, headings);
  g_assert_nonnull (strstr (text, last));
  for (guint i = 0; i < 100; i++) {
    g_autofree char *name = g_strdup_printf ("NOM%u X", i);
    g_assert_nonnull (strstr (text, name));
  }
  g_autofree char *empty = text_of (NULL, 0);
  g_assert_nonnull (strstr (empty, "1/1"));
}

/* A list that nobody signs: a group stands on each page of its rows, and what is known of
 * each; notes with no room lose their end, not themselves. */
static void test_groups (void)
{
  SignatureRow rows[70];
  g_autoptr (GString) notes = g_string_new (NULL);
  for (guint i = 0; i < 70; i++)
    rows[i] = (SignatureRow){ .family = "Nom",
                              .given = "X",
                              .name_zh = "",
                              .organisation_fr = "",
                              .organisation_zh = "",
                              .group = i < 3 ? (Pair){ "Est", "东门" } : (Pair){ "Ouest", "西门" },
                              .said = { "à 09:12", "九点" } };
  for (guint i = 0; i < 400; i++)
    g_string_append_printf (notes, "poste-%u · ", i);
  SignatureHeading heading = HEADING;
  heading.kind = (Pair){ "Liste", "名单" };
  heading.third = (Pair){ "Passage", "通行" };
  heading.notes = (Pair){ notes->str, "" };
  g_autofree char *text = text_under (&heading, rows, 70);
  guint east = 0, west = 0;
  for (const char *at = text; (at = strstr (at, "Est · 东门")) != NULL; at++)
    east++;
  for (const char *at = text; (at = strstr (at, "Ouest · 西门")) != NULL; at++)
    west++;
  g_assert_cmpuint (east, ==, 1);
  g_assert_cmpuint (west, >=, 3);
  g_assert_nonnull (strstr (text, "à 09:12"));
  g_assert_nonnull (strstr (text, "poste-0 · "));
  g_assert_null (strstr (text, "Feuille d’émargement"));
}

/* All of it is signed all the same. */
static void test_hostile (void)
{
  g_autofree char *endless = g_strnfill (300, 'M'), *lines = g_strdup ("a\nb\t<b>&amp;");
  g_autoptr (GString) han = g_string_new (NULL);
  for (guint i = 0; i < 300; i++)
    g_string_append (han, "国");
  const SignatureRow rows[] = {
    { endless, endless, han->str, endless, han->str, FALSE, TO_SIGN },
    { "Xu\xf0\x93\x80\x80", "", "", "", "", FALSE,
      TO_SIGN }, /* a hieroglyph, which no pinned font has */
    { "", "", "", "", "", FALSE, TO_SIGN },
    { lines, "", "", "", "", FALSE, TO_SIGN },
    { "Kept", "Name", "", "", "", FALSE, TO_SIGN },
    { "كهن", "", "", "دار", "", FALSE, TO_SIGN },
    { "כהן", "", "", "חיפה", "", FALSE, TO_SIGN },
    { "ใจดี", "สมชาย", "", "", "", FALSE, TO_SIGN },
  };
  g_autofree char *text = text_of (rows, G_N_ELEMENTS (rows));
  g_assert_nonnull (strstr (text, "KEPT Name"));
  g_assert_nonnull (strstr (text, "MMMM"));
  g_assert_nonnull (strstr (text, "〓"));
  /* Names in other scripts, which can be copied out of the sheet as they are read. */
  static const char *const WRITTEN[] = { "كهن", "دار", "כהן", "חיפה", "ใจดี สมชาย" };
  for (guint i = 0; i < G_N_ELEMENTS (WRITTEN); i++)
    if (strstr (text, WRITTEN[i]) == NULL)
      g_error ("no “%s” in: %s", WRITTEN[i], text);
}

int main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_test_init (&argc, &argv, NULL);
  words_here ();
  g_assert_true (badge_fonts_start ("fonts/fonts.conf", &error));
  g_test_add_func ("/signature-sheet/words", test_words);
  g_test_add_func ("/signature-sheet/pages", test_pages);
  g_test_add_func ("/signature-sheet/groups", test_groups);
  g_test_add_func ("/signature-sheet/hostile", test_hostile);
  return g_test_run ();
}
