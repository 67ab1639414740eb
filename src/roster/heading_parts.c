#include "roster/heading_parts.h"

#include "core/text.h"

#include <string.h>

/* Whole notes, folded, and how others begin. */
static const char *const NOTES[] = {
  "必填",
  "必填项",
  "选填",
  "可选",
  "必选",
  "单选",
  "单选题",
  "多选",
  "多选题",
  "可多选",
  "填空题",
  "不定项",
  "obligatoire",
  "facultatif",
  "requis",
  "optionnel",
  "required",
  "optional",
  "mandatory",
  "en majuscules",
  "majuscules",
  "in capitals",
  "大写",
  "choix multiple",
  "choix multiples",
  "plusieurs choix possibles",
  "plusieurs reponses possibles",
  "multiple choice",
  "s",
  "x",
  "oui non",
  "是 否",
  "是否",
  "yes no",
  "o n",
  "如有",
  "si applicable",
  "le cas echeant",
  "if any",
  NULL,
};
static const char *const NOTE_BEGINNINGS[]
    = { "例如",  "例",  "请",  "如:",    "如：",   "ex. ", "ex : ", "ex: ", "exemple",
        "p. ex", "e.g", "max", "ne pas", "do not", "不要", "勿",    NULL };

static const char *const POLITE[] = {
  "您的",
  "你的",
  "请填写您的",
  "请填写",
  "请输入您的",
  "请输入",
  "请选择",
  "请提供您的",
  "请提供",
  "votre ",
  "vos ",
  "your ",
  "please enter your ",
  "merci d'indiquer votre ",
  "merci d’indiquer votre ",
  "indiquez votre ",
  NULL,
};

static gboolean is_note (const char *text)
{
  g_autofree char *folded = text_fold (text), *clean = text_clean (text);
  g_autofree char *lower = g_utf8_strdown (clean, -1);
  if (*folded == '\0' || g_strv_contains (NOTES, folded))
    return TRUE;
  for (gsize i = 0; NOTE_BEGINNINGS[i] != NULL; i++)
    if (g_str_has_prefix (lower, NOTE_BEGINNINGS[i]))
      return TRUE;
  return FALSE;
}

static gboolean is_opening (gunichar c)
{
  return c == '(' || c == '[' || c == 0xFF08 || c == 0x3010 || c == 0x3014 || c == 0xFF3B;
}

static gboolean is_closing (gunichar c)
{
  return c == ')' || c == ']' || c == 0xFF09 || c == 0x3011 || c == 0x3015 || c == 0xFF3D;
}

/* After “1、”, “Q3.” or “(2)”; @text itself if it does not begin so. */
static const char *after_number (const char *text)
{
  const char *p = text;
  gboolean bracket = is_opening (g_utf8_get_char (p));
  if (bracket || *p == 'Q' || *p == 'q')
    p = text_next (p);
  const char *digits = p;
  while (g_ascii_isdigit (*p) && p - digits < 3)
    p++;
  if (p == digits || *p == '\0')
    return text;
  gunichar c = g_utf8_get_char (p);
  if (bracket ? !is_closing (c) : g_utf8_strchr (".、．):：_-）", -1, c) == NULL)
    return text;
  return text_next (p);
}

static const char *after_polite (const char *text)
{
  const char *best = text;
  for (gsize i = 0; POLITE[i] != NULL; i++) {
    gsize length = strlen (POLITE[i]);
    if (g_ascii_strncasecmp (text, POLITE[i], length) == 0 && text + length > best)
      best = text + length;
  }
  return best;
}

/* Copies @text without the brackets that hold a note. */
static char *without_notes (const char *text)
{
  g_autoptr (GString) plain = g_string_new (NULL);
  for (const char *p = text; *p != '\0';) {
    const char *next = text_next (p), *end = next;
    if (is_opening (g_utf8_get_char (p))) {
      while (*end != '\0' && !is_closing (g_utf8_get_char (end)))
        end = text_next (end);
      g_autofree char *inside = g_strndup (next, (gsize) (end - next));
      if (*end != '\0' && is_note (inside)) {
        p = text_next (end);
        continue;
      }
    }
    g_string_append_len (plain, p, next - p);
    p = next;
  }
  return g_strdup (plain->str);
}

char *heading_parts_plain (const char *heading)
{
  g_autofree char *clean = text_clean (heading);
  const char *number = after_number (clean);
  g_autofree char *rest = text_clean (number);
  g_autofree char *plain = without_notes (after_polite (rest));
  return text_clean (plain);
}

static gboolean is_divider (gunichar c)
{
  return is_opening (c) || is_closing (c) || c == '/' || c == '|' || c == 0xB7 || c == 0x2022
         || c == 0x2013 || c == 0x2014 || c == 0xFF0F || c == 0xFF5C || c == 0x30FB;
}

static void add_part (GStrvBuilder *parts, const char *start, const char *end)
{
  g_autofree char *part = g_strndup (start, (gsize) (end - start));
  g_autofree char *clean = text_clean (part);
  g_autofree char *folded = text_fold (clean);
  if (*folded != '\0')
    g_strv_builder_add (parts, clean);
}

char **heading_parts_split (const char *plain)
{
  g_autoptr (GStrvBuilder) parts = g_strv_builder_new ();
  const char *start = plain;
  gunichar before = 0; /* the letter before, of either script */
  for (const char *p = plain; *p != '\0'; p = text_next (p)) {
    gunichar c = g_utf8_get_char (p);
    gboolean letter = g_unichar_isalpha (c);
    if (is_divider (c)) {
      add_part (parts, start, p);
      start = text_next (p);
      before = 0;
    } else if (letter) {
      if (before != 0 && text_is_han (before) != text_is_han (c)) {
        add_part (parts, start, p);
        start = p;
      }
      before = c;
    }
  }
  add_part (parts, start, plain + strlen (plain));
  return g_strv_builder_end (parts);
}
