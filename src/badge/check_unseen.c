#include "badge/check_unseen.h"

#include "badge/template_fault.h"
#include "core/words.h"

#include <math.h>
#include <string.h>

#define SAME_MM 0.5 /* sizes that differ by less are one */

/* Art -------------------------------------------------------------------------------- */

static const char *link_of (const SvgNode *node)
{
  const char *link = svg_attribute (node, "href");
  return link != NULL ? link : svg_attribute (node, "xlink:href");
}

/* A picture is looked for by drawing it: it may be missing, elsewhere (librsvg reads
 * only what lies beside the template or in folders under it), or of a kind that is
 * not read. */
static void check_picture (Checking *checking, const SvgNode *node)
{
  const char *link = link_of (node);
  g_autofree char *where = svg_where (node);
  if (template_leaves_ink (checking->template_, node->id))
    return;
  gboolean embedded = link != NULL && g_str_has_prefix (link, "data:");
  g_autofree char *shown
      = embedded || link == NULL ? g_strdup ("") : g_strdup_printf (" (%.80s)", link);
  template_fault_add (
      checking->faults, where,
      _ ("If it is wanted, put the picture, PNG or JPEG, into the template's own folder, or into "
         "the template (Inkscape: Extensions > Images > Embed Images)."),
      _ ("is a picture of which nothing would be printed%s"), shown);
}

static gboolean look_at_art (const SvgNode *node, gpointer data)
{
  static const char *const undrawn[]
      = { "defs", "metadata", "symbol", "clipPath", "mask", "pattern", "marker", NULL };
  Checking *checking = data;
  if (g_strv_contains (undrawn, node->tag) || !template_is_art (node, NULL)
      || !svg_is_visible (node))
    return FALSE;
  if (svg_is (node, "image"))
    check_picture (checking, node);
  else if (svg_is (node, "flowRoot") || svg_is (node, "foreignObject")) {
    g_autofree char *where = svg_where (node);
    template_fault_add (checking->faults, where,
                        _ ("Make it plain text (Inkscape: Text > Convert to Text), or a path."),
                        "%s",
                        _ ("is text in a form that is not drawn: nothing would be printed there"));
    return FALSE;
  }
  return TRUE;
}

void check_unseen_art (Checking *checking)
{
  svg_walk (template_root (checking->template_), look_at_art, checking);
}

/* Style ------------------------------------------------------------------------------ */

static gboolean look_at_style (const SvgNode *node, gpointer data)
{
  Checking *checking = data;
  g_autofree char *where = svg_where (node),
                  *text = svg_is (node, "style") ? svg_text (node) : NULL;
  int id = node->has_id ? slot_of_id (node->id) : -1;
  if (text != NULL && g_strstrip (text)[0] != '\0')
    template_fault_add (checking->faults, where,
                        _ ("Give each element its style itself; from Illustrator, save with "
                           "“Presentation Attributes”, from Inkscape without “Selectors and CSS”."),
                        "%s",
                        _ ("is a style sheet, which neither slots nor this check read: what it "
                           "says of fonts, sizes and colours would be missed"));
  if (id >= 0 && slot_has_text ((SlotId) id) && svg_is_turned (node))
    template_fault_add (checking->faults, where, _ ("Turn it upright."), "%s",
                        _ ("is turned, mirrored or slanted, but its text would be set upright"));
  return TRUE;
}

void check_unseen_style (Checking *checking)
{
  svg_walk (template_root (checking->template_), look_at_style, checking);
}

/* Size ------------------------------------------------------------------------------- */

void check_unseen_size (Checking *checking, const char *front_path)
{
  g_autoptr (GPtrArray) faults_of_front = template_fault_list_new ();
  g_autoptr (BadgeTemplate) front = g_file_test (front_path, G_FILE_TEST_EXISTS)
                                        ? template_load_side (front_path, FALSE, faults_of_front)
                                        : NULL;
  BadgeTemplate *back = checking->template_;
  if (front == NULL)
    return;
  double width = template_width_pt (front) / PT_PER_MM,
         height = template_height_pt (front) / PT_PER_MM;
  gboolean tall = !badge_height_is_auto (front) && !badge_height_is_auto (back)
                  && fabs (height - template_height_pt (back) / PT_PER_MM) > SAME_MM;
  if (!tall && fabs (width - template_width_pt (back) / PT_PER_MM) <= SAME_MM)
    return;
  template_fault_add (checking->faults, _ ("the page"), _ ("Give both sides one size."),
                      _ ("is %.1f × %.1f mm, but its front is %.1f × %.1f mm"),
                      template_width_pt (back) / PT_PER_MM, template_height_pt (back) / PT_PER_MM,
                      width, height);
}
