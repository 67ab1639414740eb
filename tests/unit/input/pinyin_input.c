/* Chinese by pinyin: what names need is among the first candidates, letter by letter, and
 * nothing of what was written stays on the disk. */
#include "input/pinyin_input.h"

#include <glib/gstdio.h>
#include <string.h>

static PinyinInput *open_input (void)
{
  g_autoptr (GError) error = NULL;
  PinyinInput *input = pinyin_input_open (&error);

  g_assert_no_error (error);
  return input;
}

/* Where @text is among the candidates; -1 if it is none. */
static gint place_of (const PinyinInput *input, const char *text)
{
  for (guint i = 0; i < pinyin_input_count (input); i++)
    if (strcmp (pinyin_input_candidate (input, i), text) == 0)
      return (gint) i;
  return -1;
}

static void test_surnames (void)
{
  static const struct {
    const char *letters, *surname;
    gint among; /* the first so many */
  } ROWS[]
      = { { "ouyang", "欧阳", 1 }, { "wang", "王", 1 },   { "zhang", "张", 2 }, { "zeng", "曾", 1 },
          { "shan", "单", 3 },     { "qiu", "仇", 6 },    { "ou", "欧", 2 },    { "lv", "吕", 1 },
          { "zhuge", "诸葛", 1 },  { "sima", "司马", 1 }, { "xie", "解", 4 } };
  g_autoptr (PinyinInput) input = open_input ();

  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    pinyin_input_write (input, ROWS[i].letters, TRUE);
    gint place = place_of (input, ROWS[i].surname);
    g_test_message ("%s: %s is %d of %u", ROWS[i].letters, ROWS[i].surname, place,
                    pinyin_input_count (input));
    g_assert_cmpint (place, >=, 0);
    g_assert_cmpint (place, <, ROWS[i].among);
  }
  /* Where no name begins, surnames are characters as any. */
  pinyin_input_write (input, "shi", FALSE);
  g_assert_cmpint (place_of (input, "是"), <, place_of (input, "施"));
  pinyin_input_write (input, "shi", TRUE);
  g_assert_cmpint (place_of (input, "是"), >, place_of (input, "施"));
}

/* A whole name at once, or part by part. */
static void test_covers (void)
{
  g_autoptr (PinyinInput) input = open_input ();
  gint place;

  pinyin_input_write (input, "chengdu", FALSE);
  place = place_of (input, "成都");
  g_assert_cmpint (place, >=, 0);
  g_assert_cmpint (place, <, 3);
  g_assert_cmpuint (pinyin_input_covers (input, (guint) place), ==, strlen ("chengdu"));
  pinyin_input_write (input, "wangfang", TRUE);
  place = place_of (input, "王");
  g_assert_cmpint (place, >=, 0);
  g_assert_cmpuint (pinyin_input_covers (input, (guint) place), ==, strlen ("wang"));
  pinyin_input_write (input, "xi'an", FALSE);
  g_assert_cmpint (place_of (input, "西安"), ==, 0);
  pinyin_input_write (input, "zhongg", FALSE); /* a begun syllable is enough */
  g_assert_cmpint (place_of (input, "中国"), >=, 0);
}

static void test_traditional (void)
{
  g_autoptr (PinyinInput) input = open_input ();

  pinyin_input_set_traditional (input, TRUE);
  pinyin_input_write (input, "zhang", TRUE);
  g_assert_cmpint (place_of (input, "張"), >=, 0);
  g_assert_cmpint (place_of (input, "张"), ==, place_of (input, "張") + 1);
  pinyin_input_write (input, "ouyang", TRUE);
  g_assert_cmpint (place_of (input, "歐陽"), ==, 0);
  pinyin_input_write (input, "wang", TRUE); /* of one form there is one */
  g_assert_cmpint (place_of (input, "王"), ==, 0);
  pinyin_input_set_traditional (input, FALSE);
  pinyin_input_write (input, "zhang", TRUE);
  g_assert_cmpint (place_of (input, "张"), <, 2);
  g_assert_cmpint (place_of (input, "張"), !=, place_of (input, "张") - 1);
}

/* Whatever is written, it answers: no letters, other letters, more than there is room
 * for. */
static void test_any_text (void)
{
  static const char *const TEXTS[] = { "", "'", "''''", "é", "欧阳", "v", "zzzzzz", "123", " " };
  g_autoptr (PinyinInput) input = open_input ();
  g_autofree char *much = g_strnfill (4000, 'a');

  for (guint i = 0; i < G_N_ELEMENTS (TEXTS); i++)
    pinyin_input_write (input, TEXTS[i], i % 2 == 0);
  g_assert_cmpuint (pinyin_input_count (input), ==, 0);
  pinyin_input_write (input, much, TRUE);
  g_assert_cmpuint (pinyin_input_count (input), >, 0);
  g_assert_cmpuint (pinyin_input_count (input), <=, PINYIN_INPUT_CANDIDATES_MAX);
  for (guint round = 0; round < 2000; round++) {
    char letters[24];
    guint length = (guint) g_test_rand_int_range (1, sizeof letters);
    for (guint i = 0; i < length; i++)
      letters[i] = "abcdefghijklmnopqrstuvwxyz'"[g_test_rand_int_range (0, 27)];
    letters[length] = '\0';
    pinyin_input_write (input, letters, round % 2 == 0);
    if (pinyin_input_count (input) > 0) {
      guint last = pinyin_input_count (input) - 1;
      g_assert_true (g_utf8_validate (pinyin_input_candidate (input, last), -1, NULL));
      g_assert_cmpuint (pinyin_input_covers (input, last), <=, length);
    }
  }
}

static guint files_in (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint count = 0;

  g_assert_nonnull (dir);
  while (g_dir_read_name (dir) != NULL)
    count++;
  return count;
}

/* Names that were written often leave no file, and no other order. */
static void test_nothing_is_kept (void)
{
  const char *folder = g_getenv ("TMPDIR");
  g_autofree char *before = NULL;

  for (guint round = 0; round < 3; round++) {
    g_autoptr (PinyinInput) input = open_input ();
    g_assert_cmpuint (files_in (folder), ==, 0); /* not even its own folder */
    pinyin_input_write (input, "yu", FALSE);
    guint last = MIN (pinyin_input_count (input), 20) - 1;
    if (before == NULL)
      before = g_strdup (pinyin_input_candidate (input, last));
    g_assert_cmpstr (pinyin_input_candidate (input, last), ==, before);
    for (guint i = 0; i < 50; i++) {
      pinyin_input_write (input, "yu", FALSE);
      pinyin_input_covers (input, last);
    }
    pinyin_input_write (input, "yu", FALSE);
    g_assert_cmpstr (pinyin_input_candidate (input, last), ==, before);
  }
  g_assert_cmpuint (files_in (folder), ==, 0);
}

static void test_no_folder (void)
{
  g_autofree char *folder = g_strdup (g_getenv ("TMPDIR"));
  g_autoptr (GError) error = NULL;

  if (g_test_subprocess ()) {
    g_assert_null (pinyin_input_open (&error));
    g_assert_error (error, PINYIN_INPUT_ERROR, PINYIN_INPUT_ERROR_DATA);
    return;
  }
  g_setenv ("TMPDIR", "/nowhere", TRUE);
  g_test_trap_subprocess (NULL, 0, 0);
  g_setenv ("TMPDIR", folder, TRUE);
  g_test_trap_assert_passed ();
}

int main (int argc, char **argv)
{
  g_autofree char *folder = g_dir_make_tmp ("pinyin-test-XXXXXX", NULL);
  int status;

  g_test_init (&argc, &argv, NULL);
  if (!g_test_subprocess ())
    g_setenv ("TMPDIR", folder, TRUE);
  g_test_add_func ("/input/pinyin/surnames", test_surnames);
  g_test_add_func ("/input/pinyin/covers", test_covers);
  g_test_add_func ("/input/pinyin/traditional", test_traditional);
  g_test_add_func ("/input/pinyin/any-text", test_any_text);
  g_test_add_func ("/input/pinyin/nothing-is-kept", test_nothing_is_kept);
  g_test_add_func ("/input/pinyin/no-folder", test_no_folder);
  status = g_test_run ();
  g_rmdir (folder);
  return status;
}
