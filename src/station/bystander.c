#include "station/bystander.h"

#include "congress/headset.h"
#include "credential/code.h"

static gboolean is_ours (const char *text)
{
  Code code;

  return g_str_has_prefix (text, HEADSET_CODE_PREFIX) || code_read (text, &code, NULL);
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
