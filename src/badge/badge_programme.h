/* badge_programme.h: a person's own days and sessions, in both languages, for the back of
 * the badge: hours in a column of their own in figures of one width, own script first.
 * Threads: as the BadgeTemplate. */
#pragma once

#include "badge/composer.h"

#define BADGE_PROGRAMME_ENTRIES_MAX 60

/* Where the slot is there. All of it in one size, the largest that fits. BADGE_ERROR_FIT,
 * BADGE_ERROR_FONT. */
gboolean badge_programme_compose (Composer *composer, GError **error);
