#include "badge/badge_contact.h"

#include "badge/draft.h"
#include "badge/draw.h"
#include "core/text.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#define A4_WIDTH_PT (210 * PT_PER_MM)
#define A4_HEIGHT_PT (297 * PT_PER_MM)
#define MARGIN_PT (10 * PT_PER_MM)
#define GUTTER_PT (4 * PT_PER_MM)
#define HEAD_PT (11 * PT_PER_MM)
#define CAPTION_PT (8 * PT_PER_MM)
#define UPRIGHT_COLUMNS 5
#define WIDE_COLUMNS 3
#define TALLEST 1.8 /* of a roll, in widths: what is longer is made smaller */
#define PAD_PT (2 * PT_PER_MM)

struct _BadgeContact {
  Draft *draft;
  cairo_surface_t *surface;
  cairo_t *cr;
  char *title;
  double cell_width, cell_height; /* of the badge, without its caption */
  guint columns, rows, count, page;
};

BadgeContact *badge_contact_new (const char *path, double width_mm, double height_mm,
                                 const char *title, GError **error)
{
  Draft *draft = draft_new (path, error);
  if (draft == NULL)
    return NULL;
  BadgeContact *contact = g_new0 (BadgeContact, 1);
  contact->draft = draft;
  contact->title = g_strdup (title);
  contact->columns = width_mm > height_mm ? WIDE_COLUMNS : UPRIGHT_COLUMNS;
  contact->cell_width
      = (A4_WIDTH_PT - 2 * MARGIN_PT - (contact->columns - 1) * GUTTER_PT) / contact->columns;
  contact->cell_height = contact->cell_width * MIN (height_mm / width_mm, TALLEST);
  contact->rows = MAX (1, (guint) ((A4_HEIGHT_PT - 2 * MARGIN_PT - HEAD_PT)
                                   / (contact->cell_height + CAPTION_PT + GUTTER_PT)));
  contact->surface
      = cairo_pdf_surface_create_for_stream (draft_append, draft, A4_WIDTH_PT, A4_HEIGHT_PT);
  cairo_pdf_surface_set_metadata (contact->surface, CAIRO_PDF_METADATA_TITLE, title);
  cairo_pdf_surface_set_metadata (contact->surface, CAIRO_PDF_METADATA_CREATE_DATE, "-");
  contact->cr = cairo_create (contact->surface);
  return contact;
}

/* Words ------------------------------------------------------------------------------ */

/* Chinese as outlines: of each font that is CID-keyed cairo would copy 16 MB
 * (font_set.h), and leak a little. It can be searched in the badges. */
static void show_run (cairo_t *cr, PangoLayoutRun *run, const char *text)
{
  g_autofree char *words = g_strndup (text + run->item->offset, (gsize) run->item->length);
  if (!text_has_han (words)) {
    pango_cairo_show_glyph_item (cr, text, run);
    return;
  }
  pango_cairo_glyph_string_path (cr, run->item->analysis.font, run->glyphs);
  cairo_fill (cr);
}

static void show_runs (cairo_t *cr, PangoLayout *layout, double left, double top)
{
  PangoLayoutIter *iter = pango_layout_get_iter (layout);
  do {
    PangoLayoutRun *run = pango_layout_iter_get_run_readonly (iter);
    PangoRectangle extents;
    if (run == NULL)
      continue;
    pango_layout_iter_get_run_extents (iter, NULL, &extents);
    cairo_move_to (cr, left + pango_units_to_double (extents.x),
                   top + pango_units_to_double (pango_layout_iter_get_baseline (iter)));
    show_run (cr, run, pango_layout_get_text (layout));
  } while (pango_layout_iter_next_run (iter));
  pango_layout_iter_free (iter);
}

/* In the pinned fonts, cut with an ellipsis where it has no more room: this is not the
 * badge. */
static void show_text (cairo_t *cr, const char *text, const char *font, Box box,
                       PangoAlignment across)
{
  PangoLayout *layout = pango_cairo_create_layout (cr);
  PangoFontDescription *description = pango_font_description_from_string (font);
  pango_cairo_context_set_resolution (pango_layout_get_context (layout), 72);
  pango_layout_context_changed (layout);
  pango_layout_set_font_description (layout, description);
  pango_layout_set_markup (layout, text, -1);
  pango_layout_set_width (layout, pango_units_from_double (box.width));
  pango_layout_set_height (layout, pango_units_from_double (box.height));
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_alignment (layout, across);
  show_runs (cr, layout, box.x, box.y);
  pango_font_description_free (description);
  g_object_unref (layout);
}

static void start_page (BadgeContact *contact)
{
  g_autofree char *title = g_markup_escape_text (contact->title, -1),
                  *number = g_strdup_printf ("%u", ++contact->page);
  Box box = { MARGIN_PT, MARGIN_PT, A4_WIDTH_PT - 2 * MARGIN_PT - 40, HEAD_PT };
  if (contact->page > 1)
    cairo_show_page (contact->cr);
  cairo_set_source_rgb (contact->cr, 0, 0, 0);
  show_text (contact->cr, title, FONT_LATIN ", " FONT_HAN " bold 8", box, PANGO_ALIGN_LEFT);
  show_text (contact->cr, number, FONT_LATIN " 9",
             (Box){ A4_WIDTH_PT - MARGIN_PT - 40, MARGIN_PT, 40, HEAD_PT }, PANGO_ALIGN_RIGHT);
}

/* Badges ----------------------------------------------------------------------------- */

static Box next_place (BadgeContact *contact)
{
  guint at = contact->count++ % (contact->columns * contact->rows);
  if (at == 0)
    start_page (contact);
  guint column = at % contact->columns, row = at / contact->columns;
  return (Box){ MARGIN_PT + column * (contact->cell_width + GUTTER_PT),
                MARGIN_PT + HEAD_PT + row * (contact->cell_height + CAPTION_PT + GUTTER_PT),
                contact->cell_width, contact->cell_height };
}

static void frame (cairo_t *cr, Box box, double red, double green, double blue)
{
  cairo_set_source_rgb (cr, red, green, blue);
  cairo_set_line_width (cr, 0.5);
  cairo_rectangle (cr, box.x, box.y, box.width, box.height);
  cairo_stroke (cr);
}

/* Drawn in its own size first: letters that cairo is to scale in a PDF (font_set.h,
 * outlines) are cut off. */
static cairo_surface_t *record (const BadgePage *page, GError **error)
{
  cairo_rectangle_t extents = { 0, 0, page->width_pt, page->height_pt };
  cairo_surface_t *surface = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, &extents);
  cairo_t *cr = cairo_create (surface);
  gboolean good = draw_vector_page (cr, page, FALSE, 0, error);
  cairo_destroy (cr);
  if (!good)
    g_clear_pointer (&surface, cairo_surface_destroy);
  return surface;
}

static gboolean draw_badge (BadgeContact *contact, const BadgePage *page, Box box, GError **error)
{
  double scale = MIN (box.width / page->width_pt, box.height / page->height_pt);
  cairo_surface_t *recorded = record (page, error);
  if (recorded == NULL)
    return FALSE;
  cairo_save (contact->cr);
  cairo_translate (contact->cr, box.x, box.y);
  cairo_scale (contact->cr, scale, scale);
  cairo_set_source_surface (contact->cr, recorded, 0, 0);
  cairo_paint (contact->cr);
  cairo_restore (contact->cr);
  cairo_surface_destroy (recorded);
  frame (contact->cr, (Box){ box.x, box.y, page->width_pt * scale, page->height_pt * scale }, 0.6,
         0.6, 0.6);
  return TRUE;
}

static void draw_refusal (BadgeContact *contact, const char *why, Box box)
{
  g_autofree char *text = g_markup_escape_text (why, -1);
  cairo_set_source_rgb (contact->cr, 0.98, 0.93, 0.92);
  cairo_rectangle (contact->cr, box.x, box.y, box.width, box.height);
  cairo_fill (contact->cr);
  frame (contact->cr, box, 0.78, 0.06, 0.18);
  cairo_set_source_rgb (contact->cr, 0, 0, 0);
  show_text (
      contact->cr, text, FONT_LATIN ", " FONT_HAN " 6.5",
      (Box){ box.x + PAD_PT, box.y + PAD_PT, box.width - 2 * PAD_PT, box.height - 2 * PAD_PT },
      PANGO_ALIGN_LEFT);
}

gboolean badge_contact_add (BadgeContact *contact, BadgeTemplate *template_,
                            const BadgeContent *content, const char *caption, const char *note,
                            const char *fault, GError **error)
{
  g_autoptr (GError) refusal = NULL;
  g_autoptr (GPtrArray) pages
      = fault != NULL ? NULL
                      : draw_compose_sides (template_, content, BADGE_FRONT, FALSE, &refusal);
  Box box = next_place (contact);
  g_autofree char *text
      = g_markup_printf_escaped ("<b>%s</b>%s%s", caption, note[0] ? "  " : "", note);
  if (pages == NULL)
    draw_refusal (contact, fault != NULL ? fault : refusal->message, box);
  else if (!draw_badge (contact, g_ptr_array_index (pages, 0), box, error))
    return FALSE;
  cairo_set_source_rgb (contact->cr, 0, 0, 0);
  show_text (contact->cr, text, FONT_LATIN ", " FONT_HAN " 6.5",
             (Box){ box.x, box.y + box.height + 3, box.width, CAPTION_PT - 3 }, PANGO_ALIGN_LEFT);
  return draft_check (contact->draft, cairo_status (contact->cr), error);
}

gboolean badge_contact_finish (BadgeContact *contact, GError **error)
{
  if (contact->page == 0)
    start_page (contact);
  cairo_show_page (contact->cr);
  cairo_status_t status = cairo_status (contact->cr);
  cairo_surface_finish (contact->surface);
  return draft_check (contact->draft, status, error)
         && draft_check (contact->draft, cairo_surface_status (contact->surface), error)
         && draft_finish (contact->draft, error);
}

void badge_contact_free (BadgeContact *contact)
{
  if (contact == NULL)
    return;
  cairo_destroy (contact->cr);
  cairo_surface_destroy (contact->surface);
  draft_free (contact->draft);
  g_free (contact->title);
  g_free (contact);
}

gboolean badge_contact_name_pt (BadgeTemplate *template_, const BadgeContent *content,
                                double *name_pt, GError **error)
{
  g_autoptr (GPtrArray) pages = draw_compose_sides (template_, content, BADGE_FRONT, FALSE, error);
  if (pages == NULL)
    return FALSE;
  const GArray *lines = ((const BadgePage *) g_ptr_array_index (pages, 0))->lines;
  *name_pt = 0;
  for (guint i = 0; i < lines->len; i++)
    if (g_array_index (lines, Line, i).slot == SLOT_NAME)
      *name_pt = MAX (*name_pt, g_array_index (lines, Line, i).size_pt);
  return TRUE;
}
