/* One recount: its sums agree with counts.h and with each other, in random congresses. */
#include "counts/overview.h"
#include "counts/cast.h"
#include "words_here.h"

#include "congress/event_file.h"
#include "unit/access/replica.h"

#define DEMO "assets/demo/congress.ini"
#define PEOPLE 120

static void begin (Replica *replica)
{
  g_autoptr (GError) error = NULL;
  DefinitionSummary summary;

  replica_open (replica, "desk");
  g_assert_true (event_file_load (replica->journal, DEMO, &summary, &error));
  g_assert_no_error (error);
}

static void pass (Journal *journal, const char *reference, const char *checkpoint, const char *day,
                  const char *verdict, const char *direction)
{
  g_autofree char *body = g_strdup_printf (
      "{\"checkpoint\":\"%s\",\"verdict\":\"%s\",\"day\":\"%s\",\"period\":\"%s\",\"code\":"
      "\"badge\",\"direction\":\"%s\"}",
      checkpoint, verdict, day, strcmp (verdict, "ADMITTED") == 0 ? day : "", direction);

  append (journal, "passage", reference, body);
  hand_ms += 7000;
}

static const char *any (GRand *chance, const char *const *words, guint count)
{
  return words[g_rand_int_range (chance, 0, (gint) count)];
}

static void register_people (Journal *journal, GRand *chance)
{
  static const char *const COUNTRIES[] = { "FR", "CN", "FR", "CN", "BE" };
  static const char *const CATEGORIES[] = { "elu", "entreprise", "expert", "" };
  static const char *const EVENTS[]
      = { "[\"rencontres\"]", "[\"foire\"]", "[\"rencontres\",\"foire\"]" };
  static const char *const DAYS[] = { "[\"26\",\"27\"]", "[\"27\"]", "[\"26\",\"29\"]", "[]" };
  static const char *const GROUPS[] = { "france", "chine", "Véolia", "Ville de Dalian" };
  static const char *const ROLES[] = { "", "", "", "intervenant A3", "animateur A4" };

  for (guint i = 0; i < PEOPLE; i++) {
    g_autofree char *reference = g_strdup_printf ("P-%03u", i);
    g_autofree char *body = g_strdup_printf (
        "{\"family\":\"F%u\",\"country\":\"%s\",\"category\":\"%s\",\"events\":%s,\"days\":%s,"
        "\"delegation\":\"%s\",\"role\":\"%s\",\"revoked\":%s}",
        i, any (chance, COUNTRIES, 5), any (chance, CATEGORIES, 4), any (chance, EVENTS, 3),
        any (chance, DAYS, 4), any (chance, GROUPS, 4), any (chance, ROLES, 5),
        g_rand_int_range (chance, 0, 10) == 0 ? "true" : "false");

    append (journal, "registration", reference, body);
  }
}

static void play (Journal *journal, GRand *chance)
{
  static const char *const PLACES[]
      = { "entree-est", "entree-est", "entree-foire", "atelier-a3", "dejeuner-27" };
  static const char *const VERDICTS[] = { "ADMITTED", "ADMITTED", "ADMITTED", "NOT_TODAY" };
  static const char *const DAYS[] = { "2016-10-26", "2016-10-27", "2016-10-27" };

  for (guint i = 0; i < 600; i++) {
    g_autofree char *reference = g_strdup_printf ("P-%03d", g_rand_int_range (chance, 0, PEOPLE));

    pass (journal, reference, any (chance, PLACES, 5), any (chance, DAYS, 3),
          any (chance, VERDICTS, 4), g_rand_int_range (chance, 0, 3) == 0 ? "out" : "in");
  }
}

static void add (OverviewFigures *sum, const OverviewFigures *figures)
{
  sum->expected += figures->expected;
  sum->arrived += figures->arrived;
  sum->inside += figures->inside;
}

static void assert_same (const OverviewFigures *a, const OverviewFigures *b)
{
  g_assert_cmpint (a->expected, ==, b->expected);
  g_assert_cmpint (a->arrived, ==, b->arrived);
  g_assert_cmpint (a->inside, ==, b->inside);
}

/* Every sum, each of its own parts. */
static void check (Journal *journal)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Overview) overview = overview_read (journal, NULL, &error);
  g_autoptr (Counts) days = counts_read (journal, COUNTS_BY_DAY, &error),
                     events = counts_read (journal, COUNTS_BY_EVENT, &error);
  OverviewFigures sides = { 0 }, groups = { 0 };
  gint64 arrivals = 0, entrances = 0;

  g_assert_no_error (error);
  g_assert_cmpstr (overview->day, ==, "2016-10-27");
  g_assert_true (overview->today);
  for (guint i = 0; i < days->rows->len; i++) {
    const CountsRow *row = days->rows->pdata[i];

    if (strcmp (row->id, overview->day) != 0)
      continue;
    assert_same (&overview->figures,
                 &(OverviewFigures){ row->registered, row->arrived, row->inside });
    g_assert_cmpint (overview->refused, ==, row->refused);
  }
  for (guint i = 0; i < overview->sides->len; i++)
    add (&sides, &((OverviewGroup *) overview->sides->pdata[i])->figures);
  for (guint i = 0; i < overview->delegations->len; i++)
    add (&groups, &((OverviewGroup *) overview->delegations->pdata[i])->figures);
  assert_same (&sides, &overview->figures);
  assert_same (&groups, &overview->figures);
  for (guint i = 0; i < overview->quarters; i++)
    arrivals += overview_arrivals (overview, i, G_MAXUINT);
  for (guint i = 0; i < overview->entrances->len; i++)
    entrances += ((OverviewEntrance *) overview->entrances->pdata[i])->arrivals;
  g_assert_cmpint (arrivals, ==, overview->figures.arrived);
  g_assert_cmpint (entrances, ==, overview->figures.arrived);
  g_assert_cmpint (overview->registered_either, ==,
                   ((CountsRow *) events->rows->pdata[0])->registered
                       + ((CountsRow *) events->rows->pdata[1])->registered
                       - overview->registered_both);
}

static void test_random (void)
{
  for (guint round = 0; round < 4; round++) {
    guint32 seed = (guint32) g_test_rand_int ();
    g_autoptr (GRand) chance = g_rand_new_with_seed (seed);
    Replica replica = { 0 };

    g_test_message ("seed %u", seed);
    begin (&replica);
    set_time ("2016-10-27T08:00:00+08:00");
    g_assert_true (journal_begin (replica.journal, NULL));
    journal_rollback (replica.journal);
    register_people (replica.journal, chance);
    play (replica.journal, chance);
    check (replica.journal);
    replica_close (&replica);
  }
}

static void test_peak (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Overview) overview = NULL;
  Replica replica = { 0 };
  const OverviewRoom *room;
  guint found = 0;

  begin (&replica);
  set_time ("2016-10-27T09:30:00+08:00");
  for (guint i = 0; i < 5; i++) {
    g_autofree char *reference = g_strdup_printf ("P-%u", i);

    pass (replica.journal, reference, "atelier-a3", "2016-10-27", "ADMITTED", "in");
  }
  for (guint i = 0; i < 3; i++) {
    g_autofree char *reference = g_strdup_printf ("P-%u", i);

    pass (replica.journal, reference, "atelier-a3", "2016-10-27", "ADMITTED", "out");
  }
  overview = overview_read (replica.journal, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < overview->rooms->len; i++)
    if (strcmp (((OverviewRoom *) overview->rooms->pdata[i])->id, "A3") == 0)
      found = i;
  room = overview->rooms->pdata[found];
  g_assert_cmpint (room->inside, ==, 2);
  g_assert_cmpint (room->peak, ==, 5);
  g_assert_cmpint (room->capacity, ==, 120);
  g_assert_nonnull (overview_station (overview, "desk"));
  g_assert_cmpint (overview_station (overview, "desk")->passages, ==, 8);
  g_assert_null (overview_station (overview, "other"));
  replica_close (&replica);
}

static void test_cast (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) cast = NULL;
  Replica replica = { 0 };
  static const CastPlace PLACES[] = { CAST_ABSENT, CAST_BUILDING, CAST_LEFT, CAST_ROOM };

  begin (&replica);
  set_time ("2016-10-27T09:00:00+08:00");
  for (guint i = 0; i < 4; i++) {
    g_autofree char *reference = g_strdup_printf ("P-%u", i);

    append (replica.journal, "registration", reference,
            "{\"family\":\"F\",\"country\":\"FR\",\"role\":\"intervenant A3\"}");
    if (i > 0)
      pass (replica.journal, reference, "entree-est", "2016-10-27", "ADMITTED", "in");
    if (i == 2)
      pass (replica.journal, reference, "entree-est", "2016-10-27", "ADMITTED", "out");
    if (i == 3)
      pass (replica.journal, reference, "atelier-a3", "2016-10-27", "ADMITTED", "in");
  }
  cast = cast_read (replica.journal, "2016-10-27", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (cast->len, ==, 4);
  for (guint i = 0; i < 4; i++) {
    const CastMember *member = cast->pdata[i];

    g_assert_cmpint (member->place, ==, PLACES[i]);
    g_assert_cmpstr (member->session, ==, "A3");
    g_assert_cmpstr (member->role, ==, "intervenant");
  }
  replica_close (&replica);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  words_here ();
  g_test_add_func ("/counts/overview/random", test_random);
  g_test_add_func ("/counts/overview/peak", test_peak);
  g_test_add_func ("/counts/overview/cast", test_cast);
  return g_test_run ();
}
