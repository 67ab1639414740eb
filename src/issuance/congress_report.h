/* congress_report.h: the report of a congress on paper: what counts/outcome.h has
 * counted, with what each figure means, in both languages of the congress.
 *
 * No person is named in it. Delegations beyond CONGRESS_REPORT_DELEGATIONS_MAX are one
 * line; the table `delegations` of `accueil export` has all.
 *
 * Threads: as the Journal; badge_fonts_start() first. Blocks on disk, about a second for
 * 100,000 people. */
#pragma once

#include "journal/journal.h"

#define CONGRESS_REPORT_DELEGATIONS_MAX 400

/* The PDF; free with g_bytes_unref(). */
GBytes *congress_report_draw (Journal *journal, GError **error);
