/* western.h: which encoding of one byte a letter a list of Latin text is in:
 * Windows-1252, ISO-8859-15, MS-DOS (CP850), Macintosh, Windows-1250, ISO-8859-2 or
 * Windows-1254 (Turkish).
 *
 * Nearly every byte is some character in each of them; what tells them apart is which of
 * those fit into words. What does not fit, in any of them:
 * - a sign beside a letter (Andr‚, c½ur, Wa³êsa), a letter of another script, a control;
 * - a capital inside a word (RenŽ, GÈrard), a word of nothing but letters with accents.
 * If Windows-1252 fits it is taken, unless letters are where Western languages do not
 * have them (Dvoøák, Petroviæ, Iþýk) and another one fits too. Where it does not fit,
 * one that does is taken if no other reads the file otherwise.
 *
 * Threads: reentrant. Nothing here blocks but on reading mapped pages. */
#pragma once

#include <glib.h>

/* In the order in which they are preferred. */
typedef enum {
  WESTERN_WINDOWS_1252,
  WESTERN_ISO_8859_15,
  WESTERN_CP850,
  WESTERN_MACINTOSH,
  WESTERN_WINDOWS_1250,
  WESTERN_ISO_8859_2,
  WESTERN_WINDOWS_1254,
  WESTERN_COUNT,
} WesternEncoding;

/* "Windows-1252", …: what people and iconv call it. */
const char *western_name (WesternEncoding encoding);

typedef enum {
  WESTERN_NONE,  /* none fits: `where` is what does not fit in Windows-1252 */
  WESTERN_FOUND, /* `encoding` */
  WESTERN_TWO,   /* `encoding` and `other` fit, and differ from `where` on */
} WesternVerdict;

typedef struct {
  WesternVerdict verdict;
  WesternEncoding encoding, other;
  gsize where; /* a byte */
} Western;

Western western_find (const guint8 *bytes, gsize length);

/* The word around the byte at @where, read as @encoding, in UTF-8. Free with g_free(). */
char *western_word (const guint8 *bytes, gsize length, gsize where, WesternEncoding encoding);
