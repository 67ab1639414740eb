/* svg.h: an SVG file as a tree of elements, and the properties that they inherit: as much
 * of SVG as slots and checks need. Drawing is librsvg's.
 *
 * Properties come from the `style` attribute, else from the attribute of that name, else
 * from the parent; style sheets (<style>) are not read. Sizes are in points on the page.
 * Source: SVG 1.1, W3C.
 *
 * Must not know: slots.
 *
 * Threads: a tree is immutable once read. Blocks on nothing.  */
#pragma once

#include <glib.h>

#define SVG_ELEMENTS_MAX 50000
#define SVG_DEPTH_MAX 100

typedef struct _SvgNode SvgNode;

struct _SvgNode {
  char *name;             /* as written; NULL for a piece of text */
  const char *tag;        /* in it, without its namespace's prefix; NULL for a piece of text */
  char *text;             /* of a piece of text */
  char **names, **values; /* attributes as written, NULL-terminated */
  char *id;               /* the element's, or one that it was given: never NULL for an element */
  gboolean has_id;        /* it is the element's own */
  guint line;
  SvgNode *parent;     /* NULL for the root */
  GPtrArray *children; /* SvgNode; NULL for a piece of text */
};

/* NULL if @text is no XML, or too large a tree; any error of GMarkup, or
 * G_MARKUP_ERROR_INVALID_CONTENT. */
SvgNode *svg_read (const char *text, gsize length, GError **error);
void svg_free (SvgNode *root);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SvgNode, svg_free)

/* TRUE if @node is to be written. */
typedef gboolean (*SvgKeep) (const SvgNode *node, gpointer data);
/* The tree as a file, every element with its id. Free with g_free(). */
char *svg_write (const SvgNode *root, SvgKeep keep, gpointer data);

/* Calls @visit for @node and all elements under it in their order; where it gives FALSE,
 * what is under that element is passed over. */
typedef gboolean (*SvgVisit) (const SvgNode *node, gpointer data);
void svg_walk (const SvgNode *node, SvgVisit visit, gpointer data);

/* NULL if there is none. */
const char *svg_attribute (const SvgNode *node, const char *name);
gboolean svg_is (const SvgNode *node, const char *tag);
/* How to tell a designer which element is meant: "“logo”", or "<rect> in line 12". Free
 * with g_free(). */
char *svg_where (const SvgNode *node);
/* All text under @node. Free with g_free(). */
char *svg_text (const SvgNode *node);

/* The property as stated on @node itself; NULL for none, also for "inherit". Free with
 * g_free(). */
char *svg_own_property (const SvgNode *node, const char *name);
/* The property as stated nearest, on @node or above; NULL for none. Free with
 * g_free(). */
char *svg_property (const SvgNode *node, const char *name);
/* The first family of font-family, without quotes; NULL for none. Free with g_free(). */
char *svg_font_family (const SvgNode *node);
/* 100…900; "normal" is 400, "bold" 700. */
int svg_font_weight (const SvgNode *node);
/* In points on the page, all transforms applied; 0 where none is stated. */
double svg_font_size_pt (const SvgNode *node);
/* TRUE if a transform of @node, or of what it is in, turns, mirrors or slants. */
gboolean svg_is_turned (const SvgNode *node);
/* The length @attribute ("width") in points on the page, where its element is not drawn
 * out more one way than the other; NAN if it is not stated, or in percent. */
double svg_length_pt (const SvgNode *node, const char *attribute);
/* As drawn; 0 where there is no stroke. */
double svg_stroke_width_pt (const SvgNode *node);
/* @property is "fill" or "stroke". FALSE for none, a gradient or what is no colour;
 * @fallback is what stands where nothing does ("black" for fill). */
gboolean svg_colour (const SvgNode *node, const char *property, const char *fallback,
                     double rgb[3]);
/* FALSE where display or visibility hides @node or what it is in. */
gboolean svg_is_visible (const SvgNode *node);
