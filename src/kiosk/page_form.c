#include "kiosk/page_form.h"

#include "kiosk/choice.h"
#include "kiosk/form.h"
#include "kiosk/form_choices.h"
#include "kiosk/on_screen_keyboard.h"
#include "kiosk/toggles.h"

#include <string.h>

typedef enum { SAID_IN_BOTH, SAID_IN_FRENCH, SAID_IN_CHINESE } Said;

static const struct {
  const char *name, *label; /* name: of the Delegate's field */
  Said said;                /* what is written in one language only is called so in that language */
  gboolean needed;          /* of a walk-in */
} FIELDS[] = {
  { "family", N_ ("Family name"), SAID_IN_BOTH, TRUE },
  { "given", N_ ("Given name"), SAID_IN_BOTH, TRUE },
  { "name_zh", N_ ("Chinese name"), SAID_IN_BOTH, TRUE },
  { "function_fr", N_ ("Function"), SAID_IN_FRENCH, FALSE },
  { "function_zh", N_ ("Function"), SAID_IN_CHINESE, FALSE },
  { "organisation_fr", N_ ("Organisation"), SAID_IN_FRENCH, TRUE },
  { "organisation_zh", N_ ("Organisation"), SAID_IN_CHINESE, TRUE },
};

typedef struct {
  Ui *ui;
  gboolean walk_in, setting; /* setting: the fields are written by the program */
  GtkWidget *halves, *title, *notice, *fields[G_N_ELEMENTS (FIELDS)], *save;
  GtkWidget *person, *category, *country, *events, *services; /* person: how she is addressed */
} Parts;

/* What is given back ----------------------------------------------------------------- */

static void add_choices (const Parts *parts, GString *form)
{
  g_autofree char *events = toggles_marked (parts->events);

  form_add (form, "title", choice_get (parts->person));
  form_add (form, "category", choice_get (parts->category));
  form_add (form, "country", choice_get (parts->country));
  form_add (form, "events", events);
  toggles_add_flags (parts->services, form);
}

static void on_save (GtkButton *button, gpointer data)
{
  Parts *parts = data;
  g_autoptr (GString) form = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (FIELDS); i++)
    if (parts->fields[i] != NULL)
      form_add (form, FIELDS[i].name, gtk_editable_get_text (GTK_EDITABLE (parts->fields[i])));
  if (parts->walk_in)
    add_choices (parts, form);
  ui_touch (parts->ui, TOUCH_SAVE, form->str);
}

static void on_edited (GtkEditable *field, gpointer data)
{
  Parts *parts = data;

  if (!parts->setting)
    ui_touch (parts->ui, TOUCH_EDITED, "");
}

/* Building --------------------------------------------------------------------------- */

static GtkWidget *labelled (const char *name, Said said, GtkWidget *widget)
{
  GtkWidget *box = ui_box (GTK_ORIENTATION_VERTICAL, "labelled"), *text = ui_text ("field-label");
  Pair wording = words_pair (name);
  g_autofree char *label = said == SAID_IN_BOTH
                               ? words_line (words_pair (name))
                               : g_strdup (said == SAID_IN_FRENCH ? wording.first : wording.second);

  gtk_label_set_text (GTK_LABEL (text), label);
  gtk_widget_set_hexpand (box, TRUE);
  gtk_box_append (GTK_BOX (box), text);
  gtk_box_append (GTK_BOX (box), widget);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  return box;
}

static GtkWidget *field_of (Parts *parts, guint index)
{
  GtkWidget *entry = gtk_entry_new ();

  gtk_widget_add_css_class (entry, "field");
  ui_touchable (parts->ui, entry, FALSE);
  g_signal_connect (entry, "changed", G_CALLBACK (on_edited), parts);
  gtk_entry_set_max_length (GTK_ENTRY (entry), DELEGATE_TEXT_MAX);
  if (strcmp (FIELDS[index].name, "name_zh") == 0)
    on_screen_keyboard_expect_name (entry);
  return labelled (FIELDS[index].label, FIELDS[index].said, entry);
}

static void add_countries (GtkWidget *country)
{
  static const struct {
    const char *code, *name;
  } COUNTRIES[] = { { "FR", N_ ("France") }, { "CN", N_ ("China") }, { "", N_ ("Other") } };

  for (guint i = 0; i < G_N_ELEMENTS (COUNTRIES); i++)
    choice_add (country, COUNTRIES[i].code, words_pair (COUNTRIES[i].name));
}

static void build_choices (Parts *parts, GtkWidget *stack, GtkWidget *grid)
{
  const struct {
    const char *name;
    GtkWidget **place;
  } CHOICES[] = { { N_ ("Title"), &parts->person },
                  { N_ ("Category"), &parts->category },
                  { N_ ("Country"), &parts->country } };

  for (guint i = 0; i < G_N_ELEMENTS (CHOICES); i++) {
    *CHOICES[i].place = choice_new (parts->ui, stack, CHOICES[i].name, TOUCH_EDITED);
    gtk_grid_attach (GTK_GRID (grid), labelled (CHOICES[i].name, SAID_IN_BOTH, *CHOICES[i].place),
                     (int) ((i + 1) % 2), 2 + (int) ((i + 1) / 2), 1, 1);
  }
  form_choices_titles (parts->person);
  add_countries (parts->country);
  parts->events = toggles_new ();
  parts->services = toggles_new ();
  gtk_grid_attach (GTK_GRID (grid), parts->events, 0, 4, 2, 1);
  gtk_grid_attach (GTK_GRID (grid), parts->services, 0, 5, 2, 1);
}

static GtkWidget *build (Ui *ui, gboolean walk_in)
{
  GtkWidget *main_part, *side, *halves = ui_halves ("form", &main_part, &side),
                               *page = choice_stack (ui, halves), *grid = gtk_grid_new (),
                               *scroll = ui_scroll (grid);
  Parts *parts = g_new0 (Parts, 1);
  int row = 0, column = 0;

  PAGE_KEEP (page, parts);
  parts->halves = halves;
  parts->ui = ui;
  parts->walk_in = walk_in;
  parts->title = ui_pair (ui, "title small");
  parts->notice = ui_pair (ui, "notice");
  ui_pair_say (parts->title,
               words_pair (walk_in ? N_ ("On-site registration") : N_ ("Correct the badge")));
  gtk_widget_add_css_class (grid, "fields");
  gtk_grid_set_column_homogeneous (GTK_GRID (grid), TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (FIELDS); i++) {
    GtkWidget *box;
    if (walk_in && !FIELDS[i].needed)
      continue;
    box = field_of (parts, i);
    parts->fields[i] = gtk_widget_get_last_child (box);
    gtk_grid_attach (GTK_GRID (grid), box, column, row, i == 2 && !walk_in ? 2 : 1, 1);
    column = (i == 2 && !walk_in) || column == 1 ? 0 : 1;
    row += column == 0;
  }
  if (walk_in)
    build_choices (parts, page, grid);
  gtk_widget_set_vexpand (scroll, TRUE);
  parts->save = ui_button (ui, "object-select-symbolic",
                           walk_in ? N_ ("See the badge") : N_ ("Save and print again"), TOUCH_LOOK,
                           "", "primary");
  g_signal_connect (parts->save, "clicked", G_CALLBACK (on_save), parts);
  gtk_box_append (GTK_BOX (main_part), parts->title);
  gtk_box_append (GTK_BOX (main_part), parts->notice);
  gtk_box_append (GTK_BOX (main_part), scroll);
  gtk_box_append (GTK_BOX (side), parts->save);
  gtk_box_append (GTK_BOX (side), on_screen_keyboard_new (ui, TRUE));
  return page;
}

static GtkWidget *build_correct (Ui *ui)
{
  return build (ui, FALSE);
}

static GtkWidget *build_walk_in (Ui *ui)
{
  return build (ui, TRUE);
}

static void update (Ui *ui, GtkWidget *page, const FlowView *view)
{
  Parts *parts = PAGE_PARTS (Parts, page);

  ui_turn (ui, parts->halves);
  ui_pair_turn (ui, parts->title);
  page_notice (parts->notice, view);
  gtk_widget_set_sensitive (parts->save, !view->busy);
}

static char *text_of (const Delegate *delegate, const char *name)
{
  guint count;
  const DelegateField *fields = delegate_fields (&count);

  for (guint i = 0; i < count; i++)
    if (strcmp (fields[i].name, name) == 0)
      return delegate_field_text (delegate, &fields[i]);
  return g_strdup ("");
}

static void set_fields (Parts *parts, const Delegate *delegate)
{
  parts->setting = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (FIELDS); i++) {
    g_autofree char *text = delegate != NULL ? text_of (delegate, FIELDS[i].name) : g_strdup ("");
    if (parts->fields[i] != NULL)
      gtk_editable_set_text (GTK_EDITABLE (parts->fields[i]), text);
  }
  parts->setting = FALSE;
  gtk_widget_grab_focus (parts->fields[0]);
}

void page_form_correct_fill (GtkWidget *page, const Delegate *delegate)
{
  set_fields (PAGE_PARTS (Parts, page), delegate);
}

void page_form_walk_in_offer (Ui *ui, GtkWidget *page, const Programme *programme)
{
  Parts *parts = PAGE_PARTS (Parts, page);

  form_choices_categories (parts->category, programme);
  choice_set (parts->category, "");
  choice_set (parts->country, "");
  choice_set (parts->person, "");
  toggles_empty (parts->events);
  form_choices_events (ui, parts->events, programme);
  toggles_empty (parts->services);
  form_choices_services (ui, parts->services);
  toggles_set (parts->services, "meals", TRUE);
  toggles_set (parts->services, "transport", TRUE);
  set_fields (parts, NULL);
}

const Page page_correct = { "correct", build_correct, update };
const Page page_walk_in = { "walk-in", build_walk_in, update };
