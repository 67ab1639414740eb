#include "core/hash.h"

#include <string.h>

/* BLAKE2b-256 of known texts (b2sum -l 256). */
static void test_known (void)
{
  static const struct {
    const char *text, *hex;
  } rows[] = {
    { "", "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8" },
    { "abc", "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    Hash hash = hash_of (rows[i].text, strlen (rows[i].text)), back;
    g_autofree char *hex = hash_to_hex (&hash);

    g_assert_cmpstr (hex, ==, rows[i].hex);
    g_assert_true (hash_from_hex (hex, &back));
    g_assert_true (hash_equal (&hash, &back));
  }
}

static Hash of_two (const char *a, const char *b)
{
  Hasher *hasher = hash_new ();

  hash_add_text (hasher, a);
  hash_add_text (hasher, b);
  return hash_finish (hasher);
}

/* No two lists of parts may give the same input. */
static void test_parts (void)
{
  Hash one = of_two ("ab", "c"), two = of_two ("a", "bc"), three = of_two ("abc", ""),
       again = of_two ("ab", "c");

  g_assert_false (hash_equal (&one, &two));
  g_assert_false (hash_equal (&one, &three));
  g_assert_true (hash_equal (&one, &again));
}

static void test_bad_hex (void)
{
  static const char *const bad[]
      = { NULL,
          "",
          "00",
          "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a",
          "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3ag",
          "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a800" };
  Hash hash;

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (hash_from_hex (bad[i], &hash));
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hash/known", test_known);
  g_test_add_func ("/hash/parts", test_parts);
  g_test_add_func ("/hash/bad-hex", test_bad_hex);
  return g_test_run ();
}
