/* enrolment.h: which stations may speak to this hub: one-time codes, tokens, revocation.
 *
 * A token is "STATION.SECRET"; the hub keeps only its BLAKE2b-256. The same holds for the
 * secret of a one-time code. Both are compared in constant time.
 * Threads: as the Journal. Blocks on disk. What changes something commits its own
 * transaction.  */
#pragma once

#include "core/identifier.h"
#include "journal/authority.h"
#include "journal/journal.h"

#define ENROLMENT_CODE_PREFIX "ACCUEIL1:"
#define ENROLMENT_INVITATION_MS (60 * 60 * 1000)
/* Of the other hubs' addresses so many stand in a code: it is drawn as a QR symbol. */
#define ENROLMENT_CODE_OTHERS_MAX 3

#define ENROLMENT_ERROR enrolment_error_quark ()
GQuark enrolment_error_quark (void);
typedef enum {
  ENROLMENT_ERROR_NAME,    /* no valid station name, or the hub's own */
  ENROLMENT_ERROR_KEY,     /* the station's public key is none */
  ENROLMENT_ERROR_REFUSED, /* the code is wrong, used or expired */
  ENROLMENT_ERROR_TAKEN,   /* the name belongs to another machine: another key is known under it */
  ENROLMENT_ERROR_UNKNOWN, /* no such station */
} EnrolmentError;

/* Makes a one-time code for @station, good for ENROLMENT_INVITATION_MS; a code made
 * before for the same station is void. The text holds @url, @pin, the name and a secret.
 * Free with g_free(). */
char *enrolment_invite (Journal *journal, const char *station, const char *url, const char *pin,
                        GError **error);
/* The role that @station, invited or enrolled, is to have when it enrols next (roles.h);
 * where it was never said it keeps what it has, or gets ROLES_USUAL. */
gboolean enrolment_set_role (Journal *journal, const char *station, Role role, GError **error);
/* One code for @count stations, whatever their names, until @until_ms (group_code.h). */
char *enrolment_invite_group (Journal *journal, const char *group, gint64 count, gint64 until_ms,
                              Role role, const char *url, const char *pin, GError **error);

/* What a station shows. */
typedef struct {
  const char *station, *secret;
  const char *group; /* NULL: the code is the station's own */
} EnrolmentCode;
/* Whether that is an open invitation's secret; else REFUSED or NAME. Writes nothing, so
 * that a wrong one never reaches the hub's writer. */
gboolean enrolment_is_invited (Journal *journal, const EnrolmentCode *code, GError **error);
/* Whether codes wait to be used by stations that will be gates, and by others. */
gboolean enrolment_awaits (Journal *journal, gboolean *gates, gboolean *others, GError **error);
/* Trades the secret of a code for a token; @public is the station's key as base64,
 * for which the root vouches from now on with the station's role. A station that was
 * revoked is good again by a code of its own, which every replica is told. Free with
 * g_free(). */
char *enrolment_redeem (Journal *journal, const EnrolmentCode *code, const char *public,
                        GError **error);
/* Whose token is it? FALSE with *@station empty and no error if nobody's, or a revoked
 * station's; FALSE with @error if that cannot be read. */
gboolean enrolment_admits (Journal *journal, const char *token, char station[STATION_NAME_MAX + 1],
                           GError **error);
/* Refuses the station from now on, and appends the fact by which all replicas refuse its
 * badges. */
gboolean enrolment_revoke (Journal *journal, const char *station, GError **error);
/* Ends its token and its invitation alone: what it issued stays as it is. */
gboolean enrolment_shut_out (Journal *journal, const char *station, GError **error);
/* A value that changes when a station is revoked. */
gint64 enrolment_revocations (Journal *journal);

typedef struct {
  char *station;
  gint64 expires_ms;  /* of an open invitation, else 0 */
  gint64 enrolled_ms; /* 0: not yet */
  gint64 revoked_ms;  /* 0: not */
  gint64 last_ms;     /* last contact, 0: never */
  gint64 seq;         /* head here */
} Enrolment;
/* All that were ever invited, by name: Enrolment, free with g_ptr_array_unref(). */
GPtrArray *enrolment_list (Journal *journal, GError **error);

/* Notes last contacts: station name → gint64 * milliseconds. */
gboolean enrolment_touch (Journal *journal, GHashTable *contacts, GError **error);
