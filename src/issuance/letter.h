/* letter.h: the letter that brings a delegate her ticket, before the congress: one or
 * two pages of A4 in both languages, her own first: her name, the code to be shown, what
 * she is registered for day by day, what is included, her hotel, how to get there, and
 * what is kept of her and until when.
 *
 * Threads: letters may be drawn from a LetterBook in several threads; it lends each the
 * fonts of an earlier one. badge_fonts_start() first. Reading blocks on disk, drawing
 * does not. */
#pragma once

#include "congress/programme.h"
#include "core/words.h"
#include "journal/journal.h"
#include "roster/delegate.h"

typedef struct _LetterBook LetterBook;

LetterBook *letter_book_new (Journal *journal, GError **error);
void letter_book_free (LetterBook *book);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LetterBook, letter_book_free)

/* @code: what the QR symbol says. The PDF; free with g_bytes_unref(). The errors of
 * badge_content.h. */
GBytes *letter_draw (const LetterBook *book, const Delegate *delegate, const char *code,
                     GError **error);
/* Of the message that it is attached to: its subject, and a few lines, her language
 * first. Free with g_free(). */
char *letter_subject (const LetterBook *book, const Delegate *delegate);
char *letter_text (const LetterBook *book, const Delegate *delegate);
