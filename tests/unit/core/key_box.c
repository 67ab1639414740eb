/* A key that a card and a PIN open: by these two alone, and only as it was sealed. */
#include "core/key_box.h"

#include "core/sign.h"

#include <string.h>

#define CARD "HC1:CARD-OF-A-LEADER-1234567890"
#define PIN "40213"

static void test_opens (void)
{
  guint8 key[KEY_BOX_KEY_BYTES], other[KEY_BOX_KEY_BYTES], back[KEY_BOX_KEY_BYTES];
  g_autoptr (GError) error = NULL;
  g_autofree char *box = NULL, *again = NULL, *line = NULL;

  key_box_new (key);
  key_box_new (other);
  g_assert_cmpint (memcmp (key, other, sizeof key), !=, 0);
  box = key_box_seal (key, CARD, PIN, &error);
  g_assert_no_error (error);
  again = key_box_seal (key, CARD, PIN, &error);
  g_assert_cmpstr (box, !=, again);
  line = g_strconcat (box, "\n", NULL);
  g_assert_true (key_box_open (line, CARD, PIN, back, &error));
  g_assert_cmpmem (back, sizeof back, key, sizeof key);
  key_box_wipe (key);
  g_assert_cmpint (key[0] | key[KEY_BOX_KEY_BYTES - 1], ==, 0);
}

static void test_refuses (void)
{
  static const struct {
    const char *card, *pin;
    int at; /* of the text, which is altered there; -1: nowhere; -2: it is cut off */
    KeyBoxError code;
  } ROWS[] = {
    { CARD "x", PIN, -1, KEY_BOX_ERROR_WRONG },    { CARD, "40214", -1, KEY_BOX_ERROR_WRONG },
    { CARD "4", "0213", -1, KEY_BOX_ERROR_WRONG }, /* where one ends counts too */
    { "", "", -1, KEY_BOX_ERROR_WRONG },           { CARD, PIN, 20, KEY_BOX_ERROR_WRONG },
    { CARD, PIN, 50, KEY_BOX_ERROR_WRONG },        { CARD, PIN, 120, KEY_BOX_ERROR_WRONG },
    { CARD, PIN, 0, KEY_BOX_ERROR_FORM },          { CARD, PIN, -2, KEY_BOX_ERROR_FORM },
  };
  guint8 key[KEY_BOX_KEY_BYTES], back[KEY_BOX_KEY_BYTES];
  g_autofree char *box = NULL;

  key_box_new (key);
  box = key_box_seal (key, CARD, PIN, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *text = g_strdup (box);

    if (ROWS[i].at >= 0)
      text[ROWS[i].at] = text[ROWS[i].at] == 'A' ? 'B' : 'A';
    if (ROWS[i].at == -2)
      text[strlen (text) - 4] = '\0';
    g_assert_false (key_box_open (text, ROWS[i].card, ROWS[i].pin, back, &error));
    g_assert_error (error, KEY_BOX_ERROR, (gint) ROWS[i].code);
    g_assert_cmpint (back[0] | back[KEY_BOX_KEY_BYTES - 1], ==, 0);
  }
}

static void test_weak (void)
{
  guint8 key[KEY_BOX_KEY_BYTES] = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_null (key_box_seal (key, "short", PIN, &error));
  g_assert_error (error, KEY_BOX_ERROR, KEY_BOX_ERROR_WEAK);
  g_clear_error (&error);
  g_assert_null (key_box_seal (key, CARD, "1234", &error));
  g_assert_error (error, KEY_BOX_ERROR, KEY_BOX_ERROR_WEAK);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  sign_start ();
  g_test_add_func ("/core/key_box/opens", test_opens);
  g_test_add_func ("/core/key_box/refuses", test_refuses);
  g_test_add_func ("/core/key_box/weak", test_weak);
  return g_test_run ();
}
