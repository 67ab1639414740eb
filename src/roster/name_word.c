#include "roster/name_word.h"

#include "core/text.h"

#include <string.h>

/* Folded, between bars. */
static const char PARTICLES[]
    = "|de|du|des|d|da|das|do|dos|di|del|della|dello|delle|degli|dei|der|den|dem|la|le|les|l|el|"
      "van|von|vom|zu|zum|zur|ter|ten|te|af|av|y|e|i|bin|ibn|bint|ben|al|abu|ould|";
/* Those of them that begin a family name in capitals of letters too, and are no given
 * name. */
static const char LARGE[] = "|de|du|des|del|della|dello|delle|degli|dei|la|le|les|el|ould|";
static const char DOUBLE[] = "|da|dos|di|van|von|ben|bin|ibn|al|abu|der|den|ter|ten|";

static const char TITLES[]
    = "|mm|mme|mmes|mlle|mlles|melle|mr|mrs|ms|miss|mx|madame|monsieur|mademoiselle|messieurs|"
      "dr|dre|drs|docteur|docteure|doctor|pr|pre|prof|professeur|professeure|professor|"
      "maitre|mgr|monseigneur|son excellence|excellence|his excellency|her excellency|excellency|"
      "sir|dame|honorable|honourable|the hon|the honourable|rt hon|right honourable|"
      "ambassadeur|ambassadrice|ambassador|general|colonel|amiral|reverend|"
      "s e m|s e|s exc|s e mme|h e|s a r|s a i|h r h|herr|frau|sra|srta|"
      "senor|senora|signor|signora|dott|dottssa|maire|president|presidente|ministre|senateur|"
      "senatrice|depute|deputee|prefet|prefete|recteur|rectrice|";
/* Those of them that are no name either where they are written in capitals or small: PÈRE
 * and MAIRE are names. */
static const char SHORT_TITLES[] = "|mme|mmes|mlle|mlles|melle|mr|mrs|ms|miss|mx|dr|dre|pr|prof|"
                                   "madame|monsieur|mademoiselle|docteur|professeur|mgr|";
/* Behind « M. le », « Mme la », « M. l' ». */
static const char OFFICES[]
    = "|maire|mairesse|president|presidente|vice president|vice presidente|ministre|prefet|"
      "prefete|senateur|senatrice|depute|deputee|ambassadeur|ambassadrice|consul|consule|"
      "consul general|consule generale|directeur|directrice|recteur|rectrice|secretaire|"
      "professeur|professeure|docteur|docteure|general|colonel|conseiller|conseillere|"
      "gouverneur|gouverneure|premier ministre|premiere ministre|doyen|doyenne|dr|pr|"
      "lambassadeur|lambassadrice|";
static const char DEGREES[]
    = "|phd|ph d|mba|emba|md|m d|msc|m sc|bsc|b sc|llm|ll m|esq|jr|junior|ii|iii|iv|cpa|obe|"
      "mbe|cbe|qc|mp|meng|beng|dphil|d phil|edd|mpa|mph|pmp|";
static const char OTHER_NAMES[] = "|nee|ne|ep|epouse|vve|veuve|alias|dit|dite|aka|";
static const char FUNCTIONS[]
    = "|maire|mairesse|adjoint|adjointe|president|presidente|vice|vicepresident|directeur|"
      "directrice|direction|dir|dg|dga|dgs|pdg|ceo|cto|cfo|coo|chef|cheffe|charge|chargee|"
      "responsable|conseiller|conseillere|elu|elue|depute|deputee|senateur|senatrice|prefet|"
      "prefete|sous|ministre|ambassadeur|ambassadrice|consul|consule|attache|attachee|secretaire|"
      "tresorier|tresoriere|professeur|professeure|chercheur|chercheuse|ingenieur|ingenieure|"
      "avocat|avocate|journaliste|interprete|traducteur|traductrice|delegue|deleguee|membre|"
      "expert|experte|consultant|consultante|gerant|gerante|fondateur|fondatrice|associe|associee|"
      "assistant|assistante|coordinateur|coordinatrice|coordonnateur|coordonnatrice|animateur|"
      "animatrice|manager|mayor|deputy|director|head|chair|chairman|chairwoman|governor|minister|"
      "ambassador|secretary|professor|officer|adviser|advisor|councillor|counsellor|lecturer|"
      "researcher|engineer|founder|member|representative|representant|representante|region|ville|"
      "mairie|departement|metropole|communaute|universite|university|ministere|ministry|"
      "prefecture|commune|association|chambre|agence|institut|institute|societe|company|city|"
      "recteur|rectrice|doyen|doyenne|premier|premiere|lead|senior|etudiant|etudiante|student|"
      "retraite|retraitee|pere|lycee|ecole|school|cooperation|relations|service|cabinet|office|";

static const char *const TITLES_ZH[]
    = { "先生",   "女士",   "小姐",     "太太",   "夫人",   "教授",     "副教授", "博士",
        "硕士",   "部长",   "副部长",   "市长",   "副市长", "省长",     "副省长", "主席",
        "副主席", "书记",   "副书记",   "主任",   "副主任", "局长",     "副局长", "院长",
        "副院长", "校长",   "副校长",   "大使",   "总领事", "副总领事", "领事",   "参赞",
        "议员",   "总理",   "副总理",   "总统",   "阁下",   "同志",     "老师",   "医生",
        "大夫",   "律师",   "工程师",   "经理",   "总经理", "副总经理", "董事长", "总裁",
        "副总裁", "秘书长", "副秘书长", "处长",   "副处长", "科长",     "县长",   "副县长",
        "区长",   "副区长", "镇长",     "司长",   "副司长", "厅长",     "副厅长", "所长",
        "团长",   "副团长", "会长",     "副会长", "理事长", "将军",     "上校",   "院士",
        "研究员", "顾问",   "秘书",     "代表",   "委员",   "组长",     "队长",   "馆长",
        "台长",   "社长",   "主编",     "记者",   "翻译",   "常委",     "州长",   "行长" };

static gboolean in (const char *table, const char *word)
{
  g_autofree char *folded = text_fold (word), *sought = g_strdup_printf ("|%s|", folded);
  return *folded != '\0' && strstr (table, sought) != NULL;
}

/* Kinds ------------------------------------------------------------------------------ */

static gboolean is_apostrophe (gunichar c)
{
  return c == '\'' || c == 0x2019 || c == 0x2018 || c == 0x2BC || c == '`' || c == 0xB4;
}

static gboolean is_joint (gunichar c)
{
  return c == '-' || c == 0x2010 || c == 0x2011 || c == '.' || c == 0xB7 || is_apostrophe (c);
}

/* What stands in front of capitals in one word: Mc, d', O', Saint-; in bytes. */
static gsize prefix_of_capitals (const char *word)
{
  static const char *const PREFIXES[]
      = { "Mc", "Mac", "Fitz", "Saint-", "Sainte-", "St-", "Ste-", "De", "Di", "Du", "La", "Le" };
  const char *second = text_next (word);
  if (*second != '\0' && is_apostrophe (g_utf8_get_char (second)))
    return (gsize) (text_next (second) - word);
  for (gsize i = 0; i < G_N_ELEMENTS (PREFIXES); i++)
    if (g_str_has_prefix (word, PREFIXES[i]))
      return strlen (PREFIXES[i]);
  return 0;
}

typedef struct {
  guint upper, lower, other, odd; /* letters, letters without case, what no name has */
  guint longest;                  /* letters in a row */
} Letters;

static Letters letters_of (const char *text)
{
  Letters letters = { 0 };
  guint run = 0;
  for (const char *p = text; *p != '\0'; p = text_next (p)) {
    gunichar c = g_utf8_get_char (p);
    gboolean letter = g_unichar_isalpha (c) && !is_apostrophe (c);
    run = letter ? run + 1 : g_unichar_ismark (c) ? run : 0;
    letters.longest = MAX (letters.longest, run);
    if (!letter)
      letters.odd += !is_joint (c) && !g_unichar_ismark (c);
    else if (g_unichar_isupper (c) || g_unichar_istitle (c))
      letters.upper++;
    else if (c == 0xDF) /* ß stands among capitals */
      continue;
    else if (g_unichar_islower (c))
      letters.lower++;
    else
      letters.other++;
  }
  return letters;
}

static gboolean is_capitals (const char *word)
{
  Letters whole = letters_of (word), tail = letters_of (word + prefix_of_capitals (word));
  return (whole.lower == 0 && whole.upper > 1) || (tail.lower == 0 && tail.upper > 1);
}

/* d'Estaing, l'Hostis, of which the first letter is small. */
static gboolean is_joined (const char *word)
{
  const char *second = text_next (word);
  return g_unichar_islower (g_utf8_get_char (word)) && *second != '\0'
         && is_apostrophe (g_utf8_get_char (second)) && *text_next (second) != '\0';
}

NameWord name_word_kind (const char *word)
{
  Letters letters = letters_of (word);
  gunichar first = g_utf8_get_char (word);
  if (letters.odd > 0 || letters.other > 0 || letters.upper + letters.lower == 0)
    return NAME_WORD_ODD;
  if (letters.lower == 0 && letters.longest == 1)
    return NAME_WORD_INITIAL;
  if (letters.upper == 0 && in (PARTICLES, word))
    return NAME_WORD_PARTICLE;
  if (is_capitals (word))
    return NAME_WORD_CAPITALS;
  if (letters.upper == 1 && in (LARGE, word))
    return NAME_WORD_LARGE_PARTICLE;
  if (letters.upper == 1 && in (DOUBLE, word))
    return NAME_WORD_DOUBLE_PARTICLE;
  if (is_joined (word))
    return NAME_WORD_JOINED;
  return g_unichar_isupper (first) || is_apostrophe (first) || letters.upper > 0 ? NAME_WORD_MIXED
                                                                                 : NAME_WORD_SMALL;
}

gboolean name_word_is_particle (const char *word)
{
  return in (LARGE, word) || (name_word_kind (word) == NAME_WORD_PARTICLE);
}

gboolean name_word_is_other_name (const char *word)
{
  return g_unichar_islower (g_utf8_get_char (word)) && in (OTHER_NAMES, word);
}

gboolean name_word_is_degree (const char *word)
{
  return in (DEGREES, word);
}

gboolean name_word_is_function (const char *word)
{
  g_auto (GStrv) parts = g_strsplit_set (word, "-/", -1);
  g_autofree char *head = parts[0] != NULL ? text_key (parts[0]) : g_strdup ("");
  return in (FUNCTIONS, word) || in (FUNCTIONS, head);
}

/* Titles ----------------------------------------------------------------------------- */

/* « M. », « M », « Me »: too short to be a title in any case of letters. */
static gboolean is_short_title (const char *word)
{
  return strcmp (word, "M.") == 0 || strcmp (word, "M") == 0 || strcmp (word, "Me") == 0
         || strcmp (word, "Me.") == 0 || strcmp (word, "MM.") == 0;
}

static gboolean is_title (char *const *words, guint count)
{
  if (count == 1 && is_short_title (words[0]))
    return TRUE;
  g_autoptr (GString) joined = g_string_new (words[0]);
  for (guint i = 1; i < count; i++)
    g_string_append_printf (joined, " %s", words[i]);
  NameWord kind = name_word_kind (words[0]);
  gboolean bare = (kind == NAME_WORD_CAPITALS || kind == NAME_WORD_SMALL) && count == 1;
  return in (bare ? SHORT_TITLES : TITLES, joined->str);
}

/* « le Maire », « la Présidente », « l'Ambassadeur », behind a title. */
static guint office_at (char *const *words, guint count)
{
  for (guint n = MIN (3, count); n > 0; n--) {
    g_autoptr (GString) joined = g_string_new (NULL);
    for (guint i = 0; i < n; i++)
      g_string_append_printf (joined, "%s%s", i > 0 ? " " : "", words[i]);
    g_autofree char *folded = text_fold (joined->str);
    if (strlen (folded) < 3 || folded[0] != 'l')
      continue;
    const char *rest = folded[1] == ' '                                             ? folded + 2
                       : (folded[1] == 'e' || folded[1] == 'a') && folded[2] == ' ' ? folded + 3
                                                                                    : NULL;
    if (rest != NULL && in (OFFICES, rest))
      return n;
  }
  return 0;
}

guint name_word_titles (char *const *words, guint count)
{
  guint at = 0;
  while (at < count) {
    guint taken = 0;
    for (guint n = MIN (3, count - at); n > 0 && taken == 0; n--)
      taken = is_title (words + at, n) ? n : 0;
    if (taken == 0 && at > 0)
      taken = office_at (words + at, count - at);
    if (taken == 0)
      return at;
    at += taken;
  }
  return at;
}

gboolean name_word_is_title_zh (const char *text)
{
  g_autofree char *key = text_key (text);
  for (gsize i = 0; i < G_N_ELEMENTS (TITLES_ZH); i++)
    if (strcmp (TITLES_ZH[i], key) == 0)
      return TRUE;
  return FALSE;
}

gsize name_word_title_zh (const char *name)
{
  gsize length = strlen (name), longest = 0;
  for (const char *p = text_next (name); *name != '\0' && *p != '\0'; p = text_next (p))
    if (longest == 0 && *p != ' ' && name_word_is_title_zh (p))
      longest = length - (gsize) (p - name);
  return longest;
}
