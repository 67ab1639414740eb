/* Which encoding a list is found to be in, above all when it is short, and what is
 * refused. */
#include "roster/encoding.h"

#include "roster/import_fault.h"

#include <string.h>

#define FRENCH "assets/demo/inscriptions-cuf.csv"
#define CHINESE "assets/demo/报名表.csv"

static char *encoded (const char *text, const char *encoding, gsize *length)
{
  g_autoptr (GError) error = NULL;
  char *bytes = g_convert (text, -1, encoding, "UTF-8", NULL, length, &error);
  g_assert_no_error (error);
  return bytes;
}

static void test_found (void)
{
  static const struct {
    const char *text, *as;
    Encoding wanted;
    gboolean mark;
  } ROWS[] = {
    { "reference,name\nFR-1,Martin\n", "UTF-8", ENCODING_UTF8, FALSE },
    { "Référence;Nom\r\nFR-1;Gérard\r\n", "UTF-8", ENCODING_UTF8, FALSE },
    { "编号,姓名\nCN-1,王明\n", "UTF-8", ENCODING_UTF8, FALSE },
    { "\xEF\xBB\xBF编号,姓名\nCN-1,王明\n", "UTF-8", ENCODING_UTF8, TRUE },
    { "\xEF\xBB\xBFreference,name\n", "UTF-8", ENCODING_UTF8, TRUE },
    { "Référence;Nom;Prénom\r\nFR-1;Gérard;Léa\r\n", "WINDOWS-1252", ENCODING_WINDOWS_1252, FALSE },
    { "reference;name\nFR-1;Müller\n", "WINDOWS-1252", ENCODING_WINDOWS_1252, FALSE },
    { "NOM;PRÉNOM\nLEFÈVRE;ÉMILE\n", "WINDOWS-1252", ENCODING_WINDOWS_1252, FALSE },
    { "Nom;Prénom\nVœgtlin;Zoë\n“Ÿ”;« À l’été… »\n", "WINDOWS-1252", ENCODING_WINDOWS_1252, FALSE },
    { "a;é\n", "WINDOWS-1252", ENCODING_WINDOWS_1252, FALSE },
    { "a;né\n", "WINDOWS-1252", ENCODING_WINDOWS_1252, FALSE },
    { "a;12 €\n", "WINDOWS-1252", ENCODING_WINDOWS_1252, FALSE },
    { "Université\xC2\xA0;L’ÉCOLE\xC2\xA0»\n", "WINDOWS-1252", ENCODING_WINDOWS_1252, FALSE },
    { "Nom;Note\nHervé;« É » : Aÿ, 5 °É, où\n", "WINDOWS-1252", ENCODING_WINDOWS_1252, FALSE },
    { "Nom;Note\nHervé;«\xC2\xA0"
      "créé\xC2\xA0»\n",
      "WINDOWS-1252", ENCODING_WINDOWS_1252, FALSE },
    { "编号,姓名\nCN-1,王明\n", "GB18030", ENCODING_GB18030, FALSE },
    { "reference,name\nCN-1,李\n", "GB18030", ENCODING_GB18030, FALSE },
    { "a,是\n", "GB18030", ENCODING_GB18030, FALSE },
    { "姓名\n男\n", "GB18030", ENCODING_GB18030, FALSE },
    { "姓名,职务\n单赟,Chargé de mission\n张喆,Maître de conférences\n王堃,Œuvre "
      "Ÿ\n李䶮,𬭶\n",
      "GB18030", ENCODING_GB18030, FALSE },
    { "姓名,单位\n赟,École ça va où\n", "GB18030", ENCODING_GB18030, FALSE },
    { "编号,姓名\r\nCN-1,王明\r\nFR-1,Gérard\r\n", "UTF-16LE", ENCODING_UTF16LE, FALSE },
    { "编号,姓名\r\nCN-1,王明\r\nFR-1,Gérard\r\n", "UTF-16BE", ENCODING_UTF16BE, FALSE },
    { "\xEF\xBB\xBF编号,姓名\r\nCN-1,王明 𬭶\r\n", "UTF-16LE", ENCODING_UTF16LE, TRUE },
    { "\xEF\xBB\xBF编号,姓名\r\nCN-1,王明 𬭶\r\n", "UTF-16BE", ENCODING_UTF16BE, TRUE },
    { "reference\tname\n1\tA\n", "UTF-16LE", ENCODING_UTF16LE, FALSE },
    { "reference\tname\n1\tA\n", "UTF-16BE", ENCODING_UTF16BE, FALSE },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    gsize length, start = 99;
    Encoding found;
    g_autoptr (GError) error = NULL;
    g_autofree char *bytes = encoded (ROWS[i].text, ROWS[i].as, &length);
    gboolean good = encoding_detect ((const guint8 *) bytes, length, &found, &start, &error);
    if (!good || found != ROWS[i].wanted || (start > 0) != ROWS[i].mark) {
      g_test_message ("row %u (%s): %s", (guint) i, ROWS[i].text,
                      error != NULL ? error->message : encoding_name (found));
      g_test_fail ();
    }
  }
}

/* The lines of a demo list, still encoded. */
static GPtrArray *lines_of (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);
  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  g_auto (GStrv) parts = g_strsplit (text, "\n", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    if (*parts[i] != '\0')
      g_ptr_array_add (lines, g_strconcat (parts[i], "\n", NULL));
  return lines;
}

/* Every row of the demo lists, alone under its headings. */
static void check_each_row (const char *path, Encoding wanted)
{
  g_autoptr (GPtrArray) lines = lines_of (path);
  g_assert_cmpuint (lines->len, >, 100);
  for (guint i = 1; i < lines->len; i++) {
    gsize start;
    Encoding found;
    g_autoptr (GError) error = NULL;
    g_autofree char *two
        = g_strconcat (g_ptr_array_index (lines, 0), g_ptr_array_index (lines, i), NULL);
    encoding_detect ((const guint8 *) two, strlen (two), &found, &start, &error);
    g_assert_no_error (error);
    g_assert_cmpint (found, ==, wanted);
  }
}

static void test_each_row (void)
{
  check_each_row (FRENCH, ENCODING_WINDOWS_1252);
  check_each_row (CHINESE, ENCODING_GB18030);
}

/* @lines with @line, which is in another encoding, before the row @at, must be refused
 * for that row. */
static void check_refused (const GPtrArray *lines, const char *line, guint at, const char *what)
{
  gsize start;
  Encoding found;
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) file = g_string_new (NULL);
  for (guint i = 0; i < lines->len; i++)
    g_string_append_printf (file, "%s%s", i == at ? line : "",
                            (const char *) g_ptr_array_index (lines, i));
  gboolean good = encoding_detect ((const guint8 *) file->str, file->len, &found, &start, &error);
  g_autofree char *named = g_strdup_printf ("line %u,", at + 1);
  if (good || error->code != IMPORT_ERROR_ENCODING || strstr (error->message, named) == NULL) {
    g_test_message ("%s at %u: %s: %s", what, at + 1, good ? encoding_name (found) : error->message,
                    line);
    g_test_fail ();
  }
}

static GPtrArray *converted (const GPtrArray *lines, const char *from, const char *to)
{
  GPtrArray *other = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < lines->len; i++) {
    g_autoptr (GError) error = NULL;
    char *line = g_convert (g_ptr_array_index (lines, i), -1, to, from, NULL, NULL, &error);
    g_assert_no_error (error);
    g_ptr_array_add (other, line);
  }
  return other;
}

/* One row pasted from a list in another encoding: every row of each demo list into the
 * others. */
static void test_mixed (void)
{
  guint32 seed = (guint32) g_test_rand_int ();
  g_test_message ("seed %u", seed);
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  g_autoptr (GPtrArray) windows = lines_of (FRENCH);
  g_autoptr (GPtrArray) gb = lines_of (CHINESE);
  g_autoptr (GPtrArray) french_utf8 = converted (windows, "WINDOWS-1252", "UTF-8");
  g_autoptr (GPtrArray) chinese_utf8 = converted (gb, "GB18030", "UTF-8");
  const struct {
    const GPtrArray *file, *pasted;
    const char *what;
  } PAIRS[] = {
    { windows, gb, "GB18030 in Windows-1252" },
    { windows, french_utf8, "UTF-8 in Windows-1252" },
    { windows, chinese_utf8, "Chinese UTF-8 in Windows-1252" },
    { gb, windows, "Windows-1252 in GB18030" },
    { gb, french_utf8, "French UTF-8 in GB18030" },
    { gb, chinese_utf8, "UTF-8 in GB18030" },
    { french_utf8, windows, "Windows-1252 in UTF-8" },
    { chinese_utf8, gb, "GB18030 in UTF-8" },
    { chinese_utf8, windows, "Windows-1252 in Chinese UTF-8" },
  };
  for (gsize p = 0; p < G_N_ELEMENTS (PAIRS); p++)
    for (guint i = 1; i < PAIRS[p].pasted->len; i++) {
      const char *line = g_ptr_array_index (PAIRS[p].pasted, i);
      if (!g_str_is_ascii (line)) /* such a row is in any encoding */
        check_refused (PAIRS[p].file, line,
                       (guint) g_rand_int_range (rand, 1, (gint32) PAIRS[p].file->len),
                       PAIRS[p].what);
    }
}

static void test_refused (void)
{
  static const struct {
    const char *bytes;
    gsize length;
    int code;
    const char *says;
  } ROWS[] = {
    { "PK\x03\x04xl/workbook", 15, IMPORT_ERROR_FORMAT, "workbook" },
    { "\xD0\xCF\x11\xE0\xA1\xB1", 6, IMPORT_ERROR_FORMAT, "workbook" },
    { "<?xml version='1.0'?><Workbook>", 31, IMPORT_ERROR_FORMAT, "XML" },
    /* EUC-JP: 山田, 鈴木, 佐藤; EUC-KR: 김, 박, 이 */
    { "ref,name\n1,\xBB\xB3\xC5\xC4\n2,\xCE\xEB\xCC\xDA\n3,\xBA\xB4\xC6\xA3\n", 30,
      IMPORT_ERROR_ENCODING, "Japanese or Korean" },
    { "\xEF\xBB\xBFnom\nL\xE9"
      "a\n",
      10, IMPORT_ERROR_ENCODING, "line 2, byte 2 (0xE9)" },
    { "nom,x\nH\xC3\xA9,\xC3\xA8\nL\xE9"
      "a\n",
      17, IMPORT_ERROR_ENCODING, "line 3, byte 2 (0xE9)" },
    { "\xFF\xFEn\0\x00\xD8n\0", 8, IMPORT_ERROR_ENCODING, "byte" },
    { "\xFF\xFEn\0o", 5, IMPORT_ERROR_ENCODING, "byte" },
    { "\x80\x81\x82\xFF\xFE\x90\x9D\x81\n", 9, IMPORT_ERROR_ENCODING, "line 1" },
    /* a row of one-character names in GB18030 under a French list: 张;娜, 黄;静 */
    { "Pr\xE9nom\nH\xE9"
      "bert;Zo\xE9\n\xD5\xC5;\xC4\xC8\n",
      24, IMPORT_ERROR_ENCODING, "line 3, byte 1 (0xD5)" },
    { "Pr\xE9nom\nH\xE9"
      "bert;Zo\xE9\n\xBB\xC6;\xBE\xB2\n",
      24, IMPORT_ERROR_ENCODING, "line 3, byte 1 (0xBB)" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    gsize start;
    Encoding found;
    g_autoptr (GError) error = NULL;
    g_assert_false (
        encoding_detect ((const guint8 *) ROWS[i].bytes, ROWS[i].length, &found, &start, &error));
    g_assert_error (error, IMPORT_ERROR, ROWS[i].code);
    if (strstr (error->message, ROWS[i].says) == NULL) {
      g_test_message ("row %u: %s", (guint) i, error->message);
      g_test_fail ();
    }
  }
}

static void test_position (void)
{
  guint line, byte;
  encoding_position ((const guint8 *) "ab\r\ncd\ref\ngh", 11, ENCODING_UTF8, &line, &byte);
  g_assert_cmpuint (line, ==, 4);
  g_assert_cmpuint (byte, ==, 2);
  encoding_position ((const guint8 *) "a\0\n\0b\0c\0", 6, ENCODING_UTF16LE, &line, &byte);
  g_assert_cmpuint (line, ==, 2);
  g_assert_cmpuint (byte, ==, 3);
  encoding_position ((const guint8 *) "\0a\0\n\0b\0c", 6, ENCODING_UTF16BE, &line, &byte);
  g_assert_cmpuint (line, ==, 2);
  g_assert_cmpuint (byte, ==, 3);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/encoding/found", test_found);
  g_test_add_func ("/encoding/each-row", test_each_row);
  g_test_add_func ("/encoding/mixed", test_mixed);
  g_test_add_func ("/encoding/refused", test_refused);
  g_test_add_func ("/encoding/position", test_position);
  return g_test_run ();
}
