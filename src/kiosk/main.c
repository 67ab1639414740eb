/* main.c: `accueil-kiosk`: the touch screen of a venue machine. */
#include "congress/languages.h"
#include "core/installation.h"
#include "core/sign.h"
#include "core/words.h"
#include "kiosk/app.h"
#include "kiosk/waiting_screen.h"
#include "kiosk/watchdog.h"
#include "badge/badge.h"

#include <glib-unix.h>
#include <malloc.h>
#include <stdio.h>
#include <string.h>

#define ARENAS 2              /* GTK's and the workers' */
#define TRIM_BYTES (1u << 20) /* free at a heap's end, before it is given back */

#define TRIES_EVERY_S 3 /* where the kiosk cannot start */
#define EXIT_REFUSED 1
#define EXIT_USAGE 2
#define SIDE_MIN_PX 200
#define SIDE_MAX_PX 8000

typedef struct {
  char *db, *checkpoint, *settings, *mode, *order;
  char *size;
  gboolean is_exit;
  AppOptions app;
  Settings *read;
  App *running;
  WaitingScreen *waiting; /* NULL: it runs */
  guint again;
  Watchdog *watchdog;
  GtkApplication *application;
  const char *usual; /* the template, where the settings name none */
} Kiosk;

static int fail (GError *error)
{
  g_printerr ("accueil-kiosk: %s\n", error->message);
  g_error_free (error);
  return EXIT_REFUSED;
}

/* Options ---------------------------------------------------------------------------- */

static gboolean read_mode (Kiosk *kiosk)
{
  static const char *const NAMES[FLOW_MODE_COUNT] = { "self-service", "desk", "gate" };

  for (guint i = 0; i < FLOW_MODE_COUNT; i++)
    if (kiosk->mode == NULL || strcmp (kiosk->mode, NAMES[i]) == 0) {
      kiosk->app.mode = (FlowMode) i;
      return TRUE;
    }
  return FALSE;
}

static gboolean read_size (Kiosk *kiosk)
{
  char rest;

  if (kiosk->size == NULL)
    return TRUE;
  return sscanf (kiosk->size, "%dx%d%c", &kiosk->app.width_px, &kiosk->app.height_px, &rest) == 2
         && kiosk->app.width_px >= SIDE_MIN_PX && kiosk->app.height_px >= SIDE_MIN_PX
         && kiosk->app.width_px <= SIDE_MAX_PX && kiosk->app.height_px <= SIDE_MAX_PX;
}

static gboolean read_clock (Kiosk *kiosk)
{
  const char *now = g_getenv ("ACCUEIL_NOW");

  kiosk->app.clock = clock_system ();
  return now == NULL || now[0] == '\0' || clock_shifted (now, &kiosk->app.clock);
}

static gboolean parse (Kiosk *kiosk, int *argc, char ***argv)
{
  const GOptionEntry entries[] = {
    { "db", 0, 0, G_OPTION_ARG_FILENAME, &kiosk->db,
      N_ ("The replica (default: $ACCUEIL_DB, else /var/lib/accueil/accueil.db)"), N_ ("FILE") },
    { "checkpoint", 'c', 0, G_OPTION_ARG_STRING, &kiosk->checkpoint,
      N_ ("The checkpoint of the event file (default: the one chosen last on the screen)"),
      N_ ("ID") },
    { "exit", 0, 0, G_OPTION_ARG_NONE, &kiosk->is_exit, N_ ("This machine stands at the way out"),
      NULL },
    { "mode", 0, 0, G_OPTION_ARG_STRING, &kiosk->mode,
      N_ ("self-service, desk or gate (default: as chosen last on the screen, else self-service)"),
      N_ ("MODE") },
    { "settings", 0, 0, G_OPTION_ARG_FILENAME, &kiosk->settings,
      N_ ("The station's settings (default: $ACCUEIL_SETTINGS, else /etc/accueil/station.ini)"),
      N_ ("FILE") },
    { "order", 0, 0, G_OPTION_ARG_STRING, &kiosk->order,
      N_ ("Which of the congress’s languages leads where nobody is known, like fr or zh (default: "
          "as chosen last on the screen, else the first)"),
      N_ ("LANGUAGE") },
    { "window", 0, 0, G_OPTION_ARG_STRING, &kiosk->size,
      N_ ("In a window of that size in pixels, not over the whole screen"), N_ ("WIDTHxHEIGHT") },
    { 0 },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, entries, "accueil");
  if (!g_option_context_parse (context, argc, argv, &error))
    g_printerr ("accueil-kiosk: %s\n", error->message);
  else if (*argc > 1)
    g_printerr (_ ("accueil-kiosk: “%s” is too much; “accueil-kiosk --help” says what there is\n"),
                (*argv)[1]);
  else if (!read_mode (kiosk))
    g_printerr (_ ("accueil-kiosk: “%s” is no mode; there are self-service, desk and gate\n"),
                kiosk->mode);
  else if (!read_size (kiosk))
    g_printerr (_ ("accueil-kiosk: “%s” is no size of a window, like 540x960\n"), kiosk->size);
  else if (!read_clock (kiosk))
    g_printerr ("%s\n", _ ("accueil-kiosk: $ACCUEIL_NOW is not a time with its zone, like "
                           "2016-10-26T09:12:00+08:00"));
  else
    return TRUE;
  return FALSE;
}

/* Running ---------------------------------------------------------------------------- */

static gboolean on_signal (gpointer application)
{
  g_application_quit (application);
  return G_SOURCE_CONTINUE;
}

/* The words of the replica's congress, before anything is said. A replica that cannot be
 * opened is told of later. */
static gboolean choose_languages (const char *db, Clock clock, GError **error)
{
  g_autoptr (Journal) journal = journal_open (db, clock, NULL);

  return journal == NULL ? words_check (error) : languages_take (journal, error);
}

static gboolean begin (Kiosk *kiosk, GError **error)
{
  if (kiosk->read == NULL) {
    kiosk->read = settings_read (kiosk->settings, error);
    if (kiosk->read == NULL)
      return FALSE;
    kiosk->app.settings = kiosk->read;
    kiosk->app.template_
        = kiosk->read->template_[0] != '\0' ? kiosk->read->template_ : kiosk->usual;
  }
  if (!choose_languages (kiosk->app.db, kiosk->app.clock, error))
    return FALSE;
  kiosk->running = app_new (kiosk->application, &kiosk->app, error);
  return kiosk->running != NULL;
}

/* The screen that says what is wrong is a screen too: a manager that hears nothing of it
 * would take it away and begin anew, every half minute. */
static void be_alive (Kiosk *kiosk, gboolean waiting)
{
  gboolean first = kiosk->watchdog == NULL;

  if (first)
    kiosk->watchdog = watchdog_start ();
  if (!first || waiting)
    watchdog_patience (kiosk->watchdog, waiting);
}

/* Nobody looks at a log at a door: what is wrong stands on the screen until it is
 * mended. */
static gboolean try_to_begin (gpointer data)
{
  Kiosk *kiosk = data;
  g_autoptr (GError) error = NULL;

  if (begin (kiosk, &error)) {
    waiting_screen_free (g_steal_pointer (&kiosk->waiting));
    kiosk->again = 0;
    be_alive (kiosk, FALSE);
    return G_SOURCE_REMOVE;
  }
  if (kiosk->waiting == NULL) {
    g_printerr ("accueil-kiosk: %s\n", error->message);
    kiosk->waiting
        = waiting_screen_new (kiosk->application, kiosk->app.width_px, kiosk->app.height_px);
    kiosk->again = g_timeout_add_seconds (TRIES_EVERY_S, try_to_begin, kiosk);
    be_alive (kiosk, TRUE);
  }
  waiting_screen_say (kiosk->waiting, kiosk->app.db, error);
  return G_SOURCE_CONTINUE;
}

static void on_activate (GtkApplication *application, gpointer data)
{
  Kiosk *kiosk = data;

  kiosk->application = application;
  if (kiosk->running == NULL && kiosk->waiting == NULL)
    try_to_begin (kiosk);
}

static void on_shutdown (GApplication *application, gpointer data)
{
  Kiosk *kiosk = data;

  g_clear_handle_id (&kiosk->again, g_source_remove);
  waiting_screen_free (g_steal_pointer (&kiosk->waiting));
  watchdog_stop (g_steal_pointer (&kiosk->watchdog));
  app_free (g_steal_pointer (&kiosk->running));
}

static int run (Kiosk *kiosk)
{
  /* Each kiosk is its own: two may stand on one machine for a rehearsal. */
  g_autoptr (GtkApplication) application
      = gtk_application_new ("org.accueil.Kiosk", G_APPLICATION_NON_UNIQUE);
  int status;

  g_signal_connect (application, "activate", G_CALLBACK (on_activate), kiosk);
  g_signal_connect (application, "shutdown", G_CALLBACK (on_shutdown), kiosk);
  g_unix_signal_add (SIGTERM, on_signal, application);
  g_unix_signal_add (SIGINT, on_signal, application);
  status = g_application_run (G_APPLICATION (application), 0, NULL);
  return status;
}

/* Before anything else. Painted without the graphics card (GSK_RENDERER=cairo), GDK would
 * still look for its driver, which is LLVM where there is none: 52 MB. Threads share two
 * heaps, as each would keep one as large as its largest moment. */
static void be_sparing (void)
{
  if (g_strcmp0 (g_getenv ("GSK_RENDERER"), "cairo") == 0)
    g_setenv ("GDK_DEBUG", "gl-disable", FALSE);
  mallopt (M_ARENA_MAX, ARENAS);
  mallopt (M_TRIM_THRESHOLD, TRIM_BYTES);
}

static int start (Kiosk *kiosk)
{
  g_autofree char *fonts = installation_asset ("fonts/fonts.conf"),
                  *usual = installation_asset ("badge/a6-portrait.svg"),
                  *style = installation_asset ("kiosk");
  const char *db = g_getenv ("ACCUEIL_DB");
  GError *error = NULL;

  kiosk->app.db = kiosk->db != NULL             ? kiosk->db
                  : db != NULL && db[0] != '\0' ? db
                                                : "/var/lib/accueil/accueil.db";
  /* The pinned fonts are the screen's too, so they come before GTK reads its own. */
  if (!badge_fonts_start (fonts, &error) || !words_check (&error))
    return fail (error);
  kiosk->app.checkpoint = kiosk->checkpoint;
  kiosk->app.kept_mode = kiosk->mode == NULL;
  kiosk->app.kept_order = kiosk->order == NULL;
  kiosk->usual = usual;
  kiosk->app.assets = style;
  kiosk->app.is_exit = kiosk->is_exit;
  kiosk->app.second_leads = g_strcmp0 (kiosk->order, words_key (WORDS_SECOND)) == 0;
  if (!gtk_init_check ()) {
    g_printerr ("%s\n",
                _ ("accueil-kiosk: there is no display; the systemd unit starts it under cage"));
    return EXIT_REFUSED;
  }
  return run (kiosk);
}

int main (int argc, char **argv)
{
  Kiosk kiosk = { 0 };
  int status = EXIT_USAGE;

  be_sparing ();
  words_start (NULL);
  gtk_disable_setlocale ();
  sign_start ();
  if (argc == 2 && strcmp (argv[1], "--version") == 0) {
    g_print ("accueil-kiosk %s\n", installation_version ());
    return 0;
  }
  if (parse (&kiosk, &argc, &argv))
    status = start (&kiosk);
  settings_free (kiosk.read);
  g_free (kiosk.db);
  g_free (kiosk.checkpoint);
  g_free (kiosk.settings);
  g_free (kiosk.mode);
  g_free (kiosk.order);
  g_free (kiosk.size);
  return status;
}
