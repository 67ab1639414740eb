/* view.h: what a part of a page is drawn from: the moment, who looks, and in which
 * language; and the texts, numbers and times in it.
 *
 * Texts that are made live as long as the page's Markup.
 * Threads: a View is used by one thread at a time.  */
#pragma once

#include "office/account.h"
#include "office/markup.h"
#include "office/moment.h"

typedef struct {
  Markup *out;
  PageLanguage language;
  AccountRole role;
  const char *delegation; /* of a leader, else "" */
  const Moment *moment;
} View;

/* May this reader see who somebody is? @delegation: hers. */
gboolean view_names (const View *view, const char *delegation, gboolean protocol);
/* May she change things? */
gboolean view_changes (const View *view);

const char *view_say (const View *view, const char *text) G_GNUC_FORMAT (2);
/* The translation of @format, filled in. */
const char *view_fill (const View *view, const char *format, ...) G_GNUC_PRINTF (2, 3);
/* The form for @n of a text with one number, %s, filled in. */
const char *view_count (const View *view, const char *one, const char *many, gint64 n)
    G_GNUC_FORMAT (2) G_GNUC_FORMAT (3);
const char *view_number (const View *view, gint64 number);
/* The classes of the one large number of a page: one of many digits is set smaller. */
const char *view_huge (gint64 number);
const char *view_percent (const View *view, gint64 part, gint64 whole);
/* At the venue; "" for 0. */
const char *view_clock (const View *view, gint64 ms);
const char *view_minutes (const View *view, gint64 ms);
/* From @ms to the moment. */
const char *view_ago (const View *view, gint64 ms);
const char *view_span (const View *view, gint64 ms);
const char *view_day (const View *view, const char *iso);
const char *view_date (const View *view, const char *iso);
/* How people call a station, or its id. */
const char *view_station (const View *view, const char *name);
/* « France », 中国; "" for elsewhere. */
const char *view_side (const View *view, FiguresSide side);
/* Of a text of the catalogues in both languages of the congress: English has the
 * source's. */
const char *view_pair (const View *view, Pair pair);
const char *view_pick (const View *view, const char *first, const char *second);
