/* session_role.h: the roles that people have in a session, in words.
 *
 * A registration holds a role as one French word (roster/value.h), whatever a list wrote.
 * Threads: reentrant. Nothing here blocks or fails.  */
#pragma once

#include "core/words.h"
#include "vocabulary/gender.h"

/* "speaker", "moderator" or "chair" of the word that is held; NULL for another. */
const char *session_role_name (const char *held);
/* As it is said of somebody; the word itself twice where it is none of them. */
Pair session_role_words (const char *held, Gender gender);
