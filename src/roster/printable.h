/* printable.h: what badges can show of a text, and a name that they can show in place of
 * one that they cannot.
 *
 * Must not know: fonts; who asks says which characters they have.
 * Threads: reentrant. Nothing here blocks or fails. */
#pragma once

#include <glib.h>

/* TRUE if badges can show @character. */
typedef gboolean (*PrintableCan) (gunichar character, gconstpointer data);

/* The first character of @text that badges cannot show, 0 if there is none. Blanks are no
 * matter. */
gunichar printable_fault (const char *text, PrintableCan can, gconstpointer data);
/* @text with letters for those that badges cannot show: Ａ is A, an unknown mark on a
 * letter is left off, and so are pictures and signs. NULL if a letter or a hanzi would
 * be lost by it, or nothing be left: then only the person can say how she is written.
 * Free with g_free(). */
char *printable_offer (const char *text, PrintableCan can, gconstpointer data);
