#include "kiosk/form_choices.h"

#include "kiosk/toggles.h"
#include "vocabulary/dates.h"

void form_choices_titles (GtkWidget *choice)
{
  static const struct {
    const char *id, *text;
  } TITLES[] = { { "Mme", N_ ("Mrs") }, { "M.", N_ ("Mr") }, { "", N_ ("No title") } };

  for (guint i = 0; i < G_N_ELEMENTS (TITLES); i++)
    choice_add (choice, TITLES[i].id, words_pair (TITLES[i].text));
}

void form_choices_categories (GtkWidget *choice, const Programme *programme)
{
  choice_empty (choice);
  for (guint i = 0; i < programme->categories->len; i++) {
    const ProgrammeEntry *category = g_ptr_array_index (programme->categories, i);
    choice_add (choice, category->id, (Pair){ category->fr, category->zh });
  }
}

void form_choices_events (Ui *ui, GtkWidget *toggles, const Programme *programme)
{
  for (guint i = 0; i < programme->events->len; i++) {
    const ProgrammeEntry *event = g_ptr_array_index (programme->events, i);
    toggles_add (ui, toggles, event->id, (Pair){ event->fr, event->zh },
                 programme->events->len == 1);
  }
}

void form_choices_days (Ui *ui, GtkWidget *toggles, const Programme *programme)
{
  for (guint i = 0; i < programme->days->len; i++) {
    const Day *day = g_ptr_array_index (programme->days, i);
    g_auto (OwnedPair) said = { 0 };
    dates_day (day->date, &said.first, &said.second);
    toggles_add (ui, toggles, day->label, (Pair){ said.first, said.second }, FALSE);
  }
}

void form_choices_services (Ui *ui, GtkWidget *toggles)
{
  static const struct {
    const char *id, *text;
  } SERVICES[] = { { "meals", N_ ("Meals") },
                   { "transport", N_ ("Shuttle") },
                   { "headset", N_ ("Headset") } };

  for (guint i = 0; i < G_N_ELEMENTS (SERVICES); i++)
    toggles_add (ui, toggles, SERVICES[i].id, words_pair (SERVICES[i].text), FALSE);
}
