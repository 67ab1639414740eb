/* spoiled.h: text that some program has spoiled on its way into a list: hanzi saved as
 * ??, Fran?ois, UTF-8 read as something else (LefÃ¨vre, Lef茅vre, 鐜嬫槑), a sign inside a
 * name (BŽnard, c½ur), Excel's errors (#REF!), what databases and scripts write for
 * nothing (NULL, undefined), formulas without their value, private characters, references
 * that Excel made dates or powers of ten (26/10/2016, 1,23E+05), characters written for
 * pages (&egrave;, %C3%A8), and what stands for a name that is not known yet (待定, TBC).
 *
 * What is spoiled cannot be guessed back without a doubt, so it is named and refused.
 * Where the text itself shows what it was, the sentence says so.
 *
 * Threads: reentrant. Nothing here blocks.  */
#pragma once

#include <glib.h>

/* How likely a mark is to be meant: “Hôtel ?” is a question, “Dupont?” is none. */
typedef enum { SPOILED_TEXT, SPOILED_NAME, SPOILED_REFERENCE } SpoiledKind;

/* Why @text (cleaned) is spoiled and what to do, to be read on after it; NULL if it is
 * not. In the organiser's language; free with g_free(). */
char *spoiled_reason (const char *text, SpoiledKind kind);

/* UTF-8 that was read as Windows-1252 and saved as UTF-8 once more, put back: LefÃ¨vre →
 * Lefèvre. NULL if @text is nothing of that kind from end to end, or holds nothing but
 * ASCII. Free with g_free(). */
char *spoiled_read_once (const char *text, gsize length);
