#include "counts/guest_name.h"

char *guest_name_of (Query *query, int family)
{
  if (query_int (query, family + 3) != 0)
    return g_strdup ("");
  g_autofree char *joined
      = g_strjoin (" ", query_text (query, family + 2), query_text (query, family + 1),
                   query_text (query, family), NULL);
  return g_strdup (g_strstrip (joined));
}
