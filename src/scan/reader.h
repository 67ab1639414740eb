/* reader.h: what every kind of reader (USB, camera, lines) tells whoever listens: codes
 * and its own state.
 *
 * A reader works in threads of its own and calls its listener from them; nothing that it
 * does may hold up a screen. stream.h joins any number of readers to one stream in one
 * thread.
 *
 * Threads: the listener's functions are called from any thread, one call at a time for
 * each reader. They must return at once.  */
#pragma once

#include <glib.h>

#define READER_NAME_MAX 40 /* bytes of a reader's name */
#define READER_CODE_BYTES_MAX                                                                      \
  1024 /* of one code; a longer one is dropped and said in the state's detail */

typedef enum {
  READER_STARTING,  /* looks for its device */
  READER_READY,     /* reads */
  READER_UNPLUGGED, /* the device is gone; taken again by itself when it is back */
  READER_DENIED, /* the device is there and may not be opened: the udev rule is missing, or another
                    program holds it */
  READER_FAILED, /* does not work: the detail says why; tried again by itself */
  READER_ENDED,  /* nothing more will come: end of the input */
} ReaderState;

/* "starting", "ready", … for facts, logs and JSON. */
const char *reader_state_name (ReaderState state);

/* Adds what a device sent to @text as a code may be: bytes that are no UTF-8, control and
 * format characters become '?'. The number of those. */
guint reader_append (GString *text, const char *bytes, gsize length);

typedef struct {
  /* @text is UTF-8 without control characters, at most READER_CODE_BYTES_MAX bytes, valid
   * until the call returns. @at_us is g_get_monotonic_time() of the device's event. */
  void (*code) (const char *reader, const char *text, gint64 at_us, gpointer data);
  /* @detail says what and why in the organiser's language, "" for nothing to add. */
  void (*state) (const char *reader, ReaderState state, const char *detail, gpointer data);
  /* TRUE while no further code of this reader would be kept. A reader whose sender can
   * wait (a pipe) asks and lets it wait; others go on, and what is too much is dropped
   * and counted. NULL: there is always room. */
  gboolean (*full) (const char *reader, gpointer data);
  /* Several codes came into one picture together: TRUE if none of them is told until it
   * comes alone. NULL: each is told. */
  gboolean (*several) (const char *reader, const char *const *texts, gint64 at_us, gpointer data);
  gpointer data;
} ReaderListener;
