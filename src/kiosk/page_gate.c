#include "kiosk/page_gate.h"

#include "kiosk/direction_sign.h"
#include "kiosk/person.h"
#include "kiosk/ui_fit.h"

#define WORDS_LEAST 0.5 /* of their size, before sign and number get smaller too */

typedef struct {
  GtkWidget *page, *board, *words, *icon, *title, *text, *person, *where, *inside, *number,
      *inside_words;
} Parts;

static GtkWidget *build (Ui *ui)
{
  GtkWidget *page = ui_box (GTK_ORIENTATION_VERTICAL, "gate"), *whole;
  Parts *parts = g_new0 (Parts, 1);

  parts->page = page;
  parts->words = ui_box (GTK_ORIENTATION_VERTICAL, "words");
  gtk_widget_set_hexpand (parts->words, TRUE);
  parts->board = ui_box (GTK_ORIENTATION_VERTICAL, "board");
  parts->icon = ui_icon ("object-select-symbolic", "huge");
  gtk_widget_set_halign (parts->icon, GTK_ALIGN_START);
  gtk_widget_set_valign (parts->icon, GTK_ALIGN_START);
  parts->title = ui_pair_heading (ui, "verdict");
  parts->text = ui_pair (ui, "lead");
  parts->person = person_new (ui);
  gtk_widget_set_vexpand (parts->board, TRUE);
  gtk_widget_set_hexpand (parts->board, TRUE);
  gtk_box_append (GTK_BOX (parts->board), parts->icon);
  gtk_box_append (GTK_BOX (parts->board), ui_fit_new (parts->words, WORDS_LEAST));
  gtk_box_append (GTK_BOX (parts->words), parts->title);
  gtk_box_append (GTK_BOX (parts->words), parts->text);
  gtk_box_append (GTK_BOX (parts->words), parts->person);
  parts->where = direction_sign_new (ui);
  gtk_widget_add_css_class (parts->where, "apart");
  gtk_box_append (GTK_BOX (parts->words), parts->where);
  parts->inside = ui_box (GTK_ORIENTATION_HORIZONTAL, "inside");
  parts->number = ui_text ("number");
  parts->inside_words = ui_pair (ui, "");
  gtk_widget_set_valign (parts->inside_words, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (parts->inside), parts->number);
  gtk_box_append (GTK_BOX (parts->inside), parts->inside_words);
  gtk_box_append (GTK_BOX (page), parts->board);
  gtk_box_append (GTK_BOX (page), parts->inside);
  whole = ui_fit_new (page, UI_FIT_LEAST);
  PAGE_KEEP (whole, parts);
  return whole;
}

/* In landscape there is no room for all of it beneath each other. */
static void turn (Parts *parts, gboolean landscape)
{
  GtkOrientation along = landscape ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL;

  gtk_orientable_set_orientation (GTK_ORIENTABLE (parts->page), along);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (parts->board), along);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (parts->inside), landscape
                                                                      ? GTK_ORIENTATION_VERTICAL
                                                                      : GTK_ORIENTATION_HORIZONTAL);
  gtk_widget_set_valign (parts->inside, landscape ? GTK_ALIGN_END : GTK_ALIGN_FILL);
}

static void update (Ui *ui, GtkWidget *page, const FlowView *view)
{
  Parts *parts = PAGE_PARTS (Parts, page);
  gboolean idle = view->title.first[0] == '\0';
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, MAX (view->inside, 0));

  turn (parts, ui_is_landscape (ui));
  ui_pair_say (parts->title, idle ? words_pair (N_ ("Show your badge")) : view->title);
  ui_pair_say (parts->text, view->text);
  ui_pair_order (parts->title, view->second_leads);
  ui_pair_order (parts->text, view->second_leads);
  gtk_image_set_from_icon_name (GTK_IMAGE (parts->icon), idle ? "accueil-code-symbolic"
                                                         : view->tone == TONE_YES
                                                             ? "object-select-symbolic"
                                                             : "accueil-attention-symbolic");
  direction_sign_set (ui, parts->where, view->to_desk ? DIRECTION_SIGN_DESK : DIRECTION_SIGN_NONE,
                      view->second_leads);
  ui_mark (parts->board, "yes", view->tone == TONE_YES);
  ui_mark (parts->board, "attention", view->tone == TONE_ATTENTION);
  person_set (ui, parts->person, view->guest,
              ui_is_landscape (ui) ? PERSON_SMALL_EM : PERSON_LARGE_EM,
              ui_is_landscape (ui) ? 36 : 29);
  gtk_widget_set_visible (parts->inside, view->inside >= 0);
  ui_pair_say (parts->inside_words,
               (Pair){ words_for_plural (WORDS_FIRST, "person inside now", "people inside now",
                                         (guint64) MAX (view->inside, 0)),
                       words_for_plural (WORDS_SECOND, "person inside now", "people inside now",
                                         (guint64) MAX (view->inside, 0)) });
  gtk_label_set_text (GTK_LABEL (parts->number), number);
}

const Page page_gate = { "gate", build, update };
