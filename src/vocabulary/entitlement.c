#include "vocabulary/entitlement.h"

#include "vocabulary/name_table.h"

static const char *const NAMES[] = { "none", "meals", "transport", "headset" };
G_STATIC_ASSERT (G_N_ELEMENTS (NAMES) == ENTITLEMENT_COUNT);

const char *entitlement_name (Entitlement entitlement)
{
  return name_table_name (NAMES, ENTITLEMENT_COUNT, entitlement);
}

gboolean entitlement_from_name (const char *name, Entitlement *entitlement)
{
  guint index;

  if (!name_table_find (NAMES, ENTITLEMENT_COUNT, name, &index))
    return FALSE;
  *entitlement = (Entitlement) index;
  return TRUE;
}
