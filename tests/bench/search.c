/* search REPLICA: how much processor time a search takes among the delegates of the
 * replica, for each way of typing a name. Prints a line a query: typed text, results,
 * median and p99 in milliseconds; the slowest of those that are found, and of those that
 * only come near. */
#include "roster/delegate_search.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define ROUNDS 200

/* Of this process: what a neighbour takes of the machine is not the search's. */
static gint64 processor_us (void)
{
  struct timespec time;
  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &time);
  return (gint64) time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

static int by_time (const void *a, const void *b)
{
  gint64 x = *(const gint64 *) a, y = *(const gint64 *) b;

  return x < y ? -1 : x > y;
}

/* Prints a line for each of @count ways of typing; the slowest p99 in milliseconds,
 * negative with @error. */
static double try_all (Journal *journal, const char *const *typed, gsize count, GError **error)
{
  double worst = 0;
  for (gsize i = 0; i < count; i++) {
    gint64 times[ROUNDS];
    guint found = 0;
    for (guint round = 0; round < ROUNDS; round++) {
      gint64 start = processor_us ();
      g_autoptr (DelegateSearch) results
          = delegate_search (journal, typed[i], DELEGATE_SEARCH_MAX, error);
      times[round] = processor_us () - start;
      if (results == NULL)
        return -1;
      found = results->delegates->len;
    }
    qsort (times, ROUNDS, sizeof *times, by_time);
    printf ("%s\t%u\t%.3f\t%.3f\n", typed[i], found, (double) times[ROUNDS / 2] / 1000,
            (double) times[ROUNDS * 99 / 100] / 1000);
    worst = MAX (worst, (double) times[ROUNDS * 99 / 100] / 1000);
  }
  return worst;
}

int main (int argc, char **argv)
{
  static const char *const typed[] = { "欧阳",
                                       "思远",
                                       "欧阳思远",
                                       "王",
                                       "ouyang",
                                       "ouyang siyuan",
                                       "oysy",
                                       "siyuan",
                                       "lefevre",
                                       "francois lefevre",
                                       "oeuvrard",
                                       "montpel",
                                       "FR-0500",
                                       "e",
                                       "m",
                                       "ma",
                                       "dupont-martin",
                                       "w",
                                       "d'estienne",
                                       "zhang wei",
                                       "zhangchang",
                                       "500",
                                       "l'hay",
                                       "歐陽",
                                       "d e",
                                       "a@b.c",
                                       "1234",
                                       "0612345678" };
  static const char *const near[] = { "lefevrr",
                                      "oyang",
                                      "zuge",
                                      "lannec",
                                      "thibot prevot",
                                      "kerdoncufff",
                                      "ouyangg xuemie",
                                      "montpelier breagne",
                                      "marie terese kerdoncuf",
                                      "司马雪美",
                                      "zuge xuemie chengddu" };
  g_autoptr (GError) error = NULL;
  if (argc != 2)
    return 2;
  g_autoptr (Journal) journal = journal_open (argv[1], clock_system (), &error);
  double exact = journal != NULL ? try_all (journal, typed, G_N_ELEMENTS (typed), &error) : -1;
  double worst = exact >= 0 ? try_all (journal, near, G_N_ELEMENTS (near), &error) : -1;
  if (worst < 0) {
    fprintf (stderr, "%s\n", error->message);
    return 1;
  }
  printf ("exact\t\t\t%.3f\nnear\t\t\t%.3f\n", exact, worst);
  return 0;
}
