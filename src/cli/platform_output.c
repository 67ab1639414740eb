#include "cli/platform_output.h"

#include "core/words.h"
#include "counts/platform.h"

void platform_output (Journal *journal, const char *session)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) remarks = platform_read (journal, session, &error);
  if (remarks == NULL) {
    g_printerr ("%s\n", error->message);
    return;
  }
  for (guint i = 0; i < remarks->len && i < PLATFORM_OUTPUT_MOST; i++) {
    g_autofree char *text = platform_remark_text (remarks->pdata[i]);
    g_printerr (_ ("Note: %s.\n"), text);
  }
  if (remarks->len > PLATFORM_OUTPUT_MOST)
    g_printerr (_ ("… and %u more: “accueil session” lists them.\n"),
                remarks->len - PLATFORM_OUTPUT_MOST);
}
