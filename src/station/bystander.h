/* bystander.h: which of the codes before a camera is not meant: a poster, a screen's
 * protector, a second telephone beside the ticket that is shown.
 *
 * One person before a camera gets one answer: for BYSTANDER_MS after a code of ours, what
 * the same camera reads and is none of ours is passed over; nobody has shown it.
 *
 * Two people's codes at once get none: they are asked to show one.
 *
 * Threads: a Bystander belongs to one thread. Nothing here blocks.  */
#pragma once

#include <glib.h>

#define BYSTANDER_MS 3000

/* All zero: nothing has been read. */
typedef struct {
  gint64 ours_us; /* when a code of ours was read last; 0: not yet */
} Bystander;

/* TRUE if @texts (NULL-terminated), which came before a camera together, are codes of ours
 * of more than one person: none of them is meant until it is alone. */
gboolean bystander_several (const char *const *texts);
/* TRUE if @text, read at @at_us (monotonic), is to be passed over. */
gboolean bystander_is (Bystander *bystander, const char *text, gint64 at_us);
