#include "kiosk/form.h"

#include <string.h>

void form_add (GString *form, const char *name, const char *value)
{
  g_autofree char *line = g_strdelimit (g_strdup (value), "\r\n", ' ');

  g_string_append_printf (form, "%s=%s\n", name, g_strstrip (line));
}

GHashTable *form_read (const char *form)
{
  GHashTable *fields = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_auto (GStrv) lines = g_strsplit (form, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++) {
    const char *sign = strchr (lines[i], '=');
    if (sign != NULL)
      g_hash_table_replace (fields, g_strndup (lines[i], (gsize) (sign - lines[i])),
                            g_strdup (sign + 1));
  }
  return fields;
}

DeskCorrection form_texts (GHashTable *fields)
{
  return (DeskCorrection){
    .family = g_hash_table_lookup (fields, "family"),
    .given = g_hash_table_lookup (fields, "given"),
    .name_zh = g_hash_table_lookup (fields, "name_zh"),
    .function_fr = g_hash_table_lookup (fields, "function_fr"),
    .function_zh = g_hash_table_lookup (fields, "function_zh"),
    .organisation_fr = g_hash_table_lookup (fields, "organisation_fr"),
    .organisation_zh = g_hash_table_lookup (fields, "organisation_zh"),
  };
}

char **form_list (GHashTable *fields, const char *name)
{
  const char *value = g_hash_table_lookup (fields, name);

  return g_strsplit (value != NULL && value[0] != '\0' ? value : "", " ", -1);
}

gboolean form_flag (GHashTable *fields, const char *name)
{
  return g_strcmp0 (g_hash_table_lookup (fields, name), "1") == 0;
}
