/* verify_command.c: `accueil verify`: proves that no fact of the replica was altered or
 * lost. */
#include "cli/command.h"
#include "core/words.h"
#include "journal/soundness.h"
#include "journal/query.h"

#include <string.h>

static int run (int argc, char **argv);

extern const Command command_verify;
const Command command_verify = {
  .name = "verify",
  .usage = N_ ("[--facts] [--projections] [--db FILE]"),
  .summary
  = N_ ("Recompute every station's chain, check indexes, fill the derived tables of a copy "
        "anew and compare; name the first fault and what to do"),
  .run = run,
};

static gboolean print_heads (Journal *journal, gint64 checked, GError **error)
{
  g_autoptr (GPtrArray) heads = journal_heads (journal, error);
  g_autofree char *digest = heads != NULL ? journal_heads_digest (journal, error) : NULL;

  if (digest == NULL)
    return FALSE;
  for (guint i = 0; i < heads->len; i++) {
    const JournalHead *head = g_ptr_array_index (heads, i);
    g_autofree char *chain = hash_to_hex (&head->chain);
    g_print ("%-24s %10" G_GINT64_FORMAT "  %.16s\n", head->station, head->seq, chain);
  }
  g_print (_ ("All chains hold (facts: %lld).\nHeads %s\n"), (long long) checked, digest);
  return TRUE;
}

static const char APART[]
    = "SELECT station, why, count (*), min (seq), max (seq) FROM apart GROUP BY "
      "station, why ORDER BY station, why";

/* What its writer could not write is held, and counts nowhere: no fault of this file. */
static gboolean print_apart (Journal *journal, GError **error)
{
  Query *query = journal_query (journal, APART, error);

  if (query == NULL)
    return FALSE;
  while (query_next (query))
    g_print (_ ("Kept apart, without effect: %lld facts of station “%s” (%s), numbers %lld to "
                "%lld.\n"),
             (long long) query_int (query, 2), query_text (query, 0), query_text (query, 1),
             (long long) query_int (query, 3), (long long) query_int (query, 4));
  return query_end (query, error);
}

static gboolean print_projections (Journal *journal, GError **error)
{
  g_autofree char *text = journal_projections_text (journal, error);
  g_autofree char *hex = NULL;
  Hash hash;

  if (text == NULL)
    return FALSE;
  hash = hash_of (text, strlen (text));
  hex = hash_to_hex (&hash);
  g_print (_ ("Projections %s\n"), hex);
  return TRUE;
}

static gboolean prove_rest (Journal *journal, GError **error)
{
  if (!soundness_indexes (journal, error) || !soundness_schema (journal, error)
      || !soundness_projections (journal, error))
    return FALSE;
  g_print (_ ("The file's indexes and derived tables say what the facts say.\n"));
  return TRUE;
}

/* For the doctor: when it last held, or that it does not hold. A file that takes nothing
 * more can be sound all the same. */
static void note (Journal *journal, gboolean holds)
{
  g_autofree char *now = g_strdup_printf ("%" G_GINT64_FORMAT, journal_now_ms (journal));

  journal_set_local (journal, SOUNDNESS_LOCAL_HELD, holds ? now : NULL, NULL);
}

/* The chains, and unless @less the rest; the whole proof is noted. */
static gboolean prove (Journal *journal, gboolean less, gint64 *checked, GError **error)
{
  g_autofree char *label = g_strdup (_ ("Verifying"));
  gboolean sound = journal_verify (journal, checked, command_progress, label, error);

  command_progress (1, 1, label);
  sound = sound && (less || prove_rest (journal, error));
  if (!sound || !less)
    note (journal, sound);
  return sound;
}

static int run (int argc, char **argv)
{
  gboolean projections = FALSE, facts = FALSE;
  GOptionEntry entries[] = {
    { "facts", 0, 0, G_OPTION_ARG_NONE, &facts,
      N_ ("The chains alone; not whether indexes and derived tables agree with them"), NULL },
    { "projections", 0, 0, G_OPTION_ARG_NONE, &projections,
      N_ ("Print a digest of all projections, equal on replicas that hold the same facts, "
          "instead of "
          "comparing them"),
      NULL },
    { 0 },
  };
  g_autoptr (Journal) journal = NULL;
  GError *error = NULL;
  gint64 checked = 0;
  int status;

  if (!command_parse (&command_verify, entries, &argc, &argv, &status))
    return status;
  if (argc > 1)
    return command_usage (&command_verify, _ ("“%s” is too much"), argv[1]);
  if ((journal = command_open ()) == NULL)
    return EXIT_REFUSED;

  if (!prove (journal, facts || projections, &checked, &error)
      || !print_heads (journal, checked, &error) || !print_apart (journal, &error)
      || (projections && !print_projections (journal, &error)))
    return command_fail (&command_verify, error);
  return 0;
}
