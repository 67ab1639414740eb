#include "station/bystander.h"

#include "congress/headset.h"
#include "credential/code.h"

#include <string.h>

static gboolean is_ours (const char *text)
{
  Code code;

  return g_str_has_prefix (text, HEADSET_CODE_PREFIX) || code_read (text, &code, NULL);
}

gboolean bystander_several (const char *const *texts)
{
  Code first = { .reference = "" }, other;

  for (; *texts != NULL; texts++) {
    if (!code_read (*texts, &other, NULL))
      continue;
    if (first.reference[0] != '\0' && strcmp (first.reference, other.reference) != 0)
      return TRUE;
    first = other;
  }
  return FALSE;
}

gboolean bystander_is (Bystander *bystander, const char *text, gint64 at_us)
{
  if (is_ours (text)) {
    bystander->ours_us = at_us;
    return FALSE;
  }
  return bystander->ours_us != 0
         && at_us - bystander->ours_us < BYSTANDER_MS * G_TIME_SPAN_MILLISECOND;
}
