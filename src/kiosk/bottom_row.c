#include "kiosk/bottom_row.h"

#include "kiosk/ui_button.h"

#include <string.h>

#define LATER_MS 50 /* for a finger to leave a touch that is to go */

typedef struct {
  const char *icon, *text;
  Touch touch;
} BottomTouch;

#define BOTTOM_MAX 3

/* At most three a screen. */
static const BottomTouch BOTTOM[SCREEN_COUNT][BOTTOM_MAX] = {
  [SCREEN_ATTRACT] = { { "dialog-question-symbolic", N_ ("No code?"), TOUCH_NO_CODE },
                       { "preferences-desktop-font-symbolic", N_ ("Large type"), TOUCH_CONTRAST },
                       { "audio-volume-high-symbolic", N_ ("Listen"), TOUCH_LISTEN } },
  [SCREEN_WELCOME] = { { "audio-volume-high-symbolic", N_ ("Listen"), TOUCH_LISTEN },
                       { "object-select-symbolic", N_ ("Done"), TOUCH_BACK } },
  [SCREEN_QUESTION] = { { "audio-volume-high-symbolic", N_ ("Listen"), TOUCH_LISTEN },
                        { "go-next-symbolic", N_ ("Not now"), TOUCH_LATER } },
  [SCREEN_DISCREET] = { { "object-select-symbolic", N_ ("Done"), TOUCH_BACK } },
  [SCREEN_VERDICT] = { { "call-start-symbolic", N_ ("Call the team"), TOUCH_CALL },
                       { "audio-volume-high-symbolic", N_ ("Listen"), TOUCH_LISTEN },
                       { "go-previous-symbolic", N_ ("Back"), TOUCH_BACK } },
  [SCREEN_NO_CODE] = { { "call-start-symbolic", N_ ("Call the team"), TOUCH_CALL },
                       { "system-users-symbolic", N_ ("Welcome desk"), TOUCH_DESK },
                       { "go-previous-symbolic", N_ ("Back"), TOUCH_BACK } },
  [SCREEN_YOUR_DATA]
  = { { "preferences-desktop-locale-symbolic", N_ ("Other languages"), TOUCH_YOUR_DATA },
      { "audio-volume-high-symbolic", N_ ("Listen"), TOUCH_LISTEN },
      { "go-previous-symbolic", N_ ("Back"), TOUCH_BACK } },
  [SCREEN_CALLED] = { { "go-previous-symbolic", N_ ("Back"), TOUCH_BACK } },
  [SCREEN_STANDSTILL] = { { "call-start-symbolic", N_ ("Call the team"), TOUCH_CALL },
                          { "go-previous-symbolic", N_ ("Back"), TOUCH_BACK } },
  [SCREEN_CLOSED] = { { "system-users-symbolic", N_ ("Welcome desk"), TOUCH_DESK } },
  [SCREEN_GATE] = { { "list-add-symbolic", N_ ("One companion"), TOUCH_HEADS },
                    { "system-users-symbolic", N_ ("Welcome desk"), TOUCH_DESK } },
  [SCREEN_PIN] = { { "go-previous-symbolic", N_ ("Back"), TOUCH_BACK } },
  [SCREEN_SEARCH] = { { "contact-new-symbolic", N_ ("On-site registration"), TOUCH_WALK_IN },
                      { "printer-symbolic", N_ ("Station"), TOUCH_STATION },
                      { "system-log-out-symbolic", N_ ("Leave the desk"), TOUCH_LEAVE } },
  [SCREEN_PERSON] = { { "system-search-symbolic", N_ ("Search"), TOUCH_BACK },
                      { "system-log-out-symbolic", N_ ("Leave the desk"), TOUCH_LEAVE },
                      { "edit-undo-symbolic", N_ ("Undo"), TOUCH_UNDO } },
  [SCREEN_REASON] = { { "go-previous-symbolic", N_ ("Back"), TOUCH_BACK } },
  [SCREEN_CORRECT] = { { "go-previous-symbolic", N_ ("Back"), TOUCH_BACK } },
  [SCREEN_WALK_IN] = { { "go-previous-symbolic", N_ ("Back"), TOUCH_BACK } },
  [SCREEN_STATION] = { { "system-search-symbolic", N_ ("Search"), TOUCH_BACK },
                       { "system-log-out-symbolic", N_ ("Leave the desk"), TOUCH_LEAVE },
                       { "edit-undo-symbolic", N_ ("Undo"), TOUCH_UNDO } },
  [SCREEN_RIGHTS] = { { "go-previous-symbolic", N_ ("Back"), TOUCH_BACK } },
  [SCREEN_DRAFT] = { { "go-previous-symbolic", N_ ("Back"), TOUCH_BACK } },
  [SCREEN_GROUP] = { { "go-previous-symbolic", N_ ("Back"), TOUCH_BACK },
                     { "system-search-symbolic", N_ ("Search"), TOUCH_DESK } },
};

struct _BottomRow {
  Ui *ui;
  GtkWidget *box, *listen; /* listen: NULL without one */
  ScreenId screen, shown;  /* shown: whose touches are in the box */
  gboolean held, contrast, ending, voiceless, counter;
  guint later; /* timer */
};

/* What the touch at a place is now: the last one of a page that is about to end asks
 * whether more time is needed. */
static BottomTouch now_at (const BottomRow *row, BottomTouch usual, gboolean last)
{
  if (last && row->ending)
    return (BottomTouch){ "list-add-symbolic", N_ ("More time?"), TOUCH_MORE };
  if (usual.touch == TOUCH_CONTRAST && row->contrast)
    usual.text = N_ ("Normal type");
  return usual;
}

/* Those of the present page, as they are now: how many. */
static guint wanted_touches (const BottomRow *row, BottomTouch wanted[BOTTOM_MAX])
{
  const BottomTouch *bottom = BOTTOM[row->screen];
  guint count = 0;

  for (guint i = 0; i < BOTTOM_MAX && bottom[i].text != NULL; i++)
    if ((bottom[i].touch != TOUCH_UNDO || row->held)
        && (bottom[i].touch != TOUCH_HEADS || row->counter))
      wanted[count++] = now_at (row, bottom[i], i + 1 == BOTTOM_MAX || bottom[i + 1].text == NULL);
  return count;
}

/* A finger is on it, or assistive technology has just touched it. */
static gboolean is_pressed (GtkWidget *button)
{
  return (gtk_widget_get_state_flags (button) & GTK_STATE_FLAG_ACTIVE) != 0
         || gtk_widget_has_css_class (button, "keyboard-activating");
}

static GtkWidget *find_touch (const BottomRow *row, Touch touch)
{
  for (GtkWidget *child = gtk_widget_get_first_child (row->box); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (ui_button_touch (child) == touch)
      return child;
  return NULL;
}

/* Takes out those that are not wanted any more; FALSE if a finger is on one. */
static gboolean drop_touches (BottomRow *row, const BottomTouch *wanted, guint count)
{
  GtkWidget *next;

  for (GtkWidget *child = gtk_widget_get_first_child (row->box); child != NULL; child = next) {
    gboolean stays = FALSE;
    next = gtk_widget_get_next_sibling (child);
    for (guint i = 0; i < count; i++)
      stays = stays || ui_button_touch (child) == wanted[i].touch;
    if (!stays && is_pressed (child))
      return FALSE;
    if (!stays)
      gtk_box_remove (GTK_BOX (row->box), child);
  }
  return TRUE;
}

static GtkWidget *put_touch (BottomRow *row, const BottomTouch *it, GtkWidget *after)
{
  GtkWidget *button = find_touch (row, it->touch);

  if (button == NULL) {
    button = ui_button (row->ui, it->icon, it->text, it->touch, "",
                        it->touch == TOUCH_MORE ? "primary" : "");
    gtk_widget_set_hexpand (button, TRUE);
    gtk_box_append (GTK_BOX (row->box), button);
  }
  ui_button_say (button, words_pair (it->text));
  gtk_box_reorder_child_after (GTK_BOX (row->box), button, after);
  return button;
}

static gboolean on_later (gpointer data);

/* On one page a touch stays the same widget, whatever becomes of the others: one that
 * went away under a finger would never be touched. One that another takes the place of
 * waits for the finger to go. */
static void show_touches (BottomRow *row)
{
  BottomTouch wanted[BOTTOM_MAX];
  guint count = wanted_touches (row, wanted);
  GtkWidget *last = NULL;

  g_clear_handle_id (&row->later, g_source_remove);
  if (row->shown != row->screen)
    ui_empty (row->box);
  row->shown = row->screen;
  if (!drop_touches (row, wanted, count)) {
    row->later = g_timeout_add (LATER_MS, on_later, row);
    return;
  }
  for (guint i = 0; i < count; i++)
    last = put_touch (row, &wanted[i], last);
  row->listen = find_touch (row, TOUCH_LISTEN);
}

static gboolean on_later (gpointer data)
{
  BottomRow *row = data;

  row->later = 0;
  show_touches (row);
  return G_SOURCE_REMOVE;
}

/* Where nothing can be heard the touch itself says so, under the finger; the next touch
 * tries again. */
static void show_voice (BottomRow *row)
{
  if (row->listen == NULL)
    return;
  ui_button_say (row->listen, words_pair (row->voiceless ? N_ ("No voice here") : N_ ("Listen")));
  ui_button_icon (row->listen,
                  row->voiceless ? "audio-volume-muted-symbolic" : "audio-volume-high-symbolic");
}

BottomRow *bottom_row_new (Ui *ui)
{
  BottomRow *row = g_new0 (BottomRow, 1);

  row->ui = ui;
  row->box = ui_box (GTK_ORIENTATION_HORIZONTAL, "touches");
  gtk_box_set_homogeneous (GTK_BOX (row->box), TRUE);
  return row;
}

void bottom_row_free (BottomRow *row)
{
  g_clear_handle_id (&row->later, g_source_remove);
  g_free (row);
}

GtkWidget *bottom_row_widget (BottomRow *row)
{
  return row->box;
}

void bottom_row_show (BottomRow *row, const FlowView *view)
{
  gboolean turned = row->screen != view->screen || row->held != view->held
                    || row->contrast != view->contrast || row->ending != view->ending
                    || gtk_widget_get_first_child (row->box) == NULL;

  row->screen = view->screen;
  row->held = view->held;
  row->contrast = view->contrast;
  row->ending = view->ending;
  row->voiceless = view->voiceless;
  row->counter = view->counter;
  if (turned)
    show_touches (row);
  show_voice (row);
}
