/* search REPLICA: how long a search takes among the delegates of the replica, for each
 * way of typing a name. Prints a line a query: typed text, results, median and p99 in
 * milliseconds. */
#include "roster/delegate.h"

#include <stdio.h>
#include <stdlib.h>

#define ROUNDS 200

static int by_time (const void *a, const void *b)
{
  gint64 x = *(const gint64 *) a, y = *(const gint64 *) b;

  return x < y ? -1 : x > y;
}

int main (int argc, char **argv)
{
  static const char *const typed[]
      = { "欧阳",   "思远",    "欧阳思远",         "王",       "ouyang",  "ouyang siyuan", "oysy",
          "siyuan", "lefevre", "francois lefevre", "oeuvrard", "montpel", "FR-0500",       "e",
          "m",      "ma",      "dupont-martin",    "w" };
  g_autoptr (GError) error = NULL;
  g_autoptr (Journal) journal = NULL;
  double worst = 0;

  if (argc != 2)
    return 2;
  journal = journal_open (argv[1], clock_system (), &error);
  for (guint i = 0; journal != NULL && i < G_N_ELEMENTS (typed); i++) {
    gint64 times[ROUNDS];
    guint found = 0;

    for (guint round = 0; round < ROUNDS; round++) {
      gint64 start = g_get_monotonic_time ();
      g_autoptr (GPtrArray) results
          = delegate_search (journal, typed[i], DELEGATE_SEARCH_MAX, &error);

      times[round] = g_get_monotonic_time () - start;
      if (results == NULL)
        break;
      found = results->len;
    }
    if (error != NULL)
      break;
    qsort (times, ROUNDS, sizeof *times, by_time);
    printf ("%s\t%u\t%.3f\t%.3f\n", typed[i], found, (double) times[ROUNDS / 2] / 1000,
            (double) times[ROUNDS * 99 / 100] / 1000);
    worst = MAX (worst, (double) times[ROUNDS * 99 / 100] / 1000);
  }
  if (error != NULL) {
    fprintf (stderr, "%s\n", error->message);
    return 1;
  }
  printf ("worst\t\t\t%.3f\n", worst);
  return 0;
}
