#include "spool/printer_choice.h"

static gboolean can_take (const PrinterChoiceSlot *slot)
{
  return slot->able && !slot->slow && !slot->rests;
}

gint printer_choice_next (const PrinterChoiceSlot *slots, guint count, gboolean late)
{
  gboolean any_good = FALSE, any_able = FALSE, all_known = TRUE, tried = FALSE;

  for (guint i = 0; i < count; i++) {
    const PrinterChoiceSlot *slot = &slots[i];
    if (slot->free && can_take (slot) && slot->trusted)
      return (gint) i;
    any_good = any_good || (can_take (slot) && slot->trusted);
    any_able = any_able || can_take (slot);
    all_known = all_known && slot->known;
    tried = tried || (!slot->free && !slot->sent && !can_take (slot));
  }
  /* A good one will soon be free. */
  if (any_good)
    return -1;
  /* Those that are able, if not trusted, before those that are not; of these, one badge
   * waits at one printer. */
  if (!any_able && (tried || (!all_known && !late)))
    return -1;
  for (guint i = 0; i < count; i++)
    if (slots[i].free && !slots[i].rests && (can_take (&slots[i]) || !any_able))
      return (gint) i;
  return -1;
}

gint printer_choice_release (const PrinterChoiceSlot *slots, guint count, gint64 wait_ms)
{
  gboolean another = FALSE;

  for (guint i = 0; i < count; i++)
    another = another || (slots[i].free && can_take (&slots[i]));
  for (guint i = 0; another && i < count; i++)
    if (!slots[i].free && !slots[i].able && slots[i].known
        && (!slots[i].sent || slots[i].stuck_ms >= wait_ms))
      return (gint) i;
  return -1;
}
