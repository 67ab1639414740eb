#include "kiosk/page_gate.h"

#include "kiosk/person.h"

typedef struct {
  GtkWidget *board, *icon, *title, *text, *person, *inside, *number, *inside_words;
} Parts;

static GtkWidget *build (Ui *ui)
{
  GtkWidget *page = ui_box (GTK_ORIENTATION_VERTICAL, "gate");
  Parts *parts = g_new0 (Parts, 1);

  PAGE_KEEP (page, parts);
  parts->board = ui_box (GTK_ORIENTATION_VERTICAL, "board");
  parts->icon = ui_icon ("object-select-symbolic", "huge");
  gtk_widget_set_halign (parts->icon, GTK_ALIGN_START);
  parts->title = ui_pair (ui, "verdict");
  parts->text = ui_pair (ui, "lead");
  parts->person = person_new (ui);
  gtk_widget_set_vexpand (parts->board, TRUE);
  gtk_box_append (GTK_BOX (parts->board), parts->icon);
  gtk_box_append (GTK_BOX (parts->board), parts->title);
  gtk_box_append (GTK_BOX (parts->board), parts->text);
  gtk_box_append (GTK_BOX (parts->board), parts->person);
  parts->inside = ui_box (GTK_ORIENTATION_HORIZONTAL, "inside");
  parts->number = ui_text ("number");
  parts->inside_words = ui_pair (ui, "");
  gtk_widget_set_valign (parts->inside_words, GTK_ALIGN_CENTER);
  ui_pair_say (parts->inside_words, bilingual (N_("inside now")));
  gtk_box_append (GTK_BOX (parts->inside), parts->number);
  gtk_box_append (GTK_BOX (parts->inside), parts->inside_words);
  gtk_box_append (GTK_BOX (page), parts->board);
  gtk_box_append (GTK_BOX (page), parts->inside);
  return page;
}

static void update (Ui *ui, GtkWidget *page, const FlowView *view)
{
  Parts *parts = PAGE_PARTS (Parts, page);
  gboolean idle = view->title.fr[0] == '\0';
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, MAX (view->inside, 0));

  ui_pair_say (parts->title, idle ? bilingual (N_("Show your badge")) : view->title);
  ui_pair_say (parts->text, view->text);
  ui_pair_order (parts->title, view->chinese_first);
  ui_pair_order (parts->text, view->chinese_first);
  gtk_image_set_from_icon_name (GTK_IMAGE (parts->icon), idle ? "accueil-code-symbolic" : view->tone == TONE_YES ? "object-select-symbolic" : "accueil-attention-symbolic");
  ui_mark (parts->board, "yes", view->tone == TONE_YES);
  ui_mark (parts->board, "attention", view->tone == TONE_ATTENTION);
  person_set (ui, parts->person, view->guest, PERSON_LARGE_EM, ui_is_landscape (ui) ? 48 : 24);
  gtk_widget_set_visible (parts->inside, view->inside >= 0);
  gtk_label_set_text (GTK_LABEL (parts->number), number);
}

const Page page_gate = { "gate", build, update };
