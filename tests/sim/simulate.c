/* A congress by chance: hubs and stations over the real journal, sync, replication and
 * doors, with a clock, a network, disks and a log's server that are made here. One
 * number decides everything: what is scanned, sent and imported, what the network
 * loses, delays and sends twice, when the power goes and what a disk has kept by then,
 * whose disk is full, which older copy is put back, who copies a station. After every
 * step nothing that was acknowledged is lost, no station has two histories, and no
 * right is used twice where that could be seen; in the end all replicas hold the same,
 * and say the same of it (invariants.c, heal.c).
 *
 * simulate [--first N] [--seeds COUNT] [--seed N [--only 3,7,…]] [--no-shrink]
 *          [--seconds S]. TAP. A seed that fails says so, is shrunk to the steps that
 * are needed, and can be run again. --seconds: no new seed after so much processor
 * time; without any option, SECONDS_USUAL. $SEEDS says COUNT. */
#include "congress.h"
#include "shrink.h"
#include "world.h"

#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

/* In the check: as many of all seeds as fit. */
#define SEEDS_ALL 20000
#define SECONDS_USUAL 30

typedef struct {
  gint first, count, seed, seconds;
  char *only;
  gboolean no_shrink;
} Options;

typedef struct {
  guint seeds, restores, clones, shared;
  guint64 trace; /* of the first seed */
} Tally;

static guint32 seed_under_way;

/* What the programs log of a machine that has no power or no room. */
static GLogWriterOutput say_nothing (GLogLevelFlags level, const GLogField *fields, gsize count,
                                     gpointer data)
{
  return (level & (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL)) != 0
             ? g_log_writer_standard_streams (level, fields, count, data)
             : G_LOG_WRITER_HANDLED;
}

static void on_abort (int number)
{
  char text[80];
  int length = snprintf (text, sizeof text, "Bail out! at seed %u\n", seed_under_way);

  if (write (STDOUT_FILENO, text, (gsize) length) < 0)
    _exit (3);
}

static double processor_s (void)
{
  struct timespec time;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &time);
  return (double) time.tv_sec + (double) time.tv_nsec / 1e9;
}

/* NULL: all held; else what did not. */
static char *run_seed (guint32 seed, const GArray *steps, Tally *tally)
{
  char *found;
  World world;

  world_begin (&world, seed);
  for (guint i = 0; i < steps->len && world.fault == NULL; i++)
    step_do (&world, &g_array_index (steps, Step, i));
  if (world.fault == NULL)
    heal (&world);
  found = g_strdup (world.fault);
  if (tally != NULL) {
    if (tally->seeds++ == 0)
      tally->trace = world.trace;
    tally->restores += world.restores;
    tally->clones += world.clones;
    tally->shared += world.shared;
  }
  world_end (&world);
  return found;
}

static char *try_steps (guint32 seed, const GArray *steps)
{
  return run_seed (seed, steps, NULL);
}

static void tell (guint32 seed, const GArray *steps, const char *found)
{
  g_autofree char *numbers = shrink_numbers (steps);

  for (guint i = 0; i < steps->len; i++) {
    const Step *step = &g_array_index (steps, Step, i);

    printf ("#   %3u %s at %s\n", step->number, step_name (step->kind),
            WORLD_MACHINES[step->machine]);
  }
  printf ("# seed %u: %s\n# again: simulate --seed %u --only %s\n", seed, found, seed, numbers);
}

static gboolean try_seed (guint32 seed, const Options *options, Tally *tally)
{
  GArray *steps = step_draw (seed);
  g_autofree char *found = NULL;

  seed_under_way = seed;
  if (options->only != NULL) {
    GArray *some = shrink_only (steps, options->only);

    g_array_unref (steps);
    steps = some;
  }
  found = run_seed (seed, steps, tally);
  if (found != NULL) {
    if (!options->no_shrink)
      steps = shrink (seed, steps, try_steps);
    g_clear_pointer (&found, g_free);
    found = run_seed (seed, steps, NULL);
    tell (seed, steps, found != NULL ? found : "it does not fail again: not all is the seed's");
  }
  g_array_unref (steps);
  return found == NULL;
}

static gboolean run_all (const Options *options)
{
  double began = processor_s ();
  Tally tally = { 0 }, again = { 0 };
  gboolean good = TRUE;

  for (gint i = 0; i < options->count && good; i++) {
    if (options->seconds > 0 && processor_s () - began > options->seconds)
      break;
    good = try_seed ((guint32) (options->first + i), options, &tally);
  }
  printf ("%sok 1 - %u seeds from %d: %u with two hubs of one log, %u hubs restored, %u stations "
          "copied\n# %.2f ms of processor time each\n",
          good ? "" : "not ", tally.seeds, options->first, tally.shared, tally.restores,
          tally.clones, (processor_s () - began) * 1000 / tally.seeds);
  if (good)
    try_seed ((guint32) options->first, options, &again);
  good = good && tally.trace == again.trace;
  printf ("%sok 2 - one seed decides everything\n", good ? "" : "not ");
  return good;
}

static gboolean parse (Options *options, int *argc, char ***argv)
{
  const GOptionEntry entries[] = {
    { "first", 0, 0, G_OPTION_ARG_INT, &options->first, NULL, NULL },
    { "seeds", 0, 0, G_OPTION_ARG_INT, &options->count, NULL, NULL },
    { "seed", 0, 0, G_OPTION_ARG_INT, &options->seed, NULL, NULL },
    { "seconds", 0, 0, G_OPTION_ARG_INT, &options->seconds, NULL, NULL },
    { "only", 0, 0, G_OPTION_ARG_STRING, &options->only, NULL, NULL },
    { "no-shrink", 0, 0, G_OPTION_ARG_NONE, &options->no_shrink, NULL, NULL },
    { 0 },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  g_option_context_add_main_entries (context, entries, NULL);
  return g_option_context_parse (context, argc, argv, NULL);
}

int main (int argc, char **argv)
{
  const char *seeds = g_getenv ("SEEDS");
  Options options = { .first = 1, .count = seeds != NULL ? atoi (seeds) : SEEDS_ALL };
  g_autofree char *folder = NULL;
  gboolean good;

  if (argc == 1 && seeds == NULL)
    options.seconds = SECONDS_USUAL;
  if (!parse (&options, &argc, &argv))
    return 2;
  setvbuf (stdout, NULL, _IOLBF, 0);
  signal (SIGABRT, on_abort);
  g_log_set_writer_func (say_nothing, NULL, NULL);
  congress_take_over_chance ();
  sign_start ();
  sqlite3_config (SQLITE_CONFIG_MEMSTATUS, 0);
  disk_install ();
  client_start ();
  folder = congress_folder ();
  world_make_templates (folder);
  if (options.seed != 0) {
    options.first = options.seed;
    options.count = 1;
  }
  printf ("1..2\n");
  good = run_all (&options);
  world_free_templates ();
  congress_remove_folder (folder);
  return good ? 0 : 1;
}
