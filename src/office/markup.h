/* markup.h: pages of HTML, written from templates whose slots are escaped by default for
 * where they stand.
 *
 * A template is a format of printf(); what comes into a slot (%s, %d, %u, %lld) is
 * escaped by the place of the slot in the HTML, which is followed from the first template
 * of a page to the last, so that a template may end anywhere but inside a tag's name:
 *
 *     <p>%s</p>                      text: & < > are written as references
 *     <p title="%s">                 a quoted attribute: quotes too
 *     <a href="/people/%s?q=%s">     within an address: percent-encoded (RFC 3986)
 *     <a href="%s">                  a whole address: only a path of this server ("/…"),
 *                                    a question ("?…") or a part ("#…"), else “#”
 *
 * A slot anywhere else (a tag's or an attribute's name, an attribute without quotes, a
 * script, a style, a comment, on… and style attributes) is a fault of the programmer: it
 * is told as a critical message, which ends a test, and stays empty. Of what is put into
 * slots, invalid UTF-8 and control characters become U+FFFD.
 *
 * Threads: a Markup is used by one thread at a time. Nothing here blocks.  */
#pragma once

#include <glib.h>

typedef struct _Markup Markup;

Markup *markup_new (void);
void markup_free (Markup *markup);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Markup, markup_free)

void markup_add (Markup *markup, const char *format, ...) G_GNUC_PRINTF (2, 3);
/* The same with @text, which is freed with @markup: for what was made for one slot. */
const char *markup_keep (Markup *markup, char *text);
/* All that was written so far, closed or not. Frees @markup; free the text with
 * g_free(). */
char *markup_finish (Markup *markup);
