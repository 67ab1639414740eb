/* today.h: how somebody stands today, in one line: inside since when, which headset she
 * has, where she has eaten; read from what happened, for a page and for a desk alike.
 *
 * Threads: as the Journal; plain data once read. Blocks on disk, a millisecond. */
#pragma once

#include "core/words.h"
#include "journal/journal.h"

typedef struct {
  char *fr, *zh;
  gint64 at_ms;
} TodayMeal;

typedef struct {
  gint64 inside_ms;    /* since when without a break; 0: not inside */
  gint64 left_ms;      /* when she went out last; 0: she has not */
  GPtrArray *headsets; /* char *: those she has, of whatever day; "" for one without code */
  GPtrArray *meals;    /* TodayMeal in their order */
} Today;

/* @day: an ISO date, at the venue. */
Today *today_read (Journal *journal, const char *reference, const char *day, GError **error);
void today_free (Today *today);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Today, today_free)
/* As history.h has its texts: in the congress's language of that side; WORDS_SIDES: in
 * English. Free with g_free(). */
char *today_line (const Today *today, GTimeZone *zone, guint language);
