/* name_word.h: what a word of a name is: in capitals, a particle, a title, a function.
 *
 * Particles, titles, degrees and functions are tables in name_word.c, compared folded
 * (text_fold()).
 * Must not know: in which order names are written (name.h).
 * Threads: reentrant. Nothing here blocks or fails.  */
#pragma once

#include <glib.h>

typedef enum {
  NAME_WORD_CAPITALS,        /* DUPONT, d'ESTAING, McDONALD */
  NAME_WORD_MIXED,           /* Jean, Marie-Claude */
  NAME_WORD_SMALL,           /* jean */
  NAME_WORD_INITIAL,         /* P, P., J.-P. */
  NAME_WORD_PARTICLE,        /* de, van, y: written small */
  NAME_WORD_LARGE_PARTICLE,  /* De, La, El */
  NAME_WORD_DOUBLE_PARTICLE, /* Ben, Al, Van, Di: a given name too */
  NAME_WORD_JOINED,          /* d'Estaing */
  NAME_WORD_ODD,             /* has a character that no name has, or letters without case */
} NameWord;

NameWord name_word_kind (const char *word);

/* TRUE for a particle in any case of letters that is no given name: DE, La, von. */
gboolean name_word_is_particle (const char *word);
/* née, épouse, alias: what follows is another name of the person. */
gboolean name_word_is_other_name (const char *word);
/* PhD, MBA, Jr., III, behind a name. */
gboolean name_word_is_degree (const char *word);
/* Maire, Director, Ville: words of a function or an organisation. */
gboolean name_word_is_function (const char *word);

/* How many of the @count words at @words are titles: 1 for « Mme », 3 for « M. le Maire
 * », 2 for « S.E. M. ». */
guint name_word_titles (char *const *words, guint count);

/* The bytes of a Chinese title at the end of @name (张伟先生, 张伟 市长), 0 if there is none
 * or nothing would be left. */
gsize name_word_title_zh (const char *name);
/* TRUE if @text is a Chinese title and nothing else. */
gboolean name_word_is_title_zh (const char *text);
