#include "kiosk/page_form.h"

#include "kiosk/on_screen_keyboard.h"
#include "kiosk/form.h"

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
  gboolean walk_in;
  GtkWidget *title, *notice, *fields[G_N_ELEMENTS (FIELDS)], *save, *columns;
  GtkWidget *category, *country, *events, *services;
  GPtrArray *categories; /* ids, in the order of the list */
} Parts;

static void parts_free (gpointer data)
{
  Parts *parts = data;

  g_clear_pointer (&parts->categories, g_ptr_array_unref);
  g_free (parts);
}

/* What is given back ----------------------------------------------------------------- */

static void add_marked (GString *form, const char *name, GtkWidget *box)
{
  g_autoptr (GString) ids = g_string_new (NULL);

  for (GtkWidget *child = box != NULL ? gtk_widget_get_first_child (box) : NULL; child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (child)))
      g_string_append_printf (ids, "%s%s", ids->len > 0 ? " " : "",
                              (const char *) g_object_get_data (G_OBJECT (child), "id"));
  form_add (form, name, ids->str);
}

static void add_services (GString *form, GtkWidget *box)
{
  for (GtkWidget *child = gtk_widget_get_first_child (box); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    form_add (form, g_object_get_data (G_OBJECT (child), "id"),
              gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (child)) ? "1" : "0");
}

static void on_save (GtkButton *button, gpointer data)
{
  static const char *const COUNTRIES[] = { "FR", "CN", "" };
  Parts *parts = data;
  g_autoptr (GString) form = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (FIELDS); i++)
    if (parts->fields[i] != NULL)
      form_add (form, FIELDS[i].name, gtk_editable_get_text (GTK_EDITABLE (parts->fields[i])));
  if (parts->walk_in) {
    guint category = gtk_drop_down_get_selected (GTK_DROP_DOWN (parts->category)),
          country = gtk_drop_down_get_selected (GTK_DROP_DOWN (parts->country));
    if (parts->categories != NULL && category < parts->categories->len)
      form_add (form, "category", g_ptr_array_index (parts->categories, category));
    form_add (form, "country", COUNTRIES[MIN (country, 2)]);
    add_marked (form, "events", parts->events);
    add_services (form, parts->services);
  }
  ui_touch (parts->ui, TOUCH_SAVE, form->str);
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

static GtkWidget *field_of (Ui *ui, guint index)
{
  GtkWidget *entry = gtk_entry_new ();

  gtk_widget_add_css_class (entry, "field");
  ui_touchable (ui, entry, FALSE);
  gtk_entry_set_max_length (GTK_ENTRY (entry), DELEGATE_TEXT_MAX);
  return labelled (FIELDS[index].label, FIELDS[index].said, entry);
}

static GtkWidget *toggle (Ui *ui, const char *id, Pair wording, gboolean on)
{
  g_autofree char *label = g_strdup_printf ("%s · %s", wording.first, wording.second);
  GtkWidget *button = gtk_toggle_button_new_with_label (label);

  gtk_widget_add_css_class (button, "choice");
  ui_touchable (ui, button, FALSE);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), on);
  g_object_set_data_full (G_OBJECT (button), "id", g_strdup (id), g_free);
  return button;
}

static void build_choices (Parts *parts, GtkWidget *grid)
{
  static const char *const NONE[] = { NULL };
  g_autofree char *france = words_line (words_pair (N_ ("France"))),
                  *china = words_line (words_pair (N_ ("China"))),
                  *other = words_line (words_pair (N_ ("Other")));
  const char *const countries[] = { france, china, other, NULL };

  parts->category = gtk_drop_down_new_from_strings (NONE);
  parts->country = gtk_drop_down_new_from_strings (countries);
  ui_touchable (parts->ui, parts->category, FALSE);
  ui_touchable (parts->ui, parts->country, FALSE);
  parts->events = ui_box (GTK_ORIENTATION_HORIZONTAL, "toggles");
  parts->services = ui_box (GTK_ORIENTATION_HORIZONTAL, "toggles");
  gtk_box_append (GTK_BOX (parts->services),
                  toggle (parts->ui, "meals", words_pair (N_ ("Meals")), TRUE));
  gtk_box_append (GTK_BOX (parts->services),
                  toggle (parts->ui, "transport", words_pair (N_ ("Shuttle")), TRUE));
  gtk_box_append (GTK_BOX (parts->services),
                  toggle (parts->ui, "headset", words_pair (N_ ("Headset")), FALSE));
  gtk_grid_attach (GTK_GRID (grid), labelled (N_ ("Category"), SAID_IN_BOTH, parts->category), 0, 3,
                   1, 1);
  gtk_grid_attach (GTK_GRID (grid), labelled (N_ ("Country"), SAID_IN_BOTH, parts->country), 1, 3,
                   1, 1);
  gtk_grid_attach (GTK_GRID (grid), parts->events, 0, 4, 2, 1);
  gtk_grid_attach (GTK_GRID (grid), parts->services, 0, 5, 2, 1);
}

static GtkWidget *build (Ui *ui, gboolean walk_in)
{
  GtkWidget *main_part, *side, *page = ui_halves ("form", &main_part, &side),
                               *grid = gtk_grid_new (), *scroll = ui_scroll (grid);
  Parts *parts = g_new0 (Parts, 1);
  int row = 0, column = 0;

  g_object_set_data_full (G_OBJECT (page), "parts", parts, parts_free);
  parts->ui = ui;
  parts->walk_in = walk_in;
  parts->title = ui_pair (ui, "title small");
  parts->notice = ui_pair (ui, "notice");
  ui_pair_say (parts->title,
               words_pair (walk_in ? N_ ("New registration") : N_ ("Correct the badge")));
  gtk_widget_add_css_class (grid, "fields");
  gtk_grid_set_column_homogeneous (GTK_GRID (grid), TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (FIELDS); i++) {
    GtkWidget *box;
    if (walk_in && !FIELDS[i].needed)
      continue;
    box = field_of (ui, i);
    parts->fields[i] = gtk_widget_get_last_child (box);
    gtk_grid_attach (GTK_GRID (grid), box, column, row, i == 2 && !walk_in ? 2 : 1, 1);
    column = (i == 2 && !walk_in) || column == 1 ? 0 : 1;
    row += column == 0;
  }
  if (walk_in)
    build_choices (parts, grid);
  gtk_widget_set_vexpand (scroll, TRUE);
  parts->save = ui_button (ui, "object-select-symbolic",
                           walk_in ? N_ ("Register") : N_ ("Save and print again"), TOUCH_LOOK, "",
                           "primary");
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

  ui_turn (ui, page);
  ui_pair_turn (ui, parts->title);
  ui_pair_say (parts->notice, view->notice);
  ui_mark (parts->notice, "attention", view->notice_tone == TONE_ATTENTION);
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

void page_form_correct_fill (GtkWidget *page, const Delegate *delegate)
{
  Parts *parts = PAGE_PARTS (Parts, page);

  for (guint i = 0; i < G_N_ELEMENTS (FIELDS); i++) {
    g_autofree char *text = text_of (delegate, FIELDS[i].name);
    gtk_editable_set_text (GTK_EDITABLE (parts->fields[i]), text);
  }
  gtk_widget_grab_focus (parts->fields[0]);
}

void page_form_walk_in_offer (Ui *ui, GtkWidget *page, const Programme *programme)
{
  Parts *parts = PAGE_PARTS (Parts, page);
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);

  g_clear_pointer (&parts->categories, g_ptr_array_unref);
  parts->categories = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < programme->categories->len; i++) {
    const ProgrammeEntry *category = g_ptr_array_index (programme->categories, i);
    g_autofree char *label = g_strdup_printf ("%s · %s", category->fr, category->zh);
    g_ptr_array_add (parts->categories, g_strdup (category->id));
    gtk_string_list_append (words, label);
  }
  gtk_drop_down_set_model (GTK_DROP_DOWN (parts->category), G_LIST_MODEL (words));
  ui_empty (parts->events);
  for (guint i = 0; i < programme->events->len; i++) {
    const ProgrammeEntry *event = g_ptr_array_index (programme->events, i);
    gtk_box_append (GTK_BOX (parts->events),
                    toggle (ui, event->id, (Pair){ event->fr, event->zh }, i == 0));
  }
  for (guint i = 0; i < G_N_ELEMENTS (FIELDS); i++)
    if (parts->fields[i] != NULL)
      gtk_editable_set_text (GTK_EDITABLE (parts->fields[i]), "");
  gtk_widget_grab_focus (parts->fields[0]);
}

const Page page_correct = { "correct", build_correct, update };
const Page page_walk_in = { "walk-in", build_walk_in, update };
