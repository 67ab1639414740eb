#include "kiosk/group_record.h"

#include "kiosk/venue_time.h"

void group_record_free (GroupRecord *record)
{
  if (record == NULL)
    return;
  guest_unref (record->leader);
  g_ptr_array_unref (record->members);
  g_free (record);
}

GroupRecord *group_record_read (Journal *journal, const Programme *programme, const char *reference,
                                GError **error)
{
  g_autofree char *day
      = venue_time_format (programme, journal_now_ms (journal), VENUE_TIME_ISO_DATE);
  g_autoptr (GPtrArray) group = desk_group (journal, reference, day, error);
  if (group == NULL || group->len == 0)
    return NULL;
  GroupRecord *record = g_new0 (GroupRecord, 1);
  record->members = g_ptr_array_new_with_free_func ((GDestroyNotify) person_standing_free);
  for (guint i = 0; i < group->len; i++) {
    const DeskMember *found = group->pdata[i];
    g_ptr_array_add (record->members,
                     person_standing_new (found->delegate, &found->standing, programme));
  }
  record->leader = guest_ref (((const PersonStanding *) record->members->pdata[0])->guest);
  return record;
}
