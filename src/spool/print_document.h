/* print_document.h: a badge as the document that a queue wants: the one place where
 * what a printer can (print/print_format.h) meets what a badge is (badge/badge.h).
 *
 * Threads: a PrintDocument belongs to one thread, its Printer and Journal. Blocks on
 * disk, and on CUPS when a printer is asked for the first time, and then once a
 * minute. */
#pragma once

#include "badge/badge.h"
#include "core/lock.h"
#include "journal/journal.h"
#include "print/printer.h"
#include "vocabulary/print_failure.h"

/* What the printers of a station draw with. May be shared by several threads: one draws
 * at a time. */
typedef struct {
  BadgeTemplate *template_;
  gboolean back; /* print the back where the printer prints on two sides */
  Lock lock;
} PrintDocumentArt;

typedef struct {
  PrintFormat *format;
  GBytes *bytes;
  guint sides;           /* 1 or 2 */
  PrintDocumentArt *art; /* NULL: drawn from the caller's own template */
} PrintDocument;

/* Of a document with art, gives back the memory that fonts have taken
 * (badge/font_pages.h): nothing else in the process may use them, and the art must still
 * be there. */
void print_document_free (PrintDocument *document);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PrintDocument, print_document_free)

/* @content as the queue of @printer wants it. @sides is what is wanted: the back is left
 * out where the template or the printer has none. Errors are PRINTER_ERROR's (no paper of
 * that size, CUPS away) or BADGE_ERROR's (the badge cannot be drawn, on no printer). */
PrintDocument *print_document_draw (Printer *printer, BadgeTemplate *template_,
                                    const BadgeContent *content, BadgeSides sides, GError **error);
/* The same of a badge that was issued, with the station's art. Errors are
 * BADGE_DATA_ERROR's and JOURNAL_ERROR's too. */
PrintDocument *print_document_make (Journal *journal, PrintDocumentArt *art, Printer *printer,
                                    const char *reference, guint serial, GError **error);
/* Why a badge can be drawn on no printer: of an error of BADGE_ERROR or
 * BADGE_DATA_ERROR. */
PrintFailure print_document_failure (const GError *error);
/* Hands it over: the job id, or 0; printer_send(). */
gint print_document_send (Printer *printer, const char *name, const PrintDocument *document,
                          GError **error);
