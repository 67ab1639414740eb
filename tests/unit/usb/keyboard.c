#include "usb/keyboard.h"

#include "devices/scanners.h"
#include "devices/typing.h"

typedef struct {
  GString *text;
  GArray *strokes; /* KeyboardStroke */
  Keyboard *keyboard;
} Typist;

static void on_key (guint8 usage, guint8 modifiers, gboolean caps, gpointer data)
{
  KeyboardStroke stroke = { usage, modifiers };

  g_array_append_val (((Typist *) data)->strokes, stroke);
}

static void on_character (gunichar c, gpointer data)
{
  g_string_append_unichar (((Typist *) data)->text, c);
}

static Typist *typist_new (const ScannerBytes *descriptor, KeysLayout keys)
{
  Typist *typist = g_new0 (Typist, 1);
  KeyboardListener listener = { .key = on_key, .character = on_character, .data = typist };
  g_autoptr (HidLayout) layout
      = descriptor != NULL ? hid_parse (descriptor->bytes, descriptor->length, NULL) : NULL;

  typist->text = g_string_new (NULL);
  typist->strokes = g_array_new (FALSE, FALSE, sizeof (KeyboardStroke));
  typist->keyboard = keyboard_new (layout, keys, &listener);
  g_assert_nonnull (typist->keyboard);
  return typist;
}

static void typist_free (Typist *typist)
{
  g_string_free (typist->text, TRUE);
  g_array_unref (typist->strokes);
  keyboard_free (typist->keyboard);
  g_free (typist);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Typist, typist_free)

static void feed (Typist *typist, const guint8 *reports, gsize length, gsize each)
{
  for (gsize at = 0; at + each <= length; at += each)
    g_assert_true (keyboard_report (typist->keyboard, reports + at, each));
}

/* What every layout's scanner types comes out as it was printed, whether by report or by
 * boot protocol. */
static void test_layouts (void)
{
  static const ScannerBytes DESCRIPTOR = SCANNER_KEYBOARD;
  static const char *const TEXTS[KEYMAP_LAYOUTS]
      = { "AC:6BF $%*+-./: a1~{}[]@#\\|\r", "AC:6BF $%*+-./: éèçàù€@#{}[]|\\_&²\r",
          "AC:6BF $%*+-./: äöüß€@#{}[]|\\µ§°\r" };

  for (KeysLayout layout = KEYMAP_US; layout < KEYMAP_LAYOUTS; layout++)
    for (guint boot = 0; boot < 2; boot++) {
      g_autoptr (Typist) typist = typist_new (boot ? NULL : &DESCRIPTOR, layout);
      g_autoptr (GByteArray) reports = typing_reports (layout, TEXTS[layout]);
      feed (typist, reports->data, reports->len, 8);
      g_assert_cmpstr (typist->text->str, ==, TEXTS[layout]);
    }
}

/* A Datalogic Gryphon GFS4400 set to Alt mode, the first three digits of 4878…: Num Lock,
 * Alt down, 0 5 2 on the pad, Alt up, …: https://example-a.com/answer/43558559 (Stack
 * Overflow 43558559). */
static void test_datalogic_alt (void)
{
  static const guint8 REPORTS[] = {
    0, 0, 0x53, 0, 0, 0, 0, 0, 0, 0, 0,    0, 0, 0, 0, 0, 4, 0, 0,    0, 0, 0, 0, 0,
    4, 0, 0x62, 0, 0, 0, 0, 0, 4, 0, 0x5D, 0, 0, 0, 0, 0, 4, 0, 0x5A, 0, 0, 0, 0, 0,
    0, 0, 0,    0, 0, 0, 0, 0, 4, 0, 0x62, 0, 0, 0, 0, 0, 4, 0, 0x5D, 0, 0, 0, 0, 0,
    4, 0, 0x5E, 0, 0, 0, 0, 0, 0, 0, 0,    0, 0, 0, 0, 0, 4, 0, 0x62, 0, 0, 0, 0, 0,
    4, 0, 0x5D, 0, 0, 0, 0, 0, 4, 0, 0x5D, 0, 0, 0, 0, 0, 4, 0, 0,    0, 0, 0, 0, 0,
    4, 0, 0x5D, 0, 0, 0, 0, 0, 0, 0, 0,    0, 0, 0, 0, 0,
  };
  static const ScannerBytes DESCRIPTOR = SCANNER_KEYBOARD;
  g_autoptr (Typist) typist = typist_new (&DESCRIPTOR, KEYMAP_FR);

  feed (typist, REPORTS, sizeof REPORTS, 8);
  g_assert_cmpstr (typist->text->str, ==,
                   "487"); /* the last: 0, 5 (which stays down for two reports), 5 again */
}

/* Three digits down in one report, in its order:
 * https://unix.stackexchange.com/questions/392654, a scanner that reads SIP-4-1. */
static void test_alt_at_once (void)
{
  static const guint8 REPORTS[] = {
    4, 0, 0x62, 0x60, 0x5B, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    4, 0, 0x62, 0x5F, 0x5B, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    4, 0, 0x62, 0x60, 0x62, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    4, 0, 0x62, 0x5C, 0x5D, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    4, 0, 0x62, 0x5D, 0x5A, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    4, 0, 0x62, 0x5C, 0x5D, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    4, 0, 0x62, 0x5C, 0x61, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0x28, 0,    0,    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  };
  static const ScannerBytes DESCRIPTOR = SCANNER_KEYBOARD;
  g_autoptr (Typist) typist = typist_new (&DESCRIPTOR, KEYMAP_US);
  g_autofree char *again = NULL;

  feed (typist, REPORTS, sizeof REPORTS, 8);
  /* 083 073 080 045 052 045 049: the third has 0 twice in one report. */
  g_assert_cmpstr (typist->text->str, ==, "SIP-4-1\r");
  again = keyboard_text ((const KeyboardStroke *) (gpointer) typist->strokes->data,
                         typist->strokes->len, KEYMAP_DE, FALSE);
  g_assert_cmpstr (again, ==, typist->text->str);
}

/* One key a report, with an id: Tera. Another report of the same interface (a volume key)
 * types nothing. */
static void test_report_id (void)
{
  static const guint8 REPORTS[] = { 3, 2,    0, 0x04, 3, 0,    0, 0, 2, 0xE9, 0, 0, 3, 0,
                                    0, 0x1E, 3, 0,    0, 0x91, 3, 0, 0, 0xFF, 3, 0, 0, 0x28 };
  static const ScannerBytes DESCRIPTOR = SCANNER_TERA_KEYBOARD;
  g_autoptr (Typist) typist = typist_new (&DESCRIPTOR, KEYMAP_US);

  feed (typist, REPORTS, sizeof REPORTS, 4);
  g_assert_cmpstr (typist->text->str, ==, "A1\r");
}

/* A key stays down while the next goes down; two go down at once; more than a keyboard
 * can tell; a key twice in one report. */
static void test_rollover (void)
{
  static const guint8 REPORTS[] = {
    0, 0, 0x04, 0,    0,    0, 0, 0, 0, 0, 0x04, 0x05, 0, 0, 0, 0, 0, 0, 0x05, 0,    0, 0, 0, 0,
    0, 0, 0x05, 0x07, 0x06, 0, 0, 0, 0, 0, 1,    1,    1, 1, 1, 1, 0, 0, 0x07, 0x06, 0, 0, 0, 0,
    0, 0, 0,    0,    0,    0, 0, 0, 0, 0, 0x08, 0x08, 0, 0, 0, 0, 0, 0, 0x08, 0,    0, 0, 0, 0,
  };
  static const ScannerBytes DESCRIPTOR = SCANNER_KEYBOARD;
  g_autoptr (Typist) typist = typist_new (&DESCRIPTOR, KEYMAP_US);

  feed (typist, REPORTS, sizeof REPORTS, 8);
  g_assert_cmpstr (typist->text->str, ==, "abdcee");
}

/* One bit a key, as keyboards without a limit of six keys have it. */
static void test_bitmap (void)
{
  static const ScannerBytes DESCRIPTOR
      = SCANNER_BYTES (0x05, 0x01, 0x09, 0x06, 0xA1, 0x01, 0x05, 0x07, 0x15, 0x00, 0x25, 0x01, 0x75,
                       0x01, 0x19, 0xE0, 0x29, 0xE7, 0x95, 0x08, 0x81, 0x02, 0x19, 0x00, 0x29, 0x67,
                       0x95, 0x68, 0x81, 0x02, 0xC0);
  static const guint8 REPORTS[2][14]
      = { { 2, 0x30, 0, 0, 0x40 }, { 0, [6] = 0x01 } }; /* Shift with a, b and 1; then Enter */
  g_autoptr (Typist) typist = typist_new (&DESCRIPTOR, KEYMAP_US);

  feed (typist, REPORTS[0], sizeof REPORTS, 14);
  g_assert_cmpstr (typist->text->str, ==, "AB!\r");
}

static void test_caps_and_dead (void)
{
  /* clang-format off */
  static const guint8 REPORTS[] = {
    0, 0, 0x39, 0, 0, 0, 0, 0, /* Caps Lock */
    0, 0, 0,    0, 0, 0, 0, 0,
    0, 0, 0x14, 0, 0, 0, 0, 0, /* A */
    0, 0, 0x1E, 0, 0, 0, 0, 0, /* 1 */
    0, 0, 0x39, 0, 0, 0, 0, 0, /* Caps Lock */
    0, 0, 0x2F, 0, 0, 0, 0, 0, /* ^ */
    0, 0, 0x08, 0, 0, 0, 0, 0, /* e */
    2, 0, 0x2F, 0, 0, 0, 0, 0, /* ¨ */
    0, 0, 0x2C, 0, 0, 0, 0, 0, /* space */
    0, 0, 0x2F, 0, 0, 0, 0, 0, /* ^ */
    0, 0, 0,    0, 0, 0, 0, 0,
    0, 0, 0x2F, 0, 0, 0, 0, 0, /* ^ */
    0, 0, 0x2F, 0, 0, 0, 0, 0, /* (down still) */
    0, 0, 0x3A, 0, 0, 0, 0, 0, /* F1 types nothing */
    2, 0, 0x1E, 0, 0, 0, 0, 0, /* 1 */
  };
  /* clang-format on */
  static const ScannerBytes DESCRIPTOR = SCANNER_KEYBOARD;
  g_autoptr (Typist) typist = typist_new (&DESCRIPTOR, KEYMAP_FR);

  feed (typist, REPORTS, sizeof REPORTS, 8);
  g_assert_cmpstr (typist->text->str, ==, "A1ê¨^^1");
}

/* Read in the wrong layout the strokes show which one is right: what the self-test stands
 * on. */
static void test_text_in_layouts (void)
{
  static const ScannerBytes DESCRIPTOR = SCANNER_KEYBOARD;
  g_autoptr (Typist) typist = typist_new (&DESCRIPTOR, KEYMAP_US);
  g_autoptr (GByteArray) reports = typing_reports (KEYMAP_FR, "AC:MQ12");
  g_autofree char *french = NULL, *german = NULL, *caps = NULL;

  feed (typist, reports->data, reports->len, 8);
  g_assert_cmpstr (typist->text->str, ==, "QC.:A!@");
  french = keyboard_text ((const KeyboardStroke *) (gpointer) typist->strokes->data,
                          typist->strokes->len, KEYMAP_FR, FALSE);
  german = keyboard_text ((const KeyboardStroke *) (gpointer) typist->strokes->data,
                          typist->strokes->len, KEYMAP_DE, FALSE);
  caps = keyboard_text ((const KeyboardStroke *) (gpointer) typist->strokes->data,
                        typist->strokes->len, KEYMAP_FR, TRUE);
  g_assert_cmpstr (french, ==, "AC:MQ12");
  g_assert_cmpstr (german, ==, "QC.ÖA!\"");
  g_assert_cmpstr (caps, ==, "ac/mq&é");
}

static void test_short_and_empty (void)
{
  static const ScannerBytes DESCRIPTOR = SCANNER_KEYBOARD;
  static const guint8 SHORT[] = { 0, 0, 0x04 };
  g_autoptr (Typist) typist = typist_new (&DESCRIPTOR, KEYMAP_US);

  g_assert_false (keyboard_report (typist->keyboard, SHORT, sizeof SHORT));
  g_assert_cmpstr (typist->text->str, ==, "a");
  g_assert_false (keyboard_report (typist->keyboard, SHORT, 0));
}

static void test_fits (void)
{
  static const ScannerBytes NOT[] = { SCANNER_MOUSE, SCANNER_HONEYWELL_POS, SCANNER_HONEYWELL_REM };
  static const ScannerBytes YES[]
      = { SCANNER_KEYBOARD, SCANNER_TERA_KEYBOARD, SCANNER_KEYBOARD_DARK };
  KeyboardListener listener = { .character = on_character };
  gsize bytes;
  guint8 report;

  for (guint i = 0; i < G_N_ELEMENTS (NOT); i++) {
    g_autoptr (HidLayout) layout = hid_parse (NOT[i].bytes, NOT[i].length, NULL);
    g_assert_false (keyboard_fits (layout));
    g_assert_null (keyboard_new (layout, KEYMAP_US, &listener));
  }
  for (guint i = 0; i < G_N_ELEMENTS (YES); i++) {
    g_autoptr (HidLayout) layout = hid_parse (YES[i].bytes, YES[i].length, NULL);
    g_assert_true (keyboard_fits (layout));
    g_assert_cmpint (keyboard_lights (layout, &report, &bytes), ==, i < 2);
    if (i < 2) {
      g_assert_cmpuint (report, ==, i == 1 ? 3 : 0);
      g_assert_cmpuint (bytes, ==, i == 1 ? 2 : 1);
    }
  }
}

#define ALPHABET "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"

/* What scanners were seen to type: written down by hand from the keyboards' pictures, not
 * computed. */
static void test_typed (void)
{
  static const struct {
    KeysLayout scanner, host;
    const char *text, *typed;
  } ROWS[] = {
    { KEYMAP_US, KEYMAP_FR, "AQWZM", "QAZW?" },
    { KEYMAP_FR, KEYMAP_US, "AQWZM", "QAZW:" },
    { KEYMAP_US, KEYMAP_FR, "0123456789", "à&é\"'(-è_ç" },
    { KEYMAP_FR, KEYMAP_US, "0123456789", ")!@#$%^&*(" },
    { KEYMAP_US, KEYMAP_DE, "YZ-/:*+ A+A", "ZYß-Ö(`AÀ" },
    { KEYMAP_DE, KEYMAP_US, "YZ-/:*+", "ZY/&>}]" },
    { KEYMAP_US, KEYMAP_US, ALPHABET, ALPHABET },
    { KEYMAP_FR, KEYMAP_FR, ALPHABET, ALPHABET },
    { KEYMAP_DE, KEYMAP_DE, ALPHABET, ALPHABET },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autofree char *typed = keyboard_typed (ROWS[i].text, ROWS[i].scanner, ROWS[i].host, FALSE);
    g_assert_cmpstr (typed, ==, ROWS[i].typed);
  }
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scan/keyboard/layouts", test_layouts);
  g_test_add_func ("/scan/keyboard/datalogic-alt", test_datalogic_alt);
  g_test_add_func ("/scan/keyboard/alt-at-once", test_alt_at_once);
  g_test_add_func ("/scan/keyboard/report-id", test_report_id);
  g_test_add_func ("/scan/keyboard/rollover", test_rollover);
  g_test_add_func ("/scan/keyboard/bitmap", test_bitmap);
  g_test_add_func ("/scan/keyboard/caps-and-dead", test_caps_and_dead);
  g_test_add_func ("/scan/keyboard/text-in-layouts", test_text_in_layouts);
  g_test_add_func ("/scan/keyboard/short-and-empty", test_short_and_empty);
  g_test_add_func ("/scan/keyboard/fits", test_fits);
  g_test_add_func ("/scan/keyboard/typed", test_typed);
  return g_test_run ();
}
