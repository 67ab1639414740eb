/* print_state.h: how far the printing of a badge is: the word of its `print` facts, what
 * a person is told and what to do about it. One table; whoever asks about a state asks
 * here.
 *
 *     new       issued, and not taken up by an agent yet: there is no fact
 *     queued    waits at the station for a printer; surely not handed over to it
 *     sent      is being handed over, or was: written before, so that whoever finds it
 *               must look for it there
 *     printing  the printer is at work on it
 *     printed, failed, unsure  final: nothing more comes but a person's answer
 *
 * Threads: reentrant. Nothing here blocks.  */
#pragma once

#include "core/words.h"

/* In the order of time. */
typedef enum {
  PRINT_STATE_NEW,
  PRINT_STATE_QUEUED,
  PRINT_STATE_SENT,
  PRINT_STATE_PRINTING,
  PRINT_STATE_PRINTED,
  PRINT_STATE_FAILED,
  PRINT_STATE_UNSURE,
  PRINT_STATE_COUNT
} PrintState;

/* The word of facts, "" for PRINT_STATE_NEW; static. */
const char *print_state_name (PrintState state);
/* FALSE for a word that is none; @state is left alone then. */
gboolean print_state_from_name (const char *name, PrintState *state);
gboolean print_state_is_final (PrintState state);
/* The printer has it, as far as is known. */
gboolean print_state_is_at_printer (PrintState state);
/* "being printed" */
Pair print_state_wording (PrintState state);
/* What a volunteer does about it; empty where nothing is to be done. */
Pair print_state_remedy (PrintState state);
