#include "vocabulary/name_table.h"

const char *name_table_name (const char *const *names, guint count, guint index)
{
  return index < count ? names[index] : "";
}

gboolean name_table_find (const char *const *names, guint count, const char *name, guint *index)
{
  for (guint i = 0; name != NULL && i < count; i++)
    if (g_str_equal (names[i], name)) {
      *index = i;
      return TRUE;
    }
  return FALSE;
}
