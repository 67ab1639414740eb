#include "kiosk/waiting_screen.h"

#include "vocabulary/wording.h"

#define TITLE_PT 30
#define TEXT_PT 18
#define WHY_PT 11
#define MARGIN_PX 40
#define GAP_PX 24

struct _WaitingScreen {
  GtkWidget *window;
  GtkWidget *why;
};

static GtkWidget *add_text (GtkWidget *box, const char *text, guint size_pt)
{
  GtkWidget *label = gtk_label_new (text);
  PangoAttrList *look = pango_attr_list_new ();

  pango_attr_list_insert (look, pango_attr_size_new ((int) size_pt * PANGO_SCALE));
  gtk_label_set_attributes (GTK_LABEL (label), look);
  pango_attr_list_unref (look);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

static void add_pair (GtkWidget *box, Pair pair, guint size_pt)
{
  add_text (box, pair.first, size_pt);
  add_text (box, pair.second, size_pt);
}

WaitingScreen *waiting_screen_new (GtkApplication *application, int width_px, int height_px)
{
  WaitingScreen *waiting = g_new0 (WaitingScreen, 1);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, GAP_PX);

  waiting->window = gtk_application_window_new (application);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_widget_set_margin_start (box, MARGIN_PX);
  gtk_widget_set_margin_end (box, MARGIN_PX);
  add_pair (box, wording_standstill (), TITLE_PT);
  add_pair (box, words_pair (N_ ("Call the technicians. The screen comes back by itself.")),
            TEXT_PT);
  waiting->why = add_text (box, "", WHY_PT);
  gtk_window_set_child (GTK_WINDOW (waiting->window), box);
  if (width_px > 0 && height_px > 0)
    gtk_window_set_default_size (GTK_WINDOW (waiting->window), width_px, height_px);
  else
    gtk_window_fullscreen (GTK_WINDOW (waiting->window));
  gtk_window_present (GTK_WINDOW (waiting->window));
  return waiting;
}

void waiting_screen_say (WaitingScreen *waiting, const char *why)
{
  gtk_label_set_text (GTK_LABEL (waiting->why), why);
}

void waiting_screen_free (WaitingScreen *waiting)
{
  if (waiting == NULL)
    return;
  gtk_window_destroy (GTK_WINDOW (waiting->window));
  g_free (waiting);
}
