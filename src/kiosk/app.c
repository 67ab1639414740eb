#include "kiosk/app.h"

#include "badge/logo_row.h"
#include "congress/checkpoint.h"
#include "congress/logo.h"
#include "core/typeset.h"
#include "core/words.h"
#include "kiosk/desk_worker.h"
#include "kiosk/scan_worker.h"
#include "kiosk/watcher.h"
#include "kiosk/window.h"
#include "kiosk/sound.h"
#include "kiosk/speech.h"
#include "station/reader_advice.h"
#include "station/reading.h"

#include <string.h>

#define PREVIEW_DPI 110
#define NOTICE_KEPT_MS (5 * 60 * 1000) /* reading it looks at everybody */

struct _App {
  const AppOptions *options;
  Flow *flow;
  Window *window;
  ScanWorker *counter;
  Watcher *watcher;
  DeskWorker *clerk;
  Sounds *sounds;
  Speech *speech;
  Reading *reading; /* NULL without readers */
  ReaderAdvice *advice;
  PersonRecord *person; /* whose page was read last */
  Programme *programme;
  Notice *notice;    /* NULL before somebody first asks */
  gint64 noticed_ms; /* when it was read */
  char *checkpoint, *headset_desk;
  GPtrArray *logos;   /* Logo, of all events */
  LogoRow *logo_row;  /* on the start: those of the checkpoint's event */
  ScreenId screen;    /* that the window has */
  guint deadline;     /* timer */
  gboolean voiceless; /* when somebody last asked to listen */
  guint shown;        /* FlowView.changes that the window has */
};

static void go_on (App *app);

static gint64 now_ms (void)
{
  return g_get_monotonic_time () / 1000;
}

/* What comes in ---------------------------------------------------------------------- */

/* The page of the person whom the desk looks at has been read. */
static gboolean has_record (const App *app)
{
  const Guest *guest = flow_view (app->flow)->guest;

  return app->person != NULL && guest != NULL
         && strcmp (app->person->delegate->reference, guest->reference) == 0;
}

static void on_touch (Touch touch, const char *text, gpointer data)
{
  App *app = data;

  /* Nobody is corrected with another's fields. */
  if ((touch == TOUCH_CORRECT || touch == TOUCH_RIGHTS) && !has_record (app))
    return;

  flow_touch (app->flow, touch, text, now_ms ());
  go_on (app);
}

static void on_scanned (const FlowScan *scan, gint64 asked_us, gpointer data)
{
  App *app = data;

  speech_hush (app->speech);
  flow_scan (app->flow, scan, now_ms ());
  window_preview (app->window, NULL);
  go_on (app);
  if (scan->awaited > 0 && scan->guest != NULL)
    watcher_expect (app->watcher, scan->guest->reference, scan->awaited);
  if (scan->badge_serial == 0 || scan->guest == NULL)
    return;
  watcher_expect (app->watcher, scan->guest->reference, scan->badge_serial);
  if (!scan->guest->protocol)
    desk_worker_preview (app->clerk, scan->guest->reference, scan->badge_serial, PREVIEW_DPI);
}

static void on_failed (const char *why, gpointer data)
{
  App *app = data;

  g_warning ("%s", why);
  flow_standstill (app->flow, now_ms ());
  go_on (app);
}

/* Whoever asked to listen is told if nothing can be heard; who repairs it finds why in
 * the log, once. */
static void on_told (gboolean said, const char *why, gpointer data)
{
  App *app = data;

  if (!said && !app->voiceless)
    g_warning (_ ("the screen has no voice: %s; see that speech-dispatcher and a voice are "
                  "installed (README) and that “spd-say bonjour” is heard"),
               why);
  app->voiceless = !said;
  if (said)
    return;
  flow_voiceless (app->flow, now_ms ());
  go_on (app);
}

static void on_printed (const char *reference, guint serial, PrintStage stage, const char *reasons,
                        gpointer data)
{
  App *app = data;

  flow_print (app->flow, reference, serial, stage, reasons, now_ms ());
  go_on (app);
}

static void on_inside (gint64 inside, gpointer data)
{
  App *app = data;

  flow_inside (app->flow, inside);
  go_on (app);
}

static void on_alerts (guint alerts, gpointer data)
{
  App *app = data;

  flow_alerts (app->flow, alerts);
  go_on (app);
}

static void on_message (Pair message, gpointer data)
{
  App *app = data;

  flow_message (app->flow, message);
  go_on (app);
}

/* Pages that show the replica's state are read again. */
static void on_changed (gpointer data)
{
  App *app = data;
  char none[] = "";
  const FlowCommand station = { COMMAND_STATION, TONE_CALM, none, none, none };

  if (flow_view (app->flow)->screen == SCREEN_STATION)
    desk_worker_do (app->clerk, &station, "");
}

/* Started again, it opens what is there now. */
static void on_lost (gpointer data)
{
  App *app = data;

  g_warning (_ ("the replica %s was deleted, or another took its place, while it was open; the "
                "screen starts again"),
             app->options->db);
  g_application_quit (
      G_APPLICATION (gtk_window_get_application (GTK_WINDOW (window_widget (app->window)))));
}

static void on_preview (const char *reference, guint serial, const BadgeSheet *sheet, gpointer data)
{
  App *app = data;
  const FlowView *view = flow_view (app->flow);
  g_autoptr (GdkTexture) texture = NULL;

  /* The next person may be there by now. */
  if (sheet == NULL || view->guest == NULL || view->badge_serial != serial
      || strcmp (view->guest->reference, reference) != 0)
    return;
  texture = gdk_memory_texture_new ((int) sheet->width_px, (int) sheet->height_px,
                                    GDK_MEMORY_B8G8R8A8_PREMULTIPLIED, sheet->bytes, sheet->stride);
  window_preview (app->window, texture);
}

static void on_entered (const char *volunteer, guint rights, gint64 locked_ms, gpointer data)
{
  App *app = data;

  flow_entered (app->flow, volunteer, rights, locked_ms > 0 ? now_ms () + locked_ms : 0, now_ms ());
  go_on (app);
}

static void on_found (const char *typed, const SearchRecord *record, gpointer data)
{
  App *app = data;

  if (strcmp (typed, flow_view (app->flow)->typed) == 0)
    window_found (app->window, record);
}

static void on_person (PersonRecord *record, gpointer data)
{
  App *app = data;

  person_record_free (app->person);
  app->person = record;
  if (flow_view (app->flow)->screen < SCREEN_SEARCH) { /* she has left since she asked */
    g_clear_pointer (&app->person, person_record_free);
    return;
  }
  window_person (app->window, record, app->headset_desk);
}

static void on_draft (DraftRecord *record, gpointer data)
{
  g_autoptr (DraftRecord) draft = record;
  App *app = data;

  if (flow_view (app->flow)->screen >= SCREEN_SEARCH) /* else she has left since she asked */
    window_draft (app->window, draft);
}

static void on_group (GroupRecord *record, gpointer data)
{
  g_autoptr (GroupRecord) group = record;
  App *app = data;

  if (flow_view (app->flow)->screen >= SCREEN_SEARCH)
    window_group (app->window, group);
}

static void on_station (StationRecord *record, gpointer data)
{
  App *app = data;

  window_station (app->window, record, app->reading != NULL ? reading_stream (app->reading) : NULL,
                  app->advice, app->checkpoint);
  station_record_free (record);
}

static void on_notice (Notice *notice, gpointer data)
{
  App *app = data;
  g_autoptr (Notice) before = g_steal_pointer (&app->notice);

  app->notice = notice;
  app->noticed_ms = now_ms ();
  window_notice (app->window, notice);
}

static void on_done (CommandKind kind, gboolean good, Pair notice, Guest *guest, gpointer data)
{
  App *app = data;

  flow_done (app->flow, kind, good, notice, guest, now_ms ());
  go_on (app);
}

/* What goes out ---------------------------------------------------------------------- */

/* The threads that belong to the checkpoint. */
static gboolean open_place (App *app, GError **error)
{
  const AppOptions *options = app->options;
  const ScanWorkerListener counter = { on_scanned, on_failed, app };
  const WatcherListener watcher
      = { on_printed, on_inside, on_alerts, on_message, on_changed, on_lost, app };

  app->counter = scan_worker_new (options->db, options->clock, app->checkpoint, options->is_exit,
                                  flow_view (app->flow)->mode != FLOW_GATE, &counter, error);
  app->watcher = app->counter != NULL
                     ? watcher_new (options->db, options->clock, app->checkpoint, &watcher, error)
                     : NULL;
  return app->watcher != NULL;
}

static void set_titles (App *app)
{
  const Programme *programme = app->programme;
  g_autofree char *title_fr = typeset_french_plain (programme->fr),
                  *station_fr = typeset_french_plain (scan_worker_fr (app->counter)),
                  *place_fr = NULL, *place_zh = NULL;

  programme_place (programme, &place_fr, &place_zh);
  window_set_titles (app->window,
                     &(WindowTitles){ title_fr, programme->zh, place_fr, place_zh, station_fr,
                                      scan_worker_zh (app->counter), programme->timezone });
}

/* Of its event and of the whole congress; at a checkpoint of no event, of all. */
static void set_logos (App *app)
{
  const char *event = scan_worker_event (app->counter);
  LogoRow *row = logo_row_new ();
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < app->logos->len; i++) {
    const Logo *logo = g_ptr_array_index (app->logos, i);
    if ((logo->event[0] == '\0' || event[0] == '\0' || strcmp (logo->event, event) == 0)
        && logo_row_add (row, logo->picture, logo->svg, NULL))
      g_string_append_printf (names, "%s%s · %s", names->len > 0 ? " · " : "", logo->fr, logo->zh);
  }
  window_set_logos (app->window, row, names->str);
  logo_row_free (app->logo_row);
  app->logo_row = row;
}

/* The machine stands at another checkpoint from now on. If that cannot be, it stays where
 * it is and says so. */
static void move_to (App *app, const char *checkpoint)
{
  g_autofree char *before = g_steal_pointer (&app->checkpoint);
  g_autoptr (GError) error = NULL;
  ScanWorker *counter = g_steal_pointer (&app->counter);
  Watcher *watcher = g_steal_pointer (&app->watcher);

  app->checkpoint = g_strdup (checkpoint);
  if (open_place (app, &error)) {
    scan_worker_free (counter);
    watcher_free (watcher);
    set_titles (app);
    set_logos (app);
    return;
  }
  g_warning ("%s", error->message);
  scan_worker_free (g_steal_pointer (&app->counter));
  app->counter = counter;
  app->watcher = watcher;
  g_free (app->checkpoint);
  app->checkpoint = g_steal_pointer (&before);
}

/* A delegation is let in where this machine stands. */
static void admit_together (App *app, const FlowCommand *command)
{
  const FlowCommand here = { .kind = command->kind,
                             .text = app->checkpoint,
                             .more = command->more,
                             .volunteer = command->volunteer };

  desk_worker_do (app->clerk, &here, command->volunteer);
}

static void carry_out (App *app, const FlowCommand *command)
{
  switch (command->kind) {
  case COMMAND_SOUND:
    sound_play (app->sounds, command->tone == TONE_YES                      ? SOUND_YES
                             : flow_view (app->flow)->screen == SCREEN_GATE ? SOUND_NO
                                                                            : SOUND_ATTENTION);
    break;
  case COMMAND_SPEAK:
    window_speak (app->window, app->speech, flow_view (app->flow));
    break;
  case COMMAND_ADMIT:
    scan_worker_admit (app->counter, command->text, command->volunteer, command->more);
    break;
  case COMMAND_OVERRIDE:
    scan_worker_override (app->counter, command->text, command->volunteer, command->more);
    break;
  case COMMAND_TOGETHER:
    admit_together (app, command);
    break;
  case COMMAND_EMERGENCY:
    desk_worker_do (app->clerk,
                    &(FlowCommand){ .kind = command->kind,
                                    .text = app->options->settings->pages,
                                    .more = command->more,
                                    .volunteer = command->volunteer },
                    command->volunteer);
    break;
  case COMMAND_CHECKPOINT:
    desk_worker_do (app->clerk, command, command->volunteer);
    move_to (app, command->text);
    break;
  case COMMAND_CALL:
    /* A guest who arrives quietly is an alert already, by her passage. */
    if (strcmp (command->text, "protocol") != 0)
      desk_worker_call (app->clerk, app->checkpoint);
    break;
  case COMMAND_YOUR_DATA:
    if (app->notice == NULL || now_ms () >= app->noticed_ms + NOTICE_KEPT_MS)
      desk_worker_do (app->clerk, command, "");
    break;
  case COMMAND_HEADS:
    desk_worker_do (app->clerk,
                    &(FlowCommand){ .kind = command->kind,
                                    .text = app->checkpoint,
                                    .more = command->more,
                                    .volunteer = command->volunteer },
                    command->volunteer);
    break;
  default:
    desk_worker_do (app->clerk, command, command->volunteer);
    break;
  }
}

/* Pages that are filled once when they open; a form to which a draft leads back keeps
 * what was written. */
static void fill_page (App *app, ScreenId screen)
{
  if (app->screen == SCREEN_DRAFT)
    return;
  if (screen == SCREEN_CORRECT && app->person != NULL)
    window_correct (app->window, app->person->delegate);
  else if (screen == SCREEN_WALK_IN)
    window_walk_in (app->window, app->programme);
  else if (screen == SCREEN_RIGHTS && app->person != NULL)
    window_rights (app->window, app->person, app->programme);
}

/* Nothing is kept of a person whose page is gone. */
static void forget (App *app, ScreenId screen)
{
  if (screen < SCREEN_SEARCH)
    g_clear_pointer (&app->person, person_record_free);
}

static gboolean on_deadline (gpointer data)
{
  App *app = data;

  app->deadline = 0;
  flow_time (app->flow, now_ms ());
  go_on (app);
  return G_SOURCE_REMOVE;
}

/* After every event: commands are carried out, the window shows what has changed, the
 * timer is set. */
static void go_on (App *app)
{
  const FlowView *view = flow_view (app->flow);
  gint64 deadline = flow_deadline_ms (app->flow);

  for (FlowCommand *command; (command = flow_take_command (app->flow)) != NULL;
       flow_command_free (command))
    carry_out (app, command);
  /* At a gate her badge is a passage, unless she was asked for it. */
  scan_worker_set_volunteers (app->counter, view->closed || view->mode != FLOW_GATE
                                                || view->screen == SCREEN_PIN);
  scan_worker_set_closed (app->counter, view->closed && view->volunteer[0] == '\0');
  /* Where the team stands, or is, a code opens its person. */
  scan_worker_set_opens (app->counter, view->mode == FLOW_DESK || view->volunteer[0] != '\0');
  if (view->changes != app->shown) {
    app->shown = view->changes;
    if (view->screen != app->screen) {
      speech_hush (app->speech);
      fill_page (app, view->screen);
    }
    app->screen = view->screen;
    window_show (app->window, view);
    forget (app, view->screen);
  }
  g_clear_handle_id (&app->deadline, g_source_remove);
  if (deadline >= 0)
    app->deadline = g_timeout_add ((guint) MAX (deadline - now_ms () + 1, 1), on_deadline, app);
}

/* Opening and closing ---------------------------------------------------------------- */

/* Once: on the desk's page, which shows it from then on, and in the log. */
static void tell_advice (App *app, const char *reader)
{
  Pair said = reader_advice_said (app->advice, reader);
  g_autofree char *line = words_line (said);

  g_message (_ ("reader %s: %s"), reader, line);
  flow_advise (app->flow, said);
  on_changed (app);
  go_on (app);
}

static void on_code (const char *reader, const char *text, gint64 at_us, gpointer data)
{
  App *app = data;

  if (reader_advice_see (app->advice, reader, text))
    tell_advice (app, reader);
  if (strcmp (text, READING_SEVERAL) != 0) {
    scan_worker_scan (app->counter, text);
    return;
  }
  flow_several (app->flow, now_ms ());
  go_on (app);
}

/* What stands beside the reader's state on the station's page follows by itself. */
static void on_reader (const StreamReader *reader, gpointer data)
{
  on_changed (data);
}

static gboolean open_readers (App *app, GError **error)
{
  const StreamHandler handler = { on_code, on_reader, app };

  /* Without a reader in the settings a terminal's standard input would be read; a screen
   * has none. */
  if (app->options->settings->readers->len == 0)
    return TRUE;
  app->reading = reading_start (app->options->settings, NULL, &handler, NULL, error);
  if (app->reading == NULL)
    return FALSE;
  window_camera (app->window, reading_camera (app->reading));
  return TRUE;
}

/* What a volunteer has set for this machine, where the command line says nothing else. */
static gboolean read_kept (App *app, Journal *journal, GError **error)
{
  g_autofree char *mode
      = app->options->kept_mode ? journal_local (journal, DESK_WORKER_LOCAL_MODE, NULL) : NULL,
      *order
      = app->options->kept_order ? journal_local (journal, DESK_WORKER_LOCAL_ORDER, NULL) : NULL;

  g_autofree char *closed = journal_local (journal, DESK_WORKER_LOCAL_CLOSED, NULL);

  flow_set_up (app->flow, mode, order, now_ms ());
  flow_set_voice (app->flow, app->options->settings->voice);
  flow_set_counter (app->flow, app->options->settings->companions);
  flow_set_closed (app->flow, g_strcmp0 (closed, "yes") == 0, now_ms ());
  app->checkpoint = app->options->checkpoint != NULL
                        ? g_strdup (app->options->checkpoint)
                        : journal_local (journal, DESK_WORKER_LOCAL_CHECKPOINT, error);
  if (app->options->checkpoint != NULL
      && !journal_set_local (journal, DESK_WORKER_LOCAL_CHECKPOINT, app->checkpoint, error))
    return FALSE;
  if (app->checkpoint == NULL && (error == NULL || *error == NULL))
    g_set_error (error, CHECKPOINT_ERROR, CHECKPOINT_ERROR_UNKNOWN, "%s",
                 _ ("which checkpoint? Name it with --checkpoint; from then on it is known, and a "
                    "volunteer can change it on the screen"));
  return app->checkpoint != NULL;
}

/* What is read once: the words of the event file, where headsets are lent. */
static gboolean read_event (App *app, GError **error)
{
  g_autoptr (Journal) journal = journal_open (app->options->db, app->options->clock, error);

  app->programme = journal != NULL ? programme_read (journal, error) : NULL;
  if (app->programme == NULL || !read_kept (app, journal, error))
    return FALSE;
  app->headset_desk = station_record_headset_desk (journal, error);
  app->logos = app->headset_desk != NULL ? logo_read (journal, NULL, error) : NULL;
  return app->logos != NULL;
}

static gboolean open_all (App *app, GError **error)
{
  const DeskWorkerListener clerk = { on_preview, on_entered, on_found,  on_person, on_station,
                                     on_draft,   on_group,   on_notice, on_done,   app };

  if (!read_event (app, error) || !open_place (app, error))
    return FALSE;
  set_titles (app);
  set_logos (app);
  app->clerk = desk_worker_new (app->options->db, app->options->clock, app->options->template_,
                                &clerk, error);
  return app->clerk != NULL && open_readers (app, error);
}

App *app_new (GtkApplication *application, const AppOptions *options, GError **error)
{
  App *app = g_new0 (App, 1);

  app->options = options;
  app->flow = flow_new (options->mode, options->second_leads, now_ms ());
  app->shown = G_MAXUINT;
  app->window = window_new (
      application, options->assets, options->clock,
      &(WindowSize){ options->width_px, options->height_px, options->settings->diagonal_inches },
      on_touch, app);
  window_set_up (app->window, options->settings);
  app->advice = reader_advice_new ();
  app->sounds = sound_new (options->assets, options->settings->volume);
  app->speech = speech_new (options->settings->volume, on_told, app);
  if (!open_all (app, error)) {
    app_free (app);
    return NULL;
  }
  go_on (app);
  gtk_window_present (GTK_WINDOW (window_widget (app->window)));
  return app;
}

void app_free (App *app)
{
  if (app == NULL)
    return;
  g_clear_handle_id (&app->deadline, g_source_remove);
  window_camera (app->window, NULL);
  reading_free (app->reading);
  reader_advice_free (app->advice);
  scan_worker_free (app->counter);
  watcher_free (app->watcher);
  desk_worker_free (app->clerk);
  window_free (app->window);
  flow_free (app->flow);
  sound_free (app->sounds);
  speech_free (app->speech);
  person_record_free (app->person);
  notice_free (app->notice);
  programme_free (app->programme);
  g_clear_pointer (&app->logos, g_ptr_array_unref);
  logo_row_free (app->logo_row);
  g_free (app->checkpoint);
  g_free (app->headset_desk);
  g_free (app);
}
