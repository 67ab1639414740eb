#include "counts/rank.h"

#include "core/text.h"

#include <string.h>

static const struct {
  const char *name, *words;
} RANKS[RANK_COUNT] = {
  [RANK_MINISTER] = { "minister", NC_ ("rank", "Minister, ambassador") },
  [RANK_GOVERNOR] = { "governor", NC_ ("rank", "President of a region, vice-governor") },
  [RANK_MAYOR] = { "mayor", NC_ ("rank", "Mayor, president of a metropolis") },
  [RANK_DEPUTY] = { "deputy", NC_ ("rank", "Vice-president, deputy mayor") },
  [RANK_DIRECTOR] = { "director", NC_ ("rank", "Director") },
  [RANK_OTHER] = { "other", NC_ ("rank", "Others") },
};

/* Beginnings of functions, folded (text_fold()): of all that fit the first decides, so
 * the exact ones stand before those that they hold. */
static const struct {
  const char *beginning;
  Rank rank;
} FRENCH[] = {
  { "conseiller", RANK_OTHER },
  { "conseillere", RANK_OTHER },
  { "assistant", RANK_OTHER },
  { "ministre conseiller", RANK_DEPUTY },
  { "ministre", RANK_MINISTER },
  { "ambassadeur", RANK_MINISTER },
  { "ambassadrice", RANK_MINISTER },
  { "secretaire d etat", RANK_MINISTER },
  { "vice president", RANK_DEPUTY },
  { "vice maire", RANK_DEPUTY },
  { "president de la region", RANK_GOVERNOR },
  { "presidente de la region", RANK_GOVERNOR },
  { "president de region", RANK_GOVERNOR },
  { "presidente de region", RANK_GOVERNOR },
  { "president du conseil regional", RANK_GOVERNOR },
  { "presidente du conseil regional", RANK_GOVERNOR },
  { "president du departement", RANK_GOVERNOR },
  { "presidente du departement", RANK_GOVERNOR },
  { "president du conseil departemental", RANK_GOVERNOR },
  { "presidente du conseil departemental", RANK_GOVERNOR },
  { "gouverneur", RANK_GOVERNOR },
  { "gouverneure", RANK_GOVERNOR },
  { "vice gouverneur", RANK_GOVERNOR },
  { "vice gouverneure", RANK_GOVERNOR },
  { "prefet", RANK_GOVERNOR },
  { "prefete", RANK_GOVERNOR },
  { "maire adjoint", RANK_DEPUTY },
  { "maire adjointe", RANK_DEPUTY },
  { "adjoint au maire", RANK_DEPUTY },
  { "adjointe au maire", RANK_DEPUTY },
  { "maire", RANK_MAYOR },
  { "president de la metropole", RANK_MAYOR },
  { "presidente de la metropole", RANK_MAYOR },
  { "president de metropole", RANK_MAYOR },
  { "presidente de metropole", RANK_MAYOR },
  { "consul", RANK_DEPUTY },
  { "consule", RANK_DEPUTY },
  { "directeur adjoint", RANK_DIRECTOR },
  { "directeur", RANK_DIRECTOR },
  { "directrice", RANK_DIRECTOR },
};

/* Endings of functions: in Chinese what somebody is stands last. */
static const struct {
  Rank rank;
  const char *endings;
} CHINESE[] = {
  { RANK_MINISTER, "副部长|部长|大使" },
  { RANK_GOVERNOR, "副省长|省长|自治区主席|大区主席|省委书记" },
  { RANK_MAYOR, "市长|市委书记" },
  { RANK_DEPUTY, "副市长|副主席|总领事" },
  { RANK_DIRECTOR, "市长助理|副局长|局长|副厅长|厅长|司长|处长" },
  { RANK_DIRECTOR, "副主任|主任|总监" },
};

const char *rank_name (Rank rank)
{
  return rank < RANK_COUNT ? RANKS[rank].name : "";
}

Pair rank_words (Rank rank)
{
  return words_pair_in ("rank", RANKS[rank < RANK_COUNT ? rank : RANK_OTHER].words);
}

/* TRUE if @text begins with the words @beginning, and not in the middle of one. */
static gboolean begins (const char *text, const char *beginning)
{
  gsize length = strlen (beginning);
  return strncmp (text, beginning, length) == 0 && (text[length] == '\0' || text[length] == ' ');
}

static Rank rank_of_french (const char *function)
{
  if (*function == '\0')
    return RANK_OTHER;
  g_autofree char *folded = text_fold (function);
  gsize longest = 0;
  Rank rank = RANK_OTHER;
  for (guint i = 0; i < G_N_ELEMENTS (FRENCH); i++)
    if (strlen (FRENCH[i].beginning) > longest && begins (folded, FRENCH[i].beginning)) {
      longest = strlen (FRENCH[i].beginning);
      rank = FRENCH[i].rank;
    }
  return rank;
}

/* How long the ending of @key is that @endings has; 0 if none fits. */
static gsize longest_ending (const char *key, const char *endings)
{
  g_auto (GStrv) words = g_strsplit (endings, "|", -1);
  gsize longest = 0;
  for (char **word = words; *word != NULL; word++)
    if (g_str_has_suffix (key, *word))
      longest = MAX (longest, strlen (*word));
  return longest;
}

static Rank rank_of_chinese (const char *function)
{
  g_autofree char *key = *function != '\0' ? text_key (function) : NULL;
  gsize longest = 0;
  Rank rank = RANK_OTHER;
  for (guint i = 0; key != NULL && i < G_N_ELEMENTS (CHINESE); i++) {
    gsize length = longest_ending (key, CHINESE[i].endings);
    if (length <= longest)
      continue;
    longest = length;
    rank = CHINESE[i].rank;
  }
  return rank;
}

Rank rank_of (const char *function_fr, const char *function_zh)
{
  Rank french = rank_of_french (function_fr), chinese = rank_of_chinese (function_zh);
  return MIN (french, chinese);
}
