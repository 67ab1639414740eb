#include "badge/slot.h"

#include "badge/template_fault.h"
#include "core/text.h"
#include "core/words.h"

#include <string.h>

#define WEIGHT_BOLD_FROM 600
#define SIZE_MIN_PT 1.0
#define SIZE_MAX_PT 500.0
#define OTHER_MIN 0.667 /* equal dignity: never under two thirds */

static const struct {
  const char *id;
  gboolean required, bold;
  double max_pt, min_pt, other;
} slot_facts[SLOT_COUNT] = {
  [SLOT_NAME] = { "name", TRUE, FALSE, 32, 8, 0.68 },
  [SLOT_CATEGORY] = { "category", TRUE, TRUE, 14, 8, 0.8 },
  [SLOT_QR] = { "qr", TRUE, FALSE, 0, 0, 0 },
  [SLOT_CATEGORY_BAND] = { "category-band", FALSE, FALSE, 0, 0, 0 },
  [SLOT_RIBBON] = { "ribbon", FALSE, TRUE, 9, 6, 1 },
  [SLOT_CONGRESS] = { "congress", FALSE, FALSE, 8, 6, 1 },
  [SLOT_CONGRESS_OWN] = { "congress-own", FALSE, FALSE, 8, 6, 1 },
  [SLOT_CONGRESS_OTHER] = { "congress-other", FALSE, FALSE, 8, 6, 1 },
  [SLOT_POST] = { "post", FALSE, FALSE, 12, 7, 0.86 },
  [SLOT_FUNCTION] = { "function", FALSE, FALSE, 12, 7, 0.86 },
  [SLOT_ORGANISATION] = { "organisation", FALSE, TRUE, 12, 7, 0.86 },
  [SLOT_DELEGATION] = { "delegation", FALSE, FALSE, 10, 6, 0.86 },
  [SLOT_ROLE] = { "role", FALSE, TRUE, 10, 6, 0.86 },
  [SLOT_PROGRAMME] = { "programme", FALSE, FALSE, 9, 6, 0.92 },
  [SLOT_EVENTS] = { "events", FALSE, FALSE, 7, 6, 1 },
  [SLOT_SERVICES] = { "services", FALSE, FALSE, 7, 6, 1 },
  [SLOT_DAYS] = { "days", FALSE, FALSE, 11, 6, 1 },
  [SLOT_LABEL] = { "label", FALSE, FALSE, 6.5, 6, 1 },
  [SLOT_LOGOS] = { "logos", FALSE, FALSE, 0, 0, 0 },
  [SLOT_HOLE] = { "hole", FALSE, FALSE, 0, 0, 0 },
};

const char *slot_name (SlotId id)
{
  return slot_facts[id].id;
}

gboolean slot_is_required (SlotId id)
{
  return slot_facts[id].required;
}

gboolean slot_has_text (SlotId id)
{
  return slot_facts[id].max_pt > 0;
}

int slot_of_id (const char *id)
{
  for (int i = 0; i < SLOT_COUNT; i++)
    if (strcmp (id, slot_facts[i].id) == 0)
      return i;
  return -1;
}

/* Attributes ------------------------------------------------------------------------- */

static gboolean read_number (const SvgNode *node, const char *attribute, double least, double most,
                             const char *what, double *number, GPtrArray *faults)
{
  const char *value = svg_attribute (node, attribute);
  if (value == NULL)
    return TRUE;
  char *end = NULL;
  double read = g_ascii_strtod (value, &end);
  if (end != value && *end == '\0' && read >= least && read <= most) {
    *number = read;
    return TRUE;
  }
  g_autofree char *where = svg_where (node);
  g_autofree char *remedy
      = g_strdup_printf (_ ("Give a number between %g and %g, without a unit."), least, most);
  template_fault_add (faults, where, remedy, _ ("has %s=\"%s\", which is no %s"), attribute, value,
                      what);
  return FALSE;
}

static gboolean read_align (const SvgNode *node, const char *attribute, const char *const words[3],
                            Align *align, GPtrArray *faults)
{
  const char *value = svg_attribute (node, attribute);
  if (value == NULL)
    return TRUE;
  for (guint i = 0; i < 3; i++)
    if (strcmp (value, words[i]) == 0) {
      *align = (Align) i;
      return TRUE;
    }
  g_autofree char *where = svg_where (node);
  g_autofree char *remedy = g_strdup_printf (_ ("Write one of them."));
  template_fault_add (faults, where, remedy, _ ("has %s=\"%s\", which is none of %s, %s, %s"),
                      attribute, value, words[0], words[1], words[2]);
  return FALSE;
}

static gboolean read_attributes (Slot *slot, const SvgNode *node, GPtrArray *faults)
{
  static const char *const across[] = { "left", "centre", "right" }, *const down[]
                                                                     = { "top", "middle",
                                                                         "bottom" };
  const char *size = _ ("size in points");
  gboolean good = read_number (node, "data-max-pt", SIZE_MIN_PT, SIZE_MAX_PT, size,
                               &slot->face[0].max_pt, faults);
  if (svg_attribute (node, "data-max-pt") != NULL)
    slot->face[1].max_pt = slot->face[0].max_pt;
  good &= read_number (node, "data-max-zh-pt", SIZE_MIN_PT, SIZE_MAX_PT, size,
                       &slot->face[1].max_pt, faults);
  good &= read_number (node, "data-min-pt", SIZE_MIN_PT, SIZE_MAX_PT, size, &slot->min_pt, faults);
  good &= read_number (node, "data-other", OTHER_MIN, 1, _ ("share of the first script's size"),
                       &slot->other, faults);
  good &= read_align (node, "data-align", across, &slot->across, faults);
  good &= read_align (node, "data-valign", down, &slot->down, faults);
  slot->brief = g_strcmp0 (svg_attribute (node, "data-brief"), "yes") == 0;
  return good;
}

/* Placeholders ----------------------------------------------------------------------- */

/* Whether a text stands for the Chinese: by its language, else by its characters. */
static gboolean slot_text_is_han (const SvgNode *text)
{
  g_autofree char *content = svg_text (text);
  const char *language = svg_attribute (text, "lang");
  language = language != NULL ? language : svg_attribute (text, "xml:lang");
  return language != NULL ? g_str_has_prefix (language, "zh") : text_has_han (content);
}

typedef struct {
  const SvgNode *first,
      *marked; /* elements that hold the first piece of text, and the first of another weight */
} Runs;

static void find_runs (const SvgNode *node, Runs *runs)
{
  for (guint i = 0; i < node->children->len; i++) {
    const SvgNode *child = g_ptr_array_index (node->children, i);
    if (child->tag != NULL)
      find_runs (child, runs);
    else if (child->text[strspn (child->text, " \t\r\n")] != '\0') {
      if (runs->first == NULL)
        runs->first = node;
      else if (runs->marked == NULL && svg_font_weight (node) != svg_font_weight (runs->first))
        runs->marked = node;
    }
  }
}

static Align anchor_of (const SvgNode *node, Align usual)
{
  g_autofree char *anchor = svg_property (node, "text-anchor");
  if (anchor == NULL)
    return usual;
  return strcmp (anchor, "middle") == 0 ? ALIGN_MIDDLE
         : strcmp (anchor, "end") == 0  ? ALIGN_END
                                        : ALIGN_START;
}

/* The name is read light first, then bold; a placeholder may begin with either. */
static void read_placeholder (Slot *slot, const SvgNode *text, gboolean han)
{
  Runs runs = { 0 };
  find_runs (text, &runs);
  if (runs.first == NULL)
    return;
  SlotFace *face = &slot->face[han];
  double size = svg_font_size_pt (runs.first), rgb[3];
  gboolean bold = svg_font_weight (runs.first) >= WEIGHT_BOLD_FROM;
  gboolean other = runs.marked != NULL ? svg_font_weight (runs.marked) >= WEIGHT_BOLD_FROM : TRUE;
  if (size >= SIZE_MIN_PT && size <= SIZE_MAX_PT)
    face->max_pt = size;
  face->bold = runs.marked != NULL ? bold && other : bold;
  face->strong = bold || other;
  if (svg_colour (runs.first, "fill", "black", rgb))
    face->colour = (Colour){ rgb[0], rgb[1], rgb[2] };
  slot->across = anchor_of (runs.first, slot->across);
}

typedef struct {
  const SvgNode *rect, *text[2];
  guint rects;
} Parts;

static gboolean find_part (const SvgNode *node, gpointer data)
{
  Parts *parts = data;
  if (svg_is (node, "rect")) {
    parts->rect = parts->rect != NULL ? parts->rect : node;
    parts->rects++;
  }
  if (!svg_is (node, "text"))
    return TRUE;
  gboolean han = slot_text_is_han (node);
  parts->text[han] = parts->text[han] != NULL ? parts->text[han] : node;
  return FALSE;
}

static gboolean read_group (Slot *slot, const SvgNode *node, GPtrArray *faults)
{
  g_autofree char *where = svg_where (node);
  Parts parts = { 0 };
  svg_walk (node, find_part, &parts);
  if (parts.rects != 1) {
    template_fault_add (faults, where,
                        _ ("Draw one rectangle in the group: the place of what is set there."),
                        _ ("is a group with %u rectangles"), parts.rects);
    return FALSE;
  }
  slot->rect = parts.rect;
  for (guint han = 0; han < 2; han++)
    if (parts.text[han] != NULL)
      read_placeholder (slot, parts.text[han], (gboolean) han);
  for (guint han = 0; han < 2; han++)
    if (parts.text[han] == NULL && parts.text[!han] != NULL)
      slot->face[han] = slot->face[!han];
  return TRUE;
}

gboolean slot_read (Slot *slot, SlotId id, const SvgNode *node, GPtrArray *faults)
{
  g_autofree char *where = svg_where (node);
  const SlotFace usual
      = { .max_pt = slot_facts[id].max_pt, .bold = slot_facts[id].bold, .strong = TRUE };
  *slot = (Slot){ .node = node,
                  .rect = node,
                  .face = { usual, usual },
                  .min_pt = slot_facts[id].min_pt,
                  .other = slot_facts[id].other };
  gboolean good = TRUE;
  if (svg_is (node, "g"))
    good = read_group (slot, node, faults);
  else if (!svg_is (node, "rect")) {
    template_fault_add (faults, where,
                        _ ("Make it a group that holds a rectangle and its placeholder texts, or a "
                           "rectangle alone."),
                        _ ("is a <%s>; a slot must be a rectangle or a group with one"), node->tag);
    good = FALSE;
  }
  good &= read_attributes (slot, node, faults);
  double least = MIN (slot->face[0].max_pt, slot->face[1].max_pt);
  if (svg_attribute (node, "data-min-pt") == NULL)
    slot->min_pt = MIN (slot->min_pt, least);
  if (good && slot->min_pt > least) {
    template_fault_add (
        faults, where, _ ("Enlarge the placeholder's text, or lower data-min-pt."),
        _ ("has a smallest size (%.1f pt) that is larger than the largest (%.1f pt)"), slot->min_pt,
        least);
    good = FALSE;
  }
  slot->present = good;
  return good;
}
