#include "counts/meals.h"

#include "access/presentation.h"
#include "congress/checkpoint.h"
#include "core/json.h"
#include "journal/query.h"

#include <string.h>

/* Far fewer rows than people: those with the same rights and diet are one. */
static const char EXPECTED[]
    = "SELECT d.category, d.events, d.days, d.workshops, d.roles, d.meals, d.transport, d.headset, "
      "e.diet, count (*) FROM delegate d JOIN delegate_diet e ON e.reference = d.reference WHERE "
      "NOT d.revoked AND d.status = '' GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9";
static const char SERVED[]
    = "SELECT ifnull (d.diet, '[]'), count (DISTINCT p.reference) FROM presence p LEFT JOIN "
      "delegate_diet d ON d.reference = p.reference WHERE p.checkpoint = :checkpoint AND "
      "(:day = '' OR p.day = :day) GROUP BY 1";

static void diet_free (gpointer data)
{
  MealsDiet *diet = data;
  g_free (diet->diet);
  g_free (diet);
}

static void meal_free (gpointer data)
{
  MealsMeal *meal = data;
  g_free (meal->id);
  g_free (meal->fr);
  g_free (meal->zh);
  g_strfreev (meal->days);
  g_ptr_array_unref (meal->diets);
  g_free (meal);
}

static MealsDiet *diet_of (MealsMeal *meal, const char *name)
{
  for (guint i = 0; i < meal->diets->len; i++)
    if (strcmp (((MealsDiet *) meal->diets->pdata[i])->diet, name) == 0)
      return meal->diets->pdata[i];
  MealsDiet *diet = g_new0 (MealsDiet, 1);
  diet->diet = g_strdup (name);
  g_ptr_array_add (meal->diets, diet);
  return diet;
}

static MealsMeal *meal_of (const Checkpoint *checkpoint)
{
  MealsMeal *meal = g_new0 (MealsMeal, 1);
  meal->id = g_strdup (checkpoint->id);
  meal->fr = g_strdup (checkpoint->fr);
  meal->zh = g_strdup (checkpoint->zh);
  meal->diets = g_ptr_array_new_with_free_func (diet_free);
  g_autoptr (GStrvBuilder) days = g_strv_builder_new ();
  const char *last = "";
  for (guint i = 0; i < checkpoint->openings->len; i++) {
    const char *day = g_array_index (checkpoint->openings, Opening, i).day;
    if (strcmp (day, last) != 0)
      g_strv_builder_add (days, day);
    last = day;
  }
  meal->days = g_strv_builder_end (days);
  return meal;
}

/* How many have the diets of the JSON array @diets. */
static void add_expected (MealsMeal *meal, const char *diets, gint64 people)
{
  g_auto (GStrv) names = json_in_strings_of (diets);
  meal->expected += people;
  for (guint i = 0; names[i] != NULL; i++)
    diet_of (meal, names[i])->expected += people;
}

static gboolean read_expected (Journal *journal, const GPtrArray *checkpoints,
                               const GPtrArray *meals, GError **error)
{
  Query *query = journal_query (journal, EXPECTED, error);
  if (query == NULL)
    return FALSE;
  while (query_next (query)) {
    const PresentationRights rights
        = { query_text (query, 0),     query_text (query, 1),    query_text (query, 2),
            query_text (query, 3),     query_text (query, 4),    query_int (query, 5) != 0,
            query_int (query, 6) != 0, query_int (query, 7) != 0 };
    for (guint i = 0; i < meals->len; i++)
      if (presentation_grants (checkpoints->pdata[i], &rights))
        add_expected (meals->pdata[i], query_text (query, 8), query_int (query, 9));
  }
  return query_end (query, error);
}

static gboolean read_served (Journal *journal, MealsMeal *meal, const char *day, GError **error)
{
  Query *query = journal_query (journal, SERVED, error);
  if (query == NULL)
    return FALSE;
  query_bind_text (query, ":checkpoint", meal->id);
  query_bind_text (query, ":day", day != NULL ? day : "");
  while (query_next (query)) {
    g_auto (GStrv) names = json_in_strings_of (query_text (query, 0));
    meal->served += query_int (query, 1);
    for (guint i = 0; names[i] != NULL; i++)
      diet_of (meal, names[i])->served += query_int (query, 1);
  }
  return query_end (query, error);
}

static gint by_expected (gconstpointer a, gconstpointer b)
{
  const MealsDiet *one = *(MealsDiet *const *) a, *two = *(MealsDiet *const *) b;
  if (one->expected != two->expected)
    return one->expected > two->expected ? -1 : 1;
  return strcmp (one->diet, two->diet);
}

static gint by_day (gconstpointer a, gconstpointer b)
{
  const MealsMeal *one = *(MealsMeal *const *) a, *two = *(MealsMeal *const *) b;
  gint order = g_strcmp0 (one->days[0], two->days[0]);
  return order != 0 ? order : strcmp (one->id, two->id);
}

/* The meals' checkpoints on @day, and the meals in the same order. */
static GPtrArray *choose (GPtrArray *checkpoints, const char *day)
{
  GPtrArray *meals = g_ptr_array_new_with_free_func (meal_free);
  for (guint i = 0; i < checkpoints->len;) {
    const Checkpoint *checkpoint = checkpoints->pdata[i];
    MealsMeal *meal = checkpoint->kind == CHECKPOINT_MEAL ? meal_of (checkpoint) : NULL;
    if (meal != NULL && day != NULL && meal->days[0] != NULL
        && !g_strv_contains ((const char *const *) meal->days, day))
      g_clear_pointer (&meal, meal_free);
    if (meal == NULL) {
      g_ptr_array_remove_index (checkpoints, i);
      continue;
    }
    g_ptr_array_add (meals, meal);
    i++;
  }
  return meals;
}

GPtrArray *meals_read (Journal *journal, const char *day, GError **error)
{
  g_autoptr (GPtrArray) checkpoints = checkpoint_all (journal, error);
  if (checkpoints == NULL)
    return NULL;
  g_autoptr (GPtrArray) meals = choose (checkpoints, day);
  if (!read_expected (journal, checkpoints, meals, error))
    return NULL;
  for (guint i = 0; i < meals->len; i++) {
    MealsMeal *meal = meals->pdata[i];
    if (!read_served (journal, meal, day, error))
      return NULL;
    g_ptr_array_sort (meal->diets, by_expected);
  }
  g_ptr_array_sort (meals, by_day);
  return g_steal_pointer (&meals);
}
