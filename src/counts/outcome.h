/* outcome.h: what the whole congress came to, read at one moment, for its report: the
 * figures of each day, both sides, categories and ranks, the two events, meals,
 * headsets, and what each delegation took part in.
 *
 * Figures are those of figures.h, balance.h, two_events.h, meals.h and headsets.h; of a
 * delegation:
 *
 * - registered: its people whose registration stands, to be confirmed or not.
 * - came: of all its people, who was admitted at an entrance, on whatever day.
 * - on a day: who was admitted at an entrance that day.
 * - at a session: who was admitted at its door.
 *
 * Who came and is not known here has no delegation; `strangers` counts them.
 * Threads: an Outcome is immutable once read; reading is as the Journal and blocks on
 * disk, about a second for 100,000 people. */
#pragma once

#include "counts/balance.h"
#include "counts/figures.h"
#include "counts/headsets.h"
#include "counts/two_events.h"

#define OUTCOME_ERROR outcome_error_quark ()
GQuark outcome_error_quark (void);
typedef enum {
  OUTCOME_ERROR_EVENT, /* no event file was loaded */
} OutcomeError;

typedef struct {
  char *id, *fr, *zh;
  gint64 registered, came;
  gint64 *by_day;     /* one a day of the congress */
  gint64 *by_session; /* one a session, in the programme's order */
} OutcomeDelegation;

typedef struct {
  GPtrArray *days;  /* Figures of each day of the congress, in order; at least one */
  Balance *balance; /* of all events */
  TwoEvents *events;
  GPtrArray *meals; /* MealsMeal */
  Headsets *headsets;
  GPtrArray *delegations; /* OutcomeDelegation: those that came, the most first, then by id;
                             then those that did not, by registered */
  gint64 strangers;
} Outcome;

Outcome *outcome_read (Journal *journal, GError **error);
void outcome_free (Outcome *outcome);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Outcome, outcome_free)
