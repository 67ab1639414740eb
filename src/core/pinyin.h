/* pinyin.h: Latin readings of Chinese names.
 *
 * Readings of single characters come from our own table (readings.h), those that it does
 * not have from ICU's Han-Latin transliteration. Names need two tables more (pinyin.c):
 * surnames that are read otherwise as a surname (曾 Zeng, 单 Shan, 仇 Qiu, 解 Xie, 区 Ou, 查
 * Zha, 朴 Piao, 卜 Bu …), and surnames of two characters (欧阳, 司马, 尉迟 Yuchi …).
 *
 * How names are written, as in Chinese passports (GA/T on the spelling of names in
 * documents, ICAO 9303):
 * - no tone marks, no apostrophes, no hyphens; family and given name each one word with
 *   one capital: 欧阳思远 → Ouyang Siyuan, 王西安 → Wang Xian;
 * - ü after l and n is written yu: 吕 → Lyu, 女 → Nyu, 略 → Lyue; after j, q, x, y it is u
 *   anyway;
 * - a surname of two characters is known only if it is much more common than the same two
 *   characters as surname and first character of a given name. So 单于, 宗政, 梁丘, 段干, 乐正 and
 *   贺兰 are read as 单, 宗, 梁, 段, 乐, 贺 and a given name;
 * - a name with a dot (阿依古丽·买买提, 让·杜邦) is not a Chinese one: no character of it is a
 *   surname, each part is one word, and the last part is the family name: Ayiguli /
 *   Maimaiti;
 * - 覃 is Qin and 乐 is Yue, the more common of their two readings as a surname. A list
 *   that holds the pinyin is always believed before this module.
 *
 * Threads: reentrant; the first rare character loads ICU's rules (0.3 s), and each asks
 * them once under a lock. Nothing here fails.  */
#pragma once

#include <glib.h>

#define PINYIN_READINGS_MAX 6 /* of one character */

/* How a Han character is read, as names have it first; how many there are. The texts live
 * for ever. */
guint pinyin_readings (gunichar c, const char *readings[PINYIN_READINGS_MAX]);

/* How many characters of the hanzi name @name are the surname: 2 for a known compound
 * surname of a name of three characters or more, else 1. 0 for text that does not begin
 * with Han, and for a name with a dot. */
guint pinyin_surname_length (const char *name);

/* Splits and reads a hanzi name: 欧阳思远 → "Ouyang", "Siyuan"; what is not Han is passed
 * over. @given is "" for a name of one character. FALSE (and both NULL) if @name does not
 * begin with a Han character, or holds one whose reading is not known. Free both with
 * g_free().  */
gboolean pinyin_of_name (const char *name, char **family, char **given);

/* Plain reading of each Han character of @text in order, lower case, without tones; ""
 * for one without a known reading; other characters are left out. NULL-terminated; free
 * with g_strfreev(). */
char **pinyin_syllables (const char *text);
/* The same with the surname rules applied at the start. */
char **pinyin_name_syllables (const char *name);

/* The characters of the given name on whose reading references or parents are split (乐 le
 * or yue), "" if there is none: for a person to decide. Free with g_free(). */
char *pinyin_split_characters (const char *name);

/* Takes apart Latin letters that spell the hanzi name @name, in any reading, in either
 * order, with or without spaces, capitals and tones: 张伟 and "WEI ZHANG" → "Zhang", "Wei".
 * FALSE (and both NULL) if they do not spell it. Free both with g_free(). */
gboolean pinyin_divide (const char *name, const char *text, char **family, char **given);
/* TRUE if @word is a reading of the surname of @name. */
gboolean pinyin_spells_surname (const char *name, const char *word);
