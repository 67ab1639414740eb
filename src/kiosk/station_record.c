#include "kiosk/station_record.h"

#include "congress/checkpoint.h"
#include "counts/platform_watch.h"
#include "desk/alert.h"
#include "desk/desk.h"
#include "journal/query.h"
#include "spool/printer_state.h"
#include "sync/client.h"

/* A number of the local table, 0 for none. */
static gint64 local_number (Journal *journal, const char *name)
{
  g_autofree char *text = journal_local (journal, name, NULL);

  return text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;
}

static ClientRefusal read_refusal (Journal *journal)
{
  g_autofree char *push = journal_local (journal, JOURNAL_LOCAL_HUB_PUSH_REFUSAL, NULL),
                  *pull = journal_local (journal, JOURNAL_LOCAL_HUB_PULL_REFUSAL, NULL);

  return client_terms_refusal (push, pull);
}

static gboolean read_platforms (Journal *journal, StationRecord *record, GError **error)
{
  g_autoptr (Programme) programme = programme_read (journal, error);

  record->platforms = programme != NULL ? platform_watch_read (journal, programme,
                                                               journal_now_ms (journal), error)
                                        : NULL;
  return record->platforms != NULL;
}

StationRecord *station_record_read (Journal *journal, GError **error)
{
  g_autoptr (StationRecord) record = g_new0 (StationRecord, 1);
  gint64 own = 0, latest_ms;

  record->printers = printer_state_read (journal, error);
  record->jobs = record->printers != NULL ? desk_jobs (journal, FALSE, error) : NULL;
  record->alerts = record->jobs != NULL ? alert_list (journal, FALSE, error) : NULL;
  record->checkpoints = record->alerts != NULL ? checkpoint_all (journal, error) : NULL;
  if (record->checkpoints == NULL || !read_platforms (journal, record, error)
      || !journal_head (journal, journal_station (journal), &own, NULL, error)
      || !journal_clock_is_impossible (journal, &record->clock_wrong, &latest_ms, error))
    return NULL;
  record->now_ms = journal_now_ms (journal);
  record->enrolled = client_is_enrolled (journal);
  record->contact_ms = local_number (journal, JOURNAL_LOCAL_HUB_CONTACT);
  record->offset_ms = local_number (journal, JOURNAL_LOCAL_HUB_OFFSET);
  record->refusal = read_refusal (journal);
  record->waiting = MAX (own - local_number (journal, JOURNAL_LOCAL_HUB_SENT), 0);
  return g_steal_pointer (&record);
}

void station_record_free (StationRecord *record)
{
  if (record == NULL)
    return;
  g_clear_pointer (&record->printers, g_ptr_array_unref);
  g_clear_pointer (&record->jobs, g_ptr_array_unref);
  g_clear_pointer (&record->alerts, g_ptr_array_unref);
  g_clear_pointer (&record->platforms, g_ptr_array_unref);
  g_clear_pointer (&record->checkpoints, g_ptr_array_unref);
  g_free (record);
}

char *station_record_headset_desk (Journal *journal, GError **error)
{
  return checkpoint_first_of_kind (journal, CHECKPOINT_HEADSET, error);
}
