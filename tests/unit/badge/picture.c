#include "badge/picture.h"
#include "words_here.h"

#include <string.h>

/* The first bytes of a JPEG: an application segment, tables, then the frame of 480 ×
 * 640. */
static const guint8 JPEG[]
    = { 0xff, 0xd8, 0xff, 0xe0, 0, 4,    'J',  'F',  0xff, 0xc4, 0, 3, 0, 0xff,
        0xff, 0xc2, 0,    11,   8, 0x02, 0x80, 0x01, 0xe0, 1,    0, 0, 0 };
static const guint8 PNG[] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0,    13,
                              'I',  'H', 'D', 'R', 0,    0,    0x01, 0xe0, 0, 0, 0x02, 0x80 };

static void assert_size (const guint8 *bytes, gsize length)
{
  guint width = 0, height = 0;
  g_assert_true (picture_size (bytes, length, &width, &height));
  g_assert_cmpuint (width, ==, 480);
  g_assert_cmpuint (height, ==, 640);
}

static void test_sizes (void)
{
  assert_size (JPEG, sizeof JPEG);
  assert_size (PNG, sizeof PNG);
}

/* Cut anywhere before the size, or with any byte put wrong: never beyond the end, never
 * for ever. Each copy has exactly its length, so that a sanitizer sees a step too far. */
static void test_broken (void)
{
  const struct {
    const guint8 *bytes;
    gsize length, needed;
  } pictures[] = { { JPEG, sizeof JPEG, 23 }, { PNG, sizeof PNG, sizeof PNG } };
  for (guint p = 0; p < G_N_ELEMENTS (pictures); p++)
    for (gsize length = 0; length <= pictures[p].length; length++) {
      g_autofree guint8 *copy = g_memdup2 (pictures[p].bytes, length);
      guint width, height;
      g_assert_cmpint (picture_size (copy, length, &width, &height), ==,
                       length >= pictures[p].needed);
      for (gsize i = 0; i < length; i++)
        for (guint value = 0; value < 256; value += 15) {
          guint8 kept = copy[i];
          copy[i] = (guint8) value;
          picture_size (copy, length, &width, &height);
          copy[i] = kept;
        }
    }
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  words_here ();
  g_test_add_func ("/badge/picture/sizes", test_sizes);
  g_test_add_func ("/badge/picture/broken", test_broken);
  return g_test_run ();
}
