#include "badge/template_fault.h"

static void fault_free (gpointer data)
{
  TemplateFault *fault = data;
  g_free (fault->where);
  g_free (fault->what);
  g_free (fault->remedy);
  g_free (fault);
}

GPtrArray *template_fault_list_new (void)
{
  return g_ptr_array_new_with_free_func (fault_free);
}

void template_fault_add (GPtrArray *faults, const char *where, const char *remedy,
                         const char *format, ...)
{
  TemplateFault *fault = g_new0 (TemplateFault, 1);
  va_list args;
  va_start (args, format);
  fault->what = g_strdup_vprintf (format, args);
  va_end (args);
  fault->where = g_strdup (where);
  fault->remedy = g_strdup (remedy);
  g_ptr_array_add (faults, fault);
}
