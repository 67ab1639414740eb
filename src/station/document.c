#include "station/document.h"

#include "badge/font_pages.h"
#include "station/press.h"

void document_free (Document *document)
{
  if (document == NULL)
    return;
  /* Not when it was drawn: a badge is not to wait for this. */
  lock_take (&document->art->lock);
  font_pages_give_back ();
  lock_give (&document->art->lock);
  plate_free (document->plate);
  g_free (document);
}

Document *document_make (Journal *journal, DocumentArt *art, Printer *printer, const char *reference, guint serial, GError **error)
{
  g_autoptr (PressText) text = press_text_issued (journal, reference, serial, error);
  Document *document;
  Plate *plate;

  /* The queue is asked before the others are kept from drawing. */
  if (text == NULL || printer_traits (printer, error) == NULL)
    return NULL;
  lock_take (&art->lock);
  plate = plate_make (printer, art->template_, press_text_content (text), art->back ? BADGE_BOTH : BADGE_FRONT, error);
  lock_give (&art->lock);
  if (plate == NULL)
    return NULL;
  document = g_new0 (Document, 1);
  *document = (Document){ art, plate, plate->document, plate->wish, plate->sides };
  return document;
}
