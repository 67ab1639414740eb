#include "badge/compose.h"

#include "badge/composer.h"
#include "badge/badge_programme.h"
#include "badge/tiles.h"
#include "core/text.h"
#include "core/typeset.h"
#include "core/words.h"

#include <math.h>
#include <string.h>

#define RIBBON_PAD_PT (2.6 * PT_PER_MM)
#define PANEL_PAD_PT (1.8 * PT_PER_MM)
#define FOLD_MIN_PT 0.5
#define NAME_CLEAR_PT (1 * PT_PER_MM) /* between a name and a post that takes its room */

/* Name ------------------------------------------------------------------------------- */

static gboolean compose_name (Composer *composer, GError **error)
{
  const BadgeContent *content = composer->content;
  if (!composer_has (composer, SLOT_NAME))
    return TRUE;
  gboolean latin = !composer_is_blank (content->family) || !composer_is_blank (content->given),
           han = !composer_is_blank (content->name_zh);
  gboolean han_leads = han && (content->second_leads || !latin);
  gboolean turkish = composer_has_trait (composer, "country:TR")
                     || typeset_is_turkish (content->family) || typeset_is_turkish (content->given);
  g_auto (Block) block = composer_block (composer, SLOT_NAME, han_leads);
  block.keep_whole = 0.7;
  block.box.height *= composer->name_share;
  if (han_leads)
    layout_block_add (&block, phrase_new_han_name (content->name_zh, content->surname_zh), 1, 0);
  else {
    g_autofree char *family = typeset_family (content->family, turkish);
    layout_block_add (
        &block, phrase_new (content->given, FALSE, composer_weight (&block, FALSE, FALSE)), 1, 0);
    layout_block_add (&block, phrase_new (family, FALSE, composer_weight (&block, FALSE, TRUE)), 1,
                      0);
  }
  if (han_leads && latin)
    layout_block_add (&block, phrase_new_latin_name (content->family, content->given, turkish),
                      block.other, 0.12);
  else if (!han_leads && han)
    layout_block_add (&block, phrase_new_han_name (content->name_zh, content->surname_zh),
                      block.other, 0.16);
  if (block.n_parts > 0)
    return composer_set (composer, &block, error);
  g_set_error (error, BADGE_ERROR, BADGE_ERROR_FIT,
               _ ("Cannot draw the badge %s: nothing stands in slot “%s”, the person has no name. "
                  "Complete the list and import again."),
               content->label != NULL ? content->label : "", slot_name (SLOT_NAME));
  return FALSE;
}

/* Pairs ------------------------------------------------------------------------------ */

static gboolean compose_pair (Composer *composer, SlotId id, const char *fr, const char *zh,
                              GError **error)
{
  if (!composer_has (composer, id))
    return TRUE;
  g_auto (Block) block
      = composer_block (composer, id, composer_is_han (composer->content->second_leads));
  composer_add_pair (&block, composer->content->second_leads, fr, zh, FALSE, 0);
  return composer_set (composer, &block, error);
}

/* The post's box with the room that a short name leaves above it; FALSE if there is
 * none. */
static gboolean rise (const Composer *composer, Box *box)
{
  const Slot *name = template_slot (composer->template_, SLOT_NAME);
  double top = name->box.y + composer->used[SLOT_NAME] + NAME_CLEAR_PT;
  if (!name->present || name->down != ALIGN_START || badge_height_is_auto (composer->template_)
      || name->box.y + name->box.height > box->y || top >= box->y || box->x < name->box.x
      || box->x + box->width > name->box.x + name->box.width)
    return FALSE;
  for (int id = 0; id < SLOT_COUNT; id++) { /* nothing else may stand between the two */
    const Slot *other = template_slot (composer->template_, (SlotId) id);
    if (other->present && id != SLOT_NAME && id != SLOT_POST && other->box.y < box->y
        && other->box.y + other->box.height > top && other->box.x < box->x + box->width
        && other->box.x + other->box.width > box->x)
      return FALSE;
  }
  box->height += box->y - top;
  box->y = top;
  return TRUE;
}

/* The name anew, in less of its slot. */
static gboolean shrink_name (Composer *composer, double share)
{
  GArray *lines = composer->page->lines;
  for (guint i = lines->len; i-- > 0;)
    if (g_array_index (lines, Line, i).slot == SLOT_NAME)
      g_array_remove_index (lines, i);
  composer->used[SLOT_NAME] = 0;
  composer->name_share = share;
  return compose_name (composer, NULL);
}

/* A post that has no room as it is takes what the name leaves, and at last some of what
 * the name has. */
static gboolean set_higher (Composer *composer, Block *block)
{
  static const double shares[] = { 1, 0.85, 0.7, 0.55 };
  const Box own = block->box;
  for (guint i = 0; i < G_N_ELEMENTS (shares); i++) {
    block->box = own;
    if ((i > 0 && !shrink_name (composer, shares[i])) || !rise (composer, &block->box))
      return FALSE;
    if (composer_set (composer, block, NULL))
      return TRUE;
  }
  return FALSE;
}

static gboolean compose_post (Composer *composer, GError **error)
{
  const BadgeContent *content = composer->content;
  if (!composer_has (composer, SLOT_POST))
    return TRUE;
  g_auto (Block) block
      = composer_block (composer, SLOT_POST, composer_is_han (content->second_leads));
  composer_add_pair (&block, content->second_leads, content->function_fr, content->function_zh,
                     FALSE, 0);
  composer_add_pair (&block, content->second_leads, content->organisation_fr,
                     content->organisation_zh, TRUE, 0.45);
  g_autoptr (GError) why = NULL;
  if (composer_set (composer, &block, &why))
    return TRUE;
  if (g_error_matches (why, BADGE_ERROR, BADGE_ERROR_FIT) && set_higher (composer, &block))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&why));
  return FALSE;
}

static gboolean compose_function (Composer *composer, GError **error)
{
  return compose_pair (composer, SLOT_FUNCTION, composer->content->function_fr,
                       composer->content->function_zh, error);
}

static gboolean compose_organisation (Composer *composer, GError **error)
{
  return compose_pair (composer, SLOT_ORGANISATION, composer->content->organisation_fr,
                       composer->content->organisation_zh, error);
}

static gboolean compose_delegation (Composer *composer, GError **error)
{
  return compose_pair (composer, SLOT_DELEGATION, composer->content->delegation_fr,
                       composer->content->delegation_zh, error);
}

static gboolean compose_role (Composer *composer, GError **error)
{
  return compose_pair (composer, SLOT_ROLE, composer->content->role_fr, composer->content->role_zh,
                       error);
}

/* Congress, label -------------------------------------------------------------------- */

static void add_congress (Block *block, const BadgeContent *content, gboolean second, double gap)
{
  gboolean han = composer_is_han (second);
  layout_block_add (block,
                    phrase_new (second ? content->congress_zh : content->congress_fr, han,
                                composer_weight (block, han, TRUE)),
                    1, gap);
  layout_block_add (block,
                    phrase_new (second ? content->place_zh : content->place_fr, han,
                                composer_weight (block, han, FALSE)),
                    1, han ? 0.24 : 0.06);
}

static gboolean compose_congress_one (Composer *composer, SlotId id, gboolean second,
                                      GError **error)
{
  if (!composer_has (composer, id))
    return TRUE;
  g_auto (Block) block = composer_block (composer, id, composer_is_han (second));
  add_congress (&block, composer->content, second, 0);
  return composer_set (composer, &block, error);
}

static gboolean compose_congress_own (Composer *composer, GError **error)
{
  return compose_congress_one (composer, SLOT_CONGRESS_OWN, composer->content->second_leads, error);
}

static gboolean compose_congress_other (Composer *composer, GError **error)
{
  return compose_congress_one (composer, SLOT_CONGRESS_OTHER, !composer->content->second_leads,
                               error);
}

/* Titles only, for small labels. */
static gboolean compose_congress (Composer *composer, GError **error)
{
  const BadgeContent *content = composer->content;
  if (!composer_has (composer, SLOT_CONGRESS))
    return TRUE;
  g_auto (Block) block
      = composer_block (composer, SLOT_CONGRESS, composer_is_han (content->second_leads));
  composer_add_pair (&block, content->second_leads, content->congress_fr, content->congress_zh,
                     TRUE, 0);
  return composer_set (composer, &block, error);
}

static gboolean compose_label (Composer *composer, GError **error)
{
  if (!composer_has (composer, SLOT_LABEL))
    return TRUE;
  g_auto (Block) block = composer_block (composer, SLOT_LABEL, FALSE);
  Phrase *phrase
      = phrase_new (composer->content->label, FALSE, composer_weight (&block, FALSE, FALSE));
  phrase->tabular = TRUE;
  layout_block_add (&block, phrase, 1, 0);
  return composer_set (composer, &block, error);
}

/* Category and ribbon ---------------------------------------------------------------- */

static double hex_byte (const char *digits)
{
  return (g_ascii_xdigit_value (digits[0]) * 16 + g_ascii_xdigit_value (digits[1])) / 255.0;
}

/* Ink where the event file gives no colour. */
static Colour colour_of (const char *text)
{
  gboolean good = text != NULL && strlen (text) == 7 && text[0] == '#';
  for (guint i = 1; good && i < 7; i++)
    good = g_ascii_isxdigit (text[i]);
  return good ? (Colour){ hex_byte (text + 1), hex_byte (text + 3), hex_byte (text + 5) }
              : page_ink;
}

static void compose_band (Composer *composer)
{
  BadgePage *page = composer->page;
  page->has_band = composer_has (composer, SLOT_CATEGORY_BAND);
  page->band_box = template_slot (composer->template_, SLOT_CATEGORY_BAND)->box;
  page->band = colour_of (composer->content->category_colour);
  page->band_pattern = composer->content->category_order;
  /* On paper of one bit, the pattern decides; odd ones have white panels. */
  page->band_dark = page->one_bit ? page->band_pattern % 2 == 0 : badge_page_is_dark (page->band);
}

static void add_plate (BadgePage *page, Box box)
{
  box = (Box){ box.x - PANEL_PAD_PT, box.y - PANEL_PAD_PT / 2, box.width + 2 * PANEL_PAD_PT,
               box.height + PANEL_PAD_PT };
  g_array_append_val (page->panels, box);
}

/* Shrinks the ribbon's box around its text, at the right end of its slot. */
static gboolean compose_ribbon (Composer *composer, GError **error)
{
  const BadgeContent *content = composer->content;
  BadgePage *page = composer->page;
  if (!composer_has (composer, SLOT_RIBBON)
      || (composer_is_blank (content->ribbon_fr) && composer_is_blank (content->ribbon_zh)))
    return TRUE;
  g_auto (Block) block
      = composer_block (composer, SLOT_RIBBON, composer_is_han (content->second_leads));
  Box slot = block.box;
  block.box.x += RIBBON_PAD_PT;
  block.box.width -= 2 * RIBBON_PAD_PT;
  block.across = ALIGN_END;
  composer_add_pair (&block, content->second_leads, content->ribbon_fr, content->ribbon_zh, FALSE,
                     0);
  guint first = page->lines->len;
  if (!composer_set (composer, &block, error))
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
  page->ribbon_box = (Box){ left - RIBBON_PAD_PT, slot.y,
                            slot.x + slot.width - left + RIBBON_PAD_PT, slot.height };
  composer->used[SLOT_RIBBON] = slot.height;
  return TRUE;
}

/* Event files write categories as lists do, in small letters; on a badge they stand
 * alone. */
static gboolean compose_category (Composer *composer, GError **error)
{
  const BadgeContent *content = composer->content;
  BadgePage *page = composer->page;
  if (!composer_has (composer, SLOT_CATEGORY))
    return TRUE;
  g_auto (Block) block
      = composer_block (composer, SLOT_CATEGORY, composer_is_han (content->second_leads));
  const Slot *ribbon = template_slot (composer->template_, SLOT_RIBBON);
  if (ribbon->present && !page->ribbon && ribbon->box.x >= block.box.x + block.box.width
      && fabs (ribbon->box.y - block.box.y) < block.box.height)
    block.box.width = ribbon->box.x + ribbon->box.width - block.box.x;
  if (page->has_band)
    layout_block_colour (&block, page->band_dark ? page_paper : page_ink);
  g_autofree char *fr = text_capital (content->category_fr);
  composer_add_pair (&block, content->second_leads, fr, content->category_zh, FALSE, 0);
  guint first = page->lines->len;
  if (!composer_set (composer, &block, error))
    return FALSE;
  Box ink = { block.box.x, block.box.y, 0, block.box.height };
  for (guint i = first; i < page->lines->len; i++) {
    const Box *line = &g_array_index (page->lines, Line, i).ink;
    double right = MAX (ink.x + ink.width, line->x + line->width);
    ink.x = i == first ? line->x : MIN (ink.x, line->x);
    ink.width = right - ink.x;
  }
  add_plate (page, ink);
  return TRUE;
}

/* Code ------------------------------------------------------------------------------- */

static gboolean compose_qr (Composer *composer, GError **error)
{
  BadgePage *page = composer->page;
  if (!composer_has (composer, SLOT_QR))
    return TRUE;
  g_autoptr (GError) why = NULL;
  page->qr = qr_new (composer->content->code != NULL ? composer->content->code : "", &why);
  if (page->qr == NULL) {
    g_set_error (error, BADGE_ERROR, BADGE_ERROR_FIT, _ ("Cannot draw the code in slot “%s”: %s"),
                 slot_name (SLOT_QR), why->message);
    return FALSE;
  }
  const Box *box = &template_slot (composer->template_, SLOT_QR)->box;
  composer->used[SLOT_QR] = box->height;
  page->qr_clear_pt = template_qr_clear_pt (composer->template_);
  page->qr_module_pt
      = MIN (MIN (box->width, box->height) / page->qr->size, page->qr_clear_pt / QR_QUIET_MODULES);
  if (page->qr_module_pt >= COMPOSE_QR_MODULE_MIN_MM * PT_PER_MM)
    return TRUE;
  g_set_error (error, BADGE_ERROR, BADGE_ERROR_FIT,
               _ ("Cannot draw the badge: in slot “%s” the code's modules would be %.2f mm, and "
                  "scanners need %.1f. Enlarge the slot, or leave more room around it."),
               slot_name (SLOT_QR), page->qr_module_pt / PT_PER_MM, COMPOSE_QR_MODULE_MIN_MM);
  return FALSE;
}

/* Folds ------------------------------------------------------------------------------ */

/* Slots whose box is only the room that their text may take. */
static gboolean flows (const Composer *composer, SlotId id)
{
  if (id == SLOT_LOGOS)
    return TRUE;
  if (!slot_has_text (id)
      || ((id == SLOT_CATEGORY || id == SLOT_RIBBON) && composer->page->has_band))
    return FALSE;
  return TRUE;
}

/* What slot @id needs of the page, downwards. */
static Fold need_of (const Composer *composer, SlotId id)
{
  const Box *box = &template_slot (composer->template_, id)->box;
  gboolean shown = composer_has (composer, id);
  return (Fold){ box->y, !shown                 ? 0
                         : flows (composer, id) ? MIN (composer->used[id], box->height)
                                                : box->height };
}

/* Leaves of [top, bottom) what no slot needs, from the top down. */
static void fold_gap (Composer *composer, double top, double bottom)
{
  while (top < bottom) {
    double end = bottom, next = bottom;
    for (int id = 0; id < SLOT_COUNT; id++) {
      Fold need = template_slot (composer->template_, (SlotId) id)->present
                      ? need_of (composer, (SlotId) id)
                      : (Fold){ 0 };
      if (need.height <= 0 || need.y + need.height <= top || need.y >= end)
        continue;
      end = MAX (need.y, top);
      next = need.y + need.height;
    }
    if (end - top >= FOLD_MIN_PT) {
      Fold fold = { top, end - top };
      g_array_append_val (composer->page->folds, fold);
    }
    top = MAX (next, end);
  }
}

static int by_place (gconstpointer a, gconstpointer b)
{
  const Fold *one = a, *other = b;
  return one->y < other->y ? -1 : one->y > other->y;
}

/* Folds that overlap or meet become one. */
static void join_folds (GArray *folds)
{
  g_array_sort (folds, by_place);
  for (guint i = 1; i < folds->len;) {
    Fold *last = &g_array_index (folds, Fold, i - 1), *fold = &g_array_index (folds, Fold, i);
    if (fold->y > last->y + last->height) {
      i++;
      continue;
    }
    last->height = MAX (last->height, fold->y + fold->height - last->y);
    g_array_remove_index (folds, i);
  }
}

/* On a roll, the room that texts leave is left out of the paper. */
static void fold_page (Composer *composer)
{
  if (!badge_height_is_auto (composer->template_))
    return;
  for (int id = 0; id < SLOT_COUNT; id++) {
    const Slot *slot = template_slot (composer->template_, (SlotId) id);
    if (!slot->present)
      continue;
    double need = need_of (composer, (SlotId) id).height;
    fold_gap (composer, slot->box.y + need, slot->box.y + slot->box.height);
  }
  join_folds (composer->page->folds);
}

/* BadgePage -------------------------------------------------------------------------- */

static gboolean compose_logos (Composer *composer, GError **error)
{
  if (!composer_has (composer, SLOT_LOGOS))
    return TRUE;
  composer->page->logos = template_logos (composer->template_, composer->content->logos);
  composer->used[SLOT_LOGOS] = composer->page->logos != NULL
                                   ? template_slot (composer->template_, SLOT_LOGOS)->box.height
                                   : 0;
  return TRUE;
}

/* In this order: the ribbon takes room from the category. */
static const struct {
  SlotId slot;
  gboolean (*compose) (Composer *composer, GError **error);
} parts[] = {
  { SLOT_CONGRESS, compose_congress },
  { SLOT_CONGRESS_OWN, compose_congress_own },
  { SLOT_CONGRESS_OTHER, compose_congress_other },
  { SLOT_NAME, compose_name },
  { SLOT_POST, compose_post },
  { SLOT_FUNCTION, compose_function },
  { SLOT_ORGANISATION, compose_organisation },
  { SLOT_DELEGATION, compose_delegation },
  { SLOT_ROLE, compose_role },
  { SLOT_RIBBON, compose_ribbon },
  { SLOT_CATEGORY, compose_category },
  { SLOT_EVENTS, tiles_compose_events },
  { SLOT_SERVICES, tiles_compose_services },
  { SLOT_DAYS, tiles_compose_days },
  { SLOT_PROGRAMME, badge_programme_compose },
  { SLOT_QR, compose_qr },
  { SLOT_LABEL, compose_label },
  { SLOT_LOGOS, compose_logos },
};

static Colour to_one_bit (Colour colour)
{
  return badge_page_is_dark (colour) ? page_ink : page_paper;
}

static Composer start (BadgeTemplate *template_, const BadgeContent *content, gboolean one_bit)
{
  Composer composer = {
    .template_ = template_, .content = content, .page = badge_page_new (template_), .name_share = 1
  };
  composer.page->one_bit = one_bit || template_is_one_bit (template_);
  composer.page->art = art_variant (template_art (template_), content->traits);
  const GArray *captions = template_captions (template_);
  for (guint i = 0; i < captions->len; i++)
    if (art_is_shown (g_array_index (captions, Caption, i).node, content->traits))
      g_ptr_array_add (composer.page->captions, &g_array_index (captions, Caption, i));
  compose_band (&composer);
  return composer;
}

BadgePage *compose_page (BadgeTemplate *template_, const BadgeContent *content, gboolean one_bit,
                         GError **error)
{
  Composer composer = start (template_, content, one_bit);
  g_autoptr (BadgePage) page = composer.page;
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (!parts[i].compose (&composer, error))
      return NULL;
  for (guint i = 0; page->one_bit && i < page->lines->len; i++) {
    Line *line = &g_array_index (page->lines, Line, i);
    line->colour = to_one_bit (line->colour);
  }
  for (guint i = 0; page->one_bit && i < page->tiles->len; i++)
    g_array_index (page->tiles, Tile, i).ink = page_ink;
  for (guint i = 0; page->one_bit && i < page->rules->len; i++)
    g_array_index (page->rules, Rule, i).colour = page_ink;
  fold_page (&composer);
  page->height_pt = badge_page_height_pt (page, 0);
  return g_steal_pointer (&page);
}

void compose_try (BadgeTemplate *template_, const BadgeContent *content, ComposeTrouble trouble,
                  gpointer data)
{
  Composer composer = start (template_, content, FALSE);
  composer.all = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++) {
    g_autoptr (GError) error = NULL;
    if (!parts[i].compose (&composer, &error))
      trouble (parts[i].slot, error, data);
  }
  badge_page_free (composer.page);
}
