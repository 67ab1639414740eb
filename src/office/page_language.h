/* page_language.h: the language that a page is read in: one of the two of the congress,
 * or English; and how numbers, times and spans of time are written in it.
 *
 * A page speaks one language, unlike a screen at the door (core/words.h, Pair). Numbers:
 * French “1 046”, “74 %”, “−4,2” (U+202F, U+00A0, U+2212), Chinese and English “1,046”,
 * “74%”, “−4.2”.
 *
 * Threads: reentrant, after words_start(). Nothing here blocks or fails. Texts made are
 * to be freed with g_free(). */
#pragma once

#include "core/words.h"

typedef enum {
  PAGE_LANGUAGE_FIRST,
  PAGE_LANGUAGE_SECOND,
  PAGE_LANGUAGE_SOURCE,
  PAGE_LANGUAGE_COUNT
} PageLanguage;

/* "fr", "zh", "en": as cookies, accounts and addresses write it. */
const char *page_language_key (PageLanguage language);
gboolean page_language_from_key (const char *key, PageLanguage *language);
/* As the lang attribute wants it: "fr", "zh-CN", "en". */
const char *page_language_tag (PageLanguage language);
/* How its readers call it. */
const char *page_language_name (PageLanguage language);
/* The first that a browser says it wants (Accept-Language; may be NULL), else French. */
PageLanguage page_language_of_browser (const char *accepted);

const char *page_language_say (PageLanguage language, const char *text) G_GNUC_FORMAT (2);
const char *page_language_plural (PageLanguage language, const char *one, const char *many,
                                  guint64 n) G_GNUC_FORMAT (2) G_GNUC_FORMAT (3);
/* What stands for this reader in a text of both languages; English takes the first. */
const char *page_language_pick (PageLanguage language, const char *first, const char *second);
/* The same of a text of the catalogues: English has the source's. */
const char *page_language_pair (PageLanguage language, Pair pair);

char *page_language_number (PageLanguage language, gint64 number);
/* figures_percent(); "" if @whole is 0. */
char *page_language_percent (PageLanguage language, gint64 part, gint64 whole);
/* "13:44:52" and "13:44" in @zone. */
char *page_language_clock (gint64 ms, GTimeZone *zone);
char *page_language_clock_minutes (gint64 ms, GTimeZone *zone);
/* "3 min", "3 分钟": seconds below a minute, then minutes, hours, days. */
char *page_language_span (PageLanguage language, gint64 ms);
/* "+0.1", "−4.2", "±0.0" in seconds; from a minute on as a span: "+3 min". */
char *page_language_offset (PageLanguage language, gint64 ms);
/* « jeudi 27 octobre », “10月27日 星期四”, "Thursday 27 October". */
char *page_language_day (PageLanguage language, const char *iso);
/* With its year: « 27/10/2016 », “27 October 2016”. */
char *page_language_date (PageLanguage language, const char *iso);
