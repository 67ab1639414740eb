/* country.h: names of countries, by their code of two letters (ISO 3166-1), in French and
 * Chinese; from ICU (CLDR).
 * Threads: reentrant. Nothing here fails; country_of_name() takes some milliseconds the
 * first time.  */
#pragma once

#include <glib.h>

/* "FR", "zh" → 法国. @code itself where it is no country that ICU knows; "" for "".
 * @language is "fr", "zh" or "en". Free with g_free(). */
char *country_name (const char *code, const char *language);

/* The code of the country that @name is in French, English or Chinese of either script,
 * compared as text_fold() does; NULL if it is none. Static. */
const char *country_of_name (const char *name);
