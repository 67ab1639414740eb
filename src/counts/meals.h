/* meals.h: for the caterer: how many of each diet are expected at each meal, and how many
 * were served.
 *
 * - expected: registered, neither withdrawn nor yet to be confirmed, with every right that
 *   the meal asks for, for a day on which it is served.
 * - served: people who were admitted there (on the day that is asked for).
 *
 * Who has two diets is in both of their rows, so the rows do not add up to the total.
 * Threads: as the Journal. Blocks on disk. */
#pragma once

#include "journal/journal.h"

typedef struct {
  char *diet; /* as registrations have it; vocabulary/diet.h */
  gint64 expected, served;
} MealsDiet;

typedef struct {
  char *id, *fr, *zh; /* of the checkpoint */
  char **days;        /* ISO dates on which it opens; none: always */
  gint64 expected, served;
  GPtrArray *diets; /* MealsDiet, the most expected first, then by name */
} MealsMeal;

/* Of all meals by their first day and id, or of those on @day (an ISO date; NULL: all):
 * MealsMeal; free with g_ptr_array_unref(). */
GPtrArray *meals_read (Journal *journal, const char *day, GError **error);
