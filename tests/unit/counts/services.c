/* For the caterer, the shuttles and the two events: a small congress counted by hand. */
#include "counts/hotels.h"
#include "counts/meals.h"
#include "counts/two_events.h"

#include "congress/event_file.h"
#include "roster/value.h"
#include "vocabulary/diet.h"
#include "words_here.h"
#include "unit/access/replica.h"

static void begin (Replica *replica)
{
  g_autoptr (GError) error = NULL;
  DefinitionSummary summary;
  replica_open (replica, "desk");
  g_assert_true (
      event_file_load (replica->journal, "assets/demo/congress.ini", NULL, &summary, &error));
  static const char *const PEOPLE[][2] = {
    { "FR-1", "{\"family\":\"A\",\"category\":\"entreprise\",\"events\":[\"rencontres\",\"foire\"],"
              "\"days\":[\"26\",\"29\"],\"meals\":true,\"transport\":true,\"hotel\":\"Ibis\","
              "\"diet\":[\"halal\",\"nuts\"]}" },
    { "FR-2", "{\"family\":\"B\",\"category\":\"entreprise\",\"events\":[\"rencontres\"],\"days\":["
              "\"26\"],\"meals\":true,\"transport\":true,\"hotel\":\"Ibis\",\"protocol\":true,"
              "\"diet\":[\"halal\"]}" },
    { "FR-3",
      "{\"family\":\"C\",\"category\":\"elu\",\"events\":[\"rencontres\"],\"days\":[\"27\"],"
      "\"meals\":true,\"transport\":true,\"hotel\":\"Ibis\"}" },
    { "FR-4", "{\"family\":\"D\",\"category\":\"elu\",\"events\":[\"foire\"],\"days\":[\"29\"],"
              "\"meals\":false,\"transport\":true}" },
    { "FR-5",
      "{\"family\":\"E\",\"category\":\"elu\",\"events\":[\"rencontres\"],\"days\":[\"26\"],"
      "\"meals\":true,\"transport\":true,\"hotel\":\"Ibis\",\"status\":\"pending\"}" },
    { "FR-6",
      "{\"family\":\"F\",\"category\":\"elu\",\"events\":[\"rencontres\"],\"days\":[\"26\"],"
      "\"meals\":true,\"transport\":true,\"hotel\":\"Ibis\",\"revoked\":true}" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (PEOPLE); i++)
    append (replica->journal, "registration", PEOPLE[i][0], PEOPLE[i][1]);
}

static void pass_at (const Replica *replica, const char *reference, const char *checkpoint,
                     const char *day)
{
  g_autofree char *body = g_strdup_printf (
      "{\"checkpoint\":\"%s\",\"verdict\":\"ADMITTED\",\"day\":\"%s\",\"period\":"
      "\"\",\"code\":\"badge\",\"direction\":\"in\"}",
      checkpoint, day);
  append (replica->journal, "passage", reference, body);
}

/* "id expected/served diet expected/served …" */
static char *told (const GPtrArray *meals)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < meals->len; i++) {
    const MealsMeal *meal = meals->pdata[i];
    g_string_append_printf (text, "%s%s %d/%d", i > 0 ? "; " : "", meal->id, (gint) meal->expected,
                            (gint) meal->served);
    for (guint d = 0; d < meal->diets->len; d++) {
      const MealsDiet *diet = meal->diets->pdata[d];
      g_string_append_printf (text, " %s %d/%d", diet->diet, (gint) diet->expected,
                              (gint) diet->served);
    }
  }
  return g_string_free (text, FALSE);
}

static void test_meals (void)
{
  Replica replica;
  g_autoptr (GError) error = NULL;
  begin (&replica);
  pass_at (&replica, "FR-1", "dejeuner-26", "2016-10-26");
  pass_at (&replica, "FR-1", "dejeuner-26", "2016-10-26"); /* one person, whatever happened */
  pass_at (&replica, "FR-3", "dejeuner-26", "2016-10-26"); /* not expected, and served */
  g_autoptr (GPtrArray) day = meals_read (replica.journal, "2016-10-26", &error);
  g_assert_no_error (error);
  g_autofree char *text = told (day);
  g_assert_cmpstr (text, ==, "dejeuner-26 2/2 halal 2/1 nuts 1/1; diner-26 2/0 halal 2/0 nuts 1/0");
  pass_at (&replica, "FR-1", "dejeuner-26", "2016-10-27"); /* of another day */
  g_autoptr (GPtrArray) same = meals_read (replica.journal, "2016-10-26", &error);
  g_autofree char *still = told (same);
  g_assert_cmpstr (still, ==, text);
  g_autoptr (GPtrArray) all = meals_read (replica.journal, NULL, &error);
  g_assert_cmpuint (all->len, ==, 7);
  g_autofree char *last = told (all);
  g_assert_true (g_str_has_suffix (last, "dejeuner-29 1/0 halal 1/0 nuts 1/0"));
  replica_close (&replica);
}

static void test_hotels (void)
{
  Replica replica;
  g_autoptr (GError) error = NULL;
  begin (&replica);
  pass_at (&replica, "FR-1", "navette", "2016-10-26");
  pass_at (&replica, "FR-1", "entree-est", "2016-10-26");
  pass_at (&replica, "FR-2", "navette", "2016-10-27");
  g_autoptr (GPtrArray) hotels = hotels_read (replica.journal, "2016-10-26", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (hotels->len, ==, 1);
  const HotelsHotel *hotel = hotels->pdata[0];
  g_assert_cmpstr (hotel->hotel, ==, "Ibis");
  g_assert_cmpuint (hotel->people, ==, 2);
  g_assert_cmpuint (hotel->ridden, ==, 1);
  g_assert_cmpuint (hotel->arrived, ==, 1);
  g_assert_cmpstr (((const HotelsGuest *) hotel->guests->pdata[0])->name, ==, "A");
  g_assert_cmpstr (((const HotelsGuest *) hotel->guests->pdata[1])->name, ==, ""); /* protocol */
  g_autoptr (GPtrArray) fair = hotels_read (replica.journal, "2016-10-29", &error);
  g_assert_cmpuint (fair->len, ==, 2); /* one who names no hotel */
  g_autoptr (GPtrArray) none = hotels_read (replica.journal, "2016-01-01", &error);
  g_assert_cmpuint (none->len, ==, 0);
  replica_close (&replica);
}

static void assert_count (const TwoEventsCount *count, gint64 first, gint64 second, gint64 both)
{
  g_assert_cmpint (count->only_first, ==, first);
  g_assert_cmpint (count->only_second, ==, second);
  g_assert_cmpint (count->both, ==, both);
  g_assert_cmpint (two_events_either (count), ==, first + second + both);
}

static void test_two_events (void)
{
  Replica replica;
  g_autoptr (GError) error = NULL;
  begin (&replica);
  pass_at (&replica, "FR-1", "entree-est", "2016-10-26");
  pass_at (&replica, "FR-1", "entree-foire", "2016-10-29");
  pass_at (&replica, "FR-2", "entree-est", "2016-10-26");
  pass_at (&replica, "FR-3", "entree-foire", "2016-10-29"); /* registered for the other */
  pass_at (&replica, "FR-4", "navette", "2016-10-29");      /* no entrance */
  g_autoptr (TwoEvents) events = two_events_read (replica.journal, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (events->first, ==, "rencontres");
  assert_count (&events->registered, 2, 1, 1);
  assert_count (&events->came, 1, 1, 1);
  for (guint i = 0; i < events->rows->len; i++) {
    const TwoEventsRow *row = events->rows->pdata[i];
    if (strcmp (row->id, "entreprise") == 0) {
      assert_count (&row->registered, 1, 0, 1);
      assert_count (&row->came, 1, 0, 1);
    } else if (strcmp (row->id, "elu") == 0) {
      assert_count (&row->registered, 1, 1, 0);
      assert_count (&row->came, 0, 1, 0);
    } else
      assert_count (&row->registered, 0, 0, 0);
  }
  replica_close (&replica);
}

/* Every diet that lists are understood to say has words. */
static void test_diets (void)
{
  static const char *const WRITTEN[] = { "végétarien",  "vegan",    "halal", "kasher",  "sans porc",
                                         "sans gluten", "乳糖不耐", "noix",  "海鲜过敏" };
  for (guint i = 0; i < G_N_ELEMENTS (WRITTEN); i++) {
    const char *name = value_diet (WRITTEN[i]);
    g_assert_nonnull (name);
    g_assert_cmpstr (diet_wording (name).second, !=, name);
  }
  g_assert_cmpstr (value_diet ("aucune"), ==, "");
  g_assert_null (value_diet ("mangue"));
}

static void test_empty (void)
{
  Replica replica;
  g_autoptr (GError) error = NULL;
  replica_open (&replica, "desk");
  g_autoptr (TwoEvents) events = two_events_read (replica.journal, &error);
  g_autoptr (GPtrArray) hotels = hotels_read (replica.journal, "2016-10-26", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (events->second, ==, "");
  g_assert_cmpuint (hotels->len, ==, 0);
  replica_close (&replica);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  words_here ();
  g_test_add_func ("/services/meals", test_meals);
  g_test_add_func ("/services/diets", test_diets);
  g_test_add_func ("/services/hotels", test_hotels);
  g_test_add_func ("/services/two_events", test_two_events);
  g_test_add_func ("/services/empty", test_empty);
  return g_test_run ();
}
