#include "vocabulary/awaits.h"

static const struct {
  const char *name, *text; /* msgid */
} WORDS[] = {
  [AWAITS_NOTHING] = { "", "" },
  [AWAITS_HEADSET] = { "headset", N_ ("Now the headset's code") },
  [AWAITS_BADGE] = { "badge", N_ ("Now the badge") },
};

const char *awaits_name (Awaits awaits)
{
  return WORDS[awaits].name;
}

Pair awaits_wording (Awaits awaits)
{
  return words_pair (WORDS[awaits].text);
}

Pair awaits_wording_keeps (void)
{
  return words_pair (N_ ("Please give your headset back before you leave."));
}

OwnedPair awaits_wording_channel (const char *channel)
{
  return words_filled (N_ ("Channel %s"), channel);
}
