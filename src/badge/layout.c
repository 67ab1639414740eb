#include "badge/layout.h"

#include "badge/badge_content.h"
#include "core/text.h"
#include "core/words.h"

#include <math.h>
#include <string.h>

#define STEP_PT 0.25
#define INK_SLACK_PT 0.02
#define INK_GAP 0.06   /* at least, between a tall accent and what hangs down above it */
#define GOOD_SHARE 0.8 /* poor breaks are taken only where they allow text larger by a quarter */

/* Line boxes in the size of the text. */
static const struct {
  double ascent, descent, leading;
  double visual_top, visual_bottom; /* what the eye takes for the edges: capitals and baseline, the
                                       Chinese square */
} line_box[2] = { { 0.95, 0.22, 1.2, 0.73, 0 }, { 0.88, 0.12, 1.28, 0.84, 0.08 } };

typedef enum { BREAK_NEVER, BREAK_GOOD, BREAK_ANY, BREAK_MODES } BreakMode;

typedef struct {
  gsize end, next;      /* bytes: where the line ends, where the next begins */
  double x_end, x_next; /* at one point of size */
  PhraseBreak quality;
} Stop;

typedef struct {
  const Part *part;
  gboolean han; /* Chinese is in it */
  PangoLayout *whole;
  double width;           /* at one point of size */
  double ascent, descent; /* of the lines, in their size */
  double ink_ascent;
  GArray *stops; /* Stop, the text's end last */
  double narrowest[BREAK_MODES]
                  [LAYOUT_LINES_MAX + 1]; /* the longest line when broken over so many */
  guint *from[BREAK_MODES];               /* [lines][stop]: the stop where that line begins */
} Measure;

/* Blocks ----------------------------------------------------------------------------- */

void layout_block_colour (Block *block, Colour colour)
{
  block->face[0].colour = block->face[1].colour = colour;
}

void layout_block_add (Block *block, Phrase *phrase, double scale, double gap)
{
  if (phrase_is_empty (phrase)) {
    phrase_free (phrase);
    return;
  }
  g_assert (block->n_parts < LAYOUT_PHRASES_MAX);
  block->parts[block->n_parts++] = (Part){ phrase, scale, gap, block->face[phrase->han].colour };
}

void layout_block_clear (Block *block)
{
  for (guint i = 0; i < block->n_parts; i++)
    phrase_free (block->parts[i].phrase);
  block->n_parts = 0;
}

static void line_clear (gpointer data)
{
  g_object_unref (((Line *) data)->shaped);
}

GArray *layout_lines_new (void)
{
  GArray *lines = g_array_new (FALSE, FALSE, sizeof (Line));
  g_array_set_clear_func (lines, line_clear);
  return lines;
}

/* Measuring -------------------------------------------------------------------------- */

static double to_one_point (int units)
{
  return pango_units_to_double (units) / PHRASE_SHAPED_PT;
}

/* How wide what is read before @byte is, whichever way it is written. */
static double x_of (PangoLayoutLine *line, gsize byte)
{
  int x = 0;
  for (GSList *l = line->runs; l != NULL; l = l->next) {
    const PangoLayoutRun *run = l->data;
    const PangoGlyphString *glyphs = run->glyphs;
    for (int i = 0; i < glyphs->num_glyphs; i++)
      if ((gsize) (run->item->offset + glyphs->log_clusters[i]) < byte)
        x += glyphs->glyphs[i].geometry.width;
  }
  return to_one_point (x);
}

static void find_stops (Measure *measure)
{
  const Phrase *phrase = measure->part->phrase;
  PangoLayoutLine *line = pango_layout_get_line_readonly (measure->whole, 0);
  int n = 0;
  const PangoLogAttr *attributes = pango_layout_get_log_attrs_readonly (measure->whole, &n);
  const char *p = phrase->text;
  measure->stops = g_array_new (FALSE, FALSE, sizeof (Stop));
  for (int i = 0; i < n && *p; i++, p = text_next (p)) {
    gsize next = (gsize) (p - phrase->text), end = i > 0 && p[-1] == ' ' ? next - 1 : next;
    if (i == 0 || !attributes[i].is_line_break || !phrase_may_break (phrase, next))
      continue;
    Stop stop
        = { end, next, x_of (line, end) - phrase_trim_end (phrase, end),
            x_of (line, next) + phrase_trim_start (phrase, next), phrase_break_at (phrase, next) };
    g_array_append_val (measure->stops, stop);
  }
  gsize length = strlen (phrase->text);
  Stop last = { length, length, measure->width, measure->width, PHRASE_BREAK_GOOD };
  g_array_append_val (measure->stops, last);
}

/* For each number of lines, the breaks that make the longest line shortest. Stop @n
 * stands for the start of the text. */
static void break_lines (Measure *measure, BreakMode mode)
{
  guint n = measure->stops->len;
  g_autofree double *best = g_new (double, (gsize) n *(LAYOUT_LINES_MAX + 1));
  measure->from[mode] = g_new0 (guint, (gsize) n * (LAYOUT_LINES_MAX + 1));
  guint lines_max = mode == BREAK_NEVER ? 1 : LAYOUT_LINES_MAX;

  for (guint k = 1; k <= LAYOUT_LINES_MAX; k++) {
    for (guint j = 0; j < n; j++) {
      const Stop *end = &g_array_index (measure->stops, Stop, j);
      double *narrowest = &best[k * n + j];
      *narrowest = k == 1 ? end->x_end : INFINITY;
      measure->from[mode][k * n + j] = n;
      for (guint i = 0; k > 1 && k <= lines_max && i < j; i++) {
        const Stop *start = &g_array_index (measure->stops, Stop, i);
        double longest = MAX (best[(k - 1) * n + i], end->x_end - start->x_next);
        if ((mode == BREAK_ANY || start->quality == PHRASE_BREAK_GOOD) && longest < *narrowest) {
          *narrowest = longest;
          measure->from[mode][k * n + j] = i;
        }
      }
    }
    measure->narrowest[mode][k] = best[k * n + n - 1];
  }
}

static gboolean measure_part (FontSet *fonts, SlotId slot, const Part *part, Measure *measure,
                              GError **error)
{
  const char *text = part->phrase->text;
  if (g_utf8_strlen (text, -1) > LAYOUT_CHARACTERS_MAX) {
    g_set_error (error, BADGE_ERROR, BADGE_ERROR_FIT,
                 _ ("Cannot draw the badge: the text of slot “%s” has more than %d characters. "
                    "Shorten it in the list and import again."),
                 slot_name (slot), LAYOUT_CHARACTERS_MAX);
    return FALSE;
  }
  measure->part = part;
  measure->han = text_has_han (text);
  measure->whole = font_set_shape (fonts, part->phrase, 0, strlen (text));
  if (pango_layout_get_unknown_glyphs_count (measure->whole) > 0) {
    g_set_error (error, BADGE_ERROR, BADGE_ERROR_FONT,
                 _ ("Cannot draw the badge: “%s” in slot “%s” has a character that none of its "
                    "fonts can write. Replace it in the list and import again."),
                 text, slot_name (slot));
    return FALSE;
  }
  PangoRectangle ink, logical;
  pango_layout_get_extents (measure->whole, &ink, &logical);
  int baseline = pango_layout_get_baseline (measure->whole);
  measure->width = to_one_point (logical.width);
  measure->ink_ascent = to_one_point (baseline - ink.y);
  measure->ascent = MAX (line_box[part->phrase->han].ascent, measure->ink_ascent);
  measure->descent
      = MAX (line_box[part->phrase->han].descent, to_one_point (ink.y + ink.height - baseline));
  find_stops (measure);
  for (int mode = 0; mode < BREAK_MODES; mode++)
    break_lines (measure, (BreakMode) mode);
  return TRUE;
}

static void measure_clear (Measure *measure)
{
  g_clear_object (&measure->whole);
  g_clear_pointer (&measure->stops, g_array_unref);
  for (int mode = 0; mode < BREAK_MODES; mode++)
    g_clear_pointer (&measure->from[mode], g_free);
}

/* Fitting ---------------------------------------------------------------------------- */

static double part_size (const Block *block, const Measure *measure, double size)
{
  return MAX (size * measure->part->scale, block->least_pt[measure->han]);
}

/* How many lines @measure needs at @size, 0 if it is too wide however it is broken. */
static guint lines_at (const Measure *measure, BreakMode mode, double size, double width)
{
  for (guint k = 1; k <= LAYOUT_LINES_MAX; k++)
    if (measure->narrowest[mode][k] * size <= width)
      return k;
  return 0;
}

static double leading (const Measure *measure)
{
  double ink = measure->ascent + measure->descent;
  double least = line_box[measure->part->phrase->han].leading;
  return ink + INK_GAP > least && measure->ink_ascent > line_box[0].ascent ? ink + INK_GAP
                                                                           : MAX (least, ink);
}

static double part_height (const Measure *measure, guint lines)
{
  return measure->ascent + measure->descent + (lines - 1) * leading (measure);
}

/* The height of the block at @size, infinite if a line is too wide. */
static double block_height (const Block *block, const Measure *measures, BreakMode mode,
                            double size)
{
  double height = 0;
  for (guint i = 0; i < block->n_parts; i++) {
    double own = part_size (block, &measures[i], size);
    guint lines = lines_at (&measures[i], mode, own, block->box.width);
    if (lines == 0)
      return INFINITY;
    height += (i ? block->parts[i].gap * size : 0) + part_height (&measures[i], lines) * own;
  }
  return height;
}

static double smaller (const Block *block, double size)
{
  return MAX (size - STEP_PT, block->min_pt);
}

/* Not larger than @from; 0 if it does not fit at any size. */
static double largest_size (const Block *block, const Measure *measures, BreakMode mode,
                            double from)
{
  for (double size = from;; size = smaller (block, size)) {
    double height = block_height (block, measures, mode,
                                  size); /* infinite where a line is too wide; a box may be, too */
    if (isfinite (height) && height <= block->box.height)
      return size;
    if (size <= block->min_pt)
      return 0;
  }
}

static double choose_size (const Block *block, const Measure *measures, double from,
                           BreakMode *mode)
{
  double sizes[BREAK_MODES];
  for (int i = 0; i < BREAK_MODES; i++)
    sizes[i] = largest_size (block, measures, (BreakMode) i, from);
  double best = MAX (sizes[BREAK_GOOD], sizes[BREAK_ANY]);
  if (sizes[BREAK_NEVER] > 0 && sizes[BREAK_NEVER] >= block->keep_whole * best)
    *mode = BREAK_NEVER;
  else if (!block->filled && sizes[BREAK_GOOD] > 0
           && sizes[BREAK_GOOD] >= GOOD_SHARE * sizes[BREAK_ANY])
    *mode = BREAK_GOOD;
  else
    *mode = BREAK_ANY;
  return sizes[*mode];
}

/* Placing ---------------------------------------------------------------------------- */

static void place_line (FontSet *fonts, const Block *block, const Measure *measure, gsize from,
                        gsize to, double size, double baseline, GArray *lines)
{
  Line line = {
    .slot = block->slot, .size_pt = size, .baseline = baseline, .colour = measure->part->colour
  };
  line.shaped = font_set_shape (fonts, measure->part->phrase, from, to);
  PangoRectangle ink;
  pango_layout_get_extents (line.shaped, &ink, NULL);
  double left = to_one_point (ink.x) * size, width = to_one_point (ink.width) * size;
  double room = block->box.width - width;
  double start = block->across == ALIGN_START ? 0 : block->across == ALIGN_MIDDLE ? room / 2 : room;
  line.x = block->box.x + start - left;
  line.ink
      = (Box){ line.x + left,
               baseline + to_one_point (ink.y - pango_layout_get_baseline (line.shaped)) * size,
               width, to_one_point (ink.height) * size };
  g_array_append_val (lines, line);
}

/* Where the lines end: each as late as it can; FALSE if they would be more than @count.
 * */
static gboolean fill_lines (const Measure *measure, BreakMode mode, double width, guint count,
                            guint stops[LAYOUT_LINES_MAX])
{
  double start = 0;
  guint line = 0, last = measure->stops->len;
  for (guint i = 0; i < measure->stops->len; i++) {
    const Stop *stop = &g_array_index (measure->stops, Stop, i);
    gboolean end = i + 1 == measure->stops->len;
    if (stop->x_end - start > width) {
      if (last == measure->stops->len || line >= count)
        return FALSE;
      stops[line++] = last;
      start = g_array_index (measure->stops, Stop, last).x_next;
      if (stop->x_end - start > width)
        return FALSE;
      last = measure->stops->len;
    }
    if (end || mode == BREAK_ANY || stop->quality == PHRASE_BREAK_GOOD)
      last = i;
  }
  if (line >= count)
    return FALSE;
  stops[line++] = last;
  return line == count;
}

static void place_part (FontSet *fonts, const Block *block, const Measure *measure, BreakMode mode,
                        double size, double top, GArray *lines)
{
  guint n = measure->stops->len, count = lines_at (measure, mode, size, block->box.width),
        at = n - 1;
  guint stops[LAYOUT_LINES_MAX] = { 0 };
  for (guint k = count; k >= 1; k--) {
    stops[k - 1] = at;
    at = measure->from[mode][k * n + at];
  }
  guint filled[LAYOUT_LINES_MAX] = { 0 };
  if (block->filled && fill_lines (measure, mode, block->box.width / size, count, filled))
    memcpy (stops, filled, sizeof stops);
  gsize from = 0;
  for (guint k = 0; k < count; k++) {
    const Stop *stop = &g_array_index (measure->stops, Stop, stops[k]);
    place_line (fonts, block, measure, from, stop->end, size,
                top + (measure->ascent + k * leading (measure)) * size, lines);
    from = stop->next;
  }
}

/* Where the block's top line box begins: the box holds all that is drawn, and the visible
 * edges stand where the slot wants them. */
static double block_top (const Block *block, const Measure *measures, double size, double height)
{
  const Measure *first = &measures[0], *last = &measures[block->n_parts - 1];
  double visual_top = MAX (first->ink_ascent, line_box[first->part->phrase->han].visual_top);
  double first_size = part_size (block, first, size), last_size = part_size (block, last, size);
  double spare = (first->ascent - visual_top) * first_size;
  double above = (first->ascent - line_box[first->part->phrase->han].visual_top) * first_size;
  double below = (last->descent - line_box[last->part->phrase->han].visual_bottom) * last_size;
  double even = MAX (0, line_box[0].descent - last->descent)
                * last_size; /* Chinese on the baseline of Latin text beside it */
  double room = block->box.height - height;
  if (block->down == ALIGN_START)
    return block->box.y - spare;
  if (block->down == ALIGN_END)
    return block->box.y + MAX (0, room - even);
  return block->box.y + CLAMP ((block->box.height - (height - above - below)) / 2 - above, 0, room);
}

/* Gives how deep the block reaches into its box. */
static double place_block (FontSet *fonts, const Block *block, const Measure *measures,
                           BreakMode mode, double size, GArray *lines)
{
  double top = block_top (block, measures, size, block_height (block, measures, mode, size));
  for (guint i = 0; i < block->n_parts; i++) {
    double own = part_size (block, &measures[i], size);
    top += i ? block->parts[i].gap * size : 0;
    place_part (fonts, block, &measures[i], mode, own, top, lines);
    top += part_height (&measures[i], lines_at (&measures[i], mode, own, block->box.width)) * own;
  }
  return top - block->box.y;
}

static void move_down (GArray *lines, guint first, double by)
{
  for (guint i = first; i < lines->len; i++) {
    Line *line = &g_array_index (lines, Line, i);
    line->baseline += by;
    line->ink.y += by;
  }
}

static double ink_bottom (const Line *line)
{
  return line->ink.y + line->ink.height;
}

/* Moves lines from @first on down so that no accent touches what hangs from the line
 * above, and all so that their ink stands in the box: a line that is set by itself may be
 * a little taller than in its text. Gives how far the last moved in @moved; FALSE if
 * their ink is larger than the box. */
static gboolean settle_ink (const Block *block, GArray *lines, guint first, double *moved)
{
  double top = INFINITY, bottom = -INFINITY;
  *moved = 0;
  for (guint i = first; i < lines->len; i++) {
    const Line *line = &g_array_index (lines, Line, i);
    double apart = 0;
    if (i > first) {
      const Line *above = line - 1;
      apart = MAX (0, ink_bottom (above) + INK_GAP * MIN (above->size_pt, line->size_pt)
                          - line->ink.y);
    }
    move_down (lines, i, apart);
    *moved += apart;
    top = MIN (top, line->ink.y);
    bottom = MAX (bottom, ink_bottom (line));
    if (line->ink.width > block->box.width + INK_SLACK_PT)
      return FALSE;
  }
  double down = MAX (0, block->box.y - top),
         up = MAX (0, bottom + down - block->box.y - block->box.height);
  if (up > MAX (0, top + down - block->box.y) + INK_SLACK_PT)
    return FALSE;
  move_down (lines, first, down - up);
  *moved += down - up;
  return TRUE;
}

/* The text that takes most room however it is broken: the one to shorten. */
static const char *widest_text (const Block *block, const Measure *measures)
{
  guint widest = 0;
  double most = 0;
  for (guint i = 0; i < block->n_parts; i++) {
    double width = INFINITY;
    for (guint k = 1; k <= LAYOUT_LINES_MAX; k++) /* infinite for more lines than it has words */
      width = MIN (width, measures[i].narrowest[BREAK_ANY][k] * block->parts[i].scale);
    if (width > most) {
      most = width;
      widest = i;
    }
  }
  return block->parts[widest].phrase->text;
}

/* Places the block at the largest size at which its ink stands in the box; 0 if there is
 * none. */
static double set_block (FontSet *fonts, const Block *block, const Measure *measures, GArray *lines,
                         double *depth)
{
  BreakMode mode;
  guint first = lines->len;
  double moved = 0;
  for (double from = block->max_pt;;) {
    double size = choose_size (block, measures, from, &mode);
    if (size <= 0)
      return 0;
    *depth = place_block (fonts, block, measures, mode, size, lines);
    if (settle_ink (block, lines, first, &moved)) {
      *depth = MAX (*depth + MAX (moved, 0),
                    ink_bottom (&g_array_index (lines, Line, lines->len - 1)) - block->box.y);
      return size;
    }
    g_array_set_size (lines, first);
    if (size <= block->min_pt)
      return 0;
    from = smaller (block, size);
  }
}

/* Ordinals whose raised letters would be too small to read are set on the line from now
 * on. TRUE if there are any. */
static gboolean lower_ordinals (const Block *block, const Measure *measures, double size)
{
  gboolean any = FALSE;
  for (guint i = 0; i < block->n_parts; i++) {
    Phrase *phrase = block->parts[i].phrase;
    if (phrase->plain_ordinals || !phrase_has_ordinal (phrase)
        || part_size (block, &measures[i], size) * PHRASE_ORDINAL >= block->least_pt[0])
      continue;
    any = phrase->plain_ordinals = TRUE;
  }
  return any;
}

static gboolean measure_all (FontSet *fonts, const Block *block, Measure *measures, GError **error)
{
  for (guint i = 0; i < block->n_parts; i++) {
    measure_clear (&measures[i]);
    if (!measure_part (fonts, block->slot, &block->parts[i], &measures[i], error))
      return FALSE;
  }
  return TRUE;
}

static gboolean refuse (const Block *block, const Measure *measures, GError **error)
{
  g_set_error (error, BADGE_ERROR, BADGE_ERROR_FIT,
               _ ("Cannot draw the badge: “%s” does not fit t"
                  "he slot “%s” at the smallest size of %.1f "
                  "points. Shorten the text in the list and import again, or enlarge the slot."),
               widest_text (block, measures), slot_name (block->slot),
               MAX (block->min_pt, block->least_pt[0]));
  return FALSE;
}

gboolean layout_block (FontSet *fonts, const Block *block, GArray *lines, double *used,
                       GError **error)
{
  Measure measures[LAYOUT_PHRASES_MAX] = { 0 };
  double depth = 0, size = 0;
  guint first = lines->len;
  gboolean good = measure_all (fonts, block, measures, error);
  if (good && block->n_parts > 0) {
    size = set_block (fonts, block, measures, lines, &depth);
    if (lower_ordinals (block, measures, size)) {
      g_array_set_size (lines, first);
      good = measure_all (fonts, block, measures, error);
      size = good ? set_block (fonts, block, measures, lines, &depth) : 0;
    }
    if (good && size <= 0)
      good = refuse (block, measures, error);
  }
  for (guint i = 0; i < block->n_parts; i++)
    measure_clear (&measures[i]);
  if (used != NULL)
    *used = depth;
  return good;
}

void layout_add (GArray *page, const GArray *lines, double down)
{
  for (guint i = 0; i < lines->len; i++) {
    Line line = g_array_index (lines, Line, i);

    g_object_ref (line.shaped);
    line.baseline += down;
    g_array_append_val (page, line);
  }
}

void layout_show (FontSet *fonts, cairo_t *cr, GArray *lines)
{
  for (guint i = 0; i < lines->len; i++)
    font_set_collect (fonts, g_array_index (lines, Line, i).shaped);
  font_set_collected (fonts);
  for (guint i = 0; i < lines->len; i++) {
    const Line *line = &g_array_index (lines, Line, i);
    cairo_set_source_rgb (cr, line->colour.red, line->colour.green, line->colour.blue);
    font_set_show (fonts, cr, line->shaped, line->size_pt, line->x, line->baseline, FONT_AS_DRAWN);
  }
  g_array_set_size (lines, 0);
}
