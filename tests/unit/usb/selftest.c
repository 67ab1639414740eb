/* The self-test: every layout against every other, with and without Caps Lock, losses,
 * doubles, prefixes and suffixes, input methods and pace; each must be found, and nothing
 * else. */
#include "usb/selftest.h"

#include <string.h>

#define ALPHABET "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"

static const SelftestFinding *find (const GPtrArray *findings, SelftestKind kind)
{
  for (guint i = 0; i < findings->len; i++) {
    const SelftestFinding *finding = g_ptr_array_index (findings, i);
    if (finding->kind == kind)
      return finding;
  }
  return NULL;
}

/* The same, where it has to be there: ends the test otherwise. */
static const SelftestFinding *needed (const GPtrArray *findings, SelftestKind kind)
{
  const SelftestFinding *finding = find (findings, kind);

  if (finding == NULL)
    g_error ("nothing is found of kind %d among %u findings", kind, findings->len);
  return finding;
}

static guint faults (const GPtrArray *findings)
{
  guint count = 0;

  for (guint i = 0; i < findings->len; i++)
    count += ((const SelftestFinding *) g_ptr_array_index (findings, i))->fault ? 1 : 0;
  return count;
}

static GPtrArray *diagnose (const char *text)
{
  SelftestInput input = { .text = text };

  return selftest_diagnose (&input);
}

static char *edited (const char *before, gsize from, gsize count, const char *instead,
                     const char *after)
{
  g_autofree char *head = g_strndup (SELFTEST_TEXT, from);

  return g_strconcat (before, head, instead, SELFTEST_TEXT + from + count, after, NULL);
}

/* The text itself -------------------------------------------------------------------- */

static void test_text (void)
{
  for (const char *at = ALPHABET; *at != '\0'; at++)
    g_assert_nonnull (strchr (SELFTEST_TEXT, *at));
  for (const char *at = SELFTEST_TEXT; *at != '\0'; at++)
    g_assert_nonnull (strchr (ALPHABET, *at));
  g_assert_cmpuint (strlen (SELFTEST_TEXT), <=, 61); /* QR 3-M */
}

/* Any two combinations type different garbage: so each is told from all others. */
static void test_unique (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint count = 0;

  for (guint scanner = 0; scanner < KEYMAP_LAYOUTS; scanner++)
    for (guint host = 0; host < KEYMAP_LAYOUTS; host++)
      for (guint caps = 0; caps < 2; caps++)
        if (scanner != host || caps == 1 || scanner == 0) {
          g_hash_table_add (seen, keyboard_typed (SELFTEST_TEXT, (KeysLayout) scanner,
                                                  (KeysLayout) host, caps == 1));
          count++;
        }
  g_assert_cmpuint (g_hash_table_size (seen), ==, count);
}

/* Layouts ---------------------------------------------------------------------------- */

static void check_layout (KeysLayout scanner, KeysLayout host, gboolean caps, gboolean known,
                          const char *text)
{
  SelftestInput input = { .text = text, .layout_known = known, .layout = host };
  g_autoptr (GPtrArray) findings = selftest_diagnose (&input);
  const SelftestFinding *layout = find (findings, SELFTEST_LAYOUT);

  g_test_message ("%s read as %s%s: %s", keymap_layout_name (scanner), keymap_layout_name (host),
                  caps ? ", Caps Lock" : "", text);
  g_assert_cmpint (layout != NULL, ==, scanner != host);
  g_assert_true (
      layout == NULL
      || (layout->scanner == scanner && layout->host == host && layout->host_known == known));
  g_assert_cmpint (find (findings, SELFTEST_CAPS) != NULL, ==, caps);
  g_assert_cmpuint (faults (findings), ==, (scanner != host ? 1 : 0) + (caps ? 1 : 0));
  g_assert_cmpint (find (findings, SELFTEST_GOOD) != NULL, ==, scanner == host && !caps);
}

static void test_layouts (void)
{
  for (guint scanner = 0; scanner < KEYMAP_LAYOUTS; scanner++)
    for (guint host = 0; host < KEYMAP_LAYOUTS; host++)
      for (guint caps = 0; caps < 2; caps++)
        for (guint known = 0; known < 2; known++) {
          g_autofree char *text
              = keyboard_typed (SELFTEST_TEXT, (KeysLayout) scanner, (KeysLayout) host, caps == 1);
          check_layout ((KeysLayout) scanner, (KeysLayout) host, caps == 1, known == 1, text);
        }
}

/* Caps Lock as Linux has it in every layout: letters alone. */
static void test_caps_of_linux (void)
{
  for (guint scanner = 0; scanner < KEYMAP_LAYOUTS; scanner++) {
    g_autofree char *typed = keyboard_typed (SELFTEST_TEXT, (KeysLayout) scanner, KEYMAP_FR, FALSE);
    g_autofree char *lower = g_utf8_strdown (typed, -1);
    SelftestInput input = { .text = lower };
    g_autoptr (GPtrArray) findings = selftest_diagnose (&input);
    const SelftestFinding *layout = find (findings, SELFTEST_LAYOUT);
    g_assert_nonnull (find (findings, SELFTEST_CAPS));
    g_assert_true (scanner == KEYMAP_FR
                       ? layout == NULL
                       : layout->scanner == (KeysLayout) scanner && layout->host == KEYMAP_FR);
  }
}

/* Whatever the layout, and something lost, doubled, before and behind: all of it is
 * found. */
static void test_everything_at_once (void)
{
  guint32 seed = g_test_rand_int ();
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);

  g_test_message ("seed %u", seed);
  for (guint i = 0; i < 60; i++) {
    KeysLayout scanner = (KeysLayout) (i % 3), host = (KeysLayout) (i / 3 % 3);
    gboolean caps = i / 9 % 2 == 1;
    glong gone = g_rand_int_range (random, 5, 50);
    g_autofree char *typed = keyboard_typed (SELFTEST_TEXT, scanner, host, caps);
    g_autofree char *head
        = g_utf8_substring (typed, 0, gone),
        *text = g_strconcat ("{{~~", head, g_utf8_offset_to_pointer (typed, gone + 1), "##~", NULL);
    g_autoptr (GPtrArray) findings = diagnose (text);
    const SelftestFinding *layout = find (findings, SELFTEST_LAYOUT);
    g_test_message ("%s", text);
    g_assert_cmpint (layout != NULL, ==, scanner != host);
    g_assert_true (layout == NULL || (layout->scanner == scanner && layout->host == host));
    g_assert_cmpint (find (findings, SELFTEST_CAPS) != NULL, ==, caps);
    g_assert_cmpuint (needed (findings, SELFTEST_LOST)->count, ==, 1);
    g_assert_cmpstr (needed (findings, SELFTEST_PREFIX)->text, ==, "{{~~");
    g_assert_cmpstr (needed (findings, SELFTEST_SUFFIX)->text, ==, "##~");
  }
}

/* Keys ------------------------------------------------------------------------------- */

static guint press (KeyboardStroke *strokes, KeysLayout scanner, const char *text)
{
  guint count = 0;

  for (const char *at = text; *at != '\0'; at++)
    for (guint usage = 0x04; usage <= 0x38; usage++) {
      gboolean dead;
      guint8 modifiers = keymap_character (scanner, usage, 0, FALSE, &dead) == (gunichar) *at
                             ? 0
                             : KEYMAP_LEFT_SHIFT;
      if (keymap_character (scanner, usage, modifiers, FALSE, &dead) != (gunichar) *at)
        continue;
      strokes[count++] = (KeyboardStroke){ .usage = (guint8) usage, .modifiers = modifiers };
      break;
    }
  strokes[count++] = (KeyboardStroke){ .usage = KEYMAP_USAGE_ENTER };
  return count;
}

/* From the keys themselves, also what the configured layout has no character for. */
static void test_keys (void)
{
  for (guint scanner = 0; scanner < KEYMAP_LAYOUTS; scanner++)
    for (guint layout = 0; layout < KEYMAP_LAYOUTS; layout++)
      for (guint caps = 0; caps < 2; caps++) {
        KeyboardStroke strokes[100];
        SelftestInput input = { .text = "what the layout made of it",
                                .strokes = strokes,
                                .layout_known = TRUE,
                                .layout = (KeysLayout) layout };
        g_autoptr (GPtrArray) findings = NULL;
        const SelftestFinding *found;
        g_autofree char *text
            = caps == 1 ? g_ascii_strdown (SELFTEST_TEXT, -1) : g_strdup (SELFTEST_TEXT);
        input.n_strokes = press (strokes, (KeysLayout) scanner, text);
        findings = selftest_diagnose (&input);
        found = find (findings, SELFTEST_LAYOUT);
        g_assert_cmpint (found == NULL, ==, scanner == layout);
        g_assert_true (
            found == NULL
            || (found->scanner == (KeysLayout) scanner && found->host == (KeysLayout) layout));
        g_assert_cmpint (find (findings, SELFTEST_CAPS) != NULL, ==, caps == 1);
        g_assert_cmpuint (faults (findings), ==, (scanner != layout ? 1 : 0) + caps);
      }
}

/* Damage, surroundings, pace --------------------------------------------------------- */

static void test_findings (void)
{
  static const struct {
    const char *before;
    gsize from, count;
    const char *instead, *after;
    SelftestKind kind;
    guint number;
    const char *text;
  } ROWS[] = {
    { "", 10, 1, "", "", SELFTEST_LOST, 1, "2" },
    { "", 0, 4, "", "", SELFTEST_LOST, 4, "ACCU" },
    { "", 51, 6, "", "", SELFTEST_LOST, 6, "./:END" },
    { "", 19, 20, "", "", SELFTEST_LOST, 20, "ABCDEFGHIJKLMNOPQRST" },
    { "", 20, 0, "A", "", SELFTEST_DOUBLED, 1, "A" },
    { "", 12, 1, "444", "", SELFTEST_DOUBLED, 2, "44" },
    { "", 25, 1, "!", "", SELFTEST_WRONG, 1, "!" },
    { "S", 0, 0, "", "", SELFTEST_PREFIX, 1, "S" },
    { "abc-", 0, 0, "", "", SELFTEST_PREFIX, 4, "abc-" },
    { "]Q1", 0, 0, "", "", SELFTEST_SYMBOLOGY, 3, "]Q1" },
    { "", 0, 0, "", "#", SELFTEST_SUFFIX, 1, "#" },
    { "", 0, 0, "", " 16:30", SELFTEST_SUFFIX, 6, " 16:30" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autofree char *text
        = edited (ROWS[i].before, ROWS[i].from, ROWS[i].count, ROWS[i].instead, ROWS[i].after);
    g_autoptr (GPtrArray) findings = diagnose (text);
    const SelftestFinding *finding = needed (findings, ROWS[i].kind);
    g_test_message ("row %u: %s", i, text);
    g_assert_cmpuint (finding->count, ==, ROWS[i].number);
    g_assert_cmpstr (finding->text, ==, ROWS[i].text);
    g_assert_cmpuint (findings->len, ==, 1);
  }
}

static void test_pace (void)
{
  static const struct {
    gint64 took_us;
    guint repeats;
    SelftestKind kind;
    guint count;
  } ROWS[] = {
    { 56 * 1000, 0, SELFTEST_SPEED, 1000 },
    { 56 * 16000, 0, SELFTEST_SLOW,
      62 }, /* a key down and up every 8 ms: full-speed USB at its usual interval */
    { 1, 0, SELFTEST_SPEED, 56000000 },
    { 0, 1, SELFTEST_REPEATED, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    SelftestInput input
        = { .text = SELFTEST_TEXT, .took_us = ROWS[i].took_us, .repeats = ROWS[i].repeats };
    g_autoptr (GPtrArray) findings = selftest_diagnose (&input);
    const SelftestFinding *finding = needed (findings, ROWS[i].kind);
    g_assert_cmpuint (finding->count, ==, ROWS[i].count);
    g_assert_cmpint (finding->fault, ==, ROWS[i].kind != SELFTEST_SPEED);
    g_assert_cmpint (find (findings, SELFTEST_GOOD) != NULL, ==, ROWS[i].kind == SELFTEST_SPEED);
  }
}

static void test_input_method (void)
{
  static const char *const TEXTS[] = {
    "阿出 0123456789 啊吧 ￥%*+-./：饿",                            /* pinyin made into words */
    "ACCUEIL 0123456789 ABCDEFGHIJKLMNOPQRSTUVWXYZ ￥%*+-。/：END", /* its punctuation */
    "ＡＣＣＵＥＩＬ　０１２３",                                     /* full width */
    " 0123456789  $%*+-./:",
    "0123456789$%*+-./:", /* the letters swallowed */
  };

  for (guint i = 0; i < G_N_ELEMENTS (TEXTS); i++) {
    g_autoptr (GPtrArray) findings = diagnose (TEXTS[i]);
    g_assert_cmpuint (findings->len, ==, 1);
    g_assert_nonnull (find (findings, SELFTEST_INPUT_METHOD));
  }
}

static void test_other (void)
{
  static const char *const TEXTS[] = { "",
                                       "A",
                                       "AC:BB8QED8WEX0%69 VD92EX0UJCLQE7W581",
                                       "4006381333931",
                                       "hello",
                                       "https://example.org/?a=b&c=d" };
  g_autoptr (GPtrArray) nothing = diagnose (NULL);
  g_autofree char *long_text = g_strnfill (10000, 'x');
  g_autoptr (GPtrArray) long_findings = diagnose (long_text);

  for (guint i = 0; i < G_N_ELEMENTS (TEXTS); i++) {
    g_autoptr (GPtrArray) findings = diagnose (TEXTS[i]);
    g_assert_cmpuint (findings->len, ==, 1);
    g_assert_nonnull (find (findings, SELFTEST_OTHER));
  }
  g_assert_nonnull (find (nothing, SELFTEST_NOTHING));
  g_assert_nonnull (find (long_findings, SELFTEST_OTHER));
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scan/selftest/text", test_text);
  g_test_add_func ("/scan/selftest/unique", test_unique);
  g_test_add_func ("/scan/selftest/layouts", test_layouts);
  g_test_add_func ("/scan/selftest/caps-of-linux", test_caps_of_linux);
  g_test_add_func ("/scan/selftest/everything-at-once", test_everything_at_once);
  g_test_add_func ("/scan/selftest/keys", test_keys);
  g_test_add_func ("/scan/selftest/findings", test_findings);
  g_test_add_func ("/scan/selftest/pace", test_pace);
  g_test_add_func ("/scan/selftest/input-method", test_input_method);
  g_test_add_func ("/scan/selftest/other", test_other);
  return g_test_run ();
}
