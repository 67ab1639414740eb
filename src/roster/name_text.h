/* name_text.h: a person's name (name.h) while its texts are put together.
 *
 * Threads: reentrant. Nothing here blocks or fails. */
#pragma once

#include <glib.h>

/* Texts are never NULL. */
typedef struct {
  char *family, *given; /* in Latin letters */
  char *name_zh;
  char *title;    /* M., S.E. M., 先生 */
  char *function; /* what stood behind a comma: Maire de Lyon */
  char *aside;    /* what was left out: née PETIT, Jr., a nickname */
} Name;

typedef enum {
  NAME_CLEAR,
  NAME_ORDER, /* nothing shows which is the family name, or two things contradict */
  NAME_TAIL,  /* what stands behind may be a name or a function */
  NAME_ODD,   /* there is something in it that no name has */
} NameDoubt;

/* Takes @by over in place of what @place holds, which is freed. */
void name_text_replace (char **place, char *by);
/* @text behind what @place holds, with a space between. */
void name_text_append (char **place, const char *text);
/* @count words as one text. Free with g_free(). */
char *name_text_join (char *const *words, guint count);
