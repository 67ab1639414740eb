/* Any bytes as a form: it answers, and no value has a NUL or is no UTF-8. */
#include "http/urlencoded.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Urlencoded) form = urlencoded_parse ((const char *) data, size, &error);

  if (form == NULL) {
    g_assert_nonnull (error);
    return 0;
  }
  for (const char *name = "abc"; *name != '\0'; name++) {
    const char *value = urlencoded_value (form, name);
    g_assert_true (value == NULL || g_utf8_validate (value, -1, NULL));
  }
  return 0;
}
