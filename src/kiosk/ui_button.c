#include "kiosk/ui_button.h"

#include "kiosk/ui_pair.h"
#include "kiosk/ui_scale.h"

#include <string.h>

typedef struct {
  Ui *ui;
  Touch touch;
  char *argument;
  GtkWidget *words;
} Button;

static void button_free (gpointer data)
{
  Button *button = data;

  g_free (button->argument);
  g_free (button);
}

static void on_clicked (GtkButton *widget, gpointer data)
{
  Button *button = data;
  g_autofree char *argument = g_strdup (button->argument); /* the page may change it */

  ui_touch (button->ui, button->touch, argument);
}

GtkWidget *ui_button (Ui *ui, const char *icon, const char *text, Touch touch, const char *argument,
                      const char *css)
{
  GtkWidget *widget = gtk_button_new (), *box = ui_box (GTK_ORIENTATION_HORIZONTAL, "face");
  Button *button = g_new0 (Button, 1);

  ui_add_classes (widget, css);
  gtk_widget_add_css_class (widget, "touch");
  button->ui = ui;
  button->touch = touch;
  button->argument = g_strdup (argument);
  button->words = ui_pair (ui, "words");
  gtk_widget_set_valign (button->words, GTK_ALIGN_CENTER);
  gtk_widget_set_halign (box, strstr (css, "row") != NULL ? GTK_ALIGN_FILL : GTK_ALIGN_CENTER);
  if (icon[0] != '\0')
    gtk_box_append (GTK_BOX (box), ui_icon (icon, ""));
  gtk_box_append (GTK_BOX (box), button->words);
  gtk_button_set_child (GTK_BUTTON (widget), box);
  g_object_set_data_full (G_OBJECT (widget), "touch", button, button_free);
  g_signal_connect (widget, "clicked", G_CALLBACK (on_clicked), button);
  ui_button_say (widget, words_pair (text));
  ui_touchable (ui, widget, FALSE);
  return widget;
}

Touch ui_button_touch (GtkWidget *widget)
{
  return ((const Button *) g_object_get_data (G_OBJECT (widget), "touch"))->touch;
}

void ui_button_argue (GtkWidget *widget, const char *argument)
{
  Button *button = g_object_get_data (G_OBJECT (widget), "touch");

  g_free (button->argument);
  button->argument = g_strdup (argument);
}

void ui_button_say (GtkWidget *widget, Pair wording)
{
  Button *button = g_object_get_data (G_OBJECT (widget), "touch");
  g_autofree char *both = g_strdup_printf ("%s · %s", wording.first, wording.second);

  ui_pair_say (button->words, wording);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, both, -1);
}

void ui_button_icon (GtkWidget *widget, const char *icon)
{
  gtk_image_set_from_icon_name (
      GTK_IMAGE (gtk_widget_get_first_child (gtk_button_get_child (GTK_BUTTON (widget)))), icon);
}
