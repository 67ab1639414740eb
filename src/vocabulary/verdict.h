/* verdict.h: what a checkpoint answers to a code, as passage facts write it.
 *
 * Threads: reentrant. Nothing here blocks.  */
#pragma once

#include <glib.h>

typedef enum {
  VERDICT_ADMITTED,
  VERDICT_ALREADY_IN,   /* the right is used up for this period, or the person is inside */
  VERDICT_NOT_ENTITLED, /* not registered for this event, session or entitlement, or not of a
                           category admitted here */
  VERDICT_NOT_TODAY,    /* registered, but not for this day; or nothing takes place here today */
  VERDICT_CLOSED,       /* outside opening times */
  VERDICT_FULL,
  VERDICT_BADGE_VOID,  /* replaced or reported lost */
  VERDICT_TICKET_USED, /* a badge was issued on it: show the badge */
  VERDICT_UNKNOWN,     /* no delegate, or a code of another congress */
  VERDICT_FORGED,      /* ours by its form, but the signature is wrong */
  VERDICT_REVOKED,     /* registration withdrawn, the badge's issuing station revoked, or the
                          badge copied */
  VERDICT_COUNT
} Verdict;

/* In place of ADMITTED in the row of a passage that a desk has taken back: no verdict. */
#define VERDICT_UNDONE "UNDONE"

/* The word of facts; static. */
const char *verdict_name (Verdict verdict);
/* FALSE for a word that is none; @verdict is left alone then. */
gboolean verdict_from_name (const char *name, Verdict *verdict);
