/* erase_command.c: `accueil erase`: takes a person's data out of every replica, and says
 * where else there may be some. */
#include "cli/command.h"
#include "core/words.h"
#include "journal/query.h"
#include "roster/retention.h"

static int run (int argc, char **argv);

extern const Command command_erase;
const Command command_erase = {
  .name = "erase",
  .usage = N_ ("REFERENCE --reason TEXT | --expired [--db FILE]"),
  .summary
  = N_ ("Erase what is kept about a delegate, on every replica and for good; passages stay "
        "as figures, under the reference alone. At the hub"),
  .run = run,
};

static const char KNOWN[]
    = "SELECT count (*), ifnull (sum (body IS NOT NULL), 0) FROM fact WHERE subject = :reference "
      "AND kind IN ('registration', 'note', 'handover', 'appointment') AND kind <> 'passage'";

/* The index of names keeps deleted ones until its parts are made one. */
static const char FORGET_NAMES[]
    = "INSERT INTO delegate_search (delegate_search) VALUES ('optimize')";

/* How many of the person's facts are held, and how many of them are whole. */
static gboolean count_facts (Journal *journal, const char *reference, gint64 *held, gint64 *whole,
                             GError **error)
{
  Query *query = journal_query (journal, KNOWN, error);

  if (query == NULL)
    return FALSE;
  query_bind_text (query, ":reference", reference);
  if (query_next (query)) {
    *held = query_int (query, 0);
    *whole = query_int (query, 1);
  }
  return query_end (query, error);
}

static gboolean append (Journal *journal, const char *reference, const char *reason, GError **error)
{
  JsonOut *out = json_out_new ();
  g_autofree char *body = NULL;

  json_out_begin_object (out, NULL);
  json_out_string (out, "reason", reason);
  json_out_end_object (out);
  body = json_out_finish (out);
  return journal_append (journal, "erasure", reference, body, NULL, error);
}

/* What @whole there was before, and what is left of it. */
static gboolean erase (Journal *journal, const char *reference, const char *reason, gint64 *whole,
                       GError **error)
{
  gint64 held = 0, left = 0;

  if (!journal_begin (journal, error))
    return FALSE;
  if (count_facts (journal, reference, &held, whole, error)) {
    if (held == 0)
      g_set_error (error, JOURNAL_ERROR, JOURNAL_ERROR_INVALID,
                   _ ("nobody was ever registered here as “%s”; “accueil roster --search "
                      "NAME” "
                      "finds a reference"),
                   reference);
    else if (append (journal, reference, reason, error)
             && count_facts (journal, reference, &held, &left, error)) {
      if (left == 0)
        return journal_commit (journal, error);
      g_set_error (error, JOURNAL_ERROR, JOURNAL_ERROR_INVALID,
                   _ ("%lld facts about “%s” are dated later than now, by a clock that was "
                      "ahead; "
                      "nothing was erased. Try again then, or at the hub"),
                   (long long) left, reference);
    }
  }
  journal_rollback (journal);
  return FALSE;
}

/* Out of the index and the write-ahead log too. */
static gboolean forget (Journal *journal, GError **error)
{
  guint pages = 0;

  return journal_execute (journal, FORGET_NAMES, error)
         && journal_checkpoint (journal, &pages, error);
}

static void print_rest (void)
{
  g_print ("%s", _ ("What else there may be:\n"
                    "  other stations       erased when they next hear from the hub; see that none "
                    "stays off (accueil-hub stations)\n"
                    "  backups, kept copies  replace them by new ones, or erase there again "
                    "(accueil erase --db FILE)\n"
                    "  lists, exports        delete the files of “accueil import”, "
                    "“accueil export” "
                    "and “accueil ticket issue”\n"
                    "  printers              CUPS keeps no badge once it is printed; a printer's "
                    "own memory is its maker's matter\n"
                    "  paper                 the badge itself\n"));
}

static int erase_expired (void)
{
  g_autoptr (Journal) journal = command_open ();
  GError *error = NULL;
  guint erased = 0;

  if (journal == NULL)
    return EXIT_REFUSED;
  if (!retention_erase_all (journal, &erased, &error) || !forget (journal, &error))
    return command_fail (&command_erase, error);
  g_print (words_plural ("Erased: all that this replica held about %u person.\n",
                         "Erased: all that this replica held about %u people.\n", erased),
           erased);
  print_rest ();
  g_print ("%s", _ ("  volunteers            their names stay in what they did; “accueil volunteer "
                    "remove” ends their access\n"));
  return 0;
}

static int run (int argc, char **argv)
{
  g_autofree char *reason = NULL;
  gboolean expired = FALSE;
  GOptionEntry entries[] = {
    { "reason", 'r', 0, G_OPTION_ARG_STRING, &reason,
      N_ ("Why: who asked, and when; kept, so without anything personal"), N_ ("TEXT") },
    { "expired", 0, 0, G_OPTION_ARG_NONE, &expired,
      N_ ("Everybody, once the day of “retention” in the event file is over"), NULL },
    { 0 },
  };
  g_autoptr (Journal) journal = NULL;
  GError *error = NULL;
  gint64 whole = 0;
  int status;

  if (!command_parse (&command_erase, entries, &argc, &argv, &status))
    return status;
  if (expired && (argc > 1 || reason != NULL))
    return command_usage (&command_erase, _ ("--expired stands alone: it is about everybody"));
  if (expired)
    return erase_expired ();
  if (argc != 2)
    return command_usage (&command_erase, "%s",
                          argc < 2 ? _ ("the REFERENCE is missing")
                                   : _ ("one REFERENCE at a time"));
  if (reason == NULL || *reason == '\0')
    return command_usage (&command_erase, _ ("--reason is missing"));
  if ((journal = command_open ()) == NULL)
    return EXIT_REFUSED;
  if (!erase (journal, argv[1], reason, &whole, &error) || !forget (journal, &error))
    return command_fail (&command_erase, error);
  g_print (_ ("Erased: all that this replica held about “%s” (facts: %lld).\n"), argv[1],
           (long long) whole);
  print_rest ();
  return 0;
}
