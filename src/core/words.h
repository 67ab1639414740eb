/* words.h: translation of what an organiser reads.
 *
 * Messages are written in English in the source and translated by the catalogues of
 * assets/po (fr, zh_CN). What a delegate or a volunteer sees is not translated but said
 * in French and Chinese together, and does not come from here.
 *
 * Must not know: anything of the congress.  */
#pragma once

#include <glib.h>
/* In a text of _(), a gint64 is written "%" PRId64: xgettext knows that, but not
 * G_GINT64_FORMAT. */
#include <inttypes.h>
#include <libintl.h>

#define _(text) gettext (text)
#define N_(text) (text)

/* Chooses fr, zh_CN or en from the environment (LC_ALL, LC_MESSAGES, LANG, LANGUAGE),
 * even where that locale is not installed on the machine, and binds the catalogues in
 * @directory; NULL for `locale` beside the program (a build tree) or else ../share/locale
 * (installed). Text is UTF-8 and numbers are written with a point, whatever the machine's
 * locale is. Call once at the start of a program, before threads.  */
void words_start (const char *directory);
/* Where the program's own catalogues are: what NULL means above. Free with g_free(). */
char *words_directory (void);
