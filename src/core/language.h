/* language.h: what a language is called, in another.
 *
 * Must not know: which languages a congress has. Threads: reentrant. Nothing here blocks
 * once ICU has its data.  */
#pragma once

#include <glib.h>

/* "zh", "fr" → “Chinois”, as it stands alone on a button: with a capital where @in has
 * capitals. @language itself where ICU does not know it. Free with g_free(). */
char *language_name (const char *language, const char *in);
