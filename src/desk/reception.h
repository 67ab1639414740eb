/* reception.h: what protocol is told of a guest who arrives: who she is, who must
 * receive her, where she sits and who comes with her, as a list of motorcades or
 * arrivals says (congress/appointment.h). The team reads who must receive her, and where.
 *
 * All but `known` may name guests marked for protocol: for protocol's own eyes. Threads: as the
 * Journal. Blocks on disk. */
#pragma once

#include "journal/journal.h"

#define RECEPTION_COMPANY_MAX 8 /* names; of more the number is said */

/* Texts are "" where nothing is known, never NULL. */
typedef struct {
  char *name;
  char *id;      /* of that appointment */
  char *host;    /* who must receive her: as the list says, or the name of that reference */
  char *known;   /* the same, for the whole team: "" for a host who is one of protocol herself */
  char *seat;    /* of honour */
  char *line;    /* the motorcade */
  char *company; /* who comes in it, besides her: names with commas */
} Reception;
void reception_free (Reception *reception);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Reception, reception_free)

/* Of her arrival on @day (an ISO date). */
Reception *reception_read (Journal *journal, const char *reference, const char *day,
                           GError **error);
