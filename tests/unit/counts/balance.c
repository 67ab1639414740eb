/* The two sides by rank and category, counted by hand: invited, registered, arrived,
 * inside; which rank lacks its equal, before the day and on it; ranks that a person
 * confirms. */
#include "counts/balance.h"
#include "words_here.h"

#include "congress/event_file.h"
#include "roster/delegate.h"
#include "unit/access/replica.h"

static void begin (Replica *replica)
{
  g_autoptr (GError) error = NULL;
  DefinitionSummary summary;
  replica_open (replica, "desk");
  g_assert_true (
      event_file_load (replica->journal, "assets/demo/congress.ini", NULL, &summary, &error));
  g_assert_no_error (error);
}

static void person (Journal *journal, const char *reference, const char *country,
                    const char *function, const char *more)
{
  g_autofree char *body = g_strdup_printf (
      "{\"family\":\"F%s\",\"country\":\"%s\",\"category\":\"elu\",\"%s\":\"%s\","
      "\"events\":[\"rencontres\"]%s}",
      reference, country, strcmp (country, "CN") == 0 ? "function_zh" : "function_fr", function,
      more);
  append (journal, "registration", reference, body);
}

static void pass_at (Journal *journal, const char *reference, const char *checkpoint,
                     const char *day, const char *direction)
{
  g_autofree char *body = g_strdup_printf (
      "{\"checkpoint\":\"%s\",\"verdict\":\"ADMITTED\",\"day\":\"%s\",\"period\":\"\",\"code\":"
      "\"badge\",\"direction\":\"%s\"}",
      checkpoint, day, direction);
  hand_ms += 1000;
  append (journal, "passage", reference, body);
}

static Balance *read_balance (const Replica *replica, const char *event)
{
  g_autoptr (GError) error = NULL;
  Balance *balance = balance_read (replica->journal, event, TRUE, &error);
  g_assert_no_error (error);
  return balance;
}

static const BalanceRow *row_of (const GPtrArray *rows, const char *id)
{
  for (guint i = 0; i < rows->len; i++)
    if (strcmp (((const BalanceRow *) rows->pdata[i])->id, id) == 0)
      return rows->pdata[i];
  g_error ("no row %s", id);
}

#define assert_count(row, side, i, r, a, n)                                                        \
  do {                                                                                             \
    const BalanceCount *count = &(row)->sides[side];                                               \
    g_assert_cmpint (count->invited, ==, i);                                                       \
    g_assert_cmpint (count->registered, ==, r);                                                    \
    g_assert_cmpint (count->arrived, ==, a);                                                       \
    g_assert_cmpint (count->inside, ==, n);                                                        \
  } while (0)

static void test_sides (void)
{
  Replica replica;
  begin (&replica);
  Journal *journal = replica.journal;
  person (journal, "FR-1", "FR", "Ministre", "");
  person (journal, "FR-2", "FR", "Maire de Nantes", "");
  person (journal, "FR-3", "FR", "Maire de Nice", ",\"status\":\"pending\"");
  person (journal, "FR-4", "FR", "Maire de Lyon", ",\"revoked\":true");
  person (journal, "CN-1", "CN", "成都市市长", ",\"protocol\":true");
  person (journal, "CN-2", "CN", "专员", "");
  person (journal, "BE-1", "BE", "Gouverneur", "");
  g_autoptr (Balance) before = read_balance (&replica, NULL);
  FiguresSide side;
  const BalanceRow *mayors = row_of (before->ranks, "mayor"),
                   *ministers = row_of (before->ranks, "minister");
  assert_count (mayors, FIGURES_FRANCE, 2, 1, 0, 0);
  assert_count (mayors, FIGURES_CHINA, 1, 1, 0, 0);
  assert_count (row_of (before->ranks, "other"), FIGURES_CHINA, 1, 1, 0, 0);
  assert_count (row_of (before->categories, "elu"), FIGURES_FRANCE, 3, 2, 0, 0);
  assert_count (row_of (before->categories, "presse"), FIGURES_FRANCE, 0, 0, 0, 0);
  g_assert_false (balance_lacks (mayors, BALANCE_REGISTERED, &side));
  g_assert_true (balance_lacks (ministers, BALANCE_REGISTERED, &side));
  g_assert_cmpint (side, ==, FIGURES_CHINA);
  g_assert_cmpuint (balance_lacking (before, BALANCE_REGISTERED), ==, 1);
  g_assert_cmpuint (balance_lacking (before, BALANCE_INSIDE), ==, 0);
  /* Nobody needs an equal of those who have no rank, nor does a third country. */
  g_assert_false (balance_lacks (row_of (before->ranks, "governor"), BALANCE_REGISTERED, &side));
  pass_at (journal, "FR-2", "entree-est", "2016-10-26", "in");
  pass_at (journal, "CN-1", "entree-est", "2016-10-26", "in");
  pass_at (journal, "CN-1", "entree-est", "2016-10-26", "out");
  pass_at (journal, "CN-2", "atelier-a1", "2016-10-26", "in"); /* no entrance */
  g_autoptr (Balance) day = read_balance (&replica, "rencontres");
  mayors = row_of (day->ranks, "mayor");
  g_assert_cmpstr (day->day, ==, "2016-10-26");
  assert_count (mayors, FIGURES_FRANCE, 2, 1, 1, 1);
  assert_count (mayors, FIGURES_CHINA, 1, 1, 1, 0);
  assert_count (row_of (day->ranks, "other"), FIGURES_CHINA, 1, 1, 0, 0);
  g_assert_true (balance_lacks (mayors, BALANCE_INSIDE, &side));
  g_assert_cmpint (side, ==, FIGURES_CHINA);
  /* Of the next day: who came yesterday has arrived, and is not inside. */
  pass_at (journal, "CN-1", "entree-est", "2016-10-27", "in");
  g_autoptr (Balance) next = read_balance (&replica, NULL);
  assert_count (row_of (next->ranks, "mayor"), FIGURES_FRANCE, 2, 1, 1, 0);
  assert_count (row_of (next->ranks, "mayor"), FIGURES_CHINA, 1, 1, 1, 1);
  g_autoptr (Balance) fair = read_balance (&replica, "foire");
  assert_count (row_of (fair->ranks, "mayor"), FIGURES_FRANCE, 0, 0, 0, 0);
  replica_close (&replica);
}

/* What a list or a person says stands above the function, and is confirmed. */
static void test_confirmed (void)
{
  Replica replica;
  begin (&replica);
  person (replica.journal, "FR-1", "FR", "Maire", "");
  person (replica.journal, "FR-2", "FR", "Maire", ",\"rank\":\"minister\"");
  person (replica.journal, "FR-3", "FR", "Maire", ",\"protocol\":true");
  person (replica.journal, "FR-4", "FR", "Chargée de mission", "");
  g_autoptr (Balance) balance = read_balance (&replica, NULL);
  assert_count (row_of (balance->ranks, "mayor"), FIGURES_FRANCE, 2, 2, 0, 0);
  assert_count (row_of (balance->ranks, "minister"), FIGURES_FRANCE, 1, 1, 0, 0);
  g_assert_cmpuint (balance->guesses->len, ==, 2);
  const BalanceGuess *first = balance->guesses->pdata[0], *quiet = balance->guesses->pdata[1];
  g_assert_cmpstr (first->reference, ==, "FR-1");
  g_assert_cmpstr (first->name, ==, "FFR-1");
  g_assert_cmpstr (quiet->reference, ==, "FR-3");
  g_assert_cmpstr (quiet->name, ==, "");
  g_autofree char *json = balance_json (balance);
  g_assert_nonnull (strstr (json, "\"reference\":\"FR-3\",\"name\":\"\""));
  g_assert_null (strstr (json, "FFR-3"));
  append (replica.journal, "registration", "FR-1",
          "{\"rank\":\"deputy\",\"corrected\":[\"rank\"],\"volunteer\":\"Anne\"}");
  person (replica.journal, "FR-1", "FR", "Maire", ""); /* the list once more */
  g_autoptr (Balance) confirmed = read_balance (&replica, NULL);
  assert_count (row_of (confirmed->ranks, "deputy"), FIGURES_FRANCE, 1, 1, 0, 0);
  g_assert_cmpuint (confirmed->guesses->len, ==, 1);
  replica_close (&replica);
}

static void test_empty (void)
{
  Replica replica;
  replica_open (&replica, "desk");
  g_autoptr (Balance) balance = read_balance (&replica, NULL);
  g_assert_cmpuint (balance->ranks->len, ==, 6);
  g_assert_cmpuint (balance_lacking (balance, BALANCE_REGISTERED), ==, 0);
  replica_close (&replica);
}

/* By chance --------------------------------------------------------------------------- */

static guint below (GRand *rand, guint limit)
{
  return (guint) g_rand_int_range (rand, 0, (gint32) limit);
}

/* Something that may change a balance; few people and doors, so that they meet. */
static void happen (Journal *journal, GRand *rand)
{
  static const char *const RANKS[] = { "", "", "mayor", "archduke" };
  static const char *const FUNCTIONS[] = { "", "Maire de Nice", "Ministre", "Chargée de mission" };
  static const char *const DOORS[] = { "entree-est", "entree-foire", "nord", "dejeuner-26" };
  static const char *const SIDES[] = { "", "FR", "CN", "BE" };
  g_autofree char *reference = g_strdup_printf ("P-%u", below (rand, 9)), *body = NULL;
  hand_ms += 1000;
  switch (below (rand, 10)) {
  case 0:
  case 1:
  case 2:
    body = g_strdup_printf (
        "{\"country\":\"%s\",\"delegation\":\"%s\",\"rank\":\"%s\",\"function_fr\":\"%s\","
        "\"category\":\"%s\",\"events\":[\"%s\"%s],\"status\":\"%s\"%s%s}",
        SIDES[below (rand, 4)], below (rand, 2) ? "d1" : "", RANKS[below (rand, 4)],
        FUNCTIONS[below (rand, 4)], below (rand, 3) ? "elu" : "inconnue",
        below (rand, 2) ? "rencontres" : "foire", below (rand, 2) ? ",\"gala\"" : "",
        below (rand, 4) ? "" : "pending", below (rand, 5) ? "" : ",\"revoked\":true",
        below (rand, 4) ? "" : ",\"corrected\":[\"rank\",\"category\"],\"volunteer\":\"Zoé\"");
    append (journal, "registration", reference, body);
    break;
  case 3:
  case 4:
  case 5:
  case 6:
    pass_at (journal, reference, DOORS[below (rand, 4)],
             below (rand, 2) ? "2016-10-26" : "2016-10-27", below (rand, 3) ? "in" : "out");
    break;
  case 7:
    body = g_strdup_printf ("{\"of\":\"desk\",\"seq\":%u,\"volunteer\":\"Zoé\"}",
                            60 + below (rand, 160));
    append (journal, "undone", reference, body);
    break;
  case 8:
    body = g_strdup_printf ("{\"fr\":\"Maire\",\"zh\":\"市长\",\"words\":[\"%s\"]%s}",
                            below (rand, 2) ? "maire" : "ministre",
                            below (rand, 3) ? "" : ",\"removed\":true");
    append (journal, "rank", "mayor", body);
    break;
  default:
    body = g_strdup_printf ("{\"country\":\"%s\"}", SIDES[below (rand, 4)]);
    append (journal, "delegation", "d1", body);
    if (below (rand, 3) == 0)
      append (journal, "erasure", reference, "{}");
    if (below (rand, 3) == 0)
      append (journal, "checkpoint", "nord",
              below (rand, 2) ? "{\"kind\":\"entrance\",\"event\":\"foire\"}"
                              : "{\"kind\":\"zone\"}");
  }
}

static char *text_of (Journal *journal, const char *sql, const char *reference, const char *event,
                      const char *day)
{
  Query *query = journal_query (journal, sql, NULL);
  query_bind_text (query, ":event", event);
  if (reference != NULL)
    query_bind_text (query, ":reference", reference);
  if (day != NULL)
    query_bind_text (query, ":day", day);
  char *text = g_strdup (query_next (query) ? query_text (query, 0) : "");
  g_assert_true (query_end (query, NULL));
  return text;
}

#define AT_ENTRANCES                                                                               \
  " FROM presence p JOIN checkpoint c ON c.id = p.checkpoint AND c.kind = 'entrance' AND (:event " \
  "= '' OR c.event = :event)"
static const char LAST_DAY[] = "SELECT max (p.day)" AT_ENTRANCES;
static const char CAME[] = "SELECT 'x'" AT_ENTRANCES " WHERE p.reference = :reference LIMIT 1";
static const char LAST[] = "SELECT p.last_direction" AT_ENTRANCES
                           " WHERE p.reference = :reference AND p.day = :day ORDER BY p.last_at "
                           "DESC, p.last_station DESC, p.last_seq DESC LIMIT 1";
static const char COUNTRY[] = "SELECT g.country FROM delegate d JOIN delegation g ON g.id = "
                              "d.delegation AND NOT g.removed WHERE d.reference = :reference AND "
                              ":event = :event";

/* Everybody one by one, from the tables that are not counts. */
static void recount (Journal *journal, const char *event, const Balance *balance)
{
  g_autoptr (RankBook) ranks = rank_book_read (journal, NULL);
  g_autoptr (GPtrArray) people = delegate_all (journal, NULL);
  g_autofree char *day = text_of (journal, LAST_DAY, NULL, event, NULL);
  g_autofree BalanceCount *counts
      = g_new0 (BalanceCount, (rank_count (ranks) + 2) * FIGURES_SIDES); /* and two categories */
  g_assert_cmpstr (balance->day, ==, day);
  for (guint i = 0; i < people->len; i++) {
    const Delegate *person = people->pdata[i];
    if (person->revoked
        || (*event != '\0' && !g_strv_contains ((const char *const *) person->events, event)))
      continue;
    g_autofree char *country = text_of (journal, COUNTRY, person->reference, "", NULL),
                    *came = text_of (journal, CAME, person->reference, event, NULL),
                    *last = text_of (journal, LAST, person->reference, event, day);
    guint side = figures_side_of (*person->country != '\0' ? person->country : country),
          rank = *person->rank != '\0' ? rank_find (ranks, person->rank) : RANK_NONE;
    if (rank == RANK_NONE)
      rank = rank_of_function (ranks, person->function_fr, person->function_zh);
    guint category = rank_count (ranks) + (strcmp (person->category, "elu") != 0);
    for (guint row = rank;; row = category) {
      BalanceCount *to = &counts[row * FIGURES_SIDES + side];
      to->invited++;
      to->registered += *person->status == '\0';
      to->arrived += *came != '\0';
      to->inside += strcmp (last, "in") == 0;
      if (row == category)
        break;
    }
  }
  for (guint side = 0; side < FIGURES_SIDES; side++) {
    for (guint rank = 0; rank < rank_count (ranks); rank++) {
      const BalanceCount *is = &((BalanceRow *) balance->ranks->pdata[rank])->sides[side],
                         *must = &counts[rank * FIGURES_SIDES + side];
      g_assert_cmpmem (is, sizeof *is, must, sizeof *must);
    }
    const BalanceCount *is = &row_of (balance->categories, "elu")->sides[side],
                       *must = &counts[rank_count (ranks) * FIGURES_SIDES + side];
    g_assert_cmpmem (is, sizeof *is, must, sizeof *must);
  }
}

/* Whatever happens in whatever order, the kept counts are those of a recount, and a rebuild
 * changes none. SEED=n repeats one run. */
static void test_by_chance (void)
{
  static const char *const EVENTS[] = { "", "rencontres", "foire", "bal" };
  const char *chosen = g_getenv ("SEED");
  guint32 seed = chosen != NULL ? (guint32) g_ascii_strtoull (chosen, NULL, 10) : g_random_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  g_test_message ("SEED=%u", seed);
  Replica replica;
  begin (&replica);
  for (guint step = 0; step < 160; step++) {
    happen (replica.journal, rand);
    if (step % 10 != 9)
      continue;
    for (guint i = 0; i < G_N_ELEMENTS (EVENTS); i++) {
      g_autoptr (Balance) balance = read_balance (&replica, EVENTS[i]);
      recount (replica.journal, i == 3 ? "no such" : EVENTS[i], balance);
    }
  }
  g_autofree char *before = journal_projections_text (replica.journal, NULL);
  g_assert_true (journal_rebuild (replica.journal, NULL));
  g_autofree char *after = journal_projections_text (replica.journal, NULL);
  g_assert_cmpstr (before, ==, after);
  replica_close (&replica);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  words_here ();
  g_test_add_func ("/balance/sides", test_sides);
  g_test_add_func ("/balance/confirmed", test_confirmed);
  g_test_add_func ("/balance/empty", test_empty);
  g_test_add_func ("/balance/by-chance", test_by_chance);
  return g_test_run ();
}
