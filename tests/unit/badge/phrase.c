#include "badge/phrase.h"
#include "words_here.h"

#include <string.h>

static void test_text (void)
{
  static const struct {
    const char *text;
    gboolean han;
    const char *set;
  } table[] = {
    { "Ville d'Angers", FALSE, "Ville d’Angers" },
    { "安娜'洛尔", TRUE, "安娜'洛尔" },
    { NULL, FALSE, "" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autoptr (Phrase) phrase = phrase_new (table[i].text, table[i].han, PHRASE_LIGHT);
    g_assert_cmpstr (phrase->text, ==, table[i].set);
    g_assert_cmpint (phrase_is_empty (phrase), ==, table[i].set[0] == '\0');
    g_assert_cmpuint (phrase->bold_from, ==, phrase->bold_to);
  }
}

static void test_names (void)
{
  g_autoptr (Phrase) latin = phrase_new_latin_name ("Ouyang", "Siyuan", FALSE);
  g_assert_cmpstr (latin->text, ==, "OUYANG Siyuan");
  g_assert_cmpuint (latin->bold_to, ==, strlen ("OUYANG"));
  g_autoptr (Phrase) only_given = phrase_new_latin_name (NULL, "Siyuan", FALSE);
  g_assert_cmpstr (only_given->text, ==, "Siyuan");
  g_assert_cmpuint (only_given->bold_to, ==, 0);
  g_autoptr (Phrase) han = phrase_new_han_name ("欧阳思远", 2);
  g_assert_cmpuint (han->bold_to, ==, strlen ("欧阳"));
  g_autoptr (Phrase) rare = phrase_new_han_name ("𬭶䶮", 1); /* four bytes and three */
  g_assert_cmpuint (rare->bold_to, ==, strlen ("𬭶"));
  g_autoptr (Phrase) four = phrase_new_han_name ("爱新觉罗溥仪", 4);
  g_assert_cmpuint (four->bold_to, ==, strlen ("爱新觉罗"));
  g_autoptr (Phrase) variant
      = phrase_new_han_name ("葛\U000e0100城", 1); /* a selector belongs to its character */
  g_assert_cmpuint (variant->bold_to, ==, strlen ("葛\U000e0100"));
  g_autoptr (Phrase) turkish = phrase_new_latin_name ("Demirci", "İbrahim", TRUE);
  g_assert_cmpstr (turkish->text, ==, "DEMİRCİ İbrahim");
  g_autoptr (Phrase) short_ = phrase_new_han_name ("李", 2);
  g_assert_cmpuint (short_->bold_to, ==, strlen ("李"));
}

static void test_breaks (void)
{
  static const struct {
    const char *before, *after;
    gboolean han;
    PhraseBreak quality;
  } table[] = {
    { "déléguée ", "aux relations", FALSE, PHRASE_BREAK_GOOD },
    { "aux ", "relations", FALSE, PHRASE_BREAK_POOR },
    { "Agglomération de ", "Saint-Quentin", FALSE, PHRASE_BREAK_POOR },
    { "Agglomération de Saint-", "Quentin", FALSE, PHRASE_BREAK_POOR },
    { "Agglomération ", "de Saint", FALSE, PHRASE_BREAK_GOOD },
    { "安娜·", "凯尔", TRUE, PHRASE_BREAK_GOOD },
    { "主管，", "副主席", TRUE, PHRASE_BREAK_GOOD },
    { "圣康坦", "昂伊夫林", TRUE, PHRASE_BREAK_POOR },
  };
  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autofree char *text = g_strconcat (table[i].before, table[i].after, NULL);
    g_autoptr (Phrase) phrase = phrase_new (text, table[i].han, PHRASE_LIGHT);
    g_assert_cmpint (phrase_break_at (phrase, strlen (table[i].before)), ==, table[i].quality);
  }
}

/* No line begins with closing punctuation, ends with opening, or tears what belongs
 * together. */
static void test_forbidden_breaks (void)
{
  static const struct {
    const char *before, *after;
    gboolean han, allowed;
  } table[] = {
    { "城市", "，水", TRUE, FALSE },        { "城市", "。", TRUE, FALSE },
    { "城市", "》水", TRUE, FALSE },        { "城市", "）水", TRUE, FALSE },
    { "城市", "”水", TRUE, FALSE },         { "城市", "：水", TRUE, FALSE },
    { "城市（", "水", TRUE, FALSE },        { "城市《", "水", TRUE, FALSE },
    { "城市“", "水", TRUE, FALSE },         { "安娜", "·洛尔", TRUE, FALSE },
    { "安娜·", "洛尔", TRUE, TRUE },        { "城市—", "—水", TRUE, FALSE },
    { "城市…", "…", TRUE, FALSE },          { "城市，", "水", TRUE, TRUE },
    { "城市", "（水）", TRUE, TRUE },       { "城", "市", TRUE, TRUE },
    { "Région ", "Bretagne", FALSE, TRUE },
  };
  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autofree char *text = g_strconcat (table[i].before, table[i].after, NULL);
    g_autoptr (Phrase) phrase = phrase_new (text, table[i].han, PHRASE_LIGHT);
    g_assert_cmpint (phrase_may_break (phrase, strlen (table[i].before)), ==, table[i].allowed);
  }
}

/* Full-width marks give up their blank half at the ends of a line, but not twice. */
static void test_trims (void)
{
  static const struct {
    const char *before, *after;
    double end, start;
  } table[] = { { "城市，", "水", 0.5, 0 },
                { "城市", "（水", 0, 0.5 },
                { "城市，", "（水", 0, 0.5 },
                { "城市", "水", 0, 0 },
                { "城市《", "〈水", 0, 0 } };
  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autofree char *text = g_strconcat (table[i].before, table[i].after, NULL);
    g_autoptr (Phrase) han = phrase_new (text, TRUE, PHRASE_LIGHT),
                       latin = phrase_new (text, FALSE, PHRASE_LIGHT);
    g_assert_cmpfloat (phrase_trim_end (han, strlen (table[i].before)), ==, table[i].end);
    g_assert_cmpfloat (phrase_trim_start (han, strlen (table[i].before)), ==, table[i].start);
    g_assert_cmpfloat (phrase_trim_end (latin, strlen (table[i].before)), ==, 0);
  }
}

/* The attributes of a part of a phrase are those of the whole, cut and moved. */
static void test_attributes (void)
{
  g_autoptr (Phrase) phrase = phrase_new_latin_name ("Le Goff", "Anne", FALSE);
  PangoAttrList *list = phrase_attributes (phrase, strlen ("LE "), strlen ("LE GOFF An"));
  GSList *attributes = pango_attr_list_get_attributes (list);
  gboolean bold = FALSE;
  for (GSList *l = attributes; l != NULL; l = l->next) {
    const PangoAttribute *attribute = l->data;
    if (attribute->klass->type != PANGO_ATTR_WEIGHT)
      continue;
    bold = TRUE;
    g_assert_cmpuint (attribute->start_index, ==, 0);
    g_assert_cmpuint (attribute->end_index, ==, strlen ("GOFF"));
  }
  g_assert_true (bold);
  g_slist_free_full (attributes, (GDestroyNotify) pango_attribute_destroy);
  pango_attr_list_unref (list);
}

static guint raised (const char *text)
{
  g_autoptr (Phrase) phrase = phrase_new (text, FALSE, PHRASE_LIGHT);
  PangoAttrList *list = phrase_attributes (phrase, 0, strlen (phrase->text));
  GSList *attributes = pango_attr_list_get_attributes (list);
  guint bytes = 0;
  for (GSList *l = attributes; l != NULL; l = l->next) {
    const PangoAttribute *attribute = l->data;
    if (attribute->klass->type == PANGO_ATTR_RISE)
      bytes += attribute->end_index - attribute->start_index;
  }
  g_slist_free_full (attributes, (GDestroyNotify) pango_attribute_destroy);
  pango_attr_list_unref (list);
  return bytes;
}

static void test_ordinals (void)
{
  g_assert_cmpuint (raised ("5es Rencontres"), ==, 2);
  g_assert_cmpuint (raised ("1er adjoint, 2e vice-président"), ==, 3);
  g_assert_cmpuint (raised ("Adjointe au 20e"), ==, 1);
  g_assert_cmpuint (raised ("Salle 3est"), ==, 0);
  g_assert_cmpuint (raised ("Les 26 et 27"), ==, 0);
}

/* A name from right to left in a text that is not: a mark after it, so that what follows
 * stays in its place; a text that begins with one goes that way as a whole. */
static void test_directions (void)
{
  static const struct {
    const char *text, *set;
    gboolean right_to_left;
  } ROWS[] = {
    { "Nom : Le Goff · 12", "Nom : Le Goff · 12", FALSE },
    { "Lu: محمد بن علي, 12 · חיפה (3)", "Lu: محمد بن علي\u200e, 12 · חיפה\u200e (3)", FALSE },
    { "（دار）2016年", "（دار）2016年", TRUE },
    { "محمد (Rabat 12)", "محمد (Rabat 12)", TRUE },
    { "12 · مُحَمَّد 3", "12 · مُحَمَّد 3", TRUE },
    { "市 · דוד", "市 · דוד\u200e", FALSE },
    { "", "", FALSE },
  };
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autoptr (Phrase) phrase = phrase_new_plain (ROWS[i].text, PHRASE_BOLD);
    g_assert_cmpstr (phrase->text, ==, ROWS[i].set);
    g_assert_cmpint (phrase->right_to_left, ==, ROWS[i].right_to_left);
    g_assert_cmpuint (phrase->bold_to, ==, strlen (ROWS[i].set));
  }
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  words_here ();
  g_test_add_func ("/phrase/text", test_text);
  g_test_add_func ("/phrase/names", test_names);
  g_test_add_func ("/phrase/breaks", test_breaks);
  g_test_add_func ("/phrase/forbidden-breaks", test_forbidden_breaks);
  g_test_add_func ("/phrase/trims", test_trims);
  g_test_add_func ("/phrase/attributes", test_attributes);
  g_test_add_func ("/phrase/ordinals", test_ordinals);
  g_test_add_func ("/phrase/directions", test_directions);
  return g_test_run ();
}
