#include "badge/composer.h"

#include "core/words.h"

#include <string.h>

#define PAIR_GAP_ZH 0.11 /* a Chinese line is set closer to what stands above than a Latin one */
#define PAIR_GAP_FR 0.04

gboolean composer_has (const Composer *composer, SlotId id)
{
  return composer->all ? template_slot (composer->template_, id)->present
                       : template_has_slot (composer->template_, id, composer->content->traits);
}

gboolean composer_is_blank (const char *text)
{
  return text == NULL || text[strspn (text, " \t\r\n")] == '\0';
}

gboolean composer_has_trait (const Composer *composer, const char *trait)
{
  return composer->content->traits != NULL && g_strv_contains (composer->content->traits, trait);
}

gboolean composer_is_han (gboolean second)
{
  return words_is_chinese (second ? WORDS_SECOND : WORDS_FIRST);
}

Block composer_block (const Composer *composer, SlotId id, gboolean han)
{
  const Slot *slot = template_slot (composer->template_, id);
  gboolean on_band = composer->page->has_band && (id == SLOT_CATEGORY || id == SLOT_RIBBON);
  gboolean flows = badge_height_is_auto (composer->template_) && !on_band;
  return (Block){
    .slot = id,
    .box = slot->box,
    .across = slot->across,
    .down = flows ? ALIGN_START : slot->down,
    .max_pt = slot->face[han].max_pt,
    .min_pt = slot->min_pt,
    .least_pt = { COMPOSER_LEAST_PT, COMPOSER_LEAST_HAN_PT },
    .keep_whole = 0.92,
    .other = slot->other,
    .face = { slot->face[0], slot->face[1] },
  };
}

PhraseWeight composer_weight (const Block *block, gboolean han, gboolean strong)
{
  return (strong ? block->face[han].strong : block->face[han].bold) ? PHRASE_BOLD : PHRASE_LIGHT;
}

gboolean composer_set (Composer *composer, const Block *block, GError **error)
{
  double used = 0;
  if (!layout_block (template_fonts (composer->template_), block, composer->page->lines, &used,
                     error))
    return FALSE;
  double depth = used > 0
                     ? block->box.y + used - template_slot (composer->template_, block->slot)->box.y
                     : 0;
  composer->used[block->slot] = MAX (composer->used[block->slot], depth);
  return TRUE;
}

void composer_add_pair (Block *block, gboolean second_leads, const char *fr, const char *zh,
                        gboolean strong, double gap)
{
  const char *own = second_leads ? zh : fr, *other = second_leads ? fr : zh;
  gboolean own_blank = composer_is_blank (own), own_han = composer_is_han (second_leads),
           other_han = composer_is_han (!second_leads);
  if (!own_blank)
    layout_block_add (block, phrase_new (own, own_han, composer_weight (block, own_han, strong)), 1,
                      gap);
  if (!composer_is_blank (other) && (own_blank || strcmp (own, other) != 0))
    layout_block_add (
        block,
        phrase_new (other, other_han,
                    own_blank ? composer_weight (block, other_han, strong) : PHRASE_LIGHT),
        own_blank ? 1 : block->other,
        own_blank   ? gap
        : other_han ? PAIR_GAP_ZH
                    : PAIR_GAP_FR);
}
