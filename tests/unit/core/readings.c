/* The table of core/readings, held against Unihan where Debian's unicode-data is
 * there. */
#include "core/readings.h"
#include "unit/core/unihan.h"

#include <string.h>

static char *all_readings (gunichar c)
{
  const char *readings[READINGS_MAX];
  guint count = readings_of (c, readings);
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < count; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "", readings[i]);
  return g_strdup (text->str);
}

/* Character, first reading. */
static void test_names (void)
{
  static const char *const ROWS[][2] = {
    { "卜", "bu" },   { "长", "chang" }, { "長", "chang" }, { "晟", "sheng" }, { "地", "di" },
    { "似", "si" },   { "仔", "zai" },   { "靓", "liang" }, { "珩", "heng" },  { "泊", "bo" },
    { "琢", "zhuo" }, { "王", "wang" },  { "吕", "lyu" },   { "女", "nyu" },   { "略", "lyue" },
    { "乐", "le" },   { "行", "xing" },  { "朝", "chao" },  { "劉", "liu" },   { "乾", "qian" },
    { "䶮", "yan" },  { "娜", "na" },    { "都", "du" },    { "煜", "yu" },    { "喆", "zhe" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    const char *readings[READINGS_MAX] = { "" };
    readings_of (g_utf8_get_char (ROWS[i][0]), readings);
    if (strcmp (readings[0], ROWS[i][1]) != 0) {
      g_test_message ("%s: %s instead of %s", ROWS[i][0], readings[0], ROWS[i][1]);
      g_test_fail ();
    }
  }
  const char *readings[READINGS_MAX];
  g_assert_cmpuint (readings_of ('a', readings), ==, 0);
  g_assert_cmpuint (readings_of (0x3402, readings), ==, 0);
  g_assert_true (readings_are_split (g_utf8_get_char ("乐")));
  g_assert_true (readings_are_split (g_utf8_get_char ("樂")));
  g_assert_false (readings_are_split (g_utf8_get_char ("明")));
  g_assert_false (readings_are_split (g_utf8_get_char ("长")));
}

static void test_words (void)
{
  const char *word[2];
  g_assert_true (readings_of_word (g_utf8_get_char ("重"), g_utf8_get_char ("庆"), word));
  g_assert_cmpstr (word[0], ==, "chong");
  g_assert_cmpstr (word[1], ==, "qing");
  g_assert_true (readings_of_word (g_utf8_get_char ("重"), g_utf8_get_char ("慶"), word));
  g_assert_true (readings_of_word (g_utf8_get_char ("市"), g_utf8_get_char ("长"), word));
  g_assert_cmpstr (word[1], ==, "zhang");
  g_assert_false (readings_of_word (g_utf8_get_char ("长"), g_utf8_get_char ("江"), word));
  g_assert_false (readings_of_word ('a', 'b', word));
}

/* " bo bu " of "028.080:bo 028.130:bǔ": syllables without tones, ü as yu. */
static char *unihan_syllables (const char *value)
{
  g_autofree char *apart = g_utf8_normalize (value, -1, G_NORMALIZE_NFD);
  g_autoptr (GString) plain = g_string_new (" ");
  for (const char *p = apart; *p != '\0'; p += g_utf8_skip[(guchar) *p]) {
    gunichar c = g_utf8_get_char (p);
    if (c == 0x308) {
      g_string_truncate (plain, plain->len - 1);
      g_string_append (plain, "yu");
    } else if (c < 0x80 && g_ascii_isalpha ((char) c))
      g_string_append_c (plain, (char) c);
    else if (c < 0x80 && plain->str[plain->len - 1] != ' ')
      g_string_append_c (plain, ' ');
  }
  g_string_append_c (plain, ' ');
  return g_strdup (plain->str);
}

/* Of each character of the state list: every reading of the list's own dictionary is
 * known here, and what comes first here is attested there or in kMandarin. */
static void test_unihan (void)
{
  g_autofree char *text = unihan_text ();
  if (text == NULL) {
    g_test_skip ("unicode-data is not installed");
    return;
  }
  guint checked = 0, missing = 0, differ = 0;
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr (GHashTable) mandarin = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; lines[i] != NULL; i++) {
    g_auto (GStrv) parts = g_strsplit (lines[i], "\t", 3);
    if (g_strv_length (parts) != 3)
      continue;
    if (strcmp (parts[1], "kMandarin") == 0)
      g_hash_table_insert (mandarin, g_strdup (parts[0]), unihan_syllables (parts[2]));
    if (strcmp (parts[1], "kTGHZ2013") != 0)
      continue;
    gunichar c = (gunichar) g_ascii_strtoull (parts[0] + 2, NULL, 16);
    g_autofree char *state = unihan_syllables (parts[2]), *here = all_readings (c),
                    *padded = g_strdup_printf (" %s ", here);
    g_auto (GStrv) wanted = g_strsplit (state, " ", -1);
    checked++;
    for (guint k = 0; wanted[k] != NULL; k++)
      if (strpbrk (wanted[k], "aeiou") != NULL) { /* 嗯 is no name */
        g_autofree char *sought = g_strdup_printf (" %s ", wanted[k]);
        if (strstr (padded, sought) == NULL) {
          g_test_message ("%s: %s here, %s in kTGHZ2013", parts[0], here, state);
          missing++;
        }
      }
    const char *common = g_hash_table_lookup (mandarin, parts[0]);
    if (common != NULL && !g_str_has_prefix (common + 1, here)) {
      g_auto (GStrv) own = g_strsplit (here, " ", 2), theirs = g_strsplit (common + 1, " ", 2);
      differ += own[0] != NULL && strcmp (own[0], theirs[0]) != 0;
    }
  }
  g_test_message ("%u characters, %u first readings differ from kMandarin's", checked, differ);
  g_assert_cmpuint (checked, >, 8000);
  g_assert_cmpuint (missing, ==, 0);
  g_assert_cmpuint (differ, <, 110);
}

/* "lyu" of "lü4", "lv4" or "lu:4". */
static char *plain_of (const char *marked)
{
  g_autofree char *letters = g_strcanon (g_strdup (marked), "abcdefghijklmnopqrstuvwxyz", ' ');
  gboolean behind = *letters == 'l' || *letters == 'n';
  g_auto (GStrv) parts = g_strsplit (g_strstrip (letters), "v", 2);
  return behind && parts[0] != NULL && parts[1] != NULL
             ? g_strconcat (parts[0], "yu", parts[1], NULL)
             : g_strdup (letters);
}

/* Weighted by people: how many given names' characters are read otherwise than by
 * ChineseNames (GitHub, psychbruce/ChineseNames, data-csv/givenname.csv: 2,614 characters
 * of 1.2 billion people), whose path $CHINESE_NAMES holds. Those of which people are asked
 * do not count. */
static void test_people (void)
{
  const char *path = g_getenv ("CHINESE_NAMES");
  g_autofree char *text = NULL;
  if (path == NULL || !g_file_get_contents (path, &text, NULL, NULL)) {
    g_test_skip ("$CHINESE_NAMES does not name givenname.csv of ChineseNames");
    return;
  }
  guint64 people = 0, otherwise = 0;
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  for (guint i = 1; lines[i] != NULL; i++) {
    g_auto (GStrv) cells = g_strsplit (lines[i], ",", -1);
    if (g_strv_length (cells) < 5)
      continue;
    const char *readings[READINGS_MAX] = { "" };
    gunichar c = g_utf8_get_char (cells[0]);
    g_autofree char *wanted = plain_of (cells[1]);
    guint64 bearers = g_ascii_strtoull (cells[3], NULL, 10) + g_ascii_strtoull (cells[4], NULL, 10);
    readings_of (c, readings);
    people += bearers;
    if (strcmp (readings[0], wanted) != 0 && !readings_are_split (c))
      otherwise += bearers;
  }
  g_test_message ("%" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT, otherwise, people);
  g_assert_cmpuint (people, >, 2000000000);
  g_assert_cmpuint (otherwise, <, people / 5000);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/readings/names", test_names);
  g_test_add_func ("/readings/words", test_words);
  g_test_add_func ("/readings/unihan", test_unihan);
  g_test_add_func ("/readings/people", test_people);
  return g_test_run ();
}
