#include "roster/spoiled.h"

#include "core/text.h"
#include "core/words.h"
#include "roster/characters.h"

#include <string.h>

#define EXCEL_DIGITS 15 /* that a number has there */

/* Excel's errors in the languages of this congress, and what fills a column too
 * narrow. */
static const char *const EXCEL_ERRORS[] = {
  "#REF!",   "#NAME?",  "#NOM?", "#VALUE!",  "#VALEUR!",      "#N/A",    "#N/D",   "#DIV/0!",
  "#NULL!",  "#NUL!",   "#NUM!", "#NOMBRE!", "#GETTING_DATA", "#SPILL!", "#CALC!", "#PROPAGATION!",
  "#CHAMP!", "#FIELD!", "#NV",   "#ND",      "#Н/Д",          NULL,
};
static const char *const NOTHINGS[]
    = { "NULL",    "(null)", "null",     "undefined", "NaN", "nan", "None",   "[object Object]",
        "<NULL>",  "<NA>",   "NaT",      "-nan",      "inf", "\\N", "(vide)", "(blank)",
        "(empty)", "(空白)", "（空白）", NULL };

/* Stand where a name is to come, folded. */
static const char *const NOT_YET_KNOWN[] = {
  "tbc",
  "tba",
  "tbd",
  "to be confirmed",
  "to be announced",
  "unknown",
  "a preciser",
  "a confirmer",
  "a definir",
  "a completer",
  "inconnu",
  "inconnue",
  "en attente",
  "a venir",
  "a designer",
  "n n",
  "xxx",
  "xxxx",
  "待定",
  "待补",
  "待补充",
  "待确认",
  "待通知",
  "未定",
  "未知",
  "不详",
  "某某",
  NULL,
};

/* Windows-1252's characters of the bytes 0x80 to 0x9F; 0: none. */
static const guint16 WINDOWS[] = {
  0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
  0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
  0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178,
};

/* The byte that Windows-1252 has for @c, -1 if none. The five bytes without a character
 * are what programs make of them, controls. */
static int windows_byte (gunichar c)
{
  if (c < 0x100 && (c < 0x80 || c >= 0xA0 || WINDOWS[c - 0x80] == 0))
    return (int) c;
  for (gsize i = 0; i < G_N_ELEMENTS (WINDOWS); i++)
    if (WINDOWS[i] == c && c != 0)
      return (int) i + 0x80;
  return -1;
}

/* How many bytes follow the first of a UTF-8 sequence; -1 if @byte begins none. */
static int followers (int byte)
{
  return byte < 0x80   ? 0
         : byte < 0xC2 ? -1
         : byte < 0xE0 ? 1
         : byte < 0xF0 ? 2
         : byte < 0xF5 ? 3
                       : -1;
}

char *spoiled_read_once (const char *text, gsize length)
{
  g_autoptr (GString) bytes = g_string_new (NULL);
  gboolean ascii = TRUE;
  int due = 0; /* bytes of a sequence that must follow; most text fails at its first accent */
  for (const char *p = text; p < text + length; p = text_next (p)) {
    int byte = windows_byte (g_utf8_get_char (p));
    if (byte < 0 || (due > 0) != (byte >= 0x80 && byte < 0xC0))
      return NULL;
    due = due > 0 ? due - 1 : followers (byte);
    if (due < 0)
      return NULL;
    ascii = ascii && byte < 0x80;
    g_string_append_c (bytes, (char) byte);
  }
  return !ascii && due == 0 && g_utf8_validate (bytes->str, (gssize) bytes->len, NULL)
             ? g_string_free (g_steal_pointer (&bytes), FALSE)
             : NULL;
}

/* Signs ------------------------------------------------------------------------------ */

static gboolean is_letter (gunichar c)
{
  return g_unichar_isalpha (c) && !text_is_han (c);
}

/* Signs that a wrong encoding puts into names; ‘ ’ ´ ` ʼ · and the like are in names by
 * right. */
static gboolean is_strange_sign (gunichar c)
{
  return c != 0
         && g_utf8_strchr (
                "‚ƒ„…†‡ˆ‰‹“”•˜™›¡¢£¤¥¦§¨©«¬®¯°±²³µ¶¸¹»¼½¾¿×÷√∆∫≈◊±≤≥∞Ω¿┬├─┼╔╩█▄╬╠═│┤╣║╗╝┐└┴", -1, c)
                != NULL;
}

/* A capital with an accent after a small letter (RenŽ), or, if no French name has it,
 * between a capital and a small one (BŽnard). */
static gboolean is_strange_capital (gunichar before, gunichar c, gunichar after)
{
  if ((c == 0x17D || c == 0x160 || c == 0x178) && g_unichar_isupper (before)
      && g_unichar_islower (after))
    return TRUE;
  return c >= 0x80 && g_unichar_isupper (c) && g_unichar_islower (before)
         && !(after != 0 && g_unichar_isupper (after) && before < 0x80);
}

/* A hanzi within a Latin word: Lef茅vre. */
static gboolean is_strange_han (gunichar before, gunichar c, gunichar after)
{
  return text_is_han (c) && before != 0 && before < 0x80 && g_unichar_isalpha (before) && after != 0
         && after < 0x80 && g_unichar_islower (after);
}

/* The first character that a name cannot have where it stands, 0 if none. */
static gunichar strange_in_name (const char *text)
{
  gunichar before = 0;
  for (const char *p = text; *p != '\0'; p = text_next (p)) {
    gunichar c = g_utf8_get_char (p), after = g_utf8_get_char (text_next (p));
    if (c >= 0x80
        && ((is_strange_sign (c) && (is_letter (before) || is_letter (after)))
            || is_strange_capital (before, c, after) || is_strange_han (before, c, after)))
      return c;
    before = c;
  }
  return 0;
}

/* ?? anywhere; ? within or before a word; in a name anywhere. */
static gboolean has_lost_character (const char *text, SpoiledKind kind)
{
  for (const char *p = strchr (text, '?'); p != NULL; p = strchr (p + 1, '?')) {
    gunichar after = g_utf8_get_char (p + 1);
    const char *previous = g_utf8_find_prev_char (text, p);
    gunichar before = previous != NULL ? g_utf8_get_char (previous) : ' ';
    if (kind == SPOILED_NAME || after == '?')
      return TRUE;
    if (is_letter (after) && (is_letter (before) || g_unichar_isspace (before) || before == '-'))
      return TRUE;
  }
  return FALSE;
}

/* Text read wrongly ------------------------------------------------------------------ */

/* @text if it was UTF-8 read as @encoding; NULL if not. Only what shortens it and holds
 * letters. */
static char *undo (const char *text, const char *encoding)
{
  gsize length;
  g_autofree char *bytes = g_convert (text, -1, encoding, "UTF-8", NULL, &length, NULL);
  if (bytes == NULL || strlen (bytes) != length || g_str_is_ascii (bytes)
      || !g_utf8_validate (bytes, (gssize) length, NULL))
    return NULL;
  for (const char *p = bytes; *p != '\0'; p = text_next (p)) {
    gunichar c = g_utf8_get_char (p);
    if (c >= 0x80 && !g_unichar_isalpha (c) && g_utf8_strchr ("’‘“”–—…«» ·€°", -1, c) == NULL)
      return NULL;
  }
  return g_steal_pointer (&bytes);
}

/* Tries the encodings that the characters of @text speak for: most text speaks for
 * none. */
static char *read_wrongly (const char *text)
{
  gboolean windows = FALSE, macintosh = FALSE, dos = FALSE, gbk = FALSE;
  for (const char *p = text; *p != '\0'; p = text_next (p)) {
    gunichar c = g_utf8_get_char (p);
    windows = windows || (c >= 0xC2 && c <= 0xF4);
    macintosh = macintosh || c == 0x221A || c == 0x201A || c == 0x2248 || c == 0xAC;
    dos = dos || (c >= 0x2500 && c <= 0x257F);
    gbk = gbk
          || (c > 0x4E00 && c < 0xA000
              && g_utf8_strchr ("鐜鐨鍦鏄浜涓鏉鎴闄鍛寮璧瀛娴鍒閮鎬鍙鍥浼鏈绗瑕鏂鏃缁缃鍗鑾鍚瑗鐖璇"
                                "濂鍑闃寰榛鍏鐢鐞瀹嶆榮",
                                -1, c)
                     != NULL);
  }
  char *before = windows ? spoiled_read_once (text, strlen (text)) : NULL;
  if (before == NULL && macintosh)
    before = undo (text, "MACINTOSH");
  if (before == NULL && dos)
    before = undo (text, "CP850");
  if (before == NULL && gbk)
    before = undo (text, "GB18030");
  return before;
}

/* Characters written for pages ------------------------------------------------------- */

/* &egrave; &#233; &#xE9; */
static gboolean has_entity (const char *text)
{
  for (const char *p = strchr (text, '&'); p != NULL; p = strchr (p + 1, '&')) {
    gsize length
        = strspn (p + 1, "#abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
    if (length >= 2 && length <= 8 && p[1 + length] == ';')
      return TRUE;
  }
  return FALSE;
}

/* Two bytes or more beyond ASCII as a link has them: %C3%A8. */
static gboolean has_percent (const char *text)
{
  const char *p = strchr (text, '%');
  for (; p != NULL; p = strchr (p + 1, '%'))
    if (g_ascii_xdigit_value (p[1]) >= 8 && g_ascii_isxdigit (p[2]) && p[3] == '%'
        && g_ascii_xdigit_value (p[4]) >= 8 && g_ascii_isxdigit (p[5]))
      return TRUE;
  return FALSE;
}

/* What Excel makes of a reference ---------------------------------------------------- */

/* 1,23E+05: the digits behind the third are gone. */
static gboolean is_power (const char *text)
{
  gsize digits = strspn (text, "0123456789.,");
  const char *p = text + digits;
  return digits > 0 && (p[0] == 'E' || p[0] == 'e') && p[1] == '+' && g_ascii_isdigit (p[2])
         && strspn (p + 2, "0123456789") == strlen (p + 2);
}

/* 2-Mar, 01-févr, 3月2日: what Excel shows for 2-3 and 3/2. */
static gboolean is_day_of_month (const char *text)
{
  static const char *const MONTHS[] = {
    "jan",  "feb", "mar",  "apr",  "may", "jun", "jul",  "aug",  "sep",  "oct",  "nov", "dec",
    "janv", "fev", "fevr", "mars", "avr", "mai", "juin", "juil", "aout", "sept", NULL,
  };
  gsize digits = strspn (text, "0123456789");
  if (digits < 1 || digits > 2)
    return FALSE;
  const char *p = text + digits;
  if (g_str_has_prefix (p, "月"))
    return g_str_has_suffix (p, "日");
  g_autofree char *month = *p == '-' ? text_fold (p + 1) : NULL;
  return month != NULL && g_strv_contains (MONTHS, month);
}

/* 26/10/2016, 2016-10-26, 2016/10/26 00:00:00. */
static gboolean is_date (const char *text)
{
  static const char *const SHAPES[] = { "0/0/0", "0-0-0", "0.0.0" };
  GString *shape = g_string_new (NULL);
  gsize longest = 0;
  const char *p = text;
  while (*p != '\0' && *p != ' ' && *p != 'T') {
    gsize digits = strspn (p, "0123456789");
    longest = MAX (longest, digits);
    g_string_append_c (shape, digits > 0 && digits != 3 && digits <= 4 ? '0' : *p);
    p += MAX (digits, 1);
  }
  gboolean date = FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (SHAPES); i++)
    date = date || strcmp (shape->str, SHAPES[i]) == 0;
  g_string_free (shape, TRUE);
  return date && longest == 4 && (*p == '\0' || strspn (p + 1, "0123456789:.") == strlen (p + 1));
}

/* Reasons ---------------------------------------------------------------------------- */

static char *private_reason (gunichar c)
{
  return g_strdup_printf (
      _ ("holds a private character (U+%04X), which only the machine that wrote "
         "it shows. Type the character again."),
      c);
}

/* 1234567890123450000: a number of which Excel keeps fifteen digits. */
static gboolean is_cut_number (const char *text)
{
  gsize length = strlen (text);
  return length > EXCEL_DIGITS && strspn (text, "0123456789") == length
         && strspn (text + EXCEL_DIGITS, "0") == length - EXCEL_DIGITS;
}

static char *reference_reason (const char *text)
{
  if (is_cut_number (text))
    return g_strdup (_ ("is a number of which Excel has kept fifteen digits. Make the column text "
                        "(Format, Cells, Text), and write the references again."));
  if (is_power (text))
    return g_strdup (_ ("is a reference that Excel has rounded to a power of ten. Make the column "
                        "text (Format, Cells, Text), and write the references again."));
  if (is_day_of_month (text) || is_date (text))
    return g_strdup (
        _ ("is a date: Excel makes one of references such as 2-3. Make the column text "
           "(Format, Cells, Text), and write the references again."));
  return NULL;
}

static char *page_reason (const char *text)
{
  if (strchr (text, '&') != NULL && has_entity (text))
    return g_strdup (_ ("holds a character as a page writes it (&eacute). Type it as it is read."));
  if (strchr (text, '%') != NULL && has_percent (text))
    return g_strdup (_ ("holds a character as a link writes it (%…). Type it as it is read."));
  return NULL;
}

static char *unknown_reason (const char *text)
{
  g_autofree char *folded = text_fold (text);
  return g_strv_contains (NOT_YET_KNOWN, folded)
             ? g_strdup (_ ("says that a name is still to come. Write the name, or take the row "
                            "out of the list until it is known."))
             : NULL;
}

/* #WERT!, #BEZUG !, #名称?: an error of a spreadsheet in whatever language; Err:502 of
 * LibreOffice. */
static gboolean is_sheet_error (const char *text)
{
  static const char *const WORDS[] = { "Err", "Error", "Erreur", "Fehler", "错误", NULL };
  g_autofree char *end = g_strchomp (g_strndup (text, strcspn (text, ":!?")));
  const char *rest = text + strcspn (text, ":!?");
  if (*rest == ':' && g_strv_contains (WORDS, end))
    return strlen (rest) == 4 && strspn (rest + 1, "0123456789") == 3;
  if (*text != '#' || *rest == '\0' || *rest == ':' || rest[1] != '\0' || strlen (end) < 3)
    return FALSE;
  for (const char *p = end + 1; *p != '\0'; p = text_next (p)) {
    gunichar c = g_utf8_get_char (p);
    if (g_unichar_islower (c) || g_unichar_isspace (c))
      return FALSE;
  }
  return TRUE;
}

/* A word of letters of two alphabets that look alike: Rоy with a Cyrillic о, which nobody
 * finds. */
static gboolean mixes_alphabets (const char *text)
{
  gboolean latin = FALSE, other = FALSE;
  for (const char *p = text; *p != '\0'; p = text_next (p)) {
    gunichar c = g_utf8_get_char (p);
    if (!g_unichar_isalpha (c))
      latin = other = FALSE;
    latin = latin || g_ascii_isalpha ((char) MIN (c, 0x7F));
    other = other || (c >= 0x370 && c <= 0x52F && g_unichar_isalpha (c));
    if (latin && other)
      return TRUE;
  }
  return FALSE;
}

static char *ascii_reason (const char *text, SpoiledKind kind)
{
  if ((*text == '#'
       && (g_strv_contains (EXCEL_ERRORS, text) || strspn (text, "#") == strlen (text)))
      || is_sheet_error (text))
    return g_strdup (
        *text == '#' && text[1] == '#'
            ? _ ("is what Excel shows where a column is too narrow. Widen it, and save "
                 "the list again.")
            : _ ("is an error of Excel's. Put the formula of that cell right, or write "
                 "the value."));
  if (strchr ("Nnui-\\([<\xEF", *text) != NULL && g_strv_contains (NOTHINGS, text))
    return g_strdup (_ ("is what a program writes for nothing. Empty the cell."));
  if (*text == '=' && text[1] != '\0')
    return g_strdup (_ ("is a formula whose value was not saved. Open the list in Excel, save it, "
                        "and import it again."));
  if (strchr (text, '?') != NULL && has_lost_character (text, kind))
    return g_strdup (_ ("has lost characters: a program has saved what it could not write as “?”. "
                        "Type the value again, and save the list as .xlsx or CSV UTF-8."));
  return NULL;
}

char *spoiled_reason (const char *text, SpoiledKind kind)
{
  char *reason = ascii_reason (text, kind);
  if (reason == NULL)
    reason = kind == SPOILED_REFERENCE ? reference_reason (text) : page_reason (text);
  if (reason == NULL && kind == SPOILED_NAME)
    reason = unknown_reason (text);
  if (reason != NULL || g_str_is_ascii (text))
    return reason;
  gunichar c = characters_private (text);
  if (c != 0)
    return private_reason (c);
  if (strstr (text, "锟斤拷") != NULL || strstr (text, "ï¿½") != NULL
      || strstr (text, "烫烫") != NULL)
    return g_strdup (_ ("has lost characters: a program could not read them. Type the value again, "
                        "and save the list as .xlsx or CSV UTF-8."));
  g_autofree char *before = read_wrongly (text);
  if (before != NULL)
    return g_strdup_printf (_ ("was “%s” before a program read it in the wrong encoding. Type it "
                               "again, or save the first list anew as .xlsx or CSV UTF-8."),
                            before);
  if (kind == SPOILED_NAME && mixes_alphabets (text))
    return g_strdup (_ ("has letters of two alphabets in one word, which look alike. Type it "
                        "again."));
  c = kind == SPOILED_NAME ? strange_in_name (text) : 0;
  if (c == 0)
    return NULL;
  char sign[7] = { 0 };
  g_unichar_to_utf8 (c, sign);
  return g_strdup_printf (_ ("has “%s” inside, which fits no name: it was read in the wrong "
                             "encoding. Type it again, or save the list as .xlsx or CSV UTF-8."),
                          sign);
}
