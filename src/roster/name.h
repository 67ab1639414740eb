/* name.h: people's names as lists write them, in one column or in several, taken apart.
 *
 * One column holds « DUPONT Jean », « Jean DUPONT », « Dupont, Jean », « M. Valéry
 * GISCARD d'ESTAING », « DUPONT Jean, Maire de Lyon », 张伟, 张伟 ZHANG Wei, 让·杜邦 Jean
 * Dupont. What shows which is the family name: capitals, a comma, the hanzi beside it, or
 * that there is one word. Particles stay with the family name; a single capital is none
 * (MARTIN Jean P.). Where more than one reading is possible there is none: nothing is
 * guessed.
 *
 * Threads: reentrant. Nothing here blocks or fails.  */
#pragma once

#include "roster/name_text.h"

#include <glib.h>

Name *name_new (void);
void name_free (Name *name);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Name, name_free)

/* Takes @text apart into @name, which is empty. @name_zh is the Chinese name of another
 * column, "" if there is none: it decides for ZHANG WEI. With a doubt, @name holds at
 * most some of it. */
NameDoubt name_read (const char *text, const char *name_zh, Name *name);

/* Takes the titles at the beginning of a family or given name (« Mme DURAND », « Dr Jean
 * ») or at the end of a Chinese one (张伟先生) off @name; they go to @title, if that is
 * empty. A name that is nothing but a title stays. */
void name_take_title (char **name, char **title);

/* Puts right what a list in hanzi has in the columns of a Latin name: a family name in
 * hanzi, or a given name that stands alone, moves, with the other, to @name_zh (unless
 * that is filled). */
void name_take_hanzi (char **family, char **given, char **name_zh);

/* The Latin name that follows from @name_zh: its pinyin, if the person is of the mainland
 * (@country is CN, or "" and the name has no dot) and the name is built as Chinese ones
 * are (core/han_name.h). Of everybody else only she knows how she is written: FALSE, both
 * NULL. Free both with g_free(). */
gboolean name_pinyin (const char *name_zh, const char *country, char **family, char **given);

/* How the characters of such another name are read (扎西次仁: Zhaxiciren), to ask her by;
 * NULL where that would say nothing: with a dot, or where Chinese is written otherwise.
 * Free with g_free(). */
char *name_as_read (const char *name_zh, const char *country);
