/* stream.h: one stream of codes from any number of readers, in one thread.
 *
 * Readers work in threads of their own (reader.h). What they tell is kept here until the
 * main context gets to it: of each reader at most STREAM_WAITING_MAX codes, so that one
 * that floods takes nothing from the others, and the last state. A code that does not fit
 * is dropped, counted and said in the state's detail, at most once in STREAM_SAY_US. A
 * code read twice within a second by any readers is one scan (debounce.h).
 *
 *     Stream *stream = stream_new (context, &handler); ReaderListener listener =
 *     stream_listener (stream); stream_add (stream, "eye", "camera", &error); stream_keep
 *     (stream, camera_new ("eye", "", &listener), camera_free);
 *
 * Must not know: what kinds of readers there are, what a code means.
 * Threads: a Stream belongs to the thread that iterates its main context, in which the
 * handler is called; the listeners may be called from any thread. Only stream_free()
 * blocks, until the readers' threads have ended.  */
#pragma once

#include "scan/reader.h"

#define STREAM_READERS_MAX 16
#define STREAM_WAITING_MAX 64
#define STREAM_SAY_US G_USEC_PER_SEC

#define STREAM_ERROR stream_error_quark ()
GQuark stream_error_quark (void);
typedef enum {
  STREAM_ERROR_NAME, /* taken, empty or too long */
  STREAM_ERROR_MANY, /* STREAM_READERS_MAX are there */
} StreamError;

typedef struct {
  const char *name, *kind;
  ReaderState state;
  const char *detail; /* in the organiser's language, "" for none */
  guint64 codes;      /* delivered */
  guint64 repeats;    /* read again within a second, not delivered */
  guint64 lost;       /* did not fit */
  gint64 last_us;     /* g_get_monotonic_time() of the last code's event; 0 for none */
} StreamReader;

/* Either function may be NULL. They must not free the stream. */
typedef struct {
  void (*code) (const char *reader, const char *text, gint64 at_us, gpointer data);
  /* The state has changed, or its detail. ENDED comes after the reader's last code. */
  void (*state) (const StreamReader *reader, gpointer data);
  gpointer data;
} StreamHandler;

typedef struct _Stream Stream;

/* @context NULL: the default one. */
Stream *stream_new (GMainContext *context, const StreamHandler *handler);
/* Frees what is kept, newest first, and then the stream: nothing is delivered any
 * more. */
void stream_free (Stream *stream);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Stream, stream_free)

/* Makes room for a reader, before it is started. @kind ("usb", "camera", "lines") is
 * shown. */
gboolean stream_add (Stream *stream, const char *name, const char *kind, GError **error);
/* What readers are given: one listener for all, which tells them apart by their names.
 * What a reader of an unknown name says is passed over. */
ReaderListener stream_listener (Stream *stream);
/* The stream frees @reader by @free_reader, which must not return before its last call of
 * the listener has. */
void stream_keep (Stream *stream, gpointer reader, GDestroyNotify free_reader);

guint stream_count (const Stream *stream);
/* Texts are valid until the context is iterated again. */
StreamReader stream_reader (Stream *stream, guint index);
