/* desk_choice.h: what is chosen of the programme for a person: category, events, days,
 * sessions, by their ids or by the words of either language.
 *
 * Each writes into the delegate, in the programme's order, and answers DESK_ALREADY; or
 * the refusal of the first word that the programme does not have. Only the desk's files
 * include this.
 * Threads: reentrant. Blocks on nothing. */
#pragma once

#include "congress/programme.h"
#include "roster/delegate.h"
#include "vocabulary/desk_verdict.h"

DeskVerdict desk_choice_category (const Programme *programme, const char *word, Delegate *delegate);
/* No words: the only event there is. */
DeskVerdict desk_choice_events (const Programme *programme, const char *const *words,
                                Delegate *delegate);
/* No words: all days of the delegate's events. */
DeskVerdict desk_choice_days (const Programme *programme, const char *const *words,
                              Delegate *delegate);
/* No words: none. */
DeskVerdict desk_choice_sessions (const Programme *programme, const char *const *words,
                                  Delegate *delegate);
/* TRUE for a text that may be looked up: valid, short, without control characters. */
gboolean desk_choice_is_word (const char *word);
