/* True counts: a small congress counted by hand, and a large random one counted a second
 * time another way. */
#include "counts/counts.h"
#include "words_here.h"

#include "congress/event_file.h"
#include "unit/access/replica.h"

#define DEMO "assets/demo/congress.ini"

static void begin (Replica *replica)
{
  g_autoptr (GError) error = NULL;
  DefinitionSummary summary;
  replica_open (replica, "desk");
  g_assert_true (event_file_load (replica->journal, DEMO, NULL, &summary, &error));
  g_assert_no_error (error);
}

static void pass_at (Journal *journal, const char *reference, const char *checkpoint,
                     const char *day, const char *verdict, const char *direction)
{
  g_autofree char *body = g_strdup_printf (
      "{\"checkpoint\":\"%s\",\"verdict\":\"%s\",\"day\":\"%s\",\"period\":\"%s\",\"code\":"
      "\"badge\",\"direction\":\"%s\"}",
      checkpoint, verdict, day, strcmp (verdict, "ADMITTED") == 0 ? day : "", direction);
  append (journal, "passage", reference, body);
}

static void come (Journal *journal, const char *reference, const char *checkpoint, const char *day)
{
  pass_at (journal, reference, checkpoint, day, "ADMITTED", "in");
}

/* Five delegates, one withdrawn. */
static void small_congress (Journal *journal)
{
  append (journal, "registration", "FR-1",
          "{\"category\":\"elu\",\"country\":\"FR\",\"delegation\":\"france\",\"events\":["
          "\"rencontres\"],\"days\":[\"26\",\"27\"],\"workshops\":[\"A1\"],\"meals\":true}");
  append (journal, "registration", "FR-2",
          "{\"category\":\"entreprise\",\"country\":\"FR\",\"delegation\":\"Véolia "
          "Eau\",\"organisation_fr\":\"Véolia Eau\",\"organisation_zh\":\"威立雅水务\","
          "\"events\":[\"rencontres\",\"foire\"],\"days\":[\"26\",\"29\"],\"role\":\"intervenant "
          "A1\",\"meals\":true}");
  append (journal, "registration", "CN-1",
          "{\"category\":\"entreprise\",\"country\":\"CN\",\"delegation\":\"chine\",\"events\":["
          "\"rencontres\",\"foire\"],\"days\":[\"29\"]}");
  append (journal, "registration", "CN-2",
          "{\"country\":\"CN\",\"delegation\":\"chine\",\"events\":[\"rencontres\"],\"days\":["
          "\"26\"]}");
  append (journal, "registration", "CN-3",
          "{\"category\":\"elu\",\"country\":\"CN\",\"events\":[\"rencontres\"],\"days\":[\"26\"],"
          "\"revoked\":true}");

  come (journal, "FR-1", "entree-est", "2016-10-26");
  pass_at (journal, "FR-1", "entree-est", "2016-10-26", "ALREADY_IN", "in");
  come (journal, "FR-1", "atelier-a1", "2016-10-26");
  come (journal, "FR-2", "entree-est", "2016-10-26");
  pass_at (journal, "FR-2", "entree-est", "2016-10-26", "ADMITTED", "out");
  come (journal, "FR-2", "entree-est", "2016-10-26"); /* back again: still one person */
  pass_at (journal, "FR-2", "entree-est", "2016-10-26", "ADMITTED", "out");
  come (journal, "FR-1", "entree-est", "2016-10-27");
  pass_at (journal, "", "entree-est", "2016-10-27", "FORGED", "in");
  pass_at (journal, "CN-2", "entree-foire", "2016-10-29", "NOT_ENTITLED", "in");
  come (journal, "FR-2", "entree-foire", "2016-10-29");
  come (journal, "CN-1", "entree-foire", "2016-10-29");
  pass_at (journal, "CN-1", "entree-foire", "2016-10-29", "ADMITTED", "out");
  come (journal, "CN-3", "entree-est", "2016-10-26"); /* before the registration was withdrawn */
}

static Counts *read_counts (Journal *journal, CountsBy by)
{
  g_autoptr (GError) error = NULL;
  Counts *counts = counts_read (journal, by, &error);
  g_assert_no_error (error);
  g_assert_nonnull (counts);
  return counts;
}

static void assert_row (const Counts *counts, const char *id, gint64 registered, gint64 arrived,
                        gint64 inside, gint64 passages, gint64 refused)
{
  for (guint i = 0; i < counts->rows->len; i++) {
    const CountsRow *row = counts->rows->pdata[i];
    if (strcmp (row->id, id) != 0)
      continue;
    g_autofree char *found
        = g_strdup_printf ("%s: %d %d %d %d %d", id, (int) row->registered, (int) row->arrived,
                           (int) row->inside, (int) row->passages, (int) row->refused);
    g_autofree char *expected
        = g_strdup_printf ("%s: %d %d %d %d %d", id, (int) registered, (int) arrived, (int) inside,
                           (int) passages, (int) refused);
    g_assert_cmpstr (found, ==, expected);
    return;
  }
  g_error ("no row %s", id);
}

static void test_small (void)
{
  Replica replica;
  begin (&replica);
  small_congress (replica.journal);

  g_autoptr (Counts) total = read_counts (replica.journal, COUNTS_TOTAL);
  g_assert_cmpint (total->registered, ==, 4);
  g_assert_cmpint (total->arrived, ==, 4); /* FR-1 FR-2 CN-1 CN-3 */
  g_assert_cmpstr (total->inside_day, ==, "2016-10-29");
  g_assert_cmpint (total->inside, ==, 1); /* FR-2 */
  g_assert_cmpint (total->both_events, ==, 1);
  g_assert_cmpint (total->only_first, ==, 2);
  g_assert_cmpint (total->only_second, ==, 1);
  g_assert_cmpint (total->passages, ==, 11);
  g_assert_cmpint (total->refused, ==, 3);
  g_assert_cmpuint (total->rows->len, ==, 0);

  g_autoptr (Counts) event = read_counts (replica.journal, COUNTS_BY_EVENT);
  g_assert_cmpuint (event->rows->len, ==, 2);
  assert_row (event, "rencontres", 4, 3, 0, 8, 2);
  assert_row (event, "foire", 2, 2, 1, 3, 1);

  g_autoptr (Counts) day = read_counts (replica.journal, COUNTS_BY_DAY);
  g_assert_cmpuint (day->rows->len, ==, 4);
  assert_row (day, "2016-10-26", 3, 3, 2, 7, 1);
  assert_row (day, "2016-10-27", 1, 1, 1, 1, 1);
  assert_row (day, "2016-10-28", 0, 0, 0, 0, 0);
  assert_row (day, "2016-10-29", 2, 2, 1, 3, 1);

  g_autoptr (Counts) checkpoint = read_counts (replica.journal, COUNTS_BY_CHECKPOINT);
  assert_row (checkpoint, "entree-est", 3, 3, 0, 7, 2); /* CN-1 is registered for the 29th alone */
  assert_row (checkpoint, "entree-foire", 2, 2, 1, 3, 1);
  assert_row (checkpoint, "atelier-a1", 2, 1, 0, 1, 0); /* one wish, one role */
  assert_row (checkpoint, "dejeuner-26", 2, 0, 0, 0, 0);
  assert_row (checkpoint, "espace-b2b", 2, 0, 0, 0, 0);
  assert_row (checkpoint, "salon-vip", 0, 0, 0, 0, 0);

  g_autoptr (Counts) category = read_counts (replica.journal, COUNTS_BY_CATEGORY);
  assert_row (category, "elu", 1, 2, 0, 4, 1);
  assert_row (category, "entreprise", 2, 2, 1, 7, 0);
  assert_row (category, "", 1, 0, 0, 0, 1);
  assert_row (category, "presse", 0, 0, 0, 0, 0);
  g_assert_cmpstr (((CountsRow *) category->rows->pdata[0])->zh, ==, "民选代表");

  g_autoptr (Counts) delegation = read_counts (replica.journal, COUNTS_BY_DELEGATION);
  assert_row (delegation, "chine", 2, 1, 0, 2, 1);
  assert_row (delegation, "Véolia Eau", 1, 1, 1, 5, 0);
  g_assert_cmpstr (((CountsRow *) delegation->rows->pdata[0])->fr, ==, "Délégation chinoise");

  g_autoptr (Counts) country = read_counts (replica.journal, COUNTS_BY_COUNTRY);
  assert_row (country, "FR", 2, 2, 1, 8, 1);
  assert_row (country, "CN", 2, 2, 0, 3, 1);
  g_assert_cmpstr (((CountsRow *) country->rows->pdata[0])->zh, ==, "中国");
  replica_close (&replica);
}

/* What is an entrance, and of which event, may be known only after people came, and may
 * change. */
static void test_late_definitions (void)
{
  Replica replica;
  replica_open (&replica, "desk");
  Journal *journal = replica.journal;
  append (journal, "congress", "congress",
          "{\"fr\":\"C\",\"timezone\":\"Asia/"
          "Shanghai\",\"days\":[{\"label\":\"26\",\"date\":\"2016-10-26\"}]}");
  append (journal, "event", "one", "{\"order\":1}");
  append (journal, "event", "two", "{\"order\":2}");
  append (journal, "registration", "FR-1", "{}");
  come (journal, "FR-1", "door", "2016-10-26");
  come (journal, "FR-2", "gate", "2016-10-26");
  come (journal, "FR-2", "door", "2016-10-26");
  pass_at (journal, "FR-2", "gate", "2016-10-26", "ADMITTED", "out");
  static const struct {
    const char *door, *gate;
    gint64 arrived, inside, both, only_first, only_second;
  } ROWS[] = {
    { "{\"kind\":\"meal\"}", "{\"kind\":\"meal\"}", 0, 0, 0, 0, 0 },
    { "{\"kind\":\"entrance\",\"event\":\"one\"}", "{\"kind\":\"meal\"}", 2, 2, 0, 2, 0 },
    { "{\"kind\":\"entrance\",\"event\":\"one\"}", "{\"kind\":\"entrance\",\"event\":\"two\"}", 2,
      1, 1, 1, 0 },
    { "{\"kind\":\"entrance\",\"event\":\"two\"}", "{\"kind\":\"entrance\",\"event\":\"two\"}", 2,
      1, 0, 0, 2 },
    { "{\"kind\":\"zone\"}", "{\"kind\":\"entrance\",\"removed\":true}", 1, 0, 0, 0, 0 },
  };
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    append (journal, "checkpoint", "door", ROWS[i].door);
    append (journal, "checkpoint", "gate", ROWS[i].gate);
    g_autoptr (Counts) counts = read_counts (journal, COUNTS_TOTAL);
    g_autofree char *found = g_strdup_printf ("%d: %d %d %d %d %d", (int) i, (int) counts->arrived,
                                              (int) counts->inside, (int) counts->both_events,
                                              (int) counts->only_first, (int) counts->only_second);
    g_autofree char *expected = g_strdup_printf (
        "%d: %d %d %d %d %d", (int) i, (int) ROWS[i].arrived, (int) ROWS[i].inside,
        (int) ROWS[i].both, (int) ROWS[i].only_first, (int) ROWS[i].only_second);
    g_assert_cmpstr (found, ==, expected);
  }
  replica_close (&replica);
}

static void test_badges (void)
{
  Replica replica;
  begin (&replica);
  for (guint i = 1; i <= 4; i++) {
    g_autofree char *reference = g_strdup_printf ("FR-%u", i);
    append (replica.journal, "badge-issued", reference,
            "{\"serial\":1,\"reason\":\"first\",\"print\":true}");
  }
  append (replica.journal, "badge-issued", "FR-9",
          "{\"serial\":1,\"reason\":\"first\"}"); /* printed elsewhere, by hand */
  append (replica.journal, "print", "job-1",
          "{\"state\":\"queued\",\"reference\":\"FR-1\",\"serial\":1,\"issuer\":\"desk\"}");
  append (replica.journal, "print", "job-1",
          "{\"state\":\"printed\",\"reference\":\"FR-1\",\"serial\":1,\"issuer\":\"desk\"}");
  append (replica.journal, "print", "job-1b",
          "{\"state\":\"printed\",\"reference\":\"FR-1\",\"serial\":1,\"issuer\":\"desk\"}");
  append (replica.journal, "print", "job-2",
          "{\"state\":\"failed\",\"reference\":\"FR-2\",\"serial\":1,\"issuer\":\"desk\"}");
  append (replica.journal, "badge-void", "FR-3",
          "{\"serial\":1,\"issuer\":\"desk\",\"reason\":\"misspelled\"}");
  append (replica.journal, "badge-void", "FR-1",
          "{\"serial\":1,\"issuer\":\"desk\",\"reason\":\"lost\"}");
  g_autoptr (Counts) counts = read_counts (replica.journal, COUNTS_TOTAL);
  g_assert_cmpint (counts->badges_printed, ==, 1);
  g_assert_cmpint (counts->badges_waiting, ==, 2); /* FR-2, FR-4 */
  replica_close (&replica);
}

/* Two stations that could not see each other gave one person a badge each; nobody is
 * asked for the one that is not good any more, whatever became of its job. */
static void test_badges_apart (void)
{
  Replica replica, other;
  replica_open (&replica, "desk");
  replica_open (&other, "west");
  for (guint i = 0; i < 2; i++) {
    Journal *journal = i == 0 ? replica.journal : other.journal;
    g_autofree char *body = g_strdup_printf (
        "{\"state\":\"%s\",\"reference\":\"FR-1\",\"serial\":1,\"issuer\":\"%s\"}",
        i == 0 ? "unsure" : "printed", i == 0 ? "desk" : "west");
    g_autofree char *job = g_strdup_printf ("job-%u", i);
    hand_ms += 1000;
    append (journal, "badge-issued", "FR-1", "{\"serial\":1,\"reason\":\"first\",\"print\":true}");
    append (journal, "print", job, body);
  }
  copy_facts (other.journal, replica.journal);
  g_autoptr (Counts) counts = read_counts (replica.journal, COUNTS_TOTAL);
  g_assert_cmpint (counts->badges_printed, ==, 1);
  g_assert_cmpint (counts->badges_waiting, ==, 0);
  replica_close (&other);
  replica_close (&replica);
}

/* What was lent on the 26th and not given back is still out on the 27th; what was given
 * back at the other desk is not. */
static void test_headsets (void)
{
  Replica replica;
  begin (&replica);
  for (guint i = 1; i <= 3; i++) {
    g_autofree char *reference = g_strdup_printf ("FR-%u", i);
    come (replica.journal, reference, "casques", "2016-10-26");
    append (replica.journal, "loan", reference, "{\"item\":\"headset\",\"direction\":\"out\"}");
  }
  hand_ms += 1000;
  pass_at (replica.journal, "FR-3", "casques-foire", "2016-10-26", "ADMITTED", "out");
  append (replica.journal, "loan", "FR-3", "{\"item\":\"headset\",\"direction\":\"in\"}");
  come (replica.journal, "FR-2", "casques-foire",
        "2016-10-27"); /* a second one, from the other desk */
  append (replica.journal, "loan", "FR-2", "{\"item\":\"headset\",\"direction\":\"out\"}");
  g_autoptr (Counts) counts = read_counts (replica.journal, COUNTS_BY_CHECKPOINT);
  g_assert_cmpstr (counts->inside_day, ==, "2016-10-27");
  assert_row (counts, "casques", 0, 3, 1, 3, 0);
  assert_row (counts, "casques-foire", 0, 2, 1, 2, 0);
  replica_close (&replica);
}

static void test_empty (void)
{
  Replica replica;
  replica_open (&replica, "desk");
  for (guint by = 0; by < COUNTS_BY_COUNT; by++) {
    g_autoptr (Counts) counts = read_counts (replica.journal, (CountsBy) by);
    g_assert_cmpint (counts->registered + counts->arrived + counts->inside + counts->conflicts, ==,
                     0);
    g_assert_cmpuint (counts->rows->len, ==, 0);
    g_autofree char *json = counts_to_json (counts);
    g_autoptr (JsonIn) in = json_in_parse (json, -1, NULL);
    g_assert_cmpstr (json_in_string (json_in_root (in), "by"), ==, counts_by_name ((CountsBy) by));
  }
  replica_close (&replica);
}

/* Two stations that sometimes do not see each other; the counts are those that a slow
 * reading of the passages gives. */
static void test_random (void)
{
  static const char *const CHECKPOINTS[]
      = { "entree-est", "entree-foire", "dejeuner-26", "salon-vip" };
  static const char *const DAYS[] = { "2016-10-26", "2016-10-27", "2016-10-29" };
  static const char *const VERDICTS[] = { "ADMITTED", "ADMITTED", "ADMITTED", "FULL" };
  guint32 seed = g_random_int ();
  g_test_message ("seed %u", seed);
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  Replica replica, other;
  begin (&replica);
  replica_open (&other, "gate");
  for (guint i = 0; i < 600; i++) {
    g_autofree char *reference = g_strdup_printf ("FR-%d", g_rand_int_range (rand, 0, 60));
    hand_ms += g_rand_int_range (rand, 0, 1000);
    pass_at (g_rand_boolean (rand) ? replica.journal : other.journal, reference,
             CHECKPOINTS[g_rand_int_range (rand, 0, 4)], DAYS[g_rand_int_range (rand, 0, 3)],
             VERDICTS[g_rand_int_range (rand, 0, 4)], g_rand_int_range (rand, 0, 3) ? "in" : "out");
  }
  copy_facts (other.journal, replica.journal);
#define ENTRANCE "verdict = 'ADMITTED' AND checkpoint IN ('entree-est', 'entree-foire')"
#define CAME(checkpoint)                                                                           \
  "SELECT reference FROM passage WHERE verdict = 'ADMITTED' AND checkpoint = '" checkpoint "'"
  g_autoptr (Counts) counts = read_counts (replica.journal, COUNTS_BY_DAY);
  g_assert_cmpint (counts->arrived, ==,
                   number_of (replica.journal,
                              "SELECT count (DISTINCT reference) FROM passage WHERE " ENTRANCE));
  g_assert_cmpint (counts->inside, ==,
                   number_of (replica.journal,
                              "SELECT count (*) FROM passage p WHERE " ENTRANCE
                              " AND day = '2016-10-29' AND direction = 'in' AND NOT EXISTS"
                              " (SELECT 1 FROM passage l WHERE l.reference = p.reference AND l.day "
                              "= p.day AND l.verdict = 'ADMITTED'"
                              " AND l.checkpoint IN ('entree-est', 'entree-foire') AND (l.at, "
                              "l.station, l.seq) > (p.at, p.station, p.seq))"));
  g_assert_cmpint (
      counts->both_events, ==,
      number_of (replica.journal, "SELECT count (*) FROM (" CAME ("entree-est") " INTERSECT " CAME (
                                      "entree-foire") ")"));
  g_assert_cmpint (
      counts->only_first, ==,
      number_of (replica.journal, "SELECT count (*) FROM (" CAME ("entree-est") " EXCEPT " CAME (
                                      "entree-foire") ")"));
  g_assert_cmpint (
      counts->only_second, ==,
      number_of (replica.journal, "SELECT count (*) FROM (" CAME ("entree-foire") " EXCEPT " CAME (
                                      "entree-est") ")"));
  g_assert_cmpint (counts->conflicts, ==,
                   number_of (replica.journal, "SELECT count (*) FROM conflict WHERE NOT closed"));
  g_assert_cmpint (counts->conflicts, >, 0);
  g_assert_cmpint (counts->passages + counts->refused, ==, 600);

  append (replica.journal, "registration", "FR-0", "{}");
  Query *query = journal_query (replica.journal, "SELECT id FROM conflict LIMIT 1", NULL);
  g_assert_true (query_next (query));
  g_autofree char *id = g_strdup (query_text (query, 0));
  g_assert_true (query_end (query, NULL));
  append (replica.journal, "conflict-closed", id, "{\"reason\":\"twins\"}");
  g_autoptr (Counts) after = read_counts (replica.journal, COUNTS_TOTAL);
  g_assert_cmpint (after->conflicts, ==, counts->conflicts - 1);
  replica_close (&replica);
  replica_close (&other);
}

static void test_texts (void)
{
  Replica replica;
  begin (&replica);
  small_congress (replica.journal);
  append (replica.journal, "registration", "XX-1",
          "{\"delegation\":\"=cmd()\",\"country\":\"FR\"}");
  append (replica.journal, "registration", "XX-2",
          "{\"delegation\":\"a \\\"b\\\", c\",\"country\":\"FR\"}");
  g_autoptr (Counts) event = read_counts (replica.journal, COUNTS_BY_EVENT);
  g_autofree char *json = counts_to_json (event);
  g_assert_cmpstr (json, ==,
                   "{\"by\":\"event\",\"registered\":6,\"arrived\":4,\"inside\":1,\"inside_day\":"
                   "\"2016-10-29\",\"events\":[\"rencontres\",\"foire\"],\"both_events\":1,"
                   "\"only_first\":2,\"only_second\":1,\"passages\":11,\"refused\":3,\"badges_"
                   "printed\":0,\"badges_waiting\":0,\"conflicts\":0,\"rows\":["
                   "{\"id\":\"rencontres\",\"fr\":\"Rencontres\",\"zh\":\"论坛\",\"registered\":4,"
                   "\"arrived\":3,\"inside\":0,\"passages\":8,\"refused\":2},"
                   "{\"id\":\"foire\",\"fr\":\"Foire de "
                   "l’Ouest\",\"zh\":\"西博会\",\"registered\":2,\"arrived\":2,\"inside\":1,"
                   "\"passages\":3,\"refused\":1}]}");
  g_autoptr (Counts) delegation = read_counts (replica.journal, COUNTS_BY_DELEGATION);
  g_autofree char *csv = counts_to_csv (delegation);
  g_assert_true (g_str_has_prefix (csv, "\xef\xbb\xbfid,français,中文,"));
  g_assert_nonnull (strstr (csv, "\r\n\"total\",\"Total\",\"总计\",6,4,1,11,3\r\n"));
  g_assert_nonnull (strstr (csv, "\r\n\"'=cmd()\",\"'=cmd()\",\"'=cmd()\",1,0,0,0,0\r\n"));
  g_assert_nonnull (strstr (csv, "\r\n\"a \"\"b\"\", c\","));
  g_assert_nonnull (strstr (csv, "\"Véolia Eau\",\"Véolia Eau\",\"威立雅水务\",1,1,1,5,0\r\n"));
  CountsBy by = COUNTS_TOTAL;
  g_assert_true (counts_by_from_name ("country", &by) && by == COUNTS_BY_COUNTRY);
  g_assert_false (counts_by_from_name ("hat", &by));
  replica_close (&replica);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  words_here ();
  g_test_add_func ("/counts/small", test_small);
  g_test_add_func ("/counts/late_definitions", test_late_definitions);
  g_test_add_func ("/counts/badges", test_badges);
  g_test_add_func ("/counts/badges-apart", test_badges_apart);
  g_test_add_func ("/counts/headsets", test_headsets);
  g_test_add_func ("/counts/empty", test_empty);
  g_test_add_func ("/counts/random", test_random);
  g_test_add_func ("/counts/texts", test_texts);
  return g_test_run ();
}
