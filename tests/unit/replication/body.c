/* Bodies: never more than allowed, inflated or not; facts only of the sender. */
#include "replication/body.h"

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
  g_assert_false (body_is_too_large (body));
  g_assert_cmpuint (budget.used, ==, MOST);
  g_assert_false (body_add (body, zeros, 1));
  g_assert_true (body_is_too_large (body));
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
  g_assert_false (body_is_too_large (two));
  body_free (one);
  body_free (two);
  g_assert_cmpuint (small.used, ==, 0);
}

static void test_inflate (void)
{
  g_autofree char *bomb = g_malloc0 (MOST + 1);
  g_autoptr (GBytes) good = gzip ("hello", 5), full = gzip (bomb, MOST),
                     larger = gzip (bomb, MOST + 1);
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
    { good, 0, 3, -1 - BODY_ERROR_MALFORMED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (TABLE); i++) {
    g_autoptr (Body) body = body_new (MOST, &budget);
    g_autoptr (GError) error = NULL;
    gsize length;
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

static char *fact_line (const char *station, const char *kind, const char *subject)
{
  char zeros[65];

  memset (zeros, '0', 64);
  zeros[64] = '\0';
  return g_strdup_printf ("{\"number\":99,\"station\":\"%s\",\"seq\":1,\"at\":1,\"kind\":\"%s\","
                          "\"subject\":\"%s\",\"body\":\"{}\",\"chain\":\"%s\"}",
                          station, kind, subject, zeros);
}

static void test_facts (void)
{
  g_autofree char *own = fact_line ("a", "passage", "R1"),
                  *other = fact_line ("b", "passage", "R1"), *key = fact_line ("a", "station", "a");
  g_autofree char *two = g_strconcat (own, "\n\n", own, "\n", NULL),
                  *mixed = g_strconcat (own, "\n", other, NULL),
                  *half = g_strconcat (own, "\n", "{\"station\":", NULL);
  g_autofree char *bad_text = g_strconcat (own, "\xff", NULL);
  const struct {
    const char *text;
    gint expected; /* facts, or -1 - the error */
  } TABLE[] = {
    { "", 0 },
    { "\n\n", 0 },
    { own, 1 },
    { two, 2 },
    { key, 1 },
    { other, -1 - BODY_ERROR_FOREIGN },
    { mixed, -1 - BODY_ERROR_FOREIGN },
    { half, -1 - BODY_ERROR_MALFORMED },
    { bad_text, -1 - BODY_ERROR_MALFORMED },
    { "[]", -1 - BODY_ERROR_MALFORMED },
    { "hello", -1 - BODY_ERROR_MALFORMED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (TABLE); i++) {
    g_autoptr (Body) body = body_new (MOST, &budget);
    g_autoptr (GError) error = NULL;
    g_autoptr (GArray) facts = NULL;

    g_assert_true (body_add (body, TABLE[i].text, strlen (TABLE[i].text)));
    facts = body_facts (body, "a", JOURNAL_BATCH_MAX, &error);
    if ((facts != NULL ? (gint) facts->len : -1 - error->code) != TABLE[i].expected)
      g_error ("row %u: %s", i, facts != NULL ? "taken" : error->message);
    if (facts != NULL && facts->len > 0)
      g_assert_cmpint (g_array_index (facts, Fact, 0).number, ==,
                       0); /* the hub numbers, not the station */
  }
}

static void test_batch_limit (void)
{
  for (guint count = JOURNAL_BATCH_MAX; count <= JOURNAL_BATCH_MAX + 1; count++) {
    g_autoptr (Body) body = body_new (4 * MOST, &budget);
    g_autofree char *line = fact_line ("a", "passage", "R1");
    g_autoptr (GError) error = NULL;
    g_autoptr (GArray) facts = NULL;

    for (guint i = 0; i < count; i++)
      g_assert_true (body_add (body, line, strlen (line)) && body_add (body, "\n", 1));
    facts = body_facts (body, "a", JOURNAL_BATCH_MAX, &error);
    if (count == JOURNAL_BATCH_MAX)
      g_assert_cmpuint (facts->len, ==, count);
    else
      g_assert_error (error, BODY_ERROR, BODY_ERROR_TOO_LARGE);
  }
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hub/body/limit", test_limit);
  g_test_add_func ("/hub/body/budget", test_budget);
  g_test_add_func ("/hub/body/inflate", test_inflate);
  g_test_add_func ("/hub/body/facts", test_facts);
  g_test_add_func ("/hub/body/batch-limit", test_batch_limit);
  return g_test_run ();
}
