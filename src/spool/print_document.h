/* print_document.h: from a badge that is owed to the document that a queue wants for it.
 *
 * Threads: a PrintDocument belongs to one thread and its Journal and Printer; the art
 * may be shared by several, one draws at a time, and the art must outlive the
 * document, whose end gives back the memory that fonts have taken
 * (badge/font_pages.h): nothing else in the process may use them. Blocks on disk and,
 * when the queue has to be asked, on CUPS.  */
#pragma once

#include "badge/badge.h"
#include "core/lock.h"
#include "journal/journal.h"
#include "print/printer.h"
#include "spool/print_plate.h"

/* What the printers of a station draw with. */
typedef struct {
  BadgeTemplate *template_;
  gboolean back; /* print the back where the printer prints on two sides */
  Lock lock;
} PrintDocumentArt;

typedef struct {
  PrintDocumentArt *art;
  PrintPlate *plate;
  GBytes *bytes; /* the plate's, as are the others */
  const PrintFormat *wish;
  guint sides;
} PrintDocument;
void print_document_free (PrintDocument *document);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PrintDocument, print_document_free)

/* The badge as the queue of @printer wants it (print_plate.h). NULL with @error:
 * PRESS_ERROR, BADGE_ERROR (this badge cannot be drawn), PRINTER_ERROR (the queue: CUPS
 * is away, it has no such paper …), JOURNAL_ERROR. */
PrintDocument *print_document_make (Journal *journal, PrintDocumentArt *art, Printer *printer,
                                    const char *reference, guint serial, GError **error);
