#include "cli/platform_output.h"

#include "core/words.h"
#include "counts/platform.h"

#define PEOPLE_MOST 8

/* "inscriptions.csv:12 FR-0004, CN-0002, …" */
static char *people_text (const PlatformRemark *remark, GHashTable *places)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; remark->people[i] != NULL; i++) {
    const char *place = places != NULL ? g_hash_table_lookup (places, remark->people[i]) : NULL;
    if (i > 0)
      g_string_append (text, ", ");
    if (i == PEOPLE_MOST) {
      g_string_append (text, "…");
      break;
    }
    g_string_append_printf (text, "%s%s%s", place != NULL ? place : "", place != NULL ? " " : "",
                            remark->people[i]);
  }
  return g_string_free (text, FALSE);
}

void platform_output (Journal *journal, GHashTable *places)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) remarks = platform_read (journal, NULL, &error);
  if (remarks == NULL) {
    g_printerr ("%s\n", error->message);
    return;
  }
  for (guint i = 0; i < remarks->len && i < PLATFORM_OUTPUT_MOST; i++) {
    const PlatformRemark *remark = remarks->pdata[i];
    g_autofree char *text = platform_remark_text (remark), *people = people_text (remark, places);
    g_printerr (_ ("Note: %s (%s). %s\n"), text, people, platform_remark_remedy (remark));
  }
  if (remarks->len > PLATFORM_OUTPUT_MOST)
    g_printerr (_ ("… and %u more: “accueil session” lists them.\n"),
                remarks->len - PLATFORM_OUTPUT_MOST);
}
