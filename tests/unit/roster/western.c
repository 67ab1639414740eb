/* Encodings of one byte a letter: found, or both that it may be, and never another than
 * the right one without a word. */
#include "roster/western.h"

#include <string.h>

static Western find (const char *text, const char *encoding)
{
  gsize length;
  g_autoptr (GError) error = NULL;
  g_autofree char *bytes = g_convert (text, -1, encoding, "UTF-8", NULL, &length, &error);
  g_assert_no_error (error);
  return western_find ((const guint8 *) bytes, length);
}

static void test_found (void)
{
  static const struct {
    const char *text, *as;
    WesternEncoding wanted;
  } ROWS[] = {
    { "Référence;Nom\nFR-1;Gérard\n", "WINDOWS-1252", WESTERN_WINDOWS_1252 },
    { "Fèvre;l’été… « oui » n° 3, 2 m², 5 €\n", "WINDOWS-1252", WESTERN_WINDOWS_1252 },
    { "LEFÈVRE;LEFéVRE;Guimarães;Conceição;Simões\n", "WINDOWS-1252", WESTERN_WINDOWS_1252 },
    { "Søren;Bjørn;Müller;Lætitia;Muñoz;Niccolò\n", "WINDOWS-1252", WESTERN_WINDOWS_1252 },
    { "Lecœur;Œuvrard\n", "WINDOWS-1252", WESTERN_WINDOWS_1252 },
    { "Lecœur;Lefèvre\n", "ISO-8859-15", WESTERN_ISO_8859_15 },
    { "Lefèvre;André\n", "CP850", WESTERN_CP850 },
    { "NOM;PRENOM\nFRANÇOIS;HÉLÈNE\n", "CP850", WESTERN_CP850 },
    { "MÂCON;À PIED\n", "CP850", WESTERN_CP850 },
    { "CÔTE;RHÔNE;RENÉ\n", "WINDOWS-1252", WESTERN_WINDOWS_1252 },
    { "LÓPEZ;LEFéVRE;Muñiz\n", "WINDOWS-1252", WESTERN_WINDOWS_1252 },
    { "Bénard;René\n", "MACINTOSH", WESTERN_MACINTOSH },
    { "Hélène;Lefèvre;Gaëtan\n", "MACINTOSH", WESTERN_MACINTOSH },
    { "Wałęsa;Kowalski\n", "WINDOWS-1250", WESTERN_WINDOWS_1250 },
    { "plain\n", "ASCII", WESTERN_WINDOWS_1252 },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    Western western = find (ROWS[i].text, ROWS[i].as);
    if (western.verdict != WESTERN_FOUND || western.encoding != ROWS[i].wanted) {
      g_test_message ("%s in %s: %d, %s", ROWS[i].text, ROWS[i].as, (int) western.verdict,
                      western_name (western.encoding));
      g_test_fail ();
    }
  }
}

/* One name alone, in each encoding that has its letters: read as that, or as one that
 * reads it alike, or refused. */
static void test_never_silently_wrong (void)
{
  static const char *const NAMES[] = {
    "Dvořák",  "Jiří",    "Černý",    "Petrović", "Kovačević", "Poznański", "Erdős",
    "Wałęsa",  "Łukasz",  "Şahin",    "Işık",     "Yıldız",    "Doğan",     "Băsescu",
    "Lefèvre", "Bénard",  "André",    "François", "Lecœur",    "Hélène",    "Gaëtan",
    "Benoît",  "Müller",  "Škoda",    "LEFÈVRE",  "CHÊNE",     "NOËL",      "CÔTE",
    "GENÈVE",  "RAPHAËL", "FRANÇOIS", "AOÛT",     "LÓPEZ",     "Martinů",   "Matějka",
    "İnönü",   "Ionuţ",   "Élodie",   "Žižek",    "Růžička",   "Günther",
  };
  static const char *const ENCODINGS[]
      = { "WINDOWS-1252", "ISO-8859-15", "CP850",       "MACINTOSH",
          "WINDOWS-1250", "ISO-8859-2",  "WINDOWS-1254" };
  guint wrong = 0, read = 0;
  for (gsize n = 0; n < G_N_ELEMENTS (NAMES); n++)
    for (gsize e = 0; e < G_N_ELEMENTS (ENCODINGS); e++) {
      gsize length;
      g_autofree char *line = g_strconcat ("Ref;Nom\n1;", NAMES[n], "\n", NULL);
      g_autofree char *bytes = g_convert (line, -1, ENCODINGS[e], "UTF-8", NULL, &length, NULL);
      if (bytes == NULL)
        continue;
      Western western = western_find ((const guint8 *) bytes, length);
      if (western.verdict != WESTERN_FOUND)
        continue;
      g_autofree char *text = g_convert (bytes, (gssize) length, "UTF-8",
                                         western_name (western.encoding), NULL, NULL, NULL);
      read++;
      if (g_strcmp0 (text, line) != 0) {
        wrong++;
        g_test_message ("%s in %s: %s", NAMES[n], ENCODINGS[e], text);
      }
    }
  g_test_message ("%u read, %u of them wrong", read, wrong);
  g_assert_cmpuint (wrong, ==, 0);
  g_assert_cmpuint (read, >, 40);
}

static void test_two (void)
{
  gsize length;
  g_autofree char *bytes = g_convert ("Lefèvre", -1, "CP850", "UTF-8", NULL, &length, NULL);
  Western western = western_find ((const guint8 *) bytes, length);
  g_assert_cmpint (western.verdict, ==, WESTERN_TWO);
  g_autofree char *first
      = western_word ((const guint8 *) bytes, length, western.where, western.encoding),
      *second = western_word ((const guint8 *) bytes, length, western.where, western.other);
  g_assert_cmpstr (first, ==, "Lefèvre");
  g_assert_cmpstr (second, ==, "Lefävre");
}

static void test_none (void)
{
  Western western = western_find ((const guint8 *) "a\x81\x8D\xFF\xFE\x90", 6);
  g_assert_cmpint (western.verdict, ==, WESTERN_NONE);
  g_assert_cmpuint (western.where, ==, 1);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/western/found", test_found);
  g_test_add_func ("/western/never-silently-wrong", test_never_silently_wrong);
  g_test_add_func ("/western/two", test_two);
  g_test_add_func ("/western/none", test_none);
  return g_test_run ();
}
