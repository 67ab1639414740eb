/* language.h: what a language is called, in another.
 *
 * Must not know: which languages a congress has. Threads: reentrant. Nothing here blocks
 * once ICU has its data.  */
#pragma once

#include <glib.h>

/* "zh", "fr" → “chinois”. @language itself where ICU does not know it. Free with
 * g_free(). */
char *language_name (const char *language, const char *in);
