#include "badge/page.h"

#include "core/text.h"
#include "core/words.h"

#include <math.h>
#include <string.h>

#define OTHER_SHARE 0.68 /* the other script's size: never under two thirds of the first */
#define POST_OTHER_SHARE 0.86
#define PAIR_GAP_ZH 0.11 /* a Chinese line is set closer to what stands above than a Latin one */
#define TILE_GAP_PT (0.8 * PT_PER_MM)
#define TILE_PAD_PT (1.4 * PT_PER_MM)
#define ICON_PT (4.2 * PT_PER_MM)
#define ICON_GAP_PT (1.2 * PT_PER_MM)
#define RIBBON_PAD_PT (2.6 * PT_PER_MM)

const Colour page_ink = { 0, 0, 0 };
static const Colour paper = { 1, 1, 1 };

typedef struct {
  BadgeTemplate *template_;
  const BadgeContent *content;
  Page *page;
} Composer;

static gboolean has_slot (const Composer *composer, SlotId id)
{
  return template_slot (composer->template_, id)->present;
}

/* Lays the block out and colours its lines. */
static gboolean set_block (Composer *composer, const Block *block, Colour colour, GError **error)
{
  GArray *lines = composer->page->lines;
  guint first = lines->len;
  if (!layout_block (template_fonts (composer->template_), block, lines, error))
    return FALSE;
  for (guint i = first; i < lines->len; i++) {
    Line *line = &g_array_index (lines, Line, i);
    line->red = colour.red;
    line->green = colour.green;
    line->blue = colour.blue;
  }
  return TRUE;
}

static gboolean is_blank (const char *text)
{
  return text == NULL || text[strspn (text, " \t\r\n")] == '\0';
}

/* A text in both languages, own first; once where both are the same. */
static void add_pair (Block *block, gboolean chinese_first, const char *fr, const char *zh, PhraseWeight weight, double other_share, double gap)
{
  const char *own = chinese_first ? zh : fr, *other = chinese_first ? fr : zh;
  gboolean own_blank = is_blank (own);
  if (!own_blank)
    block_add (block, phrase_new (own, chinese_first, weight), 1, gap);
  if (!is_blank (other) && (own_blank || strcmp (own, other) != 0))
    block_add (block, phrase_new (other, !chinese_first, own_blank ? weight : PHRASE_LIGHT), own_blank ? 1 : other_share, own_blank ? gap : chinese_first ? 0.04 : PAIR_GAP_ZH);
}

/* Name ------------------------------------------------------------------------------------------------------------------------------------------------ */

static void add_latin_lines (Block *block, const BadgeContent *content)
{
  g_autofree char *family = phrase_family_capitals (content->family);
  block_add (block, phrase_new (content->given, FALSE, PHRASE_LIGHT), 1, 0);
  block_add (block, phrase_new (family, FALSE, PHRASE_BOLD), 1, 0);
}

static gboolean compose_name (Composer *composer, GError **error)
{
  const BadgeContent *content = composer->content;
  if (!has_slot (composer, SLOT_NAME))
    return TRUE;
  gboolean latin = !is_blank (content->family) || !is_blank (content->given), han = !is_blank (content->name_zh);
  gboolean han_leads = han && (content->chinese_first || !latin);
  g_auto (Block) block = block_for (composer->template_, SLOT_NAME, han_leads);
  block.keep_whole = 0.7;
  if (han_leads)
    block_add (&block, phrase_new_han_name (content->name_zh, content->surname_zh), 1, 0);
  else
    add_latin_lines (&block, content);
  if (han_leads && latin)
    block_add (&block, phrase_new_latin_name (content->family, content->given), OTHER_SHARE, 0.12);
  else if (!han_leads && han)
    block_add (&block, phrase_new_han_name (content->name_zh, content->surname_zh), OTHER_SHARE, 0.16);
  if (block.n_parts == 0) {
    g_set_error (error, BADGE_ERROR, BADGE_ERROR_FIT, _("Cannot draw the badge %s: nothing stands in slot “%s”, the person has no name. Complete the list and import again."), content->label ? content->label : "",
                 slot_name (SLOT_NAME));
    return FALSE;
  }
  return set_block (composer, &block, page_ink, error);
}

/* Post, congress, label -------------------------------------------------------------------------------------------------------------------------------- */

static gboolean compose_post (Composer *composer, GError **error)
{
  const BadgeContent *content = composer->content;
  if (!has_slot (composer, SLOT_POST))
    return TRUE;
  g_auto (Block) block = block_for (composer->template_, SLOT_POST, content->chinese_first);
  add_pair (&block, content->chinese_first, content->function_fr, content->function_zh, PHRASE_LIGHT, POST_OTHER_SHARE, 0);
  add_pair (&block, content->chinese_first, content->organisation_fr, content->organisation_zh, PHRASE_BOLD, POST_OTHER_SHARE, 0.45);
  return set_block (composer, &block, page_ink, error);
}

static gboolean compose_congress (Composer *composer, SlotId id, gboolean chinese, GError **error)
{
  const BadgeContent *content = composer->content;
  if (!has_slot (composer, id))
    return TRUE;
  g_auto (Block) block = block_for (composer->template_, id, chinese);
  block_add (&block, phrase_new (chinese ? content->congress_zh : content->congress_fr, chinese, PHRASE_BOLD), 1, 0);
  block_add (&block, phrase_new (chinese ? content->place_zh : content->place_fr, chinese, PHRASE_LIGHT), 1, chinese ? 0.24 : 0.06);
  return set_block (composer, &block, page_ink, error);
}

static gboolean compose_label (Composer *composer, GError **error)
{
  if (!has_slot (composer, SLOT_LABEL))
    return TRUE;
  g_auto (Block) block = block_for (composer->template_, SLOT_LABEL, FALSE);
  Phrase *phrase = phrase_new (composer->content->label, FALSE, PHRASE_LIGHT);
  phrase->tabular = TRUE;
  block_add (&block, phrase, 1, 0);
  return set_block (composer, &block, page_ink, error);
}

/* Category and ribbon ---------------------------------------------------------------------------------------------------------------------------------- */

static double hex_byte (const char *digits)
{
  return (g_ascii_xdigit_value (digits[0]) * 16 + g_ascii_xdigit_value (digits[1])) / 255.0;
}

/* Ink where the event file gives no colour. */
static Colour colour_of (const char *text)
{
  gboolean good = text && strlen (text) == 7 && text[0] == '#';
  for (guint i = 1; good && i < 7; i++)
    good = g_ascii_isxdigit (text[i]);
  return good ? (Colour) { hex_byte (text + 1), hex_byte (text + 3), hex_byte (text + 5) } : page_ink;
}

/* Where a printer of one bit draws the line, so that text on the band is the other of black and white. */
static gboolean is_dark (Colour colour)
{
  return 0.299 * colour.red + 0.587 * colour.green + 0.114 * colour.blue < 0.5;
}

/* Shrinks the ribbon's box around its text, at the right end of its slot. */
static gboolean compose_ribbon (Composer *composer, GError **error)
{
  const BadgeContent *content = composer->content;
  Page *page = composer->page;
  if (!has_slot (composer, SLOT_RIBBON) || (is_blank (content->ribbon_fr) && is_blank (content->ribbon_zh)))
    return TRUE;
  g_auto (Block) block = block_for (composer->template_, SLOT_RIBBON, content->chinese_first);
  Box slot = block.box;
  block.box.x += RIBBON_PAD_PT;
  block.box.width -= 2 * RIBBON_PAD_PT;
  block.across = ALIGN_END;
  add_pair (&block, content->chinese_first, content->ribbon_fr, content->ribbon_zh, PHRASE_BOLD, 1, 0);
  guint first = page->lines->len;
  if (!set_block (composer, &block, page_ink, error))
    return FALSE;
  double left = slot.x + slot.width;
  for (guint i = first; i < page->lines->len; i++)
    left = MIN (left, g_array_index (page->lines, Line, i).ink.x);
  for (guint i = first; i < page->lines->len; i++) { /* all lines from the same left edge */
    Line *line = &g_array_index (page->lines, Line, i);
    line->x -= line->ink.x - left;
    line->ink.x = left;
  }
  page->ribbon = TRUE;
  page->ribbon_box = (Box) { left - RIBBON_PAD_PT, slot.y, slot.x + slot.width - left + RIBBON_PAD_PT, slot.height };
  return TRUE;
}

/* Event files write categories as lists do, in small letters; on a badge they stand alone. */
static char *with_capital (const char *text)
{
  const char *rest = is_blank (text) ? "" : text_next (text);
  g_autofree char *first = is_blank (text) ? g_strdup ("") : g_utf8_strup (text, rest - text);
  return g_strconcat (first, rest, NULL);
}

static gboolean compose_category (Composer *composer, GError **error)
{
  const BadgeContent *content = composer->content;
  Page *page = composer->page;
  page->band = colour_of (content->category_colour);
  page->band_dark = is_dark (page->band);
  if (!has_slot (composer, SLOT_CATEGORY))
    return TRUE;
  g_auto (Block) block = block_for (composer->template_, SLOT_CATEGORY, content->chinese_first);
  const Slot *ribbon = template_slot (composer->template_, SLOT_RIBBON);
  if (ribbon->present && !page->ribbon && ribbon->box.x >= block.box.x + block.box.width)
    block.box.width = ribbon->box.x + ribbon->box.width - block.box.x;
  g_autofree char *fr = with_capital (content->category_fr);
  add_pair (&block, content->chinese_first, fr, content->category_zh, PHRASE_BOLD, 0.8, 0);
  return set_block (composer, &block, has_slot (composer, SLOT_CATEGORY_BAND) && page->band_dark ? paper : page_ink, error);
}

/* Tiles ------------------------------------------------------------------------------------------------------------------------------------------------ */

typedef struct {
  const char *fr, *zh;
  Icon icon;
  gboolean held;
} Mark;

static gboolean compose_tile (Composer *composer, SlotId id, Box box, const Mark *mark, GError **error)
{
  gboolean chinese_first = composer->content->chinese_first;
  Tile tile = { .box = box, .icon = mark->icon, .held = mark->held };
  g_auto (Block) block = block_for (composer->template_, id, chinese_first);
  block.box = box;
  block.down = ALIGN_MIDDLE;
  block.across = mark->icon || mark->zh ? ALIGN_START : ALIGN_MIDDLE;
  block.keep_whole = 0.5;
  double pad = mark->zh ? TILE_PAD_PT : 0;
  block.box.x += pad;
  block.box.width -= 2 * pad;
  if (mark->icon) {
    double side = MIN (ICON_PT, box.height);
    tile.icon_box = (Box) { box.x + pad, box.y + (box.height - side) / 2, side, side };
    block.box.x += side + ICON_GAP_PT;
    block.box.width -= side + ICON_GAP_PT - pad / 2;
  }
  PhraseWeight weight = mark->held ? PHRASE_BOLD : PHRASE_LIGHT;
  if (mark->zh)
    add_pair (&block, chinese_first, mark->fr, mark->zh, weight, 1, 0);
  else {
    Phrase *phrase = phrase_new (mark->fr, FALSE, weight);
    phrase->tabular = TRUE;
    block_add (&block, phrase, 1, 0);
  }
  tile.first_line = composer->page->lines->len;
  if (!set_block (composer, &block, mark->held ? paper : page_ink, error))
    return FALSE;
  tile.n_lines = composer->page->lines->len - tile.first_line;
  g_array_append_val (composer->page->tiles, tile);
  return TRUE;
}

/* Tiles of one width, side by side in the slot. */
static gboolean compose_tiles (Composer *composer, SlotId id, const Mark *marks, guint count, GError **error)
{
  if (!has_slot (composer, id) || count == 0)
    return TRUE;
  Box box = template_slot (composer->template_, id)->box;
  double width = (box.width - (count - 1) * TILE_GAP_PT) / count;
  for (guint i = 0; i < count; i++) {
    Box tile = { box.x + i * (width + TILE_GAP_PT), box.y, width, box.height };
    if (!compose_tile (composer, id, tile, &marks[i], error))
      return FALSE;
  }
  return TRUE;
}

static guint length_of (const char *const *texts)
{
  guint n = 0;
  while (texts && texts[n])
    n++;
  return n;
}

static gboolean too_many (SlotId id, guint count, guint most, GError **error)
{
  if (count <= most)
    return FALSE;
  g_set_error (error, BADGE_ERROR, BADGE_ERROR_FIT, _("Cannot draw the badge: slot “%s” has room for %u tiles and the congress has %u."), slot_name (id), most, count);
  return TRUE;
}

static gboolean compose_marks (Composer *composer, GError **error)
{
  const BadgeContent *content = composer->content;
  guint n_events = MIN (length_of (content->events_fr), length_of (content->events_zh)), n_days = length_of (content->days);
  if (too_many (SLOT_EVENTS, n_events, PAGE_EVENTS_MAX, error) || too_many (SLOT_DAYS, n_days, PAGE_DAYS_MAX, error))
    return FALSE;
  Mark events[PAGE_EVENTS_MAX], days[PAGE_DAYS_MAX];
  for (guint i = 0; i < n_events; i++)
    events[i] = (Mark) { content->events_fr[i], content->events_zh[i], ICON_NONE, content->event_held[i] };
  for (guint i = 0; i < n_days; i++)
    days[i] = (Mark) { content->days[i], NULL, ICON_NONE, content->day_held[i] };
  const Mark services[] = {
    { "Repas", "用餐", ICON_MEALS, content->meals },
    { "Transport", "交通", ICON_TRANSPORT, content->transport },
    { "Casque", "同传", ICON_HEADSET, content->headset },
  };
  return compose_tiles (composer, SLOT_EVENTS, events, n_events, error) && compose_tiles (composer, SLOT_SERVICES, services, G_N_ELEMENTS (services), error)
         && compose_tiles (composer, SLOT_DAYS, days, n_days, error);
}

/* Code ------------------------------------------------------------------------------------------------------------------------------------------------- */

static gboolean compose_qr (Composer *composer, GError **error)
{
  Page *page = composer->page;
  if (!has_slot (composer, SLOT_QR))
    return TRUE;
  g_autoptr (GError) why = NULL;
  page->qr = qr_new (composer->content->code ? composer->content->code : "", &why);
  if (!page->qr) {
    g_set_error (error, BADGE_ERROR, BADGE_ERROR_FIT, _("Cannot draw the code in slot “%s”: %s"), slot_name (SLOT_QR), why->message);
    return FALSE;
  }
  const Box *box = &template_slot (composer->template_, SLOT_QR)->box;
  page->qr_clear_pt = template_qr_clear_pt (composer->template_);
  page->qr_module_pt = MIN (MIN (box->width, box->height) / page->qr->size, page->qr_clear_pt / QR_QUIET_MODULES);
  if (page->qr_module_pt >= PAGE_QR_MODULE_MIN_MM * PT_PER_MM)
    return TRUE;
  g_set_error (error, BADGE_ERROR, BADGE_ERROR_FIT, _("Cannot draw the badge: in slot “%s” the code's modules would be %.2f mm, and scanners need %.1f. Enlarge the slot, or leave more room around it."), slot_name (SLOT_QR),
               page->qr_module_pt / PT_PER_MM, PAGE_QR_MODULE_MIN_MM);
  return FALSE;
}

Page *page_compose (BadgeTemplate *template_, const BadgeContent *content, GError **error)
{
  g_autoptr (Page) page = g_new0 (Page, 1);
  page->template_ = template_;
  page->width_pt = template_width_pt (template_);
  page->height_pt = template_height_pt (template_);
  page->lines = layout_lines_new ();
  page->tiles = g_array_new (FALSE, FALSE, sizeof (Tile));
  Composer composer = { template_, content, page };
  if (!compose_congress (&composer, SLOT_CONGRESS_OWN, content->chinese_first, error) || !compose_congress (&composer, SLOT_CONGRESS_OTHER, !content->chinese_first, error) || !compose_name (&composer, error)
      || !compose_post (&composer, error) || !compose_ribbon (&composer, error) || !compose_category (&composer, error) || !compose_marks (&composer, error) || !compose_qr (&composer, error)
      || !compose_label (&composer, error))
    return NULL;
  return g_steal_pointer (&page);
}

void page_free (Page *page)
{
  if (!page)
    return;
  g_clear_pointer (&page->lines, g_array_unref);
  g_clear_pointer (&page->tiles, g_array_unref);
  qr_free (page->qr);
  g_free (page);
}
