#include "kiosk/search_record.h"

#include "roster/delegate_search.h"

SearchRecord *search_record_read (Journal *journal, const Programme *programme, const char *typed,
                                  guint limit, GError **error)
{
  g_autoptr (DelegateSearch) search = delegate_search (journal, typed, limit, error);
  if (search == NULL)
    return NULL;
  SearchRecord *record = g_new0 (SearchRecord, 1);
  record->guests = g_ptr_array_new_with_free_func ((GDestroyNotify) guest_unref);
  record->near = search->near;
  record->total = search->total;
  for (guint i = 0; i < search->delegates->len; i++)
    g_ptr_array_add (record->guests,
                     guest_new (g_ptr_array_index (search->delegates, i), programme));
  return record;
}

void search_record_free (SearchRecord *record)
{
  if (record == NULL)
    return;
  g_ptr_array_unref (record->guests);
  g_free (record);
}
