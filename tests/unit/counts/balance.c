/* The two sides by rank and category, counted by hand: invited, registered, arrived,
 * inside; which rank lacks its equal, before the day and on it; ranks that a person
 * confirms. */
#include "counts/balance.h"
#include "words_here.h"

#include "congress/event_file.h"
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
  Balance *balance = balance_read (replica->journal, event, &error);
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

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  words_here ();
  g_test_add_func ("/balance/sides", test_sides);
  g_test_add_func ("/balance/confirmed", test_confirmed);
  g_test_add_func ("/balance/empty", test_empty);
  return g_test_run ();
}
