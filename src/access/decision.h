/* decision.h: may this code pass here, now? One pure function for every kind of
 * checkpoint.
 *
 * It gets all it needs as values, the time included, and touches nothing; presentation.h
 * gathers the values, station/gate.h writes the facts.
 *
 * The order of the checks, and why:
 *
 *  1. What was shown: FORGED, then UNKNOWN. Nothing else may be said about a person to
 *     somebody who holds no true code.
 *  2. REVOKED: the registration withdrawn (but on the way out: whoever was withdrawn
 *     while she is inside, or holds a headset, goes out and gives it back), then the
 *     badge's station revoked. Stronger than anything a newer badge could change.
 *  3. BADGE_VOID, TICKET_USED: the wrong one of several true codes. Said before any right
 *     is looked at, because the right code changes the answer, and even on the way out,
 *     so that a lost badge is noticed wherever it shows up. Then REVOKED: the right
 *     badge, but somebody has a copy of it, so that a person must look at who wears it.
 *     Somebody who is not on the list here, because this station was cut off, is let in at
 *     a checkpoint that trusts true codes, from check 6 on, and gets no badge: nothing is
 *     known of her rights, nor of her name.
 *  4. The way out (direction OUT, or BOTH and the person is inside): ADMITTED. Nobody is
 *     kept in and no headset is left in a delegate's hands because a door has closed or a
 *     right has ended.
 *  5. NOT_ENTITLED: a registration that is yet to be confirmed, which the desk can do;
 *     then rights that no waiting changes: event, category, session, entitlement, the
 *     widest first, so that the answer names the real reason.
 *  6. Time: NOT_TODAY (nothing takes place here today), NOT_TODAY (not registered for
 *     today), CLOSED. Before the hours, so that nobody is told to come back at noon in
 *     vain.
 *  7. ALREADY_IN: the right is used up, or may not be used so often, on so many days, or
 *     so soon again. Before FULL, because a person inside is part of what fills the room.
 *  8. FULL. Not for those with a role in the session of this door: a full room waits for
 *     its speakers.
 *
 * An opening may go on past midnight; until its end everything counts for the day on
 * which it began: the day a delegate is registered for, the day whose right is used up.
 *
 * A meal or a ride, once consumed, stays consumed, whoever went out in between.
 * Elsewhere a right is in use while the person is inside, and free again after a way
 * out. At a headset desk IN means handed out, OUT means returned; one headset a person,
 * whatever `once` says.
 *
 * What is used at one door of a group is used at all of them: the past of a person, as it
 * stands in the question, is that at the whole group (checkpoint.h). Where everybody
 * goes at night (`empties`), who came in on an earlier day is not inside.
 *
 * Threads: reentrant. Nothing here blocks or fails. */
#pragma once

#include "congress/opening.h"
#include "vocabulary/checkpoint_kind.h"
#include "vocabulary/direction.h"
#include "vocabulary/entitlement.h"
#include "vocabulary/once.h"
#include "vocabulary/verdict.h"

typedef enum {
  PRESENTED_TICKET,
  PRESENTED_BADGE,
  PRESENTED_FOREIGN, /* another platform's code, mapped at import: as a ticket */
  PRESENTED_MANUAL,  /* a volunteer found the person by name: as a ticket, but opens though a badge
                        exists */
  PRESENTED_FORGED,
  PRESENTED_OTHER_CONGRESS, /* ours by its form, signed by nobody we know */
  PRESENTED_OLD_TICKET,     /* signed by a key of the congress that was revoked */
  PRESENTED_DAMAGED,        /* ours by its beginning, but cut off or misread */
  PRESENTED_UNKNOWN,        /* nothing we know */
} Presented;

typedef enum {
  BADGE_GOOD,     /* the current one, or signed well but not heard of yet */
  BADGE_REPLACED, /* a later one exists */
  BADGE_LOST,     /* made void: lost, stolen, misspelled */
} BadgeState;

/* The index of the opening that covers @minute of @day (an ISO date), -1 if there is
 * none. An opening of the same day comes before one of the day before that goes past
 * midnight. */
gint decision_opening_at (const Opening *openings, guint count, const char *day, gint minute);

typedef struct {
  /* The checkpoint. Strings are borrowed; lists are NULL-terminated, NULL is an empty
   * one. */
  CheckpointKind kind;
  const char *const *events;     /* event ids of which the delegate needs all */
  const char *const *any_events; /* event ids of which she needs one; empty for none */
  const char *session; /* session id the delegate must be registered for, or have a role in; NULL or
                          "" for none */
  const char *const *categories; /* category ids admitted; empty for all */
  gboolean has_groups;     /* members of working groups are admitted; with categories: them too */
  const Opening *openings; /* none: always open */
  guint opening_count;
  Once once;
  Direction direction;
  Entitlement entitlement;
  gboolean issues_badge; /* first admission here issues a badge */
  guint capacity;        /* 0: no limit; of a headset desk: headsets the congress has */
  guint limit;           /* ways in at most, in the period of `once`; 0: no limit */
  guint days_limit;      /* days at most on which she comes in; 0: no limit */
  guint wait;            /* minutes between two ways in; 0: none */
  gboolean empties;      /* everybody goes out at the end of a day, seen or not */
  gboolean trusts;       /* a true ticket or badge of somebody not on the list here is let in */

  /* What was presented. */
  Presented presented;
  BadgeState badge;        /* badge */
  gboolean issuer_revoked; /* badge: its station's key was revoked */
  gboolean badge_doubted;  /* badge: it was copied, as it seems */

  /* The delegate. */
  gboolean registered;
  gboolean revoked;
  gboolean pending; /* the registration is yet to be confirmed, by a desk */
  const char *category;
  const char *const *delegate_events;
  const char *const *delegate_days;     /* ISO dates */
  const char *const *delegate_sessions; /* workshops */
  gboolean has_role;                    /* in the session of this checkpoint */
  gboolean in_group;                    /* of those whom this checkpoint admits */
  gboolean meals, transport, headset;

  /* What has been. */
  gboolean has_badge; /* a good badge of this delegate exists */
  guint admitted;     /* ways in of this delegate here, in the present period */
  gboolean inside;    /* the last of her passages here, in the present period, was a way in; headset
                         desk: she has a headset */
  const char *inside_day; /* the day for which that way in counts; NULL for none */
  guint days_used;        /* days on which she came in, but for the present one */
  gint since;             /* minutes since her last way in, on whatever day; -1 for none */
  guint people_inside;    /* this checkpoint today; headset desk: headsets lent, at any desk */

  /* Now, at the venue. */
  const char *day; /* ISO date */
  gint minute;     /* of the day */
} DecisionQuestion;

typedef struct {
  Verdict verdict;
  Direction direction; /* IN or OUT */
  gboolean issue_badge;
  Once period; /* what the right is used up for; ONCE_NEVER unless admitted */
  const char
      *day; /* the day it counts for: the opening's, else today; borrowed from the question */
  /* Why, a static word for the fact:
   *   ADMITTED "" "not-here"
   *                                    ALREADY_IN "inside" "used" "loan" "limit" "days"
   * "wait"
   *   NOT_ENTITLED "pending" "event" "category" "group" "session" "meals" "transport" "headset"
   *   NOT_TODAY "nothing" "day"        CLOSED "hours"          FULL "capacity"
   *   BADGE_VOID "replaced" "lost"     TICKET_USED "badge"     FORGED "signature"
   *   UNKNOWN "" "other-congress" "damaged" "not-here"         REVOKED "registration"
   * "station"
   *                                                            "ticket" "double"
   */
  const char *detail;
  /* When it may be tried again, for NOT_TODAY, CLOSED and "wait": a day of the question
   * on which she is registered, NULL if there is none, and its minute; -1: the whole
   * day. */
  const char *next_day;
  gint next_minute;
} DecisionAnswer;

DecisionAnswer decision_make (const DecisionQuestion *question);

/* Check 5 alone: TRUE if the delegate has every right that this checkpoint asks for, on
 * whatever day. For counts. */
gboolean decision_is_entitled (const DecisionQuestion *question);
