#include "counts/figures_services.h"

#include "access/presentation.h"
#include "counts/figures_rooms.h"
#include "journal/query.h"

#include <string.h>

static const char ADMITTED[] = "SELECT people, passages FROM passage_count WHERE checkpoint = "
                               ":checkpoint AND day = :day AND verdict = 'ADMITTED'";
/* Each person once, whichever shuttles she took. */
static const char RIDERS[]
    = "SELECT hotel, count (*) FROM (SELECT DISTINCT p.reference, ifnull (d.hotel, '') AS hotel "
      "FROM checkpoint c CROSS JOIN presence p ON p.checkpoint = c.id AND p.day = :day LEFT JOIN "
      "delegate d ON d.reference = p.reference WHERE c.kind = 'shuttle') GROUP BY hotel";
/* Before the midnight with which the day began, or in the hours after it. */
static const char LOANS[]
    = "SELECT ifnull (d.language, ''), sum (l.direction = 'out'), sum (l.direction <> 'out'), sum "
      "(l.direction = 'out' AND l.at < :begin) FROM headset_held l LEFT JOIN delegate d ON "
      "d.reference = l.reference GROUP BY 1";

static gboolean is_service (const Checkpoint *checkpoint)
{
  return checkpoint->kind == CHECKPOINT_MEAL || checkpoint->kind == CHECKPOINT_SHUTTLE
         || checkpoint->kind == CHECKPOINT_HEADSET;
}

/* Its event is on the day, and it opens on it. */
static gboolean is_of_day (const Figures *figures, const Checkpoint *checkpoint)
{
  const ProgrammeEntry *event = programme_event (figures->programme, checkpoint->event);
  const Day *day = programme_day (figures->programme, figures->day);
  if (event != NULL && day != NULL
      && !g_strv_contains ((const char *const *) event->days, day->label))
    return FALSE;
  for (guint i = 0; i < checkpoint->openings->len; i++)
    if (strcmp (g_array_index (checkpoint->openings, Opening, i).day, figures->day) == 0)
      return TRUE;
  return checkpoint->openings->len == 0;
}

/* On the day: people, and scans; both stay where nobody was. */
static gboolean read_admitted (Journal *journal, const char *checkpoint, const char *day,
                               gint64 *people, gint64 *passages, GError **error)
{
  Query *query = journal_query (journal, ADMITTED, error);
  if (query == NULL)
    return FALSE;
  query_bind_text (query, ":checkpoint", checkpoint);
  query_bind_text (query, ":day", day);
  if (query_next (query)) {
    *people = query_int (query, 0);
    *passages = query_int (query, 1);
  }
  return query_end (query, error);
}

static const CountsRow *row_of (const Counts *counts, const char *id)
{
  for (guint i = 0; i < counts->rows->len; i++)
    if (strcmp (((CountsRow *) counts->rows->pdata[i])->id, id) == 0)
      return counts->rows->pdata[i];
  return NULL;
}

/* A headset that is out stays out the next day, and another desk may take it back. */
static gboolean add_service (Journal *journal, const Counts *counts, const Checkpoint *checkpoint,
                             Figures *figures, GError **error)
{
  const CountsRow *row = row_of (counts, checkpoint->id);
  FiguresService *service = g_new0 (FiguresService, 1);
  gboolean lends = checkpoint->kind == CHECKPOINT_HEADSET;
  service->id = g_strdup (checkpoint->id);
  service->fr = g_strdup (checkpoint->fr);
  service->zh = g_strdup (checkpoint->zh);
  service->kind = checkpoint->kind;
  service->capacity = checkpoint->capacity;
  service->entitled = row != NULL ? row->registered : 0;
  figures_rooms_hours (checkpoint, figures->day, &service->from_ms, &service->to_ms);
  g_ptr_array_add (figures->services, service);
  if (!read_admitted (journal, service->id, figures->day, &service->served, &service->passages,
                      error))
    return FALSE;
  if (lends)
    service->served = row != NULL ? row->inside : 0;
  gint64 taken = service->served;
  if (lends && service->capacity > 0
      && !presentation_taken (journal, checkpoint, figures->day, &taken, error))
    return FALSE;
  service->left
      = MAX ((lends && service->capacity > 0 ? service->capacity : service->entitled) - taken, 0);
  return TRUE;
}

/* Hotels ----------------------------------------------------------------------------- */

static FiguresHotel *hotel_of (Figures *figures, const char *name)
{
  for (guint i = 0; i < figures->hotels->len; i++)
    if (strcmp (((FiguresHotel *) figures->hotels->pdata[i])->hotel, name) == 0)
      return figures->hotels->pdata[i];
  FiguresHotel *hotel = g_new0 (FiguresHotel, 1);
  hotel->hotel = g_strdup (name);
  g_ptr_array_add (figures->hotels, hotel);
  return hotel;
}

static int by_hotel (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(FiguresHotel *const *) a)->hotel, (*(FiguresHotel *const *) b)->hotel);
}

static gboolean read_hotels (Journal *journal, const FiguresPeople *people, Figures *figures,
                             GError **error)
{
  GHashTableIter iter;
  gpointer name, count;
  g_hash_table_iter_init (&iter, people->riders);
  while (g_hash_table_iter_next (&iter, &name, &count))
    hotel_of (figures, name)->entitled = GPOINTER_TO_INT (count);
  Query *query = journal_query (journal, RIDERS, error);
  if (query == NULL)
    return FALSE;
  query_bind_text (query, ":day", figures->day);
  while (query_next (query))
    hotel_of (figures, query_text (query, 0))->rode = query_int (query, 1);
  g_ptr_array_sort (figures->hotels, by_hotel);
  return query_end (query, error);
}

/* Headsets --------------------------------------------------------------------------- */

static FiguresChannel *channel_of (Figures *figures, const char *language)
{
  for (guint i = 0; i < figures->channels->len; i++)
    if (strcmp (((FiguresChannel *) figures->channels->pdata[i])->language, language) == 0)
      return figures->channels->pdata[i];
  FiguresChannel *channel = g_new0 (FiguresChannel, 1);
  channel->language = g_strdup (language);
  g_ptr_array_add (figures->channels, channel);
  return channel;
}

static int by_language (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(FiguresChannel *const *) a)->language,
                 (*(FiguresChannel *const *) b)->language);
}

static gboolean read_channels (Journal *journal, const FiguresPeople *people, Figures *figures,
                               GError **error)
{
  GHashTableIter iter;
  gpointer language, count;
  g_hash_table_iter_init (&iter, people->listeners);
  while (g_hash_table_iter_next (&iter, &language, &count))
    channel_of (figures, language)->entitled = GPOINTER_TO_INT (count);
  Query *query = journal_query (journal, LOANS, error);
  if (query == NULL)
    return FALSE;
  query_bind_int (
      query, ":begin",
      (gint64) clock_hybrid_from_ms (figures_rooms_moment (figures->as_of->zone, figures->day, 0)));
  while (query_next (query)) {
    FiguresChannel *channel = channel_of (figures, query_text (query, 0));
    channel->out = query_int (query, 1);
    channel->back = query_int (query, 2);
    channel->overdue = query_int (query, 3);
  }
  g_ptr_array_sort (figures->channels, by_language);
  return query_end (query, error);
}

/* So that what desks have lent is what is out. */
static void add_elsewhere (Figures *figures)
{
  gint64 out = 0;
  for (guint i = 0; i < figures->channels->len; i++)
    out += ((const FiguresChannel *) figures->channels->pdata[i])->out;
  for (guint i = 0; i < figures->services->len; i++) {
    const FiguresService *service = figures->services->pdata[i];
    out -= service->kind == CHECKPOINT_HEADSET ? service->served : 0;
  }
  if (out <= 0)
    return;
  FiguresService *elsewhere = g_new0 (FiguresService, 1);
  elsewhere->id = g_strdup ("");
  elsewhere->fr = g_strdup ("");
  elsewhere->zh = g_strdup ("");
  elsewhere->kind = CHECKPOINT_HEADSET;
  elsewhere->served = out;
  g_ptr_array_add (figures->services, elsewhere);
}

gboolean figures_services_read (Journal *journal, const FiguresPeople *people, const Counts *counts,
                                const GPtrArray *checkpoints, Figures *figures, GError **error)
{
  for (guint i = 0; i < checkpoints->len; i++) {
    const Checkpoint *checkpoint = g_ptr_array_index (checkpoints, i);
    if (is_service (checkpoint) && is_of_day (figures, checkpoint)
        && !add_service (journal, counts, checkpoint, figures, error))
      return FALSE;
  }
  if (!read_hotels (journal, people, figures, error)
      || !read_channels (journal, people, figures, error))
    return FALSE;
  add_elsewhere (figures);
  return TRUE;
}
