#include "vocabulary/ribbon.h"

#include <string.h>

/* The one that counts more first. The texts are msgids, @badge in the context of that
 * name. */
static const struct {
  const char *name, *screen, *badge;
} ROWS[] = {
  { "signatory", N_ ("Signatory"), NC_ ("badge", "Signatory") },
  { "candidate", N_ ("Candidate for the prize"), NC_ ("badge", "Candidate for the prize") },
};

Pair ribbon_wording (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++)
    if (strcmp (ROWS[i].name, name) == 0)
      return words_pair (ROWS[i].screen);
  return (Pair){ name, name };
}

Pair ribbon_on_badge (const char *const *names)
{
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++)
    if (g_strv_contains (names, ROWS[i].name))
      return words_pair_in ("badge", ROWS[i].badge);
  return PAIR_EMPTY;
}
