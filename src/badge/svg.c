#include "badge/svg.h"

#include "core/words.h"

#include <math.h>
#include <pango/pango.h>
#include <string.h>

#define BYTE_ORDER_MARK "\xef\xbb\xbf"
#define CSS_PX_PER_IN 96.0
#define PT_PER_PX (72.0 / CSS_PX_PER_IN)
#define WEIGHT_NORMAL 400
#define TURN_LEAST 0.005 /* a third of a degree */
#define WEIGHT_BOLD 700

/* Reading ---------------------------------------------------------------------------- */

typedef struct {
  SvgNode *root, *open;
  guint elements, depth;
} Reading;

static const char *local_name (const char *name)
{
  const char *colon = strchr (name, ':');
  return colon != NULL ? colon + 1 : name;
}

static SvgNode *add_node (Reading *reading, const char *name)
{
  SvgNode *node = g_new0 (SvgNode, 1);
  node->name = g_strdup (name);
  node->tag = name != NULL ? local_name (node->name) : NULL;
  node->parent = reading->open;
  if (reading->open != NULL)
    g_ptr_array_add (reading->open->children, node);
  else
    reading->root = node;
  return node;
}

static void on_start (GMarkupParseContext *context, const char *element, const char **names,
                      const char **values, gpointer data, GError **error)
{
  Reading *reading = data;
  if (++reading->elements > SVG_ELEMENTS_MAX || ++reading->depth > SVG_DEPTH_MAX) {
    g_set_error (error, G_MARKUP_ERROR, G_MARKUP_ERROR_INVALID_CONTENT,
                 _ ("it has more than %d elements, or more than %d within each other"),
                 SVG_ELEMENTS_MAX, SVG_DEPTH_MAX);
    return;
  }
  if (reading->open == NULL && reading->root != NULL) {
    g_set_error (error, G_MARKUP_ERROR, G_MARKUP_ERROR_INVALID_CONTENT,
                 _ ("another drawing follows after its end"));
    return;
  }
  SvgNode *node = add_node (reading, element);
  int line = 0;
  g_markup_parse_context_get_position (context, &line, NULL);
  node->line = (guint) line;
  node->names = g_strdupv ((char **) (gpointer) names);
  node->values = g_strdupv ((char **) (gpointer) values);
  node->children = g_ptr_array_new_with_free_func ((GDestroyNotify) svg_free);
  const char *id = svg_attribute (node, "id");
  node->has_id = id != NULL && *id;
  node->id = node->has_id ? g_strdup (id) : g_strdup_printf ("_%u", reading->elements);
  reading->open = node;
}

static void on_end (GMarkupParseContext *context, const char *element, gpointer data,
                    GError **error)
{
  Reading *reading = data;
  reading->open = reading->open->parent;
  reading->depth--;
}

static void on_text (GMarkupParseContext *context, const char *text, gsize length, gpointer data,
                     GError **error)
{
  Reading *reading = data;
  if (reading->open != NULL && length > 0)
    add_node (reading, NULL)->text = g_strndup (text, length);
}

SvgNode *svg_read (const char *text, gsize length, GError **error)
{
  static const GMarkupParser parser
      = { .start_element = on_start, .end_element = on_end, .text = on_text };
  Reading reading = { 0 };
  gsize mark = length >= strlen (BYTE_ORDER_MARK)
                       && memcmp (text, BYTE_ORDER_MARK, strlen (BYTE_ORDER_MARK)) == 0
                   ? strlen (BYTE_ORDER_MARK)
                   : 0;
  GMarkupParseContext *context
      = g_markup_parse_context_new (&parser, G_MARKUP_TREAT_CDATA_AS_TEXT, &reading, NULL);
  gboolean good
      = g_markup_parse_context_parse (context, text + mark, (gssize) (length - mark), error)
        && g_markup_parse_context_end_parse (context, error);
  g_markup_parse_context_free (context);
  if (good && reading.root == NULL)
    g_set_error (error, G_MARKUP_ERROR, G_MARKUP_ERROR_EMPTY, _ ("there is no drawing in it"));
  if (good)
    return reading.root;
  svg_free (reading.root);
  return NULL;
}

void svg_free (SvgNode *root)
{
  if (root == NULL)
    return;
  g_clear_pointer (&root->children, g_ptr_array_unref);
  g_strfreev (root->names);
  g_strfreev (root->values);
  g_free (root->name);
  g_free (root->text);
  g_free (root->id);
  g_free (root);
}

/* Writing ---------------------------------------------------------------------------- */

static void append_escaped (GString *out, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);
  g_string_append (out, escaped);
}

static void write_node (GString *out, const SvgNode *node, SvgKeep keep, gpointer data)
{
  if (node->tag == NULL) {
    append_escaped (out, node->text);
    return;
  }
  if (keep != NULL && !keep (node, data))
    return;
  g_string_append_printf (out, "<%s id=\"", node->name);
  append_escaped (out, node->id);
  g_string_append_c (out, '"');
  for (guint i = 0; node->names[i] != NULL; i++) {
    if (strcmp (node->names[i], "id") == 0)
      continue;
    g_string_append_printf (out, " %s=\"", node->names[i]);
    append_escaped (out, node->values[i]);
    g_string_append_c (out, '"');
  }
  g_string_append_c (out, '>');
  for (guint i = 0; i < node->children->len; i++)
    write_node (out, g_ptr_array_index (node->children, i), keep, data);
  g_string_append_printf (out, "</%s>", node->name);
}

char *svg_write (const SvgNode *root, SvgKeep keep, gpointer data)
{
  GString *out = g_string_new (NULL);
  write_node (out, root, keep, data);
  return g_string_free (out, FALSE);
}

/* Looking ---------------------------------------------------------------------------- */

void svg_walk (const SvgNode *node, SvgVisit visit, gpointer data)
{
  if (node->tag == NULL || !visit (node, data))
    return;
  for (guint i = 0; i < node->children->len; i++)
    svg_walk (g_ptr_array_index (node->children, i), visit, data);
}

const char *svg_attribute (const SvgNode *node, const char *name)
{
  for (guint i = 0; node->names[i] != NULL; i++)
    if (strcmp (node->names[i], name) == 0)
      return node->values[i];
  return NULL;
}

gboolean svg_is (const SvgNode *node, const char *tag)
{
  return g_strcmp0 (node->tag, tag) == 0;
}

char *svg_where (const SvgNode *node)
{
  if (node->has_id)
    return g_strdup_printf ("“%s”", node->id);
  return g_strdup_printf (_ ("<%s> in line %u"), node->tag, node->line);
}

static void collect_text (const SvgNode *node, GString *out)
{
  if (node->tag == NULL)
    g_string_append (out, node->text);
  for (guint i = 0; node->tag != NULL && i < node->children->len; i++)
    collect_text (g_ptr_array_index (node->children, i), out);
}

char *svg_text (const SvgNode *node)
{
  GString *out = g_string_new (NULL);
  collect_text (node, out);
  return g_string_free (out, FALSE);
}

/* Properties ------------------------------------------------------------------------- */

/* Of "a: b; c: d !important" the value of @name, or NULL. Of several, the last counts. */
static char *declaration (const char *style, const char *name)
{
  g_auto (GStrv) parts = g_strsplit (style, ";", -1);
  for (guint i = g_strv_length (parts); i-- > 0;) {
    char *colon = strchr (parts[i], ':');
    if (colon == NULL)
      continue;
    *colon = '\0';
    if (strcmp (g_strstrip (parts[i]), name) != 0)
      continue;
    char *important = strstr (colon + 1, "!important");
    if (important != NULL)
      *important = '\0';
    return g_strdup (g_strstrip (colon + 1));
  }
  return NULL;
}

char *svg_own_property (const SvgNode *node, const char *name)
{
  const char *style = svg_attribute (node, "style"), *attribute = svg_attribute (node, name);
  char *value = style != NULL ? declaration (style, name) : NULL;
  if (value == NULL && attribute != NULL)
    value = g_strstrip (g_strdup (attribute));
  if (value != NULL && (*value == '\0' || strcmp (value, "inherit") == 0))
    g_clear_pointer (&value, g_free);
  return value;
}

char *svg_property (const SvgNode *node, const char *name)
{
  char *value = NULL;
  for (; node != NULL && value == NULL; node = node->parent)
    value = svg_own_property (node, name);
  return value;
}

char *svg_font_family (const SvgNode *node)
{
  char *value = svg_property (node, "font-family");
  if (value == NULL)
    return NULL;
  char *comma = strchr (value, ',');
  if (comma != NULL)
    *comma = '\0';
  for (char *p = value; *p; p++)
    if (*p == '\'' || *p == '"')
      *p = ' ';
  return g_strstrip (value);
}

int svg_font_weight (const SvgNode *node)
{
  g_autofree char *value = svg_property (node, "font-weight");
  if (value == NULL || strcmp (value, "normal") == 0)
    return WEIGHT_NORMAL;
  if (strcmp (value, "bold") == 0 || strcmp (value, "bolder") == 0)
    return WEIGHT_BOLD;
  int weight = (int) g_ascii_strtoll (value, NULL, 10);
  return weight >= 1 && weight <= 1000 ? weight : WEIGHT_NORMAL;
}

/* Lengths ---------------------------------------------------------------------------- */

/* What a transform does but for moving: x' = a x + c y, y' = b x + d y. */
typedef struct {
  double a, b, c, d;
} Turn;

static Turn turn_after (Turn outer, Turn inner)
{
  return (Turn){ outer.a * inner.a + outer.c * inner.b, outer.b * inner.a + outer.d * inner.b,
                 outer.a * inner.c + outer.c * inner.d, outer.b * inner.c + outer.d * inner.d };
}

/* One of a list of transforms, with its @n numbers. */
static Turn turn_of (const char *name, const double *numbers, guint n)
{
  double angle = n > 0 ? numbers[0] * G_PI / 180 : 0;
  if (strstr (name, "matrix") != NULL && n == 6)
    return (Turn){ numbers[0], numbers[1], numbers[2], numbers[3] };
  if (strstr (name, "scale") != NULL && n > 0)
    return (Turn){ numbers[0], 0, 0, n > 1 ? numbers[1] : numbers[0] };
  if (strstr (name, "rotate") != NULL)
    return (Turn){ cos (angle), sin (angle), -sin (angle), cos (angle) };
  if (strstr (name, "skewX") != NULL)
    return (Turn){ 1, 0, tan (angle), 1 };
  if (strstr (name, "skewY") != NULL)
    return (Turn){ 1, tan (angle), 0, 1 };
  return (Turn){ 1, 0, 0, 1 };
}

static Turn transform_turn (const char *transform)
{
  Turn turn = { 1, 0, 0, 1 };
  for (const char *p = transform; p != NULL && *p;) {
    const char *open = strchr (p, '(');
    if (open == NULL)
      break;
    double numbers[6] = { 0 };
    guint n = 0;
    char *end = NULL;
    for (const char *q = open + 1; *q && *q != ')' && n < 6; q = end) {
      numbers[n] = g_ascii_strtod (q, &end);
      if (end == q)
        break;
      n++;
      end += strspn (end, " \t\r\n,");
    }
    g_autofree char *name = g_strndup (p, (gsize) (open - p));
    turn = turn_after (turn, turn_of (name, numbers, n));
    p = strchr (open, ')');
    p = p != NULL ? p + 1 : NULL;
  }
  return turn;
}

/* How much larger a transform draws: the square root of the area that a unit square
 * takes. */
static double transform_scale (const char *transform)
{
  Turn turn = transform_turn (transform);
  return sqrt (fabs (turn.a * turn.d - turn.b * turn.c));
}

gboolean svg_is_turned (const SvgNode *node)
{
  Turn turn = { 1, 0, 0, 1 };
  for (; node != NULL; node = node->parent)
    turn = turn_after (transform_turn (svg_attribute (node, "transform")), turn);
  double least = TURN_LEAST * (fabs (turn.a) + fabs (turn.d));
  return fabs (turn.b) > least || fabs (turn.c) > least || turn.a < 0 || turn.d < 0;
}

/* A length in px, which are user units; NAN if it is none. @percent_of is what 100 % and
 * 1em are. */
static double length_px (const char *value, double percent_of)
{
  static const struct {
    const char *unit;
    double px;
  } units[] = { { "", 1 },           { "px", 1 },         { "pt", 96 / 72.0 }, { "pc", 16 },
                { "mm", 96 / 25.4 }, { "cm", 96 / 2.54 }, { "in", 96 } };
  char *end = NULL;
  double number = g_ascii_strtod (value, &end);
  if (end == value)
    return NAN;
  if (strcmp (end, "em") == 0)
    return number * percent_of;
  if (strcmp (end, "%") == 0)
    return number * percent_of / 100;
  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (strcmp (end, units[i].unit) == 0)
      return number * units[i].px;
  return NAN;
}

/* Points on the page for a user unit of the root's content. */
static double page_scale (const SvgNode *root)
{
  const char *view_box = svg_attribute (root, "viewBox"), *width = svg_attribute (root, "width"),
             *height = svg_attribute (root, "height");
  double numbers[4] = { 0 };
  g_auto (GStrv) words = g_strsplit_set (view_box != NULL ? view_box : "", " ,\t\r\n", -1);
  guint n = 0;
  for (guint i = 0; words[i] != NULL && n < 4; i++)
    if (words[i][0])
      numbers[n++] = g_ascii_strtod (words[i], NULL);
  double x
      = width != NULL && n == 4 && numbers[2] > 0 ? length_px (width, numbers[2]) / numbers[2] : 1;
  double y = height != NULL && n == 4 && numbers[3] > 0
                 ? length_px (height, numbers[3]) / numbers[3]
                 : x;
  double scale = fmin (x, y);
  return (scale > 0 ? scale : 1) * PT_PER_PX;
}

static double scale_of (const SvgNode *node)
{
  double scale = 1;
  for (; node->parent != NULL; node = node->parent)
    scale *= transform_scale (svg_attribute (node, "transform"));
  return scale * page_scale (node);
}

/* In user units; 0 where none is stated. */
static double font_size_px (const SvgNode *node)
{
  for (; node != NULL; node = node->parent) {
    g_autofree char *value = svg_own_property (node, "font-size");
    double size = value != NULL
                      ? length_px (value, strpbrk (value, "%e") != NULL && node->parent != NULL
                                              ? font_size_px (node->parent)
                                              : 0)
                      : NAN;
    if (size > 0)
      return size;
  }
  return 0;
}

double svg_font_size_pt (const SvgNode *node)
{
  return font_size_px (node) * scale_of (node);
}

double svg_length_pt (const SvgNode *node, const char *attribute)
{
  const char *value = svg_attribute (node, attribute);
  return value != NULL ? length_px (value, NAN) * scale_of (node) : NAN;
}

double svg_stroke_width_pt (const SvgNode *node)
{
  double rgb[3];
  g_autofree char *stroke = svg_property (node, "stroke"),
                  *width = svg_property (node, "stroke-width");
  if (stroke == NULL
      || (!svg_colour (node, "stroke", "none", rgb) && !g_str_has_prefix (stroke, "url")))
    return 0;
  double px = width != NULL ? length_px (width, 1) : 1;
  return px > 0 ? px * scale_of (node) : 0;
}

/* Colours ---------------------------------------------------------------------------- */

/* "rgb(31, 58, 147)" or "rgb(12%, …)" */
static gboolean parse_rgb (const char *value, double rgb[3])
{
  const char *p = value + strlen ("rgb(");
  for (guint i = 0; i < 3; i++) {
    char *end = NULL;
    double number = g_ascii_strtod (p, &end);
    if (end == p)
      return FALSE;
    rgb[i] = CLAMP (*end == '%' ? number / 100 : number / 255, 0, 1);
    p = end + strspn (end, "% \t,");
  }
  return TRUE;
}

gboolean svg_colour (const SvgNode *node, const char *property, const char *fallback, double rgb[3])
{
  g_autofree char *value = svg_property (node, property);
  const char *text = value != NULL ? value : fallback;
  PangoColor colour;
  if (g_str_has_prefix (text, "rgb("))
    return parse_rgb (text, rgb);
  if (strcmp (text, "none") == 0 || !pango_color_parse (&colour, text))
    return FALSE;
  rgb[0] = colour.red / 65535.0;
  rgb[1] = colour.green / 65535.0;
  rgb[2] = colour.blue / 65535.0;
  return TRUE;
}

gboolean svg_is_visible (const SvgNode *node)
{
  g_autofree char *visibility = svg_property (node, "visibility");
  if (visibility != NULL && strcmp (visibility, "visible") != 0)
    return FALSE;
  for (; node != NULL; node = node->parent) {
    g_autofree char *display = svg_own_property (node, "display");
    if (display != NULL && strcmp (display, "none") == 0)
      return FALSE;
  }
  return TRUE;
}
