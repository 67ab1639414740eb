/* composer.h: what all parts of a page are composed with.
 * Threads: as the BadgeTemplate.  */
#pragma once

#include "badge/badge_page.h"

/* Nothing on a badge is smaller, in colour or in one bit; a Chinese character's square is
 * 2.5 mm. */
#define COMPOSER_LEAST_PT 6.0
#define COMPOSER_LEAST_HAN_PT (2.5 * PT_PER_MM)

typedef struct {
  BadgeTemplate *template_;
  const BadgeContent *content;
  BadgePage *page;
  gboolean all;      /* every slot is there, whatever its condition */
  double name_share; /* of its slot's height that the name takes, where a long post needs the rest;
                        1 in the beginning */
  double
      used[SLOT_COUNT]; /* from the top of the slot's box, in points: how deep its text reaches */
} Composer;

gboolean composer_has (const Composer *composer, SlotId id);
gboolean composer_is_blank (const char *text);
/* TRUE if @trait is one of the content's. */
gboolean composer_has_trait (const Composer *composer, const char *trait);

/* A block in the style of the slot. */
/* @han: as Chinese text of the slot is set. */
Block composer_block (const Composer *composer, SlotId id, gboolean han);
/* Whether the congress's first language, or with @second its other, is set as Chinese. */
gboolean composer_is_han (gboolean second);
PhraseWeight composer_weight (const Block *block, gboolean han, gboolean strong);
/* Lays @block out on the page. BADGE_ERROR_FIT, BADGE_ERROR_FONT. */
gboolean composer_set (Composer *composer, const Block *block, GError **error);

/* A text in both languages, own first; once where both are the same. The other is set in
 * the slot's plain weight. */
void composer_add_pair (Block *block, gboolean second_leads, const char *fr, const char *zh,
                        gboolean strong, double gap);
