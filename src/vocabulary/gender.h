/* gender.h: how a person is addressed, so that a word of French agrees with her.
 *
 * Only a form of address says so; a name never does.
 *
 * Threads: reentrant. Nothing here blocks.  */
#pragma once

#include <glib.h>

typedef enum { GENDER_UNKNOWN, GENDER_WOMAN, GENDER_MAN } Gender;

/* Of « Mme », « Monsieur », “Mrs”, 女士 …; GENDER_UNKNOWN for "", “Dr” and all else. */
Gender gender_of_title (const char *title);
