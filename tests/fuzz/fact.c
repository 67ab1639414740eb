/* Any bytes as one line of facts: reading must answer, and what reads as a fact must read
 * the same again once it is written. */
#include "journal/fact_json.h"
#include "journal/journal.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_auto (Fact) fact = { 0 }, again = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *line = NULL, *line_again = NULL;
  Hash zero = { 0 }, chain, chain_again;

  if (!fact_from_json ((const char *) data, (gssize) size, &fact, &error)) {
    g_assert_nonnull (error);
    return 0;
  }
  line = fact_to_json (&fact);
  g_assert_true (fact_from_json (line, -1, &again, NULL));
  line_again = fact_to_json (&again);
  g_assert_cmpstr (line, ==, line_again);
  chain = fact_chain (&zero, &fact);
  chain_again = fact_chain (&zero, &again);
  g_assert_true (hash_equal (&chain, &chain_again));
  return 0;
}
