/* convergence: whatever the order, the batches, the duplicates and the crashes in which
 * facts of five stations reach each other, of which the first is the root and the others
 * write what they may and what they may not, all replicas end with equal heads, equal
 * bodies and equal projections, and rebuilding changes none of them. SEED=n repeats one
 * run; STEPS=n makes it longer.  */
#include "journal/fact_json.h"
#include "journal/journal.h"
#include "journal/query.h"
#include "kit/random_facts.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

#define SEEDS 8
#define STEPS_USUAL 400

typedef struct {
  char name[24];
  char *path;
  Journal *journal;
  gint64 now_ms;
} Station;

typedef struct {
  RandomFacts random;
  char *folder;
  Station stations[RANDOM_FACTS_STATIONS];
  guint crashes, duplicates, gaps, alterations;
} World;

static gint64 clock_now (gpointer data)
{
  return *(gint64 *) data;
}

static void open_again (Station *station)
{
  g_autoptr (GError) error = NULL;

  station->journal = journal_open (
      station->path, (Clock){ .now_ms = clock_now, .data = &station->now_ms }, &error);
  g_assert_no_error (error);
}

/* The process dies: what was not committed has not happened. */
static void crash (World *world, Station *station)
{
  journal_close (station->journal);
  open_again (station);
  world->crashes++;
}

/* Writing ---------------------------------------------------------------------------- */

/* What a machine in wrong hands can do: a fact with a chain of its own that nobody asks
 * whether it may. */
static gboolean write_fact (Station *station, const char *kind, const char *subject,
                            const char *body, GError **error)
{
  Fact fact = { .station = station->name,
                .at = clock_hybrid_from_ms (station->now_ms),
                .kind = (char *) (guintptr) kind,
                .subject = (char *) (guintptr) subject,
                .body = (char *) (guintptr) body };
  Hash chain;

  if (!journal_head (station->journal, station->name, &fact.seq, &chain, error))
    return FALSE;
  fact.seq++;
  fact.body_hash = hash_of (body, strlen (body));
  fact.chain = fact_chain (&chain, &fact);
  return journal_receive (station->journal, &fact, 1, NULL, error);
}

/* An honest one writes what it may, and at its journal's time. */
static gboolean write_one (Station *station, const char *kind, const char *subject,
                           const char *body)
{
  g_autoptr (GError) error = NULL;
  gboolean good = journal_append (station->journal, kind, subject, body, NULL, &error);

  if (good)
    return TRUE;
  if (!g_error_matches (error, JOURNAL_ERROR, JOURNAL_ERROR_ROLE))
    g_assert_error (error, JOURNAL_ERROR, JOURNAL_ERROR_INVALID);
  g_clear_error (&error);
  good = write_fact (station, kind, subject, body, &error);
  g_assert_no_error (error);
  return good;
}

/* Steps ------------------------------------------------------------------------------ */

/* Mostly all clocks agree and advance together, so that stations that have not heard of
 * each other write at the very same time; some stand still, jump or run backwards. */
static void turn_clock (World *world, Station *station)
{
  if (random_facts_chance (&world->random, 30))
    world->random.now_ms += 2;
  if (random_facts_chance (&world->random, 80))
    station->now_ms = world->random.now_ms;
  else
    station->now_ms += random_facts_chance (&world->random, 50)
                           ? -(gint64) random_facts_below (&world->random, 5000)
                           : (gint64) random_facts_below (&world->random, 3);
}

static void work (World *world, Station *station)
{
  g_autoptr (GError) error = NULL;
  guint count = 1 + random_facts_below (&world->random, 4);

  turn_clock (world, station);
  g_assert_true (journal_begin (station->journal, &error));
  for (guint i = 0; i < count; i++) {
    const RandomFactsKind *kind = random_facts_draw (&world->random);
    g_autofree char *subject = kind->subject (&world->random), *body = kind->body (&world->random);

    g_assert_true (write_one (station, kind->kind, subject, body));
  }
  if (random_facts_chance (&world->random, 10)) {
    crash (world, station);
    return;
  }
  g_assert_true (journal_commit (station->journal, &error));
  if (random_facts_chance (&world->random, 5))
    crash (world, station);
}

/* Two stations that have not heard of each other write about the same thing at the very
 * same time. */
static void work_twice (World *world, Station *one, Station *other)
{
  Station *both[] = { one, other };
  const RandomFactsKind *kind = random_facts_draw (&world->random);
  g_autofree char *subject = kind->subject (&world->random);

  world->random.now_ms += 2;
  for (guint i = 0; i < G_N_ELEMENTS (both); i++) {
    g_autofree char *body = kind->body (&world->random);

    both[i]->now_ms = world->random.now_ms;
    g_assert_true (journal_begin (both[i]->journal, NULL));
    g_assert_true (write_one (both[i], kind->kind, subject, body));
    g_assert_true (journal_commit (both[i]->journal, NULL));
  }
}

static gint64 head_of (Station *station, const char *of)
{
  gint64 seq;

  g_assert_true (journal_head (station->journal, of, &seq, NULL, NULL));
  return seq;
}

static void add_facts (GArray *batch, Station *from, const char *of, gint64 after, guint limit)
{
  g_autoptr (GPtrArray) facts = journal_facts_of (from->journal, of, after, limit, NULL);

  g_assert_nonnull (facts);
  for (guint i = 0; i < facts->len; i++) {
    g_autofree char *line = fact_to_json (facts->pdata[i]);
    g_autoptr (GError) error = NULL;
    Fact fact;

    g_assert_true (fact_from_json (line, -1, &fact, &error)); /* as it travels */
    g_array_append_val (batch, fact);
  }
}

static GArray *batch_new (void)
{
  GArray *batch = g_array_new (FALSE, TRUE, sizeof (Fact));

  g_array_set_clear_func (batch, (GDestroyNotify) fact_clear);
  return batch;
}

static const Fact *facts_of (const GArray *batch)
{
  return (const Fact *) (gconstpointer) batch->data;
}

/* What is refused leaves everything as it was. */
static void deliver_bad (World *world, Station *to, const GArray *batch, JournalError expected)
{
  g_autofree char *before = journal_heads_digest (to->journal, NULL), *after = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (journal_begin (to->journal, NULL));
  g_assert_false (journal_receive (to->journal, facts_of (batch), batch->len, NULL, &error));
  g_assert_error (error, JOURNAL_ERROR, (gint) expected);
  journal_rollback (to->journal);
  after = journal_heads_digest (to->journal, NULL);
  g_assert_cmpstr (before, ==, after);
}

static void deliver_gap (World *world, Station *from, Station *to, const char *of)
{
  g_autoptr (GArray) batch = batch_new ();

  add_facts (batch, from, of, head_of (to, of) + 1, 3);
  if (batch->len == 0)
    return;
  deliver_bad (world, to, batch, JOURNAL_ERROR_GAP);
  world->gaps++;
}

static void deliver_altered (World *world, Station *from, Station *to, const char *of)
{
  g_autoptr (GArray) batch = batch_new ();
  Fact *fact;

  add_facts (batch, from, of, head_of (to, of), 3);
  if (batch->len == 0)
    return;
  fact = &g_array_index (batch, Fact, random_facts_below (&world->random, batch->len));
  switch (random_facts_below (&world->random, 4)) {
  case 0:
    fact->at++;
    break;
  case 1:
    g_free (fact->subject);
    fact->subject = g_strdup ("someone-else");
    break;
  case 2:
    fact->chain.bytes[random_facts_below (&world->random, HASH_BYTES)] ^= 1;
    break;
  default:
    fact->body_hash.bytes[random_facts_below (&world->random, HASH_BYTES)] ^= 1;
  }
  deliver_bad (world, to, batch, JOURNAL_ERROR_CHAIN);
  world->alterations++;
}

/* Some facts that @from holds, its own and others', some of which @to has already. */
static void deliver (World *world, Station *from, Station *to)
{
  g_autoptr (GArray) batch = batch_new ();
  g_autoptr (GError) error = NULL;
  guint taken, parts = 1 + random_facts_below (&world->random, RANDOM_FACTS_STATIONS);

  for (guint i = 0; i < parts; i++) {
    const char *of = RANDOM_FACTS_NAMES[random_facts_below (&world->random, RANDOM_FACTS_STATIONS)];
    gint64 head = head_of (to, of), back = random_facts_below (&world->random, 4);

    /* A station may come twice in a batch: then the second part begins where @to stood,
     * and is a duplicate. */
    add_facts (batch, from, of, MAX (0, head - back), 1 + random_facts_below (&world->random, 12));
  }
  g_assert_true (journal_begin (to->journal, NULL));
  g_assert_true (journal_receive (to->journal, facts_of (batch), batch->len, &taken, &error));
  world->duplicates += batch->len - taken;
  if (random_facts_chance (&world->random, 10)) {
    crash (world, to);
    return;
  }
  g_assert_true (journal_commit (to->journal, NULL));
}

static void step (World *world)
{
  Station *one = &world->stations[random_facts_below (&world->random, RANDOM_FACTS_STATIONS)],
          *other = &world->stations[random_facts_below (&world->random, RANDOM_FACTS_STATIONS)];
  guint drawn = random_facts_below (&world->random, 100);

  if (drawn < 30)
    work (world, one);
  else if (drawn < 50 && one != other)
    work_twice (world, one, other);
  else if (one == other)
    crash (world, one);
  else if (drawn < 88)
    deliver (world, one, other);
  else if (drawn < 94)
    deliver_gap (world, one, other,
                 RANDOM_FACTS_NAMES[random_facts_below (&world->random, RANDOM_FACTS_STATIONS)]);
  else
    deliver_altered (
        world, one, other,
        RANDOM_FACTS_NAMES[random_facts_below (&world->random, RANDOM_FACTS_STATIONS)]);
}

/* Everything that is missing, in random order, until all hold all. */
static void catch_up (World *world)
{
  for (;;) {
    g_autofree char *first = journal_heads_digest (world->stations[0].journal, NULL);
    gboolean equal = TRUE;

    for (guint i = 1; i < RANDOM_FACTS_STATIONS && equal; i++) {
      g_autofree char *digest = journal_heads_digest (world->stations[i].journal, NULL);
      equal = g_str_equal (first, digest);
    }
    if (equal)
      return;
    for (guint i = 0; i < 20; i++) {
      Station *from = &world->stations[random_facts_below (&world->random, RANDOM_FACTS_STATIONS)],
              *to = &world->stations[random_facts_below (&world->random, RANDOM_FACTS_STATIONS)];

      if (from != to)
        deliver (world, from, to);
    }
  }
}

/* Comparing -------------------------------------------------------------------------- */

/* All facts with their bodies, which erasure must have emptied everywhere alike. */
static char *bodies_text (Journal *journal)
{
  GString *all = g_string_new (NULL);

  for (guint i = 0; i < RANDOM_FACTS_STATIONS; i++) {
    g_autoptr (GPtrArray) facts
        = journal_facts_of (journal, RANDOM_FACTS_NAMES[i], 0, G_MAXINT, NULL);

    for (guint n = 0; n < facts->len; n++) {
      const Fact *fact = facts->pdata[n];
      g_string_append_printf (all, "%s %" G_GINT64_FORMAT " %s\n", fact->station, fact->seq,
                              fact->body != NULL ? fact->body : "(erased)");
    }
  }
  return g_string_free (all, FALSE);
}

/* What a search would find: the index is no projection of its own. */
static char *found_text (Journal *journal)
{
  Query *query = journal_query (journal,
                                "SELECT d.reference, s.tokens FROM delegate_search s LEFT JOIN "
                                "delegate d ON d.number = s.rowid ORDER BY d.reference, s.tokens",
                                NULL);
  GString *all = g_string_new (NULL);

  g_assert_nonnull (query);
  while (query_next (query))
    g_string_append_printf (all, "%s: %s\n", query_text (query, 0), query_text (query, 1));
  g_assert_true (query_end (query, NULL));
  return g_string_free (all, FALSE);
}

/* What is derived from the tables when it is asked for: which badge is good, what
 * contradicts itself, what a person should look at. */
static char *views_text (Journal *journal)
{
  static const char *const VIEWS[]
      = { "SELECT * FROM badge_state ORDER BY 1, 2, 3", "SELECT * FROM conflict ORDER BY 1",
          "SELECT * FROM badge_doubted ORDER BY 1, 2, 3", "SELECT * FROM alert ORDER BY 1" };
  GString *all = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (VIEWS); i++) {
    Query *query = journal_query (journal, VIEWS[i], NULL);

    g_assert_nonnull (query);
    while (query_next (query)) {
      for (int column = 0; column < query_columns (query); column++)
        g_string_append_printf (all, "%s|", query_text (query, column));
      g_string_append_c (all, '\n');
    }
    g_assert_true (query_end (query, NULL));
  }
  return g_string_free (all, FALSE);
}

static char *state_of (Journal *journal)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *projections = journal_projections_text (journal, &error),
                  *bodies = bodies_text (journal), *found = found_text (journal),
                  *views = views_text (journal);

  g_assert_no_error (error);
  return g_strconcat (projections, "--- bodies\n", bodies, "--- search\n", found, "--- views\n",
                      views, NULL);
}

static void assert_equal (const char *a, const char *b, const char *which)
{
  g_auto (GStrv) lines_a = g_strsplit (a, "\n", -1), lines_b = g_strsplit (b, "\n", -1);

  for (guint i = 0; lines_a[i] != NULL || lines_b[i] != NULL; i++)
    if (lines_a[i] == NULL || lines_b[i] == NULL || strcmp (lines_a[i], lines_b[i]) != 0)
      g_error ("%s differs:\n  %s\n  %s", which, lines_a[i] != NULL ? lines_a[i] : "(end)",
               lines_b[i] != NULL ? lines_b[i] : "(end)");
}

static void set_root (Journal *journal)
{
  g_assert_true (journal_begin (journal, NULL));
  g_assert_true (journal_set_root (journal, RANDOM_FACTS_NAMES[0], NULL));
  g_assert_true (journal_commit (journal, NULL));
}

/* A replica that begins with a snapshot is like one that was there from the start. */
static void check_newcomer (World *world, const char *expected)
{
  g_autofree char *snapshot = g_build_filename (world->folder, "snapshot.db", NULL),
                  *path = g_build_filename (world->folder, "new.db", NULL), *state = NULL;
  g_autoptr (Journal) journal = journal_create (path, "newcomer", clock_system (), NULL);
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) lines = NULL, wanted = NULL;
  gint64 taken, last;

  set_root (journal);
  g_assert_true (journal_snapshot (world->stations[0].journal, snapshot, &error));
  g_assert_true (journal_merge (journal, snapshot, &taken, NULL, &last, &error));
  g_assert_cmpint (taken, ==, journal_last_number (world->stations[0].journal, NULL));
  state = state_of (journal);
  lines = g_strsplit (state, "\n", -1);
  wanted = g_strsplit (expected, "\n", -1);
  /* All the rows of the others, and its own key. */
  for (guint i = 0; wanted[i] != NULL; i++)
    if (!g_strv_contains ((const char *const *) lines, wanted[i]))
      g_error ("the newcomer lacks: %s", wanted[i]);
  g_assert_cmpuint (g_strv_length (lines), ==, g_strv_length (wanted) + 1);
}

static void check_all (World *world)
{
  g_autofree char *expected = state_of (world->stations[0].journal);

  for (guint i = 0; i < RANDOM_FACTS_STATIONS; i++) {
    Station *station = &world->stations[i];
    g_autofree char *state = state_of (station->journal), *rebuilt = NULL;
    g_autoptr (GError) error = NULL;

    assert_equal (expected, state, station->name);
    g_assert_true (journal_verify (station->journal, NULL, NULL, NULL, &error));
    g_assert_true (journal_rebuild (station->journal, &error));
    rebuilt = state_of (station->journal);
    assert_equal (expected, rebuilt, "rebuilt");
  }
  check_newcomer (world, expected);
}

static guint kept_apart (Station *station)
{
  Query *query = journal_query (station->journal, "SELECT count (DISTINCT why) FROM apart", NULL);
  guint count;

  g_assert_true (query_next (query));
  count = (guint) query_int (query, 0);
  g_assert_true (query_end (query, NULL));
  return count;
}

/* Whoever adds a kind of fact adds its case here: the table of who may say what names
 * them all. */
static void every_kind (void)
{
  g_autofree char *source = NULL;
  g_autoptr (GRegex) row = g_regex_new ("\\{ \"([a-z-]+)\", ROLE_", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  guint kinds = 0;

  g_assert_true (g_file_get_contents ("src/journal/authority.c", &source, NULL, NULL));
  for (g_regex_match (row, source, 0, &match); g_match_info_matches (match);
       g_match_info_next (match, NULL), kinds++) {
    g_autofree char *kind = g_match_info_fetch (match, 1);

    if (!random_facts_has (kind))
      g_error ("no case of convergence for the kind “%s”", kind);
  }
  g_assert_cmpuint (kinds, >, 40);
}

/* Runs ------------------------------------------------------------------------------- */

static void begin (World *world, guint32 seed)
{
  world->random.rand = g_rand_new_with_seed (seed);
  world->random.now_ms = 1477440000000;
  world->folder = g_dir_make_tmp ("accueil-convergence-XXXXXX", NULL);
  for (guint i = 0; i < RANDOM_FACTS_STATIONS; i++) {
    Station *station = &world->stations[i];
    g_autoptr (GError) error = NULL;

    g_strlcpy (station->name, RANDOM_FACTS_NAMES[i], sizeof station->name);
    station->path = g_strdup_printf ("%s/%s.db", world->folder, station->name);
    station->now_ms = world->random.now_ms;
    station->journal
        = journal_create (station->path, station->name,
                          (Clock){ .now_ms = clock_now, .data = &station->now_ms }, &error);
    g_assert_no_error (error);
    set_root (station->journal);
  }
}

static void end (World *world)
{
  g_autoptr (GDir) dir = g_dir_open (world->folder, 0, NULL);
  const char *name;

  for (guint i = 0; i < RANDOM_FACTS_STATIONS; i++) {
    journal_close (world->stations[i].journal);
    g_free (world->stations[i].path);
  }
  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (world->folder, name, NULL);
    g_unlink (path);
  }
  g_rmdir (world->folder);
  g_free (world->folder);
  g_rand_free (world->random.rand);
}

static void run (gconstpointer data)
{
  guint32 seed = GPOINTER_TO_UINT (data);
  guint steps = g_getenv ("STEPS") != NULL ? (guint) atoi (g_getenv ("STEPS")) : STEPS_USUAL;
  World world = { 0 };

  g_test_message ("SEED=%u", seed);
  begin (&world, seed);
  for (guint i = 0; i < steps; i++)
    step (&world);
  catch_up (&world);
  check_all (&world);
  g_test_message ("%" G_GINT64_FORMAT
                  " facts, %u crashes, %u duplicates, %u gaps and %u alterations refused",
                  journal_last_number (world.stations[0].journal, NULL), world.crashes,
                  world.duplicates, world.gaps, world.alterations);
  /* A run in which these did not happen would prove little. */
  g_assert_cmpuint (kept_apart (&world.stations[0]), >, 0);
  g_assert_cmpuint (world.crashes, >, 0);
  g_assert_cmpuint (world.duplicates, >, 0);
  g_assert_cmpuint (world.gaps + world.alterations, >, 0);
  end (&world);
}

int main (int argc, char **argv)
{
  const char *chosen = g_getenv ("SEED");
  guint32 base = chosen != NULL ? (guint32) g_ascii_strtoull (chosen, NULL, 10) : g_random_int ();

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/convergence/every-kind", every_kind);
  for (guint i = 0; i < (chosen != NULL ? 1 : SEEDS); i++) {
    g_autofree char *path = g_strdup_printf ("/convergence/seed-%u", base + i);
    g_test_add_data_func (path, GUINT_TO_POINTER (base + i), run);
  }
  return g_test_run ();
}
