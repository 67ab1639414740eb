/* tiles.h: events, services and days as rows of tiles, held or not.
 * Threads: as the BadgeTemplate.  */
#pragma once

#include "badge/composer.h"

#define TILES_EVENTS_MAX 6
#define TILES_DAYS_MAX 12

/* Where the slot is there. BADGE_ERROR_FIT, BADGE_ERROR_FONT. */
gboolean tiles_compose_events (Composer *composer, GError **error);
gboolean tiles_compose_services (Composer *composer, GError **error);
gboolean tiles_compose_days (Composer *composer, GError **error);
