/* Bodies: never more than allowed, inflated or not. */
#include "http/body.h"

#include <gio/gio.h>
#include <string.h>

#define MOST (64 * 1024)

static BodyBudget budget = { .most = 1024 * 1024 };

static GBytes *gzip (const void *data, gsize length)
{
  g_autoptr (GConverter) compressor
      = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 9));
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) stream = g_converter_output_stream_new (memory, compressor);

  g_assert_true (g_output_stream_write_all (stream, data, length, NULL, NULL, NULL));
  g_assert_true (g_output_stream_close (stream, NULL, NULL));
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
}

static void test_limit (void)
{
  g_autofree char *zeros = g_malloc0 (MOST);
  g_autoptr (Body) body = body_new (MOST, &budget);

  g_assert_true (body_add (body, zeros, MOST - 1));
  g_assert_true (body_add (body, zeros, 1));
  g_assert_cmpuint (budget.used, ==, MOST);
  g_assert_false (body_add (body, zeros, 1));
  g_assert_true (body_had_room (body));
  g_assert_cmpuint (budget.used, ==, 0); /* let go */
  g_assert_false (body_add (body, zeros, 1));
}

static void test_budget (void)
{
  BodyBudget small = { .most = 100 };
  char bytes[60] = "";
  Body *one = body_new (MOST, &small), *two = body_new (MOST, &small);

  g_assert_true (body_add (one, bytes, sizeof bytes));
  g_assert_false (body_add (two, bytes, sizeof bytes));
  g_assert_false (body_had_room (two));
  body_free (one);
  body_free (two);
  g_assert_cmpuint (small.used, ==, 0);
}

/* The same, with another length at its end. */
static GBytes *with_size (GBytes *bytes, const guint8 size[4])
{
  gsize length;
  guint8 *copy = g_memdup2 (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  length = g_bytes_get_size (bytes);
  memcpy (copy + length - 4, size, 4);
  return g_bytes_new_take (copy, length);
}

static void test_inflate (void)
{
  g_autofree char *bomb = g_malloc0 (MOST + 1);
  g_autoptr (GBytes) good = gzip ("hello", 5), full = gzip (bomb, MOST),
                     larger = gzip (bomb, MOST + 1);
  const guint8 says_less[] = { 4, 0, 0, 0 }, says_most[] = { 0, 0, 1, 0 };
  g_autoptr (GBytes) less = with_size (good, says_less), liar = with_size (larger, says_most);
  const struct {
    GBytes *bytes;
    gsize cut, add;  /* bytes less, bytes more */
    gssize expected; /* length, or -1 - the error */
  } TABLE[] = {
    { good, 0, 0, 5 },
    { full, 0, 0, MOST },
    { larger, 0, 0, -1 - BODY_ERROR_TOO_LARGE },
    { good, 1, 0, -1 - BODY_ERROR_MALFORMED },
    { good, 20, 0, -1 - BODY_ERROR_MALFORMED },
    { good, 0, 3, -1 - BODY_ERROR_TOO_LARGE }, /* what stands at its end is no length of its */
    { less, 0, 0, -1 - BODY_ERROR_MALFORMED }, /* none becomes more than it says */
    { liar, 0, 0, -1 - BODY_ERROR_MALFORMED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (TABLE); i++) {
    g_autoptr (Body) body = body_new (MOST, &budget);
    g_autoptr (GError) error = NULL;
    gsize length;
    g_test_message ("row %u", i);
    const char *data = g_bytes_get_data (TABLE[i].bytes, &length);

    g_assert_true (body_add (body, data, length - MIN (length, TABLE[i].cut)));
    g_assert_true (body_add (body, "xxx", TABLE[i].add));
    if (body_inflate (body, &error)) {
      body_text (body, &length);
      g_assert_cmpint (TABLE[i].expected, ==, length);
    } else {
      g_assert_cmpint (TABLE[i].expected, ==, -1 - error->code);
      g_assert_true (error->domain == BODY_ERROR);
    }
  }
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/http/body/limit", test_limit);
  g_test_add_func ("/http/body/budget", test_budget);
  g_test_add_func ("/http/body/inflate", test_inflate);
  return g_test_run ();
}
