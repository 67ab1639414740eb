#include "issuance/test_badge.h"

#include "core/words.h"

BadgeContent test_badge_content (const char *label)
{
  static const char *const TRAITS[] = { "proof", "script:fr", NULL };
  Pair proof = words_pair_in ("badge", NC_ ("badge", "Proof")),
       given = words_pair_in ("badge", NC_ ("badge", "of a printer")),
       nothing = words_pair_in ("badge", NC_ ("badge", "This badge opens nothing")),
       name = words_pair_in ("name of this software", NC_ ("name of this software", "accueil"));

  return (BadgeContent){
    .family = proof.first,
    .given = given.first,
    .name_zh = given.second,
    .function_fr = nothing.first,
    .function_zh = nothing.second,
    .organisation_fr = name.first,
    .organisation_zh = name.second,
    .category_fr = proof.first,
    .category_zh = proof.second,
    .category_colour = "#1f3a93",
    .ribbon_fr = proof.first,
    .ribbon_zh = proof.second,
    .traits = TRAITS,
    .code = "EPREUVE-PROOF",
    .label = label,
  };
}
