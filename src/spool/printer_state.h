/* printer_state.h: how the printers of this station stand, in the table printer_state:
 * written by the agent, read by screens and commands, which so need not ask CUPS and
 * never wait for it.
 *
 * Of this replica alone: never a fact, never copied. The agent writes a row when
 * something in it changes, and else every PRINTER_STATE_BEAT_MS; a row that has not been
 * heard of for PRINTER_STATE_STALE_MS is of an agent that is not running.
 *
 * Threads: as the Journal. Blocks on disk.  */
#pragma once

#include "journal/journal.h"
#include "vocabulary/wording.h"

#define PRINTER_STATE_BEAT_MS 10000
#define PRINTER_STATE_STALE_MS 30000

typedef enum {
  PRINTER_STATE_UNKNOWN,
  PRINTER_STATE_READY,
  PRINTER_STATE_PRINTING,
  PRINTER_STATE_TROUBLE
} PrinterStateKind;

typedef struct {
  char *queue;
  guint rank; /* 1 is preferred */
  PrinterStateKind state;
  char *troubles;  /* keywords of vocabulary/printer_reason.h, comma-separated; "" for none */
  char *notes;     /* the same, of what is soon to be seen to */
  gint64 since_ms; /* Unix milliseconds */
  gint64 heard_ms;
  char *job;   /* in hand; "" for none */
  char *rests; /* who lets it rest (printer_state_rest()), "": it works; not written */
} PrinterState;
void printer_state_free (PrinterState *printer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PrinterState, printer_state_free)

/* Its agent does not run. */
gboolean printer_state_is_stale (const PrinterState *printer, gint64 now_ms);
/* What keeps the printer from printing, and what to do; both texts "" for nothing. Of
 * several troubles the first: who has put that right may find the others gone. */
Pair printer_state_trouble (const PrinterState *printer);

/* All rows, by rank: PrinterState; free with g_ptr_array_unref(). */
GPtrArray *printer_state_read (Journal *journal, GError **error);
gboolean printer_state_write (Journal *journal, const PrinterState *printer, GError **error);
/* Lets @queue rest, by @volunteer, or, by "", work again: the agent gives it no badge
 * meanwhile, also after the next start; the one in hand comes out. A pause in CUPS is its
 * administrator's, and needs rights there that a screen has not. */
gboolean printer_state_rest (Journal *journal, const char *queue, const char *volunteer,
                             GError **error);
gboolean printer_state_rests (Journal *journal, const char *queue, gboolean *rests, GError **error);
/* Removes the rows of queues that are not among @queues (NULL-terminated). */
gboolean printer_state_keep (Journal *journal, const char *const *queues, GError **error);
