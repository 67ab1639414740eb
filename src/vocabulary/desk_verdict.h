/* desk_verdict.h: what a desk answers, why badges are printed again, and how both are
 * said to a volunteer, in both languages of the congress.
 *
 * Tables of msgids only. Texts are static, but for a reason that is not known.
 * Threads: reentrant.  */
#pragma once

#include "core/identifier.h"
#include "vocabulary/wording.h"

typedef enum {
  /* Successes. */
  DESK_PRINTING, /* a new badge was issued and is to be printed here: `serial` */
  DESK_VOIDED,
  DESK_CONFIRMED, /* the unsure job was printed */
  DESK_CANCELED,
  DESK_CORRECTED,
  DESK_REGISTERED, /* `reference` */
  DESK_CLOSED,     /* the alert (alert.h) */
  DESK_NOTED,      /* the note is kept, or taken back */
  DESK_HANDED,     /* who took the badges is kept */
  DESK_TICKETS,    /* her tickets open nothing any more */
  DESK_UNDONE,     /* the passage is taken back */
  DESK_ALREADY,    /* was so before; `serial` of the good badge, 0 for none */
  /* Refusals. */
  DESK_NO_VOLUNTEER, /* no name given */
  DESK_NO_TEXT,      /* DESK_OTHER without a text */
  DESK_UNKNOWN,      /* no such delegate here */
  DESK_REVOKED,      /* the registration was withdrawn */
  DESK_NO_BADGE,     /* there is none to make void */
  DESK_CHANGED,      /* another badge was issued since the caller looked */
  DESK_NO_SERIAL,    /* no badge of the person with so high a serial has been heard of here */
  DESK_NO_JOB,
  DESK_ELSEWHERE, /* a job of another station */
  DESK_JOB_OPEN,  /* still on its way */
  DESK_JOB_PRINTED,
  DESK_JOB_FAILED,
  DESK_JOB_UNSURE,
  DESK_JOB_VOID, /* its badge was replaced or made void meanwhile */
  DESK_NO_NAME,
  DESK_BAD_TEXT,     /* `field` is too long, or holds what is no text */
  DESK_BAD_SCRIPT,   /* `field`: hanzi in a Latin name, or none in a Chinese one */
  DESK_NO_PROGRAMME, /* no event file here */
  DESK_BAD_CATEGORY,
  DESK_BAD_EVENT,
  DESK_BAD_DAY,
  DESK_BAD_COUNTRY,
  DESK_BAD_RANK,
  DESK_KNOWN, /* somebody of that name is registered: `reference` */
  DESK_NO_ALERT,
  DESK_NO_PASSAGE, /* none of hers that can be taken back */
  DESK_BAD_SESSION,
  DESK_NO_RIGHT,    /* it takes a right that the volunteer does not have (volunteer.h) */
  DESK_UNPRINTABLE, /* no badge can show the `character` in `field` */
  DESK_SHUT_OUT,    /* this station was revoked, or is an older copy */
  DESK_CHANGED_TOO, /* somebody else has changed the same since the caller looked */
  DESK_VERDICT_COUNT
} DeskVerdict;

#define DESK_OFFER_BYTES_MAX 400 /* a longer one is not made */

typedef struct {
  DeskVerdict verdict;
  guint serial; /* of the badge that is good now, 0 for none or not known */
  char reference[REFERENCE_MAX + 1];
  const char *field;  /* name of the delegate's field that was refused; static; NULL for none */
  gunichar character; /* of it, that no font has; 0 for none */
  char offer[DESK_OFFER_BYTES_MAX]; /* what badges can show in its place, "" for nothing */
} DeskResult;

gboolean desk_verdict_is_success (DeskVerdict verdict);
/* "printing" "voided" … "no-volunteer" …: the constant's name in small letters, for
 * machines. */
const char *desk_verdict_name (DeskVerdict verdict);
/* One or two short sentences: what was done, or why not and what to do. */
Pair desk_verdict_wording (DeskVerdict verdict);

typedef enum {
  DESK_LOST,
  DESK_DAMAGED,
  DESK_MISSPELLED,
  DESK_NOT_PRINTED,
  DESK_RIGHTS, /* she is registered for something else now */
  DESK_OTHER,
  DESK_REASON_COUNT
} DeskReason;
/* "lost" "damaged" "misspelled" "not-printed" "rights" "other", as in the facts. */
const char *desk_verdict_reason_name (DeskReason reason);
gboolean desk_verdict_reason_from_name (const char *name, DeskReason *reason);
/* Any reason that stands in a fact of a badge or of a passage taken back: those above,
 * "first", "replaced", "canceled", "undone"; "mistake", "other-person", "not-used"; one that is
 * not known is said as it is written. */
Pair desk_verdict_reason_wording (const char *name);
