/* services_command.c: `accueil meals`, `accueil hotels`, `accueil events`: for the
 * caterer, for the shuttles, and how the two events enrich each other. */
#include "cli/desk_output.h"

#include "congress/programme.h"
#include "core/json.h"
#include "core/text.h"
#include "core/words.h"
#include "counts/hotels.h"
#include "counts/meals.h"
#include "counts/two_events.h"
#include "journal/query.h"
#include "vocabulary/diet.h"

#include <stdio.h>
#include <string.h>

static int run_meals (int argc, char **argv);
static int run_hotels (int argc, char **argv);
static int run_events (int argc, char **argv);

extern const Command command_meals, command_hotels, command_events;
const Command command_meals = {
  .name = "meals",
  .usage = N_ ("[--day DAY] [--json|--csv] [--db FILE]"),
  .summary = N_ ("Count for the caterer, by meal and diet: expected and served"),
  .run = run_meals,
};
const Command command_hotels = {
  .name = "hotels",
  .usage = N_ ("--day DAY [--json|--csv] [--db FILE]"),
  .summary = N_ ("Count for the shuttles, by hotel: who is expected, has ridden, has arrived; as "
                 "CSV, the manifest"),
  .run = run_hotels,
};
const Command command_events = {
  .name = "events",
  .usage = N_ ("[--json] [--db FILE]"),
  .summary = N_ ("Count the two events apart, by category: only one of them, or both, registered "
                 "and come"),
  .run = run_events,
};

/* What the three share
 * ---------------------------------------------------------------- */

typedef struct {
  char *day;
  gboolean json, csv;
  Journal *journal;
  Programme *programme;
  const char *date; /* of the day that is asked for; NULL for none */
} Service;

static void service_clear (Service *service)
{
  g_free (service->day);
  programme_free (service->programme);
  journal_close (service->journal);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Service, service_clear)

/* FALSE, said why, with *@status. */
static gboolean service_start (Service *service, const Command *command, int argc, char **argv,
                               int *status)
{
  GOptionEntry entries[] = {
    { "day", 'd', 0, G_OPTION_ARG_STRING, &service->day, N_ ("Of one day"), N_ ("DAY") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &service->json, N_ ("As JSON, for machines"), NULL },
    { "csv", 0, 0, G_OPTION_ARG_NONE, &service->csv, N_ ("As CSV, for a spreadsheet"), NULL },
    { 0 },
  };
  GError *error = NULL;
  *status = EXIT_REFUSED;
  if (!command_parse (command, entries, &argc, &argv, status))
    return FALSE;
  if (argc != 1 || (service->json && service->csv)) {
    *status = argc != 1 ? command_usage (command, _ ("“%s” is not expected here"), argv[1])
                        : command_usage (command, _ ("either --json or --csv"));
    return FALSE;
  }
  service->journal = command_open ();
  if (service->journal == NULL)
    return FALSE;
  service->programme = programme_read (service->journal, &error);
  if (service->programme == NULL) {
    *status = command_fail (command, error);
    return FALSE;
  }
  const Day *day = service->day != NULL ? programme_day (service->programme, service->day) : NULL;
  service->date = day != NULL ? day->date : NULL;
  if (service->day != NULL && day == NULL) {
    g_autoptr (GString) days = g_string_new (NULL);
    for (guint i = 0; i < service->programme->days->len; i++)
      g_string_append_printf (days, "%s%s", i > 0 ? ", " : "",
                              ((const Day *) service->programme->days->pdata[i])->label);
    *status = command_usage (command, _ ("“%s” is no day of the congress; there are: %s"),
                             service->day, days->str);
    return FALSE;
  }
  return TRUE;
}

/* Closes the array @out, which it frees, and prints it. */
static void print_array (JsonOut *out)
{
  json_out_end_array (out);
  g_autofree char *text = json_out_finish (out);
  puts (text);
}

static void print_csv (const char *const *fields)
{
  g_autoptr (GString) line = g_string_new (NULL);
  for (; *fields != NULL; fields++)
    command_csv_append (line, *fields, fields[1] == NULL);
  fputs (line->str, stdout);
}

/* Meals
 * ------------------------------------------------------------------------------- */

static void put_meal (JsonOut *out, const MealsMeal *meal)
{
  json_out_begin_object (out, NULL);
  json_out_string (out, "id", meal->id);
  json_out_string (out, "fr", meal->fr);
  json_out_string (out, "zh", meal->zh);
  json_out_strings (out, "days", (const char *const *) meal->days);
  json_out_int (out, "expected", meal->expected);
  json_out_int (out, "served", meal->served);
  json_out_begin_array (out, "diets");
  for (guint i = 0; i < meal->diets->len; i++) {
    const MealsDiet *diet = meal->diets->pdata[i];
    Pair words = diet_wording (diet->diet);
    json_out_begin_object (out, NULL);
    json_out_string (out, "diet", diet->diet);
    json_out_string (out, "fr", words.first);
    json_out_string (out, "zh", words.second);
    json_out_int (out, "expected", diet->expected);
    json_out_int (out, "served", diet->served);
    json_out_end_object (out);
  }
  json_out_end_array (out);
  json_out_end_object (out);
}

static void print_count (const char *label, gint64 expected, gint64 served)
{
  static const int WIDTH = 44;
  g_autofree char *line
      = g_strdup_printf ("%s%*s %8lld %8lld", label, MAX (0, WIDTH - text_columns (label)), "",
                         (long long) expected, (long long) served);
  puts (desk_output_clean (line));
}

static void print_meal (const MealsMeal *meal)
{
  g_autofree char *title = words_line ((Pair){ meal->fr, meal->zh });
  print_count (title, meal->expected, meal->served);
  for (guint i = 0; i < meal->diets->len; i++) {
    const MealsDiet *diet = meal->diets->pdata[i];
    g_autofree char *words = words_line (diet_wording (diet->diet)),
                    *label = g_strconcat ("  ", words, NULL);
    print_count (label, diet->expected, diet->served);
  }
}

static void print_meal_csv (const MealsMeal *meal)
{
  for (guint i = 0; i <= meal->diets->len; i++) {
    const MealsDiet *diet = i > 0 ? meal->diets->pdata[i - 1] : NULL;
    Pair words = diet != NULL ? diet_wording (diet->diet) : PAIR_EMPTY;
    g_autofree char *expected
        = g_strdup_printf ("%lld", (long long) (diet != NULL ? diet->expected : meal->expected)),
        *served
        = g_strdup_printf ("%lld", (long long) (diet != NULL ? diet->served : meal->served));
    print_csv ((const char *const[]){ meal->id, meal->fr, meal->zh, words.first, words.second,
                                      expected, served, NULL });
  }
}

static int run_meals (int argc, char **argv)
{
  g_auto (Service) service = { 0 };
  GError *error = NULL;
  int status;
  if (!service_start (&service, &command_meals, argc, argv, &status))
    return status;
  g_autoptr (GPtrArray) meals = meals_read (service.journal, service.date, &error);
  if (meals == NULL)
    return command_fail (&command_meals, error);
  JsonOut *out = service.json ? json_out_new () : NULL;
  if (out != NULL)
    json_out_begin_array (out, NULL);
  if (service.csv)
    print_csv ((const char *const[]){ "meal", "fr", "zh", "diet_fr", "diet_zh", "expected",
                                      "served", NULL });
  for (guint i = 0; i < meals->len; i++)
    if (out != NULL)
      put_meal (out, meals->pdata[i]);
    else
      (service.csv ? print_meal_csv : print_meal) (meals->pdata[i]);
  if (out != NULL)
    print_array (out);
  return 0;
}

/* Hotels
 * ------------------------------------------------------------------------------ */

static void put_hotel (JsonOut *out, const HotelsHotel *hotel)
{
  json_out_begin_object (out, NULL);
  json_out_string (out, "hotel", hotel->hotel);
  json_out_int (out, "people", hotel->people);
  json_out_int (out, "ridden", hotel->ridden);
  json_out_int (out, "arrived", hotel->arrived);
  json_out_begin_array (out, "guests");
  for (guint i = 0; i < hotel->guests->len; i++) {
    const HotelsGuest *guest = hotel->guests->pdata[i];
    json_out_begin_object (out, NULL);
    json_out_string (out, "reference", guest->reference);
    json_out_string (out, "name", guest->name);
    json_out_string (out, "delegation", guest->delegation);
    json_out_bool (out, "ridden", guest->ridden);
    json_out_bool (out, "arrived", guest->arrived);
    json_out_end_object (out);
  }
  json_out_end_array (out);
  json_out_end_object (out);
}

static void print_hotel (const HotelsHotel *hotel)
{
  g_autofree char *unnamed
      = words_line (words_pair_in ("hotel", NC_ ("hotel", "no hotel named"))),
      *line = g_strdup_printf ("%6u %6u %6u  %s", hotel->people, hotel->ridden, hotel->arrived,
                               *hotel->hotel != '\0' ? hotel->hotel : unnamed);
  puts (desk_output_clean (line));
}

static void print_manifest (const HotelsHotel *hotel)
{
  for (guint i = 0; i < hotel->guests->len; i++) {
    const HotelsGuest *guest = hotel->guests->pdata[i];
    print_csv ((const char *const[]){ hotel->hotel, guest->reference, guest->name,
                                      guest->delegation, guest->ridden ? "1" : "0",
                                      guest->arrived ? "1" : "0", NULL });
  }
}

static int run_hotels (int argc, char **argv)
{
  g_auto (Service) service = { 0 };
  GError *error = NULL;
  int status;
  if (!service_start (&service, &command_hotels, argc, argv, &status))
    return status;
  if (service.date == NULL)
    return command_usage (&command_hotels, _ ("of which day? Write --day DAY"));
  g_autoptr (GPtrArray) hotels = hotels_read (service.journal, service.date, &error);
  if (hotels == NULL)
    return command_fail (&command_hotels, error);
  JsonOut *out = service.json ? json_out_new () : NULL;
  if (out != NULL)
    json_out_begin_array (out, NULL);
  if (service.csv)
    print_csv ((const char *const[]){ "hotel", "reference", "name", "delegation", "ridden",
                                      "arrived", NULL });
  for (guint i = 0; i < hotels->len; i++)
    if (out != NULL)
      put_hotel (out, hotels->pdata[i]);
    else
      (service.csv ? print_manifest : print_hotel) (hotels->pdata[i]);
  if (out != NULL)
    print_array (out);
  return 0;
}

/* Events
 * ------------------------------------------------------------------------------ */

static void put_count (JsonOut *out, const char *key, const TwoEventsCount *count)
{
  json_out_begin_object (out, key);
  json_out_int (out, "only_first", count->only_first);
  json_out_int (out, "only_second", count->only_second);
  json_out_int (out, "both", count->both);
  json_out_int (out, "either", two_events_either (count));
  json_out_end_object (out);
}

static void print_events_json (const TwoEvents *events)
{
  JsonOut *out = json_out_new ();
  json_out_begin_object (out, NULL);
  json_out_string (out, "first", events->first);
  json_out_string (out, "second", events->second);
  put_count (out, "registered", &events->registered);
  put_count (out, "came", &events->came);
  json_out_begin_array (out, "categories");
  for (guint i = 0; i < events->rows->len; i++) {
    const TwoEventsRow *row = events->rows->pdata[i];
    json_out_begin_object (out, NULL);
    json_out_string (out, "id", row->id);
    json_out_string (out, "fr", row->fr);
    json_out_string (out, "zh", row->zh);
    put_count (out, "registered", &row->registered);
    put_count (out, "came", &row->came);
    json_out_end_object (out);
  }
  json_out_end_array (out);
  json_out_end_object (out);
  g_autofree char *text = json_out_finish (out);
  puts (text);
}

static void print_events_row (const char *label, const TwoEventsCount *registered,
                              const TwoEventsCount *came)
{
  printf ("%s%*s %7lld %7lld %7lld  | %7lld %7lld %7lld\n", label,
          MAX (0, 32 - text_columns (label)), "", (long long) registered->only_first,
          (long long) registered->only_second, (long long) registered->both,
          (long long) came->only_first, (long long) came->only_second, (long long) came->both);
}

static int run_events (int argc, char **argv)
{
  g_auto (Service) service = { 0 };
  GError *error = NULL;
  int status;
  if (!service_start (&service, &command_events, argc, argv, &status))
    return status;
  g_autoptr (TwoEvents) events = two_events_read (service.journal, &error);
  if (events == NULL)
    return command_fail (&command_events, error);
  if (service.json) {
    print_events_json (events);
    return 0;
  }
  g_autofree char *legend = words_line (words_pair_in (
                      "events", NC_ ("events", "registered | come: only the first event, only the "
                                               "second, both"))),
                  *all = words_line (words_pair_in ("counts", NC_ ("counts", "Total")));
  printf ("%s + %s\n%s\n", events->first, events->second, legend);
  print_events_row (all, &events->registered, &events->came);
  for (guint i = 0; i < events->rows->len; i++) {
    const TwoEventsRow *row = events->rows->pdata[i];
    g_autofree char *label = words_line ((Pair){ row->fr, row->zh });
    print_events_row (label, &row->registered, &row->came);
  }
  return 0;
}
