/* wording.h: what is said to delegates and volunteers, in French and Chinese together.
 * Tables only. Threads: reentrant.  */
#pragma once

#include "access/decision.h"

typedef struct {
  const char *fr, *zh;
} Wording;

/* One sentence for a verdict: "Bienvenue" / "欢迎光临"; never blame, never technical words. @detail as in AccessAnswer. */
Wording wording_verdict (Verdict verdict, const char *detail);
/* What to do next: "Bureau d'accueil" … ; empty texts where nothing is to be done. */
Wording wording_remedy (Verdict verdict, const char *detail);
/* A printer-state-reason of IPP without its severity ("media-empty"): what is wrong and what to do. Any other: a general word. */
Wording wording_printer_reason (const char *reason);
