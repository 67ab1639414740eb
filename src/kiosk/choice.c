#include "kiosk/choice.h"

#include "kiosk/ui_button.h"
#include "kiosk/ui_pair.h"

#include <string.h>

#define COLUMNS 2

typedef struct {
  char *id, *fr, *zh;
} Option;

typedef struct {
  Ui *ui;
  GtkWidget *stack, *words;
  const char *name;
  Touch touch;
  GPtrArray *options; /* Option */
  char *chosen;
} Choice;

static void option_free (gpointer data)
{
  Option *option = data;

  g_free (option->id);
  g_free (option->fr);
  g_free (option->zh);
  g_free (option);
}

static void choice_free (gpointer data)
{
  Choice *choice = data;

  g_ptr_array_unref (choice->options);
  g_free (choice->chosen);
  g_free (choice);
}

static Choice *of (GtkWidget *widget)
{
  return g_object_get_data (G_OBJECT (widget), "choice");
}

/* The page --------------------------------------------------------------------------- */

/* Hidden, not only covered, as the window's pages are. */
static void show (GtkWidget *stack, const char *name)
{
  for (GtkWidget *child = gtk_widget_get_first_child (stack); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    gtk_widget_set_visible (child, child == gtk_stack_get_child_by_name (GTK_STACK (stack), name));
  gtk_stack_set_visible_child_name (GTK_STACK (stack), name);
}

/* Left while somebody chooses, it is the form when it comes again. */
static void on_unmap (GtkWidget *stack, gpointer data)
{
  show (stack, "form");
}

GtkWidget *choice_stack (Ui *ui, GtkWidget *form)
{
  GtkWidget *stack = gtk_stack_new (), *page = ui_box (GTK_ORIENTATION_VERTICAL, "choosing");

  gtk_stack_set_hhomogeneous (GTK_STACK (stack), FALSE);
  gtk_stack_set_vhomogeneous (GTK_STACK (stack), FALSE);
  gtk_stack_add_named (GTK_STACK (stack), form, "form");
  gtk_stack_add_named (GTK_STACK (stack), page, "choosing");
  gtk_widget_set_visible (page, FALSE);
  g_signal_connect (stack, "unmap", G_CALLBACK (on_unmap), NULL);
  return stack;
}

static void on_option (GtkButton *button, gpointer data)
{
  GtkWidget *widget = data;
  Choice *choice = of (widget);
  g_autofree char *id = g_strdup (g_object_get_data (G_OBJECT (button), "id"));

  choice_set (widget, id);
  show (choice->stack, "form");
  gtk_widget_grab_focus (widget);
  ui_touch (choice->ui, choice->touch, id);
}

static GtkWidget *option_button (GtkWidget *widget, const Option *option)
{
  Choice *choice = of (widget);
  GtkWidget *button = ui_button (choice->ui, "", "", TOUCH_LOOK, "", "row");

  ui_button_say (button, (Pair){ option->fr, option->zh });
  ui_mark (button, "chosen", g_strcmp0 (option->id, choice->chosen) == 0);
  g_object_set_data_full (G_OBJECT (button), "id", g_strdup (option->id), g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (on_option), widget);
  gtk_widget_set_hexpand (button, TRUE);
  return button;
}

static void on_open (GtkButton *button, gpointer data)
{
  GtkWidget *widget = GTK_WIDGET (button), *grid = gtk_grid_new (), *title, *page;
  Choice *choice = of (widget);

  page = gtk_stack_get_child_by_name (GTK_STACK (choice->stack), "choosing");
  ui_empty (page);
  title = ui_pair (choice->ui, "title small");
  ui_pair_say (title, words_pair (choice->name));
  gtk_widget_add_css_class (grid, "choices");
  gtk_grid_set_column_homogeneous (GTK_GRID (grid), TRUE);
  for (guint i = 0; i < choice->options->len; i++)
    gtk_grid_attach (GTK_GRID (grid), option_button (widget, choice->options->pdata[i]),
                     (int) (i % COLUMNS), (int) (i / COLUMNS), 1, 1);
  gtk_box_append (GTK_BOX (page), title);
  gtk_box_append (GTK_BOX (page), ui_scroll (grid));
  gtk_widget_set_vexpand (gtk_widget_get_last_child (page), TRUE);
  show (choice->stack, "choosing");
  ui_touch (choice->ui, TOUCH_LOOK, "");
}

/* The touch -------------------------------------------------------------------------- */

GtkWidget *choice_new (Ui *ui, GtkWidget *stack, const char *name, Touch touch)
{
  GtkWidget *button = gtk_button_new (), *face = ui_box (GTK_ORIENTATION_HORIZONTAL, "face");
  Choice *choice = g_new0 (Choice, 1);

  choice->ui = ui;
  choice->stack = stack;
  choice->name = name;
  choice->touch = touch;
  choice->options = g_ptr_array_new_with_free_func (option_free);
  choice->chosen = g_strdup ("");
  choice->words = ui_pair (ui, "words");
  g_object_set_data_full (G_OBJECT (button), "choice", choice, choice_free);
  gtk_widget_add_css_class (button, "touch");
  gtk_widget_add_css_class (button, "chooser");
  ui_touchable (ui, button, FALSE);
  gtk_widget_set_hexpand (choice->words, TRUE);
  gtk_widget_set_valign (choice->words, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (face), choice->words);
  gtk_box_append (GTK_BOX (face), ui_icon ("pan-end-symbolic", ""));
  gtk_button_set_child (GTK_BUTTON (button), face);
  g_signal_connect (button, "clicked", G_CALLBACK (on_open), NULL);
  choice_set (button, "");
  return button;
}

void choice_empty (GtkWidget *widget)
{
  g_ptr_array_set_size (of (widget)->options, 0);
}

void choice_add (GtkWidget *widget, const char *id, Pair wording)
{
  Option *option = g_new0 (Option, 1);

  option->id = g_strdup (id);
  option->fr = g_strdup (wording.first);
  option->zh = g_strdup (wording.second);
  g_ptr_array_add (of (widget)->options, option);
}

void choice_set (GtkWidget *widget, const char *id)
{
  Choice *choice = of (widget);
  Pair said = words_pair (N_ ("Choose…")), name = words_pair (choice->name);
  g_autofree char *label = NULL;

  if (id != choice->chosen) {
    g_free (choice->chosen);
    choice->chosen = g_strdup (id);
  }
  for (guint i = 0; i < choice->options->len; i++) {
    const Option *option = choice->options->pdata[i];
    if (strcmp (option->id, choice->chosen) == 0)
      said = (Pair){ option->fr, option->zh };
  }
  ui_pair_say (choice->words, said);
  label = g_strdup_printf ("%s · %s: %s · %s", name.first, name.second, said.first, said.second);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
}

const char *choice_get (GtkWidget *widget)
{
  return of (widget)->chosen;
}
