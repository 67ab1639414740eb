/* settings.h: what differs between venue machines, from one INI file: printers, readers
 * and screen.
 *
 * assets/demo/station.ini explains every key. The file is that of --settings, else
 * $ACCUEIL_SETTINGS, else /etc/accueil/station.ini, and need not exist. A file with a
 * fault is refused whole, every fault named by line and key.
 *
 * Threads: Settings are immutable and may be shared. Reading blocks on disk.  */
#pragma once

#include <glib.h>

#define SETTINGS_FILE "/etc/accueil/station.ini"
#define SETTINGS_BYTES_MAX (256 * 1024)
#define SETTINGS_PRINTERS_MAX 8
#define SETTINGS_READERS_MAX 16
#define SETTINGS_WAIT_S 30
#define SETTINGS_PLACE_MAX 60 /* characters of where something is */
#define SETTINGS_DIAGONAL_MIN 4
#define SETTINGS_DIAGONAL_MAX 120

#define SETTINGS_ERROR settings_error_quark ()
GQuark settings_error_quark (void);
typedef enum {
  SETTINGS_ERROR_READ,  /* the file that was asked for cannot be read, or is too large */
  SETTINGS_ERROR_FAULT, /* unknown section or key, or a value that means nothing: one line a fault
                         */
} SettingsError;

typedef enum { SETTINGS_USB, SETTINGS_CAMERA, SETTINGS_LINES } SettingsReaderKind;

typedef struct {
  char *name; /* of the section: [reader NAME] */
  SettingsReaderKind kind;
  char *device;   /* usb: "05f9:2203", "hid-pos", "keyboard" or "serial"; "" to guess with care.
                     lines: a FIFO's or socket's path, "-" for standard input */
  char *layout;   /* usb keyboards: "us", "fr", "de" as the scanner is set up */
  char *pipeline; /* camera: a GStreamer pipeline without its sink; "" for the first v4l2 camera */
} SettingsReader;

typedef enum {
  SETTINGS_ARROW_NONE,
  SETTINGS_ARROW_LEFT,
  SETTINGS_ARROW_RIGHT,
  SETTINGS_ARROW_AHEAD,
  SETTINGS_ARROW_BELOW,
  SETTINGS_ARROW_COUNT
} SettingsArrow;

/* Where something is, seen from this machine's screen. */
typedef struct {
  char *fr, *zh; /* both or neither; "" for nothing */
  SettingsArrow arrow;
} SettingsPlace;

typedef struct {
  char **printers; /* CUPS queues in order of preference, NULL-terminated */
  char *pages;     /* a CUPS queue of A4 pages, for lists; "" to look for one */
  char *template_; /* badge template; "" for the shipped one */
  guint wait_s; /* how long a badge may wait at a printer that cannot print before the next one gets
                   it */
  gboolean back;          /* print the back where the printer prints on two sides */
  GPtrArray *readers;     /* SettingsReader */
  double diagonal_inches; /* of the screen; 0 to believe what it says of itself */
  SettingsPlace desk;     /* the welcome desk */
  SettingsPlace printer;  /* where badges come out */
  gboolean dark;          /* light letters on a dark screen, for a dark hall */
  gboolean companions;    /* a gate has a touch that counts companions */
  gboolean voice;         /* each answer to a scan is said aloud */
  char *listen_key;       /* GDK's name of the key that says the screen aloud; "" for none */
  guint volume;           /* of sounds and voice, in hundredths */
} Settings;

/* @path NULL: the usual places; then a file that is not there makes the default settings,
 * not an error. */
Settings *settings_read (const char *path, GError **error);
/* The same from a text; @file is its name in messages. */
Settings *settings_parse (const char *file, const char *text, gsize length, GError **error);
void settings_free (Settings *settings);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Settings, settings_free)
