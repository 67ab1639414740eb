/* gate.h: a station at work at one checkpoint: a scanned text in, a durable decision
 * out.
 *
 * A scan is read first (the code, its signature), then decided in one transaction:
 * look up the delegate, decide, append `passage` (and on a first admission
 * `badge-issued`, for a headset desk `loan`), commit. When gate_scan() returns, the
 * facts are on disk. Where headsets have codes, a headset desk asks for two
 * (headset_desk.h): the first alone is no fact.
 *
 * Tickets are checked against the congress's keys only, badges against the stations'
 * keys only: a station's key makes no tickets. A code of nobody leaves a passage
 * without subject, and nothing of its text. Facts never hold a text that was scanned.
 *
 * Never needs the network. Threads: as the Journal. Blocks on disk, a few
 * milliseconds at most. */
#pragma once

#include "credential/issue.h"
#include "station/gate_result.h"
#include "vocabulary/wording.h"

#define GATE_VOLUNTEER_MAX ISSUE_VOLUNTEER_MAX /* characters kept of gate_admit()'s texts */
#define GATE_REASON_MAX ISSUE_TEXT_MAX

#define GATE_ERROR gate_error_quark ()
GQuark gate_error_quark (void);
typedef enum {
  GATE_ERROR_CLOCK,    /* this machine's clock cannot be right: ask a person */
  GATE_ERROR_SHUT_OUT, /* the hub has revoked this station, or knows its replica as an old copy */
} GateError;

typedef struct _Gate Gate;

/* @checkpoint must exist in the replica: CHECKPOINT_ERROR otherwise. The gate notices new
 * definitions and keys by itself. */
Gate *gate_open (Journal *journal, const char *checkpoint, GError **error);
void gate_close (Gate *gate);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Gate, gate_close)
const Checkpoint *gate_checkpoint (const Gate *gate);
/* This machine stands at the way out of the checkpoint. */
void gate_set_exit (Gate *gate);

/* When it may be tried again, as a person reads it: “From 11:00.” (wording_next()); empty
 * where nothing is to be said. */
OwnedPair gate_next_wording (const Gate *gate, const GateResult *result);

/* Reads @text and checks its signature; decides and writes nothing. @code must stay
 * where it is, and is good until the gate is asked to read or scan again. FALSE only if
 * the replica cannot be read, the checkpoint was taken out of the event file, or the
 * station is SHUT_OUT or its CLOCK is impossible. */
gboolean gate_read (Gate *gate, const char *text, GateCode *code, GError **error);
/* Decides what gate_read() has read: as gate_scan(). */
gboolean gate_decide (Gate *gate, const GateCode *code, GateResult *result, GError **error);
/* Both. Every text gets a verdict; FALSE only if the replica cannot be read or written,
 * the checkpoint has been taken out of the event file, or a person's serials are used up
 * (ISSUE_ERROR), and then nothing was decided. @result is cleared first; before its first
 * use it must be zeroed.  */
gboolean gate_scan (Gate *gate, const char *text, GateResult *result, GError **error);
/* Without a code: a volunteer found the person. @volunteer and @reason go into the
 * fact. */
gboolean gate_admit (Gate *gate, const char *reference, const char *volunteer, const char *reason,
                     GateResult *result, GError **error);
/* As gate_admit(), and against a refusal that the programme gives (not entitled, not
 * today, closed, full, already in); the fact then holds both. Who may is the caller's to
 * ask (desk/volunteer.h); neither text may be empty. */
gboolean gate_override (Gate *gate, const char *reference, const char *volunteer,
                        const char *reason, GateResult *result, GError **error);
/* At a headset desk, by hand: @out hands one out, else it is taken back. What is so
 * already is ALREADY_IN ("loan", or "returned") and writes nothing, so that a second
 * touch does not undo the first. */
gboolean gate_loan (Gate *gate, const char *reference, gboolean out, const char *volunteer,
                    GateResult *result, GError **error);
/* Whose code was read, valid or not any more: *@delegate is hers (free with
 * delegate_free()), NULL for nobody's and for one that is forged. Decides and writes
 * nothing. */
gboolean gate_owner (Gate *gate, const GateCode *code, Delegate **delegate, GError **error);
/* Who wears the badge that was read, if it is one that is good and that this replica
 * knows; decides and writes nothing. NULL without @error for any other code. Free with
 * g_free(). */
char *gate_wearer (Gate *gate, const GateCode *code, GError **error);
