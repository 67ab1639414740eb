#include "office/moment.h"

#include "counts/cast.h"
#include "desk/alert.h"
#include "journal/query.h"
#include "replication/enrolment.h"

#include <string.h>

static const char HEAD[] = "SELECT ifnull (max (number), 0) FROM fact";

static void station_free (gpointer data)
{
  MomentStation *station = data;

  g_free (station->name);
  g_free (station);
}

Moment *moment_ref (Moment *moment)
{
  g_atomic_int_inc (&moment->references);
  return moment;
}

void moment_unref (Moment *moment)
{
  if (moment == NULL || !g_atomic_int_dec_and_test (&moment->references))
    return;
  overview_free (moment->overview);
  g_clear_pointer (&moment->alerts, g_ptr_array_unref);
  g_clear_pointer (&moment->cast, g_ptr_array_unref);
  g_clear_pointer (&moment->stations, g_ptr_array_unref);
  g_free (moment);
}

static gboolean is_silent (const Enrolment *enrolment, gint64 now_ms)
{
  return enrolment->enrolled_ms > 0 && enrolment->revoked_ms == 0
         && now_ms - MAX (enrolment->last_ms, enrolment->enrolled_ms) > AS_OF_SILENT_MS;
}

static gboolean read_stations (Journal *journal, Moment *moment, GError **error)
{
  g_autoptr (GPtrArray) list = enrolment_list (journal, error);

  if (list == NULL)
    return FALSE;
  moment->stations = g_ptr_array_new_with_free_func (station_free);
  for (guint i = 0; i < list->len; i++) {
    const Enrolment *enrolment = list->pdata[i];
    MomentStation *station = g_new0 (MomentStation, 1);

    station->name = g_strdup (enrolment->station);
    station->last_ms = MAX (enrolment->last_ms, enrolment->enrolled_ms);
    station->seq = enrolment->seq;
    station->expires_ms = enrolment->expires_ms;
    station->enrolled = enrolment->enrolled_ms > 0;
    station->revoked = enrolment->revoked_ms > 0;
    station->silent = is_silent (enrolment, moment->overview->at_ms);
    station->work = overview_station (moment->overview, station->name);
    moment->enrolled += station->enrolled && !station->revoked;
    moment->heard += station->enrolled && !station->revoked && !station->silent;
    g_ptr_array_add (moment->stations, station);
  }
  return TRUE;
}

Moment *moment_make (Journal *journal, const Moment *before, GError **error)
{
  g_autoptr (Moment) moment = g_new0 (Moment, 1);
  Programme *programme = NULL;

  moment->references = 1;
  moment->version = before != NULL ? before->version + 1 : 1;
  moment->overview = overview_read (journal, programme, error);
  if (moment->overview == NULL || (moment->alerts = alert_list (journal, FALSE, error)) == NULL
      || (moment->cast = cast_read (journal, moment->overview->day, error)) == NULL
      || !read_stations (journal, moment, error))
    return NULL;
  return g_steal_pointer (&moment);
}

gboolean moment_is_current (Journal *journal, const Moment *before, gboolean *current,
                            GError **error)
{
  g_autoptr (GPtrArray) list = enrolment_list (journal, error);
  gint64 now_ms = journal_now_ms (journal);
  Query *query = list != NULL ? journal_query (journal, HEAD, error) : NULL;

  if (query == NULL)
    return FALSE;
  *current = query_next (query) && query_int (query, 0) == before->overview->head
             && list->len == before->stations->len;
  for (guint i = 0; *current && i < list->len; i++) {
    const MomentStation *station = before->stations->pdata[i];
    const Enrolment *enrolment = list->pdata[i];

    *current = strcmp (station->name, enrolment->station) == 0
               && station->silent == is_silent (enrolment, now_ms)
               && station->enrolled == (enrolment->enrolled_ms > 0)
               && station->revoked == (enrolment->revoked_ms > 0);
  }
  return query_end (query, error);
}

void moment_heard (const Moment *moment, guint kinds, guint *feed, guint *heard,
                   const MomentStation **silent)
{
  *feed = *heard = 0;
  *silent = NULL;
  for (guint i = 0; i < moment->stations->len; i++) {
    const MomentStation *station = moment->stations->pdata[i];

    if (!station->enrolled || station->revoked
        || (kinds != 0 && (station->work == NULL || (kinds & (1u << station->work->kind)) == 0)))
      continue;
    (*feed)++;
    *heard += !station->silent;
    if (station->silent && (*silent == NULL || station->last_ms < (*silent)->last_ms))
      *silent = station;
  }
}
