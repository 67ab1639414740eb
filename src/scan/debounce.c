#include "scan/debounce.h"

#include "core/hash.h"

#include <string.h>

typedef struct {
  Hash code;
  gint64 at_us;
} Seen;

struct _Debounce {
  Seen seen[DEBOUNCE_KEPT]; /* the oldest is replaced */
  guint used;
};

Debounce *debounce_new (void)
{
  return g_new0 (Debounce, 1);
}

void debounce_free (Debounce *debounce)
{
  g_free (debounce);
}

/* Where @code was remembered; NULL if it was not. */
static Seen *find (Debounce *debounce, const Hash *code)
{
  for (guint i = 0; i < debounce->used; i++)
    if (hash_equal (&debounce->seen[i].code, code))
      return &debounce->seen[i];
  return NULL;
}

static Seen *oldest (Debounce *debounce)
{
  Seen *oldest = debounce->seen;

  for (guint i = 1; i < debounce->used; i++)
    if (debounce->seen[i].at_us < oldest->at_us)
      oldest = &debounce->seen[i];
  return oldest;
}

gboolean debounce_is_new (Debounce *debounce, const char *text, gint64 at_us)
{
  Hash code = hash_of (text, strlen (text));
  Seen *seen = find (debounce, &code);
  gboolean repeats = seen != NULL && ABS (at_us - seen->at_us) <= DEBOUNCE_WINDOW_US;

  if (seen == NULL)
    seen = debounce->used < DEBOUNCE_KEPT ? &debounce->seen[debounce->used++] : oldest (debounce);
  *seen = (Seen){ code, repeats ? MAX (at_us, seen->at_us) : at_us };
  return !repeats;
}
