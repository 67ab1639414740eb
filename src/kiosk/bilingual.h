/* bilingual.h: the kiosk's words in French and Chinese at once, from the gettext
 * catalogues (assets/po).
 *
 * Texts are written in English in the source, marked N_() for the translator, and looked
 * up in both catalogues. A text without a translation is shown as it is written: an
 * English word is better than none.
 *
 * Must not know: GTK, nor which language leads on the screen.
 * Threads: bilingual_start() once, before the others. Then reentrant.  */
#pragma once

#include "core/words.h"
#include "vocabulary/wording.h"

/* @directory as words_start(). FALSE if a catalogue is missing: the remedy is in
 * @error. */
gboolean bilingual_start (const char *directory, GError **error);
/* Static texts. "" stays "". */
Wording bilingual (const char *text);
/* Both in one line: "Catégorie · 类别". Free with g_free(). */
char *bilingual_line (const char *text);
/* Texts with one %s, filled in by @fr and @zh. Free both with g_free(). */
void bilingual_with (const char *text, const char *fr, const char *zh, char **said_fr,
                     char **said_zh);
