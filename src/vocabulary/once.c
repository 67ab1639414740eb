#include "vocabulary/once.h"

#include "vocabulary/name_table.h"

static const char *const NAMES[] = { "never", "event", "day", "session" };
G_STATIC_ASSERT (G_N_ELEMENTS (NAMES) == ONCE_COUNT);

const char *once_name (Once once)
{
  return name_table_name (NAMES, ONCE_COUNT, once);
}

gboolean once_from_name (const char *name, Once *once)
{
  guint index;

  if (!name_table_find (NAMES, ONCE_COUNT, name, &index))
    return FALSE;
  *once = (Once) index;
  return TRUE;
}
