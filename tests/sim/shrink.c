#include "shrink.h"

static GArray *without (const GArray *steps, guint from, guint count)
{
  GArray *fewer = g_array_new (FALSE, FALSE, sizeof (Step));

  g_array_append_vals (fewer, steps->data, MIN (from, steps->len));
  if (from + count < steps->len)
    g_array_append_vals (fewer, &g_array_index (steps, Step, from + count),
                         steps->len - from - count);
  return fewer;
}

/* Without ever smaller parts. */
GArray *shrink (guint32 seed, GArray *steps, ShrinkTry try)
{
  for (guint part = MAX (steps->len / 2, 1); part > 0; part /= 2)
    for (guint from = 0; from < steps->len;) {
      GArray *fewer = without (steps, from, part);
      g_autofree char *found = try (seed, fewer);

      if (found != NULL) {
        g_array_unref (steps);
        steps = fewer;
      } else {
        g_array_unref (fewer);
        from += part;
      }
    }
  return steps;
}

GArray *shrink_only (const GArray *steps, const char *numbers)
{
  g_auto (GStrv) words = g_strsplit (numbers, ",", -1);
  GArray *some = g_array_new (FALSE, FALSE, sizeof (Step));

  for (guint i = 0; i < steps->len; i++) {
    g_autofree char *number = g_strdup_printf ("%u", g_array_index (steps, Step, i).number);

    if (g_strv_contains ((const char *const *) words, number))
      g_array_append_val (some, g_array_index (steps, Step, i));
  }
  return some;
}

char *shrink_numbers (const GArray *steps)
{
  GString *numbers = g_string_new (NULL);

  for (guint i = 0; i < steps->len; i++)
    g_string_append_printf (numbers, "%s%u", i > 0 ? "," : "",
                            g_array_index (steps, Step, i).number);
  return g_string_free (numbers, FALSE);
}
