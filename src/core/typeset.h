/* typeset.h: texts as lists and keyboards give them, made as a printer would set them: on
 * one line, single spaces, Unicode NFC, no control characters.
 *
 * French gets typographic apostrophes, a narrow no-break space (U+202F) before ; : ! ? »
 * and after « where a space stood or none can be part of an hour, an address or a brand
 * (Lexique des règles typographiques en usage à l'Imprimerie nationale). What is typeset
 * already stays as it is.
 * Threads: reentrant. Nothing here blocks or fails; NULL is "". Free with g_free().  */
#pragma once

#include <glib.h>

char *typeset_french (const char *text);
char *typeset_chinese (const char *text);

/* The bytes of an ordinal's letters at @text, of @length bytes, which follows a figure: 2
 * for the "es" of "5es", 0 where there are none. */
gsize typeset_ordinal (const char *text, gsize length);

/* typeset_french() with the letters of ordinals as superscript letters (5ᵉˢ, 1ᵉʳ), for
 * where letters cannot be raised by a style. */
char *typeset_french_plain (const char *text);

/* TRUE for what stands between two words of a name or a line: a space that may break or
 * not, an apostrophe. */
gboolean typeset_ends_word (gunichar c);

/* A family name in capitals, but for particles that are written small in front of a
 * capital: "d'Estienne" → "d’ESTIENNE", "de La Motte" → "de LA MOTTE". @turkish: the
 * capital of i is İ. */
char *typeset_family (const char *family, gboolean turkish);
/* TRUE for a name with letters that only Turkish and Azeri have (ı İ ğ). NULL has
 * none. */
gboolean typeset_is_turkish (const char *name);
