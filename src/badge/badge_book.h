/* badge_book.h: many badges in one file. Floors above have it from badge.h.
 * Threads: as the BadgeTemplates whose badges it holds. Blocks on writing its file.  */
#pragma once

#include "badge/badge_content.h"

/* Many badges in one PDF file, in the order in which they are added; fonts and art stand
 * in it once. The file appears when it is finished, for its owner alone (0600); a book
 * that is freed unfinished leaves nothing. */
typedef struct _BadgeBook BadgeBook;

/* @bleed_mm: for a print shop, as badge_pdf_bleeding(); 0 for none. */
BadgeBook *badge_book_new (const char *path, double bleed_mm, GError **error);
/* A badge that is refused (BADGE_ERROR_FIT, BADGE_ERROR_FONT …) adds no page; the book
 * can go on. All badges of a book must come from @template_s that outlive it. */
gboolean badge_book_add (BadgeBook *book, BadgeTemplate *template_, const BadgeContent *content,
                         BadgeSides sides, GError **error);
/* Writes all that is left to write, to disk: after it, badge_book_finish() has but to
 * give the file its name. Nothing can be added any more. */
gboolean badge_book_seal (BadgeBook *book, GError **error);
gboolean badge_book_finish (BadgeBook *book, GError **error);
void badge_book_free (BadgeBook *book);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BadgeBook, badge_book_free)
