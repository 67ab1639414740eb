/* code_assembler.h: codes out of what a scanner sends bit by bit: where one ends, how
 * long it may be, how many there may be.
 *
 * A code ends by Enter, Tab or a line's end, or by a pause; white space around it is
 * removed, nothing is no code. What is no UTF-8 and control characters become '?'. A code
 * over READER_CODE_BYTES_MAX is dropped whole, so are codes over a number a second: a
 * scanner gone mad must not hold up a door.
 *
 * Must not know: USB, keyboards, clocks: times are passed in, in microseconds.
 * Threads: a CodeAssembler belongs to one thread and calls its listener from it. Nothing
 * here blocks; memory is bounded.  */
#pragma once

#include <glib.h>

typedef enum {
  CODE_ASSEMBLER_GOOD,      /* a code without fault: what was said before is over */
  CODE_ASSEMBLER_CONTROL,   /* control characters, or no UTF-8: the code was delivered with '?' */
  CODE_ASSEMBLER_LONG,      /* too long: dropped */
  CODE_ASSEMBLER_FAST,      /* too many a second: dropped */
  CODE_ASSEMBLER_UNFINISHED /* the device went away within a code: dropped */
} CodeAssemblerProblem;

typedef struct {
  void (*code) (const char *text, gint64 at_us, gpointer data);
  void (*problem) (CodeAssemblerProblem problem, gpointer data);
  gpointer data;
} CodeAssemblerListener;

typedef struct _CodeAssembler CodeAssembler;

/* @pause_us without anything more ends a code; @per_second codes are the most. */
CodeAssembler *code_assembler_new (gint64 pause_us, guint per_second,
                                   const CodeAssemblerListener *listener);
void code_assembler_free (CodeAssembler *gather);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CodeAssembler, code_assembler_free)

/* Bytes of a code, its end among them or not. @lines: CR, LF, ETX and NUL end a code, STX
 * begins one. */
void code_assembler_bytes (CodeAssembler *gather, const guint8 *bytes, gsize length, gboolean lines,
                           gint64 at_us);
/* One character; '\r', '\n' and '\t' end a code. */
void code_assembler_character (CodeAssembler *gather, gunichar c, gint64 at_us);
void code_assembler_end (CodeAssembler *gather, gint64 at_us);
/* When the code that is under way ends by the pause; G_MAXINT64 if none is. */
gint64 code_assembler_due_us (const CodeAssembler *gather);
/* Time has passed. */
void code_assembler_tick (CodeAssembler *gather, gint64 now_us);
/* The device is gone: what is under way is dropped. */
void code_assembler_drop (CodeAssembler *gather);
