#include "badge/badge_page.h"

#include <math.h>

const Colour page_ink = { 0, 0, 0 }, page_paper = { 1, 1, 1 };

BadgePage *badge_page_new (BadgeTemplate *template_)
{
  BadgePage *page = g_new0 (BadgePage, 1);
  page->template_ = template_;
  page->width_pt = template_width_pt (template_);
  page->height_pt = template_height_pt (template_);
  page->captions = g_ptr_array_new ();
  page->lines = layout_lines_new ();
  page->tiles = g_array_new (FALSE, FALSE, sizeof (Tile));
  page->rules = g_array_new (FALSE, FALSE, sizeof (Rule));
  page->folds = g_array_new (FALSE, FALSE, sizeof (Fold));
  page->panels = g_array_new (FALSE, FALSE, sizeof (Box));
  return page;
}

void badge_page_free (BadgePage *page)
{
  if (page == NULL)
    return;
  g_ptr_array_unref (page->captions);
  g_array_unref (page->lines);
  g_array_unref (page->tiles);
  g_array_unref (page->rules);
  g_array_unref (page->folds);
  g_array_unref (page->panels);
  qr_free (page->qr);
  g_free (page);
}

Fold badge_page_fold (const BadgePage *page, guint i, double px_per_pt)
{
  Fold fold = g_array_index (page->folds, Fold, i);
  if (px_per_pt > 0) {
    double top = ceil (fold.y * px_per_pt), bottom = floor ((fold.y + fold.height) * px_per_pt);
    fold = (Fold){ top / px_per_pt, MAX (0, bottom - top) / px_per_pt };
  }
  return fold;
}

double badge_page_shift_pt (const BadgePage *page, double y, double px_per_pt)
{
  double shift = 0;
  for (guint i = 0; i < page->folds->len; i++) {
    Fold fold = badge_page_fold (page, i, px_per_pt);
    shift += g_array_index (page->folds, Fold, i).y < y ? fold.height : 0;
  }
  return shift;
}

double badge_page_height_pt (const BadgePage *page, double px_per_pt)
{
  double height = template_height_pt (page->template_);
  return height - badge_page_shift_pt (page, height, px_per_pt);
}

gboolean badge_page_is_dark (Colour colour)
{
  return 0.299 * colour.red + 0.587 * colour.green + 0.114 * colour.blue < 0.5;
}
