#include "roster/import_fault.h"

#include "core/words.h"

G_DEFINE_QUARK (import - error - quark, import_error)

char *import_fault_shown (const char *value)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint characters = 0;
  for (const char *p = value; *p != '\0'; p += g_utf8_skip[(guchar) *p]) {
    gunichar c = g_utf8_get_char (p);
    if (characters++ == FAULT_VALUE_MAX) {
      g_string_append (text, "…");
      break;
    }
    if (c < 0x20 || (c >= 0x7F && c < 0xA0))
      g_string_append_printf (text, "\\x%02X", c);
    else
      g_string_append_unichar (text, c);
  }
  return g_strdup (text->str);
}

ImportFault *import_fault_new (const char *file, guint line, const char *column, const char *value,
                               const char *reason)
{
  ImportFault *fault = g_new0 (ImportFault, 1);
  fault->file = g_strdup (file);
  fault->line = line;
  fault->column = g_strdup (column);
  fault->value = import_fault_shown (value);
  fault->reason = g_strdup (reason);
  return fault;
}

void import_fault_free (ImportFault *fault)
{
  if (fault == NULL)
    return;
  g_free (fault->file);
  g_free (fault->column);
  g_free (fault->value);
  g_free (fault->reason);
  g_free (fault);
}

void import_fault_cells (GError **error)
{
  g_set_error (error, IMPORT_ERROR, IMPORT_ERROR_FORMAT,
               _ ("it has more than %d filled cells, the most that a list may have. Split it into "
                  "several lists, or delete the columns that nobody needs here."),
               IMPORT_CELLS_MAX);
}
