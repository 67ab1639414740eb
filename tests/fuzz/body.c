/* Any bytes as the body of a push: received in pieces, inflated if the first byte is odd,
 * read as facts. Never more than the limit, and the budget is given back. */
#include "http/body.h"
#include "replication/fact_lines.h"

#include <stdint.h>
#include <string.h>

#define MOST 4096
#define PIECE 100

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  BodyBudget budget = { .most = 3 * MOST };
  Body *body = body_new (MOST, &budget);
  gboolean gzip = size > 0 && data[0] % 2 == 1;
  g_autoptr (GError) error = NULL;
  gboolean good = TRUE;

  for (size_t at = 1; at < size && good; at += PIECE)
    good = body_add (body, data + at, MIN (PIECE, size - at));
  g_assert_true (good || size > MOST);
  if (good && gzip)
    good = body_inflate (body, &error);
  if (good) {
    gsize length;
    const char *text = body_text (body, &length);
    g_autoptr (GArray) facts = fact_lines_read (text, length, "a", JOURNAL_BATCH_MAX, &error);

    g_assert_cmpuint (length, <=, MOST);
    g_assert_true (facts != NULL || error != NULL);
    for (guint i = 0; facts != NULL && i < facts->len; i++)
      g_assert_cmpstr (g_array_index (facts, Fact, i).station, ==, "a");
  }
  body_free (body);
  g_assert_cmpuint (budget.used, ==, 0);
  return 0;
}
