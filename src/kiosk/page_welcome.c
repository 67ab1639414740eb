#include "kiosk/page_welcome.h"

#include "kiosk/person.h"

typedef struct {
  GtkWidget *person, *rights, *reminders, *left, *right, *shown,
      *beside; /* shown: in landscape, the badge and what is beside it */
  GtkWidget *print, *print_sign, *print_icon, *print_words, *print_bar, *preview;
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
  gtk_box_append (GTK_BOX (parts->print), parts->print_bar);
  return parts->print;
}

static GtkWidget *build (Ui *ui)
{
  GtkWidget *page = ui_box (GTK_ORIENTATION_VERTICAL, "welcome");
  Parts *parts = g_new0 (Parts, 1);

  g_object_set_data_full (G_OBJECT (page), "parts", parts, parts_free);
  parts->left = ui_box (GTK_ORIENTATION_VERTICAL, "column");
  parts->right = ui_box (GTK_ORIENTATION_VERTICAL, "column");
  parts->person = person_new (ui);
  parts->rights = gtk_flow_box_new ();
  gtk_widget_add_css_class (parts->rights, "rights");
  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (parts->rights), GTK_SELECTION_NONE);
  gtk_widget_set_can_focus (parts->rights, FALSE); /* nothing there is touched */
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (parts->rights), 3);
  parts->reminders = ui_box (GTK_ORIENTATION_VERTICAL, "reminders");
  parts->preview = gtk_picture_new ();
  gtk_widget_add_css_class (parts->preview, "preview");
  gtk_widget_set_visible (parts->preview, FALSE);
  gtk_widget_set_hexpand (parts->left, TRUE);
  gtk_widget_set_hexpand (parts->right, TRUE);
  gtk_box_append (GTK_BOX (parts->left), parts->person);
  gtk_box_append (GTK_BOX (parts->left), parts->rights);
  gtk_box_append (GTK_BOX (parts->left), parts->reminders);
  parts->beside = ui_box (GTK_ORIENTATION_VERTICAL, "beside");
  gtk_widget_set_valign (parts->beside, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (parts->beside, TRUE);
  parts->shown = ui_box (GTK_ORIENTATION_HORIZONTAL, "shown");
  gtk_widget_set_visible (parts->shown, FALSE);
  gtk_box_append (GTK_BOX (parts->shown), parts->beside);
  gtk_box_append (GTK_BOX (parts->right), parts->preview);
  gtk_box_append (GTK_BOX (parts->right), parts->shown);
  gtk_box_append (GTK_BOX (parts->right), build_print (ui, parts));
  gtk_widget_set_vexpand (parts->left, TRUE);
  gtk_box_append (GTK_BOX (page), parts->left);
  gtk_box_append (GTK_BOX (page), parts->right);
  return page;
}

/* NULL: nobody's. */
static void show_rights (Ui *ui, Parts *parts, const Guest *guest)
{
  ui_empty (parts->rights);
  ui_empty (parts->reminders);
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
    return N_ ("Take your badge");
  case PRINT_TROUBLE:
    return N_ ("The printer needs help: the team is on its way");
  case PRINT_ASK:
    return N_ ("The welcome desk gives you your badge");
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

static void show_print (Parts *parts, const FlowView *view)
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
  gtk_widget_set_visible (parts->print_bar, works);
  if (works && !ui_moves ())
    gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (parts->print_bar),
                                   view->print == PRINT_PRINTING ? 0.7 : 0.3);
  else if (works && parts->pulse == 0)
    parts->pulse = g_timeout_add (80, on_pulse, parts->print_bar);
  if (!works && parts->pulse != 0)
    g_clear_handle_id (&parts->pulse, g_source_remove);
}

static void move (GtkWidget *widget, GtkWidget *column, GtkWidget *after)
{
  g_object_ref (widget);
  gtk_box_remove (GTK_BOX (gtk_widget_get_parent (widget)), widget);
  gtk_box_insert_child_after (GTK_BOX (column), widget, after);
  g_object_unref (widget);
}

/* In landscape what the person may use has no room beneath her name; it stands beside the
 * badge. */
static void place_rights (Parts *parts, gboolean landscape)
{
  GtkWidget *column = landscape ? parts->beside : parts->left;

  if (gtk_widget_get_parent (parts->rights) == column)
    return;
  move (parts->rights, column, landscape ? NULL : parts->person);
  move (parts->reminders, column, parts->rights);
  move (parts->preview, landscape ? parts->shown : parts->right, NULL);
  gtk_widget_set_visible (parts->shown, landscape);
}

static void update (Ui *ui, GtkWidget *page, const FlowView *view)
{
  Parts *parts = PAGE_PARTS (Parts, page);
  gboolean landscape = ui_is_landscape (ui);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (page), landscape ? GTK_ORIENTATION_HORIZONTAL
                                                                   : GTK_ORIENTATION_VERTICAL);
  gtk_box_set_homogeneous (GTK_BOX (page), landscape);
  gtk_widget_set_valign (parts->left, landscape ? GTK_ALIGN_CENTER : GTK_ALIGN_FILL);
  gtk_widget_set_valign (parts->right, landscape ? GTK_ALIGN_CENTER : GTK_ALIGN_END);
  place_rights (parts, landscape);
  person_set (ui, parts->person, view->guest, PERSON_LARGE_EM, landscape ? 29 : 32);
  show_rights (ui, parts, view->guest);
  if (view->guest == NULL)
    page_welcome_preview (page, NULL);
  show_print (parts, view);
}

void page_welcome_preview (GtkWidget *page, GdkTexture *texture)
{
  Parts *parts = PAGE_PARTS (Parts, page);

  gtk_picture_set_paintable (GTK_PICTURE (parts->preview), GDK_PAINTABLE (texture));
  gtk_widget_set_visible (parts->preview, texture != NULL);
}

const Page page_welcome = { "welcome", build, update };
