/* country.h: names of countries, by their code of two letters (ISO 3166-1), in French and
 * Chinese; from ICU.
 * Threads: reentrant. Nothing here fails. */
#pragma once

#include <glib.h>

/* "FR", "zh" → 法国. @code itself where it is no country that ICU knows; "" for "".
 * @language is "fr", "zh" or "en". Free with g_free(). */
char *country_name (const char *code, const char *language);
