#include "badge/template.h"

#include "core/words.h"

#include <librsvg/rsvg.h>
#include <math.h>
#include <string.h>

#define CSS_DPI 96.0 /* of the pixels in which librsvg tells sizes */
#define PX_PER_MM (CSS_DPI / 25.4)
#define PT_PER_PX (72.0 / CSS_DPI)
#define PIXELS_MAX (64 * 1024 * 1024)
#define SUFFIX ".svg"
#define BACK_SUFFIX ".back.svg"
#define TOUCH_PT 0.05 /* slots may meet */

struct _BadgeTemplate {
  RsvgHandle *art;
  FontSet *fonts;
  gboolean height_is_auto;
  double width_pt, height_pt, qr_clear_pt;
  Slot slots[SLOT_COUNT];
  BadgeTemplate *back; /* NULL for none, and of a back */
  cairo_surface_t *drawn; /* the art at drawn_dpi */
  guint drawn_dpi;
};

static const struct {
  const char *id;
  gboolean required;
  double max_pt, min_pt;
} slot_facts[SLOT_COUNT] = {
  [SLOT_NAME] = { "name", TRUE, 32, 12 },
  [SLOT_CATEGORY] = { "category", TRUE, 14, 8 },
  [SLOT_QR] = { "qr", TRUE, 0, 0 },
  [SLOT_CATEGORY_BAND] = { "category-band", FALSE, 0, 0 },
  [SLOT_RIBBON] = { "ribbon", FALSE, 9, 6 },
  [SLOT_CONGRESS_OWN] = { "congress-own", FALSE, 8, 5.5 },
  [SLOT_CONGRESS_OTHER] = { "congress-other", FALSE, 8, 5.5 },
  [SLOT_POST] = { "post", FALSE, 12, 7 },
  [SLOT_EVENTS] = { "events", FALSE, 7, 5 },
  [SLOT_SERVICES] = { "services", FALSE, 7, 5 },
  [SLOT_DAYS] = { "days", FALSE, 11, 6 },
  [SLOT_LABEL] = { "label", FALSE, 6.5, 5 },
  [SLOT_HOLE] = { "hole", FALSE, 0, 0 },
};

const char *slot_name (SlotId id)
{
  return slot_facts[id].id;
}

/* Attributes of the slots' elements ------------------------------------------------------------------------------------------------------------------- */

typedef struct {
  BadgeTemplate *template_;
  gboolean seen[SLOT_COUNT];
} Reading;

static gboolean fault (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);
static gboolean fault (GError **error, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  g_autofree char *message = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error_literal (error, BADGE_ERROR, BADGE_ERROR_TEMPLATE, message);
  return FALSE;
}

static gboolean read_points (const char *id, const char *attribute, const char *value, double *points, GError **error)
{
  char *end = NULL;
  double number = g_ascii_strtod (value, &end);
  if (end == value || *end || !(number >= 1 && number <= 500))
    return fault (error, _("element “%s”: %s=\"%s\" is no size in points between 1 and 500"), id, attribute, value);
  *points = number;
  return TRUE;
}

static gboolean read_align (const char *id, const char *attribute, const char *value, const char *const words[3], Align *align, GError **error)
{
  for (guint i = 0; i < 3; i++)
    if (strcmp (value, words[i]) == 0) {
      *align = (Align) i;
      return TRUE;
    }
  return fault (error, _("element “%s”: %s=\"%s\" is none of %s, %s, %s"), id, attribute, value, words[0], words[1], words[2]);
}

static gboolean read_attribute (const char *id, Slot *slot, const char *attribute, const char *value, GError **error)
{
  static const char *const across[] = { "left", "centre", "right" }, *const down[] = { "top", "middle", "bottom" };
  if (strcmp (attribute, "data-max-pt") == 0)
    return read_points (id, attribute, value, &slot->max_pt, error);
  if (strcmp (attribute, "data-max-zh-pt") == 0)
    return read_points (id, attribute, value, &slot->max_zh_pt, error);
  if (strcmp (attribute, "data-min-pt") == 0)
    return read_points (id, attribute, value, &slot->min_pt, error);
  if (strcmp (attribute, "data-align") == 0)
    return read_align (id, attribute, value, across, &slot->across, error);
  if (strcmp (attribute, "data-valign") == 0)
    return read_align (id, attribute, value, down, &slot->down, error);
  return TRUE;
}

static int slot_of (const char **names, const char **values)
{
  for (guint i = 0; names[i]; i++)
    for (int id = 0; strcmp (names[i], "id") == 0 && id < SLOT_COUNT; id++)
      if (strcmp (values[i], slot_facts[id].id) == 0)
        return id;
  return -1;
}

static void on_element (GMarkupParseContext *context, const char *element, const char **names, const char **values, gpointer data, GError **error)
{
  Reading *reading = data;
  int id = slot_of (names, values);
  if (id < 0)
    return;
  if (strcmp (element, "rect") != 0) {
    fault (error, _("element “%s” is a <%s>; a slot must be a rectangle"), slot_facts[id].id, element);
    return;
  }
  if (reading->seen[id]) {
    fault (error, _("two elements have the id “%s”"), slot_facts[id].id);
    return;
  }
  reading->seen[id] = TRUE;
  Slot *slot = &reading->template_->slots[id];
  slot->max_pt = slot_facts[id].max_pt;
  slot->min_pt = slot_facts[id].min_pt;
  for (guint i = 0; names[i]; i++)
    if (!read_attribute (slot_facts[id].id, slot, names[i], values[i], error))
      return;
  if (slot->max_zh_pt <= 0)
    slot->max_zh_pt = slot->max_pt;
  if (slot->min_pt > MIN (slot->max_pt, slot->max_zh_pt))
    fault (error, _("element “%s”: the smallest size is larger than the largest"), slot_facts[id].id);
}

static gboolean read_slots (BadgeTemplate *template_, const char *text, gsize length, gboolean is_back, GError **error)
{
  static const GMarkupParser parser = { .start_element = on_element };
  Reading reading = { .template_ = template_ };
  GMarkupParseContext *context = g_markup_parse_context_new (&parser, G_MARKUP_TREAT_CDATA_AS_TEXT, &reading, NULL);
  gboolean good = g_markup_parse_context_parse (context, text, (gssize) length, error) && g_markup_parse_context_end_parse (context, error);
  g_markup_parse_context_free (context);
  for (int id = 0; good && id < SLOT_COUNT; id++) {
    template_->slots[id].present = reading.seen[id];
    if (slot_facts[id].required && !reading.seen[id] && !is_back)
      good = fault (error, _("no rectangle has the id “%s”"), slot_facts[id].id);
  }
  return good;
}

/* Geometry -------------------------------------------------------------------------------------------------------------------------------------------- */

static gboolean measure_page (BadgeTemplate *template_, GError **error)
{
  double width = 0, height = 0;
  if (!rsvg_handle_get_intrinsic_size_in_pixels (template_->art, &width, &height))
    return fault (error, "%s", _("the page has no size; give the <svg> element width and height in mm"));
  double narrow = MIN (width, height) / PX_PER_MM, wide = MAX (width, height) / PX_PER_MM;
  if (!(narrow >= TEMPLATE_SIDE_MIN_MM && wide <= TEMPLATE_SIDE_MAX_MM))
    return fault (error, _("the page is %.0f × %.0f mm; a badge has between %.0f and %.0f mm a side"), width / PX_PER_MM, height / PX_PER_MM, TEMPLATE_SIDE_MIN_MM, TEMPLATE_SIDE_MAX_MM);
  template_->width_pt = width * PT_PER_PX;
  template_->height_pt = height * PT_PER_PX;
  return TRUE;
}

static gboolean measure_slot (BadgeTemplate *template_, SlotId id, GError **error)
{
  g_autofree char *fragment = g_strconcat ("#", slot_name (id), NULL);
  RsvgRectangle page = { 0, 0, template_->width_pt / PT_PER_PX, template_->height_pt / PT_PER_PX }, ink, box;
  if (!rsvg_handle_get_geometry_for_layer (template_->art, fragment, &page, &ink, &box, error))
    return FALSE;
  const double slack = TOUCH_PT / PT_PER_PX;
  if (!(box.width > 0 && box.height > 0))
    return fault (error, _("element “%s” is hidden or has no area"), slot_name (id));
  if (!(box.x >= -slack && box.y >= -slack && box.x + box.width <= page.width + slack && box.y + box.height <= page.height + slack))
    return fault (error, _("element “%s” lies outside of the page"), slot_name (id));
  template_->slots[id].box = (Box) { box.x * PT_PER_PX, box.y * PT_PER_PX, box.width * PT_PER_PX, box.height * PT_PER_PX };
  return TRUE;
}

/* The gap between two boxes along the axis where they are further apart; negative if they overlap. */
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

static gboolean check_apart (const BadgeTemplate *template_, GError **error)
{
  for (int a = 0; a < SLOT_COUNT; a++)
    for (int b = a + 1; b < SLOT_COUNT; b++) {
      const Slot *one = &template_->slots[a], *other = &template_->slots[b];
      if (one->present && other->present && !may_overlap ((SlotId) a, (SlotId) b) && !may_overlap ((SlotId) b, (SlotId) a) && distance (&one->box, &other->box) < -TOUCH_PT)
        return fault (error, _("the elements “%s” and “%s” lie over each other"), slot_facts[a].id, slot_facts[b].id);
    }
  return TRUE;
}

static void measure_quiet_zone (BadgeTemplate *template_)
{
  const Box *qr = &template_->slots[SLOT_QR].box;
  double clear = MIN (MIN (qr->x, qr->y), MIN (template_->width_pt - qr->x - qr->width, template_->height_pt - qr->y - qr->height));
  for (int id = 0; id < SLOT_COUNT; id++)
    if (id != SLOT_QR && template_->slots[id].present)
      clear = MIN (clear, distance (qr, &template_->slots[id].box));
  template_->qr_clear_pt = MAX (clear, 0);
}

/* Loading --------------------------------------------------------------------------------------------------------------------------------------------- */

/* A user's rule that is important wins over all that the file says. */
static gboolean hide_slots (BadgeTemplate *template_, GError **error)
{
  GString *css = g_string_new (NULL);
  for (int id = 0; id < SLOT_COUNT; id++)
    g_string_append_printf (css, "#%s { display: none !important }\n", slot_facts[id].id);
  gboolean good = rsvg_handle_set_stylesheet (template_->art, (const guint8 *) css->str, css->len, error);
  g_string_free (css, TRUE);
  return good;
}

static gboolean load (BadgeTemplate *template_, const char *path, gboolean is_back, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInfo) info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE "," G_FILE_ATTRIBUTE_STANDARD_TYPE, G_FILE_QUERY_INFO_NONE, NULL, error);
  if (!info)
    return FALSE;
  if (g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR)
    return fault (error, "%s", _("it is not a file"));
  if (g_file_info_get_size (info) > TEMPLATE_BYTES_MAX)
    return fault (error, _("it is larger than %d MB"), TEMPLATE_BYTES_MAX / 1024 / 1024);
  g_autofree char *text = NULL;
  gsize length = 0;
  if (!g_file_load_contents (file, NULL, &text, &length, NULL, error))
    return FALSE;
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (text, (gssize) length, NULL);
  template_->art = rsvg_handle_new_from_stream_sync (stream, file, RSVG_HANDLE_FLAGS_NONE, NULL, error);
  if (template_->art)
    rsvg_handle_set_dpi (template_->art, CSS_DPI);
  if (!template_->art || !read_slots (template_, text, length, is_back, error) || !measure_page (template_, error))
    return FALSE;
  for (int id = 0; id < SLOT_COUNT; id++)
    if (template_->slots[id].present && !measure_slot (template_, (SlotId) id, error))
      return FALSE;
  measure_quiet_zone (template_);
  return check_apart (template_, error) && hide_slots (template_, error);
}

static BadgeTemplate *load_side (const char *path, gboolean is_back, GError **error)
{
  g_autoptr (BadgeTemplate) template_ = g_new0 (BadgeTemplate, 1);
  g_autoptr (GError) why = NULL;
  if (!load (template_, path, is_back, &why)) {
    g_set_error (error, BADGE_ERROR, BADGE_ERROR_TEMPLATE, _("Cannot use %s as a badge template: %s. Its slots are described in the comment at the top of a6-portrait.svg."), path, why->message);
    return NULL;
  }
  template_->fonts = font_set_new ();
  return g_steal_pointer (&template_);
}

BadgeTemplate *badge_template_load (const char *path, GError **error)
{
  g_autoptr (BadgeTemplate) front = load_side (path, FALSE, error);
  if (!front || !g_str_has_suffix (path, SUFFIX))
    return g_steal_pointer (&front);
  g_autofree char *stem = g_strndup (path, strlen (path) - strlen (SUFFIX));
  g_autofree char *back_path = g_strconcat (stem, BACK_SUFFIX, NULL);
  if (g_file_test (back_path, G_FILE_TEST_EXISTS)) {
    front->back = load_side (back_path, TRUE, error);
    if (!front->back)
      return NULL;
  }
  return g_steal_pointer (&front);
}

gboolean badge_has_back (const BadgeTemplate *template_)
{
  return template_->back != NULL;
}

BadgeTemplate *template_back (BadgeTemplate *template_)
{
  return template_->back;
}

void badge_template_free (BadgeTemplate *template_)
{
  if (!template_)
    return;
  badge_template_free (template_->back);
  g_clear_object (&template_->art);
  font_set_free (template_->fonts);
  g_clear_pointer (&template_->drawn, cairo_surface_destroy);
  g_free (template_);
}

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

const Slot *template_slot (const BadgeTemplate *template_, SlotId id)
{
  return &template_->slots[id];
}

FontSet *template_fonts (BadgeTemplate *template_)
{
  return template_->fonts;
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

/* Art ------------------------------------------------------------------------------------------------------------------------------------------------- */

gboolean template_draw_art (BadgeTemplate *template_, cairo_t *cr, GError **error)
{
  RsvgRectangle page = { 0, 0, template_->width_pt, template_->height_pt };
  g_autoptr (GError) why = NULL;
  if (rsvg_handle_render_document (template_->art, cr, &page, &why))
    return TRUE;
  return fault (error, _("Cannot draw the art of the badge template: %s"), why->message);
}

/* The cached art is kept for one resolution only: a station prints on one kind of printer. */
static gboolean draw_once (BadgeTemplate *template_, guint dpi, GError **error)
{
  if (template_->drawn && template_->drawn_dpi == dpi)
    return TRUE;
  int width = (int) lround (template_->width_pt * dpi / 72), height = (int) lround (template_->height_pt * dpi / 72);
  if (dpi == 0 || width < 1 || height < 1 || (gint64) width * height > PIXELS_MAX) {
    g_set_error (error, BADGE_ERROR, BADGE_ERROR_WRITE, _("Cannot draw a badge at %u dots an inch: it would have %d × %d pixels"), dpi, width, height);
    return FALSE;
  }
  g_clear_pointer (&template_->drawn, cairo_surface_destroy);
  template_->drawn = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  template_->drawn_dpi = dpi;
  cairo_t *cr = cairo_create (template_->drawn);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, dpi / 72.0, dpi / 72.0);
  gboolean good = template_draw_art (template_, cr, error);
  cairo_destroy (cr);
  if (!good)
    g_clear_pointer (&template_->drawn, cairo_surface_destroy);
  return good;
}

cairo_surface_t *template_art_surface (BadgeTemplate *template_, guint dpi, GError **error)
{
  if (!draw_once (template_, dpi, error))
    return NULL;
  int width = cairo_image_surface_get_width (template_->drawn), height = cairo_image_surface_get_height (template_->drawn);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  if (cairo_surface_status (surface) != CAIRO_STATUS_SUCCESS) {
    g_set_error (error, BADGE_ERROR, BADGE_ERROR_WRITE, _("Cannot draw a badge of %d × %d pixels: %s"), width, height, cairo_status_to_string (cairo_surface_status (surface)));
    cairo_surface_destroy (surface);
    return NULL;
  }
  cairo_surface_flush (template_->drawn);
  memcpy (cairo_image_surface_get_data (surface), cairo_image_surface_get_data (template_->drawn), (gsize) cairo_image_surface_get_stride (surface) * (gsize) height);
  cairo_surface_mark_dirty (surface);
  return surface;
}
