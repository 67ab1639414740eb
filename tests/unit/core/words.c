#include "core/words.h"

#include "core/catalogue.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <string.h>

static char *folder;

static void append_int (GByteArray *bytes, guint32 value)
{
  g_byte_array_append (bytes, (const guint8 *) &value, sizeof value);
}

/* A catalogue of one entry besides its header, in GNU's MO format: tables of (length,
 * offset) for originals and translations, sorted. */
static void write_catalogue (const char *language, const char *translation)
{
  static const char HEADER[] = "Content-Type: text/plain; charset=UTF-8\n", ORIGINAL[] = "hello";
  g_autoptr (GByteArray) mo = g_byte_array_new ();
  g_autofree char *place = g_build_filename (folder, language, "LC_MESSAGES", NULL);
  g_autofree char *path = g_build_filename (place, "accueil.mo", NULL);
  const char *texts[] = { "", ORIGINAL, HEADER, translation };
  guint32 at = 28 + 32;

  append_int (mo, 0x950412de);
  append_int (mo, 0);
  append_int (mo, 2);
  append_int (mo, 28);
  append_int (mo, 28 + 16);
  append_int (mo, 0);
  append_int (mo, 0);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    append_int (mo, (guint32) strlen (texts[i]));
    append_int (mo, at);
    at += (guint32) strlen (texts[i]) + 1;
  }
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_byte_array_append (mo, (const guint8 *) texts[i], (guint) strlen (texts[i]) + 1);
  g_assert_cmpint (g_mkdir_with_parents (place, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, (const char *) mo->data, mo->len, NULL));
}

static void remove_catalogue (const char *language)
{
  g_autofree char *top = g_build_filename (folder, language, NULL);
  g_autofree char *place = g_build_filename (top, "LC_MESSAGES", NULL);
  g_autofree char *path = g_build_filename (place, "accueil.mo", NULL);

  g_unlink (path);
  g_rmdir (place);
  g_rmdir (top);
}

static void set (const char *name, const char *value)
{
  if (value != NULL)
    g_setenv (name, value, TRUE);
  else
    g_unsetenv (name);
}

static void test_choice (void)
{
  static const struct {
    const char *lc_all, *lc_messages, *lang, *language, *expected;
  } ROWS[] = {
    { NULL, NULL, NULL, NULL, "hello" },
    { "C", NULL, NULL, NULL, "hello" },
    { NULL, NULL, "fr_FR.UTF-8", NULL, "bonjour" }, /* none of these locales need be installed */
    { NULL, NULL, "fr", NULL, "bonjour" },
    { NULL, NULL, "fr_CA@euro", NULL, "bonjour" },
    { NULL, NULL, "zh_CN.UTF-8", NULL, "你好" },
    { NULL, NULL, "zh_CN.GB18030", NULL, "你好" }, /* all text is UTF-8 */
    { NULL, NULL, "zh_TW.UTF-8", NULL, "你好" },
    { NULL, NULL, "de_DE.UTF-8", NULL, "hello" },
    { NULL, NULL, "nl_BE.UTF-8", NULL, "hallo" }, /* a language that no source names */
    { NULL, NULL, "../fr", NULL, "hello" },
    { NULL, NULL, "frp_FR", NULL, "hello" }, /* another language whose name begins alike */
    { NULL, NULL, "en_GB.UTF-8", NULL, "hello" },
    { "fr_FR", "zh_CN", "en_GB", NULL, "bonjour" }, /* order of the variables */
    { "", "zh_CN", "fr_FR", NULL, "你好" },
    { NULL, "", "fr_FR", "", "bonjour" },
    { "C.UTF-8", NULL, NULL, "zh_CN", "你好" }, /* LANGUAGE comes first, but for plain C */
    { "C", NULL, NULL, "zh_CN", "hello" },
    { "POSIX", NULL, NULL, "zh_CN", "hello" },
    { NULL, NULL, "en_GB", "de:fr:zh_CN", "bonjour" },
    { NULL, NULL, "fr_FR", "en:fr", "hello" },
    { NULL, NULL, "fr_FR", "de", "bonjour" },
    { NULL, NULL, NULL, "fr", "bonjour" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    set ("LC_ALL", ROWS[i].lc_all);
    set ("LC_MESSAGES", ROWS[i].lc_messages);
    set ("LANG", ROWS[i].lang);
    set ("LANGUAGE", ROWS[i].language);
    words_start (folder);
    g_test_message ("row %u", i);
    g_assert_cmpstr (_ ("hello"), ==, ROWS[i].expected);
    g_assert_cmpstr (_ ("not in any catalogue"), ==, "not in any catalogue");
  }
}

/* Both languages of the congress, whatever the organiser's is. */
static void test_pair (void)
{
  g_autoptr (GError) error = NULL;

  set ("LANGUAGE", NULL);
  set ("LC_ALL", "nl");
  words_start (folder);
  g_assert_true (words_check (&error));
  Pair pair = words_pair (N_ ("hello"));
  g_assert_cmpstr (_ ("hello"), ==, "hallo");
  g_assert_cmpstr (pair.first, ==, "bonjour");
  g_assert_cmpstr (pair.second, ==, "你好");
  g_assert_cmpstr (words_key (WORDS_FIRST), ==, "fr");
  g_assert_cmpstr (words_key (WORDS_SECOND), ==, "zh");
  g_assert_cmpstr (words_tag (WORDS_SECOND), ==, "zh-cn");
  g_assert_cmpstr (words_source (pair), ==, "hello");
  g_assert_cmpstr (words_source ((Pair){ "data", "数据" }), ==, "data");
  g_assert_cmpstr (words_source (PAIR_EMPTY), ==, "");
  g_assert_cmpstr (words_pair ("").first, ==, "");
  g_assert_cmpstr (words_pair ("not there").second, ==, "not there");

  g_assert_true (words_choose ("en", "nl", &error));
  pair = words_pair (N_ ("hello"));
  g_assert_cmpstr (pair.first, ==, "hello");
  g_assert_cmpstr (pair.second, ==, "hallo");
  g_assert_cmpstr (words_source (pair), ==, "hello");
  g_assert_cmpstr (words_key (WORDS_FIRST), ==, "en");

  g_assert_true (words_choose ("fr", "zh", &error)); /* as data names it */
  g_assert_cmpstr (words_pair (N_ ("hello")).second, ==, "你好");
  g_assert_cmpstr (words_key (WORDS_SECOND), ==, "zh");
  g_assert_true (words_is_chinese (WORDS_SECOND));
  g_assert_true (words_has ("zh"));
  g_assert_true (words_has ("en"));
  g_assert_false (words_has ("tlh"));
  g_assert_false (words_has ("../fr"));

  g_assert_false (words_choose ("fr", "tlh", &error));
  g_assert_error (error, CATALOGUE_ERROR, CATALOGUE_ERROR_READ);
  g_assert_nonnull (strstr (error->message, "tlh"));
  g_assert_false (words_check (NULL));
  g_assert_cmpstr (words_for (WORDS_FIRST, "hello"), ==, "bonjour");
  g_assert_cmpstr (words_for (WORDS_SECOND, "hello"), ==, "hello");
}

/* Without a catalogue the source's own two forms. */
static void test_plural (void)
{
  set ("LC_ALL", "C");
  words_start (folder);
  for (guint n = 0; n < 3; n++) {
    g_autofree char *text = g_strdup_printf (words_plural ("%u badge", "%u badges", n), n);
    g_assert_cmpstr (text, ==, n == 0 ? "0 badges" : n == 1 ? "1 badge" : "2 badges");
  }
  g_auto (OwnedPair) said = words_counted ("%u badge", "%u badges", 1u);
  g_assert_cmpstr (said.first, ==, "1 badge");
  g_assert_cmpstr (words_of_owned (&said).second, ==, "1 badge");
}

static void test_line (void)
{
  g_autofree char *both = words_line ((Pair){ "a", "b" }), *same = words_line ((Pair){ "a", "a" }),
                  *first = words_line ((Pair){ "a", "" }), *second = words_line ((Pair){ "", "b" });

  g_assert_cmpstr (both, ==, "a · b");
  g_assert_cmpstr (same, ==, "a");
  g_assert_cmpstr (first, ==, "a");
  g_assert_cmpstr (second, ==, "b");
}

/* Numbers for machines must not change with the organiser's locale. */
static void test_numbers (void)
{
  g_autofree char *text = NULL;

  set ("LC_ALL", "fr_FR.UTF-8");
  words_start (folder);
  text = g_strdup_printf ("%.1f", 1.5);
  g_assert_cmpstr (text, ==, "1.5");
  g_assert_true (g_get_charset (NULL));
}

int main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("accueil-words-XXXXXX", NULL);
  write_catalogue ("fr", "bonjour");
  write_catalogue ("zh_CN", "你好");
  write_catalogue ("nl", "hallo");
  g_test_add_func ("/core/words/choice", test_choice);
  g_test_add_func ("/core/words/pair", test_pair);
  g_test_add_func ("/core/words/plural", test_plural);
  g_test_add_func ("/core/words/line", test_line);
  g_test_add_func ("/core/words/numbers", test_numbers);
  status = g_test_run ();
  remove_catalogue ("fr");
  remove_catalogue ("zh_CN");
  remove_catalogue ("nl");
  g_rmdir (folder);
  g_free (folder);
  return status;
}
