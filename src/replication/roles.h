/* roles.h: the root's word on its stations, as facts that every replica obeys
 * (journal/authority.h): what each may write, and from which of its numbers on nothing
 * that it wrote counts.
 * Threads: as the Journal. Blocks on disk. */
#pragma once

#include "journal/authority.h"
#include "journal/journal.h"

#define ROLES_ERROR roles_error_quark ()
GQuark roles_error_quark (void);
typedef enum {
  ROLES_ERROR_UNKNOWN, /* no station of that name has facts or an invitation here */
  ROLES_ERROR_NUMBER,  /* a station's numbers begin at 1 */
} RolesError;

#define ROLES_USUAL ROLE_DESK /* of a station that is invited without a word about it */

/* Makes this replica's own station the root, if none is known. What other stations have
 * written until then stays as true as it was: each gets the office's role up to the
 * number held here, and, if enrolled, ROLES_USUAL from there on. Inside the caller's
 * transaction. */
gboolean roles_found (Journal *journal, GError **error);
/* The role that @station has for what it writes next; ROLE_NONE if none. */
gboolean roles_of (Journal *journal, const char *station, Role *role, GError **error);
/* Gives @station its role from its next number on, or if it never had one from its first;
 * @public: the key that the root vouches for, or NULL. Nothing is written if all is so
 * already. Inside the caller's transaction. */
gboolean roles_give (Journal *journal, const char *station, Role role, const char *public,
                     GError **error);
/* @station signs its heads by @public: from its next number on nothing of it counts
 * unsigned (journal/head_signature.h). Once said it stays. In a transaction of its
 * own. */
gboolean roles_sign (Journal *journal, const char *station, const char *public, GError **error);
/* The same as roles_give() for a command: in a transaction of its own; UNKNOWN if nobody
 * knows @station. */
gboolean roles_set (Journal *journal, const char *station, Role role, GError **error);
/* What @station has written from @from on counts nowhere any more, for good. In a
 * transaction of its own. *@held: how many facts of it are held here from there on. */
gboolean roles_disown (Journal *journal, const char *station, gint64 from, const char *reason,
                       gint64 *held, GError **error);
