/* alert.h: what a person should look at: a void badge shown somewhere, a badge that was
 * copied, a forged code, a
 * protocol guest who has arrived, a badge that came out twice, may have come out or did
 * not, a badge whose text is no longer true, two stations that contradict each other, a
 * station that wrote what it may not, two machines of one name, one that sends far too
 * much, a call for the team.
 *
 * Derived from the facts (view `alert`), so every station says the same once it has
 * synced. A volunteer closes an alert, with a reason, as a fact; what happens again after
 * that opens it again. Alerts about print jobs close themselves when the job is answered
 * or the badge printed again.
 *
 * Threads: as the Journal. Blocks on disk, some milliseconds.  */
#pragma once

#include "desk/reception.h"
#include "vocabulary/desk_verdict.h"

typedef enum {
  ALERT_BADGE_VOID,
  ALERT_DOUBLE,
  ALERT_FORGED,
  ALERT_PROTOCOL,
  ALERT_REPEATED,
  ALERT_UNSURE,
  ALERT_FAILED,
  ALERT_UNTRUE,
  ALERT_CONFLICT,
  ALERT_APART,
  ALERT_FORK,
  ALERT_OLDER,
  ALERT_EXCESS,
  ALERT_CALL,
  ALERT_HEADSET,
  ALERT_KIND_COUNT
} AlertKind;
/* "badge-void" "double" "forged" "protocol" "repeated" "unsure" "failed" "untrue"
 * "conflict" "apart" "fork" "older" "excess" "call" */
const char *alert_kind_name (AlertKind kind);

/* All texts are "" where there is nothing to say. */
typedef struct {
  char *id;
  AlertKind kind;
  char *reference, *name; /* name: as on the badge; "" for a guest who arrives quietly */
  guint serial;           /* of the badge, 0 for none */
  char *issuer;
  char *checkpoint, *checkpoint_fr, *checkpoint_zh; /* where it happened last: id and names */
  char *other;    /* of a copied badge: the checkpoint that it was shown at before. The names then
                  are both checkpoints' */
  char *station;  /* that saw it */
  char *job;      /* print job */
  gint64 at_ms;   /* when it happened last, Unix milliseconds */
  guint happened; /* how often */
  gboolean closed;
  Reception *reception; /* of ALERT_PROTOCOL; else NULL */
} Alert;
void alert_free (Alert *alert);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Alert, alert_free)

/* Open ones, newest first, or all: Alert; free with g_ptr_array_unref(). */
GPtrArray *alert_list (Journal *journal, gboolean all, GError **error);
/* What happened, and what to do. */
Pair alert_wording (const Alert *alert);
Pair alert_remedy (const Alert *alert);
/* Who must receive a guest of protocol, « À recevoir par Li Na », as the team may read it;
 * empty texts for nobody. Clear with words_owned_clear(). */
OwnedPair alert_host (const Alert *alert);
/* What the touch that closes it is called, a msgid. */
const char *alert_act (const Alert *alert);

/* DESK_CLOSED or DESK_ALREADY; DESK_NO_ALERT; DESK_JOB_UNSURE and DESK_JOB_FAILED for
 * what is closed by an answer (desk.h). Closing that of a guest of protocol says that she
 * was met (appointment_append_met()). @seen: how often it had happened on the
 * volunteer's screen, 0 for all there is. As desk.h for the rest. */
gboolean alert_close (Journal *journal, const char *id, guint seen, const char *volunteer,
                      const char *reason, DeskResult *result, GError **error);
/* The same, also of what is closed by an answer: its station goes on asking for that. */
gboolean alert_put_aside (Journal *journal, const char *id, guint seen, const char *volunteer,
                          const char *reason, DeskResult *result, GError **error);

/* What stands in no fact and needs a person all the same, by ids of whoever finds it:
 * "speaker:…", "silent:…", "printer:…". Closed as an alert is; @seen is larger when it
 * happens again. */
gboolean alert_close_matter (Journal *journal, const char *id, guint seen, const char *volunteer,
                             const char *reason, DeskResult *result, GError **error);
/* id → gint64 *, the largest @seen of those that were closed. Free with
 * g_hash_table_unref(). */
GHashTable *alert_closed_matters (Journal *journal, GError **error);
