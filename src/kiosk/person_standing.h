/* person_standing.h: a person in a list of the desk's, and how she stands today: arrived,
 * her badge on its way, printed ahead, not here yet.
 *
 * Must not know: GTK. Ownership: all belongs to it; texts are never NULL. Threads:
 * immutable once made; reading is as the Journal and blocks on disk. */
#pragma once

#include "desk/desk.h"
#include "kiosk/guest.h"

typedef struct {
  Guest *guest;
  DeskStanding standing;
  char *arrived; /* "09:12" at the venue, "" for not yet */
} PersonStanding;

PersonStanding *person_standing_new (const Delegate *delegate, const DeskStanding *standing,
                                     const Programme *programme);
void person_standing_free (PersonStanding *person);
/* In words; free with words_owned_clear(). */
OwnedPair person_standing_said (const PersonStanding *person);
/* The name of a picture that says the same. */
const char *person_standing_icon (const PersonStanding *person);
