#include "core/typeset.h"

#include <string.h>

static void test_capitals (void)
{
  static const struct {
    const char *family, *capitals;
  } table[] = {
    { "Kerdoncuff", "KERDONCUFF" },
    { "d'Estienne", "d’ESTIENNE" },
    { "D'Estienne", "D’ESTIENNE" },
    { "de La Motte-Rouge", "de LA MOTTE-ROUGE" },
    { "Le Goff", "LE GOFF" },
    { "L'Haÿ-les-Roses", "L’HAŸ-LES-ROSES" },
    { "Œuvrard", "ŒUVRARD" },
    { "œuvrard", "ŒUVRARD" },
    { "von der Straße", "von der STRASSE" },
    { "de la cour", "DE LA COUR" }, /* typed all small: no particles to be known */
    { "KERDONCUFF", "KERDONCUFF" },
    { "  Le\n Goff ", "LE GOFF" },
    { "Müller", "MÜLLER" },
    { "Nguyễn", "NGUYỄN" },
    { "Đặng Trần", "ĐẶNG TRẦN" },
    { "Işıksoy", "IŞIKSOY" },
    { "", "" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autofree char *capitals = typeset_family (table[i].family, FALSE);
    g_assert_cmpstr (capitals, ==, table[i].capitals);
  }
}

static void test_text (void)
{
  static const struct {
    const char *text;
    gboolean han;
    const char *set;
  } table[] = {
    { "Ville d'Angers", FALSE, "Ville d’Angers" },
    { "d ' Angers", FALSE, "d ' Angers" },
    { "\t deux \r\n lignes ", FALSE, "deux lignes" },
    { "26\xc2\xa0octobre", FALSE, "26\xc2\xa0octobre" }, /* a space that must not break stays one */
    { "le « nom »", FALSE, "le «\u202fnom\u202f»" },
    { "le «\u202fnom\u202f»", FALSE, "le «\u202fnom\u202f»" }, /* has its spaces already */
    { "a\x01"
      "b",
      FALSE, "ab" },
    { "安娜'洛尔", TRUE, "安娜'洛尔" },
    /* A narrow space that does not break before ; : ! ? » and after «, whether typed or
     * not; but not in hours, addresses and brands. */
    { "Atelier 1 : l'eau", FALSE, "Atelier 1\u202f: l’eau" },
    { "Objet: eau", FALSE, "Objet\u202f: eau" },
    { "à 10:30", FALSE, "à 10:30" },
    { "https://accueil.example", FALSE, "https://accueil.example" },
    { "Yahoo! Japan", FALSE, "Yahoo! Japan" },
    { "Oui !", FALSE, "Oui\u202f!" },
    { "Et après ? Rien ; si", FALSE, "Et après\u202f? Rien\u202f; si" },
    { "«Ville durable»", FALSE, "«\u202fVille durable\u202f»" },
    { "« Ville durable »", FALSE, "«\u202fVille durable\u202f»" },
    { "«\u00a0Ville\u00a0»", FALSE, "«\u00a0Ville\u00a0»" }, /* as it was typed */
    { "城市 : 水", TRUE, "城市 : 水" },
    { "Nguye\u0302\u0303n", FALSE, "Nguyễn" }, /* NFC */
    { NULL, FALSE, "" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autofree char *set
        = table[i].han ? typeset_chinese (table[i].text) : typeset_french (table[i].text);
    g_autofree char *again = table[i].han ? typeset_chinese (set) : typeset_french (set);
    g_assert_cmpstr (set, ==, table[i].set);
    g_assert_cmpstr (again, ==, set);
  }
}

static void test_turkish (void)
{
  g_autofree char *family = typeset_family ("Demirci", TRUE);
  g_assert_cmpstr (family, ==, "DEMİRCİ");
  g_assert_true (typeset_is_turkish ("İbrahim"));
  g_assert_true (typeset_is_turkish ("Işık"));
  g_assert_true (typeset_is_turkish ("Yiğit"));
  g_assert_false (typeset_is_turkish ("Demirci"));
  g_assert_false (typeset_is_turkish (NULL));
}

static void test_ordinals (void)
{
  static const struct {
    const char *text, *set;
  } table[] = {
    { "5es Rencontres", "5ᵉˢ Rencontres" },
    { "le 1er adjoint, la 2e vice-présidente", "le 1ᵉʳ adjoint, la 2ᵉ vice-présidente" },
    { "1re", "1ʳᵉ" },
    { "3e-mail, 5est, 4e", "3e-mail, 5est, 4ᵉ" },
    { "l'essai : 1ers", "l’essai\u202f: 1ᵉʳˢ" },
    { "es", "es" },
    { "", "" },
    { NULL, "" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autofree char *set = typeset_french_plain (table[i].text);
    g_assert_cmpstr (set, ==, table[i].set);
  }
  g_assert_cmpuint (typeset_ordinal ("es Rencontres", strlen ("es Rencontres")), ==, 2);
  g_assert_cmpuint (typeset_ordinal ("es", 1), ==, 1); /* no further than it may look */
  g_assert_cmpuint (typeset_ordinal ("est", 3), ==, 0);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/typeset/family", test_capitals);
  g_test_add_func ("/typeset/text", test_text);
  g_test_add_func ("/typeset/turkish", test_turkish);
  g_test_add_func ("/typeset/ordinals", test_ordinals);
  return g_test_run ();
}
