/* The letters of the keyboard on the screen: all that names are written with can be
 * reached, also by who cannot hold a key. */
#include "kiosk/keys.h"

#include <string.h>

static gboolean has (const char *row, const char *letter)
{
  return row != NULL && strstr (row, letter) != NULL;
}

/* By a touch of its own in the layer of accents, or by one that opens it there. */
static gboolean is_reached (const char *letter)
{
  for (guint i = 0; i < KEYS_ROWS; i++) {
    const char *row = keys_row (KEYS_ACCENTS, i), *opens = strchr (row, '+');
    g_autofree char *direct = g_strndup (row, opens != NULL ? (gsize) (opens - row) : strlen (row));
    if (has (direct, letter))
      return TRUE;
    for (const char *p = opens != NULL ? opens + 1 : ""; *p != '\0'; p++) {
      const char base[] = { *p, '\0' };
      if (has (keys_like (base), letter))
        return TRUE;
    }
  }
  return FALSE;
}

static void test_letters (void)
{
  static const char *const NEEDED[]
      = { "é", "è", "ê", "ë", "ç", "ü", "ñ", "œ", "æ", "ÿ", "ş", "ğ", "ı", "İ", "ń", "ł",
          "ż", "ř", "ů", "ő", "ș", "ț", "ø", "å", "ß", "þ", "ð", "đ", "ễ", "ỳ", "ơ", "ư" };

  for (guint i = 0; i < G_N_ELEMENTS (NEEDED); i++) {
    if (!is_reached (NEEDED[i]))
      g_test_message ("“%s” cannot be reached", NEEDED[i]);
    g_assert_true (is_reached (NEEDED[i]));
  }
}

/* Every key that opens others has some; three rows of ten hold them. */
static void test_like (void)
{
  g_assert_null (keys_like ("q"));
  g_assert_null (keys_like (""));
  g_assert_true (g_str_has_prefix (keys_like ("e"), "éèê"));
  for (guint i = 0; i < KEYS_ROWS; i++)
    for (const char *p = strchr (keys_row (KEYS_ACCENTS, i), '+'); p != NULL && *++p != '\0';) {
      const char base[] = { *p, '\0' };
      g_assert_nonnull (keys_like (base));
      g_assert_cmpint (g_utf8_strlen (keys_like (base), -1), <=, 10 * KEYS_ROWS);
    }
}

/* Each order of letters has all of them. */
static void test_orders (void)
{
  for (char letter = 'a'; letter <= 'z'; letter++)
    for (KeysLayer layer = KEYS_AZERTY; layer <= KEYS_QWERTY; layer++) {
      guint count = 0;
      for (guint i = 0; i < KEYS_ROWS; i++)
        count += strchr (keys_row (layer, i), letter) != NULL;
      g_assert_cmpuint (count, ==, 1);
    }
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/kiosk/keys/letters", test_letters);
  g_test_add_func ("/kiosk/keys/like", test_like);
  g_test_add_func ("/kiosk/keys/orders", test_orders);
  return g_test_run ();
}
