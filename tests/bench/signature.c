/* signature: what it costs a station that it signs its heads
 * (journal/head_signature.h): a commit of one passage where it has its key, beside
 * one without, in turns. A decision is that and some twenty statements more, so its
 * own ratio is nearer to one. What it costs the hub: tests/bench/hub.c, with SIGN.
 *
 * Prints a row for run.py. */
#include "core/sign.h"
#include "journal/journal.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define FOLDER "build/bench/signature"
#define COMMITS 2000
#define LIMIT 1.05

static const char PASSAGE[]
    = "{\"checkpoint\":\"entree-est\",\"day\":\"2016-10-26\",\"period\":\"2016-10-26\",\"verdict\":"
      "\"ADMITTED\",\"direction\":\"in\",\"code\":\"badge\",\"serial\":1,\"issuer\":\"desk-1\"}";

static void must (gboolean done, GError *error)
{
  if (done)
    return;
  fprintf (stderr, "signature: %s\n", error != NULL ? error->message : "failed");
  exit (1);
}

static double processor_us (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return (double) now.tv_sec * 1e6 + (double) now.tv_nsec / 1e3;
}

static Journal *make (const char *station)
{
  g_autofree char *path = g_strdup_printf ("%s/%s.db", FOLDER, station);
  GError *error = NULL;
  Journal *journal = journal_create (path, station, clock_system (), &error);

  must (journal != NULL, error);
  return journal;
}

static void append (Journal *journal, const char *kind, const char *subject, const char *body)
{
  GError *error = NULL;

  must (journal_begin (journal, &error)
            && journal_append (journal, kind, subject, body, NULL, &error)
            && journal_commit (journal, &error),
        error);
}

/* Without its key a station signs nothing. */
static Journal *forget_key (Journal *journal)
{
  g_autofree char *path = g_strdup (journal_path (journal));
  GError *error = NULL;

  must (journal_set_local (journal, JOURNAL_LOCAL_STATION_SECRET, NULL, &error), error);
  journal_close (journal);
  journal = journal_open (path, clock_system (), &error);
  must (journal != NULL, error);
  return journal;
}

static int by_value (const void *a, const void *b)
{
  gint64 x = *(const gint64 *) a, y = *(const gint64 *) b;

  return (x > y) - (x < y);
}

static double p99_ms (gint64 *times)
{
  qsort (times, COMMITS, sizeof *times, by_value);
  return (double) times[COMMITS * 99 / 100] / 1000;
}

static void bench_commit (void)
{
  Journal *journals[2] = { make ("with"), forget_key (make ("without")) };
  static gint64 times[2][COMMITS];
  double spent[2] = { 0 }, with, without;

  for (guint i = 0; i < 2 * COMMITS; i++) {
    g_autofree char *subject = g_strdup_printf ("FR-%06u", i / 2 * 37);
    gint64 began = g_get_monotonic_time ();
    double start = processor_us ();

    append (journals[i % 2], "passage", subject, PASSAGE);
    spent[i % 2] += processor_us () - start;
    times[i % 2][i / 2] = g_get_monotonic_time () - began;
  }
  with = p99_ms (times[0]);
  without = p99_ms (times[1]);
  printf ("a commit of one passage, signed, p99|%.3f|ms|%.3f|%g × %.3f unsigned, in this run\n",
          with, LIMIT * without, LIMIT, without);
  printf ("  processor: %.0f µs signed, %.0f µs not\n", spent[0] / COMMITS, spent[1] / COMMITS);
  journal_close (journals[0]);
  journal_close (journals[1]);
}

int main (void)
{
  const char *remove[] = { "rm", "-rf", FOLDER, NULL };

  sign_start ();
  g_spawn_sync (NULL, (char **) (guintptr) remove, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL,
                NULL, NULL, NULL);
  g_mkdir_with_parents (FOLDER, 0700);
  bench_commit ();
  return 0;
}
