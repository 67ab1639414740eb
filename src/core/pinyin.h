/* pinyin.h: Latin readings of Chinese names.
 *
 * Readings come from ICU's Han-Latin transliteration, corrected by our own table of surnames whose reading as a surname differs (曾 Zeng, 单 Shan, 仇 Qiu, 尉迟 Yuchi …) and of
 * compound surnames (欧阳, 司马, 诸葛 …). Written as in passports: no tones, no marks, ü as "yu" (GA/T 2012: 吕 → LYU). The given name is one word: 思远 → Siyuan.
 *
 * Threads: reentrant after the first call; the first call loads ICU's rules (some milliseconds). Nothing here fails.  */
#pragma once

#include <glib.h>

/* How many characters of the hanzi name @name are the surname: 2 for a known compound surname of a name of three characters or more, else 1. 0 for text that does not begin with Han. */
guint pinyin_surname_length (const char *name);

/* Splits and reads a hanzi name: 欧阳思远 → "Ouyang", "Siyuan". Spaces and '·' are ignored. FALSE (and both NULL) if @name does not begin with a Han character. */
gboolean pinyin_of_name (const char *name, char **family, char **given);

/* Plain reading of each Han character of @text in order, lower case, without tones; other characters are left out. NULL-terminated; free with g_strfreev(). */
char **pinyin_syllables (const char *text);
/* The same with the surname rules applied at the start. */
char **pinyin_name_syllables (const char *name);
