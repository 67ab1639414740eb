#include "postgres/postgres_rows.h"

#include <string.h>

static void separate (GString *array)
{
  if (array->len > 1)
    g_string_append_c (array, ',');
}

void postgres_rows_add_text (GString *array, const char *text)
{
  separate (array);
  if (text == NULL) {
    g_string_append (array, "NULL");
    return;
  }
  g_string_append_c (array, '"');
  for (const char *at = text; *at != '\0'; at++) {
    if (*at == '"' || *at == '\\')
      g_string_append_c (array, '\\');
    g_string_append_c (array, *at);
  }
  g_string_append_c (array, '"');
}

void postgres_rows_add_int (GString *array, gint64 number)
{
  separate (array);
  g_string_append_printf (array, "%" G_GINT64_FORMAT, number);
}

void postgres_rows_add_hash (GString *array, const Hash *hash)
{
  g_autofree char *hex = hash_to_hex (hash);

  separate (array);
  g_string_append_printf (array, "\"\\\\x%s\"", hex);
}

void postgres_rows_end (GString *array)
{
  g_string_append_c (array, '}');
}

void postgres_rows_hash (const char *text, Hash *hash)
{
  if (!g_str_has_prefix (text, "\\x") || !hash_from_hex (text + strlen ("\\x"), hash))
    memset (hash, 0, sizeof *hash);
}
