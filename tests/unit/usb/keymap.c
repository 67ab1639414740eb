#include "usb/keymap.h"

#include <string.h>

typedef struct {
  KeysLayout layout;
  guint usage;
  guint8 modifiers;
  gboolean caps;
  gunichar c;
  gboolean dead;
} Row;

/* Keys of Windows' layouts KBDUS, KBDFR, KBDGR, as their makers document them
 * (kbdlayout.info; learn.microsoft.com/globalization/keyboards). */
static void test_table (void)
{
  enum {
    S = KEYMAP_LEFT_SHIFT,
    R = KEYMAP_RIGHT_SHIFT,
    G = KEYMAP_RIGHT_ALT,
    C = KEYMAP_LEFT_CTRL,
    A = KEYMAP_LEFT_ALT,
    W = KEYMAP_LEFT_GUI
  };
  static const Row ROWS[] = {
    { KEYMAP_US, 0x04, 0, 0, 'a', 0 },     { KEYMAP_US, 0x04, S, 0, 'A', 0 },
    { KEYMAP_US, 0x04, 0, 1, 'A', 0 },     { KEYMAP_US, 0x04, R, 1, 'a', 0 },
    { KEYMAP_US, 0x1E, 0, 1, '1', 0 },     { KEYMAP_US, 0x1E, S, 0, '!', 0 },
    { KEYMAP_US, 0x27, S, 0, ')', 0 },     { KEYMAP_US, 0x33, S, 0, ':', 0 },
    { KEYMAP_US, 0x2D, 0, 0, '-', 0 },     { KEYMAP_US, 0x31, 0, 0, '\\', 0 },
    { KEYMAP_US, 0x38, S, 0, '?', 0 },     { KEYMAP_US, 0x64, S, 0, '|', 0 },
    { KEYMAP_US, 0x2C, 0, 0, ' ', 0 },     { KEYMAP_US, 0x04, G, 0, 'a', 0 },
    { KEYMAP_FR, 0x14, 0, 0, 'a', 0 },     { KEYMAP_FR, 0x04, 0, 0, 'q', 0 },
    { KEYMAP_FR, 0x1A, S, 0, 'Z', 0 },     { KEYMAP_FR, 0x1D, 0, 0, 'w', 0 },
    { KEYMAP_FR, 0x33, 0, 0, 'm', 0 },     { KEYMAP_FR, 0x33, 0, 1, 'M', 0 },
    { KEYMAP_FR, 0x10, 0, 0, ',', 0 },     { KEYMAP_FR, 0x10, S, 0, '?', 0 },
    { KEYMAP_FR, 0x1E, 0, 0, '&', 0 },     { KEYMAP_FR, 0x1E, S, 0, '1', 0 },
    { KEYMAP_FR, 0x1E, 0, 1, '1', 0 },     { KEYMAP_FR, 0x1F, 0, 0, 0xE9, 0 },
    { KEYMAP_FR, 0x27, 0, 0, 0xE0, 0 },    { KEYMAP_FR, 0x27, G, 0, '@', 0 },
    { KEYMAP_FR, 0x27, C | A, 0, '@', 0 }, { KEYMAP_FR, 0x26, G, 0, '^', 0 },
    { KEYMAP_FR, 0x1F, G, 0, '~', 1 },     { KEYMAP_FR, 0x24, G, 0, '`', 1 },
    { KEYMAP_FR, 0x2F, 0, 0, '^', 1 },     { KEYMAP_FR, 0x2F, S, 0, 0xA8, 1 },
    { KEYMAP_FR, 0x2F, 0, 1, '^', 1 },     { KEYMAP_FR, 0x37, 0, 0, ':', 0 },
    { KEYMAP_FR, 0x37, S, 0, '/', 0 },     { KEYMAP_FR, 0x36, S, 0, '.', 0 },
    { KEYMAP_FR, 0x23, 0, 0, '-', 0 },     { KEYMAP_FR, 0x34, S, 0, '%', 0 },
    { KEYMAP_FR, 0x31, 0, 0, '*', 0 },     { KEYMAP_FR, 0x32, 0, 0, '*', 0 },
    { KEYMAP_FR, 0x2E, S, 0, '+', 0 },     { KEYMAP_FR, 0x30, 0, 0, '$', 0 },
    { KEYMAP_FR, 0x08, G, 0, 0x20AC, 0 },  { KEYMAP_FR, 0x04, G, 0, 0, 0 },
    { KEYMAP_FR, 0x35, S, 0, 0, 0 },       { KEYMAP_FR, 0x64, 0, 1, '<', 0 },
    { KEYMAP_DE, 0x1C, 0, 0, 'z', 0 },     { KEYMAP_DE, 0x1D, S, 0, 'Y', 0 },
    { KEYMAP_DE, 0x14, G, 0, '@', 0 },     { KEYMAP_DE, 0x2D, 0, 0, 0xDF, 0 },
    { KEYMAP_DE, 0x2D, G, 0, '\\', 0 },    { KEYMAP_DE, 0x24, S, 0, '/', 0 },
    { KEYMAP_DE, 0x37, S, 0, ':', 0 },     { KEYMAP_DE, 0x38, 0, 0, '-', 0 },
    { KEYMAP_DE, 0x38, 0, 1, '-', 0 },     { KEYMAP_DE, 0x2E, 0, 0, 0xB4, 1 },
    { KEYMAP_DE, 0x2E, S, 0, '`', 1 },     { KEYMAP_DE, 0x35, 0, 0, '^', 1 },
    { KEYMAP_DE, 0x35, S, 0, 0xB0, 0 },    { KEYMAP_DE, 0x30, 0, 0, '+', 0 },
    { KEYMAP_DE, 0x30, S, 0, '*', 0 },     { KEYMAP_DE, 0x64, G, 0, '|', 0 },
    { KEYMAP_DE, 0x34, 0, 1, 0xC4, 0 },    { KEYMAP_DE, 0x1F, G, 0, 0xB2, 0 },
    { KEYMAP_DE, 0x63, 0, 0, ',', 0 },     { KEYMAP_US, 0x63, 0, 0, '.', 0 },
    { KEYMAP_DE, 0x59, 0, 0, '1', 0 },     { KEYMAP_FR, 0x62, 0, 0, '0', 0 },
    { KEYMAP_FR, 0x54, 0, 0, '/', 0 },     { KEYMAP_US, 0x57, 0, 0, '+', 0 },
    { KEYMAP_US, 0x28, 0, 0, '\r', 0 },    { KEYMAP_US, 0x58, 0, 0, '\r', 0 },
    { KEYMAP_FR, 0x2B, 0, 0, '\t', 0 },    { KEYMAP_US, 0x30, C, 0, 0x1D, 0 },
    { KEYMAP_US, 0x10, C, 0, '\r', 0 },    { KEYMAP_US, 0x04, W, 0, 0, 0 },
    { KEYMAP_US, 0x04, A, 0, 0, 0 },       { KEYMAP_US, 0x3A, 0, 0, 0, 0 },
    { KEYMAP_US, 0x4F, 0, 0, 0, 0 },       { KEYMAP_US, 0xFF, 0, 0, 0, 0 },
    { KEYMAP_US, 0x00, 0, 0, 0, 0 },       { KEYMAP_US, 0x03, 0, 0, 0, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    gboolean dead = TRUE;
    gunichar c
        = keymap_character (ROWS[i].layout, ROWS[i].usage, ROWS[i].modifiers, ROWS[i].caps, &dead);
    if (c != ROWS[i].c || (c != 0 && dead != ROWS[i].dead))
      g_error ("row %u: %s usage %#x modifiers %#x: U+%04X, not U+%04X", i,
               keymap_layout_name (ROWS[i].layout), ROWS[i].usage, ROWS[i].modifiers, c, ROWS[i].c);
  }
}

/* Each character of a ticket (base45 and what stands before it) is on one key of each
 * layout, without a dead one. */
static void test_tickets_can_be_typed (void)
{
  static const char BASE45[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

  for (KeysLayout layout = KEYMAP_US; layout < KEYMAP_LAYOUTS; layout++)
    for (const char *c = BASE45; *c != '\0'; c++) {
      gboolean found = FALSE;
      for (guint usage = 4; usage < 0x65; usage++)
        for (guint shift = 0; shift < 2; shift++) {
          gboolean dead;
          gunichar typed
              = keymap_character (layout, usage, shift ? KEYMAP_LEFT_SHIFT : 0, FALSE, &dead);
          found = found || (typed == (gunichar) *c && !dead);
        }
      g_assert_true (found);
    }
}

static void test_compose (void)
{
  g_assert_cmphex (keymap_compose ('^', 'e'), ==, 0xEA);
  g_assert_cmphex (keymap_compose (0xA8, 'I'), ==, 0xCF);
  g_assert_cmphex (keymap_compose (0xB4, 'y'), ==, 0xFD);
  g_assert_cmphex (keymap_compose ('`', 'A'), ==, 0xC0);
  g_assert_cmphex (keymap_compose ('~', 'n'), ==, 0xF1);
  g_assert_cmphex (keymap_compose ('^', ' '), ==, '^');
  g_assert_cmphex (keymap_compose ('^', '7'), ==, 0);
  g_assert_cmphex (keymap_compose ('x', 'e'), ==, 0);
}

static void test_numbers (void)
{
  static const struct {
    KeysLayout layout;
    const char *digits;
    gunichar c;
  } ROWS[] = {
    { KEYMAP_US, "65", 'A' },    { KEYMAP_US, "065", 'A' },     { KEYMAP_US, "0065", 'A' },
    { KEYMAP_US, "13", '\r' },   { KEYMAP_US, "130", 0xE9 }, /* é in CP437 and CP850 */
    { KEYMAP_US, "155", 0xA2 },  { KEYMAP_FR, "155", 0xF8 }, /* ¢ in CP437, ø in CP850 */
    { KEYMAP_FR, "0233", 0xE9 }, { KEYMAP_DE, "0128", 0x20AC }, { KEYMAP_US, "29579", 0x738B },
    { KEYMAP_US, "0129", 0 },    { KEYMAP_US, "55296", 0 },     { KEYMAP_US, "9999999", 0 },
    { KEYMAP_US, "0", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++)
    if (keymap_of_number (ROWS[i].layout, ROWS[i].digits) != ROWS[i].c)
      g_error ("row %u: Alt+%s is U+%04X", i, ROWS[i].digits,
               keymap_of_number (ROWS[i].layout, ROWS[i].digits));
}

static void test_names (void)
{
  KeysLayout layout = KEYMAP_US;

  g_assert_true (keymap_layout_named ("fr", &layout));
  g_assert_cmpint (layout, ==, KEYMAP_FR);
  g_assert_false (keymap_layout_named ("FR", &layout));
  g_assert_false (keymap_layout_named ("", &layout));
  g_assert_cmpstr (keymap_layout_name (KEYMAP_DE), ==, "de");
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scan/keys/table", test_table);
  g_test_add_func ("/scan/keys/tickets-can-be-typed", test_tickets_can_be_typed);
  g_test_add_func ("/scan/keys/compose", test_compose);
  g_test_add_func ("/scan/keys/numbers", test_numbers);
  g_test_add_func ("/scan/keys/names", test_names);
  return g_test_run ();
}
