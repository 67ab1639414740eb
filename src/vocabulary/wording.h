/* wording.h: what is said to delegates and volunteers of a verdict or a printer.
 *
 * Tables of msgids only; the texts come from the catalogues (core/words.h), in both
 * languages of the congress. Every text is one or two short sentences that blame nobody
 * and name what to do. Texts are never NULL, and static.
 * Threads: reentrant.  */
#pragma once

#include "core/words.h"
#include "vocabulary/checkpoint_kind.h"
#include "vocabulary/printer_reason.h"
#include "vocabulary/verdict.h"
#include "vocabulary/direction.h"

/* One sentence for a verdict: "Bienvenue" / "欢迎光临". @detail as in DecisionAnswer; one
 * that is not known gets the general sentence of its verdict. */
Pair wording_verdict (Verdict verdict, const char *detail);
/* The same to the team, of somebody: "Le repas n’est pas compris dans cette
 * inscription". */
Pair wording_told (Verdict verdict, const char *detail);
/* Of a right that was used before, by where it is used: "Votre repas est déjà
 * enregistré". */
Pair wording_used (CheckpointKind kind);
/* The same for ADMITTED where the place is known: "Bon appétit", "À bientôt", "Casque
 * rendu, merci". @direction IN or OUT. */
Pair wording_admitted (CheckpointKind kind, Direction direction);
/* What to do next: "Bureau d’accueil" …; empty texts where nothing is to be done. */
Pair wording_remedy (Verdict verdict, const char *detail);
/* TRUE where that is the welcome desk's to do. */
gboolean wording_leads_to_desk (Verdict verdict, const char *detail);

/* When it may be tried again: “From 11:00.”, “On 27 October from 09:00.”, “On 27
 * October.” @today and @day are ISO dates, "" for no day: then both texts are empty.
 * @minute is -1 for a whole day. */
OwnedPair wording_next (const char *today, const char *day, gint minute);
/* The station cannot read or write its replica: nothing was decided, and who is to be
 * called. */
Pair wording_standstill (void);
/* What is wrong with a printer and what to do about it. */
Pair wording_trouble (PrinterReason trouble);
/* The same by keyword, as it stands in a job's last fact ("media-empty"). Any other, or
 * NULL: a general word. */
Pair wording_printer_reason (const char *reason);
