#include "kiosk/page_welcome.h"

#include "kiosk/direction_sign.h"
#include "kiosk/person.h"
#include "kiosk/ui_fit.h"

#define DETAILS_LEAST 0.6  /* of their size, before the whole page gets smaller */
#define PREVIEW_LEAST 0.25 /* of the badge's picture: smaller, it is left out */

/* What was decided stands first; then who she is; the badge's card never gives way to
 * what she may use, and the badge's picture to everything. */
typedef struct {
  GtkWidget *page, *left, *right, *verdict, *sign, *title, *person, *details, *rights, *reminders,
      *spare, *preview;
  GtkWidget *print, *print_sign, *print_icon, *print_words, *print_bar, *where;
  guint pulse; /* timer of the bar */
} Parts;

static void parts_free (gpointer data)
{
  Parts *parts = data;

  if (parts->pulse != 0)
    g_source_remove (parts->pulse);
  g_free (parts);
}

static GtkWidget *build_print (Ui *ui, Parts *parts)
{
  GtkWidget *line = ui_box (GTK_ORIENTATION_HORIZONTAL, "line");

  parts->print = ui_box (GTK_ORIENTATION_VERTICAL, "card print");
  parts->print_sign = ui_box (GTK_ORIENTATION_VERTICAL, "sign small");
  parts->print_icon = ui_icon ("printer-symbolic", "");
  gtk_widget_set_valign (parts->print_sign, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (parts->print_sign), parts->print_icon);
  ui_centre (parts->print_icon);
  parts->print_words = ui_pair (ui, "say");
  gtk_widget_set_hexpand (parts->print_words, TRUE);
  gtk_widget_set_valign (parts->print_words, GTK_ALIGN_CENTER);
  parts->print_bar = gtk_progress_bar_new ();
  gtk_progress_bar_set_pulse_step (GTK_PROGRESS_BAR (parts->print_bar), 0.06);
  gtk_box_append (GTK_BOX (line), parts->print_sign);
  gtk_box_append (GTK_BOX (line), parts->print_words);
  gtk_box_append (GTK_BOX (parts->print), line);
  parts->where = direction_sign_new (ui);
  gtk_box_append (GTK_BOX (parts->print), parts->print_bar);
  gtk_box_append (GTK_BOX (parts->print), parts->where);
  return parts->print;
}

static GtkWidget *build_verdict (Ui *ui, Parts *parts)
{
  GtkWidget *sign = ui_box (GTK_ORIENTATION_VERTICAL, "sign small yes");

  parts->verdict = ui_box (GTK_ORIENTATION_HORIZONTAL, "line");
  parts->sign = ui_icon ("object-select-symbolic", "");
  gtk_box_append (GTK_BOX (sign), parts->sign);
  ui_centre (parts->sign);
  gtk_widget_set_valign (sign, GTK_ALIGN_CENTER);
  parts->title = ui_pair_heading (ui, "title small");
  gtk_widget_set_hexpand (parts->title, TRUE);
  gtk_widget_set_valign (parts->title, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (parts->verdict), sign);
  gtk_box_append (GTK_BOX (parts->verdict), parts->title);
  return parts->verdict;
}

static GtkWidget *build_details (Ui *ui, Parts *parts)
{
  GtkWidget *box = ui_box (GTK_ORIENTATION_VERTICAL, "column");

  parts->rights = gtk_flow_box_new ();
  gtk_widget_add_css_class (parts->rights, "rights");
  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (parts->rights), GTK_SELECTION_NONE);
  gtk_widget_set_can_focus (parts->rights, FALSE); /* nothing there is touched */
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (parts->rights), 3);
  parts->reminders = ui_box (GTK_ORIENTATION_VERTICAL, "reminders");
  gtk_box_append (GTK_BOX (box), parts->rights);
  gtk_box_append (GTK_BOX (box), parts->reminders);
  parts->details = ui_fit_new (box, DETAILS_LEAST);
  return parts->details;
}

static GtkWidget *build (Ui *ui)
{
  Parts *parts = g_new0 (Parts, 1);
  GtkWidget *whole;

  parts->page = ui_box (GTK_ORIENTATION_VERTICAL, "welcome");
  parts->left = ui_box (GTK_ORIENTATION_VERTICAL, "column");
  parts->right = ui_box (GTK_ORIENTATION_VERTICAL, "column");
  parts->person = person_new (ui);
  /* What it shows is told beside it. */
  parts->preview
      = g_object_new (GTK_TYPE_PICTURE, "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, NULL);
  gtk_widget_add_css_class (parts->preview, "preview");
  gtk_widget_set_visible (parts->preview, FALSE);
  gtk_widget_set_halign (parts->preview, GTK_ALIGN_START);
  parts->spare = ui_fit_spare (parts->preview, PREVIEW_LEAST);
  gtk_widget_set_vexpand (parts->spare, TRUE);
  gtk_widget_set_hexpand (parts->left, TRUE);
  gtk_widget_set_hexpand (parts->right, TRUE);
  gtk_widget_set_vexpand (parts->right, TRUE);
  gtk_box_append (GTK_BOX (parts->left), build_verdict (ui, parts));
  gtk_box_append (GTK_BOX (parts->left), ui_fit_new (parts->person, DETAILS_LEAST));
  gtk_box_append (GTK_BOX (parts->right), build_details (ui, parts));
  gtk_box_append (GTK_BOX (parts->right), parts->spare);
  gtk_box_append (GTK_BOX (parts->right), build_print (ui, parts));
  gtk_box_append (GTK_BOX (parts->page), parts->left);
  gtk_box_append (GTK_BOX (parts->page), parts->right);
  whole = ui_fit_new (parts->page, UI_FIT_LEAST);
  g_object_set_data_full (G_OBJECT (whole), "parts", parts, parts_free);
  return whole;
}

static void show_rights (Ui *ui, Parts *parts, const Guest *guest)
{
  ui_empty (parts->rights);
  ui_empty (parts->reminders);
  gtk_widget_set_visible (parts->details, guest != NULL);
  if (guest == NULL)
    return;
  for (guint i = 0; i < guest->rights->len; i++)
    gtk_flow_box_insert (
        GTK_FLOW_BOX (parts->rights),
        person_right (ui, g_ptr_array_index (guest->rights, i), guest->second_leads, "frame"), -1);
  for (guint i = 0; i < guest->reminders->len; i++)
    gtk_box_append (GTK_BOX (parts->reminders),
                    person_right (ui, g_ptr_array_index (guest->reminders, i), guest->second_leads,
                                  "reminder"));
}

static const char *print_text (const FlowView *view)
{
  switch (view->print) {
  case PRINT_WAITING:
    return N_ ("Your badge will be printed in a moment");
  case PRINT_PRINTING:
    return N_ ("Your badge is being printed…");
  case PRINT_TAKE:
    return N_ ("Here is your badge: please take it");
  case PRINT_TROUBLE:
    return N_ (
        "The printer has stopped. The team has been told; the welcome desk can also give you "
        "your badge.");
  case PRINT_ASK:
    return N_ ("Your badge is waiting for you at the welcome desk");
  case PRINT_NONE:
    break;
  }
  return "";
}

static gboolean on_pulse (gpointer bar)
{
  gtk_progress_bar_pulse (GTK_PROGRESS_BAR (bar));
  return G_SOURCE_CONTINUE;
}

static void show_print (Ui *ui, Parts *parts, const FlowView *view)
{
  gboolean works = view->print == PRINT_WAITING || view->print == PRINT_PRINTING,
           asks = view->print == PRINT_TROUBLE || view->print == PRINT_ASK;

  gtk_widget_set_visible (parts->print, view->print != PRINT_NONE);
  ui_pair_say (parts->print_words, words_pair (print_text (view)));
  ui_pair_order (parts->print_words, view->second_leads);
  gtk_image_set_from_icon_name (GTK_IMAGE (parts->print_icon), asks ? "accueil-attention-symbolic"
                                                               : view->print == PRINT_TAKE
                                                                   ? "object-select-symbolic"
                                                                   : "printer-symbolic");
  ui_mark (parts->print_sign, "yes", view->print == PRINT_TAKE);
  ui_mark (parts->print_sign, "attention", asks);
  ui_mark (parts->print, "take", view->print == PRINT_TAKE);
  direction_sign_set (ui, parts->where, asks ? DIRECTION_SIGN_DESK : DIRECTION_SIGN_PRINTER,
                      view->second_leads);
  gtk_widget_set_visible (parts->print_bar, works);
  if (works && !ui_moves ())
    gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (parts->print_bar),
                                   view->print == PRINT_PRINTING ? 0.7 : 0.3);
  else if (works && parts->pulse == 0)
    parts->pulse = g_timeout_add (80, on_pulse, parts->print_bar);
  if (!works && parts->pulse != 0)
    g_clear_handle_id (&parts->pulse, g_source_remove);
}

/* In landscape the card stands at the top of its own half. */
static void turn (Ui *ui, Parts *parts)
{
  gboolean landscape = ui_is_landscape (ui);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (parts->page), landscape
                                                                    ? GTK_ORIENTATION_HORIZONTAL
                                                                    : GTK_ORIENTATION_VERTICAL);
  gtk_box_set_homogeneous (GTK_BOX (parts->page), landscape);
  gtk_box_reorder_child_after (GTK_BOX (parts->right), parts->print,
                               landscape ? NULL : parts->spare);
}

static void show_verdict (Parts *parts, const FlowView *view)
{
  ui_pair_say (parts->title, view->title);
  ui_pair_order (parts->title, view->second_leads);
  gtk_widget_set_visible (parts->verdict, view->title.first[0] != '\0');
  gtk_image_set_from_icon_name (GTK_IMAGE (parts->sign), view->tone != TONE_YES ? "printer-symbolic"
                                                         : view->direction == DIRECTION_OUT
                                                             ? "accueil-arrow-right-symbolic"
                                                             : "object-select-symbolic");
}

static void update (Ui *ui, GtkWidget *page, const FlowView *view)
{
  Parts *parts = PAGE_PARTS (Parts, page);

  turn (ui, parts);
  show_verdict (parts, view);
  person_set (ui, parts->person, view->guest, PERSON_LARGE_EM, ui_is_landscape (ui) ? 29 : 32);
  show_rights (ui, parts, view->guest);
  /* Alone with the verdict, the card stands right beneath it. */
  gtk_widget_set_vexpand (parts->spare, view->guest != NULL);
  if (view->guest == NULL)
    page_welcome_preview (page, NULL);
  show_print (ui, parts, view);
}

void page_welcome_preview (GtkWidget *page, GdkTexture *texture)
{
  Parts *parts = PAGE_PARTS (Parts, page);

  gtk_picture_set_paintable (GTK_PICTURE (parts->preview), GDK_PAINTABLE (texture));
  gtk_widget_set_visible (parts->preview, texture != NULL);
}

const Page page_welcome = { "welcome", build, update };
