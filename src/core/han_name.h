/* han_name.h: whether a name in hanzi is built as Chinese names are: a surname, then one
 * or two characters, or a surname of two characters. What is not, stands for the sound of
 * another language: 扎西次仁, 阿卜杜热合曼, 乌云其其格, 田中角荣, 让·杜邦.
 *
 * Such a name's characters can be read, but how their reading is written in Latin letters
 * is another matter: Chinese passports hold either the pinyin of the characters
 * (Zhaxiciren) or the letters that the name has in its own language's transcription
 * (Zhaxi Cering, Abdurahman), by place, year and wish, and the person uses one of them.
 * Only she knows which.
 *
 * How it is told, in this order:
 * - a dot, five characters or more, or a syllable pair of the table that such names are
 *   made of (卓玛, 买买, 其其格 …): another language's;
 * - one of the surname characters that the table has, with one or two characters after it,
 *   or of two with two; or a surname of two characters (pinyin.h): a Chinese one, unless
 *   what follows holds a character that nearly no Chinese given name has (买, 措, 帕 …);
 * - else it is not known: a rare surname, a single name, an unusual given name.
 *
 * The surnames are those that cover 99.7 % of people in China; of the rest six in ten are
 * syllables of other languages that registers count as surnames (巴, 阿, 扎). Source of
 * both counts: the register of 1.2 billion people in ChineseNames 2025.8 (GitHub,
 * psychbruce/ChineseNames).
 *
 * A few pairs are Chinese names too (古丽, 白玛 …): to ask a person too many costs a
 * question, to print an invented name is a fault. Left out are those that many Chinese
 * names hold (孟和平, 马海军, 古力).
 *
 * Threads: reentrant. Nothing here blocks or fails. */
#pragma once

#include <glib.h>

typedef enum {
  HAN_NAME_CHINESE, /* how it is written in Latin letters follows from its characters */
  HAN_NAME_UNSURE,
  HAN_NAME_OTHER, /* of another language */
} HanNameKind;

/* Simplified or traditional characters; spaces do not matter. Text without Han characters
 * is HAN_NAME_OTHER. */
HanNameKind han_name_kind (const char *name);

/* How many characters of a Chinese name are the surname, to be set off from the given
 * name; 0 for a name of the other kinds. */
guint han_name_surname_length (const char *name);
