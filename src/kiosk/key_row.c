#include "kiosk/key_row.h"

#include <string.h>

#define ID "key-row-id"
#define LAST "key-row-last" /* of a row: what was put last; NULL for nothing yet */
#define STAYS "key-row-stays"

GtkWidget *key_row_new (void)
{
  return ui_box (GTK_ORIENTATION_HORIZONTAL, "keys");
}

void key_row_begin (GtkWidget *row)
{
  g_object_set_data (G_OBJECT (row), LAST, NULL);
  for (GtkWidget *child = gtk_widget_get_first_child (row); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    g_object_set_data (G_OBJECT (child), STAYS, NULL);
}

void key_row_end (GtkWidget *row)
{
  GtkWidget *next;

  for (GtkWidget *child = gtk_widget_get_first_child (row); child != NULL; child = next) {
    next = gtk_widget_get_next_sibling (child);
    if (g_object_get_data (G_OBJECT (child), STAYS) == NULL)
      gtk_box_remove (GTK_BOX (row), child);
  }
}

/* Behind what was put last. */
static void put (GtkWidget *row, GtkWidget *widget)
{
  gtk_box_reorder_child_after (GTK_BOX (row), widget, g_object_get_data (G_OBJECT (row), LAST));
  g_object_set_data (G_OBJECT (row), LAST, widget);
  g_object_set_data (G_OBJECT (widget), STAYS, widget);
}

GtkWidget *key_row_keep (GtkWidget *row, const char *id)
{
  for (GtkWidget *child = gtk_widget_get_first_child (row); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (g_object_get_data (G_OBJECT (child), STAYS) == NULL
        && strcmp (g_object_get_data (G_OBJECT (child), ID), id) == 0) {
      put (row, child);
      return child;
    }
  return NULL;
}

void key_row_add (GtkWidget *row, const char *id, GtkWidget *widget)
{
  g_object_set_data_full (G_OBJECT (widget), ID, g_strdup (id), g_free);
  gtk_box_append (GTK_BOX (row), widget);
  put (row, widget);
}

gboolean key_row_is_bare (GtkWidget *row)
{
  return g_object_get_data (G_OBJECT (row), LAST) == NULL;
}
