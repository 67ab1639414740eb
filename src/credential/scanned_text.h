/* scanned_text.h: what readers put around a code, or make of it, taken away: the mark of
 * the symbology ("]Q1"), STX and GS, quotes, no-break spaces; a link that holds the code;
 * and the letters of a scanner that types for an American keyboard into a French one.
 *
 * Nothing is guessed: what is found is a code of ours only if its bytes are whole and its
 * signature is right (code.h).
 * Threads: reentrant. Nothing here blocks.  */
#pragma once

#include <glib.h>

/* Where @text begins and how long it is without what surrounds it. */
const char *scanned_text_trim (const char *text, gsize *length);
/* A code within a link ("https://…?c=AC%3A…"), its escapes taken back; NULL: there is
 * none. Free with g_free(). */
char *scanned_text_within (const char *text, gsize length, const char *prefix);
/* @text as the scanner meant it, if a French keyboard's letters were made of it; NULL if
 * it cannot be. Free with g_free(). */
char *scanned_text_of_azerty (const char *text, gsize length);
