/* gather.h: codes out of what a scanner sends bit by bit: where one ends, how long it may be, how many there may be.
 *
 * A code ends by Enter, Tab or a line's end, or by a pause; white space around it is removed, nothing is no code. What is no UTF-8 and control characters become '?'. A code over READER_CODE_BYTES_MAX is dropped whole, so are codes
 * over a number a second: a scanner gone mad must not hold up a door.
 *
 * Must not know: USB, keyboards, clocks: times are passed in, in microseconds.
 * Threads: a Gather belongs to one thread and calls its listener from it. Nothing here blocks; memory is bounded.  */
#pragma once

#include <glib.h>

typedef enum {
  GATHER_GOOD,      /* a code without fault: what was said before is over */
  GATHER_CONTROL,   /* control characters, or no UTF-8: the code was delivered with '?' */
  GATHER_LONG,      /* too long: dropped */
  GATHER_FAST,      /* too many a second: dropped */
  GATHER_UNFINISHED /* the device went away within a code: dropped */
} GatherProblem;

typedef struct {
  void (*code) (const char *text, gint64 at_us, gpointer data);
  void (*problem) (GatherProblem problem, gpointer data);
  gpointer data;
} GatherListener;

typedef struct _Gather Gather;

/* @pause_us without anything more ends a code; @per_second codes are the most. */
Gather *gather_new (gint64 pause_us, guint per_second, const GatherListener *listener);
void gather_free (Gather *gather);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Gather, gather_free)

/* Bytes of a code, its end among them or not. @lines: CR, LF, ETX and NUL end a code, STX begins one. */
void gather_bytes (Gather *gather, const guint8 *bytes, gsize length, gboolean lines, gint64 at_us);
/* One character; '\r', '\n' and '\t' end a code. */
void gather_character (Gather *gather, gunichar c, gint64 at_us);
void gather_end (Gather *gather, gint64 at_us);
/* When the code that is under way ends by the pause; G_MAXINT64 if none is. */
gint64 gather_due_us (const Gather *gather);
/* Time has passed. */
void gather_tick (Gather *gather, gint64 now_us);
/* The device is gone: what is under way is dropped. */
void gather_drop (Gather *gather);
