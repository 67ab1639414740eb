/* notary.h: the heads of all stations, dated and signed, as a text to be kept elsewhere:
 * by somebody else, or on paper.
 *
 * Equal heads prove equal facts, so whoever holds such a text can show later that the
 * past was changed, by whomever: also by who owns the hub, who could write a history
 * anew whose chains hold. The text is for people and for notary_check(): one line each
 * of
 *
 *   accueil heads 1 / station NAME / time 2016-10-26T01:12:00Z / head NAME NUMBER CHAIN … /
 *   key BASE64 / signature BASE64
 *
 * Signed (Ed25519, the station's key) is BLAKE2b-256 of all that stands before the
 * signature.
 * Threads: as the Journal. */
#pragma once

#include "journal/journal.h"

#define NOTARY_BYTES_MAX (1024 * 1024)

/* Of all that this replica holds. Free with g_free(). */
char *notary_statement (Journal *journal, GError **error);

typedef struct {
  char *station, *time; /* who signed, and when */
  gboolean known;       /* by the key that this replica knows of that station */
  guint heads;          /* that are as they were */
} NotaryReport;
void notary_report_clear (NotaryReport *report);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NotaryReport, notary_report_clear)

/* TRUE if this replica still says all that it said then. INVALID: no such text, or it
 * was altered. CHAIN: the past was changed here. GAP: facts that were known then are not
 * here. */
gboolean notary_check (Journal *journal, const char *text, NotaryReport *report, GError **error);
