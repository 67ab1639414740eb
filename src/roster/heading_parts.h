/* heading_parts.h: a heading as people and platforms write it, taken apart: “1、您的姓名（必填）：”
 * is 姓名, “Référence / 编号” is Référence and 编号.
 *
 * - In front: the number of a question (1、 Q3. (2)), polite words (您的, 请填写, votre, your).
 * - In brackets: notes (必填, obligatoire, 多选, en majuscules, ex. …) go; what else is in
 *   brackets is a part of its own, since it may say which name is meant.
 * - Parts: at / | · • – — and brackets, and where Latin letters meet hanzi.
 *
 * Must not know: what the parts mean.
 * Threads: reentrant. Nothing here blocks or fails.  */
#pragma once

#include <glib.h>

/* Without number, polite words and notes. Free with g_free(). */
char *heading_parts_plain (const char *heading);
/* The parts of what heading_parts_plain() gives, cleaned, none of them empty;
 * NULL-terminated. Free with g_strfreev(). */
char **heading_parts_split (const char *plain);
