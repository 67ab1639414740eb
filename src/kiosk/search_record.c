#include "kiosk/search_record.h"

#include "kiosk/venue_time.h"
#include "roster/delegate_search.h"

static gboolean read_people (Journal *journal, const Programme *programme,
                             const DelegateSearch *search, GPtrArray *people, GError **error)
{
  g_autofree char *day
      = venue_time_format (programme, journal_now_ms (journal), VENUE_TIME_ISO_DATE);
  for (guint i = 0; i < search->delegates->len; i++) {
    const Delegate *delegate = g_ptr_array_index (search->delegates, i);
    DeskStanding standing;
    if (!desk_standing (journal, delegate->reference, day, &standing, error))
      return FALSE;
    g_ptr_array_add (people, person_standing_new (delegate, &standing, programme));
  }
  return TRUE;
}

SearchRecord *search_record_read (Journal *journal, const Programme *programme, const char *typed,
                                  guint limit, GError **error)
{
  g_autoptr (DelegateSearch) search = delegate_search (journal, typed, limit, error);
  if (search == NULL)
    return NULL;
  g_autoptr (SearchRecord) record = g_new0 (SearchRecord, 1);
  record->people = g_ptr_array_new_with_free_func ((GDestroyNotify) person_standing_free);
  record->near = search->near;
  record->total = search->total;
  return read_people (journal, programme, search, record->people, error) ? g_steal_pointer (&record)
                                                                         : NULL;
}

void search_record_free (SearchRecord *record)
{
  if (record == NULL)
    return;
  g_ptr_array_unref (record->people);
  g_free (record);
}
