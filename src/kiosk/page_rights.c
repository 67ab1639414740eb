#include "kiosk/page_rights.h"

#include "kiosk/choice.h"
#include "kiosk/form.h"
#include "kiosk/form_choices.h"
#include "kiosk/toggles.h"

#include <string.h>

typedef struct {
  Ui *ui;
  GtkWidget *halves, *title, *notice, *name, *person, *category, *events, *days, *sessions,
      *services, *save;
} Parts;

/* What is given back ----------------------------------------------------------------- */

static void add_marked (GString *form, const char *name, GtkWidget *toggles)
{
  g_autofree char *ids = toggles_marked (toggles);

  form_add (form, name, ids);
}

static void on_save (GtkButton *button, gpointer data)
{
  Parts *parts = data;
  g_autoptr (GString) form = g_string_new (NULL);

  form_add (form, "title", choice_get (parts->person));
  if (choice_get (parts->category)[0] != '\0')
    form_add (form, "category", choice_get (parts->category));
  add_marked (form, "events", parts->events);
  add_marked (form, "days", parts->days);
  add_marked (form, "sessions", parts->sessions);
  toggles_add_flags (parts->services, form);
  ui_touch (parts->ui, TOUCH_SAVE, form->str);
}

/* Building --------------------------------------------------------------------------- */

static void add_part (Ui *ui, GtkWidget *column, const char *name, GtkWidget *part)
{
  GtkWidget *heading = ui_pair (ui, "section");

  ui_pair_say (heading, words_pair (name));
  gtk_box_append (GTK_BOX (column), heading);
  gtk_box_append (GTK_BOX (column), part);
}

static GtkWidget *build (Ui *ui)
{
  GtkWidget *main_part, *side,
      *halves = ui_halves ("form rights-form", &main_part, &side),
      *page = choice_stack (ui, halves), *column = ui_box (GTK_ORIENTATION_VERTICAL, "column"),
      *top = ui_box (GTK_ORIENTATION_HORIZONTAL, "toggles"), *scroll = ui_scroll (column);
  Parts *parts = g_new0 (Parts, 1);

  PAGE_KEEP (page, parts);
  parts->ui = ui;
  parts->halves = halves;
  parts->title = ui_pair (ui, "title small");
  parts->notice = ui_pair (ui, "notice");
  parts->name = ui_text ("own-name");
  parts->person = choice_new (ui, page, N_ ("Title"), TOUCH_EDITED);
  parts->category = choice_new (ui, page, N_ ("Category"), TOUCH_EDITED);
  parts->events = toggles_new ();
  parts->days = toggles_new ();
  parts->sessions = toggles_new ();
  parts->services = toggles_new ();
  form_choices_titles (parts->person);
  ui_pair_say (parts->title, words_pair (N_ ("Registered for")));
  gtk_box_set_homogeneous (GTK_BOX (top), TRUE);
  gtk_box_append (GTK_BOX (top), parts->category);
  gtk_box_append (GTK_BOX (top), parts->person);
  gtk_box_append (GTK_BOX (column), top);
  add_part (ui, column, N_ ("Events"), parts->events);
  add_part (ui, column, N_ ("Days"), parts->days);
  add_part (ui, column, N_ ("Workshops"), parts->sessions);
  add_part (ui, column, N_ ("Services"), parts->services);
  gtk_widget_set_vexpand (scroll, TRUE);
  parts->save = ui_button (ui, "object-select-symbolic", N_ ("See what changes"), TOUCH_LOOK, "",
                           "primary");
  g_signal_connect (parts->save, "clicked", G_CALLBACK (on_save), parts);
  gtk_box_append (GTK_BOX (main_part), parts->name);
  gtk_box_append (GTK_BOX (main_part), parts->title);
  gtk_box_append (GTK_BOX (main_part), parts->notice);
  gtk_box_append (GTK_BOX (main_part), scroll);
  gtk_box_append (GTK_BOX (side), parts->save);
  return page;
}

static void update (Ui *ui, GtkWidget *page, const FlowView *view)
{
  Parts *parts = PAGE_PARTS (Parts, page);

  ui_turn (ui, parts->halves);
  ui_pair_turn (ui, parts->title);
  page_notice (parts->notice, view);
  gtk_widget_set_sensitive (parts->save, !view->busy);
}

/* Filling in ------------------------------------------------------------------------- */

static void mark_all (GtkWidget *toggles, char **ids)
{
  for (guint i = 0; ids[i] != NULL; i++)
    toggles_set (toggles, ids[i], TRUE);
}

static const DeskPlaces *places_of (const PersonRecord *record, const char *session)
{
  for (guint i = 0; i < record->places->len; i++) {
    const DeskPlaces *places = record->places->pdata[i];
    if (strcmp (places->session, session) == 0)
      return places;
  }
  return NULL;
}

/* "A1 · 3 places left", or its name alone where there is no limit. */
static void add_session (Parts *parts, const PersonRecord *record, const ProgrammeEntry *session)
{
  const DeskPlaces *places = places_of (record, session->id);
  g_auto (OwnedPair) left = { 0 };
  g_autofree char *fr = NULL, *zh = NULL;

  if (places != NULL && places->capacity > 0) {
    guint free_places = places->capacity > places->taken ? places->capacity - places->taken : 0;
    left = words_counted ("%u place left", "%u places left", free_places);
  }
  fr = g_strdup_printf ("%s%s%s", session->id, left.first != NULL ? " · " : "",
                        left.first != NULL ? left.first : "");
  zh = g_strdup (left.second != NULL ? left.second : "");
  toggles_add (parts->ui, parts->sessions, session->id, (Pair){ fr, zh }, FALSE);
}

void page_rights_fill (Ui *ui, GtkWidget *page, const PersonRecord *record,
                       const Programme *programme)
{
  Parts *parts = PAGE_PARTS (Parts, page);
  const Delegate *delegate = record->delegate;
  g_autofree char *name = guest_own_name (record->guest);

  ui_set_text (parts->name, name, record->guest->second_leads);
  form_choices_categories (parts->category, programme);
  choice_set (parts->category, delegate->category);
  choice_set (parts->person, delegate->title);
  toggles_empty (parts->events);
  toggles_empty (parts->days);
  toggles_empty (parts->sessions);
  toggles_empty (parts->services);
  form_choices_events (ui, parts->events, programme);
  form_choices_days (ui, parts->days, programme);
  for (guint i = 0; i < programme->sessions->len; i++)
    add_session (parts, record, programme->sessions->pdata[i]);
  form_choices_services (ui, parts->services);
  mark_all (parts->events, delegate->events);
  mark_all (parts->days, delegate->days);
  mark_all (parts->sessions, delegate->workshops);
  toggles_set (parts->services, "meals", delegate->meals);
  toggles_set (parts->services, "transport", delegate->transport);
  toggles_set (parts->services, "headset", delegate->headset);
}

const Page page_rights = { "rights", build, update };
