#include "kiosk/window.h"

#include "kiosk/bottom_row.h"
#include "kiosk/direction_sign.h"
#include "kiosk/display_scale.h"
#include "kiosk/page_attract.h"
#include "kiosk/page_draft.h"
#include "kiosk/page_form.h"
#include "kiosk/page_gate.h"
#include "kiosk/page_group.h"
#include "kiosk/page_message.h"
#include "kiosk/page_person.h"
#include "kiosk/page_question.h"
#include "kiosk/page_pin.h"
#include "kiosk/page_reason.h"
#include "kiosk/page_rights.h"
#include "kiosk/page_search.h"
#include "kiosk/page_station.h"
#include "kiosk/page_welcome.h"
#include "kiosk/page_your_data.h"

#include <string.h>

#define CLOCK_MS 5000

static const Page *const PAGES[SCREEN_COUNT] = {
  [SCREEN_ATTRACT] = &page_attract,     [SCREEN_WELCOME] = &page_welcome,
  [SCREEN_DISCREET] = &page_message,    [SCREEN_VERDICT] = &page_message,
  [SCREEN_NO_CODE] = &page_message,     [SCREEN_CALLED] = &page_message,
  [SCREEN_CLOSED] = &page_message,      [SCREEN_STANDSTILL] = &page_message,
  [SCREEN_GATE] = &page_gate,           [SCREEN_PIN] = &page_pin,
  [SCREEN_SEARCH] = &page_search,       [SCREEN_PERSON] = &page_person,
  [SCREEN_REASON] = &page_reason,       [SCREEN_CORRECT] = &page_correct,
  [SCREEN_WALK_IN] = &page_walk_in,     [SCREEN_STATION] = &page_station,
  [SCREEN_RIGHTS] = &page_rights,       [SCREEN_DRAFT] = &page_draft,
  [SCREEN_GROUP] = &page_group,         [SCREEN_QUESTION] = &page_question,
  [SCREEN_YOUR_DATA] = &page_your_data,
};

struct _Window {
  GtkWidget *window, *body, *header_fr, *header_zh, *line_fr, *line_zh, *stack, *others, *message;
  BottomRow *touches;
  Ui *ui;
  FlowView view; /* the last that was shown, without what it pointed to */
  GtkWidget *pages[SCREEN_COUNT];
  char *titles[6];
  Clock now;
  GTimeZone *zone;
  char *volunteer;
  guint clock, resized, listen_key; /* listen_key: a GDK key value, 0 for none */
  int width, height;
  double diagonal_inches; /* of the screen; 0 to ask it */
};

/* Header ----------------------------------------------------------------------------- */

static GtkWidget *header_text (const char *css, float xalign)
{
  GtkWidget *label = ui_text (css);

  gtk_label_set_xalign (GTK_LABEL (label), xalign);
  gtk_label_set_justify (GTK_LABEL (label), xalign > 0 ? GTK_JUSTIFY_RIGHT : GTK_JUSTIFY_LEFT);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_set_valign (label, GTK_ALIGN_END);
  return label;
}

static GtkWidget *build_header (Window *window)
{
  GtkWidget *header = ui_box (GTK_ORIENTATION_VERTICAL, "header"), *grid = gtk_grid_new (),
            *rule = ui_box (GTK_ORIENTATION_HORIZONTAL, "rule"),
            *blue = ui_box (GTK_ORIENTATION_HORIZONTAL, "blue"),
            *red = ui_box (GTK_ORIENTATION_HORIZONTAL, "red");

  window->header_fr = header_text ("head", 0);
  window->header_zh = header_text ("head", 1);
  window->line_fr = header_text ("line", 0);
  window->line_zh = header_text ("line", 1);
  gtk_grid_set_column_homogeneous (GTK_GRID (grid), TRUE);
  gtk_grid_attach (GTK_GRID (grid), window->header_fr, 0, 0, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), window->header_zh, 1, 0, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), window->line_fr, 0, 1, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), window->line_zh, 1, 1, 1, 1);
  gtk_widget_set_hexpand (blue, TRUE);
  gtk_widget_set_hexpand (red, TRUE);
  gtk_box_set_homogeneous (GTK_BOX (rule), TRUE);
  gtk_box_append (GTK_BOX (rule), blue);
  gtk_box_append (GTK_BOX (rule), red);
  gtk_box_append (GTK_BOX (header), grid);
  gtk_box_append (GTK_BOX (header), rule);
  return header;
}

static char *clock_at_venue (const Window *window, const char *format)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (clock_now_ms (&window->now) / 1000);
  g_autoptr (GDateTime) there = window->zone != NULL ? g_date_time_to_timezone (utc, window->zone)
                                                     : g_date_time_to_local (utc);

  return g_date_time_format (there, format);
}

/* On the first screen the place and dates, then where this machine stands and what time
 * it is. */
static void show_header (Window *window)
{
  g_autofree char *clock = clock_at_venue (window, "%H:%M"),
                  *clock_zh = clock_at_venue (window, "%-H:%M");
  gboolean first = window->view.screen == SCREEN_ATTRACT;
  g_autofree char *fr = NULL, *zh = NULL;

  if (window->titles[0] == NULL)
    return;
  if (window->view.screen >= SCREEN_SEARCH) {
    Pair desk = words_pair (N_ ("Welcome desk"));
    guint waiting = window->view.alerts;
    g_auto (OwnedPair) alerts = words_counted ("%u alert", "%u alerts", waiting);
    const char *dot = waiting > 0 ? " · " : "";
    g_autofree char *who_fr = g_strdup_printf ("%s · %s%s%s", desk.first, window->volunteer, dot,
                                               waiting > 0 ? alerts.first : "");
    g_autofree char *who_zh = g_strdup_printf ("%s · %s%s%s", desk.second, window->volunteer, dot,
                                               waiting > 0 ? alerts.second : "");
    ui_set_text (window->header_fr, who_fr, FALSE);
    ui_set_text (window->header_zh, who_zh, TRUE);
    fr = g_strdup_printf ("%s · %s", window->titles[4], clock);
    zh = g_strdup_printf ("%s · %s", window->titles[5], clock_zh);
    ui_set_text (window->line_fr, fr, FALSE);
    ui_set_text (window->line_zh, zh, TRUE);
    return;
  }
  fr = first ? g_strdup (window->titles[2]) : g_strjoin (" · ", window->titles[4], clock, NULL);
  zh = first ? g_strdup (window->titles[3]) : g_strjoin (" · ", window->titles[5], clock_zh, NULL);
  ui_set_text (window->header_fr, window->titles[0], FALSE);
  ui_set_text (window->header_zh, window->titles[1], TRUE);
  ui_set_text (window->line_fr, fr, FALSE);
  ui_set_text (window->line_zh, zh, TRUE);
}

static gboolean on_clock (gpointer data)
{
  show_header (data);
  return G_SOURCE_CONTINUE;
}

void window_set_up (Window *window, const Settings *settings)
{
  guint key = settings->listen_key[0] != '\0' ? gdk_keyval_from_name (settings->listen_key) : 0;

  direction_sign_places (window->ui, &settings->desk, &settings->printer);
  window->listen_key = key == GDK_KEY_VoidSymbol ? 0 : key;
  ui_mark (window->window, "dark", settings->dark);
}

void window_set_titles (Window *window, const WindowTitles *titles)
{
  const char *const all[] = { titles->title_fr, titles->title_zh,   titles->place_fr,
                              titles->place_zh, titles->station_fr, titles->station_zh };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++) {
    g_free (window->titles[i]);
    window->titles[i] = g_strdup (all[i]);
  }
  g_clear_pointer (&window->zone, g_time_zone_unref);
  window->zone = g_time_zone_new_identifier (titles->timezone);
  show_header (window);
}

/* Showing ---------------------------------------------------------------------------- */

static GtkWidget *page_widget (Window *window, ScreenId screen)
{
  const Page *page = PAGES[screen];

  if (window->pages[screen] != NULL)
    return window->pages[screen];
  window->pages[screen] = gtk_stack_get_child_by_name (GTK_STACK (window->stack), page->name);
  if (window->pages[screen] == NULL) {
    window->pages[screen] = page->build (window->ui);
    gtk_widget_set_visible (window->pages[screen], FALSE);
    gtk_stack_add_named (GTK_STACK (window->stack), window->pages[screen], page->name);
  }
  return window->pages[screen];
}

/* The others are hidden, not only covered: whoever listens to the screen hears one
 * page. */
static void show_page (Window *window, GtkWidget *page)
{
  gtk_widget_set_visible (page, TRUE);
  gtk_stack_set_visible_child (GTK_STACK (window->stack), page);
  for (GtkWidget *child = gtk_widget_get_first_child (window->stack); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    gtk_widget_set_visible (child, child == page);
}

static void show_others (Window *window, const FlowView *view)
{
  g_auto (OwnedPair) said = words_counted ("%u badge of others is being printed",
                                           "%u badges of others are being printed", view->others);

  /* A volunteer has them in the list of the station's page. */
  gboolean shown = view->others > 0 && view->screen < SCREEN_SEARCH;
  ui_pair_say (window->others, shown ? words_of_owned (&said) : PAIR_EMPTY);
}

/* Where nobody has just been answered: not over somebody's own page. */
static void show_message (Window *window, const FlowView *view)
{
  gboolean shown = view->screen == SCREEN_ATTRACT || view->screen == SCREEN_GATE
                   || view->screen == SCREEN_CLOSED || view->screen == SCREEN_NO_CODE
                   || view->screen == SCREEN_SEARCH || view->screen == SCREEN_STATION;

  shown = shown && view->message.first != NULL
          && (view->message.first[0] != '\0' || view->message.second[0] != '\0');
  gtk_widget_set_visible (window->message, shown);
  ui_pair_say (window->message, shown ? view->message : PAIR_EMPTY);
}

/* What a volunteer has copied is not for the next. */
static void empty_clipboards (Window *window)
{
  GdkDisplay *display = gtk_widget_get_display (window->window);
  GdkClipboard *const both[]
      = { gdk_display_get_clipboard (display), gdk_display_get_primary_clipboard (display) };

  for (guint i = 0; i < G_N_ELEMENTS (both); i++)
    if (gdk_clipboard_is_local (both[i]))
      gdk_clipboard_set_content (both[i], NULL);
}

/* Whether the hidden page of @screen may still tell of somebody, in its labels, lists,
 * fields and what their undo remembers. */
static gboolean tells_of_somebody (ScreenId screen, const FlowView *view)
{
  if (screen == view->screen)
    return FALSE;
  if (screen == SCREEN_PERSON || screen == SCREEN_REASON || screen == SCREEN_CORRECT
      || screen == SCREEN_RIGHTS || screen == SCREEN_GROUP)
    return view->guest == NULL;
  /* The form that a draft was made of is there when she goes back. */
  if (screen == SCREEN_WALK_IN && view->screen == SCREEN_DRAFT)
    return FALSE;
  return screen == SCREEN_WALK_IN || screen == SCREEN_DRAFT
         || (screen >= SCREEN_SEARCH && view->screen < SCREEN_SEARCH);
}

/* Leaves nothing of a person in a page that is no longer shown: a hidden widget can be
 * read too. */
static void forget_pages (Window *window, ScreenId before, const FlowView *view)
{
  FlowView nobody = *view;

  for (ScreenId screen = SCREEN_SEARCH; screen < SCREEN_COUNT; screen++)
    if (window->pages[screen] != NULL && tells_of_somebody (screen, view))
      gtk_stack_remove (GTK_STACK (window->stack), g_steal_pointer (&window->pages[screen]));
  if (before >= SCREEN_SEARCH && view->screen < SCREEN_SEARCH)
    empty_clipboards (window);
  if (before == view->screen
      || (before != SCREEN_WELCOME && before != SCREEN_QUESTION && before != SCREEN_GATE)
      || window->pages[before] == NULL)
    return;
  nobody.guest = NULL;
  nobody.print = PRINT_NONE;
  nobody.title = nobody.text = PAIR_EMPTY;
  PAGES[before]->update (window->ui, window->pages[before], &nobody);
}

/* Whoever listens to the screen hears what has come: the keyboard goes to the heading. */
static gboolean announce (GtkWidget *widget)
{
  if (!gtk_widget_get_visible (widget))
    return FALSE;
  if (gtk_widget_has_css_class (widget, "heading"))
    return ui_pair_announce (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (announce (child))
      return TRUE;
  return FALSE;
}

void window_show (Window *window, const FlowView *view)
{
  ScreenId before = window->view.screen;
  const char *title = window->view.title.first;
  GtkWidget *page = page_widget (window, view->screen);

  window->view = *view;
  g_free (window->volunteer);
  window->volunteer = g_strdup (view->volunteer);
  window->view.guest = NULL;
  window->view.message = PAIR_EMPTY;
  window->view.volunteer = window->view.typed = NULL;
  window->view.title = (Pair){ view->title.first, NULL }; /* to be compared, not read */
  ui_set_order (window->ui, view->second_leads);
  if (ui_set_large (window->ui, view->contrast))
    ui_mark (window->window, "contrast", view->contrast);
  ui_mark (window->window, "desk", view->screen >= SCREEN_SEARCH);
  ui_mark (window->window, "wide", ui_is_landscape (window->ui));
  ui_mark (window->window, "tight", ui_is_tight (window->ui));
  gtk_orientable_set_orientation (GTK_ORIENTABLE (window->others), ui_is_landscape (window->ui)
                                                                       ? GTK_ORIENTATION_HORIZONTAL
                                                                       : GTK_ORIENTATION_VERTICAL);
  PAGES[view->screen]->update (window->ui, page, view);
  show_page (window, page);
  forget_pages (window, before, view);
  bottom_row_show (window->touches, view);
  show_others (window, view);
  show_message (window, view);
  show_header (window);
  if (before != view->screen || view->title.first != title)
    announce (page);
}

void window_preview (Window *window, GdkTexture *texture)
{
  page_welcome_preview (page_widget (window, SCREEN_WELCOME), texture);
}

void window_found (Window *window, const SearchRecord *record)
{
  if (window->view.screen == SCREEN_SEARCH)
    page_search_found (window->ui, page_widget (window, SCREEN_SEARCH), record);
}

void window_person (Window *window, const PersonRecord *record, const char *headset_desk)
{
  page_person_show (window->ui, page_widget (window, SCREEN_PERSON), record, headset_desk,
                    &window->view);
}

void window_station (Window *window, const StationRecord *record, Stream *stream,
                     const ReaderAdvice *advice, const char *checkpoint)
{
  if (window->view.screen == SCREEN_STATION)
    page_station_show (window->ui, page_widget (window, SCREEN_STATION), record, stream, advice,
                       checkpoint, window->view.mode);
}

void window_correct (Window *window, const Delegate *delegate)
{
  page_form_correct_fill (page_widget (window, SCREEN_CORRECT), delegate);
}

void window_walk_in (Window *window, const Programme *programme)
{
  page_form_walk_in_offer (window->ui, page_widget (window, SCREEN_WALK_IN), programme);
}

void window_rights (Window *window, const PersonRecord *record, const Programme *programme)
{
  page_rights_fill (window->ui, page_widget (window, SCREEN_RIGHTS), record, programme);
}

void window_draft (Window *window, const DraftRecord *record)
{
  const BadgeSheet *sheet = record->sheet;
  g_autoptr (GdkTexture) texture
      = sheet != NULL ? gdk_memory_texture_new ((int) sheet->width_px, (int) sheet->height_px,
                                                GDK_MEMORY_B8G8R8A8_PREMULTIPLIED, sheet->bytes,
                                                sheet->stride)
                      : NULL;

  page_draft_show (window->ui, page_widget (window, SCREEN_DRAFT), record, texture);
}

void window_group (Window *window, const GroupRecord *record)
{
  page_group_show (window->ui, page_widget (window, SCREEN_GROUP), record);
}

void window_notice (Window *window, const Notice *notice)
{
  page_your_data_show (window->ui, page_widget (window, SCREEN_YOUR_DATA), notice, &window->view);
}

void window_set_logos (Window *window, const LogoRow *row, const char *names)
{
  page_attract_logos (page_widget (window, SCREEN_ATTRACT), row, names);
}

void window_camera (Window *window, Camera *camera)
{
  page_attract_camera (page_widget (window, SCREEN_ATTRACT), camera);
}

/* Adds the texts that @widget shows, those of one language. */
static void collect (GtkWidget *widget, WordsSide side, GString *said)
{
  if (!gtk_widget_get_visible (widget))
    return;
  if (GTK_IS_LABEL (widget) && gtk_widget_has_css_class (widget, "second") == (side == WORDS_SECOND)
      && gtk_label_get_text (GTK_LABEL (widget))[0] != '\0')
    g_string_append_printf (said, "%s%s ", gtk_label_get_text (GTK_LABEL (widget)),
                            words_is_chinese (side) ? "。" : ".");
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect (child, side, said);
}

void window_speak (Window *window, Speech *speech, const FlowView *view)
{
  WordsSide own = view->second_leads ? WORDS_SECOND : WORDS_FIRST,
            other = view->second_leads ? WORDS_FIRST : WORDS_SECOND;
  g_autoptr (GString) own_said = g_string_new (NULL), other_said = g_string_new (NULL);
  gboolean english = view->screen == SCREEN_YOUR_DATA && view->data_language == NOTICE_ENGLISH;

  collect (page_widget (window, view->screen), own, own_said);
  collect (page_widget (window, view->screen), other, other_said);
  speech_say (speech,
              (SpeechText[]){ { english ? "en" : words_key (own), own_said->str },
                              { english ? "en" : words_key (other), other_said->str } },
              2);
}

/* Building --------------------------------------------------------------------------- */

/* Of the screen that the window is on; 0 if nobody knows. */
static double px_per_mm (Window *window)
{
  GdkMonitor *monitor
      = gdk_display_get_monitor_at_surface (gtk_widget_get_display (window->window),
                                            gtk_native_get_surface (GTK_NATIVE (window->window)));
  GdkRectangle place;

  if (monitor == NULL)
    return 0;
  gdk_monitor_get_geometry (monitor, &place);
  return display_scale_px_per_mm (place.width, place.height, gdk_monitor_get_width_mm (monitor),
                                  gdk_monitor_get_height_mm (monitor), window->diagonal_inches);
}

/* The window's size is known when it is laid out; everything else follows from it. */
static gboolean on_resized (gpointer data)
{
  Window *window = data;

  window->resized = 0;
  if (ui_set_size (window->ui, window->width, window->height, px_per_mm (window)))
    ui_touch (window->ui, TOUCH_LOOK, "");
  return G_SOURCE_REMOVE;
}

/* Not while GTK lays out: what it has measured would no longer be true. */
static void on_size (GdkSurface *surface, int width, int height, gpointer data)
{
  Window *window = data;

  window->width = width;
  window->height = height;
  if (window->resized == 0)
    window->resized = g_idle_add_full (G_PRIORITY_HIGH, on_resized, window, NULL);
}

/* Another screen, perhaps of another size on the glass. */
static void on_monitors (GListModel *monitors, guint at, guint removed, guint added, gpointer data)
{
  Window *window = data;

  if (window->resized == 0 && window->width > 0)
    window->resized = g_idle_add_full (G_PRIORITY_HIGH, on_resized, window, NULL);
}

static void on_realize (GtkWidget *widget, gpointer data)
{
  g_signal_connect (gtk_native_get_surface (GTK_NATIVE (widget)), "layout", G_CALLBACK (on_size),
                    data);
}

/* Whoever types is there. */
static gboolean on_any_key (GtkEventControllerKey *controller, guint value, guint code,
                            GdkModifierType state, gpointer data)
{
  ui_touch (((Window *) data)->ui, TOUCH_LOOK, "");
  return GDK_EVENT_PROPAGATE;
}

static gboolean on_window_key (GtkEventControllerKey *controller, guint value, guint code,
                               GdkModifierType state, gpointer data)
{
  Window *window = data;

  if (window->listen_key != 0 && value == window->listen_key) {
    ui_touch (window->ui, TOUCH_LISTEN, "");
    return GDK_EVENT_STOP;
  }
  if (value != GDK_KEY_Escape)
    return GDK_EVENT_PROPAGATE;
  ui_touch (window->ui, TOUCH_BACK, "");
  return GDK_EVENT_STOP;
}

/* GTK's inspector would open by Ctrl+Shift+I or D, with choosers of files in it. An
 * answer alone does not keep GTK's own handler from it. */
static gboolean on_debugging (GtkWindow *widget, gboolean toggle, gpointer data)
{
  g_signal_stop_emission_by_name (widget, "enable-debugging");
  return TRUE;
}

static void build (Window *window)
{
  GtkEventController *keys = gtk_event_controller_key_new (),
                     *any_key = gtk_event_controller_key_new ();
  GtkWidget *frame = gtk_scrolled_window_new (), *room = gtk_scrolled_window_new ();

  window->body
      = ui_box (GTK_ORIENTATION_VERTICAL,
                "whole"); /* “body” is a class of GTK's own theme, with a size of its own */
  window->stack = gtk_stack_new ();
  gtk_widget_add_css_class (window->stack, "pages");
  gtk_stack_set_hhomogeneous (GTK_STACK (window->stack), FALSE);
  gtk_stack_set_vhomogeneous (GTK_STACK (window->stack), FALSE);
  gtk_widget_set_vexpand (window->stack, TRUE);
  window->touches = bottom_row_new (window->ui);
  window->others = ui_pair (window->ui, "others");
  window->message = ui_pair (window->ui, "team-message");
  gtk_widget_set_visible (window->message, FALSE);
  gtk_box_append (GTK_BOX (window->body), build_header (window));
  gtk_box_append (GTK_BOX (window->body), window->message);
  /* However much a page has to say, the touches stay on the screen. */
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (room), GTK_POLICY_EXTERNAL,
                                  GTK_POLICY_EXTERNAL);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (room), window->stack);
  gtk_widget_set_vexpand (room, TRUE);
  gtk_box_append (GTK_BOX (window->body), room);
  gtk_box_append (GTK_BOX (window->body), window->others);
  gtk_box_append (GTK_BOX (window->body), bottom_row_widget (window->touches));
  /* Wrapped labels would ask for a window as high as they are at their narrowest; this
   * asks for nothing, and lets a very small screen scroll. */
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (frame), GTK_POLICY_EXTERNAL,
                                  GTK_POLICY_EXTERNAL);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (frame), window->body);
  gtk_window_set_child (GTK_WINDOW (window->window), frame);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_window_key), window);
  gtk_widget_add_controller (window->window, keys);
  gtk_event_controller_set_propagation_phase (any_key, GTK_PHASE_CAPTURE);
  g_signal_connect (any_key, "key-pressed", G_CALLBACK (on_any_key), window);
  gtk_widget_add_controller (window->window, any_key);
}

Window *window_new (GtkApplication *application, const char *assets, Clock clock,
                    const WindowSize *size,
                    void (*touch) (Touch touch, const char *text, gpointer data), gpointer data)
{
  Window *window = g_new0 (Window, 1);

  window->now = clock;
  window->diagonal_inches = size->diagonal_inches;
  window->ui = ui_new (assets, touch, data);
  window->window = gtk_application_window_new (application);
  gtk_widget_add_css_class (window->window, "kiosk");
  g_autofree char *name = words_line (
      words_pair_in ("name of this software", NC_ ("name of this software", "accueil")));

  gtk_window_set_title (GTK_WINDOW (window->window), name);
  if (size->width_px > 0) {
    gtk_window_set_default_size (GTK_WINDOW (window->window), size->width_px, size->height_px);
    ui_set_size (window->ui, size->width_px, size->height_px, 0);
  } else
    gtk_window_fullscreen (GTK_WINDOW (window->window));
  build (window);
  g_signal_connect (window->window, "realize", G_CALLBACK (on_realize), window);
  g_signal_connect (window->window, "enable-debugging", G_CALLBACK (on_debugging), NULL);
  g_signal_connect (gdk_display_get_monitors (gtk_widget_get_display (window->window)),
                    "items-changed", G_CALLBACK (on_monitors), window);
  window->clock = g_timeout_add (CLOCK_MS, on_clock, window);
  return window;
}

void window_free (Window *window)
{
  if (window == NULL)
    return;
  g_signal_handlers_disconnect_by_data (
      gdk_display_get_monitors (gtk_widget_get_display (window->window)), window);
  g_source_remove (window->clock);
  g_clear_handle_id (&window->resized, g_source_remove);
  gtk_window_destroy (GTK_WINDOW (window->window));
  bottom_row_free (window->touches);
  ui_free (window->ui);
  g_free (window->volunteer);
  g_clear_pointer (&window->zone, g_time_zone_unref);
  for (guint i = 0; i < G_N_ELEMENTS (window->titles); i++)
    g_free (window->titles[i]);
  g_free (window);
}

GtkWidget *window_widget (Window *window)
{
  return window->window;
}
