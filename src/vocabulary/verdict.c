#include "vocabulary/verdict.h"

#include "vocabulary/name_table.h"

static const char *const NAMES[]
    = { "ADMITTED",   "ALREADY_IN",  "NOT_ENTITLED", "NOT_TODAY", "CLOSED", "FULL",
        "BADGE_VOID", "TICKET_USED", "UNKNOWN",      "FORGED",    "REVOKED" };
G_STATIC_ASSERT (G_N_ELEMENTS (NAMES) == VERDICT_COUNT);

const char *verdict_name (Verdict verdict)
{
  return name_table_name (NAMES, VERDICT_COUNT, verdict);
}

gboolean verdict_from_name (const char *name, Verdict *verdict)
{
  guint index;

  if (!name_table_find (NAMES, VERDICT_COUNT, name, &index))
    return FALSE;
  *verdict = (Verdict) index;
  return TRUE;
}
