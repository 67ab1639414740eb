/* compose.h: a person's content onto the page of a template. Composed first, so that a
 * text that does not fit is found before anything is drawn.
 *
 * Threads: as the BadgeTemplate.  */
#pragma once

#include "badge/badge_page.h"

#define COMPOSE_QR_MODULE_MIN_MM 0.5

/* @one_bit: for a raster of one bit; so it is anyway where the template says so.
 * BADGE_ERROR_FIT, BADGE_ERROR_FONT. */
BadgePage *compose_page (BadgeTemplate *template_, const BadgeContent *content, gboolean one_bit,
                         GError **error);

/* Tells every slot whose text does not fit, not only the first; slots with conditions
 * too. */
typedef void (*ComposeTrouble) (SlotId slot, const GError *error, gpointer data);
void compose_try (BadgeTemplate *template_, const BadgeContent *content, ComposeTrouble trouble,
                  gpointer data);
