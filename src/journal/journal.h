/* journal.h: one replica's facts: the only truth, append-only, chained, in one SQLite
 * file.
 *
 * Everything that happens is a fact. A fact is appended under this replica's own station
 * name with the next sequence number, a hybrid time and a chain value
 *
 *     chain = BLAKE2b-256 (previous chain, station, seq, at, kind, subject, body_hash)
 *
 * (each part preceded by its length, see hash.h; the chain before seq 1 is 32 zero
 * bytes), so that two replicas with equal heads hold the same facts. Facts of other
 * stations arrive by journal_receive(), in seq order for each station. Tables that people
 * query are projections, filled by SQL triggers from facts in the same transaction, the
 * same on every replica once it holds the same facts, whatever order they came in; see
 * schema/.
 *
 * Durability: WAL, synchronous=FULL: when journal_commit() returns TRUE the facts survive
 * a power cut. Several processes may hold the same file open; writers wait for each other
 * up to JOURNAL_BUSY_MS.
 *
 * Threads: a Journal belongs to one thread at a time; open another for another thread.
 * Opening, committing and reading block on disk. Ownership: as GLib: "free with" is said
 * where the caller owns.  */
#pragma once

#include "core/clock.h"
#include "core/hash.h"
#include "core/json.h"
#include "core/sign.h"
#include "journal/journal_error.h"

#include <glib.h>

#define JOURNAL_BATCH_MAX 500
#define JOURNAL_BODY_BYTES_MAX (64 * 1024)
/* The root takes a fact that is later than its arrival by no more than this at its
 * word. */
#define JOURNAL_AHEAD_MS (5 * 60 * 1000)

typedef struct {
  gint64 number; /* order of arrival at this replica; 0 where not known */
  char *station;
  gint64 seq;
  HybridTime at;
  char *kind;
  char *subject;
  char *body; /* JSON; NULL once erased */
  Hash body_hash;
  Hash chain;
  gboolean is_signed; /* its station has signed its head as it was then (head_signature.h) */
  guint8 signature[SIGNATURE_BYTES];
  gboolean is_checked; /* that signature, by journal_check_signature(), and by this key: */
  SignPublic checked_by;
  gboolean is_part; /* the hub has withheld the rest of its body (withheld.h); then: */
  Hash shown;       /* the hash of what is left */
} Fact;

void fact_clear (Fact *fact); /* frees the texts, not the struct */
void fact_free (Fact *fact);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Fact, fact_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fact, fact_clear)

/* Opening ---------------------------------------------------------------------------- */

/* Hub, agent and kiosk are users of one group where the replica's folder is that
 * group's (set group id and writable, as the packages make it): there its file is the
 * group's too, 0660, and elsewhere its owner's alone, 0600. */
int journal_file_mode (const char *path);
/* Creates the file @path (with that mode) as the replica of @station with a new
 * signing key, and appends its `station` fact. Fails with EXISTS if there is a file. */
Journal *journal_create (const char *path, const char *station, Clock clock, GError **error);
/* Opens an existing replica, migrating an older schema (see schema.h). */
Journal *journal_open (const char *path, Clock clock, GError **error);
void journal_close (Journal *journal); /* NULL-safe; rolls back an open transaction */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Journal, journal_close)

const char *journal_station (Journal *journal);
const char *journal_path (Journal *journal);
/* The clock that it was opened with, corrected where that is the machine's own. */
gint64 journal_now_ms (Journal *journal);
/* The same without correction. */
gint64 journal_machine_ms (Journal *journal);
/* @text: the local value JOURNAL_LOCAL_HUB_CLOCK as it is now, NULL for none. It is read
 * once when the replica is opened; who keeps it open and decides by the time looks
 * again. */
void journal_correct_clock (Journal *journal, const char *text);
/* The time of the last fact held, as far as the root bears it out; 0 for none. */
gboolean journal_latest_ms (Journal *journal, gint64 *ms, GError **error);
/* TRUE in *@impossible if the machine's clock, corrected, is more than
 * JOURNAL_CLOCK_BEHIND_MS before what is known to have happened: a dead battery, say. A
 * person must be asked. */
#define JOURNAL_CLOCK_BEHIND_MS (12 * 3600 * 1000LL)
gboolean journal_clock_is_impossible (Journal *journal, gboolean *impossible, gint64 *latest_ms,
                                      GError **error);

/* Writing ---------------------------------------------------------------------------- */

/* The file was deleted, or another took its place, since it was opened: what is written
 * would be lost with it. */
gboolean journal_has_moved (Journal *journal);
/* Takes the write lock (BEGIN IMMEDIATE). What is read after it stays true until commit.
 * Not nestable. Fails if the file has moved. */
gboolean journal_begin (Journal *journal, GError **error);
/* Durable when it returns TRUE. On failure the transaction is rolled back. */
gboolean journal_commit (Journal *journal, GError **error);
void journal_rollback (Journal *journal); /* harmless without a transaction */
/* Ends the transaction: commits what went well (@good), takes back what did not. TRUE if
 * it is committed. */
gboolean journal_finish (Journal *journal, gboolean good, GError **error);

/* Appends one own fact; needs a transaction. @body is JSON text of an object. @seq may be
 * NULL. INVALID: it has not its kind's form (fact_form.h). ROLE: this station may not
 * write it (authority.h), and the message says who may. SETTLING: nor may a hub that was
 * restored, yet. */
gboolean journal_append (Journal *journal, const char *kind, const char *subject, const char *body,
                         gint64 *seq, GError **error);

/* Takes facts of other stations (or our own, given back): needs a transaction. What its
 * writer could not write is stored, since a chain has no gaps, and kept apart: it has no
 * effect on the projections, until the root says otherwise. Facts already held are
 * passed over; @taken (may be NULL) counts the new ones. Stops with GAP or CHAIN at the
 * first fact that does not follow its station's head. */
gboolean journal_receive (Journal *journal, const Fact *facts, guint count, guint *taken,
                          GError **error);

/* The same for one station that speaks for itself: UNSIGNED, and nothing is stored,
 * if it should sign its head and has not. At the root: one that signs for the first
 * time, by the key that it was enrolled with, has to from then on (head_signature.h). */
gboolean journal_receive_own_word (Journal *journal, const Fact *facts, guint count, guint *taken,
                                   GError **error);
/* The same of what the hub sends, which alone is believed where it withholds a part
 * (withheld.h); elsewhere such a fact is INVALID. One that is whole, of which a part was
 * held, takes its place. */
gboolean journal_receive_from_hub (Journal *journal, const Fact *facts, guint count, guint *taken,
                                   GError **error);
/* Checks the signature of the last of @facts, all of one station, by the key that the
 * root has named: whoever receives them does not check it again. So the writer's thread
 * has nothing to compute. Without effect where no key is named. Needs no transaction. */
gboolean journal_check_signature (Journal *journal, Fact *facts, guint count, GError **error);
/* Signs @fact, an own one, as this station's head; without effect where it has no key. */
gboolean journal_sign (Journal *journal, Fact *fact, GError **error);

/* Reading ---------------------------------------------------------------------------- */

typedef struct {
  char *station;
  gint64 seq;
  HybridTime at;
  Hash chain;
} JournalHead;
/* The head of every station, by name: JournalHead, free with g_ptr_array_unref(). */
GPtrArray *journal_heads (Journal *journal, GError **error);
/* The head of one station; seq 0 if it has no facts here. @chain may be NULL. */
gboolean journal_head (Journal *journal, const char *station, gint64 *seq, Hash *chain,
                       GError **error);
/* One digest over all heads, 64 hex digits: equal on replicas that hold the same facts.
 * Free with g_free(). */
char *journal_heads_digest (Journal *journal, GError **error);

/* The facts of @station from @after_seq on, in seq order, at most @limit: Fact, free with
 * g_ptr_array_unref(). */
GPtrArray *journal_facts_of (Journal *journal, const char *station, gint64 after_seq, guint limit,
                             GError **error);
/* The facts after arrival @number, in that order, leaving out those of @except (may be
 * NULL), at most @limit. */
GPtrArray *journal_facts_after (Journal *journal, gint64 number, const char *except, guint limit,
                                GError **error);
/* The highest arrival number, 0 when empty. */
gint64 journal_last_number (Journal *journal, GError **error);

/* A value that changes when another connection (of this or another process) has
 * committed: compare with the last one. Costs microseconds. */
gint64 journal_data_version (Journal *journal);
/* Blocks until the file is changed by another connection, @timeout_ms is over, or @stop
 * (may be NULL) is set; looks every JOURNAL_POLL_MS. @seen is the last data version known
 * and is updated. TRUE if it changed. */
#define JOURNAL_POLL_MS 15
gboolean journal_wait (Journal *journal, gint64 *seen, gint timeout_ms, gint *stop);

/* Local values ----------------------------------------------------------------------- */

/* A value of this replica alone, never copied elsewhere. NULL if not set; free with
 * g_free(). */
char *journal_local (Journal *journal, const char *name, GError **error);
/* The same for whoever must tell "not set" from "cannot be read": FALSE only for the
 * latter; *@value is NULL if it is not set, and the caller's. */
gboolean journal_read_local (Journal *journal, const char *name, char **value, GError **error);
/* Sets it (NULL removes); inside the caller's transaction if there is one, else in its
 * own. */
gboolean journal_set_local (Journal *journal, const char *name, const char *value, GError **error);

#define JOURNAL_LOCAL_STATION "station"
#define JOURNAL_LOCAL_ROOT "root" /* the hub's own station's name; see journal_set_root() */
/* What the hub last said no to, as words of sync/client_terms.h. */
#define JOURNAL_LOCAL_HUB_PUSH_REFUSAL "hub-push-refusal"
#define JOURNAL_LOCAL_HUB_PULL_REFUSAL "hub-pull-refusal"
/* SQL: 1 if this station was revoked, or is an older copy: nobody hears what it does. */
#define JOURNAL_SHUT_OUT                                                                           \
  "EXISTS (SELECT 1 FROM local WHERE name IN ('" JOURNAL_LOCAL_HUB_PUSH_REFUSAL                    \
  "', '" JOURNAL_LOCAL_HUB_PULL_REFUSAL "') AND value IN ('revoked', 'older'))"
#define JOURNAL_LOCAL_HUB_CLOCK "hub-clock" /* how far our clock is off (clock_correction.h) */
#define JOURNAL_LOCAL_STATION_SECRET "station-secret" /* signs badges */
#define JOURNAL_LOCAL_TICKET_SECRET                                                                \
  "ticket-secret" /* signs tickets; only where `accueil key new` was run */

/* Authority -------------------------------------------------------------------------- */

/* Set where a hub was restored from an older copy: as long as it stands, the root appends
 * nothing of its own (replication/settling.h). */
#define JOURNAL_LOCAL_SETTLING "settling"

/* The root is the hub's own station, from which this replica learns who may write what
 * (authority.h). Needs a transaction; another root than before has all facts judged again
 * and the projections filled anew at its commit. */
gboolean journal_set_root (Journal *journal, const char *station, GError **error);
/* NULL without @error while none is known: then only the form of facts is judged. Free
 * with g_free(). */
char *journal_root (Journal *journal, GError **error);

/* Care ------------------------------------------------------------------------------- */

typedef void (*JournalProgress) (gint64 done, gint64 total, gpointer data);

/* Recomputes every body hash and chain. TRUE if all hold. FALSE with @error NULL-safe:
 * CHAIN names station and seq of the first fault and what differs. @checked counts facts,
 * may be NULL. */
gboolean journal_verify (Journal *journal, gint64 *checked, JournalProgress progress, gpointer data,
                         GError **error);
/* Empties and refills all projections in one transaction. */
gboolean journal_rebuild (Journal *journal, GError **error);
/* Writes all facts of one moment to the new file @path: no projections, nothing local. */
gboolean journal_snapshot (Journal *journal, const char *path, GError **error);
/* The same for a gate: what a gate does not get (withheld.h) is not written to it. A
 * replica takes either by journal_merge(). */
gboolean journal_snapshot_for_gate (Journal *journal, const char *path, GError **error);
/* A copy with projections, the local table and all: another replica of the same name, to
 * be kept and not to be used. */
gboolean journal_copy (Journal *journal, const char *path, GError **error);
/* Copies what the write-ahead log holds back into the file, as far as nobody reads from
 * it, and waits for no one: so that who commits need not do it. @pages: how long the log
 * was. */
gboolean journal_checkpoint (Journal *journal, guint *pages, GError **error);
/* Takes all facts of another replica's file (a snapshot, a dead station's disk) that
 * this one does not hold, in its own transactions of JOURNAL_BATCH_MAX facts,
 * checking chains. @left: those of stations that sign their heads and have not signed
 * so far, whoever wrote them there, and those from the first on of which it holds a
 * part only (withheld.h). @source_last: the highest number in the source; all three
 * may be NULL. */
gboolean journal_merge (Journal *journal, const char *path, gint64 *taken, gint64 *left,
                        gint64 *source_last, GError **error);
/* The same of what the hub has just sent, whose parts are believed: all or nothing. */
gboolean journal_merge_from_hub (Journal *journal, const char *path, gint64 *taken, GError **error);
/* FALSE with CONGRESS if @path is a replica of another congress: both know what congress
 * they are of (the `identity` in its facts, given where an event file is loaded first),
 * and none is the same. Where one knows none, or the congress's event file was loaded at
 * two places that have met since, all is well.  */
gboolean journal_check_congress (Journal *journal, const char *path, GError **error);
/* The identity of this replica's congress, of several the first; NULL without @error for
 * none. Free with g_free(). */
char *journal_congress (Journal *journal, GError **error);
/* All rows of all projections as text, sorted, one line a row ("table|col|col…"): equal
 * on equal replicas. For tests and `accueil verify --projections`. */
char *journal_projections_text (Journal *journal, GError **error);

/* Facts ------------------------------------------------------------------------------ */

/* TRUE if the body has the hash that the chain covers, or was erased; of a part, if
 * it has its own. */
gboolean fact_body_holds (const Fact *fact);
/* The hash of the part that is shown: zero where there is none. */
Hash fact_shown (const Fact *fact);
/* The chain value of @fact after @previous. */
Hash fact_chain (const Hash *previous, const Fact *fact);
