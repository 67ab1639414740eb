/* two_events.h: the first two events of the event file, counted apart: who is registered
 * for, and came to, only one of them, or both; by category.
 *
 * Registered: neither withdrawn nor yet to be confirmed. Came: admitted at an entrance of
 * the event on whatever day; distinct persons who are known here. Threads: as the
 * Journal. Blocks on disk. */
#pragma once

#include "journal/journal.h"

typedef struct {
  gint64 only_first, only_second, both;
} TwoEventsCount;

typedef struct {
  char *id, *fr, *zh; /* of the category; "" for who has none */
  TwoEventsCount registered, came;
} TwoEventsRow;

typedef struct {
  char *first, *second; /* ids; "" where there are fewer events */
  TwoEventsCount registered, came;
  GPtrArray *rows; /* TwoEventsRow in the order of the categories */
} TwoEvents;

TwoEvents *two_events_read (Journal *journal, GError **error);
void two_events_free (TwoEvents *events);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TwoEvents, two_events_free)
/* Who is in one of the two or in both. */
gint64 two_events_either (const TwoEventsCount *count);
