/* desk.h: what a volunteer does at a desk, for the kiosk and the command line alike:
 * print a badge again, make one void, answer for a print job, correct a name, register
 * who comes unannounced.
 *
 * Badges are printed at the first admission (gate.h). Again only here: by a volunteer,
 * with a reason. Each print is a new serial and makes void all badges of the person that
 * this replica has heard of (issue.h); its serial is at least 2, so that it also comes
 * after a first badge of a station that is cut off.
 *
 * Each function is one transaction; when it returns TRUE with a verdict of success its
 * facts are on disk, and all carry the volunteer's name. What was already so writes
 * nothing and is a success (DESK_ALREADY), so a second touch on a button harms nobody. A
 * refusal is an answer, not an error: FALSE only if the replica cannot be read or
 * written, or the person's serials are used up (ISSUE_ERROR), and then nothing was done.
 *
 * A badge that was issued here is printed by this station's agent. One that is made void
 * before it was sent to a printer is not printed (owed_is_good()); one that was sent must
 * be called off at the printer by the agent, which therefore has to ask owed_is_good()
 * also of what it follows.
 *
 * Limits: a volunteer's name ISSUE_VOLUNTEER_MAX characters, a reason's text
 * ISSUE_TEXT_MAX, which are cut; a field of a delegate DELEGATE_TEXT_MAX, which is
 * refused.
 * Threads: as the Journal. Blocks on disk.  */
#pragma once

#include "congress/programme.h"
#include "journal/journal.h"
#include "roster/delegate.h"
#include "vocabulary/desk_verdict.h"
#include "vocabulary/print_state.h"

/* Badges ----------------------------------------------------------------------------- */

/* A badge with the job that prints it. All texts are "" where there is nothing to say. */
typedef struct {
  char *reference, *issuer, *name; /* name: as on the badge; "" for a guest who arrives quietly */
  guint serial;
  HybridTime issued_at,
      since; /* since: when its job, if it has one, was last heard of; else as issued_at */
  char *reason, *volunteer; /* of its issue */
  gboolean good;
  char *void_reason; /* why it is not good: of the fact, or "replaced" */
  gboolean print;    /* its issuer's agent is to print it */
  char *job;         /* the job's name */
  PrintState state;
  char *printer,
      *trouble; /* trouble: the reason of its last fact, IPP keywords and others (job_process.h) */
} DeskBadge;
void desk_badge_free (DeskBadge *badge);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskBadge, desk_badge_free)
/* What the state is in words, and what a person does about it; "" where nothing is to be
 * done. */
Pair desk_state_wording (const DeskBadge *badge);
Pair desk_state_remedy (const DeskBadge *badge);

/* All badges of a person that were issued, the last first: DeskBadge; free with
 * g_ptr_array_unref(). */
GPtrArray *desk_badges (Journal *journal, const char *reference, GError **error);

/* Prints another badge for @reference. @seen: the serial of the last badge that the
 * volunteer saw, 0 for “whatever there is”: if a later one exists by now, or none of that
 * serial was ever heard of (issue.h), nothing is printed. @text: more about the reason;
 * with DESK_OTHER the reason itself.  */
gboolean desk_reprint (Journal *journal, const char *reference, guint seen, const char *volunteer,
                       DeskReason reason, const char *text, DeskResult *result, GError **error);
/* Makes a person's badges void, without another: found by a stranger, stolen. Also for a
 * reference of which only badges are known here. */
gboolean desk_void (Journal *journal, const char *reference, const char *volunteer,
                    DeskReason reason, const char *text, DeskResult *result, GError **error);

/* Jobs ------------------------------------------------------------------------------- */

/* The badges that this station is to print, oldest first: those that are not done with
 * (waiting, under way, unsure, failed and not replaced), or all: DeskBadge; free with
 * g_ptr_array_unref(). */
GPtrArray *desk_jobs (Journal *journal, gboolean all, GError **error);
/* Whether an agent of this replica prints at the moment: without one nobody would print a
 * badge that is issued here. */
gboolean desk_has_printer (Journal *journal, gboolean *has, GError **error);
/* “Was it printed?” of an unsure job. No: another badge is printed, and this one is void,
 * should it come out after all. */
gboolean desk_answer (Journal *journal, const char *job, gboolean printed, const char *volunteer,
                      DeskResult *result, GError **error);
/* Prints another badge in place of one whose job failed. */
gboolean desk_retry (Journal *journal, const char *job, const char *volunteer, DeskResult *result,
                     GError **error);
/* Makes void a badge that is not printed yet. */
gboolean desk_cancel (Journal *journal, const char *job, const char *volunteer, DeskResult *result,
                      GError **error);

/* People ----------------------------------------------------------------------------- */

/* NULL leaves a field as it is, "" empties it. */
typedef struct {
  const char *title, *family, *given, *name_zh, *function_fr, *function_zh, *organisation_fr,
      *organisation_zh;
  /* TRUE if badges can show it; a text that they cannot show is refused
   * (DESK_UNPRINTABLE, with `field` and `character`). NULL: not looked at. */
  gboolean (*can_print) (gunichar character);
} DeskCorrection;
/* Corrects what a badge says. @reprint: and, if the person has a badge, prints it again
 * in the same transaction, reason DESK_MISSPELLED. */
gboolean desk_correct (Journal *journal, const char *reference, const DeskCorrection *correction,
                       gboolean reprint, const char *volunteer, DeskResult *result, GError **error);

/* Confirms a registration that a list left to be confirmed (delegate.h): doors open then.
 */
gboolean desk_confirm (Journal *journal, const char *reference, const char *volunteer,
                       DeskResult *result, GError **error);

/* Says of what rank somebody is (congress/rank.h): @rank is an id or a word.
 * DESK_BAD_RANK for one that the congress does not have. */
gboolean desk_set_rank (Journal *journal, const char *reference, const char *rank,
                        const char *volunteer, DeskResult *result, GError **error);

/* Words as lists write them; NULL is empty. */
typedef struct {
  DeskCorrection texts;
  const char *category, *country; /* category: id or word, must be there */
  const char *const *events;      /* ids or words; none: the only one there is */
  const char *const *days;        /* labels or dates; none: all days of the events */
  gboolean meals, transport, headset;
  gboolean namesake; /* register though somebody of that name is: by hanzi, simplified or
                        traditional, or in Latin letters however they are written. A second,
                        deliberate step: without it the verdict is DESK_KNOWN */
} DeskWalkIn;
/* Registers a person who is in no list, under a reference of this station's own
 * ("W-STATION-1"), unique without asking anybody. She is not admitted by it: that is a
 * checkpoint's (gate_admit()). */
gboolean desk_walk_in (Journal *journal, const DeskWalkIn *form, const char *volunteer,
                       DeskResult *result, GError **error);
/* What desk_walk_in() would register, without writing anything: DESK_REGISTERED, or
 * DESK_KNOWN with the namesake's reference, and in both *@delegate filled in, with no
 * reference (free with delegate_free()); NULL with any other refusal. */
gboolean desk_walk_in_draft (Journal *journal, const DeskWalkIn *form, Delegate **delegate,
                             DeskResult *result, GError **error);

/* What somebody is registered for. A text or list that is NULL is left as it is; the
 * three flags are always written. */
typedef struct {
  const char *title, *category;            /* category: id or word */
  const char *const *events, *const *days; /* ids, labels or words; empty: as of a walk-in */
  const char *const *sessions;             /* ids or words; empty: none */
  gboolean meals, transport, headset;
} DeskRights;
/* Into @delegate, as desk_grant() would write it, so that a screen can show the badge
 * first: DESK_ALREADY, or what the programme does not have. */
DeskVerdict desk_rights_fill (const Programme *programme, const DeskRights *rights,
                              Delegate *delegate);
/* Changes what a person is registered for. @reprint: and, if she has a good badge, prints
 * it again in the same transaction, reason DESK_RIGHTS. */
gboolean desk_grant (Journal *journal, const char *reference, const DeskRights *rights,
                     gboolean reprint, const char *volunteer, DeskResult *result, GError **error);

typedef struct {
  char *session;
  guint capacity; /* 0: no limit */
  guint taken;    /* registered for it */
} DeskPlaces;
/* Of each session, by id: DeskPlaces; free with g_ptr_array_unref(). */
GPtrArray *desk_places (Journal *journal, GError **error);

/* A note on a person that only the team sees; "" takes it back. The last word holds. */
gboolean desk_note (Journal *journal, const char *reference, const char *text,
                    const char *volunteer, DeskResult *result, GError **error);
/* "" for none; free with g_free(). */
char *desk_note_of (Journal *journal, const char *reference, GError **error);

#define DESK_PASSAGES_MAX 12
/* An admission that can be taken back. */
typedef struct {
  char *id; /* "STATION:NUMBER" */
  gint64 at_ms;
  char *place_fr, *place_zh;
  gboolean out;
} DeskPassage;
/* Of a person, the last first, at most DESK_PASSAGES_MAX: DeskPassage; free with
 * g_ptr_array_unref(). None at headset desks, where what was lent is given back. */
GPtrArray *desk_passages (Journal *journal, const char *reference, GError **error);
/* Takes an admission back, as if it had not been: a meal scanned, somebody let in by mistake.
 * @passage: its id; NULL: the last. A badge that it printed is void then, so that her ticket
 * opens again. @reason: a word or a text, needed. */
gboolean desk_undo (Journal *journal, const char *reference, const char *passage,
                    const char *volunteer, const char *reason, DeskResult *result, GError **error);

/* The tickets that a person was sent open nothing any more: forwarded, lost with a
 * telephone. Her badge stays good. */
gboolean desk_void_tickets (Journal *journal, const char *reference, const char *reason,
                            const char *volunteer, DeskResult *result, GError **error);

/* Somebody else has taken the badges of @references (NULL-terminated): the name @to as
 * she gave it, and why. */
gboolean desk_hand_over (Journal *journal, const char *const *references, const char *to,
                         const char *reason, const char *volunteer, DeskResult *result,
                         GError **error);
/* Who took the person's badge last, "" for nobody else; free with g_free(). */
char *desk_taker_of (Journal *journal, const char *reference, GError **error);

/* How somebody stands on a day. */
typedef struct {
  gint64 arrived_ms; /* first let in at an entrance that day, Unix milliseconds; 0: not yet */
  gboolean inside;   /* and has not gone out since */
  guint serial;      /* of her good badge, 0 for none */
  guint box;         /* where that badge lies, printed ahead; 0 for nowhere */
  gboolean printing; /* it is still to come out of a printer */
} DeskStanding;
/* @day: an ISO date. */
gboolean desk_standing (Journal *journal, const char *reference, const char *day,
                        DeskStanding *standing, GError **error);

#define DESK_GROUP_MAX 60
typedef struct {
  Delegate *delegate;
  DeskStanding standing;
} DeskMember;
/* The delegation of @reference, herself first, then by name, at most DESK_GROUP_MAX:
 * DeskMember; empty where she has none. Free with g_ptr_array_unref(). */
GPtrArray *desk_group (Journal *journal, const char *reference, const char *day, GError **error);
