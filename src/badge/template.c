#include "badge/template.h"

#include "badge/burden.h"
#include "badge/template_fault.h"
#include "core/words.h"

#include <librsvg/rsvg.h>
#include <math.h>
#include <string.h>

/* By so much nobody sees that a slot is cut: drivers tell margins in whole points. */
#define CUT_MM 0.4

#define CSS_DPI 96.0 /* of the pixels in which librsvg tells sizes */
#define PX_PER_MM (CSS_DPI / 25.4)
#define PT_PER_PX (72.0 / CSS_DPI)
#define TOUCH_PT 0.05 /* slots may meet */
#define SUFFIX ".svg"
#define BACK_SUFFIX ".back.svg"
#define LAYER_OF_SLOTS "slots"

struct _BadgeTemplate {
  char *path;
  SvgNode *root;
  RsvgHandle *whole; /* slots and all, for measuring */
  Art *art;
  FontSet *fonts;
  GArray *captions; /* Caption; NULL until a PDF needs them */
  gboolean height_is_auto, is_one_bit;
  double width_pt, height_pt, qr_clear_pt;
  Slot slots[SLOT_COUNT];
  GPtrArray *rows;     /* KeptRow; NULL until a badge has logos */
  BadgeTemplate *back; /* NULL for none, and of a back */
};

/* A row that was drawn before, and of what. */
typedef struct {
  GPtrArray *pictures; /* GBytes */
  LogoRow *row;
} KeptRow;

/* Slots ------------------------------------------------------------------------------ */

static gboolean is_layer_of_slots (const SvgNode *node)
{
  return svg_is (node, "g")
         && (strcmp (node->id, LAYER_OF_SLOTS) == 0
             || g_strcmp0 (svg_attribute (node, "inkscape:label"), LAYER_OF_SLOTS) == 0);
}

gboolean template_is_art (const SvgNode *node, gpointer unused)
{
  return !is_layer_of_slots (node) && slot_of_id (node->id) < 0;
}

typedef struct {
  BadgeTemplate *template_;
  GPtrArray *faults;
} Reading;

static gboolean read_element (const SvgNode *node, gpointer data)
{
  Reading *reading = data;
  int id = node->has_id ? slot_of_id (node->id) : -1;
  if (id < 0)
    return TRUE;
  Slot *slot = &reading->template_->slots[id];
  if (slot->node != NULL) {
    g_autofree char *where = svg_where (node);
    template_fault_add (reading->faults, where, _ ("Give the other one another id, or delete it."),
                        _ ("is there twice: two elements have the id “%s”"), node->id);
  } else
    slot_read (slot, (SlotId) id, node, reading->faults);
  return FALSE;
}

static void read_slots (BadgeTemplate *template_, gboolean is_back, GPtrArray *faults)
{
  Reading reading = { template_, faults };
  svg_walk (template_->root, read_element, &reading);
  for (int id = 0; id < SLOT_COUNT && !is_back; id++)
    if (slot_is_required ((SlotId) id) && template_->slots[id].node == NULL) {
      g_autofree char *where = g_strdup_printf ("“%s”", slot_name ((SlotId) id));
      template_fault_add (faults, where,
                          _ ("Every badge must have it: draw a rectangle and give it that id."),
                          _ ("is missing: no element has the id “%s”"), slot_name ((SlotId) id));
    }
}

/* Geometry --------------------------------------------------------------------------- */

static gboolean measure_page (BadgeTemplate *template_, GPtrArray *faults)
{
  double width = 0, height = 0;
  const char *remedy = _ ("Give the <svg> element width and height in mm.");
  if (!rsvg_handle_get_intrinsic_size_in_pixels (template_->whole, &width, &height)) {
    template_fault_add (faults, _ ("the page"), remedy, "%s", _ ("has no size"));
    return FALSE;
  }
  const double least = TEMPLATE_SIDE_MIN_MM * PX_PER_MM, most = TEMPLATE_SIDE_MAX_MM * PX_PER_MM;
  if (!(width >= least && width <= most && height >= least && height <= most)) {
    template_fault_add (faults, _ ("the page"), remedy,
                        _ ("is %.0f × %.0f mm; a badge has between %.0f and %.0f mm a side"),
                        width / PX_PER_MM, height / PX_PER_MM, TEMPLATE_SIDE_MIN_MM,
                        TEMPLATE_SIDE_MAX_MM);
    return FALSE;
  }
  template_->width_pt = width * PT_PER_PX;
  template_->height_pt = height * PT_PER_PX;
  return TRUE;
}

static Box box_of (const RsvgRectangle *px)
{
  return (Box){ px->x * PT_PER_PX, px->y * PT_PER_PX, px->width * PT_PER_PX,
                px->height * PT_PER_PX };
}

gboolean template_measure (const BadgeTemplate *template_, const char *id, Box *ink, Box *box)
{
  g_autofree char *fragment = g_strconcat ("#", id, NULL);
  RsvgRectangle page = { 0, 0, template_->width_pt / PT_PER_PX, template_->height_pt / PT_PER_PX },
                inked, placed;
  if (!rsvg_handle_get_geometry_for_layer (template_->whole, fragment, &page, &inked, &placed,
                                           NULL))
    return FALSE;
  *ink = box_of (&inked);
  *box = box_of (&placed);
  return TRUE;
}

gboolean template_leaves_ink (const BadgeTemplate *template_, const char *id)
{
  g_autofree char *fragment = g_strconcat ("#", id, NULL);
  const RsvgRectangle page
      = { 0, 0, template_->width_pt / PT_PER_PX, template_->height_pt / PT_PER_PX };
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, (int) ceil (page.width),
                                                         (int) ceil (page.height));
  cairo_t *cr = cairo_create (surface);
  gboolean ink = FALSE;
  rsvg_handle_render_layer (template_->whole, cr, fragment, &page, NULL);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  const guint8 *pixels = cairo_image_surface_get_data (surface);
  for (int i = 0;
       i < cairo_image_surface_get_height (surface) * cairo_image_surface_get_stride (surface)
       && !ink;
       i++)
    ink = pixels[i] != 0;
  cairo_surface_destroy (surface);
  return ink;
}

static void measure_slot (BadgeTemplate *template_, SlotId id, GPtrArray *faults)
{
  Slot *slot = &template_->slots[id];
  g_autofree char *where = svg_where (slot->node);
  Box ink, box = { 0 };
  slot->present = FALSE;
  if (!template_measure (template_, slot->rect->id, &ink, &box)
      || !(box.width > 0 && box.height > 0))
    template_fault_add (faults, where,
                        _ ("Show it, and draw its rectangle as large as what is to stand there."),
                        "%s", _ ("is hidden or has no area"));
  else if (!(box.x >= -TOUCH_PT && box.y >= -TOUCH_PT
             && box.x + box.width <= template_->width_pt + TOUCH_PT
             && box.y + box.height <= template_->height_pt + TOUCH_PT))
    template_fault_add (faults, where, _ ("Move its rectangle onto the page."), "%s",
                        _ ("lies outside of the page"));
  else {
    slot->present = TRUE;
    slot->box = box;
  }
}

/* The gap between two boxes along the axis where they are further apart; negative if they
 * overlap. */
static double distance (const Box *a, const Box *b)
{
  double across = MAX (a->x, b->x) - MIN (a->x + a->width, b->x + b->width);
  double down = MAX (a->y, b->y) - MIN (a->y + a->height, b->y + b->height);
  return MAX (across, down);
}

static gboolean may_overlap (SlotId a, SlotId b)
{
  return a == SLOT_CATEGORY_BAND && (b == SLOT_CATEGORY || b == SLOT_RIBBON);
}

static void check_apart (const BadgeTemplate *template_, GPtrArray *faults)
{
  for (int a = 0; a < SLOT_COUNT; a++)
    for (int b = a + 1; b < SLOT_COUNT; b++) {
      const Slot *one = &template_->slots[a], *other = &template_->slots[b];
      if (!one->present || !other->present || may_overlap ((SlotId) a, (SlotId) b)
          || may_overlap ((SlotId) b, (SlotId) a) || distance (&one->box, &other->box) >= -TOUCH_PT)
        continue;
      g_autofree char *where
          = g_strdup_printf (_ ("“%s” and “%s”"), slot_name ((SlotId) a), slot_name ((SlotId) b));
      template_fault_add (faults, where,
                          _ ("Only `category` and `ribbon` may lie on `category-band`; move the "
                             "others side by side."),
                          "%s", _ ("lie over each other"));
    }
}

static void measure_quiet_zone (BadgeTemplate *template_)
{
  const Box *qr = &template_->slots[SLOT_QR].box;
  double clear = MIN (MIN (qr->x, qr->y), MIN (template_->width_pt - qr->x - qr->width,
                                               template_->height_pt - qr->y - qr->height));
  for (int id = 0; id < SLOT_COUNT; id++)
    if (id != SLOT_QR && template_->slots[id].present)
      clear = MIN (clear, distance (qr, &template_->slots[id].box));
  template_->qr_clear_pt = MAX (clear, 0);
}

/* Loading ---------------------------------------------------------------------------- */

static char *read_file (GFile *file, gsize *length, GError **error)
{
  g_autoptr (GFileInfo) info
      = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE "," G_FILE_ATTRIBUTE_STANDARD_TYPE,
                           G_FILE_QUERY_INFO_NONE, NULL, error);
  char *text = NULL;
  if (info == NULL)
    return NULL;
  if (g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR)
    g_set_error (error, BADGE_ERROR, BADGE_ERROR_TEMPLATE, "%s", _ ("it is not a file"));
  else if (g_file_info_get_size (info) > TEMPLATE_BYTES_MAX)
    g_set_error (error, BADGE_ERROR, BADGE_ERROR_TEMPLATE, _ ("it is larger than %d MB"),
                 TEMPLATE_BYTES_MAX / 1024 / 1024);
  else
    g_file_load_contents (file, NULL, &text, length, NULL, error);
  return text;
}

static gboolean read_tree (BadgeTemplate *template_, GFile *file, GError **error)
{
  gsize length = 0;
  g_autofree char *text = read_file (file, &length, error);
  template_->root = text != NULL ? svg_read (text, length, error) : NULL;
  return template_->root != NULL;
}

static gboolean read_drawing (BadgeTemplate *template_, GFile *file, GError **error)
{
  g_autofree char *written = svg_write (template_->root, NULL, NULL);
  g_autoptr (GInputStream) stream
      = g_memory_input_stream_new_from_data (written, (gssize) strlen (written), NULL);
  template_->whole
      = rsvg_handle_new_from_stream_sync (stream, file, RSVG_HANDLE_FLAGS_NONE, NULL, error);
  if (template_->whole != NULL)
    rsvg_handle_set_dpi (template_->whole, CSS_DPI);
  return template_->whole != NULL;
}

BadgeTemplate *template_load_side (const char *path, gboolean is_back, GPtrArray *faults)
{
  g_autoptr (BadgeTemplate) template_ = g_new0 (BadgeTemplate, 1);
  template_->path = g_strdup (path);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) why = NULL;
  gboolean read = read_tree (template_, file, &why);
  if (read && !burden_weigh (template_->root, file, faults))
    return NULL;
  if (!read || !read_drawing (template_, file, &why)) {
    template_fault_add (
        faults, _ ("the file"),
        _ ("Save it from Inkscape as “Plain SVG”: text in UTF-8, without entities."),
        _ ("cannot be read: %s"), why->message);
    return NULL;
  }
  read_slots (template_, is_back, faults);
  if (!measure_page (template_, faults))
    return NULL;
  template_->height_is_auto
      = g_strcmp0 (svg_attribute (template_->root, "data-height"), "auto") == 0;
  template_->is_one_bit = g_strcmp0 (svg_attribute (template_->root, "data-ink"), "black") == 0;
  for (int id = 0; id < SLOT_COUNT; id++)
    if (template_->slots[id].present)
      measure_slot (template_, (SlotId) id, faults);
  measure_quiet_zone (template_);
  check_apart (template_, faults);
  template_->art = art_new (template_->root, template_is_art, NULL, file, template_->width_pt,
                            template_->height_pt);
  template_->fonts = font_set_new ();
  return g_steal_pointer (&template_);
}

/* NULL if there is any fault. */
static BadgeTemplate *load_good (const char *path, gboolean is_back, GError **error)
{
  g_autoptr (GPtrArray) faults = template_fault_list_new ();
  g_autoptr (BadgeTemplate) template_ = template_load_side (path, is_back, faults);
  if (faults->len == 0)
    return g_steal_pointer (&template_);
  const TemplateFault *first = g_ptr_array_index (faults, 0);
  g_set_error (error, BADGE_ERROR, BADGE_ERROR_TEMPLATE,
               _ ("Cannot use %s as a badge template: %s %s. “accueil badge check” names all that "
                  "is wrong with it."),
               path, first->where, first->what);
  return NULL;
}

char *template_back_path (const char *path)
{
  if (!g_str_has_suffix (path, SUFFIX))
    return NULL;
  g_autofree char *stem = g_strndup (path, strlen (path) - strlen (SUFFIX));
  char *back = g_strconcat (stem, BACK_SUFFIX, NULL);
  if (!g_file_test (back, G_FILE_TEST_EXISTS))
    g_clear_pointer (&back, g_free);
  return back;
}

BadgeTemplate *badge_template_load (const char *path, GError **error)
{
  g_autoptr (BadgeTemplate) front = load_good (path, FALSE, error);
  g_autofree char *back_path = front != NULL ? template_back_path (path) : NULL;
  if (back_path != NULL) {
    front->back = load_good (back_path, TRUE, error);
    if (front->back == NULL)
      return NULL;
    font_set_free (front->back->fonts); /* both sides share one */
    front->back->fonts = front->fonts;
  }
  return g_steal_pointer (&front);
}

/* Logos ------------------------------------------------------------------------------ */

/* A congress has few rows: one for each set of events. */
#define ROWS_MAX 8

static void row_free (gpointer data)
{
  KeptRow *kept = data;
  g_ptr_array_unref (kept->pictures);
  logo_row_free (kept->row);
  g_free (kept);
}

static gboolean is_row_of (const KeptRow *kept, const GArray *logos)
{
  gboolean same = kept->pictures->len == logos->len;
  for (guint i = 0; same && i < logos->len; i++)
    same = g_bytes_equal (kept->pictures->pdata[i], g_array_index (logos, BadgeLogo, i).picture);
  return same;
}

static KeptRow *row_new (const GArray *logos)
{
  KeptRow *kept = g_new0 (KeptRow, 1);
  kept->pictures = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  kept->row = logo_row_new ();
  for (guint i = 0; i < logos->len; i++) {
    const BadgeLogo *logo = &g_array_index (logos, BadgeLogo, i);
    g_ptr_array_add (kept->pictures, g_bytes_ref (logo->picture));
    logo_row_add (kept->row, logo->picture, logo->svg, NULL); /* the event file was checked */
  }
  return kept;
}

const LogoRow *template_logos (BadgeTemplate *template_, const GArray *logos)
{
  if (logos == NULL || logos->len == 0)
    return NULL;
  if (template_->rows == NULL)
    template_->rows = g_ptr_array_new_with_free_func (row_free);
  for (guint i = 0; i < template_->rows->len; i++) {
    const KeptRow *kept = template_->rows->pdata[i];
    if (is_row_of (kept, logos))
      return kept->row;
  }
  if (template_->rows->len == ROWS_MAX)
    g_ptr_array_remove_index (template_->rows, 0);
  KeptRow *kept = row_new (logos);
  g_ptr_array_add (template_->rows, kept);
  return kept->row;
}

void badge_template_free (BadgeTemplate *template_)
{
  if (template_ == NULL)
    return;
  if (template_->back != NULL)
    template_->back->fonts = NULL;
  badge_template_free (template_->back);
  art_free (template_->art);
  g_clear_pointer (&template_->captions, g_array_unref);
  svg_free (template_->root);
  g_free (template_->path);
  g_clear_object (&template_->whole);
  g_clear_pointer (&template_->rows, g_ptr_array_unref);
  font_set_free (template_->fonts);
  g_free (template_);
}

/* Looking ---------------------------------------------------------------------------- */

double badge_width_mm (const BadgeTemplate *template_)
{
  return template_->width_pt / PT_PER_MM;
}

double badge_height_mm (const BadgeTemplate *template_)
{
  return template_->height_pt / PT_PER_MM;
}

gboolean badge_height_is_auto (const BadgeTemplate *template_)
{
  return template_->height_is_auto;
}

const char *badge_cut_slot (const BadgeTemplate *template_, double left_mm, double right_mm,
                            double top_mm, double bottom_mm)
{
  static const SlotId NEEDED[] = { SLOT_QR, SLOT_NAME };

  for (guint i = 0; i < G_N_ELEMENTS (NEEDED); i++) {
    const Slot *slot = template_slot (template_, NEEDED[i]);
    const Box *box = &slot->box;
    if (slot->present
        && (box->x < (left_mm - CUT_MM) * PT_PER_MM || box->y < (top_mm - CUT_MM) * PT_PER_MM
            || box->x + box->width > template_->width_pt - (right_mm - CUT_MM) * PT_PER_MM
            || (!template_->height_is_auto
                && box->y + box->height > template_->height_pt - (bottom_mm - CUT_MM) * PT_PER_MM)))
      return slot_name (NEEDED[i]);
  }
  return NULL;
}

gboolean badge_has_back (const BadgeTemplate *template_)
{
  return template_->back != NULL;
}

BadgeTemplate *template_back (BadgeTemplate *template_)
{
  return template_->back;
}

const char *template_path (const BadgeTemplate *template_)
{
  return template_->path;
}

const SvgNode *template_root (const BadgeTemplate *template_)
{
  return template_->root;
}

const Slot *template_slot (const BadgeTemplate *template_, SlotId id)
{
  return &template_->slots[id];
}

gboolean template_has_slot (const BadgeTemplate *template_, SlotId id, const char *const *traits)
{
  return template_->slots[id].present && art_is_shown (template_->slots[id].node, traits);
}

FontSet *template_fonts (BadgeTemplate *template_)
{
  return template_->fonts;
}

static gboolean measure_caption (const SvgNode *node, Box *ink, gpointer data)
{
  Box box;
  return template_measure (data, node->id, ink, &box);
}

const GArray *template_captions (BadgeTemplate *template_)
{
  if (template_->captions == NULL) {
    template_->captions = caption_find (template_->root, template_->fonts, template_is_art,
                                        measure_caption, template_);
    for (guint i = 0; i < template_->captions->len; i++)
      art_leave_out (template_->art, g_array_index (template_->captions, Caption, i).node);
  }
  return template_->captions;
}

Art *template_art (BadgeTemplate *template_)
{
  return template_->art;
}

double template_width_pt (const BadgeTemplate *template_)
{
  return template_->width_pt;
}

double template_height_pt (const BadgeTemplate *template_)
{
  return template_->height_pt;
}

double template_qr_clear_pt (const BadgeTemplate *template_)
{
  return template_->qr_clear_pt;
}

gboolean template_is_one_bit (const BadgeTemplate *template_)
{
  return template_->is_one_bit;
}
