/* Any bytes as an event file: either every definition is a JSON object that can be read
 * again, or every fault is a line that names the file. */
#include "congress/event_parse.h"
#include "core/json.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) definitions
      = event_parse ("f.ini", (const char *) data, size, NULL, NULL, NULL, &error);
  if (definitions == NULL) {
    g_assert_nonnull (error);
    g_auto (GStrv) lines = g_strsplit (error->message, "\n", -1);
    for (guint i = 0; lines[i] != NULL; i++)
      g_assert_true (g_str_has_prefix (lines[i], "f.ini:")
                     || (i == 200 && g_str_has_prefix (lines[i], "… and ")));
    return 0;
  }
  g_assert_no_error (error);
  g_assert_cmpuint (definitions->len, >, 0);
  for (guint i = 0; i < definitions->len; i++) {
    const Definition *definition = definitions->pdata[i];
    g_autoptr (JsonIn) in = json_in_parse (definition->body, -1, NULL);
    g_assert_true (in && json_in_is_object (json_in_root (in)));
    g_assert_true (*definition->kind && *definition->id);
  }
  return 0;
}
