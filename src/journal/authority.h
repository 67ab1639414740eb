/* authority.h: who may write what: which role may write which kind of fact, about whom,
 * within which bounds. One table; src/trust.md has the reasons.
 *
 * The root is the hub's own station. It gives every other station its role, from a number
 * of that station's facts on, and may end it or disown what was written from a number on.
 * Nobody's own fact changes what its writer may do.
 *
 * Must not know: SQLite, or what a replica holds (standing.h does).
 * Threads: reentrant. Nothing here blocks or fails.  */
#pragma once

#include <glib.h>

typedef enum {
  ROLE_NONE,   /* writes nothing that counts: ended, or never given */
  ROLE_GATE,   /* scans: passages, badges, their printing, loans, calls */
  ROLE_DESK,   /* and what a volunteer does at a desk */
  ROLE_OFFICE, /* and what an organiser does: event file, lists, keys, volunteers */
  ROLE_ROOT,   /* and erasures, roles, revocations, disowning: the hub's own station */
} Role;

const char *authority_role_name (Role role); /* "gate", as facts and commands have it */
/* FALSE if @name is no role that a station can be given: gate, desk, office, none. */
gboolean authority_role_from_name (const char *name, Role *role);

/* NULL if @station with @role may write this fact, else why not: "role" (the kind is not
 * for it), "subject" (not about that one) or "bounds". Static. @body is a checked JSON
 * object that has its kind's form (fact_form.h), or NULL. */
const char *authority_fault (Role role, const char *station, const char *kind, const char *subject,
                             const char *body);
/* TRUE for what the root alone may write, at all times. */
gboolean authority_is_root_only (const char *kind);
/* The least role that may write @kind. */
Role authority_least (const char *kind);
