#include "kiosk/person_standing.h"

#include "core/words.h"
#include "kiosk/venue_time.h"

typedef enum { GONE, ON_ITS_WAY, ARRIVED, IN_BOX, AHEAD, AWAITED } State;

PersonStanding *person_standing_new (const Delegate *delegate, const DeskStanding *standing,
                                     const Programme *programme)
{
  PersonStanding *person = g_new0 (PersonStanding, 1);

  person->guest = guest_new (delegate, programme);
  person->standing = *standing;
  person->arrived = standing->arrived_ms > 0
                        ? venue_time_format (programme, standing->arrived_ms, VENUE_TIME_CLOCK)
                        : g_strdup ("");
  return person;
}

void person_standing_free (PersonStanding *person)
{
  if (person == NULL)
    return;
  guest_unref (person->guest);
  g_free (person->arrived);
  g_free (person);
}

static State state_of (const PersonStanding *person)
{
  const DeskStanding *standing = &person->standing;

  return person->guest->revoked       ? GONE
         : person->arrived[0] != '\0' ? ARRIVED
         : standing->printing         ? ON_ITS_WAY
         : standing->box > 0          ? IN_BOX
         : standing->serial > 0       ? AHEAD
                                      : AWAITED;
}

static OwnedPair owned (Pair said)
{
  return (OwnedPair){ g_strdup (said.first), g_strdup (said.second) };
}

OwnedPair person_standing_said (const PersonStanding *person)
{
  g_autofree char *box = g_strdup_printf ("%u", person->standing.box);

  switch (state_of (person)) {
  case GONE:
    return owned (words_pair (N_ ("Withdrawn")));
  case ON_ITS_WAY:
    return owned (words_pair (N_ ("Badge on its way")));
  case ARRIVED:
    return words_filled ("Arrived at %s", person->arrived);
  case IN_BOX:
    return words_filled ("Badge in box %s", box);
  case AHEAD:
    return owned (words_pair (N_ ("Badge printed ahead")));
  default:
    return owned (words_pair (N_ ("Not here yet")));
  }
}

const char *person_standing_icon (const PersonStanding *person)
{
  static const char *const ICONS[]
      = { [GONE] = "accueil-attention-symbolic",  [ON_ITS_WAY] = "printer-symbolic",
          [ARRIVED] = "object-select-symbolic",   [IN_BOX] = "package-x-generic-symbolic",
          [AHEAD] = "package-x-generic-symbolic", [AWAITED] = "content-loading-symbolic" };

  return ICONS[state_of (person)];
}
