#include "badge/tiles.h"

#include "core/words.h"

#define GAP_PT (0.8 * PT_PER_MM)
#define CLEAR_PT (0.65 * PT_PER_MM) /* from the tile's edge to its words: the frame and a little */
/* The most there is, and the most of a narrow tile's width. */
#define PAD_PT (1.4 * PT_PER_MM)
#define PAD_SHARE 0.075
#define ICON_PT (4.2 * PT_PER_MM)
#define ICON_SHARE 0.25
#define ICON_GAP_PT (1.2 * PT_PER_MM)
#define ICON_GAP_SHARE 0.065

typedef struct {
  const char *fr, *zh;
  Icon icon;
  gboolean held;
} Mark;

/* How much of its words a row of tiles shows: where there are many events, less. */
typedef enum { WORDS_BOTH, WORDS_OWN, WORDS_LIGHT, WORDS_MODES } WordsMode;

static void add_words (Block *block, const Mark *mark, gboolean second_leads, WordsMode mode)
{
  if (mark->zh != NULL && mode != WORDS_BOTH) {
    gboolean second = second_leads != composer_is_blank (second_leads ? mark->zh : mark->fr),
             han = composer_is_han (second);
    layout_block_add (block,
                      phrase_new (second ? mark->zh : mark->fr, han,
                                  composer_weight (block, han, mode == WORDS_OWN)),
                      1, 0);
    return;
  }
  if (mark->zh != NULL) {
    composer_add_pair (block, second_leads, mark->fr, mark->zh, mark->held, 0);
    return;
  }
  Phrase *phrase = phrase_new (mark->fr, FALSE, composer_weight (block, FALSE, mark->held));
  phrase->tabular = TRUE;
  layout_block_add (block, phrase, 1, 0);
}

static gboolean compose_tile (Composer *composer, SlotId id, Box box, const Mark *mark,
                              WordsMode mode, GError **error)
{
  gboolean second_leads = composer->content->second_leads;
  g_auto (Block) block = composer_block (composer, id, composer_is_han (second_leads));
  Tile tile = { .box = box,
                .icon = mark->icon,
                .held = mark->held,
                .ink = block.face[composer_is_han (second_leads)].colour };
  block.box = (Box){ box.x, box.y + CLEAR_PT, box.width, box.height - 2 * CLEAR_PT };
  block.down = ALIGN_MIDDLE;
  block.across = mark->icon || mark->zh != NULL ? ALIGN_START : ALIGN_MIDDLE;
  block.keep_whole = 0.5;
  double pad = mark->zh == NULL     ? 0
               : mode == WORDS_BOTH ? MIN (PAD_PT, PAD_SHARE * box.width)
                                    : CLEAR_PT;
  block.box.x += pad;
  block.box.width -= 2 * pad;
  if (mark->icon) {
    double side = MIN (MIN (ICON_PT, ICON_SHARE * box.width), box.height),
           gap = MIN (ICON_GAP_PT, ICON_GAP_SHARE * box.width);
    tile.icon_box = (Box){ box.x + pad, box.y + (box.height - side) / 2, side, side };
    block.box.x += side + gap;
    block.box.width -= side + gap - pad / 2;
  }
  if (mark->held)
    add_words (&block, mark, second_leads, mode);
  tile.first_line = composer->page->lines->len;
  if (mark->held && !composer_set (composer, &block, error))
    return FALSE;
  tile.n_lines = composer->page->lines->len - tile.first_line;
  g_array_append_val (composer->page->tiles, tile);
  return TRUE;
}

static gboolean try_row (Composer *composer, SlotId id, const Mark *marks, guint count,
                         WordsMode mode, GError **error)
{
  Box box = template_slot (composer->template_, id)->box;
  double width = (box.width - (count - 1) * GAP_PT) / count;
  guint lines = composer->page->lines->len, tiles = composer->page->tiles->len;
  for (guint i = 0; i < count; i++) {
    Box tile = { box.x + i * (width + GAP_PT), box.y, width, box.height };
    if (!compose_tile (composer, id, tile, &marks[i], mode, error)) {
      g_array_set_size (composer->page->lines, lines);
      g_array_set_size (composer->page->tiles, tiles);
      return FALSE;
    }
  }
  composer->used[id] = box.height;
  return TRUE;
}

/* Tiles of one width, side by side in the slot: in both languages; where they are too
 * many for that, in the person's own. */
static gboolean compose_row (Composer *composer, SlotId id, const Mark *marks, guint count,
                             GError **error)
{
  g_autoptr (GError) first = NULL;
  if (count == 0)
    return TRUE;
  for (int mode = WORDS_BOTH; mode < WORDS_MODES; mode++) {
    g_autoptr (GError) why = NULL;
    if (try_row (composer, id, marks, count, (WordsMode) mode, &why))
      return TRUE;
    if (first == NULL)
      first = g_steal_pointer (&why);
    if (!g_error_matches (first, BADGE_ERROR, BADGE_ERROR_FIT))
      break;
  }
  g_propagate_error (error, g_steal_pointer (&first));
  return FALSE;
}

static guint length_of (const char *const *texts)
{
  guint n = 0;
  while (texts != NULL && texts[n] != NULL)
    n++;
  return n;
}

static gboolean too_many (SlotId id, guint count, guint most, GError **error)
{
  if (count <= most)
    return FALSE;
  g_set_error (
      error, BADGE_ERROR, BADGE_ERROR_FIT,
      _ ("Cannot draw the badge: slot “%s” has room for %u tiles and the congress has %u."),
      slot_name (id), most, count);
  return TRUE;
}

gboolean tiles_compose_events (Composer *composer, GError **error)
{
  const BadgeContent *content = composer->content;
  guint count = MIN (length_of (content->events_fr), length_of (content->events_zh));
  Mark marks[TILES_EVENTS_MAX];
  if (!composer_has (composer, SLOT_EVENTS))
    return TRUE;
  if (too_many (SLOT_EVENTS, count, TILES_EVENTS_MAX, error))
    return FALSE;
  for (guint i = 0; i < count; i++)
    marks[i]
        = (Mark){ content->events_fr[i], content->events_zh[i], ICON_NONE, content->event_held[i] };
  return compose_row (composer, SLOT_EVENTS, marks, count, error);
}

gboolean tiles_compose_services (Composer *composer, GError **error)
{
  const BadgeContent *content = composer->content;
  const Pair meals = words_pair_in ("badge", NC_ ("badge", "Meals")),
             transport = words_pair_in ("badge", NC_ ("badge", "Transport")),
             headset = words_pair_in ("badge", NC_ ("badge", "Headset"));
  const Mark marks[] = {
    { meals.first, meals.second, ICON_MEALS, content->meals },
    { transport.first, transport.second, ICON_TRANSPORT, content->transport },
    { headset.first, headset.second, ICON_HEADSET, content->headset },
  };
  return !composer_has (composer, SLOT_SERVICES)
         || compose_row (composer, SLOT_SERVICES, marks, G_N_ELEMENTS (marks), error);
}

gboolean tiles_compose_days (Composer *composer, GError **error)
{
  const BadgeContent *content = composer->content;
  guint count = length_of (content->days);
  Mark marks[TILES_DAYS_MAX];
  if (!composer_has (composer, SLOT_DAYS))
    return TRUE;
  if (too_many (SLOT_DAYS, count, TILES_DAYS_MAX, error))
    return FALSE;
  for (guint i = 0; i < count; i++)
    marks[i] = (Mark){ content->days[i], NULL, ICON_NONE, content->day_held[i] };
  return compose_row (composer, SLOT_DAYS, marks, count, error);
}
