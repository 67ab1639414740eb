/* Text that programs have spoiled, and text that only looks so. */
#include "roster/spoiled.h"

#include <string.h>

static void test_reasons (void)
{
  static const struct {
    const char *text;
    SpoiledKind kind;
    const char *says; /* NULL: it is good */
  } ROWS[] = {
    { "??", SPOILED_NAME, "lost characters" },
    { "???? Chengdu", SPOILED_TEXT, "lost characters" },
    { "Fran?ois", SPOILED_NAME, "lost characters" },
    { "?lodie", SPOILED_NAME, "lost characters" },
    { "Andr?", SPOILED_NAME, "lost characters" },
    { "Universit? de Pau", SPOILED_NAME, "lost characters" },
    { "Mairie d'?pinal", SPOILED_TEXT, NULL },
    { "Chef ?tude", SPOILED_TEXT, "lost characters" },
    { "D?partement", SPOILED_TEXT, "lost characters" },
    { "Hôtel ?", SPOILED_TEXT, NULL },
    { "#REF!", SPOILED_NAME, "error of Excel's" },
    { "#NOM?", SPOILED_NAME, "error of Excel's" },
    { "#N/A", SPOILED_TEXT, "error of Excel's" },
    { "########", SPOILED_TEXT, "too narrow" },
    { "#1", SPOILED_TEXT, NULL },
    { "#WERT!", SPOILED_NAME, "error of Excel's" },
    { "#BEZUG !", SPOILED_TEXT, "error of Excel's" },
    { "#¡REF!", SPOILED_NAME, "error of Excel's" },
    { "#名称?", SPOILED_NAME, "error of Excel's" },
    { "#NV", SPOILED_TEXT, "error of Excel's" },
    { "Err:502", SPOILED_NAME, "error of Excel's" },
    { "Fehler :508", SPOILED_TEXT, "error of Excel's" },
    { "Erreur: voir", SPOILED_TEXT, NULL },
    { "#Chengdu2016!", SPOILED_TEXT, NULL },
    { "#A!", SPOILED_TEXT, NULL },
    { "NaT", SPOILED_NAME, "for nothing" },
    { "\\N", SPOILED_TEXT, "for nothing" },
    { "(vide)", SPOILED_TEXT, "for nothing" },
    { "R\u043Ey", SPOILED_NAME, "two alphabets" },
    { "Иванов IVANOV", SPOILED_NAME, NULL },
    { "1234567890123450000", SPOILED_REFERENCE, "fifteen digits" },
    { "1234567890123456789", SPOILED_REFERENCE, NULL },
    { "123456789012345", SPOILED_REFERENCE, NULL },
    { "NULL", SPOILED_NAME, "for nothing" },
    { "undefined", SPOILED_TEXT, "for nothing" },
    { "Null", SPOILED_NAME, NULL },
    { "=A1&B1", SPOILED_NAME, "formula" },
    { "=", SPOILED_TEXT, NULL },
    { "1,23E+05", SPOILED_REFERENCE, "power of ten" },
    { "2.3E+11", SPOILED_REFERENCE, "power of ten" },
    { "1E-05", SPOILED_REFERENCE, NULL },
    { "2-Mar", SPOILED_REFERENCE, "is a date" },
    { "01-févr", SPOILED_REFERENCE, "is a date" },
    { "3月2日", SPOILED_REFERENCE, "is a date" },
    { "26/10/2016", SPOILED_REFERENCE, "is a date" },
    { "2016-10-26 00:00:00", SPOILED_REFERENCE, "is a date" },
    { "2016-10-26", SPOILED_REFERENCE, "is a date" },
    { "2016-0042", SPOILED_REFERENCE, NULL },
    { "2016-10-260", SPOILED_REFERENCE, NULL },
    { "FR-2016-10-26", SPOILED_REFERENCE, NULL },
    { "12-A", SPOILED_REFERENCE, NULL },
    { "2-Mar", SPOILED_TEXT, NULL },
    { "Lef&egrave;vre", SPOILED_NAME, "as a page writes it" },
    { "L&#39;Hostis", SPOILED_NAME, "as a page writes it" },
    { "R&D ; essais", SPOILED_TEXT, NULL },
    { "Dupont & Fils;", SPOILED_TEXT, NULL },
    { "Lef%C3%A8vre", SPOILED_NAME, "as a link writes it" },
    { "50 %C", SPOILED_TEXT, NULL },
    { "TBC", SPOILED_NAME, "still to come" },
    { "À confirmer", SPOILED_NAME, "still to come" },
    { "待定", SPOILED_NAME, "still to come" },
    { "N.N.", SPOILED_NAME, "still to come" },
    { "À confirmer", SPOILED_TEXT, NULL },
    { "LefÃ¨vre", SPOILED_NAME, "was “Lefèvre”" },
    { "FranÃ§ois", SPOILED_TEXT, "was “François”" },
    { "çŽ‹æ˜Ž", SPOILED_NAME, "was “王明”" },
    { "dâ€™Arc", SPOILED_NAME, "was “d’Arc”" },
    { "Lef√®vre", SPOILED_NAME, "was “Lefèvre”" },
    { "Lef├¿vre", SPOILED_NAME, "was “Lefèvre”" },
    { "鐜嬫槑", SPOILED_NAME, "was “王明”" },
    { "鏉庡崕", SPOILED_NAME, "was “李华”" },
    { "锟斤拷", SPOILED_NAME, "lost characters" },
    { "Lef茅vre", SPOILED_NAME, "“茅” inside" },
    { "BŽnard", SPOILED_NAME, "“Ž” inside" },
    { "RenŽ", SPOILED_NAME, "“Ž” inside" },
    { "LefŠvre", SPOILED_NAME, "“Š” inside" },
    { "Andr‚", SPOILED_NAME, "“‚” inside" },
    { "Lec½ur", SPOILED_NAME, "“½” inside" },
    { "Wa³êsa", SPOILED_NAME, "“³” inside" },
    { "\xEE\x84\xA3明", SPOILED_NAME, "U+E123" },
    { "Élodie", SPOILED_NAME, NULL },
    { "LEFÈVRE", SPOILED_NAME, NULL },
    { "Žižek", SPOILED_NAME, NULL },
    { "ŽIŽEK", SPOILED_NAME, NULL },
    { "D´Estienne", SPOILED_NAME, NULL },
    { "L’Haÿ-les-Roses", SPOILED_NAME, NULL },
    { "让·杜邦", SPOILED_NAME, NULL },
    { "张伟 ZHANG Wei", SPOILED_NAME, NULL },
    { "Gérard", SPOILED_NAME, NULL },
    { "João Ñuñez", SPOILED_NAME, NULL },
    { "成都市人民政府", SPOILED_TEXT, NULL },
    { "½ journée à 12 m²", SPOILED_TEXT, NULL },
    { "", SPOILED_NAME, NULL },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autofree char *reason = spoiled_reason (ROWS[i].text, ROWS[i].kind);
    if (ROWS[i].says == NULL ? reason != NULL
                             : reason == NULL || strstr (reason, ROWS[i].says) == NULL) {
      g_test_message ("%s: %s", ROWS[i].text, reason != NULL ? reason : "good");
      g_test_fail ();
    }
  }
}

static void test_read_once (void)
{
  static const char *const ROWS[][2] = {
    { "LefÃ¨vre;Ã‰lodie", "Lefèvre;Élodie" },
    { "Lefèvre", NULL },
    { "LefÃ¨vre;Élodie", NULL },
    { "plain", NULL },
    { "王Ã¨", NULL },
    { "Ã", NULL },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autofree char *once = spoiled_read_once (ROWS[i][0], strlen (ROWS[i][0]));
    g_assert_cmpstr (once, ==, ROWS[i][1]);
  }
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/spoiled/reasons", test_reasons);
  g_test_add_func ("/spoiled/read-once", test_read_once);
  return g_test_run ();
}
