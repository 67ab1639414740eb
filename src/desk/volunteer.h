/* volunteer.h: who may work at a desk, and how she enters: by her own badge, or by
 * number and PIN.
 *
 * A volunteer is a fact: every station knows her as soon as it has synced. What she
 * types is her number (VOLUNTEER_NUMBER_DIGITS) and at once her PIN
 * (VOLUNTEER_PIN_DIGITS), so that no name has to be chosen from a list that delegates
 * could read. PINs are kept as Argon2id hashes only, of what a secret makes of them
 * (journal/pin_secret.h); a gate holds none.
 *
 * Some have rights of their own (VolunteerRight): to change what this machine does,
 * and to let somebody in against a refusal. While nobody is a leader every volunteer
 * is taken for one, so that a congress that names none is not stuck; nobody overrides
 * without being named.
 *
 * Wrong PINs lock that number at this station, and nobody else: after
 * VOLUNTEER_FREE_TRIES for VOLUNTEER_LOCK_MS, twice as long with each further one, up
 * to VOLUNTEER_LOCK_MAX_MS; a restart does not open it (table `local`). A number that
 * nobody has is locked alike, so that it is not told which there are.
 *
 * Threads: as the Journal. volunteer_enter() blocks for the time of an Argon2id hash,
 * about 0.1 s. */
#pragma once

#include "journal/journal.h"

#define VOLUNTEER_NUMBER_DIGITS 3
#define VOLUNTEER_PIN_DIGITS 5
#define VOLUNTEER_NAME_MAX 60 /* characters */
#define VOLUNTEER_FREE_TRIES 3
#define VOLUNTEER_LOCK_MS 15000
#define VOLUNTEER_LOCK_MAX_MS 900000

typedef enum {
  VOLUNTEER_LEADER = 1 << 0,   /* mode and checkpoint of a station */
  VOLUNTEER_OVERRIDE = 1 << 1, /* admits against a refusal (gate_override()) */
} VolunteerRight;

#define VOLUNTEER_ERROR volunteer_error_quark ()
GQuark volunteer_error_quark (void);
typedef enum {
  VOLUNTEER_ERROR_INPUT,   /* no name, too long, no such delegate, all numbers taken */
  VOLUNTEER_ERROR_UNKNOWN, /* no such volunteer */
} VolunteerError;

typedef struct {
  char *number, *name, *reference;
  gboolean has_pin;
  guint rights; /* VolunteerRight, as she was given them */
} Volunteer;
void volunteer_free (Volunteer *volunteer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Volunteer, volunteer_free)

/* All who are not removed, by number; free with g_ptr_array_unref(). */
GPtrArray *volunteer_all (Journal *journal, GError **error);
/* Adds one, or gives one of the same @name a new PIN. @reference may be ""; @rights are
 * VolunteerRight. Her number and PIN together, as she types them: shown once and kept
 * nowhere. Free with g_free(). */
char *volunteer_add (Journal *journal, const char *name, const char *reference, guint rights,
                     GError **error);
gboolean volunteer_remove (Journal *journal, const char *number, GError **error);

/* The name of the volunteer who wears the badge of @reference, and in *@number what she
 * types before her PIN; both NULL without @error for anybody else. Free with g_free(). */
char *volunteer_of_reference (Journal *journal, const char *reference, char **number,
                              GError **error);
/* Tries @typed. *@name is hers, or NULL; then *@locked_ms is how long no further try of
 * that number is taken, 0 for at once. FALSE only if the replica cannot be read or
 * written. */
gboolean volunteer_enter (Journal *journal, const char *typed, char **name, gint64 *locked_ms,
                          GError **error);
/* What the volunteer of that @name may (VolunteerRight). */
gboolean volunteer_rights (Journal *journal, const char *name, guint *rights, GError **error);
