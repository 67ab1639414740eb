/* readings.h: how Han characters are read in names, without tones.
 *
 * A table of our own (readings.c) of the 8,105 characters of the state list of 2013
 * (通用规范汉字表), among which the state looks for the names of its people; traditional forms
 * by simplified.h. Rarer characters are not in it (ICU has them; pinyin.h).
 *
 * Source: Unihan_Readings of Unicode 15.0: kMandarin first, then kTGHZ2013, kXHC1983 and
 * kHanyuPinlu. Where kMandarin's first reading is that of a common word and not of names,
 * the other comes first, if two of these read it so in names: CC-CEDICT, pinyin-pro 3.29
 * (npm), go-pinyin 0.19 (Debian), Xiandai Hanyu Cidian (kXHC1983): 卜 bu, 长 chang, 晟
 * sheng, 地 di, 似 si, 仔 zai, 靓 liang, 珩 heng and some seventy more.
 * tests/unit/core/readings.c holds the table against Unihan where Debian's unicode-data
 * is installed.
 *
 * ü after l and n is written yu, as in passports (lyu, lyue, nyu).
 *
 * Threads: reentrant. Nothing here blocks or fails.  */
#pragma once

#include <glib.h>

#define READINGS_MAX 6 /* of one character */

/* The readings of @c, that of names first; how many there are: 0 for a character that is
 * not in the table. The texts live for ever. */
guint readings_of (gunichar c, const char *readings[READINGS_MAX]);

/* TRUE where references split, or people do, on how @c is read in a given name: 乐 le or
 * yue, 茜 qian or xi. */
gboolean readings_are_split (gunichar c);

/* How the two characters @first @second are read together, as in 重庆 chong qing; FALSE if
 * not otherwise than apart. */
gboolean readings_of_word (gunichar first, gunichar second, const char *syllables[2]);
