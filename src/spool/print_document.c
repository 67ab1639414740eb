#include "spool/print_document.h"

#include "badge/font_pages.h"
#include "issuance/badge_data.h"

void print_document_free (PrintDocument *document)
{
  if (document == NULL)
    return;
  /* Not when it was drawn: a badge is not to wait for this. */
  lock_take (&document->art->lock);
  font_pages_give_back ();
  lock_give (&document->art->lock);
  print_plate_free (document->plate);
  g_free (document);
}

PrintDocument *print_document_make (Journal *journal, PrintDocumentArt *art, Printer *printer,
                                    const char *reference, guint serial, GError **error)
{
  g_autoptr (BadgeDataText) text = badge_data_text_issued (journal, reference, serial, error);
  PrintDocument *document;
  PrintPlate *plate;

  /* The queue is asked before the others are kept from drawing. */
  if (text == NULL || printer_traits (printer, error) == NULL)
    return NULL;
  lock_take (&art->lock);
  plate = print_plate_make (printer, art->template_, badge_data_text_content (text),
                            art->back ? BADGE_BOTH : BADGE_FRONT, error);
  lock_give (&art->lock);
  if (plate == NULL)
    return NULL;
  document = g_new0 (PrintDocument, 1);
  *document = (PrintDocument){ art, plate, plate->document, plate->wish, plate->sides };
  return document;
}
