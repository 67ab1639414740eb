#include "roster/encoding.h"

#include "core/words.h"
#include "roster/import_fault.h"
#include "roster/western.h"

#include <string.h>

/* How well a file fits one encoding. */
typedef struct {
  Encoding encoding;
  guint64 good, bad; /* what fits beyond ASCII, and what does not */
  gint64 score;      /* plausibility of the letters, to choose between two that fit */
  gsize first_bad;
} Fit;

const char *encoding_name (Encoding encoding)
{
  static const char *const NAMES[] = { "UTF-8", "UTF-16LE", "UTF-16BE", "GB18030" };
  return encoding < ENCODING_WINDOWS_1252
             ? NAMES[encoding]
             : western_name ((WesternEncoding) (encoding - ENCODING_WINDOWS_1252));
}

static void fit_bad (Fit *fit, gsize offset)
{
  if (fit->bad++ == 0)
    fit->first_bad = offset;
}

static gboolean is_letter (guint8 byte)
{
  return g_ascii_isalpha ((char) byte);
}

/* UTF-8 ------------------------------------------------------------------------------ */

/* The bytes of the UTF-8 sequence (strict: shortest form, no surrogates) at @p, 0 if
 * there is none. @c gets the character. */
static gsize utf8_sequence (const guint8 *p, gsize left, gunichar *c)
{
  gsize need = *p < 0x80                  ? 1
               : *p >= 0xC2 && *p <= 0xDF ? 2
               : *p >= 0xE0 && *p <= 0xEF ? 3
               : *p >= 0xF0 && *p <= 0xF4 ? 4
                                          : 0;
  if (need == 0 || need > left)
    return 0;
  gunichar value = need == 1 ? *p : *p & (0xFFu >> (need + 1));
  for (gsize i = 1; i < need; i++) {
    if ((p[i] & 0xC0) != 0x80)
      return 0;
    value = value << 6 | (p[i] & 0x3F);
  }
  *c = value;
  static const gunichar LEAST[] = { 0, 0, 0x80, 0x800, 0x10000 };
  return value < LEAST[need] || !g_unichar_validate (value) ? 0 : need;
}

static Fit fit_utf8 (const guint8 *bytes, gsize length)
{
  Fit fit = { .encoding = ENCODING_UTF8 };
  for (gsize i = 0; i < length;) {
    gunichar c;
    gsize step = utf8_sequence (bytes + i, length - i, &c);
    if (step == 0)
      fit_bad (&fit, i);
    else if (step > 1)
      fit.good++;
    i += MAX (step, 1);
  }
  fit.score = (gint64) fit.good;
  return fit;
}

/* Whether the run of high bytes at @p is hanzi (and their punctuation) in UTF-8 from end
 * to end. */
static gboolean run_is_utf8_han (const guint8 *p, gsize run)
{
  if (run < 6 || run % 3 != 0)
    return FALSE;
  for (gsize i = 0; i < run; i += 3) {
    gunichar c;
    if (utf8_sequence (p + i, run - i, &c) != 3
        || !((c >= 0x3000 && c <= 0x303F) || (c >= 0x3400 && c <= 0x9FFF)
             || (c >= 0xFF00 && c <= 0xFFEF)))
      return FALSE;
  }
  return TRUE;
}

static gsize high_run (const guint8 *bytes, gsize length, gsize from)
{
  gsize end = from;
  while (end < length && bytes[end] >= 0x80)
    end++;
  return end - from;
}

/* GB18030 ---------------------------------------------------------------------------- */

/* The bytes of the character at @p by the standard's structure, 0 if it breaks it. */
static gsize gb18030_sequence (const guint8 *p, gsize left)
{
  if (*p < 0x80)
    return 1;
  if (*p == 0x80 || *p == 0xFF || left < 2)
    return 0;
  if ((p[1] >= 0x40 && p[1] <= 0x7E) || (p[1] >= 0x80 && p[1] <= 0xFE))
    return 2;
  if (left >= 4 && p[1] >= '0' && p[1] <= '9' && p[2] >= 0x81 && p[2] <= 0xFE && p[3] >= '0'
      && p[3] <= '9')
    return 4;
  return 0;
}

/* A pair that is really a letter with an accent and the Latin letter after it: "Gérard",
 * "Élodie", "RÉGION". */
static gboolean pair_is_latin (const guint8 *bytes, gsize length, gsize at)
{
  guint8 before = at > 0 ? bytes[at - 1] : 0, trail = bytes[at + 1],
         after = at + 2 < length ? bytes[at + 2] : 0;
  if (!is_letter (trail))
    return FALSE;
  if (is_letter (before))
    return g_ascii_islower ((char) trail)
           || (g_ascii_isupper ((char) before) && g_ascii_isupper ((char) trail));
  return before < 0x80 && g_ascii_islower ((char) trail) && g_ascii_islower ((char) after);
}

/* A pair that is really a French letter in UTF-8 within a Latin word. */
static gboolean pair_is_utf8_letter (const guint8 *bytes, gsize length, gsize at)
{
  guint8 before = at > 0 ? bytes[at - 1] : 0, after = at + 2 < length ? bytes[at + 2] : 0;
  return bytes[at] == 0xC3 && bytes[at + 1] <= 0xBF
         && (g_ascii_islower ((char) before) || (before < 0x80 && g_ascii_islower ((char) after)));
}

/* Whether a run of high bytes holds a pair outside GB2312, the hanzi of everyday use. */
static gboolean run_is_rare (const guint8 *p, gsize run)
{
  for (gsize i = 0; i + 1 < run; i += 2)
    if (p[i] < 0xA1 || p[i] > 0xF7 || p[i + 1] < 0xA1)
      return TRUE;
  return FALSE;
}

static Fit fit_gb18030 (const guint8 *bytes, gsize length)
{
  Fit fit = { .encoding = ENCODING_GB18030 };
  for (gsize i = 0; i < length;) {
    gsize step = gb18030_sequence (bytes + i, length - i);
    if (step == 1) {
      i++;
      continue;
    }
    if (step == 0
        || (step == 2
            && (pair_is_latin (bytes, length, i) || pair_is_utf8_letter (bytes, length, i))))
      fit_bad (&fit, i);
    else
      fit.good++;
    if (step == 2)
      fit.score += bytes[i] >= 0xB0 && bytes[i] <= 0xD7 && bytes[i + 1] >= 0xA1 ? 2
                   : bytes[i] >= 0xA1 && bytes[i + 1] >= 0xA1                   ? 1
                                                                                : -1;
    if (bytes[i] >= 0xE3 && (i == 0 || bytes[i - 1] < 0x80)) {
      gsize run = high_run (bytes, length, i);
      if (run_is_utf8_han (bytes + i, run) && run_is_rare (bytes + i, run)) {
        fit_bad (&fit, i);
        i += run;
        continue;
      }
    }
    i += MAX (step, 1);
  }
  return fit;
}

/* Hanzi of surnames, posts and institutions: every Chinese list has some. */
static const char COMMON[] = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓"
                             "许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜"
                             "戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段"
                             "雷钱汤尹黎易常武乔贺赖龚文欧阳司诸葛"
                             "编号姓名性别男女职务位称单电话邮箱手机国家地区城市省县区局委会部厅院"
                             "校大学中心公司有限集团政府人民外事办主任"
                             "副长书记处科员教授研究所专家代表理经总监翻译秘助事务法国际合作交流经"
                             "济文化技术发展北京上海天津重庆成都四川广"
                             "东西南武汉湖州山河建安江苏浙是否有无参加日期类别企业协学生老师新明华"
                             "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛超兰"
                             "霞平刚桂思远博子涵雪梅志永红春玉小晓海云飞鹏宇浩梓轩欣怡一美晨佳俊峰";

/* Whether the hanzi of a GB18030 text are such as Chinese lists have, and not Japanese
 * or Korean in bytes that look alike. */
static gboolean is_chinese (const guint8 *bytes, gsize length)
{
  gsize size;
  guint64 hanzi = 0, common = 0;
  g_autofree char *pairs = g_convert (COMMON, -1, "GB18030", "UTF-8", NULL, &size, NULL);
  g_autofree guint8 *known = g_malloc0 (65536);
  for (gsize i = 0; pairs != NULL && i + 1 < size; i += 2)
    known[(guint8) pairs[i] << 8 | (guint8) pairs[i + 1]] = 1;
  for (gsize i = 0; i < length;) {
    gsize step = gb18030_sequence (bytes + i, length - i);
    if (step == 2 && bytes[i] >= 0xB0) {
      hanzi++;
      common += known[bytes[i] << 8 | bytes[i + 1]];
    }
    i += MAX (step, 1);
  }
  return hanzi < 2 ? TRUE : hanzi < 6 ? common > 0 : common * 5 >= hanzi;
}

/* Windows-1252 ----------------------------------------------------------------------- */

/* Spaces, quotation marks, dashes and the like, which stand beside letters without being
 * in a word. */
static gboolean is_typographic (guint8 byte)
{
  return strchr ("\x80\x82\x84\x85\x8B\x91\x92\x93\x94\x95\x96\x97\x9B\xA0\xA7\xAB\xAE\xB0\xB7\xBB",
                 byte)
         != NULL;
}

static gboolean is_western_letter (guint8 byte)
{
  return (byte >= 0xC0 && byte != 0xD7 && byte != 0xF7 && byte != 0xD0 && byte != 0xDE
          && byte != 0xF0 && byte != 0xFE)
         || strchr ("\x8A\x8C\x8E\x9A\x9C\x9E\x9F", byte) != NULL;
}

/* What UTF-8 looks like when read so: Ã and anything, â€™ and its kin, Å“ Å’ Å¸. */
static gboolean is_utf8_misread (const guint8 *p, gsize left)
{
  if (left < 2)
    return FALSE;
  return (p[0] == 0xC3 && p[1] >= 0x80 && p[1] <= 0xBF)
         || (p[0] == 0xC5 && (p[1] == 0x92 || p[1] == 0x93 || p[1] == 0xB8))
         || (left >= 3 && p[0] == 0xE2 && p[1] == 0x80 && p[2] >= 0x90 && p[2] <= 0xAF);
}

/* One byte by itself. */
static void fit_western (Fit *fit, const guint8 *bytes, gsize length, gsize i)
{
  gboolean beside
      = (i > 0 && is_letter (bytes[i - 1])) || (i + 1 < length && is_letter (bytes[i + 1]));
  if (strchr ("\x81\x8D\x8F\x90\x9D", bytes[i]) != NULL
      || is_utf8_misread (bytes + i, length - i)) {
    fit_bad (fit, i);
    return;
  }
  fit->good++;
  if (is_western_letter (bytes[i]))
    fit->score += beside ? 2 : 0;
  else
    fit->score += is_typographic (bytes[i]) ? 1 : -2;
}

/* Two letters with accents and none without beside them: no word of a Western language,
 * but a hanzi alone in its field, a surname. (»Æ and the like: 黄.) */
static gboolean run_is_hanzi (const guint8 *bytes, gsize length, gsize at, gsize run)
{
  gboolean beside
      = (at > 0 && is_letter (bytes[at - 1])) || (at + run < length && is_letter (bytes[at + run]));
  return run == 2 && !beside && (!is_typographic (bytes[at]) || bytes[at] == 0xBB)
         && bytes[at] >= 0xB0 && is_western_letter (bytes[at + 1]);
}

static Fit fit_windows (const guint8 *bytes, gsize length)
{
  Fit fit = { .encoding = ENCODING_WINDOWS_1252 };
  for (gsize i = 0; i < length;) {
    gsize run = high_run (bytes, length, i), in_words = 0;
    for (gsize k = 0; k < run; k++)
      in_words += !is_typographic (bytes[i + k]);
    if ((run >= 4 && in_words >= 3)
        || run_is_hanzi (bytes, length, i,
                         run)) /* « créé » with its spaces is four, with two letters */
      for (gsize k = 0; k < run; k++)
        fit_bad (&fit, i + k);
    else
      for (gsize k = 0; k < run; k++)
        fit_western (&fit, bytes, length, i + k);
    i += run + 1;
  }
  return fit;
}

/* UTF-16 ----------------------------------------------------------------------------- */

static Fit fit_utf16 (const guint8 *bytes, gsize length, gboolean big)
{
  Fit fit = { .encoding = big ? ENCODING_UTF16BE : ENCODING_UTF16LE };
  gboolean high_due = FALSE; /* the second half of a pair must come */
  for (gsize i = 0; i + 1 < length; i += 2) {
    guint unit = big ? (guint) bytes[i] << 8 | bytes[i + 1] : (guint) bytes[i + 1] << 8 | bytes[i];
    gboolean low = unit >= 0xDC00 && unit <= 0xDFFF;
    if (low != high_due || unit == 0 || unit >= 0xFFFE)
      fit_bad (&fit, i);
    else
      fit.good++;
    /* an ASCII character or a hanzi is what a list consists of; most units of the wrong
     * order are neither */
    fit.score += (unit >= 0x20 && unit < 0x7F) || unit == '\n' ? 2
                 : unit >= 0x4E00 && unit <= 0x9FFF            ? 0
                                                               : -1;
    high_due = unit >= 0xD800 && unit <= 0xDBFF;
  }
  if (length % 2 != 0 || high_due)
    fit_bad (&fit, length - 1);
  return fit;
}

/* Deciding --------------------------------------------------------------------------- */

void encoding_position (const guint8 *bytes, gsize offset, Encoding encoding, guint *line,
                        guint *byte)
{
  gsize width = encoding == ENCODING_UTF16LE || encoding == ENCODING_UTF16BE ? 2 : 1;
  gsize low = encoding == ENCODING_UTF16BE ? 1 : 0, start = 0;
  *line = 1;
  for (gsize i = 0; i + width <= offset; i += width) {
    guint8 c = width == 2 && bytes[i + 1 - low] != 0 ? 'x' : bytes[i + low];
    if (c == '\n' || (c == '\r' && (i + 2 * width > offset || bytes[i + width + low] != '\n'))) {
      ++*line;
      start = i + width;
    }
  }
  *byte = (guint) (offset - start + 1);
}

static gboolean refuse (const guint8 *bytes, const Fit *fit, GError **error)
{
  guint line, byte;
  encoding_position (bytes, fit->first_bad, fit->encoding, &line, &byte);
  g_set_error (
      error, IMPORT_ERROR, IMPORT_ERROR_ENCODING,
      _ ("finding its encoding failed: no encoding fits the whole file. It is nearest to %s, but "
         "line %u, byte %u (0x%02X) does not fit: a part may have been pasted from another file. "
         "Correct that line, or save the list again as CSV UTF-8."),
      encoding_name (fit->encoding), line, byte, bytes[fit->first_bad]);
  return FALSE;
}

/* Whether the file has the zero bytes of UTF-16: those of its separators, digits and line
 * ends at least. */
static gboolean has_zeros (const guint8 *text, gsize length)
{
  gsize head = MIN (length, 4096), zeros = 0;
  for (gsize i = 0; i < head; i++)
    zeros += text[i] == 0;
  return zeros > 0 && zeros >= head / 20;
}

/* What is no text at all, or XML. What to do about it, NULL for text. */
static const char *not_text (const guint8 *bytes, gsize length)
{
  gsize start = length >= 3 && memcmp (bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
  while (start < length && g_ascii_isspace ((char) bytes[start]))
    start++;
  if (length >= 4
      && (memcmp (bytes, "PK\x03\x04", 4) == 0 || memcmp (bytes, "\xD0\xCF\x11\xE0", 4) == 0))
    return _ ("it is a workbook, not a list as text. Open it and save the sheet as CSV UTF-8.");
  if (length - start >= 5 && memcmp (bytes + start, "<?xml", 5) == 0)
    return _ ("it is XML, whatever its name says. Open it in Excel and save it as .xlsx.");
  return NULL;
}

static double purity (const Fit *fit)
{
  return (double) fit->good / ((double) fit->good + (double) fit->bad);
}

/* The best of @fits: one that fits, by score; else the nearest. */
static const Fit *best_fit (const Fit *fits, gsize count)
{
  const Fit *best = NULL;
  for (gsize i = 0; i < count; i++)
    if (fits[i].bad == 0 && (best == NULL || fits[i].score > best->score))
      best = &fits[i];
  if (best != NULL)
    return best;
  for (gsize i = 0; i < count; i++)
    if (best == NULL || purity (&fits[i]) > purity (best))
      best = &fits[i];
  return best;
}

static gboolean refuse_not_chinese (GError **error)
{
  g_set_error_literal (
      error, IMPORT_ERROR, IMPORT_ERROR_ENCODING,
      _ ("finding its encoding failed: read as GB18030, its hanzi are none of those that Chinese "
         "names and institutions have. It may be Japanese or Korean: save the list again as CSV "
         "UTF-8."));
  return FALSE;
}

static gboolean refuse_two (const guint8 *bytes, gsize length, const Western *western,
                            GError **error)
{
  guint line, byte;
  encoding_position (bytes, western->where, ENCODING_WINDOWS_1252, &line, &byte);
  g_autofree char *first = western_word (bytes, length, western->where, western->encoding),
                  *second = western_word (bytes, length, western->where, western->other);
  g_set_error (
      error, IMPORT_ERROR, IMPORT_ERROR_ENCODING,
      _ ("finding its encoding failed: line %u may be “%s” (%s) or “%s” (%s). Save the list "
         "again as .xlsx or CSV UTF-8."),
      line, first, western_name (western->encoding), second, western_name (western->other));
  return FALSE;
}

/* Text of one byte a letter: @best is what fitted best so far. */
static gboolean detect_western (const guint8 *bytes, gsize length, Fit *best, GError **error)
{
  Western western = western_find (bytes, length);
  if (western.verdict == WESTERN_TWO)
    return refuse_two (bytes, length, &western, error);
  gboolean doubted = western.encoding == WESTERN_WINDOWS_1252 && best->bad > 0;
  if (western.verdict == WESTERN_FOUND && !doubted) {
    best->encoding = ENCODING_WINDOWS_1252 + western.encoding;
    return TRUE;
  }
  if (best->bad++ == 0)
    best->first_bad = western.where;
  return refuse (bytes, best, error);
}

gboolean encoding_detect (const guint8 *bytes, gsize length, Encoding *encoding, gsize *start,
                          GError **error)
{
  const char *what = not_text (bytes, length);
  if (what != NULL) {
    g_set_error_literal (error, IMPORT_ERROR, IMPORT_ERROR_FORMAT, what);
    return FALSE;
  }
  *start
      = length >= 3 && memcmp (bytes, "\xEF\xBB\xBF", 3) == 0 ? 3
        : length >= 2 && (memcmp (bytes, "\xFF\xFE", 2) == 0 || memcmp (bytes, "\xFE\xFF", 2) == 0)
            ? 2
            : 0;
  const guint8 *text = bytes + *start;
  gsize left = length - *start;
  Fit fits[3];
  gsize count = 0;
  if (*start == 3)
    fits[count++] = fit_utf8 (text, left);
  else if (*start == 2)
    fits[count++] = fit_utf16 (text, left, bytes[0] == 0xFE);
  else if (has_zeros (text, left)) {
    fits[count++] = fit_utf16 (text, left, FALSE);
    fits[count++] = fit_utf16 (text, left, TRUE);
  } else {
    fits[count] = fit_utf8 (text, left);
    if (fits[count++].bad > 0) {
      fits[count++] = fit_gb18030 (text, left);
      fits[count++] = fit_windows (text, left);
    }
  }
  Fit best = *best_fit (fits, count);
  gboolean plain = count == 3; /* neither marked, nor UTF-8 or UTF-16 */
  if (plain && (best.bad > 0 || best.encoding == ENCODING_WINDOWS_1252)) {
    if (!detect_western (bytes, length, &best, error))
      return FALSE;
  } else if (best.bad > 0) {
    best.first_bad += *start;
    return refuse (bytes, &best, error);
  }
  if (best.encoding == ENCODING_GB18030 && !is_chinese (text, left))
    return refuse_not_chinese (error);
  *encoding = best.encoding;
  return TRUE;
}
