/* overview.h: all figures of one day at one journal head, from one recount: what the
 * organisers' pages show, to all who look at them.
 *
 * Figures mean what counts.h says, those of the day with these words:
 *
 * - expected: registered for the day; arrived: admitted at an entrance on it; inside: of
 *   those, whose last passage at the entrances was no way out; gone = arrived − inside;
 *   missing = expected − arrived, never below 0. Distinct persons, always.
 * - either event = first + second − both, for each figure.
 * - arrivals: each person once, by her first admission of that day, at that entrance and in
 *   that quarter of an hour; their sum is arrived.
 * - a session's peak: the most inside at a time, and since when.
 * - served: admitted at a meal or shuttle that day, or headsets that are out.
 *
 * The day is the one that the clock says, if the congress has it; else the last on which
 * anybody was admitted, else its first.
 *
 * Must not know: who may see what. An Overview has no names of persons.
 * Threads: as the Journal; an Overview is immutable once read. Blocks on disk, longer
 * the more delegates there are: it walks through all of them. */
#pragma once

#include "counts/overview_shape.h"

/* @programme as in programme_refresh(), of before; taken over. */
Overview *overview_read (Journal *journal, Programme *programme, GError **error);
