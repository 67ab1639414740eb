/* Alignment: what is lost, added and around, as a table, and the cost against the plain
 * recursive definition. */
#include "usb/align.h"

#include <string.h>

static void test_table (void)
{
  static const struct {
    const char *expected, *text, *pairs; /* pairs: "ee" for expected and got, "-" for none */
    guint cost, before, after;
  } ROWS[] = {
    { "ABC", "ABC", "AABBCC", 0, 0, 0 },        { "ABC", "xxABCyyy", "AABBCC", 0, 2, 3 },
    { "ABC", "AC", "AAB-CC", 1, 0, 0 },         { "ABC", "BC", "A-BBCC", 1, 0, 0 },
    { "ABCD", "ABBCD", "AA-BBBCCDD", 1, 0, 0 }, { "ABCDE", "AxCDE", "AABxCCDDEE", 2, 0, 0 },
    { "ABC", "", "A-B-C-", 3, 0, 0 },           { "", "xyz", "", 0, 0, 3 },
    { "é中", "aé中b", "éé中中", 0, 1, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_auto (Alignment) alignment = { 0 };
    g_autoptr (GString) pairs = g_string_new (NULL);
    align (ROWS[i].expected, ROWS[i].text, &alignment);
    for (guint j = 0; j < alignment.pairs->len; j++) {
      const AlignPair *pair = &g_array_index (alignment.pairs, AlignPair, j);
      g_string_append_unichar (pairs, pair->expected ? pair->expected : '-');
      g_string_append_unichar (pairs, pair->got ? pair->got : '-');
    }
    g_assert_cmpstr (pairs->str, ==, ROWS[i].pairs);
    g_assert_cmpuint (alignment.cost, ==, ROWS[i].cost);
    g_assert_cmpuint (alignment.before, ==, ROWS[i].before);
    g_assert_cmpuint (alignment.after, ==, ROWS[i].after);
    g_assert_cmpuint (align_cost (ROWS[i].expected, ROWS[i].text), ==, ROWS[i].cost);
  }
}

/* The definition: cheapest over all parts of the text. */
static guint edit (const char *a, gsize n, const char *b, gsize m)
{
  guint lost, added, changed;

  if (n == 0 || m == 0)
    return (guint) (n + m);
  lost = edit (a, n - 1, b, m) + 1;
  added = edit (a, n, b, m - 1) + 1;
  changed = edit (a, n - 1, b, m - 1) + (a[n - 1] != b[m - 1] ? 2 : 0);
  return MIN (changed, MIN (lost, added));
}

static void test_property (void)
{
  guint32 seed = g_test_rand_int ();
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);

  g_test_message ("seed %u", seed);
  for (guint i = 0; i < 300; i++) {
    char a[5] = { 0 }, b[6] = { 0 };
    gsize n = (gsize) g_rand_int_range (random, 0, 5), m = (gsize) g_rand_int_range (random, 0, 6);
    guint best = (guint) n;
    g_auto (Alignment) alignment = { 0 };
    for (gsize j = 0; j < n; j++)
      a[j] = (char) g_rand_int_range (random, 'A', 'D');
    for (gsize j = 0; j < m; j++)
      b[j] = (char) g_rand_int_range (random, 'A', 'D');
    for (gsize from = 0; from <= m; from++)
      for (gsize to = from; to <= m; to++)
        best = MIN (best, edit (a, n, b + from, to - from));
    align (a, b, &alignment);
    g_assert_cmpuint (alignment.cost, ==, best);
    g_assert_cmpuint (alignment.length, ==, m);
  }
}

static void test_long (void)
{
  g_autofree char *text = g_strnfill (ALIGN_MAX + 100, 'x');
  g_auto (Alignment) alignment = { 0 };

  align ("xxx", text, &alignment);
  g_assert_cmpuint (alignment.cost, ==, 0);
  g_assert_cmpuint (alignment.length, ==, ALIGN_MAX);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scan/align/table", test_table);
  g_test_add_func ("/scan/align/property", test_property);
  g_test_add_func ("/scan/align/long", test_long);
  return g_test_run ();
}
