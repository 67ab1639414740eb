#include "badge/burden.h"

#include "badge/template_fault.h"
#include "badge/picture.h"
#include "core/words.h"

#include <string.h>

/* In elements. A filter goes over all the dots of the page several times. */
#define FILTER_WEIGHT 5000
#define MASK_WEIGHT 400
#define PATTERN_WEIGHT 400
#define GROUP_WEIGHT 50    /* drawn on a page of its own, for its transparency */
#define MARKER_LETTERS 6   /* of an outline, at least, for a point that bears a marker */
#define MORPHOLOGY_MAX 5.0 /* radius; the time grows with its square */
#define HEAD_BYTES                                                                                 \
  (1024                                                                                            \
   * 1024) /* of a picture, within which its size is told: before it may stand a colour profile */

typedef struct {
  GFile *file;
  GPtrArray *faults;
  GHashTable *ids;     /* of char *: SvgNode, borrowed */
  GHashTable *weights; /* of SvgNode: gsize, with what is in it; 0 while it is being weighed */
  gsize outlines, letters, dots;
} Scale;

/* References ------------------------------------------------------------------------- */

static gboolean note_id (const SvgNode *node, gpointer data)
{
  Scale *scale = data;
  if (node->has_id && !g_hash_table_contains (scale->ids, node->id))
    g_hash_table_insert (scale->ids, node->id, (gpointer) (guintptr) node);
  return TRUE;
}

static const SvgNode *target (const Scale *scale, const char *fragment, gsize length)
{
  g_autofree char *id = g_strndup (fragment, length);
  return g_hash_table_lookup (scale->ids, id);
}

/* What "url(#id)" of an element's own @property leads to; NULL: nothing here. */
static const SvgNode *property_target (const Scale *scale, const SvgNode *node,
                                       const char *property)
{
  g_autofree char *value = svg_own_property (node, property);
  const char *open = value != NULL ? strstr (value, "url(") : NULL,
             *hash = open != NULL ? strchr (open, '#') : NULL;
  return hash != NULL ? target (scale, hash + 1, strcspn (hash + 1, "'\") \t\r\n")) : NULL;
}

static const char *link_of (const SvgNode *node)
{
  const char *link = svg_attribute (node, "href");
  return link != NULL ? link : svg_attribute (node, "xlink:href");
}

/* Weights ---------------------------------------------------------------------------- */

static gsize weigh (Scale *scale, const SvgNode *node);

static gsize sum (gsize a, gsize b)
{
  return MIN (a + b, (gsize) G_MAXUINT32);
}

static gsize weigh_children (Scale *scale, const SvgNode *node)
{
  static const char *const undrawn[]
      = { "defs",   "symbol",         "clipPath",       "mask",     "pattern", "marker",
          "filter", "linearGradient", "radialGradient", "metadata", NULL };
  gsize weight = 0;
  for (guint i = 0; i < node->children->len; i++) {
    const SvgNode *child = g_ptr_array_index (node->children, i);
    if (child->tag != NULL && !g_strv_contains (undrawn, child->tag))
      weight = sum (weight, weigh (scale, child));
  }
  return weight;
}

/* What is drawn once more wherever @found is referred to. */
static gsize weigh_found (Scale *scale, const SvgNode *found)
{
  static const char *const containers[]
      = { "symbol", "clipPath", "mask", "pattern", "marker", NULL };
  if (found == NULL)
    return 0;
  if (!g_strv_contains (containers, found->tag))
    return weigh (scale, found);
  gsize *known = g_hash_table_lookup (scale->weights, found);
  if (known != NULL)
    return *known;
  known = g_new0 (gsize, 1);
  g_hash_table_insert (scale->weights, (gpointer) (guintptr) found, known);
  gsize weight = weigh_children (scale, found);
  for (guint i = 0; i < 2; i++) {
    static const char *const again[] = { "mask", "clip-path" };
    weight = sum (weight, weigh_found (scale, property_target (scale, found, again[i])));
  }
  return *known = weight;
}

static gsize weigh_property (Scale *scale, const SvgNode *node, const char *property, gsize own)
{
  const SvgNode *found = property_target (scale, node, property);
  return found != NULL ? sum (own, weigh_found (scale, found)) : 0;
}

static gsize outline_length (const SvgNode *node)
{
  const char *d = svg_attribute (node, "d"), *points = svg_attribute (node, "points");
  return (d != NULL ? strlen (d) : 0) + (points != NULL ? strlen (points) : 0);
}

static gsize weigh_look (Scale *scale, const SvgNode *node)
{
  static const char *const markers[] = { "marker", "marker-start", "marker-mid", "marker-end" },
                           *const paints[] = { "fill", "stroke" };
  g_autofree char *filter = svg_own_property (node, "filter"),
                  *opacity = svg_own_property (node, "opacity"),
                  *blend = svg_own_property (node, "mix-blend-mode");
  gsize weight = filter != NULL && strcmp (filter, "none") != 0 ? FILTER_WEIGHT : 0,
        points = 1 + outline_length (node) / MARKER_LETTERS;
  weight = sum (weight, opacity != NULL || blend != NULL ? GROUP_WEIGHT : 0);
  weight = sum (weight, weigh_property (scale, node, "mask", MASK_WEIGHT));
  weight = sum (weight, weigh_property (scale, node, "clip-path", 1));
  for (guint i = 0; i < G_N_ELEMENTS (paints); i++) {
    const SvgNode *paint = property_target (scale, node, paints[i]);
    weight = sum (weight, paint != NULL && svg_is (paint, "pattern")
                              ? sum (PATTERN_WEIGHT, weigh_found (scale, paint))
                              : 0);
  }
  for (guint i = 0; i < G_N_ELEMENTS (markers); i++)
    weight = sum (weight,
                  MIN (points * weigh_property (scale, node, markers[i], 1), (gsize) G_MAXUINT32));
  return weight;
}

static gsize weigh (Scale *scale, const SvgNode *node)
{
  gsize *known = g_hash_table_lookup (scale->weights, node);
  if (known != NULL)
    return *known; /* 0 in a circle, which librsvg breaks */
  known = g_new0 (gsize, 1);
  g_hash_table_insert (scale->weights, (gpointer) (guintptr) node, known);
  gsize weight = sum (1, weigh_look (scale, node));
  weight = sum (weight, weigh_children (scale, node));
  const char *link = svg_is (node, "use") || svg_is (node, "textPath") || svg_is (node, "tref")
                         ? link_of (node)
                         : NULL;
  if (link != NULL && *link == '#')
    weight = sum (weight, weigh_found (scale, target (scale, link + 1, strlen (link + 1))));
  return *known = weight;
}

/* The innermost element that holds most of the weight. */
static const SvgNode *heaviest (Scale *scale, const SvgNode *node)
{
  for (gboolean deeper = TRUE; deeper;) {
    gsize whole = weigh (scale, node);
    deeper = FALSE;
    for (guint i = 0; i < node->children->len && !deeper; i++) {
      const SvgNode *child = g_ptr_array_index (node->children, i);
      const gsize *known = child->tag != NULL ? g_hash_table_lookup (scale->weights, child) : NULL;
      deeper = known != NULL && *known > whole / 2;
      node = deeper ? child : node;
    }
  }
  return node;
}

static void weigh_all (Scale *scale, const SvgNode *root)
{
  gsize weight = weigh (scale, root);
  if (weight <= BURDEN_MAX)
    return;
  g_autofree char *where = svg_where (heaviest (scale, root));
  template_fault_add (
      scale->faults, where,
      _ ("Simplify it, or turn it into a picture (Inkscape: Edit > Make a Bitmap Copy)."),
      _ ("is too much to draw for every badge: with its copies, masks, filters and transparency as "
         "much as %u elements, of at most %d"),
      (guint) weight, BURDEN_MAX);
}

/* Filters ---------------------------------------------------------------------------- */

static void check_filter (Scale *scale, const SvgNode *node)
{
  g_autofree char *where = svg_where (node);
  if (node->children->len > 2 * BURDEN_STEPS_MAX + 1) /* spaces between them are children too */
    template_fault_add (scale->faults, where, _ ("Simplify it."),
                        _ ("is a filter of more than %d steps"), BURDEN_STEPS_MAX);
}

/* Filters of others than these are slow without bounds, or end librsvg. */
static void check_filter_step (Scale *scale, const SvgNode *node)
{
  static const char *const known[] = { "feGaussianBlur",
                                       "feOffset",
                                       "feMerge",
                                       "feMergeNode",
                                       "feFlood",
                                       "feComposite",
                                       "feColorMatrix",
                                       "feBlend",
                                       "feComponentTransfer",
                                       "feFuncR",
                                       "feFuncG",
                                       "feFuncB",
                                       "feFuncA",
                                       "feDropShadow",
                                       "feMorphology",
                                       NULL };
  g_autofree char *where = svg_where (node);
  const char *radius = svg_attribute (node, "radius");
  if (!g_strv_contains (known, node->tag))
    template_fault_add (scale->faults, where,
                        _ ("Take it out, or turn what it is for into a picture (Inkscape: Edit > "
                           "Make a Bitmap Copy)."),
                        _ ("is a filter, %s, that may take minutes or end the program"), node->tag);
  char *end = NULL;
  if (!svg_is (node, "feMorphology") || radius == NULL
      || (g_ascii_strtod (radius, &end) <= MORPHOLOGY_MAX
          && g_ascii_strtod (end + strspn (end, " ,"), NULL) <= MORPHOLOGY_MAX))
    return;
  template_fault_add (scale->faults, where, _ ("Draw it thicker or thinner instead."),
                      _ ("is a filter with the radius %s, of at most %.0f"), radius,
                      MORPHOLOGY_MAX);
}

/* Pictures --------------------------------------------------------------------------- */

static GBytes *embedded (const char *link)
{
  const char *comma = strchr (link, ',');
  gsize length = 0;
  if (comma == NULL || g_strstr_len (link, comma - link, ";base64") == NULL)
    return NULL;
  guchar *bytes = g_base64_decode (comma + 1, &length);
  return g_bytes_new_take (bytes, length);
}

/* The head of the file that librsvg would look for, in the template's folder or under it
 * only. NULL: there is none, and nothing will be drawn. */
static GBytes *head_of_file (const Scale *scale, const char *link)
{
  g_autofree char *plain = g_uri_unescape_string (link, NULL), *scheme = g_uri_parse_scheme (link);
  g_autoptr (GFile) folder = g_file_get_parent (scale->file);
  g_autoptr (GFile) file = scheme != NULL ? g_file_new_for_uri (link)
                           : folder != NULL && plain != NULL
                               ? g_file_resolve_relative_path (folder, plain)
                               : NULL;
  if (file == NULL || folder == NULL || !g_file_is_native (file)
      || !g_file_has_prefix (file, folder)
      || g_file_query_file_type (file, G_FILE_QUERY_INFO_NONE, NULL) != G_FILE_TYPE_REGULAR)
    return NULL;
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, NULL);
  return stream != NULL
             ? g_input_stream_read_bytes (G_INPUT_STREAM (stream), HEAD_BYTES, NULL, NULL)
             : NULL;
}

static void check_picture (Scale *scale, const SvgNode *node)
{
  const char *link = link_of (node);
  g_autoptr (GBytes) bytes = link == NULL                       ? NULL
                             : g_str_has_prefix (link, "data:") ? embedded (link)
                                                                : head_of_file (scale, link);
  g_autofree char *where = svg_where (node);
  gsize length = 0;
  const guint8 *data = bytes != NULL ? g_bytes_get_data (bytes, &length) : NULL;
  guint width = 0, height = 0;
  if (data == NULL)
    return;
  if (!picture_size (data, length, &width, &height)) {
    template_fault_add (scale->faults, where, _ ("Save it as one of them and import it again."),
                        "%s", _ ("is a picture that is neither PNG nor JPEG"));
    return;
  }
  gsize dots = (gsize) width * height;
  scale->dots = sum (scale->dots, MIN (dots, (gsize) G_MAXUINT32));
  if (scale->dots > BURDEN_DOTS_MAX)
    template_fault_add (scale->faults, where,
                        _ ("Make it smaller: 600 dots an inch are enough for any printer."),
                        _ ("is a picture of %u × %u dots; all together may have %d million"), width,
                        height, BURDEN_DOTS_MAX / 1000000);
}

/* One by one ------------------------------------------------------------------------- */

static void check_outline (Scale *scale, const SvgNode *node)
{
  gsize length = outline_length (node);
  scale->outlines += length;
  if (length <= BURDEN_OUTLINE_MAX
      && (scale->outlines <= BURDEN_OUTLINES_MAX || scale->outlines - length > BURDEN_OUTLINES_MAX))
    return;
  g_autofree char *where = svg_where (node);
  template_fault_add (
      scale->faults, where,
      _ ("Simplify it (Inkscape: Path > Simplify), or turn it into a picture."),
      _ ("makes outlines of too many points: one may take %d KB, all together %d KB"),
      BURDEN_OUTLINE_MAX / 1024, BURDEN_OUTLINES_MAX / 1024);
}

static void check_letters (Scale *scale, const SvgNode *node)
{
  static const char *const silent[] = { "title", "desc", "metadata", "style", "script", NULL };
  gsize before = scale->letters;
  for (guint i = 0; i < node->children->len && !g_strv_contains (silent, node->tag); i++) {
    const SvgNode *child = g_ptr_array_index (node->children, i);
    scale->letters
        += child->tag != NULL ? 0 : strlen (child->text) - strspn (child->text, " \t\r\n");
  }
  if (before > BURDEN_LETTERS_MAX || scale->letters <= BURDEN_LETTERS_MAX)
    return;
  g_autofree char *where = svg_where (node);
  template_fault_add (scale->faults, where, _ ("Take out what nobody can read on a badge."),
                      _ ("is more text than a badge has room for: %d bytes are the most"),
                      BURDEN_LETTERS_MAX);
}

/* Style sheets are not read here. */
static void check_sheet (Scale *scale, const SvgNode *node)
{
  g_autofree char *text = svg_text (node), *where = svg_where (node);
  if (strstr (text, "url(") != NULL || strstr (text, "@import") != NULL)
    template_fault_add (scale->faults, where, _ ("Give each element its style itself."), "%s",
                        _ ("is a style sheet with filters, masks, patterns or other files, of "
                           "which nobody can say how long they take"));
}

static gboolean check_one (const SvgNode *node, gpointer data)
{
  Scale *scale = data;
  check_outline (scale, node);
  check_letters (scale, node);
  if (svg_is (node, "style"))
    check_sheet (scale, node);
  else if (svg_is (node, "filter"))
    check_filter (scale, node);
  else if (g_str_has_prefix (node->tag, "fe") && node->tag[2] >= 'A' && node->tag[2] <= 'Z')
    check_filter_step (scale, node);
  else if (svg_is (node, "image"))
    check_picture (scale, node);
  return TRUE;
}

gboolean burden_weigh (const SvgNode *root, GFile *file, GPtrArray *faults)
{
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) weights = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  Scale scale = { .file = file, .faults = faults, .ids = ids, .weights = weights };
  guint before = faults->len;

  svg_walk (root, note_id, &scale);
  svg_walk (root, check_one, &scale);
  weigh_all (&scale, root);
  return faults->len == before;
}
