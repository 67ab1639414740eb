/* pinyin.h: Latin readings of Chinese names.
 *
 * Readings of single characters come from ICU's Han-Latin transliteration. Its reading is
 * that of the common word, so a name needs two tables of our own on top (pinyin.c):
 * surnames that are read otherwise as a surname (曾 Zeng, 单 Shan, 仇 Qiu, 解 Xie, 区 Ou, 查
 * Zha, 朴 Piao …), and surnames of two characters (欧阳, 司马, 尉迟 Yuchi …).
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
 * Threads: reentrant; the first call loads ICU's rules (some tens of milliseconds), the
 * first sight of each character asks them under a lock. Nothing here fails.  */
#pragma once

#include <glib.h>

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
