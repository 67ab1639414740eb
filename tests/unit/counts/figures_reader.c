/* All ways to a figure agree: a small congress counted by hand, and random ones where
 * what is kept between readings equals what is read anew, counts.h and a slow reading of
 * the passages. SEED=n repeats one. */
#include "counts/figures_reader.h"
#include "counts/figures_json.h"
#include "words_here.h"

#include "congress/event_file.h"
#include "counts/counts.h"
#include "unit/access/replica.h"

#include <stdlib.h>
#include <string.h>

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
      "{\"checkpoint\":\"%s\",\"verdict\":\"%s\",\"day\":\"%s\",\"period\":\"\",\"code\":"
      "\"badge\",\"direction\":\"%s\"}",
      checkpoint, verdict, day, direction);
  append (journal, "passage", reference, body);
}

static Figures *read_figures (FiguresReader *reader, Journal *journal, const char *day,
                              const char *event)
{
  g_autoptr (GError) error = NULL;
  Figures *figures = figures_reader_read (reader, journal, day, event, &error);
  g_assert_no_error (error);
  g_assert_nonnull (figures);
  return figures;
}

#define assert_day(day, e, a, i, m)                                                                \
  do {                                                                                             \
    g_assert_cmpint ((day)->expected, ==, e);                                                      \
    g_assert_cmpint ((day)->arrived, ==, a);                                                       \
    g_assert_cmpint ((day)->inside, ==, i);                                                        \
    g_assert_cmpint ((day)->missing, ==, m);                                                       \
  } while (0)

/* By hand ---------------------------------------------------------------------------- */

static void small_congress (Journal *journal)
{
  append (journal, "registration", "FR-1",
          "{\"category\":\"elu\",\"country\":\"FR\",\"delegation\":\"france\",\"function_fr\":"
          "\"Maire\",\"events\":[\"rencontres\"],\"days\":[\"26\",\"27\"]}");
  append (journal, "registration", "FR-2",
          "{\"category\":\"elu\",\"country\":\"FR\",\"delegation\":\"france\",\"function_fr\":"
          "\"Ambassadrice\",\"events\":[\"rencontres\",\"foire\"],\"days\":[\"26\",\"29\"]}");
  append (journal, "registration", "CN-1",
          "{\"category\":\"elu\",\"delegation\":\"chine\",\"function_zh\":\"成都市市长\","
          "\"events\":[\"rencontres\"],\"days\":[\"26\"],\"workshops\":[\"A1\"]}");
  append (journal, "registration", "CN-2",
          "{\"country\":\"CN\",\"delegation\":\"成都\",\"organisation_fr\":\"Chengdu\","
          "\"organisation_zh\":\"成都\",\"events\":[\"foire\"],\"days\":[\"29\"]}");
  append (journal, "registration", "CN-3",
          "{\"country\":\"CN\",\"delegation\":\"chine\",\"events\":[\"rencontres\"],\"days\":["
          "\"26\"],\"revoked\":true}");
  pass_at (journal, "FR-1", "entree-est", "2016-10-26", "ADMITTED", "in");
  hand_ms += 20 * 60 * 1000;
  pass_at (journal, "CN-1", "entree-est", "2016-10-26", "ADMITTED", "in");
  pass_at (journal, "CN-1", "atelier-a1", "2016-10-26", "ADMITTED", "in");
  pass_at (journal, "CN-2", "entree-est", "2016-10-26", "ADMITTED", "in"); /* not expected */
  pass_at (journal, "CN-2", "atelier-a1", "2016-10-26", "ADMITTED", "in");
  pass_at (journal, "CN-2", "atelier-a1", "2016-10-26", "ADMITTED", "out");
  pass_at (journal, "FR-1", "entree-est", "2016-10-26", "ADMITTED", "out");
  pass_at (journal, "", "entree-est", "2016-10-26", "FORGED", "in");
}

static const FiguresDay *rank_day (const Figures *figures, const char *id, FiguresSide side)
{
  for (guint i = 0; i < figures->ranks->len; i++) {
    const FiguresCategory *rank = figures->ranks->pdata[i];
    if (strcmp (rank->id, id) == 0)
      return &rank->sides[side];
  }
  g_error ("no rank %s", id);
}

static void test_small (void)
{
  Replica replica;
  begin (&replica);
  small_congress (replica.journal);
  g_autoptr (FiguresReader) reader = figures_reader_new ();
  g_autoptr (Figures) figures = read_figures (reader, replica.journal, NULL, NULL);
  g_assert_cmpstr (figures->day, ==, "2016-10-26");
  g_assert_true (figures->way_out);
  assert_day (&figures->today, 3, 3, 2, 1); /* FR-2 is missing, CN-2 was not expected */
  assert_day (&figures->sides[FIGURES_FRANCE], 2, 1, 0, 1);
  assert_day (&figures->sides[FIGURES_CHINA], 1, 2, 2, 0); /* CN-1 by the delegation's country */
  assert_day (rank_day (figures, "mayor", FIGURES_FRANCE), 1, 1, 0, 0);
  assert_day (rank_day (figures, "mayor", FIGURES_CHINA), 1, 1, 1, 0);
  assert_day (rank_day (figures, "minister", FIGURES_FRANCE), 1, 0, 0, 1);
  g_assert_cmpint (figures->all.registered, ==, 4);
  g_assert_cmpint (figures->both_registered, ==, 1);
  g_assert_cmpint (figures->either.registered, ==, 4);
  g_assert_cmpint (figures->passages, ==, 7);
  g_assert_cmpint (figures->refused_of_day, ==, 1);
  g_assert_cmpuint (figures->quarters->len, ==, 3);
  g_assert_cmpint (figures->peak, ==, 2);
  const FiguresQuarter *peak = figures->quarters->pdata[2];
  g_assert_cmpint (peak->people, ==, 2);
  g_assert_cmpint (peak->from_ms % FIGURES_QUARTER_MS, ==, 0);
  g_assert_cmpuint (figures->delegations->len, ==, 3);
  const FiguresDelegation *first = figures->delegations->pdata[0];
  g_assert_cmpstr (first->id, ==, "france");
  g_assert_cmpint (first->side, ==, FIGURES_FRANCE);
  const FiguresRoom *room = figures->rooms->pdata[0];
  g_assert_cmpstr (room->session, ==, "A1");
  g_assert_cmpint (room->peak, ==, 2);
  g_assert_cmpint (room->inside, ==, 1);
  g_assert_cmpint (room->registered, ==, 1);
  g_assert_cmpint (room->capacity, ==, 120);
  g_autoptr (Figures) fair = read_figures (reader, replica.journal, "2016-10-29", "foire");
  assert_day (&fair->today, 2, 0, 0, 2);
  g_assert_cmpint (fair->peak, ==, -1);
  const FiguresEvent *event = fair->events->pdata[1];
  g_autoptr (GDateTime) opens = g_date_time_new_from_iso8601 ("2016-10-29T08:30:00+08:00", NULL);
  g_assert_cmpint (event->opens_ms, ==, g_date_time_to_unix (opens) * 1000);
  replica_close (&replica);
}

/* One passage is taken back and another comes: as many as before, and not the same. A room whose
 * only passage was taken back fills anew. */
static void test_taken_back (void)
{
  static const struct {
    const char *reference, *direction; /* who comes, once the last one was taken back */
    gint64 inside, arrived;
  } ROWS[] = { { "FR-1", "in", 1, 1 },
               { "FR-2", "out", 0, 1 },
               { NULL, NULL, 0, 0 },
               { "CN-1", "in", 1, 1 },
               { "FR-2", "in", 1, 1 } };
  Replica replica;
  begin (&replica);
  g_autoptr (FiguresReader) reader = figures_reader_new ();
  const char *last = NULL;
  gint64 seq = 0;
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autofree char *undone = g_strdup_printf (
        "{\"of\":\"desk\",\"seq\":%" G_GINT64_FORMAT ",\"volunteer\":\"Zoé\"}", seq);
    if (last != NULL)
      append (replica.journal, "undone", last, undone);
    if (ROWS[i].reference != NULL) {
      pass_at (replica.journal, ROWS[i].reference, "atelier-a1", "2016-10-26", "ADMITTED",
               ROWS[i].direction);
      seq = number_of (replica.journal, "SELECT max (seq) FROM passage");
    }
    last = ROWS[i].reference;
    g_autoptr (Figures) figures = read_figures (reader, replica.journal, "2016-10-26", NULL);
    const FiguresRoom *room = figures->rooms->pdata[0];
    g_assert_cmpstr (room->session, ==, "A1");
    g_assert_cmpint (room->inside, ==, ROWS[i].inside);
    g_assert_cmpint (room->arrived, ==, ROWS[i].arrived);
  }
  replica_close (&replica);
}

/* By the clock of the session: ten minutes are given at both ends. */
static void test_late (void)
{
  static const struct {
    const char *time, *reference, *direction;
    gint64 late, left;
  } STEPS[] = {
    { "13:55", "A", "in", 0, 0 },  { "14:10", "B", "in", 0, 0 },  { "14:11", "C", "in", 1, 0 },
    { "14:30", "D", "out", 1, 0 }, { "15:00", "A", "out", 1, 1 }, { "15:05", "A", "in", 1, 0 },
    { "15:30", "C", "out", 1, 1 }, { "15:31", "C", "out", 1, 1 }, { "16:49", "B", "out", 1, 2 },
    { "16:50", "A", "out", 1, 2 }, { "17:05", "E", "in", 1, 2 },
  };
  Replica replica;
  begin (&replica);
  g_autoptr (FiguresReader) reader = figures_reader_new ();
  for (guint i = 0; i < G_N_ELEMENTS (STEPS); i++) {
    g_autofree char *iso = g_strdup_printf ("2016-10-26T%s:00+08:00", STEPS[i].time);
    g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (iso, NULL);
    hand_ms = g_date_time_to_unix (time) * 1000;
    pass_at (replica.journal, STEPS[i].reference, "atelier-a1", "2016-10-26", "ADMITTED",
             STEPS[i].direction);
    g_autoptr (Figures) figures = read_figures (reader, replica.journal, "2016-10-26", NULL);
    const FiguresRoom *room = figures->rooms->pdata[0];
    g_test_message ("at %s", STEPS[i].time);
    g_assert_cmpstr (room->session, ==, "A1");
    g_assert_cmpint (room->late, ==, STEPS[i].late);
    g_assert_cmpint (room->left, ==, STEPS[i].left);
  }
  replica_close (&replica);
}

/* Headsets: what the desks have lent is what is out, also where a desk of another day has
 * lent it or none is said; and of one stock all that is out is not to be lent. */
static void test_headsets (void)
{
  static const struct {
    const char *reference, *body; /* of a loan */
    gint64 here, fair, elsewhere, left;
  } STEPS[] = {
    { "FR-1", "\"direction\":\"out\",\"checkpoint\":\"casques\",\"event\":\"rencontres\"", 1, 0, 0,
      399 },
    { "FR-2", "\"direction\":\"out\"", 1, 0, 1, 398 },
    { "FR-3", "\"direction\":\"out\",\"checkpoint\":\"gone\",\"event\":\"rencontres\"", 1, 0, 2,
      397 },
    { "FR-4", "\"direction\":\"out\",\"checkpoint\":\"casques-foire\",\"event\":\"foire\"", 1, 0, 3,
      397 },
    { "FR-2", "\"direction\":\"in\"", 1, 0, 2, 398 },
    { "FR-3", "\"direction\":\"in\"", 1, 0, 1, 399 },
  };
  Replica replica;
  begin (&replica);
  g_autoptr (FiguresReader) reader = figures_reader_new ();
  for (guint i = 0; i < G_N_ELEMENTS (STEPS); i++) {
    g_autofree char *body = g_strdup_printf ("{\"item\":\"headset\",%s}", STEPS[i].body);
    hand_ms += 1000;
    append (replica.journal, "loan", STEPS[i].reference, body);
    g_autoptr (Figures) figures = read_figures (reader, replica.journal, "2016-10-27", NULL);
    gint64 served[3] = { 0 }, out = 0;
    for (guint k = 0; k < figures->services->len; k++) {
      const FiguresService *service = figures->services->pdata[k];
      if (service->kind != CHECKPOINT_HEADSET)
        continue;
      gboolean here = strcmp (service->id, "casques") == 0, said = *service->id != '\0';
      served[here ? 0 : said ? 1 : 2] = service->served;
      g_assert_cmpint (figures_service_whole (service), ==, said ? 400 : 0);
      if (here)
        g_assert_cmpint (service->left, ==, STEPS[i].left);
    }
    for (guint k = 0; k < figures->channels->len; k++)
      out += ((const FiguresChannel *) figures->channels->pdata[k])->out;
    g_test_message ("step %u", i);
    g_assert_cmpint (served[0], ==, STEPS[i].here);
    g_assert_cmpint (served[1], ==, STEPS[i].fair);
    g_assert_cmpint (served[2], ==, STEPS[i].elsewhere);
    g_assert_cmpint (out, ==, served[0] + served[1] + served[2]);
  }
  replica_close (&replica);
}

/* Who is registered nowhere stands in each group that is added up. */
static void test_stranger (void)
{
  Replica replica;
  begin (&replica);
  small_congress (replica.journal);
  pass_at (replica.journal, "XX-9", "entree-est", "2016-10-26", "ADMITTED", "in");
  g_autoptr (FiguresReader) reader = figures_reader_new ();
  g_autoptr (Figures) figures = read_figures (reader, replica.journal, NULL, NULL);
  FiguresDay ranks = { 0 }, categories = { 0 }, delegations = { 0 };
  for (guint side = 0; side < FIGURES_SIDES; side++) {
    for (guint i = 0; i < figures->ranks->len; i++)
      ranks.arrived += ((FiguresCategory *) figures->ranks->pdata[i])->sides[side].arrived;
    for (guint i = 0; i < figures->categories->len; i++)
      categories.arrived
          += ((FiguresCategory *) figures->categories->pdata[i])->sides[side].arrived;
  }
  for (guint i = 0; i < figures->delegations->len; i++)
    delegations.arrived += ((FiguresDelegation *) figures->delegations->pdata[i])->day.arrived;
  g_assert_cmpint (figures->today.arrived, ==, 4);
  g_assert_cmpint (figures->sides[FIGURES_ELSEWHERE].arrived, ==, 1);
  g_assert_cmpint (ranks.arrived, ==, 4);
  g_assert_cmpint (categories.arrived, ==, 4);
  g_assert_cmpint (delegations.arrived, ==, 4);
  replica_close (&replica);
}

/* What a registration changes is read alone; where it may change what others are called, or
 * their order, all are. */
static void test_registered (void)
{
  static const struct {
    const char *reference, *body;
    gboolean anew;
  } CASES[] = {
    { "XX-9", "{\"delegation\":\"chine\",\"category\":\"elu\",\"days\":[\"26\"]}", FALSE },
    { "FR-1", "{\"country\":\"FR\",\"delegation\":\"chine\",\"category\":\"elu\"}", FALSE },
    { "FR-1",
      "{\"country\":\"FR\",\"delegation\":\"france\",\"category\":\"elu\",\"days\":"
      "[\"26\"],\"transport\":true,\"hotel\":\"Wuhou\"}",
      FALSE },
    { "XX-8", "{\"delegation\":\"Lyon\",\"organisation_fr\":\"Lyon\",\"organisation_zh\":\"里昂\"}",
      FALSE },
    { "CN-2", "{\"delegation\":\"chine\",\"category\":\"elu\"}", TRUE },
    { "FR-1", "{\"delegation\":\"Lyon\",\"organisation_zh\":\"Lyon\"}", TRUE },
    { "XX-8", "{\"delegation\":\"chine\",\"category\":\"elu\"}", FALSE },
  };
  Replica replica;
  begin (&replica);
  small_congress (replica.journal);
  pass_at (replica.journal, "XX-9", "entree-est", "2016-10-26", "ADMITTED", "in");
  g_autoptr (FiguresReader) kept = figures_reader_new ();
  figures_free (read_figures (kept, replica.journal, NULL, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++) {
    gint64 built = figures_reader_people (kept)->built;
    append (replica.journal, "registration", CASES[i].reference, CASES[i].body);
    append (replica.journal, "note", CASES[i].reference, "{\"text\":\"\"}");
    g_autoptr (FiguresReader) fresh = figures_reader_new ();
    g_autoptr (Figures) anew = read_figures (fresh, replica.journal, NULL, NULL),
                        figures = read_figures (kept, replica.journal, NULL, NULL);
    g_autofree char *one = figures_json (anew), *other = figures_json (figures);
    g_test_message ("case %u", i);
    g_assert_cmpstr (one, ==, other);
    g_assert_cmpint (figures_reader_people (kept)->built != built, ==, CASES[i].anew);
  }
  replica_close (&replica);
}

static void test_empty (void)
{
  Replica replica;
  replica_open (&replica, "desk");
  g_autoptr (FiguresReader) reader = figures_reader_new ();
  g_autoptr (Figures) figures = read_figures (reader, replica.journal, NULL, NULL);
  assert_day (&figures->today, 0, 0, 0, 0);
  g_assert_cmpuint (figures->quarters->len + figures->rooms->len, ==, 0);
  g_autofree char *json = figures_json (figures);
  g_autoptr (JsonIn) in = json_in_parse (json, -1, NULL);
  g_assert_nonnull (in);
  replica_close (&replica);
}

static void test_numbers (void)
{
  g_assert_cmpint (figures_percent (1046, 1412), ==, 74);
  g_assert_cmpint (figures_percent (0, 0), ==, 0);
  g_assert_cmpint (figures_percent (1, 2), ==, 50);
  g_assert_cmpint (figures_percent (999, 1000), ==, 99);
  g_assert_cmpint (figures_percent (1, 1000), ==, 1);
  g_assert_cmpint (figures_percent (1001, 1000), ==, 100);
  g_assert_cmpint (figures_percent (3, 2), ==, 150);
  g_assert_true (figures_in_balance (46, 48));
  g_assert_false (figures_in_balance (37, 44));
  g_assert_false (figures_in_balance (2, 1));
  g_assert_true (figures_in_balance (0, 0));
}

/* Random ----------------------------------------------------------------------------- */

static const char *const DAYS[] = { "2016-10-26", "2016-10-27", "2016-10-29" };
static const char *const LABELS[] = { "26", "27", "29" };

typedef struct {
  GRand *rand;
  Journal *desk, *gate;
} Congress;

static guint below (Congress *congress, guint limit)
{
  return (guint) g_rand_int_range (congress->rand, 0, (gint32) limit);
}

static const char *one_of (Congress *congress, const char *const *words)
{
  guint count = 0;
  while (words[count] != NULL)
    count++;
  return words[below (congress, count)];
}

static void registers (Congress *congress, const char *reference)
{
  static const char *const COUNTRIES[] = { "FR", "CN", "HK", "DE", "", NULL };
  static const char *const GROUPS[]
      = { "france", "chine", "france", "chine", "Ville de Marseille", "", NULL };
  static const char *const NAMES[] = { "马赛市", "马赛", "", NULL };
  static const char *const HOTELS[] = { "Sheraton", "Wuhou", "", NULL };
  static const char *const CATEGORIES[] = { "elu", "entreprise", "expert", "", NULL };
  static const char *const EVENTS[]
      = { "[\"rencontres\"]", "[\"foire\"]", "[\"rencontres\",\"foire\"]", "[]", NULL };
  static const char *const FUNCTIONS[] = { "Maire", "Ambassadeur", "Directrice", "", NULL };
  g_autofree char *body = g_strdup_printf (
      "{\"country\":\"%s\",\"delegation\":\"%s\",\"category\":\"%s\",\"events\":%s,\"days\":"
      "[\"%s\",\"%s\"],\"function_fr\":\"%s\",\"organisation_fr\":\"Ville de Marseille\","
      "\"organisation_zh\":\"%s\",\"transport\":true,\"hotel\":\"%s\",\"headset\":true,"
      "\"language\":\"%s\",\"revoked\":%s}",
      one_of (congress, COUNTRIES), one_of (congress, GROUPS), one_of (congress, CATEGORIES),
      one_of (congress, EVENTS), LABELS[below (congress, 3)], LABELS[below (congress, 3)],
      one_of (congress, FUNCTIONS), one_of (congress, NAMES), one_of (congress, HOTELS),
      below (congress, 2) ? "zh" : "fr", below (congress, 10) == 0 ? "true" : "false");
  append (congress->desk, "registration", reference, body);
}

/* A badge, or what became of one: said late, twice, of another's job. */
static void badge_happens (Congress *congress, const char *reference)
{
  static const char *const STATES[]
      = { "\"printed\"", "\"sent\"", "\"failed\"", "\"failed\",\"reason\":\"void\"", NULL };
  Journal *journal = below (congress, 2) ? congress->desk : congress->gate;
  g_autofree char *job
      = g_strdup_printf ("job-%u", below (congress, 30)),
      *issued = g_strdup_printf ("{\"serial\":%u,\"reason\":\"first\",\"print\":%s}",
                                 1 + below (congress, 3), below (congress, 4) ? "true" : "false"),
      *printed
      = g_strdup_printf ("{\"reference\":\"%s\",\"serial\":%u,\"issuer\":\"%s\",\"state\":%s}",
                         reference, 1 + below (congress, 3), below (congress, 2) ? "desk" : "gate",
                         one_of (congress, STATES)),
      *void_ = g_strdup_printf ("{\"serial\":%u,\"issuer\":\"desk\",\"reason\":\"lost\"}",
                                1 + below (congress, 3));
  switch (below (congress, 5)) {
  case 0:
    append (journal, "badge-void", reference, void_);
    break;
  case 1:
  case 2:
    append (journal, "badge-issued", reference, issued);
    break;
  default:
    append (journal, "print", job, printed);
  }
}

static void happens (Congress *congress)
{
  static const char *const PLACES[]
      = { "entree-est", "entree-foire", "atelier-a1", "salon-vip", "dejeuner-26", NULL };
  static const char *const VERDICTS[] = { "ADMITTED", "ADMITTED", "FULL", NULL };
  g_autofree char *reference = g_strdup_printf ("P-%u", below (congress, 40));
  hand_ms += below (congress, 300000);
  if (below (congress, 4) == 0)
    badge_happens (congress, reference);
  else if (below (congress, 8) == 0)
    registers (congress, reference);
  else
    pass_at (below (congress, 2) ? congress->desk : congress->gate, reference,
             one_of (congress, PLACES), DAYS[below (congress, 3)], one_of (congress, VERDICTS),
             below (congress, 3) ? "in" : "out");
}

static const CountsRow *row_of (const Counts *counts, const char *id)
{
  for (guint i = 0; i < counts->rows->len; i++)
    if (strcmp (((CountsRow *) counts->rows->pdata[i])->id, id) == 0)
      return counts->rows->pdata[i];
  g_error ("no row %s", id);
}

/* What counts.h says, and the figures' own sums. */
static void assert_like_counts (Journal *journal, const Figures *figures)
{
  g_autoptr (Counts) days = counts_read (journal, COUNTS_BY_DAY, NULL),
                     events = counts_read (journal, COUNTS_BY_EVENT, NULL);
  const CountsRow *day = row_of (days, figures->day);
  g_assert_cmpint (figures->all.registered, ==, days->registered);
  g_assert_cmpint (figures->all.arrived, ==, days->arrived);
  g_assert_cmpint (figures->all.inside, ==, days->inside);
  g_assert_cmpint (figures->passages, ==, days->passages);
  g_assert_cmpint (figures->refused, ==, days->refused);
  g_assert_cmpint (figures->passages_of_day, ==, day->passages);
  g_assert_cmpint (figures->refused_of_day, ==, day->refused);
  g_assert_cmpint (figures->conflicts, ==, days->conflicts);
  g_assert_cmpint (figures->today.expected, ==, day->registered);
  g_assert_cmpint (figures->today.arrived, ==, day->arrived);
  g_assert_cmpint (figures->today.inside, ==, day->inside);
  for (guint i = 0; i < figures->events->len; i++) {
    const FiguresEvent *event = figures->events->pdata[i];
    const CountsRow *row = row_of (events, event->id);
    g_assert_cmpint (event->count.registered, ==, row->registered);
    g_assert_cmpint (event->count.arrived, ==, row->arrived);
    g_assert_cmpint (event->count.inside, ==, row->inside);
  }
}

static void add_up (FiguresDay *sum, const FiguresDay *part)
{
  sum->expected += part->expected;
  sum->arrived += part->arrived;
  sum->inside += part->inside;
  sum->missing += part->missing;
}

static void assert_same (const FiguresDay *a, const FiguresDay *b)
{
  assert_day (a, b->expected, b->arrived, b->inside, b->missing);
}

static void assert_sums (const Figures *figures)
{
  FiguresDay sides = { 0 }, ranks = { 0 }, delegations[FIGURES_SIDES] = { { 0 } };
  gint64 quarters = 0, entrances = 0;
  for (guint i = 0; i < FIGURES_SIDES; i++)
    add_up (&sides, &figures->sides[i]);
  for (guint i = 0; i < figures->ranks->len * FIGURES_SIDES; i++)
    add_up (
        &ranks,
        &((FiguresCategory *) figures->ranks->pdata[i / FIGURES_SIDES])->sides[i % FIGURES_SIDES]);
  for (guint i = 0; i < figures->quarters->len; i++)
    quarters += ((FiguresQuarter *) figures->quarters->pdata[i])->people;
  for (guint i = 0; i < figures->entrances->len; i++)
    entrances += ((FiguresEntrance *) figures->entrances->pdata[i])->arrived;
  assert_same (&figures->today, &sides);
  assert_same (&figures->today, &ranks);
  for (guint i = 0; i < figures->delegations->len; i++) {
    const FiguresDelegation *delegation = figures->delegations->pdata[i];
    add_up (&delegations[delegation->side], &delegation->day);
  }
  assert_same (&figures->sides[FIGURES_FRANCE], &delegations[FIGURES_FRANCE]);
  assert_same (&figures->sides[FIGURES_CHINA], &delegations[FIGURES_CHINA]);
  g_assert_cmpint (figures->today.arrived, ==, quarters);
  g_assert_cmpint (figures->today.arrived, ==, entrances);
}

#define ADMITTED "verdict = 'ADMITTED' AND checkpoint IN ('entree-est', 'entree-foire')"
static void assert_like_passages (Journal *journal, const Figures *figures)
{
  g_autofree char *missing = g_strdup_printf (
      "SELECT count (*) FROM delegate d, json_each (d.days) j, json_each ((SELECT days FROM "
      "congress)) c WHERE NOT d.revoked AND j.value = c.value ->> 'label' AND c.value ->> 'date' = "
      "'%s' AND j.key = (SELECT min (key) FROM json_each (d.days) k WHERE k.value = j.value) AND "
      "NOT EXISTS (SELECT 1 FROM passage p WHERE p.reference = d.reference AND p.day = '%s' "
      "AND " ADMITTED ")",
      figures->day, figures->day);
  g_assert_cmpint (figures->today.missing, ==, number_of (journal, missing));
}

static void check (Congress *congress, FiguresReader *kept)
{
  for (guint i = 0; i < G_N_ELEMENTS (DAYS); i++) {
    g_autoptr (FiguresReader) fresh = figures_reader_new ();
    g_autoptr (Figures) anew = read_figures (fresh, congress->desk, DAYS[i], NULL),
                        figures = read_figures (kept, congress->desk, DAYS[i], NULL),
                        of_event = read_figures (kept, congress->desk, DAYS[i], "rencontres");
    g_autofree char *one = figures_json (anew), *other = figures_json (figures);
    g_assert_cmpstr (one, ==, other);
    assert_like_counts (congress->desk, figures);
    assert_sums (figures);
    assert_sums (of_event);
    assert_like_passages (congress->desk, figures);
  }
}

static void test_random (void)
{
  const char *chosen = g_getenv ("SEED");
  guint32 seed = chosen != NULL ? (guint32) strtoul (chosen, NULL, 10) : g_random_int ();
  g_test_message ("SEED=%u", seed);
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  for (guint round = 0; round < 2; round++) {
    Replica desk, gate;
    begin (&desk);
    replica_open (&gate, "gate");
    Congress congress = { rand, desk.journal, gate.journal };
    g_autoptr (FiguresReader) kept = figures_reader_new ();
    for (guint step = 0; step < 12; step++) {
      for (guint i = 0; i < 20; i++)
        happens (&congress);
      if (below (&congress, 2))
        copy_facts (congress.gate, congress.desk);
      check (&congress, kept);
    }
    append (congress.desk, "checkpoint", "salon-vip",
            "{\"kind\":\"entrance\",\"event\":\"foire\"}");
    append (congress.desk, "checkpoint", "salon-vip", "{\"kind\":\"zone\"}");
    check (&congress, kept);
    replica_close (&desk);
    replica_close (&gate);
  }
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  words_here ();
  g_test_add_func ("/figures/small", test_small);
  g_test_add_func ("/figures/empty", test_empty);
  g_test_add_func ("/counts/figures_reader/stranger", test_stranger);
  g_test_add_func ("/counts/figures_reader/taken-back", test_taken_back);
  g_test_add_func ("/counts/figures_reader/headsets", test_headsets);
  g_test_add_func ("/counts/figures_reader/late", test_late);
  g_test_add_func ("/counts/figures_reader/registered", test_registered);
  g_test_add_func ("/figures/numbers", test_numbers);
  g_test_add_func ("/figures/random", test_random);
  return g_test_run ();
}
