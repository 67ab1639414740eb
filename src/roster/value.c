#include "roster/value.h"

#include "core/country.h"
#include "core/text.h"
#include "core/words.h"

#include <string.h>

/* Words that mean the same: value, then its names, folded, separated by |. */
typedef struct {
  const char *value, *names;
} Names;

static const Names YES_NO[] = {
  { "yes",
    "oui|o|yes|y|vrai|true|x|1|v|ok|是|是的|有|要|需要|参加|对|参会|出席|确认|inscrit|inscrite" },
  { "no",
    "non|n|no|faux|false|0|否|不是|无|没有|不|不要|不需要|不参加|未|不参会|不出席|无需|不用" },
};

static const Names ROLES[] = {
  { "intervenant", "intervenant|intervenante|intervenant "
                   "e|orateur|oratrice|conferencier|conferenciere|speaker|panelist|panellist|"
                   "发言人|演讲人|演讲嘉宾|发言嘉宾|讲者|嘉宾" },
  { "animateur", "animateur|animatrice|animateur "
                 "trice|moderateur|moderatrice|moderator|facilitator|主持人|主持" },
  { "président de séance", "president de seance|presidente de seance|president e de "
                           "seance|president|presidente|chair|chairman|chairwoman|chairperson|"
                           "session chair|主席|分论坛主席" },
};

static const Names COUNTRIES[] = {
  { "FR", "france|francais|francaise|french|法国|法兰西|法" },
  { "CN", "chine|chinois|chinoise|china|chinese|p r china|pr china|prc|p r c|people s republic of "
          "china|republique populaire de chine|rpc|r p c|rp "
          "chine|中国|中华人民共和国|中国大陆|大陆|中国内地|内地|中国 大陆|中" },
  { "HK", "hong kong|hong kong chine|hong kong china|hong kong sar|香港|中国香港" },
  { "MO", "macao|macau|macao chine|macao china|macao sar|澳门|中国澳门" },
  { "TW", "taiwan|taiwan chine|taiwan china|台湾|中国台湾" },
  { "SG", "singapour|singapore|新加坡" },
  { "BE", "belgique|belgium|比利时" },
  { "CH", "suisse|switzerland|瑞士" },
  { "LU", "luxembourg|卢森堡" },
  { "MC", "monaco|摩纳哥" },
  { "DE", "allemagne|germany|德国" },
  { "GB", "royaume uni|united kingdom|uk|great britain|grande bretagne|英国" },
  { "IE", "irlande|ireland|爱尔兰" },
  { "IT", "italie|italy|意大利" },
  { "ES", "espagne|spain|西班牙" },
  { "PT", "portugal|葡萄牙" },
  { "NL", "pays bas|netherlands|荷兰" },
  { "AT", "autriche|austria|奥地利" },
  { "DK", "danemark|denmark|丹麦" },
  { "SE", "suede|sweden|瑞典" },
  { "NO", "norvege|norway|挪威" },
  { "FI", "finlande|finland|芬兰" },
  { "PL", "pologne|poland|波兰" },
  { "CZ", "tchequie|republique tcheque|czechia|czech republic|捷克" },
  { "HU", "hongrie|hungary|匈牙利" },
  { "RO", "roumanie|romania|罗马尼亚" },
  { "GR", "grece|greece|希腊" },
  { "RU", "russie|russia|俄罗斯" },
  { "UA", "ukraine|乌克兰" },
  { "TR", "turquie|turkey|turkiye|土耳其" },
  { "MA", "maroc|morocco|摩洛哥" },
  { "DZ", "algerie|algeria|阿尔及利亚" },
  { "TN", "tunisie|tunisia|突尼斯" },
  { "SN", "senegal|塞内加尔" },
  { "CI", "cote d ivoire|ivory coast|科特迪瓦" },
  { "CA", "canada|加拿大" },
  { "US", "etats unis|united states|usa|united states of america|美国" },
  { "BR", "bresil|brazil|巴西" },
  { "JP", "japon|japan|日本" },
  { "KR", "coree du sud|coree|south korea|korea|republic of korea|韩国" },
  { "VN", "vietnam|viet nam|越南" },
  { "KH", "cambodge|cambodia|柬埔寨" },
  { "LA", "laos|老挝" },
  { "TH", "thailande|thailand|泰国" },
  { "MY", "malaisie|malaysia|马来西亚" },
  { "ID", "indonesie|indonesia|印度尼西亚" },
  { "IN", "inde|india|印度" },
  { "AU", "australie|australia|澳大利亚" },
};

static const Names LANGUAGES[] = {
  { "fr", "fr|francais|french|法语|法文" },
  { "zh", "zh|chinois|mandarin|chinese|cn|中文|汉语|普通话" },
  { "en", "en|anglais|english|英语|英文" },
};

static const Names RIBBONS[] = {
  { "signatory", "signatory|signataire|signature|签署方|签约方|签约" },
  { "candidate", "candidate|candidat|candidature|prix|候选|候选人|参评" },
};

/* "" means that nothing is asked for. */
static const Names DIETS[] = {
  { "vegetarian", "vegetarian|vegetarien|vegetarienne|veg|素食|吃素|素|素食者" },
  { "vegan", "vegan|vegane|vegetalien|vegetalienne|纯素|全素|纯素食" },
  { "halal", "halal|hallal|清真|清真餐|穆斯林" },
  { "kosher", "kosher|casher|cacher|kasher|犹太洁食|洁食" },
  { "no-pork", "no pork|sans porc|pas de porc|不吃猪肉|忌猪肉|无猪肉" },
  { "gluten-free", "gluten free|no gluten|sans gluten|gluten|无麸质|麸质过敏|不含麸质" },
  { "lactose-free",
    "lactose free|no lactose|sans lactose|lactose|lait|无乳糖|乳糖不耐受|乳糖不耐|牛奶" },
  { "nuts", "nuts|nut allergy|fruits a coque|noix|arachide|arachides|cacahuetes|坚果|坚果过敏|"
            "花生|花生过敏" },
  { "seafood", "seafood|shellfish|no seafood|fruits de mer|crustaces|poisson|海鲜|海鲜过敏|"
               "不吃海鲜|忌海鲜" },
  { "", "none|no|normal|standard|regular|aucun|aucune|non|rien|neant|sans|omnivore|ras|无|没有|否|"
        "正常|普通|无忌口|无要求|无过敏" },
};

/* The value one of whose names @folded is, or NULL. */
static const char *named (const Names *table, gsize count, const char *folded)
{
  gsize length = strlen (folded);
  for (gsize i = 0; length > 0 && i < count; i++)
    for (const char *p = table[i].names; *p != '\0';) {
      gsize name = strcspn (p, "|");
      if (name == length && memcmp (p, folded, length) == 0)
        return table[i].value;
      p += name + (p[name] == '|');
    }
  return NULL;
}

gboolean value_both (const char *text, char **latin, char **han)
{
  g_autoptr (GString) one = g_string_new (NULL), other = g_string_new (NULL);
  for (const char *p = text; *p != '\0'; p = text_next (p)) {
    gunichar c = g_utf8_get_char (p);
    gboolean is_han = text_is_han (c);
    g_string_append_unichar (is_han ? other : one, c);
    g_string_append_c (is_han ? one : other, ' ');
  }
  g_autofree char *folded = text_fold (one->str);
  *latin = *han = NULL;
  if (*folded == '\0' || !text_has_han (other->str))
    return FALSE;
  *latin = g_steal_pointer (&folded);
  *han = text_clean (other->str);
  return TRUE;
}

/* The value that @text names, in one language or, with the same meaning, in both. */
static const char *named_both (const Names *table, gsize count, const char *text)
{
  g_autofree char *folded = text_fold (text), *latin = NULL, *han = NULL;
  const char *value = named (table, count, folded);
  if (value != NULL || !value_both (text, &latin, &han))
    return value;
  g_autofree char *han_folded = text_fold (han);
  value = named (table, count, latin);
  return value != NULL && value == named (table, count, han_folded) ? value : NULL;
}

/* What one word says: 1 yes, 0 no, -1 neither. */
static int answer_of (const char *folded)
{
  const char *value = named (YES_NO, G_N_ELEMENTS (YES_NO), folded);
  return value == NULL ? -1 : value == YES_NO[0].value;
}

/* A sign, and no word. */
static int answer_of_sign (const char *text)
{
  static const char *const YES[] = { "✓", "✔", "√", "☑", "●", "⬤", "✅", "■", "◉", NULL };
  static const char *const NO[]
      = { "-", "–", "—", "/", "☐", "□", "×", "✗", "✘", "✕", "✖", "❌", NULL };
  g_autofree char *clean = text_clean (text);
  if (g_strv_contains (NO, clean))
    return 0;
  for (gsize i = 0; YES[i] != NULL; i++)
    if (strstr (text, YES[i]) != NULL)
      return 1;
  return -1;
}

/* “Oui/是”: both words say the same. */
static int answer_of_words (const char *folded)
{
  g_auto (GStrv) words = g_strsplit (folded, " ", -1);
  int answer = answer_of (words[0]);
  for (guint i = 1; words[i] != NULL; i++)
    if (answer_of (words[i]) != answer)
      return -1;
  return answer;
}

gboolean value_yes_no (const char *text, gboolean *answer)
{
  g_autofree char *folded = text_fold (text);
  int said = *folded == '\0' ? answer_of_sign (text) : answer_of_words (folded);
  *answer = said == 1;
  return said >= 0;
}

/* Takes “2”, “2 personnes”, “2人” off the end. */
static void without_count (char *folded)
{
  static const char *const UNITS[]
      = { "personnes", "personne", "participants", "inscrits", "people", "人", "名", "位" };
  gsize length = strlen (folded);
  for (gsize i = 0; i < G_N_ELEMENTS (UNITS); i++)
    if (length > strlen (UNITS[i]) && g_str_has_suffix (folded, UNITS[i])) {
      length -= strlen (UNITS[i]);
      break;
    }
  gsize end = length;
  while (length > 0 && (folded[length - 1] == ' ' || g_ascii_isdigit (folded[length - 1])))
    length--;
  if (length > 0 && length < end)
    folded[length] = '\0';
}

gboolean value_is_total (const char *text)
{
  static const char *const WORDS[]
      = { "total",    "totaux", "sous total", "total general", "grand total", "subtotal", "sum",
          "somme",    "合计",   "总计",       "共计",          "小计",        "总人数",   "总数",
          "人数合计", NULL };
  g_autofree char *folded = text_fold (text);
  without_count (folded);
  return g_strv_contains (WORDS, folded);
}

gboolean value_opens_total (const char *text)
{
  static const char *const WORDS[]
      = { "total ", "sous total ", "subtotal ", "合计", "总计", "共计", "小计", "总人数" };
  g_autofree char *folded = text_fold (text);
  for (gsize i = 0; i < G_N_ELEMENTS (WORDS); i++)
    if (g_str_has_prefix (folded, WORDS[i]))
      return TRUE;
  return value_is_total (text);
}

gboolean value_is_nothing (const char *text)
{
  static const char *const WORDS[]
      = { "n/a",        "n.a.",           "n.a",   "s/o",   "s.o.",   "s.o",    "neant",
          "sans objet", "not applicable", "néant", "aucun", "aucune", "无",     "無",
          "暂无",       "暫無",           "没有",  "沒有",  "不适用", "不適用", NULL };
  gsize signs = 0, others = 0;
  if (g_ascii_isalnum (*text) && strlen (text) > strlen ("not applicable"))
    return FALSE; /* most of what stands in lists */
  for (const char *p = text; *p != '\0'; p = text_next (p))
    g_utf8_strchr ("-–—―/\\.*_·、／－—", -1, g_utf8_get_char (p)) != NULL ? signs++ : others++;
  if (others == 0)
    return signs > 0;
  g_autofree char *lower = g_utf8_strdown (text, -1);
  return g_strv_contains (WORDS, lower);
}

gboolean value_has_control (const char *text)
{
  for (const char *p = text; *p != '\0'; p = text_next (p)) {
    gunichar c = g_utf8_get_char (p);
    if ((c < 0x20 && c != '\t' && c != '\n' && c != '\r') || (c >= 0x7F && c < 0xA0 && c != 0x85)
        || c == 0xFFFD || (c & 0xFFFE) == 0xFFFE)
      return TRUE;
  }
  return FALSE;
}

static gboolean is_separator (gunichar c, gboolean words)
{
  if (c == ',' || c == ';' || c == '|' || c == 0x250B || c == 0x2503 || c == '\n' || c == 0x3001
      || c == 0xFF0C || c == 0xFF1B || c == 0xFF5C)
    return TRUE;
  return words && (c == '/' || c == 0xFF0F || g_unichar_isspace (c));
}

static char **split (const char *text, gboolean words)
{
  g_autoptr (GStrvBuilder) parts = g_strv_builder_new ();
  for (const char *p = text, *start = text;; p = text_next (p)) {
    if (*p != '\0' && !is_separator (g_utf8_get_char (p), words))
      continue;
    g_autofree char *part = g_strndup (start, (gsize) (p - start));
    g_autofree char *clean = text_clean (part);
    if (*clean != '\0')
      g_strv_builder_add (parts, clean);
    if (*p == '\0')
      break;
    start = text_next (p);
  }
  return g_strv_builder_end (parts);
}

char **value_list (const char *text)
{
  return split (text, FALSE);
}

char **value_words (const char *text)
{
  return split (text, TRUE);
}

/* @text without marks and spaces at both ends. */
static char *without_marks (const char *text)
{
  const char *start = text, *end = text + strlen (text);
  while (*start != '\0' && !g_unichar_isalnum (g_utf8_get_char (start)))
    start = text_next (start);
  while (end > start) {
    const char *last = g_utf8_find_prev_char (start, end);
    if (last == NULL || g_unichar_isalnum (g_utf8_get_char (last)))
      break;
    end = last;
  }
  return g_strndup (start, (gsize) (end - start));
}

/* The text is cut in two at every place, the later ones first; where the first part is a
 * role's word, or else the second, the other names the session. */
gboolean value_role (const char *text, const char **role, char **session)
{
  for (gsize cut = strlen (text); cut > 0; cut--) {
    if (((guchar) text[cut] & 0xC0) == 0x80)
      continue;
    g_autofree char *head = g_strndup (text, cut);
    const char *parts[] = { head, text + cut };
    for (guint i = 0; i < 2; i++) {
      g_autofree char *folded = text_fold (parts[i]);
      const char *value = named (ROLES, G_N_ELEMENTS (ROLES), folded);
      if (value == NULL)
        continue;
      *role = value;
      *session = without_marks (parts[1 - i]);
      return TRUE;
    }
  }
  return FALSE;
}

guint value_role_theme (char *text)
{
  static const char *const WORDS[]
      = { "sous-thème", "sous-theme", "sous thème", "sous theme", "thème", "theme",
          "子议题",     "分议题",     "子主题",     "议题",       "主题",  "/" };
  gsize length = strlen (text);
  if (length < 2 || text[length - 1] < '1' || text[length - 1] > '9')
    return 0;
  guint theme = (guint) (text[length - 1] - '0');
  g_autofree char *before = g_strndup (text, length - 1);
  g_autofree char *folded = g_utf8_strdown (g_strchomp (before), -1);
  for (gsize i = 0; strlen (folded) == strlen (before) && i < G_N_ELEMENTS (WORDS); i++) {
    if (!g_str_has_suffix (folded, WORDS[i]))
      continue;
    text[strlen (before) - strlen (WORDS[i])] = '\0';
    length = strlen (g_strchomp (text));
    if (length > 0 && strchr (":/-", text[length - 1]) != NULL)
      text[length - 1] = '\0';
    g_strchomp (text);
    return theme;
  }
  return 0;
}

/* A name or a code, in one language. */
static const char *country_named (const char *text)
{
  g_autofree char *folded = text_fold (text);
  const char *value = named (COUNTRIES, G_N_ELEMENTS (COUNTRIES), folded);
  for (gsize i = 0; value == NULL && i < G_N_ELEMENTS (COUNTRIES); i++)
    if (g_ascii_strcasecmp (COUNTRIES[i].value, folded) == 0)
      value = COUNTRIES[i].value;
  if (value == NULL && g_utf8_strlen (folded, -1) > 1 && strlen (folded) > 2)
    value = country_of_name (text);
  return value;
}

const char *value_country (const char *text)
{
  const char *value = country_named (text);
  g_autofree char *latin = NULL, *han = NULL;
  if (value == NULL && value_both (text, &latin, &han)) {
    value = country_named (han);
    if (value != country_named (latin))
      value = NULL;
  }
  if (value == NULL && strlen (text) == 2 && g_ascii_isupper (text[0]) && g_ascii_isupper (text[1]))
    value = g_intern_string (text); /* a code that has no name here: at most 676 of them */
  return value;
}

const char *value_country_of_reference (const char *reference)
{
  if (strlen (reference) < 3 || g_ascii_isalpha (reference[2]))
    return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (COUNTRIES); i++)
    if (g_ascii_strncasecmp (COUNTRIES[i].value, reference, 2) == 0)
      return strstr ("ID NO IN CI", COUNTRIES[i].value) == NULL ? COUNTRIES[i].value : NULL;
  return NULL;
}

const char *value_language (const char *text)
{
  g_autofree char *folded = text_fold (text);
  for (WordsSide side = WORDS_FIRST; side < WORDS_SIDES; side++)
    if (strcmp (folded, words_key (side)) == 0)
      return words_key (side);
  return named_both (LANGUAGES, G_N_ELEMENTS (LANGUAGES), text);
}

const char *value_diet (const char *text)
{
  return named_both (DIETS, G_N_ELEMENTS (DIETS), text);
}

const char *value_ribbon (const char *text)
{
  return named_both (RIBBONS, G_N_ELEMENTS (RIBBONS), text);
}
