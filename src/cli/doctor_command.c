/* doctor_command.c: `accueil doctor`: what is wrong with this station, and what to do,
 * before the doors open. */
#include "cli/checkup.h"
#include "cli/command.h"
#include "core/catalogue.h"
#include "core/words.h"
#include "journal/query.h"
#include "journal/soundness.h"
#include "congress/languages.h"
#include "congress/programme.h"
#include "roster/retention.h"
#include "sync/client.h"

#include <string.h>

#define FACTS_LOOKED_AT 1000
#define CLOCK_CAUTION_MS 2000
#define CLOCK_BAD_MS 60000
#define CONTACT_BAD_MS (15 * 60 * 1000)
#define HOUR_MS (60 * 60 * 1000)
#define PROOF_OLD_MS (24 * HOUR_MS)

static int run (int argc, char **argv);

extern const Command command_doctor;
const Command command_doctor = {
  .name = "doctor",
  .usage = N_ ("[--db FILE]"),
  .summary = N_ ("Look at all that this station needs, and say what is wrong and what to do"),
  .run = run,
};

static const char PROVE_DAILY[]
    = N_ ("accueil verify, once a day; the doors may stay open meanwhile");
static const char VERSION[] = "SELECT user_version FROM pragma_user_version";
static const char KEYS[] = "SELECT count(*), ifnull (min (id), '') FROM ticket_key WHERE id NOT IN "
                           "(SELECT id FROM ticket_key_revoked)";
static const char APART[] = "SELECT count(*), ifnull (min (station), '') FROM apart";
static const char EPOCHS[] = "SELECT count(*) FROM epoch";
static const char CHECKPOINTS[] = "SELECT count(*) FROM checkpoint WHERE NOT removed";
static const char DELEGATES[]
    = "SELECT count(*), ifnull (sum (family = '' AND given = '' AND name_zh = ''), 0), "
      "ifnull (sum (organisation_zh = '' OR function_zh = ''), 0), ifnull (sum (organisation_fr = "
      "'' OR function_fr = ''), 0) "
      "FROM delegate WHERE NOT revoked";
/* Whom no entrance admits: registered for no event, or for no day, where there are
 * some. */
static const char NOWHERE[]
    = "SELECT count(*), ifnull (min (reference), '') FROM delegate WHERE NOT revoked AND "
      "((events = '[]' AND EXISTS (SELECT 1 FROM event WHERE NOT removed)) OR (days = '[]' AND "
      "EXISTS (SELECT 1 FROM congress WHERE days <> '[]')))";
static const char PENDING[] = "SELECT count(*), ifnull (min (reference), '') FROM delegate WHERE "
                              "NOT revoked AND status <> ''";
/* Whose list says what the event file does not, or no longer does: imported before it, or
 * a section has gone since. */
static const char STRANGERS[] = "SELECT count(*), ifnull (min (d.reference), '') FROM delegate d "
                                "WHERE NOT d.revoked AND EXISTS (SELECT 1 FROM congress) AND ("
                                "(d.category <> '' AND NOT EXISTS (SELECT 1 FROM category c WHERE "
                                "c.id = d.category AND NOT c.removed)) OR "
                                "EXISTS (SELECT 1 FROM json_each (d.events) e WHERE NOT EXISTS "
                                "(SELECT 1 FROM event v WHERE v.id = e.value AND NOT v.removed)))";

static const char FIRST_AHEAD[]
    = "SELECT station, seq, at FROM fact WHERE at > :limit ORDER BY at LIMIT 1";

static void say_error (Checkup *checkup, const char *topic, const char *remedy, GError *error)
{
  checkup_say (checkup, CHECKUP_BAD, topic, remedy, "%s", error->message);
}

/* The one row of @sql as numbers; and its second column as text, if @text is not NULL. */
static gboolean read_row (Checkup *checkup, Journal *journal, const char *topic, const char *sql,
                          gint64 *numbers, char **text)
{
  g_autoptr (GError) error = NULL;
  Query *query = journal_query (journal, sql, &error);

  if (query != NULL && query_next (query)) {
    for (int i = 0; i < query_columns (query); i++)
      numbers[i] = query_int (query, i);
    if (text != NULL)
      *text = g_strdup (query_text (query, 1));
  }
  if (query != NULL && query_end (query, &error))
    return TRUE;
  say_error (checkup, topic, "accueil rebuild", error);
  return FALSE;
}

/* Replica ---------------------------------------------------------------------------- */

static Journal *check_replica (Checkup *checkup, Clock clock)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Journal) journal = journal_open (command_db (), clock, &error);
  gint64 version = 0, last;

  if (journal == NULL) {
    say_error (checkup, _ ("replica"), NULL, error);
    return NULL;
  }
  if (!languages_choose (journal, &error)) {
    say_error (checkup, _ ("languages of the congress"), NULL, error);
    if (error->domain != CATALOGUE_ERROR)
      return NULL;
    g_clear_error (&error);
  }
  last = journal_last_number (journal, &error);
  if (error != NULL) {
    say_error (checkup, _ ("replica"), NULL, error);
    return NULL;
  }
  if (read_row (checkup, journal, _ ("schema"), VERSION, &version, NULL))
    checkup_say (checkup, CHECKUP_GOOD, _ ("replica"), NULL,
                 _ ("%s: station “%s”, facts: %lld, schema %lld.%lld"), command_db (),
                 journal_station (journal), (long long) last, (long long) (version / 1000),
                 (long long) (version % 1000));
  return g_steal_pointer (&journal);
}

/* FALSE if @fact does not follow @previous, the fact before it of the same station; NULL
 * for the first. */
static gboolean follows (const Fact *fact, const Hash *previous)
{
  static const Hash NOTHING = { 0 };
  Hash chain = fact_chain (previous != NULL ? previous : &NOTHING, fact);

  return hash_equal (&chain, &fact->chain) && fact_body_holds (fact);
}

/* The chain value before @fact: of the fact seen before it, or else read. */
static gboolean chain_before (Journal *journal, GHashTable *seen, const Fact *fact, Hash *chain,
                              GError **error)
{
  const Hash *known = g_hash_table_lookup (seen, fact->station);
  g_autoptr (GPtrArray) before = NULL;

  memset (chain, 0, sizeof *chain);
  if (known != NULL)
    *chain = *known;
  else if (fact->seq > 1) {
    before = journal_facts_of (journal, fact->station, fact->seq - 2, 1, error);
    if (before == NULL)
      return FALSE;
    if (before->len > 0)
      *chain = ((const Fact *) g_ptr_array_index (before, 0))->chain;
  }
  return TRUE;
}

static void check_chain (Checkup *checkup, Journal *journal)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  gint64 last = journal_last_number (journal, &error);
  g_autoptr (GPtrArray) facts = error == NULL
                                    ? journal_facts_after (journal, MAX (0, last - FACTS_LOOKED_AT),
                                                           NULL, FACTS_LOOKED_AT, &error)
                                    : NULL;

  for (guint i = 0; facts != NULL && i < facts->len; i++) {
    Fact *fact = g_ptr_array_index (facts, i);
    Hash before;
    if (!chain_before (journal, seen, fact, &before, &error))
      break;
    if (!follows (fact, &before)) {
      checkup_say (checkup, CHECKUP_BAD, _ ("chain"),
                   _ ("accueil verify; then restore this file from a backup, or enrol anew and "
                      "bring the rest with “accueil merge”"),
                   _ ("fact %lld of station “%s” was altered or does not follow the one "
                      "before it"),
                   (long long) fact->seq, fact->station);
      return;
    }
    g_hash_table_insert (seen, fact->station, &fact->chain);
  }
  if (facts == NULL || error != NULL)
    say_error (checkup, _ ("chain"), NULL, error);
  else
    checkup_say (checkup, CHECKUP_GOOD, _ ("chain"), NULL, _ ("the last facts hold (%u looked at)"),
                 facts->len);
}

/* The chain of all facts, indexes and derived tables take too long for here. */
static void check_proof (Checkup *checkup, Journal *journal)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = journal_local (journal, SOUNDNESS_LOCAL_HELD, &error);
  gint64 age_ms = text != NULL ? journal_now_ms (journal) - g_ascii_strtoll (text, NULL, 10) : 0;

  if (error != NULL)
    say_error (checkup, _ ("whole file"), NULL, error);
  else if (text == NULL)
    checkup_say (checkup, CHECKUP_CAUTION, _ ("whole file"), _ (PROVE_DAILY),
                 _ ("not proved yet, or not since that failed"));
  else if (age_ms > PROOF_OLD_MS)
    checkup_say (checkup, CHECKUP_CAUTION, _ ("whole file"), _ (PROVE_DAILY),
                 _ ("last proved %lld h ago"), (long long) (age_ms / HOUR_MS));
  else
    checkup_say (checkup, CHECKUP_GOOD, _ ("whole file"), NULL, _ ("proved %lld h ago"),
                 (long long) (MAX (0, age_ms) / HOUR_MS));
}

/* Congress --------------------------------------------------------------------------- */

/* What other programs than ours wrote, or ours where they had no right to. */
static void check_apart (Checkup *checkup, Journal *journal)
{
  gint64 numbers[2] = { 0 };
  g_autofree char *station = NULL;

  if (!read_row (checkup, journal, _ ("authority"), APART, numbers, &station) || numbers[0] == 0)
    return;
  checkup_say (
      checkup, CHECKUP_CAUTION, _ ("authority"),
      _ ("“accueil verify” lists them; a stolen machine is ended at the hub: accueil-hub "
         "disown STATION --from NUMBER"),
      _ ("%lld facts are kept apart, without effect: their stations, “%s” among them, could "
         "not write them"),
      (long long) numbers[0], station);
}

static void check_event (Checkup *checkup, Journal *journal)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Programme) programme = programme_read (journal, &error);
  gint64 checkpoints = 0;

  if (programme == NULL)
    say_error (checkup, _ ("congress"), "accueil rebuild", error);
  else if (programme->fr[0] == '\0' && programme->zh[0] == '\0')
    checkup_say (checkup, CHECKUP_BAD, _ ("congress"),
                 _ ("accueil event load FILE, or accueil enrol CODE to get it from the hub"),
                 _ ("no event file is loaded"));
  else if (read_row (checkup, journal, _ ("congress"), CHECKPOINTS, &checkpoints, NULL))
    checkup_say (checkup, checkpoints > 0 ? CHECKUP_GOOD : CHECKUP_BAD, _ ("congress"),
                 checkpoints > 0 ? NULL
                                 : _ ("Add checkpoints to the event file and load it again."),
                 _ ("%s · %s: %u days, %u events, %lld checkpoints"), programme->fr, programme->zh,
                 programme->days->len, programme->events->len, (long long) checkpoints);
}

static void check_key (Checkup *checkup, Journal *journal)
{
  gint64 numbers[2] = { 0 };
  g_autofree char *id = NULL;

  if (!read_row (checkup, journal, _ ("ticket key"), KEYS, numbers, &id))
    return;
  if (numbers[0] == 0)
    checkup_say (checkup, CHECKUP_CAUTION, _ ("ticket key"),
                 _ ("accueil key new, once for the congress; or accueil enrol CODE"),
                 _ ("none: no ticket can be checked"));
  else
    checkup_say (checkup, CHECKUP_GOOD, _ ("ticket key"), NULL, _ ("%s; %lld in all"), id,
                 (long long) numbers[0]);
}

static void check_delegates (Checkup *checkup, Journal *journal)
{
  gint64 numbers[4] = { 0 };

  if (!read_row (checkup, journal, _ ("delegates"), DELEGATES, numbers, NULL))
    return;
  if (numbers[0] == 0)
    checkup_say (checkup, CHECKUP_CAUTION, _ ("delegates"),
                 _ ("accueil import FILE…, or accueil enrol CODE"), _ ("none are registered"));
  else if (numbers[1] + numbers[2] + numbers[3] > 0)
    checkup_say (checkup, CHECKUP_CAUTION, _ ("delegates"),
                 _ ("Complete the lists or the glossary and import them again."),
                 _ ("%lld registered; %lld without a name, %lld without Chinese function or "
                    "organisation, %lld without French"),
                 (long long) numbers[0], (long long) numbers[1], (long long) numbers[2],
                 (long long) numbers[3]);
  else
    checkup_say (checkup, CHECKUP_GOOD, _ ("delegates"), NULL,
                 _ ("%lld registered, all with names and both languages"), (long long) numbers[0]);
}

static void check_strangers (Checkup *checkup, Journal *journal)
{
  gint64 numbers[2] = { 0 };
  g_autofree char *first = NULL;

  if (read_row (checkup, journal, _ ("delegates"), STRANGERS, numbers, &first) && numbers[0] > 0)
    checkup_say (checkup, CHECKUP_CAUTION, _ ("delegates"),
                 _ ("Import the lists again, so that they are checked against the event file; or "
                    "put back what it has lost."),
                 _ ("%lld with a category or event that the event file does not have, such as %s"),
                 (long long) numbers[0], first);
}

static void check_nowhere (Checkup *checkup, Journal *journal)
{
  gint64 nowhere[2] = { 0 }, pending[2] = { 0 };
  g_autofree char *first = NULL, *waiting = NULL;

  if (read_row (checkup, journal, _ ("delegates"), NOWHERE, nowhere, &first) && nowhere[0] > 0)
    checkup_say (checkup, CHECKUP_BAD, _ ("delegates"),
                 _ ("Import their list again with columns for events and days, or with --event and "
                    "--days."),
                 _ ("%lld registered for no event or no day, such as %s: no entrance admits them"),
                 (long long) nowhere[0], first);
  if (read_row (checkup, journal, _ ("delegates"), PENDING, pending, &waiting) && pending[0] > 0)
    checkup_say (checkup, CHECKUP_CAUTION, _ ("delegates"),
                 _ ("accueil correct REFERENCE --confirm --volunteer NAME, or a new list."),
                 _ ("%lld to be confirmed, such as %s: doors send them to the desk"),
                 (long long) pending[0], waiting);
}

/* Hub -------------------------------------------------------------------------------- */

static gint64 contact_ms (Journal *journal)
{
  g_autofree char *text = journal_local (journal, JOURNAL_LOCAL_HUB_CONTACT, NULL);

  return text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;
}

/* Until when what is held about people may be kept. */
static void check_retention (Checkup *checkup, Journal *journal)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Retention) retention = retention_read (journal, &error);

  if (retention == NULL)
    say_error (checkup, _ ("retention"), NULL, error);
  else if (retention->over && retention->people > 0)
    checkup_say (checkup, CHECKUP_CAUTION, _ ("retention"),
                 _ ("At the hub: accueil erase --expired. Elsewhere, let this station hear of it."),
                 _ ("the last day was %s, and something is held about %u people"), retention->date,
                 retention->people);
  else if (*retention->date != '\0')
    checkup_say (checkup, CHECKUP_GOOD, _ ("retention"), NULL, _ ("until %s"), retention->date);
}

static gboolean check_offset (Checkup *checkup, gint64 offset_ms)
{
  gint64 size_ms = ABS (offset_ms);
  CheckupState state = size_ms > CLOCK_BAD_MS       ? CHECKUP_BAD
                       : size_ms > CLOCK_CAUTION_MS ? CHECKUP_CAUTION
                                                    : CHECKUP_GOOD;

  checkup_say (checkup, state, _ ("hub's clock"),
               state == CHECKUP_GOOD ? NULL
                                     : _ ("Set both clocks by NTP (timedatectl set-ntp true)."),
               _ ("%+.1f s from ours"), (double) offset_ms / 1000);
  return state == CHECKUP_GOOD;
}

/* The first fact, in hybrid time, after @limit: all that know it come after it, so its
 * station was the one ahead. */
static gboolean first_ahead (Journal *journal, HybridTime limit, Fact *fact, GError **error)
{
  Query *query = journal_query (journal, FIRST_AHEAD, error);

  if (query == NULL)
    return FALSE;
  query_bind_int (query, ":limit", limit);
  if (query_next (query)) {
    fact->station = g_strdup (query_text (query, 0));
    fact->seq = query_int (query, 1);
    fact->at = query_int (query, 2);
  }
  return query_end (query, error);
}

/* @sure: the hub's clock says the same as ours. */
static void check_clock (Checkup *checkup, Journal *journal, gboolean sure)
{
  g_autoptr (GError) error = NULL;
  g_auto (Fact) fact = { 0 };
  gint64 now_ms = journal_now_ms (journal);
  long long ahead_s;

  if (!first_ahead (journal, clock_hybrid_from_ms (now_ms + CLOCK_CAUTION_MS), &fact, &error)) {
    say_error (checkup, _ ("clock"), NULL, error);
    return;
  }
  ahead_s = (clock_hybrid_ms (fact.at) - now_ms) / 1000;
  if (fact.station == NULL)
    checkup_say (checkup, CHECKUP_GOOD, _ ("clock"), NULL, _ ("not behind any fact"));
  else if (sure)
    checkup_say (
        checkup, CHECKUP_CAUTION, _ ("clock"),
        _ ("If that station's clock is still wrong, set it there (timedatectl). Facts keep their "
           "order all the same."),
        _ ("as the hub's, but station “%s” was %lld s ahead of it when it wrote its fact %lld"),
        fact.station, ahead_s, (long long) fact.seq);
  else
    checkup_say (checkup, ahead_s > CLOCK_BAD_MS / 1000 ? CHECKUP_BAD : CHECKUP_CAUTION,
                 _ ("clock"),
                 _ ("Set it (timedatectl), or that of the station named if it is ahead; opening "
                    "hours are judged by it."),
                 _ ("it is %lld s behind fact %lld of station "
                    "“%s”"),
                 ahead_s, (long long) fact.seq, fact.station);
}

static void say_hub_trouble (Checkup *checkup, Journal *journal, GError *error)
{
  gint64 silence_ms = journal_now_ms (journal) - contact_ms (journal);

  if (g_error_matches (error, CLIENT_ERROR, CLIENT_ERROR_UNREACHABLE))
    checkup_say (checkup, silence_ms > CONTACT_BAD_MS ? CHECKUP_BAD : CHECKUP_CAUTION, _ ("hub"),
                 _ ("Look at the network. If the hub has another address now: a new code "
                    "(accueil-hub invite), then accueil enrol CODE."),
                 _ ("%s; last answer %lld min ago"), error->message,
                 (long long) (silence_ms / 60000));
  else if (g_error_matches (error, CLIENT_ERROR, CLIENT_ERROR_CONFLICT)
           || g_error_matches (error, CLIENT_ERROR, CLIENT_ERROR_OLDER)
           || error->domain == JOURNAL_ERROR) /* says itself what to do */
    say_error (checkup, _ ("hub"), NULL, error);
  else
    say_error (checkup, _ ("hub"),
               _ ("Ask the hub's organiser; accueil enrol CODE enrols this station again."), error);
}

/* What the hub lacks is sent, too: whether it takes it is seen by nothing else. TRUE if
 * the hub's clock says the same as ours. */
static gboolean check_hub (Checkup *checkup, Journal *journal)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Client) client = NULL;
  gint64 epochs = 0;
  guint taken = 0, sent = 0;

  if (!read_row (checkup, journal, _ ("hub"), EPOCHS, &epochs, NULL))
    return FALSE;
  if (epochs > 0) {
    checkup_say (checkup, CHECKUP_GOOD, _ ("hub"), NULL, _ ("this replica is a hub's"));
    return FALSE;
  }
  if (!client_is_enrolled (journal)) {
    checkup_say (checkup, CHECKUP_CAUTION, _ ("hub"),
                 _ ("accueil enrol CODE, with a code from “accueil-hub invite”"),
                 _ ("not enrolled: this station works alone"));
    return FALSE;
  }
  client_start ();
  client = client_new (journal, &error);
  if (client != NULL && client_pull (client, 0, NULL, &taken, &error)
      && client_push (client, &sent, &error))
    checkup_say (checkup, CHECKUP_GOOD, _ ("hub"), NULL,
                 _ ("answers; facts taken just now: %u, sent: %u"), taken, sent);
  else
    say_hub_trouble (checkup, journal, error);
  /* Whoever refuses has answered, too. */
  if (error != NULL && !g_error_matches (error, CLIENT_ERROR, CLIENT_ERROR_CONFLICT)
      && !g_error_matches (error, CLIENT_ERROR, CLIENT_ERROR_OLDER)
      && !g_error_matches (error, CLIENT_ERROR, CLIENT_ERROR_REFUSED))
    return FALSE;
  return check_offset (checkup, client_clock_offset_ms (client));
}

static int run (int argc, char **argv)
{
  g_autoptr (Journal) journal = NULL;
  Checkup checkup = { 0 };
  Clock clock;
  int status;

  if (!command_parse (&command_doctor, NULL, &argc, &argv, &status))
    return status;
  if (argc > 1)
    return command_usage (&command_doctor, _ ("“%s” is too much"), argv[1]);
  if (!command_clock (&clock))
    return EXIT_REFUSED;

  journal = check_replica (&checkup, clock);
  if (journal != NULL) {
    checkup_modes (&checkup, command_db ());
    check_chain (&checkup, journal);
    check_proof (&checkup, journal);
    check_apart (&checkup, journal);
    check_event (&checkup, journal);
    check_key (&checkup, journal);
    check_delegates (&checkup, journal);
    check_strangers (&checkup, journal);
    check_nowhere (&checkup, journal);
    check_retention (&checkup, journal);
    check_clock (&checkup, journal, check_hub (&checkup, journal));
  }
  checkup_disk (&checkup, command_db ());
  checkup_volume (&checkup, command_db ());
  checkup_badge (&checkup);
  checkup_printers (&checkup);
  checkup_readers (&checkup);
  if (checkup.tally.faults + checkup.tally.cautions == 0)
    g_print (_ ("All is well.\n"));
  else
    g_print (_ ("%u to put right, %u to know about.\n"), checkup.tally.faults,
             checkup.tally.cautions);
  return checkup.tally.faults > 0 ? EXIT_REFUSED : 0;
}
