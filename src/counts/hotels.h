/* hotels.h: for the shuttles: who is expected to ride from each hotel on a day.
 *
 * - people: registered for the day, neither withdrawn nor yet to be confirmed, with local
 *   transport in the registration.
 * - ridden: of those, who was admitted at a shuttle on that day.
 * - arrived: of those, who was admitted at an entrance on that day: nobody waits for them.
 *
 * Threads: as the Journal. Blocks on disk. */
#pragma once

#include "journal/journal.h"

typedef struct {
  char *reference, *name, *delegation; /* name: "" for a guest of the protocol */
  gboolean ridden, arrived;
} HotelsGuest;

typedef struct {
  char *hotel; /* as lists write it; "" where they name none */
  guint people, ridden, arrived;
  GPtrArray *guests; /* HotelsGuest by delegation and reference */
} HotelsHotel;

/* On the day of that date, by hotel: HotelsHotel; free with g_ptr_array_unref(). */
GPtrArray *hotels_read (Journal *journal, const char *date, GError **error);
