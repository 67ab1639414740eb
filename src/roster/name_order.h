/* name_order.h: which of a person's Latin words are the family name. A part of name.h:
 * what stands around the words (titles, functions, brackets) has been taken off.
 *
 * Threads: reentrant. Nothing here blocks or fails. */
#pragma once

#include "roster/name_text.h"

/* Words without a comma: the person's whole name, in whatever order; capitals tell which
 * are the family name, else @name_zh. What is no part of it (Jr., née PETIT) goes to
 * name->aside; @words may change places. */
NameDoubt name_order_words (char **words, guint count, const char *name_zh, Name *name);
/* A comma, or a mark that is one: « Dupont, Jean »: family name and given name as
 * written. */
NameDoubt name_order_halves (const char *before, const char *behind, Name *name);
/* TRUE for hanzi with a dot, which no Chinese name has: 让·杜邦. */
gboolean name_order_is_dotted (const char *name_zh);
