#include "credential/base45.h"

#include <string.h>

static void test_vectors (void)
{
  /* RFC 9285, 4.3 and 4.4, and the ends of both ranges. */
  static const struct {
    const char *bytes;
    gsize length;
    const char *text;
  } ROWS[] = {
    { "AB", 2, "BB8" },
    { "Hello!!", 7, "%69 VD92EX0" },
    { "base-45", 7, "UJCLQE7W581" },
    { "ietf!", 5, "QED8WEX0" },
    { "", 0, "" },
    { "\0", 1, "00" },
    { "\0\0", 2, "000" },
    { "\xff", 1, "U5" },
    { "\xff\xff", 2, "FGW" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autofree char *text = base45_encode ((const guint8 *) ROWS[i].bytes, ROWS[i].length);
    guint8 bytes[16];
    gsize length = 99;
    g_assert_cmpstr (text, ==, ROWS[i].text);
    g_assert_true (base45_decode (text, strlen (text), bytes, sizeof bytes, &length));
    g_assert_cmpmem (bytes, (int) length, ROWS[i].bytes, (int) ROWS[i].length);
  }
}

static void test_refused (void)
{
  static const char *const ROWS[] = {
    "A",   "BB8A",                      /* a digit left over */
    "GGW", ":::",  "W::",               /* more than two bytes hold */
    "V5",  "::",                        /* more than one byte holds */
    "bb8", "B_8",  "B\xc3\xa9", "AB\n", /* no digits */
  };

  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    guint8 bytes[16];
    gsize length;
    g_assert_false (base45_decode (ROWS[i], strlen (ROWS[i]), bytes, sizeof bytes, &length));
  }
}

static void test_room (void)
{
  guint8 bytes[4] = { 0xEE, 0xEE, 0xEE, 0xEE };
  gsize length;

  g_assert_true (base45_decode ("BB8BB8", 6, bytes, 4, &length));
  g_assert_cmpuint (length, ==, 4);
  memset (bytes, 0xEE, sizeof bytes);
  g_assert_false (base45_decode ("BB8BB8", 6, bytes, 3, &length));
  g_assert_false (base45_decode ("BB800", 5, bytes, 2, &length));
  for (guint i = 0; i < sizeof bytes; i++)
    g_assert_cmpuint (bytes[i], ==, 0xEE);
}

/* All texts of three digits: each either refused, or exactly what its bytes are written
 * as. */
static void test_canonical (void)
{
  static const char DIGITS[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
  guint accepted = 0;

  for (guint a = 0; a < 45; a++)
    for (guint b = 0; b < 45; b++)
      for (guint c = 0; c < 45; c++) {
        char text[4] = { DIGITS[a], DIGITS[b], DIGITS[c], '\0' };
        guint8 bytes[2];
        gsize length;
        if (base45_decode (text, 3, bytes, sizeof bytes, &length)) {
          g_autofree char *again = base45_encode (bytes, length);
          g_assert_cmpstr (again, ==, text);
          accepted++;
        }
      }
  g_assert_cmpuint (accepted, ==, 65536);
}

static void test_round_trip (void)
{
  guint32 seed = g_random_int ();
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);

  g_test_message ("seed %u", seed);
  for (guint round = 0; round < 2000; round++) {
    guint8 bytes[130], back[130];
    gsize count = (gsize) g_rand_int_range (random, 0, sizeof bytes), length;
    g_autofree char *text = NULL;
    for (gsize i = 0; i < count; i++)
      bytes[i] = (guint8) g_rand_int_range (random, 0, 256);
    text = base45_encode (bytes, count);
    g_assert_true (base45_decode (text, strlen (text), back, count, &length));
    g_assert_cmpmem (back, (int) length, bytes, (int) count);
  }
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ticket/base45/vectors", test_vectors);
  g_test_add_func ("/ticket/base45/refused", test_refused);
  g_test_add_func ("/ticket/base45/room", test_room);
  g_test_add_func ("/ticket/base45/canonical", test_canonical);
  g_test_add_func ("/ticket/base45/round-trip", test_round_trip);
  return g_test_run ();
}
