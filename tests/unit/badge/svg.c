#include "badge/svg.h"
#include "words_here.h"

#include <string.h>

static SvgNode *parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  SvgNode *root = svg_read (text, strlen (text), &error);
  g_assert_no_error (error);
  return root;
}

typedef struct {
  const char *id;
  const SvgNode *found;
} Search;

static gboolean search (const SvgNode *node, gpointer data)
{
  Search *it = data;
  if (strcmp (node->id, it->id) == 0)
    it->found = node;
  return TRUE;
}

static const SvgNode *by_id (const SvgNode *root, const char *id)
{
  Search it = { id, NULL };
  svg_walk (root, search, &it);
  g_assert_nonnull (it.found);
  return it.found;
}

/* As Inkscape writes it: the style attribute wins over the attribute, both over what is
 * inherited. */
static const char drawing[]
    = "<svg width='100mm' height='50mm' viewBox='0 0 100 50' font-family='Inter' "
      "xmlns:inkscape='x'>\n"
      "  <g id='outer' style='font-size:10px; fill:#1f3a93 !important; font-weight:bold' "
      "transform='translate(3,4) scale(0.5)'>\n"
      "    <text id='plain'>A</text>\n"
      "    <text id='own' font-size='8' style='font-size:4px;font-weight:normal;font-family:\"Noto "
      "Sans CJK SC\", sans-serif' fill='red'>B<tspan id='run' font-size='50%' "
      "style='fill:inherit'>C &amp; D</tspan></text>\n"
      "    <rect id='line' stroke='#000' stroke-width='0.6'/>\n"
      "    <rect id='none' stroke='none' stroke-width='2'/>\n"
      "    <g display='none'><rect id='hidden'/></g>\n"
      "    <rect id='unseen' style='visibility:hidden'/>\n"
      "    <rect/>\n"
      "  </g>\n"
      "  <text id='turned' transform='matrix(0,2,-2,0,7,8) rotate(30)' "
      "style='font-size:3px'>E</text>\n"
      "  <text id='points' style='font-size:12pt'>F</text>\n"
      "</svg>";

#define PT_PER_MM (72 / 25.4)

static void test_properties (void)
{
  g_autoptr (SvgNode) root = parse (drawing);
  static const struct {
    const char *id, *family;
    int weight;
    double size_mm, red, blue;
  } table[] = {
    { "plain", "Inter", 700, 5, 0x1f / 255.0, 0x93 / 255.0 },
    { "own", "Noto Sans CJK SC", 400, 2, 1, 0 },
    { "run", "Noto Sans CJK SC", 400, 1, 1, 0 },
    { "turned", "Inter", 400, 6, 0, 0 },
    { "points", "Inter", 400, 16, 0, 0 }, /* 12 pt are 16 px, which are 16 units of this drawing */
  };
  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    const SvgNode *node = by_id (root, table[i].id);
    g_autofree char *family = svg_font_family (node);
    double rgb[3];
    g_assert_cmpstr (family, ==, table[i].family);
    g_assert_cmpint (svg_font_weight (node), ==, table[i].weight);
    g_assert_cmpfloat_with_epsilon (svg_font_size_pt (node), table[i].size_mm * PT_PER_MM, 0.001);
    g_assert_true (svg_colour (node, "fill", "black", rgb));
    g_assert_cmpfloat_with_epsilon (rgb[0], table[i].red, 0.001);
    g_assert_cmpfloat_with_epsilon (rgb[2], table[i].blue, 0.001);
  }
  g_assert_cmpfloat_with_epsilon (svg_stroke_width_pt (by_id (root, "line")), 0.3 * PT_PER_MM,
                                  0.001);
  g_assert_cmpfloat (svg_stroke_width_pt (by_id (root, "none")), ==, 0);
  g_assert_cmpfloat (svg_stroke_width_pt (by_id (root, "plain")), ==, 0);
}

static void test_colours (void)
{
  static const struct {
    const char *fill;
    gboolean good;
    double green;
  } table[] = { { "#fff", TRUE, 1 },
                { "white", TRUE, 1 },
                { "rgb(0, 51, 0)", TRUE, 0.2 },
                { "rgb(0%,20%,0%)", TRUE, 0.2 },
                { "none", FALSE, 0 },
                { "url(#gradient)", FALSE, 0 },
                { "", TRUE, 0 },
                { "rgb()", FALSE, 0 } };
  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autofree char *text = g_strdup_printf ("<svg><rect id='r' fill='%s'/></svg>", table[i].fill);
    g_autoptr (SvgNode) root = parse (text);
    double rgb[3] = { 0 };
    g_assert_cmpint (svg_colour (by_id (root, "r"), "fill", "black", rgb), ==, table[i].good);
    if (table[i].good)
      g_assert_cmpfloat_with_epsilon (rgb[1], table[i].green, 0.001);
  }
}

static void test_looking (void)
{
  g_autoptr (SvgNode) root = parse (drawing);
  g_assert_true (svg_is_visible (by_id (root, "plain")));
  g_assert_false (svg_is_visible (by_id (root, "hidden")));
  g_assert_false (svg_is_visible (by_id (root, "unseen")));
  g_autofree char *text = svg_text (by_id (root, "own"));
  g_assert_cmpstr (text, ==, "BC & D");
  g_autofree char *where = svg_where (by_id (root, "own"));
  g_assert_cmpstr (where, ==, "“own”");
  const SvgNode *outer = by_id (root, "outer");
  const SvgNode *nameless = g_ptr_array_index (outer->children, outer->children->len - 2);
  g_autofree char *line = svg_where (nameless);
  g_assert_cmpstr (line, ==, "<rect> in line 9");
}

static gboolean no_groups (const SvgNode *node, gpointer unused)
{
  return !svg_is (node, "g");
}

/* What is written reads as the same; what is not kept is gone with all that is in it. */
static void test_writing (void)
{
  g_autoptr (SvgNode) root = parse (drawing);
  g_autofree char *all = svg_write (root, NULL, NULL);
  g_autoptr (SvgNode) again = parse (all);
  g_autofree char *twice = svg_write (again, NULL, NULL);
  g_assert_cmpstr (all, ==, twice);
  g_assert_nonnull (strstr (all, "C &amp; D"));
  g_autofree char *less = svg_write (root, no_groups, NULL);
  g_assert_null (strstr (less, "plain"));
  g_assert_nonnull (strstr (less, "turned"));
}

static void test_refused (void)
{
  g_autoptr (GString) deep = g_string_new ("<svg>"), wide = g_string_new ("<svg>");
  for (guint i = 0; i < SVG_DEPTH_MAX; i++)
    g_string_append (deep, "<g>");
  for (guint i = 0; i < SVG_ELEMENTS_MAX; i++)
    g_string_append (wide, "<g/>");
  g_string_append (wide, "</svg>");
  const char *const texts[] = { "",           "<svg>",   "<svg><g></svg>", "<svg a='&x;'/>",
                                "<svg a=b/>", deep->str, wide->str,        "<svg/><svg/>",
                                "<?>",        "<!-- -->" };
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_null (svg_read (texts[i], strlen (texts[i]), &error));
    g_assert_nonnull (error);
  }
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  words_here ();
  g_test_add_func ("/svg/properties", test_properties);
  g_test_add_func ("/svg/colours", test_colours);
  g_test_add_func ("/svg/looking", test_looking);
  g_test_add_func ("/svg/writing", test_writing);
  g_test_add_func ("/svg/refused", test_refused);
  return g_test_run ();
}
