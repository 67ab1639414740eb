#include "kiosk/toggles.h"

#include "kiosk/form.h"

#include <string.h>

#define COLUMNS_MAX 6

GtkWidget *toggles_new (void)
{
  GtkWidget *flow = gtk_flow_box_new ();

  gtk_widget_add_css_class (flow, "toggles");
  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (flow), GTK_SELECTION_NONE);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (flow), COLUMNS_MAX);
  gtk_widget_set_can_focus (flow, TRUE);
  return flow;
}

/* The toggle in @child of the box. */
static GtkToggleButton *of_child (GtkWidget *child)
{
  return GTK_TOGGLE_BUTTON (gtk_flow_box_child_get_child (GTK_FLOW_BOX_CHILD (child)));
}

static const char *id_of (GtkToggleButton *button)
{
  return g_object_get_data (G_OBJECT (button), "id");
}

static void on_clicked (GtkButton *button, gpointer data)
{
  ui_touch (data, TOUCH_EDITED, "");
}

void toggles_add (Ui *ui, GtkWidget *toggles, const char *id, Pair wording, gboolean on)
{
  g_autofree char *label = strcmp (wording.first, wording.second) == 0 || wording.second[0] == '\0'
                               ? g_strdup (wording.first)
                               : g_strdup_printf ("%s · %s", wording.first, wording.second);
  GtkWidget *button = gtk_toggle_button_new_with_label (label);

  gtk_widget_add_css_class (button, "choice");
  ui_touchable (ui, button, FALSE);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), on);
  g_object_set_data_full (G_OBJECT (button), "id", g_strdup (id), g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (on_clicked), ui);
  gtk_flow_box_insert (GTK_FLOW_BOX (toggles), button, -1);
  gtk_widget_set_focusable (gtk_widget_get_parent (button), FALSE);
}

char *toggles_marked (GtkWidget *toggles)
{
  GString *ids = g_string_new (NULL);

  for (GtkWidget *child = gtk_widget_get_first_child (toggles); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_toggle_button_get_active (of_child (child)))
      g_string_append_printf (ids, "%s%s", ids->len > 0 ? " " : "", id_of (of_child (child)));
  return g_string_free (ids, FALSE);
}

void toggles_set (GtkWidget *toggles, const char *id, gboolean on)
{
  for (GtkWidget *child = gtk_widget_get_first_child (toggles); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (strcmp (id_of (of_child (child)), id) == 0)
      gtk_toggle_button_set_active (of_child (child), on);
}

void toggles_empty (GtkWidget *toggles)
{
  for (GtkWidget *child; (child = gtk_widget_get_first_child (toggles)) != NULL;)
    gtk_flow_box_remove (GTK_FLOW_BOX (toggles), child);
}

void toggles_add_flags (GtkWidget *toggles, GString *form)
{
  for (GtkWidget *child = gtk_widget_get_first_child (toggles); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    form_add (form, id_of (of_child (child)),
              gtk_toggle_button_get_active (of_child (child)) ? "1" : "0");
}
