#include "counts/hotels.h"

#include "congress/days.h"
#include "counts/guest_name.h"
#include "journal/query.h"

#include <string.h>

static const char GUESTS[]
    = "SELECT d.hotel, d.reference, d.family, d.given, d.name_zh, d.protocol, d.delegation, "
      "EXISTS (SELECT 1 FROM presence p JOIN checkpoint c ON c.id = p.checkpoint AND c.kind = "
      "'shuttle' WHERE p.reference = d.reference AND p.day = :date), EXISTS (SELECT 1 FROM "
      "presence p JOIN checkpoint c ON c.id = p.checkpoint AND c.kind = 'entrance' WHERE "
      "p.reference = d.reference AND p.day = :date) FROM delegate d WHERE d.transport AND NOT "
      "d.revoked AND d.status = '' AND EXISTS (SELECT 1 FROM json_each (d.days) j WHERE j.value = "
      ":label) ORDER BY d.hotel, d.delegation, d.reference";

static void guest_free (gpointer data)
{
  HotelsGuest *guest = data;
  g_free (guest->reference);
  g_free (guest->name);
  g_free (guest->delegation);
  g_free (guest);
}

static void hotel_free (gpointer data)
{
  HotelsHotel *hotel = data;
  g_free (hotel->hotel);
  g_ptr_array_unref (hotel->guests);
  g_free (hotel);
}

/* Rows come hotel by hotel. */
static void take (GPtrArray *hotels, Query *query)
{
  const char *name = query_text (query, 0);
  HotelsHotel *hotel = hotels->len > 0 ? hotels->pdata[hotels->len - 1] : NULL;
  if (hotel == NULL || strcmp (hotel->hotel, name) != 0) {
    hotel = g_new0 (HotelsHotel, 1);
    hotel->hotel = g_strdup (name);
    hotel->guests = g_ptr_array_new_with_free_func (guest_free);
    g_ptr_array_add (hotels, hotel);
  }
  HotelsGuest *guest = g_new0 (HotelsGuest, 1);
  guest->reference = g_strdup (query_text (query, 1));
  guest->name = guest_name_of (query, 2);
  guest->delegation = g_strdup (query_text (query, 6));
  guest->ridden = query_int (query, 7) != 0;
  guest->arrived = query_int (query, 8) != 0;
  hotel->people++;
  hotel->ridden += guest->ridden;
  hotel->arrived += guest->arrived;
  g_ptr_array_add (hotel->guests, guest);
}

GPtrArray *hotels_read (Journal *journal, const char *date, GError **error)
{
  g_autoptr (GPtrArray) days = days_load (journal, error),
                        hotels = g_ptr_array_new_with_free_func (hotel_free);
  const char *label = "";
  for (guint i = 0; days != NULL && i < days->len; i++)
    if (strcmp (((const Day *) days->pdata[i])->date, date) == 0)
      label = ((const Day *) days->pdata[i])->label;
  Query *query = days != NULL ? journal_query (journal, GUESTS, error) : NULL;
  if (query == NULL)
    return NULL;
  query_bind_text (query, ":date", date);
  query_bind_text (query, ":label", label);
  while (query_next (query))
    take (hotels, query);
  return query_end (query, error) ? g_steal_pointer (&hotels) : NULL;
}
