#include "kiosk/ui_pair.h"

#include "kiosk/ui_scale.h"
#include "kiosk/ui_state.h"

typedef struct {
  Ui *ui;
  GtkWidget *fr, *zh;
  gboolean own_order; /* no longer follows the others */
} Labels;

static Labels *pair_of (GtkWidget *widget)
{
  return g_object_get_data (G_OBJECT (widget), "pair");
}

static void on_pair_gone (gpointer data, GObject *widget)
{
  g_ptr_array_remove (((Ui *) data)->pairs, widget);
}

static void arrange (GtkWidget *widget, gboolean second_leads)
{
  Labels *pair = pair_of (widget);
  GtkWidget *own = second_leads ? pair->zh : pair->fr, *other = second_leads ? pair->fr : pair->zh;
  /* A text that stands alone is the first. */
  gboolean alone = gtk_label_get_text (GTK_LABEL (own))[0] == '\0';

  gtk_box_reorder_child_after (GTK_BOX (widget), own, NULL);
  ui_mark (own, "other", FALSE);
  ui_mark (own, "own", TRUE);
  ui_mark (other, "own", alone);
  ui_mark (other, "other", !alone);
  if (gtk_widget_get_focusable (widget))
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    gtk_label_get_text (GTK_LABEL (alone ? other : own)), -1);
}

static GtkWidget *pair_new (Ui *ui, const char *css, GtkWidget *fr, GtkWidget *zh)
{
  GtkWidget *box = ui_box (GTK_ORIENTATION_VERTICAL, "pair");
  Labels *pair = g_new0 (Labels, 1);

  ui_add_classes (box, css);
  pair->ui = ui;
  pair->fr = fr;
  pair->zh = zh;
  gtk_box_append (GTK_BOX (box), pair->fr);
  gtk_box_append (GTK_BOX (box), pair->zh);
  g_object_set_data_full (G_OBJECT (box), "pair", pair, g_free);
  g_ptr_array_add (ui->pairs, box);
  g_object_weak_ref (G_OBJECT (box), on_pair_gone, ui);
  arrange (box, ui->second_leads);
  gtk_widget_set_visible (box, FALSE);
  return box;
}

GtkWidget *ui_pair (Ui *ui, const char *css)
{
  return pair_new (ui, css, ui_text (""), ui_text (""));
}

GtkWidget *ui_pair_heading (Ui *ui, const char *css)
{
  GtkWidget *pair = pair_new (ui, css, ui_heading (""), ui_heading (""));

  /* GTK lets no label be focused that nobody can select in; the pair stands for it. */
  gtk_widget_add_css_class (pair, "heading");
  gtk_widget_set_focusable (pair, TRUE);
  return pair;
}

gboolean ui_pair_announce (GtkWidget *widget)
{
  return gtk_widget_get_visible (widget) && gtk_widget_grab_focus (widget);
}

void ui_pair_set (GtkWidget *widget, const char *fr, const char *zh)
{
  Labels *pair = pair_of (widget);

  ui_set_text (pair->fr, fr, FALSE);
  ui_set_text (pair->zh, zh, TRUE);
  gtk_widget_set_visible (pair->fr, fr[0] != '\0');
  gtk_widget_set_visible (pair->zh, zh[0] != '\0');
  gtk_widget_set_visible (widget, fr[0] != '\0' || zh[0] != '\0');
  arrange (widget, gtk_widget_get_first_child (widget) == pair->zh);
}

void ui_pair_say (GtkWidget *widget, Pair wording)
{
  ui_pair_set (widget, wording.first, wording.second);
}

void ui_pair_turn (Ui *ui, GtkWidget *widget)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (widget), ui_is_tight (ui)
                                                               ? GTK_ORIENTATION_HORIZONTAL
                                                               : GTK_ORIENTATION_VERTICAL);
}

void ui_pair_order (GtkWidget *widget, gboolean second_leads)
{
  pair_of (widget)->own_order = TRUE;
  arrange (widget, second_leads);
}

void ui_set_order (Ui *ui, gboolean second_leads)
{
  ui->second_leads = second_leads;
  for (guint i = 0; i < ui->pairs->len; i++)
    if (!pair_of (g_ptr_array_index (ui->pairs, i))->own_order)
      arrange (g_ptr_array_index (ui->pairs, i), second_leads);
}

gboolean ui_second_leads (const Ui *ui)
{
  return ui->second_leads;
}
