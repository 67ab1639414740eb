#include "station/document.h"

#include "core/words.h"
#include "station/press.h"

#define WISH_LASTS_US (60 * G_USEC_PER_SEC)

struct _DocumentMaker {
  Journal *journal;
  DocumentArt *art;
  Wish *wish;            /* for sheets of that size; NULL: not asked yet */
  double width_mm, height_mm;
  gint64 asked_us;       /* monotonic */
};

DocumentMaker *document_maker_new (Journal *journal, DocumentArt *art)
{
  DocumentMaker *maker = g_new0 (DocumentMaker, 1);

  maker->journal = journal;
  maker->art = art;
  return maker;
}

void document_maker_free (DocumentMaker *maker)
{
  if (maker == NULL)
    return;
  wish_free (maker->wish);
  g_free (maker);
}

void document_free (Document *document)
{
  if (document == NULL)
    return;
  g_bytes_unref (document->bytes);
  g_free (document);
}

void document_forget (DocumentMaker *maker)
{
  g_clear_pointer (&maker->wish, wish_free);
}

static BadgeSheet *draw (DocumentMaker *maker, const char *reference, guint serial, BadgeSides sides, PressFormat format, guint dpi, GError **error)
{
  BadgeSheet *sheet;

  lock_take (&maker->art->lock);
  sheet = press_badge (maker->journal, maker->art->template_, reference, serial, sides, format, dpi, error);
  lock_give (&maker->art->lock);
  return sheet;
}

static gboolean ask_wish (DocumentMaker *maker, Printer *printer, const BadgeSheet *sheet, GError **error)
{
  gint64 now = g_get_monotonic_time ();

  if (maker->wish != NULL && maker->width_mm == sheet->width_mm && maker->height_mm == sheet->height_mm && now - maker->asked_us < WISH_LASTS_US)
    return TRUE;
  g_clear_pointer (&maker->wish, wish_free);
  maker->wish = printer_wish (printer, sheet->width_mm, sheet->height_mm, error);
  maker->width_mm = sheet->width_mm;
  maker->height_mm = sheet->height_mm;
  maker->asked_us = now;
  return maker->wish != NULL;
}

static gboolean wants_back (const DocumentMaker *maker)
{
  return maker->art->back && badge_has_back (maker->art->template_) && maker->wish != NULL && maker->wish->two_sided;
}

Document *document_make (DocumentMaker *maker, Printer *printer, const char *reference, guint serial, GError **error)
{
  BadgeSides sides = wants_back (maker) ? BADGE_BOTH : BADGE_FRONT;
  g_autoptr (BadgeSheet) sheet = draw (maker, reference, serial, sides, PRESS_PDF, 0, error);
  Document *document;

  if (sheet == NULL || !ask_wish (maker, printer, sheet, error))
    return NULL;
  if (maker->wish->format != WISH_PDF) {
    g_set_error (error, PRINTER_ERROR, PRINTER_ERROR_DOCUMENT, _("Queue %s takes no PDF"), printer_queue (printer));
    return NULL;
  }
  /* The first badge tells that there is a back to print. */
  if (sides == BADGE_FRONT && wants_back (maker)) {
    g_clear_pointer (&sheet, badge_sheet_free);
    sheet = draw (maker, reference, serial, BADGE_BOTH, PRESS_PDF, 0, error);
    if (sheet == NULL)
      return NULL;
  }
  document = g_new0 (Document, 1);
  document->bytes = g_bytes_ref (sheet->bytes);
  document->wish = maker->wish;
  document->sides = sheet->pages;
  return document;
}
