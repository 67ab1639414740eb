#include "issuance/test_badge.h"

BadgeContent test_badge_content (const char *label)
{
  static const char *const TRAITS[] = { "proof", "script:fr", NULL };

  return (BadgeContent){
    .family = "Épreuve",
    .given = "d’imprimante",
    .name_zh = "打印样张",
    .function_fr = "Ce badge n’ouvre rien",
    .function_zh = "此胸卡无效",
    .organisation_fr = "accueil",
    .organisation_zh = "迎宾",
    .category_fr = "Épreuve",
    .category_zh = "样张",
    .category_colour = "#1f3a93",
    .ribbon_fr = "Épreuve",
    .ribbon_zh = "样张",
    .traits = TRAITS,
    .code = "EPREUVE-PROOF",
    .label = label,
  };
}
