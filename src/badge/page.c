#include "badge/page.h"

#include <math.h>

const Colour page_ink = { 0, 0, 0 }, page_paper = { 1, 1, 1 };

Page *page_new (BadgeTemplate *template_)
{
  Page *page = g_new0 (Page, 1);
  page->template_ = template_;
  page->width_pt = template_width_pt (template_);
  page->height_pt = template_height_pt (template_);
  page->captions = g_ptr_array_new ();
  page->lines = layout_lines_new ();
  page->tiles = g_array_new (FALSE, FALSE, sizeof (Tile));
  page->rules = g_array_new (FALSE, FALSE, sizeof (Rule));
  page->folds = g_array_new (FALSE, FALSE, sizeof (Fold));
  page->plates = g_array_new (FALSE, FALSE, sizeof (Box));
  return page;
}

void page_free (Page *page)
{
  if (!page)
    return;
  g_ptr_array_unref (page->captions);
  g_array_unref (page->lines);
  g_array_unref (page->tiles);
  g_array_unref (page->rules);
  g_array_unref (page->folds);
  g_array_unref (page->plates);
  qr_free (page->qr);
  g_free (page);
}

Fold page_fold (const Page *page, guint i, double px_per_pt)
{
  Fold fold = g_array_index (page->folds, Fold, i);
  if (px_per_pt > 0) {
    double top = ceil (fold.y * px_per_pt), bottom = floor ((fold.y + fold.height) * px_per_pt);
    fold = (Fold) { top / px_per_pt, MAX (0, bottom - top) / px_per_pt };
  }
  return fold;
}

double page_shift_pt (const Page *page, double y, double px_per_pt)
{
  double shift = 0;
  for (guint i = 0; i < page->folds->len; i++) {
    Fold fold = page_fold (page, i, px_per_pt);
    shift += g_array_index (page->folds, Fold, i).y < y ? fold.height : 0;
  }
  return shift;
}

double page_height_pt (const Page *page, double px_per_pt)
{
  double height = template_height_pt (page->template_);
  return height - page_shift_pt (page, height, px_per_pt);
}

gboolean page_is_dark (Colour colour)
{
  return 0.299 * colour.red + 0.587 * colour.green + 0.114 * colour.blue < 0.5;
}
