/* characters.h: characters that old systems and keyboards write, put right:
 *
 * - private characters of Chinese systems before 2005 (U+E815–E864, U+E7C7, U+E7C8: what
 *   the two-byte codes 0xFE50–0xFEA0 of GBK became in Unicode): the hanzi that they stand
 *   for;
 * - full-width Latin letters and digits: plain ones. Full-width punctuation stays, it
 *   belongs to Chinese text;
 * - Kangxi radicals, ligatures (ﬁ), letters of mathematics: what they are compatible with
 *   (NFKC). Compatibility ideographs (U+F9DD) are put right by text_clean() already.
 *
 * Source of the private characters: GB 18030-2005, annex; the targets are those of GNU
 * libc's GB18030. Threads: reentrant. Nothing here blocks or fails.  */
#pragma once

#include <glib.h>

/* @text put right; a copy if nothing was wrong. Free with g_free(). */
char *characters_put_right (const char *text);
/* The same with full-width signs too, for what is no text: addresses, references,
 * codes. */
char *characters_put_right_code (const char *text);

/* The first character of @text that is private still and no machine shows alike; 0 if
 * none is. */
gunichar characters_private (const char *text);
