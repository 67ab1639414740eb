#include "kiosk/page_pin.h"

#include "kiosk/ui_fit.h"

#include "desk/volunteer.h"

#include <string.h>

#define DIGITS (VOLUNTEER_NUMBER_DIGITS + VOLUNTEER_PIN_DIGITS)

typedef struct {
  Ui *ui;
  GtkWidget *title, *text, *dots, *notice, *pad, *zero, *erase;
  char typed[DIGITS + 1];
  char number[VOLUNTEER_NUMBER_DIGITS + 1]; /* of the badge that was scanned */
} Parts;

static void show_typed (Parts *parts)
{
  GString *dots = g_string_new (NULL);
  gsize length = strlen (parts->typed);

  for (gsize i = 0; i < DIGITS; i++)
    g_string_append_printf (dots, "%s%s",
                            i == VOLUNTEER_NUMBER_DIGITS ? "  "
                            : i > 0                      ? " "
                                                         : "",
                            i < length ? "●" : "○");
  gtk_label_set_text (GTK_LABEL (parts->dots), dots->str);
  g_string_free (dots, TRUE);
}

/* Nothing but what her badge has said. */
static void begin (Parts *parts)
{
  memset (parts->typed, 0, sizeof parts->typed);
  g_strlcpy (parts->typed, parts->number, sizeof parts->typed);
}

static void type (Parts *parts, char digit)
{
  gsize length = strlen (parts->typed);

  if (length >= DIGITS)
    return;
  parts->typed[length] = digit;
  parts->typed[length + 1] = '\0';
  show_typed (parts);
  if (length + 1 < DIGITS) {
    ui_touch (parts->ui, TOUCH_LOOK, "");
    return;
  }
  {
    g_autofree char *all = g_strdup (parts->typed);
    begin (parts);
    ui_touch (parts->ui, TOUCH_PIN, all);
  }
}

static void erase (Parts *parts)
{
  gsize length = strlen (parts->typed);

  if (length > 0)
    parts->typed[length - 1] = '\0';
  show_typed (parts);
}

static void on_key_button (GtkButton *button, gpointer data)
{
  const char *key = g_object_get_data (G_OBJECT (button), "key");

  if (g_ascii_isdigit (key[0]))
    type (data, key[0]);
  else
    erase (data);
}

static gboolean on_key (GtkEventControllerKey *controller, guint value, guint code,
                        GdkModifierType state, gpointer data)
{
  guint32 character = gdk_keyval_to_unicode (value);

  if (character >= '0' && character <= '9')
    type (data, (char) character);
  else if (value == GDK_KEY_BackSpace)
    erase (data);
  else
    return GDK_EVENT_PROPAGATE;
  return GDK_EVENT_STOP;
}

static GtkWidget *build_pad (Parts *parts)
{
  static const char *const KEYS[] = { "1", "2", "3", "4", "5", "6", "7", "8", "9", "", "0", "⌫" };
  GtkWidget *pad = gtk_grid_new ();

  gtk_widget_add_css_class (pad, "pad");
  gtk_grid_set_column_homogeneous (GTK_GRID (pad), TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (KEYS); i++) {
    GtkWidget *button;
    if (KEYS[i][0] == '\0')
      continue;
    button = gtk_button_new_with_label (KEYS[i]);
    ui_touchable (parts->ui, button, FALSE);
    g_object_set_data_full (G_OBJECT (button), "key", g_strdup (KEYS[i]), g_free);
    g_signal_connect (button, "clicked", G_CALLBACK (on_key_button), parts);
    gtk_grid_attach (GTK_GRID (pad), button, (int) (i % 3), (int) (i / 3), 1, 1);
    parts->zero = KEYS[i][0] == '0' ? button : parts->zero;
    parts->erase = button; /* the last */
  }
  return pad;
}

/* Typing goes to the pad. */
static void on_map (GtkWidget *page, gpointer data)
{
  Parts *parts = data;

  begin (parts);
  show_typed (parts);
  gtk_widget_grab_focus (gtk_widget_get_first_child (parts->pad));
}

static GtkWidget *build (Ui *ui)
{
  GtkWidget *page = ui_box (GTK_ORIENTATION_VERTICAL, "pin"),
            *words = ui_box (GTK_ORIENTATION_VERTICAL, "words"),
            *whole = ui_fit_new (words, UI_FIT_LEAST);
  Parts *parts = g_new0 (Parts, 1);
  GtkEventController *keys = gtk_event_controller_key_new ();

  PAGE_KEEP (page, parts);
  parts->ui = ui;
  parts->title = ui_pair (ui, "title small");
  parts->text = ui_pair (ui, "lead");
  parts->dots = ui_text ("dots");
  parts->notice = ui_pair (ui, "notice");
  parts->pad = build_pad (parts);
  gtk_widget_set_hexpand (whole, TRUE);
  gtk_widget_set_valign (whole, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (words), parts->title);
  gtk_box_append (GTK_BOX (words), parts->text);
  gtk_box_append (GTK_BOX (words), parts->dots);
  gtk_box_append (GTK_BOX (words), parts->notice);
  gtk_widget_set_halign (parts->pad, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (parts->pad, GTK_ALIGN_CENTER);
  gtk_widget_set_vexpand (parts->pad, TRUE);
  gtk_box_append (GTK_BOX (page), whole);
  gtk_box_append (GTK_BOX (page), parts->pad);
  g_signal_connect (page, "map", G_CALLBACK (on_map), parts);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), parts);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (page, keys);
  return page;
}

/* A tight screen has no room for a fourth row in landscape. */
static void turn_pad (Ui *ui, Parts *parts)
{
  gboolean beside = ui_is_landscape (ui) && ui_is_tight (ui);

  ui_place (parts->pad, parts->zero, beside ? 3 : 1, beside ? 2 : 3);
  ui_place (parts->pad, parts->erase, beside ? 3 : 2, beside ? 0 : 3);
}

static const char *text_of (const FlowView *view)
{
  return view->number[0] != '\0'       ? N_ ("Now type your PIN.")
         : view->purpose == TOUCH_LOOK ? N_ ("Scan your own badge, or type your number and PIN.")
                                       : N_ ("The team leader scans her badge, or types her "
                                             "number and PIN.");
}

static void update (Ui *ui, GtkWidget *page, const FlowView *view)
{
  Parts *parts = PAGE_PARTS (Parts, page);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (page), ui_is_landscape (ui)
                                                             ? GTK_ORIENTATION_HORIZONTAL
                                                             : GTK_ORIENTATION_VERTICAL);
  turn_pad (ui, parts);
  ui_pair_say (parts->title,
               words_pair (view->purpose == TOUCH_LOOK ? N_ ("Welcome desk") : N_ ("Team leader")));
  ui_pair_say (parts->text, words_pair (text_of (view)));
  if (strcmp (parts->number, view->number) != 0) {
    g_strlcpy (parts->number, view->number, sizeof parts->number);
    begin (parts);
  }
  page_notice (parts->notice, view);
  gtk_widget_set_sensitive (parts->pad, !view->busy);
  if (!view->busy)
    show_typed (parts);
}

const Page page_pin = { "pin", build, update };
