/* tongue.h: the language that a page is read in: one of the two of the congress, or
 * English; and how numbers, times and spans of time are written in it.
 *
 * A page speaks one language, unlike a screen at the door (core/words.h, Pair).
 * Numbers: French “1 046”, “74 %”, “−4,2” (U+202F, U+00A0, U+2212),
 * Chinese and English “1,046”, “74%”, “−4.2”.
 *
 * Threads: reentrant, after words_start(). Nothing here blocks or fails. Texts made are
 * to be freed with g_free().  */
#pragma once

#include "core/words.h"

typedef enum { TONGUE_FIRST, TONGUE_SECOND, TONGUE_SOURCE, TONGUE_COUNT } Tongue;

/* "fr", "zh", "en": as cookies, accounts and addresses write it. */
const char *tongue_key (Tongue tongue);
gboolean tongue_from_key (const char *key, Tongue *tongue);
/* As the lang attribute wants it: "fr", "zh-CN", "en". */
const char *tongue_tag (Tongue tongue);
/* How its readers call it. */
const char *tongue_name (Tongue tongue);
/* The first that a browser says it wants (Accept-Language; may be NULL), else French. */
Tongue tongue_of_browser (const char *accepted);

const char *tongue_say (Tongue tongue, const char *text) G_GNUC_FORMAT (2);
const char *tongue_plural (Tongue tongue, const char *one, const char *many, guint64 n)
    G_GNUC_FORMAT (2) G_GNUC_FORMAT (3);
/* What stands for this reader in a text of both languages; English takes the first. */
const char *tongue_pick (Tongue tongue, const char *first, const char *second);

char *tongue_number (Tongue tongue, gint64 number);
/* @part of @whole in whole percents, never 100 % for less than all nor 0 % for more than
 * none; "" if @whole is 0. */
char *tongue_percent (Tongue tongue, gint64 part, gint64 whole);
/* Tenths with a sign: "+0,2", "−4,2", "±0,0". */
char *tongue_signed_tenths (Tongue tongue, gint64 tenths);
/* "13:44:52" and "13:44" in @zone. */
char *tongue_clock (gint64 ms, GTimeZone *zone);
char *tongue_clock_minutes (gint64 ms, GTimeZone *zone);
/* "3 min", "3 分钟": seconds below a minute, then minutes, hours, days. */
char *tongue_span (Tongue tongue, gint64 ms);
/* « jeudi 27 octobre », “10月27日 星期四”, "Thursday 27 October". */
char *tongue_day (Tongue tongue, const char *iso);
