#include "core/pinyin.h"

#include "core/lock.h"
#include "core/readings.h"
#include "core/simplified.h"
#include "core/text.h"

#include <stdatomic.h>
#include <string.h>
#include <unicode/unorm2.h>
#include <unicode/utrans.h>

/* Surnames of one character whose reading as a surname must not be left to the common
 * word's, or to the version of ICU. Traditional forms stand beside the simplified
 * ones. */
static const struct {
  const char *reading, *characters;
} SURNAMES[] = {
  { "bai", "柏" },       { "ben", "贲賁" },        { "bi", "秘" },       { "bo", "薄伯" },
  { "bu", "卜" },        { "chao", "晁朝" },       { "che", "车車" },    { "chen", "谌諶" },
  { "cheng", "乘晟" },   { "chong", "种重冲" },    { "chu", "褚" },      { "cuan", "爨" },
  { "da", "笪" },        { "diao", "刁" },         { "du", "都" },       { "fei", "费費" },
  { "fo", "佛" },        { "ge", "盖蓋葛" },       { "gou", "句勾" },    { "gu", "谷" },
  { "gui", "炅炔妫媯" }, { "guo", "过過呙咼" },    { "ha", "哈" },       { "he", "黑合" },
  { "hua", "华華" },     { "huan", "还還" },       { "ji", "纪紀稽" },   { "jia", "贾賈郏" },
  { "jian", "见見" },    { "jiao", "矫矯" },       { "juan", "圈隽雋" }, { "jue", "角" },
  { "kan", "阚闞" },     { "kang", "亢" },         { "kui", "隗" },      { "kuo", "适" },
  { "long", "隆" },      { "lu", "六逯" },         { "mi", "芈" },       { "miao", "缪繆" },
  { "mou", "牟" },       { "na", "那" },           { "nai", "能佴" },    { "ni", "倪" },
  { "nian", "粘" },      { "nie", "乜" },          { "ning", "宁寧甯" }, { "ou", "区區" },
  { "pang", "逄逢" },    { "pan", "番" },          { "pi", "皮" },       { "pian", "便扁" },
  { "piao", "朴" },      { "po", "繁" },           { "pu", "濮" },       { "qi", "亓戚" },
  { "qian", "乾" },      { "qie", "郄" },          { "qin", "覃" },      { "qiu", "仇" },
  { "qu", "曲麴瞿" },    { "que", "阙闕" },        { "ren", "任" },      { "sa", "撒" },
  { "shan", "单單" },    { "shao", "召" },         { "she", "折佘厍" },  { "shen", "莘沈" },
  { "sheng", "盛" },     { "shi", "石" },          { "shuai", "率" },    { "su", "宿" },
  { "sui", "眭" },       { "tai", "邰" },          { "ta", "沓" },       { "tan", "镡鐔澹" },
  { "tang", "汤湯" },    { "tou", "钭鈄" },        { "tuo", "拓庹" },    { "wei", "尉韦韋" },
  { "xi", "郗郤" },      { "xian", "冼洗鲜鮮咸" }, { "xiang", "相" },    { "xiao", "肖萧蕭" },
  { "xie", "解颉頡" },   { "xing", "行省幸" },     { "xue", "薛" },      { "xun", "郇" },
  { "yan", "鄢" },       { "yao", "么要幺铫銚" },  { "ye", "叶葉" },     { "yin", "殷阴陰" },
  { "ying", "应應" },    { "yu", "蔚於" },         { "yue", "乐樂" },    { "yun", "员員贠" },
  { "zan", "昝" },       { "zang", "臧藏" },       { "zeng", "曾曽" },   { "zha", "查" },
  { "zhai", "翟祭" },    { "zhan", "占" },         { "zhang", "仉" },    { "zhu", "术朮" },
  { "zhuo", "禚" },      { "zi", "訾" },           { "zu", "祖" },
};

/* Surnames of two characters: reading of each character, names. Which are left out and
 * why: pinyin.h. */
static const struct {
  const char *first, *second, *names;
} COMPOUNDS[] = {
  { "bai", "li", "百里" },        { "bei", "gong", "北宫北宮" },  { "chun", "yu", "淳于" },
  { "da", "xi", "达奚達奚" },     { "di", "wu", "第五" },         { "dong", "fang", "东方東方" },
  { "dong", "guo", "东郭東郭" },  { "dong", "men", "东门東門" },  { "dong", "ye", "东野東野" },
  { "dou", "lu", "豆卢豆盧" },    { "duan", "mu", "端木" },       { "du", "gu", "独孤獨孤" },
  { "er", "zhu", "尔朱爾朱" },    { "ge", "shu", "哥舒" },        { "gong", "liang", "公良" },
  { "gong", "shu", "公输公輸" },  { "gong", "sun", "公孙公孫" },  { "gong", "xi", "公西" },
  { "gong", "yang", "公羊" },     { "gong", "ye", "公冶" },       { "gong", "yu", "公玉" },
  { "nan", "rong", "南荣" },      { "zhong", "chang", "仲长" },   { "zhang", "du", "仉督" },
  { "guan", "qiu", "毌丘" },      { "gu", "liang", "谷梁穀梁" },  { "he", "ba", "贺拔賀拔" },
  { "he", "lian", "赫连赫連" },   { "huang", "fu", "皇甫" },      { "hu", "lyu", "斛律" },
  { "hu", "yan", "呼延" },        { "jia", "gu", "夹谷夾谷" },    { "ju", "qu", "沮渠" },
  { "ling", "hu", "令狐" },       { "lyu", "qiu", "闾丘閭丘" },   { "mo", "qi", "万俟萬俟" },
  { "mo", "tai", "墨台" },        { "mu", "rong", "慕容" },       { "na", "lan", "纳兰納蘭" },
  { "nan", "gong", "南宫南宮" },  { "nan", "men", "南门南門" },   { "ou", "yang", "欧阳歐陽" },
  { "pu", "yang", "濮阳濮陽" },   { "qi", "diao", "漆雕" },       { "qi", "fu", "乞伏" },
  { "qi", "guan", "亓官" },       { "qi", "wu", "綦毋" },         { "rang", "si", "壤驷壤駟" },
  { "shang", "guan", "上官" },    { "shen", "tu", "申屠" },       { "si", "kong", "司空" },
  { "si", "kou", "司寇" },        { "si", "ma", "司马司馬" },     { "si", "tu", "司徒" },
  { "tai", "shi", "太史" },       { "tai", "shu", "太叔" },       { "tan", "tai", "澹台澹臺" },
  { "tu", "fa", "秃发禿髮" },     { "tuo", "ba", "拓跋" },        { "wan", "yan", "完颜完顏" },
  { "wei", "sheng", "微生" },     { "wen", "ren", "闻人聞人" },   { "wu", "ma", "巫马巫馬" },
  { "xia", "hou", "夏侯" },       { "xiang", "li", "相里" },      { "xian", "yu", "鲜于鮮于" },
  { "xi", "men", "西门西門" },    { "xuan", "yuan", "轩辕軒轅" }, { "yang", "she", "羊舌" },
  { "ye", "lyu", "耶律" },        { "yu", "chi", "尉迟尉遲" },    { "yu", "wen", "宇文" },
  { "zai", "fu", "宰父" },        { "zhang", "sun", "长孙長孫" }, { "zhong", "li", "钟离鍾離" },
  { "zhong", "sun", "仲孙仲孫" }, { "zhuan", "sun", "颛孙顓孫" }, { "zhu", "fu", "主父" },
  { "zhu", "ge", "诸葛諸葛" },    { "zi", "ju", "子车子車" },     { "zuo", "qiu", "左丘" },
};

#define HAN_FIRST 0x2E80
#define HAN_LAST 0x323AF /* end of extension H */
#define NAME_MAX_HAN 6   /* a longer name is not held against letters */

typedef struct {
  GHashTable *surnames;  /* character → index into SURNAMES + 1 */
  GHashTable *compounds; /* (first << 32 | second), allocated → index into COMPOUNDS + 1 */
} Tables;

/* What reads characters that core/readings.h does not have. */
typedef struct {
  UTransliterator *latin;
  const UNormalizer2 *nfd;
} Icu;

/* What ICU has answered so far, by character; each entry is set once, to an interned
 * text. */
static _Atomic (const char *) seen[HAN_LAST - HAN_FIRST + 1];

static gint64 compound_key (gunichar first, gunichar second)
{
  return ((gint64) first << 32) | second;
}

static Tables *tables_new (void)
{
  Tables *tables = g_new0 (Tables, 1);
  tables->surnames = g_hash_table_new (NULL, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (SURNAMES); i++)
    for (const char *c = SURNAMES[i].characters; *c != '\0'; c = text_next (c))
      g_hash_table_insert (tables->surnames, GUINT_TO_POINTER (g_utf8_get_char (c)),
                           GSIZE_TO_POINTER (i + 1));
  tables->compounds = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (COMPOUNDS); i++)
    for (const char *c = COMPOUNDS[i].names; *c != '\0'; c = text_next (text_next (c))) {
      gint64 key = compound_key (simplified_of (g_utf8_get_char (c)),
                                 simplified_of (g_utf8_get_char (text_next (c))));
      g_hash_table_insert (tables->compounds, g_memdup2 (&key, sizeof key),
                           GSIZE_TO_POINTER (i + 1));
    }
  return tables;
}

static Tables *shared_tables;

static void tables_make (void)
{
  shared_tables = tables_new ();
}

static const Tables *tables_get (void)
{
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once (&once, tables_make);
  return shared_tables;
}

static Icu *shared_icu;

static void icu_make (void)
{
  UErrorCode status = U_ZERO_ERROR;
  shared_icu = g_new0 (Icu, 1);
  shared_icu->latin = utrans_openU (u"Han-Latin", -1, UTRANS_FORWARD, NULL, 0, NULL, &status);
  shared_icu->nfd = unorm2_getNFDInstance (&status);
  if (U_FAILURE (status))
    g_error ("ICU has no Han-Latin transliteration on this machine (%s): its data is incomplete",
             u_errorName (status));
}

static const Icu *icu_get (void)
{
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once (&once, icu_make);
  return shared_icu;
}

/* "lǚ" → "lyu": marks off, ü after l and n as in passports. */
static char *plain_reading (const Icu *icu, const UChar *marked, int32_t length)
{
  UChar apart[64];
  UErrorCode status = U_ZERO_ERROR;
  int32_t units = unorm2_normalize (icu->nfd, marked, length, apart, G_N_ELEMENTS (apart), &status);
  if (U_FAILURE (status))
    return g_strdup ("");
  g_autoptr (GString) plain = g_string_new (NULL);
  for (int32_t i = 0; i < units; i++) {
    if (apart[i] >= 'a' && apart[i] <= 'z')
      g_string_append_c (plain, (char) apart[i]);
    else if (apart[i] == 0x308 && plain->len >= 2 && plain->str[plain->len - 1] == 'u') {
      g_string_truncate (plain, plain->len - 1);
      g_string_append (plain, "yu");
    } else if (apart[i] >= 0x3400)
      return g_strdup (""); /* given back untouched: ICU knows no reading */
  }
  return g_strdup (plain->str);
}

static const char *ask_icu (const Icu *icu, gunichar c)
{
  static Lock mutex = LOCK_INIT;
  UChar text[32];
  int32_t length = 0;
  if (c > 0xFFFF) {
    text[length++] = (UChar) (0xD7C0 + (c >> 10));
    text[length++] = (UChar) (0xDC00 | (c & 0x3FF));
  } else
    text[length++] = (UChar) c;
  int32_t limit = length;
  UErrorCode status = U_ZERO_ERROR;
  lock_take (&mutex);
  utrans_transUChars (icu->latin, text, &length, G_N_ELEMENTS (text), 0, &limit, &status);
  lock_give (&mutex);
  if (U_FAILURE (status))
    return "";
  g_autofree char *plain = plain_reading (icu, text, length);
  return g_intern_string (plain);
}

static const char *reading_by_icu (gunichar c)
{
  if (c < HAN_FIRST || c > HAN_LAST)
    return "";
  const char *reading = atomic_load (&seen[c - HAN_FIRST]);
  if (reading == NULL) {
    reading = ask_icu (icu_get (), c);
    atomic_store (&seen[c - HAN_FIRST], reading);
  }
  return reading;
}

guint pinyin_readings (gunichar c, const char *readings[PINYIN_READINGS_MAX])
{
  guint count = readings_of (c, readings);
  if (count > 0)
    return count;
  readings[0] = reading_by_icu (c);
  return *readings[0] != '\0' ? 1 : 0;
}

static const char *reading_of (gunichar c)
{
  const char *readings[PINYIN_READINGS_MAX];
  return pinyin_readings (c, readings) > 0 ? readings[0] : "";
}

/* What parts the names of a person whose name is not a Chinese one: 阿依古丽·买买提, 让·杜邦. */
static gboolean is_dot (gunichar c)
{
  return c == 0xB7 || c == 0x2022 || c == 0x2027 || c == 0x2219 || c == 0x30FB || c == 0xFF0E;
}

/* The part of @name behind its last dot, NULL if it has none or nothing stands there. */
static const char *last_part (const char *name)
{
  const char *part = NULL;
  for (const char *p = name; *p != '\0'; p = text_next (p))
    if (is_dot (g_utf8_get_char (p)))
      part = text_next (p);
  return part != NULL && *part != '\0' ? part : NULL;
}

/* The first two Han characters of @name (0 where there are fewer), and how many it has in
 * all. FALSE if it begins with something else. */
static gboolean han_start (const char *name, gunichar start[2], guint *count)
{
  start[0] = start[1] = 0;
  *count = 0;
  for (const char *p = name; *p != '\0'; p = text_next (p)) {
    gunichar c = g_utf8_get_char (p);
    if (text_is_han (c)) {
      if (*count < 2)
        start[*count] = c;
      ++*count;
    } else if (*count == 0 && !g_unichar_isspace (c))
      return FALSE;
  }
  return *count > 0;
}

/* The index in COMPOUNDS + 1, or 0. */
static gsize compound_of (const gunichar start[2], guint count)
{
  if (count < 3)
    return 0;
  gint64 key = compound_key (simplified_of (start[0]), simplified_of (start[1]));
  return GPOINTER_TO_SIZE (g_hash_table_lookup (tables_get ()->compounds, &key));
}

guint pinyin_surname_length (const char *name)
{
  gunichar start[2];
  guint count;
  if (!han_start (name, start, &count) || last_part (name) != NULL)
    return 0;
  return compound_of (start, count) > 0 ? 2 : 1;
}

static void replace_text (char **place, const char *by)
{
  g_free (*place);
  *place = g_strdup (by);
}

/* Words of two characters that stand from @from on in @han, into @syllables. */
static void read_words (const gunichar *han, guint from, guint count, char **syllables)
{
  const char *word[2];
  for (guint i = from; i + 1 < count; i++)
    if (readings_of_word (han[i], han[i + 1], word)) {
      replace_text (&syllables[i], word[0]);
      replace_text (&syllables[i + 1], word[1]);
      i++;
    }
}

/* The Han characters of @text, zeros behind them; free with g_free(). */
static gunichar *han_of (const char *text, guint *count)
{
  gunichar *han = g_new0 (gunichar, strlen (text) + 1);
  *count = 0;
  for (const char *p = text; *p != '\0'; p = text_next (p))
    if (text_is_han (g_utf8_get_char (p)))
      han[(*count)++] = g_utf8_get_char (p);
  return han;
}

static char **syllables_of (const gunichar *han, guint count)
{
  char **syllables = g_new0 (char *, count + 1);
  for (guint i = 0; i < count; i++)
    syllables[i] = g_strdup (reading_of (han[i]));
  return syllables;
}

char **pinyin_syllables (const char *text)
{
  guint count;
  g_autofree gunichar *han = han_of (text, &count);
  char **syllables = syllables_of (han, count);
  read_words (han, 0, count, syllables);
  return syllables;
}

/* The index in SURNAMES + 1, or 0. */
static gsize surname_of (gunichar c)
{
  gpointer row = g_hash_table_lookup (tables_get ()->surnames, GUINT_TO_POINTER (c));
  if (row == NULL)
    row = g_hash_table_lookup (tables_get ()->surnames, GUINT_TO_POINTER (simplified_of (c)));
  return GPOINTER_TO_SIZE (row);
}

char **pinyin_name_syllables (const char *name)
{
  gunichar start[2];
  guint characters, count;
  if (!han_start (name, start, &characters) || last_part (name) != NULL)
    return pinyin_syllables (name);
  g_autofree gunichar *han = han_of (name, &count);
  char **syllables = syllables_of (han, count);
  gsize compound = compound_of (start, count), single = surname_of (start[0]);
  read_words (han, compound > 0 ? 2 : 1, count, syllables);
  if (compound > 0) {
    replace_text (&syllables[0], COMPOUNDS[compound - 1].first);
    replace_text (&syllables[1], COMPOUNDS[compound - 1].second);
  } else if (single > 0)
    replace_text (&syllables[0], SURNAMES[single - 1].reading);
  return syllables;
}

char *pinyin_split_characters (const char *name)
{
  guint surname = pinyin_surname_length (name), count;
  g_autofree gunichar *han = han_of (name, &count);
  g_autoptr (GString) split = g_string_new (NULL);
  const char *word[2];
  for (guint i = surname; surname > 0 && i < count; i++)
    if (i + 1 < count && readings_of_word (han[i], han[i + 1], word))
      i++;
    else if (readings_are_split (han[i]))
      g_string_append_unichar (split, han[i]);
  return g_strdup (split->str);
}

static char *joined_with_capital (char **syllables, guint from, guint to)
{
  g_autoptr (GString) word = g_string_new (NULL);
  for (guint i = from; i < to; i++)
    g_string_append (word, syllables[i]);
  if (word->len > 0)
    word->str[0] = g_ascii_toupper (word->str[0]);
  return g_strdup (word->str);
}

/* A word for each part between dots; NULL if the reading of a character is not known. */
static char *words_of_parts (const char *text)
{
  g_autoptr (GString) words = g_string_new (NULL);
  for (const char *start = text, *end = text;; end = text_next (end)) {
    if (*end != '\0' && !is_dot (g_utf8_get_char (end)))
      continue;
    g_autofree char *part = g_strndup (start, (gsize) (end - start));
    g_auto (GStrv) syllables = pinyin_syllables (part);
    if (g_strv_contains ((const char *const *) syllables, ""))
      return NULL;
    g_autofree char *word = joined_with_capital (syllables, 0, g_strv_length (syllables));
    g_string_append_printf (words, "%s%s", words->len > 0 && *word != '\0' ? " " : "", word);
    if (*end == '\0')
      return g_strdup (words->str);
    start = text_next (end);
  }
}

/* 阿依古丽·买买提: no Chinese surname comes first; the father's or family's name is the last
 * part. */
static gboolean pinyin_of_parts (const char *name, const char *last, char **family, char **given)
{
  g_autofree char *before = g_strndup (name, (gsize) (last - name));
  *given = words_of_parts (before);
  *family = words_of_parts (last);
  if (*family != NULL && *given != NULL && **family != '\0')
    return TRUE;
  g_clear_pointer (family, g_free);
  g_clear_pointer (given, g_free);
  return FALSE;
}

gboolean pinyin_of_name (const char *name, char **family, char **given)
{
  gunichar start[2];
  guint characters;
  *family = *given = NULL;
  if (last_part (name) != NULL && han_start (name, start, &characters))
    return pinyin_of_parts (name, last_part (name), family, given);
  guint surname = pinyin_surname_length (name);
  if (surname == 0)
    return FALSE;
  g_auto (GStrv) syllables = pinyin_name_syllables (name);
  guint count = g_strv_length (syllables);
  for (guint i = 0; i < count; i++)
    if (*syllables[i] == '\0')
      return FALSE;
  *family = joined_with_capital (syllables, 0, surname);
  *given = joined_with_capital (syllables, surname, count);
  return TRUE;
}

/* Names beside their pinyin ---------------------------------------------------------- */

/* Letters of a name, and the same as they are to be shown: LÜ is "lu" and "lü". */
typedef struct {
  GString *letters;
  gunichar shown[64];
} Spelling;

static gboolean spelling_read (const char *text, Spelling *spelling)
{
  g_autofree char *apart = g_utf8_normalize (text, -1, G_NORMALIZE_NFD);
  spelling->letters = g_string_new (NULL);
  for (const char *p = apart != NULL ? apart : ""; *p != '\0'; p = text_next (p)) {
    gunichar c = g_utf8_get_char (p);
    if (c < 0x80 && g_ascii_isalpha ((char) c)) {
      if (spelling->letters->len + 1 >= G_N_ELEMENTS (spelling->shown))
        return FALSE;
      spelling->shown[spelling->letters->len] = (gunichar) g_ascii_tolower ((char) c);
      g_string_append_c (spelling->letters, g_ascii_tolower ((char) c));
    } else if (c == 0x308 && spelling->letters->len > 0)
      spelling->shown[spelling->letters->len - 1] = 0xFC;
    else if (g_unichar_isalnum (c))
      return FALSE;
  }
  return spelling->letters->len > 0;
}

static char *spelling_part (const Spelling *spelling, gsize from, gsize to)
{
  g_autoptr (GString) part = g_string_new (NULL);
  for (gsize i = from; i < to; i++)
    g_string_append_unichar (part, i == from ? g_unichar_toupper (spelling->shown[i])
                                             : spelling->shown[i]);
  return g_strdup (part->str);
}

static gboolean spells (const gunichar *han, guint count, const char *letters, gsize length);

/* @reading, written so or with u or v for yu behind l and n, begins @letters, and the
 * others spell the rest. */
static gboolean spells_from (const char *reading, const gunichar *han, guint count,
                             const char *letters, gsize length)
{
  gsize size = strlen (reading);
  if (size <= length && memcmp (reading, letters, size) == 0
      && spells (han + 1, count - 1, letters + size, length - size))
    return TRUE;
  if ((reading[0] != 'l' && reading[0] != 'n') || reading[1] != 'y' || length < size - 1
      || letters[0] != reading[0] || (letters[1] != 'u' && letters[1] != 'v')
      || memcmp (reading + 3, letters + 2, size - 3) != 0)
    return FALSE;
  return spells (han + 1, count - 1, letters + size - 1, length - size + 1);
}

static gboolean spells (const gunichar *han, guint count, const char *letters, gsize length)
{
  if (count == 0)
    return length == 0;
  const char *readings[PINYIN_READINGS_MAX];
  guint known = pinyin_readings (han[0], readings);
  gsize surname = surname_of (han[0]);
  if (surname > 0 && spells_from (SURNAMES[surname - 1].reading, han, count, letters, length))
    return TRUE;
  for (guint i = 0; i < known; i++)
    if (spells_from (readings[i], han, count, letters, length))
      return TRUE;
  return FALSE;
}

/* A surname of two characters, some of which are read so together only (尉迟). */
static gboolean spells_surname (const gunichar *han, guint count, const char *letters, gsize length)
{
  gsize row = count == 2 ? compound_of (han, 3) : 0;
  if (row > 0) {
    g_autofree char *both = g_strconcat (COMPOUNDS[row - 1].first, COMPOUNDS[row - 1].second, NULL);
    if (strlen (both) == length && memcmp (both, letters, length) == 0)
      return TRUE;
  }
  return spells (han, count, letters, length);
}

gboolean pinyin_spells_surname (const char *name, const char *word)
{
  guint surname = pinyin_surname_length (name), count;
  g_autofree gunichar *han = han_of (name, &count);
  Spelling spelling;
  gboolean good = spelling_read (word, &spelling) && surname > 0
                  && spells_surname (han, surname, spelling.letters->str, spelling.letters->len);
  g_string_free (spelling.letters, TRUE);
  return good;
}

gboolean pinyin_divide (const char *name, const char *text, char **family, char **given)
{
  guint surname = pinyin_surname_length (name), count;
  g_autofree gunichar *han = han_of (name, &count);
  Spelling spelling;
  *family = *given = NULL;
  gboolean good = spelling_read (text, &spelling) && surname > 0 && count <= NAME_MAX_HAN;
  const char *letters = spelling.letters->str;
  gsize length = spelling.letters->len;
  for (gsize k = 1; good && *family == NULL && k <= length; k++)
    if (spells_surname (han, surname, letters, k)
        && spells (han + surname, count - surname, letters + k, length - k)) {
      *family = spelling_part (&spelling, 0, k);
      *given = spelling_part (&spelling, k, length);
    }
  for (gsize k = 1; good && *family == NULL && k < length; k++)
    if (spells (han + surname, count - surname, letters, k)
        && spells_surname (han, surname, letters + k, length - k)) {
      *family = spelling_part (&spelling, k, length);
      *given = spelling_part (&spelling, 0, k);
    }
  g_string_free (spelling.letters, TRUE);
  return *family != NULL;
}
