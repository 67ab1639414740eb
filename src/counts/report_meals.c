#include "counts/report_meals.h"

#include "counts/meals.h"
#include "vocabulary/diet.h"

static const TableColumn COLUMNS[] = {
  { "id", NC_ ("column", "Id"), TABLE_TEXT, 16 },
  { "fr", NC_ ("column", "Meal"), TABLE_TEXT, 24 },
  { "zh", NC_ ("column", "Meal ({language})"), TABLE_TEXT, 18 },
  { "diet", NC_ ("column", "Diet"), TABLE_TEXT, 14 },
  { "diet_fr", NC_ ("column", "Diet, in words"), TABLE_TEXT, 22 },
  { "diet_zh", NC_ ("column", "Diet, in words ({language})"), TABLE_TEXT, 18 },
  { "expected", NC_ ("column", "Expected"), TABLE_NUMBER, 10 },
  { "served", NC_ ("column", "Served"), TABLE_NUMBER, 10 },
};

/* @diet "": all, each person once. */
static gboolean put (ReportRun *run, const MealsMeal *meal, const char *diet, gint64 expected,
                     gint64 served, GError **error)
{
  Pair words = *diet != '\0' ? diet_wording (diet) : PAIR_EMPTY;
  const TableValue values[]
      = { REPORT_TEXT (meal->id),   REPORT_TEXT (meal->fr),    REPORT_TEXT (meal->zh),
          REPORT_TEXT (diet),       REPORT_TEXT (words.first), REPORT_TEXT (words.second),
          REPORT_NUMBER (expected), REPORT_NUMBER (served) };
  G_STATIC_ASSERT (G_N_ELEMENTS (values) == G_N_ELEMENTS (COLUMNS));
  return report_run_put (run, values, error);
}

static gboolean put_rows (ReportRun *run, GError **error)
{
  g_autoptr (GPtrArray) meals = meals_read (run->journal, run->filter.day, error);
  gboolean good = meals != NULL;
  for (guint i = 0; good && i < meals->len; i++) {
    const MealsMeal *meal = meals->pdata[i];
    good = put (run, meal, "", meal->expected, meal->served, error);
    for (guint j = 0; good && j < meal->diets->len; j++) {
      const MealsDiet *diet = meal->diets->pdata[j];
      good = put (run, meal, diet->diet, diet->expected, diet->served, error);
    }
  }
  return good;
}

const ReportTable report_meals_table
    = { "meals", NC_ ("report", "Meals"), COLUMNS, G_N_ELEMENTS (COLUMNS), G_MAXUINT64, put_rows };
