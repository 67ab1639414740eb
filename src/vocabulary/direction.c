#include "vocabulary/direction.h"

#include "vocabulary/name_table.h"

static const char *const NAMES[] = { "in", "out", "both" };
G_STATIC_ASSERT (G_N_ELEMENTS (NAMES) == DIRECTION_COUNT);

const char *direction_name (Direction direction)
{
  return name_table_name (NAMES, DIRECTION_COUNT, direction);
}

gboolean direction_from_name (const char *name, Direction *direction)
{
  guint index;

  if (!name_table_find (NAMES, DIRECTION_COUNT, name, &index))
    return FALSE;
  *direction = (Direction) index;
  return TRUE;
}
