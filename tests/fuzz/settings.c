/* Any bytes as a station's settings: either they can be used, within their limits, or
 * every fault is a line that names the file. */
#include "station/settings.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Settings) settings = settings_parse ("s.ini", (const char *) data, size, &error);

  if (settings == NULL) {
    g_assert_nonnull (error);
    g_assert_cmpstr (error->message, !=, "");
    return 0;
  }
  g_assert_no_error (error);
  g_assert_cmpuint (g_strv_length (settings->printers), <=, SETTINGS_PRINTERS_MAX);
  g_assert_cmpuint (settings->readers->len, <=, SETTINGS_READERS_MAX);
  g_assert_cmpuint (settings->volume, <=, 100);
  return 0;
}
