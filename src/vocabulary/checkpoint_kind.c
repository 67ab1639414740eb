#include "vocabulary/checkpoint_kind.h"

#include "vocabulary/name_table.h"

static const char *const NAMES[]
    = { "entrance", "zone", "session", "meal", "shuttle", "headset", "b2b" };
G_STATIC_ASSERT (G_N_ELEMENTS (NAMES) == CHECKPOINT_KIND_COUNT);

const char *checkpoint_kind_name (CheckpointKind kind)
{
  return name_table_name (NAMES, CHECKPOINT_KIND_COUNT, kind);
}

gboolean checkpoint_kind_from_name (const char *name, CheckpointKind *kind)
{
  guint index;

  if (!name_table_find (NAMES, CHECKPOINT_KIND_COUNT, name, &index))
    return FALSE;
  *kind = (CheckpointKind) index;
  return TRUE;
}
