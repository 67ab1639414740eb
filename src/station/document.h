/* document.h: from a badge that is owed to the document that a queue wants for it.
 *
 * Threads: a Document belongs to one thread and its Journal and Printer; the art may be shared by several, one draws at a time, and the art must outlive the document, whose end gives back the memory that fonts have
 * taken (badge/font_pages.h): nothing else in the process may use them. Blocks on disk and, when the queue has to be asked, on CUPS.  */
#pragma once

#include "badge/badge.h"
#include "core/lock.h"
#include "journal/journal.h"
#include "print/printer.h"
#include "station/plate.h"

/* What the printers of a station draw with. */
typedef struct {
  BadgeTemplate *template_;
  gboolean back;          /* print the back where the printer prints on two sides */
  Lock lock;
} DocumentArt;

typedef struct {
  DocumentArt *art;
  Plate *plate;
  GBytes *bytes;          /* the plate's, as are the others */
  const Wish *wish;
  guint sides;
} Document;
void document_free (Document *document);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Document, document_free)

/* The badge as the queue of @printer wants it (plate.h). NULL with @error: PRESS_ERROR, BADGE_ERROR (this badge cannot be drawn), PRINTER_ERROR (the queue: CUPS is away, it has no such paper …), JOURNAL_ERROR. */
Document *document_make (Journal *journal, DocumentArt *art, Printer *printer, const char *reference, guint serial, GError **error);
