/* decision.h: may this code pass here, now? One pure function for every kind of checkpoint.
 *
 * It gets all it needs as values, the time included, and touches nothing; checkpoint.h gathers the values, station/gate.h writes the facts.
 * Threads: reentrant. Nothing here blocks or fails.  */
#pragma once

#include <glib.h>

typedef enum {
  VERDICT_ADMITTED,
  VERDICT_ALREADY_IN,    /* the right is used up for this period, or the person is inside */
  VERDICT_NOT_ENTITLED,  /* not registered for this event, session or entitlement, or not of a category admitted here */
  VERDICT_NOT_TODAY,     /* registered, but not for this day; or nothing takes place here today */
  VERDICT_CLOSED,        /* outside opening times */
  VERDICT_FULL,
  VERDICT_BADGE_VOID,    /* replaced or reported lost */
  VERDICT_TICKET_USED,   /* a badge was issued on it: show the badge */
  VERDICT_UNKNOWN,       /* no delegate, or a code of another congress */
  VERDICT_FORGED,        /* ours by its form, but the signature is wrong */
  VERDICT_REVOKED,       /* registration withdrawn, or the badge's issuing station revoked */
  VERDICT_COUNT
} Verdict;

/* "ADMITTED" … as written in passage facts. */
const char *verdict_name (Verdict verdict);
gboolean verdict_from_name (const char *name, Verdict *verdict);

typedef enum { CHECKPOINT_ENTRANCE, CHECKPOINT_ZONE, CHECKPOINT_SESSION, CHECKPOINT_MEAL, CHECKPOINT_SHUTTLE, CHECKPOINT_HEADSET, CHECKPOINT_B2B } CheckpointKind;
typedef enum { ONCE_NEVER, ONCE_EVENT, ONCE_DAY, ONCE_SESSION } Once;
typedef enum { DIRECTION_IN, DIRECTION_OUT, DIRECTION_BOTH } Direction; /* BOTH: a scan of someone inside is a way out */
typedef enum { ENTITLEMENT_NONE, ENTITLEMENT_MEALS, ENTITLEMENT_TRANSPORT, ENTITLEMENT_HEADSET } Entitlement;
typedef enum {
  PRESENTED_TICKET,
  PRESENTED_BADGE,
  PRESENTED_FOREIGN,       /* another platform's code, mapped at import: as a ticket */
  PRESENTED_MANUAL,        /* a volunteer found the person by name: as a ticket, but opens though a badge exists */
  PRESENTED_FORGED,
  PRESENTED_UNKNOWN,       /* nothing we know */
} Presented;

typedef struct {
  const char *day;         /* ISO date */
  gint from_minute, to_minute; /* minutes of the day at the venue; to_minute exclusive, may exceed 1440 for past midnight */
} Opening;

typedef struct {
  /* The checkpoint. Strings are borrowed. */
  CheckpointKind kind;
  const char *const *events;     /* event ids of which the delegate needs all */
  const char *session;           /* session id the delegate must be registered for, or have a role in; NULL or "" for none */
  const char *const *categories; /* category ids admitted; empty for all */
  const Opening *openings;       /* none: always open */
  guint opening_count;
  Once once;
  Direction direction;
  Entitlement entitlement;
  gboolean issues_badge;         /* first admission here issues a badge */
  guint capacity;                /* 0: no limit */

  /* What was presented. */
  Presented presented;
  gboolean badge_good;           /* badge: the current one, or signed well but not heard of yet */
  gboolean issuer_revoked;       /* badge: its station's key was revoked */

  /* The delegate. */
  gboolean registered;
  gboolean revoked;
  const char *category;
  const char *const *delegate_events;
  const char *const *delegate_days;     /* ISO dates */
  const char *const *delegate_sessions; /* workshops, and the session of a role */
  gboolean meals, transport, headset;

  /* What has been. */
  gboolean has_badge;            /* a good badge of this delegate exists */
  guint admitted_in, admitted_out; /* of this delegate here in the present period */
  guint inside;                  /* people inside this checkpoint */

  /* Now, at the venue. */
  const char *day;               /* ISO date */
  gint minute;                   /* of the day */
} AccessQuestion;

typedef struct {
  Verdict verdict;
  Direction direction;           /* IN or OUT */
  gboolean issue_badge;
  const char *period;            /* which of "", day, session, event the right is used up for; static names "never" "event" "day" "session" */
  const char *detail;            /* why, a static word for the fact: "" "event" "session" "category" "entitlement" "day" "hours" "capacity" "other-congress" … */
} AccessAnswer;

AccessAnswer access_decide (const AccessQuestion *question);
