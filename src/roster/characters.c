#include "roster/characters.h"

#include "core/text.h"

#define GBK_FIRST 0xE815

/* What U+E815 and the 79 after it stand for. */
static const gunichar GBK[] = {
  0x2E81, 0x20087, 0x20089, 0x200CC, 0x2E84,  0x3473, 0x3447, 0x2E88, 0x2E8B,  0x9FB4,
  0x359E, 0x361A,  0x360E,  0x2E8C,  0x2E97,  0x396E, 0x3918, 0x9FB5, 0x39CF,  0x39DF,
  0x3A73, 0x39D0,  0x9FB6,  0x9FB7,  0x3B4E,  0x3C6E, 0x3CE0, 0x2EA7, 0x215D7, 0x9FB8,
  0x2EAA, 0x4056,  0x415F,  0x2EAE,  0x4337,  0x2EB3, 0x2EB6, 0x2EB7, 0x2298F, 0x43B1,
  0x43AC, 0x2EBB,  0x43DD,  0x44D6,  0x4661,  0x464C, 0x9FB9, 0x4723, 0x4729,  0x477C,
  0x478D, 0x2ECA,  0x4947,  0x497A,  0x497D,  0x4982, 0x4983, 0x4985, 0x4986,  0x499F,
  0x499B, 0x49B7,  0x49B6,  0x9FBA,  0x241FE, 0x4CA3, 0x4C9F, 0x4CA0, 0x4CA1,  0x4C77,
  0x4CA2, 0x4D13,  0x4D14,  0x4D15,  0x4D16,  0x4D17, 0x4D18, 0x4D19, 0x4DAE,  0x9FBB,
};

static gboolean is_private (gunichar c)
{
  return (c >= 0xE000 && c <= 0xF8FF) || c >= 0xF0000;
}

static gboolean is_compatible (gunichar c)
{
  return (c >= 0x2F00 && c <= 0x2FD5) || c == 0x2E9F || c == 0x2EF3 || (c >= 0xFB00 && c <= 0xFB06)
         || (c >= 0xFF66 && c <= 0xFF9F) || (c >= 0x1D400 && c <= 0x1D7FF);
}

static gboolean is_wide (gunichar c, gboolean signs)
{
  return signs ? c >= 0xFF01 && c <= 0xFF5E
               : (c >= 0xFF10 && c <= 0xFF19) || (c >= 0xFF21 && c <= 0xFF3A)
                     || (c >= 0xFF41 && c <= 0xFF5A);
}

static void add_right (GString *out, gunichar c, gboolean signs)
{
  if (c >= GBK_FIRST && c < GBK_FIRST + G_N_ELEMENTS (GBK))
    g_string_append_unichar (out, GBK[c - GBK_FIRST]);
  else if (c == 0xE7C7 || c == 0xE7C8)
    g_string_append_unichar (out, c == 0xE7C7 ? 0x1E3F : 0x1F9);
  else if (is_wide (c, signs))
    g_string_append_unichar (out, c - 0xFF01 + '!');
  else if (is_compatible (c)) {
    char one[7] = { 0 };
    g_unichar_to_utf8 (c, one);
    g_autofree char *plain = g_utf8_normalize (one, -1, G_NORMALIZE_ALL_COMPOSE);
    g_string_append (out, plain != NULL ? plain : one);
  } else
    g_string_append_unichar (out, c);
}

static char *put_right (const char *text, gboolean signs)
{
  const char *p = text;
  for (; *p != '\0'; p = text_next (p)) {
    gunichar c = g_utf8_get_char (p);
    if (c >= 0x2E80 && (is_private (c) || is_compatible (c) || is_wide (c, signs)))
      break;
  }
  if (*p == '\0')
    return g_strdup (text);
  g_autoptr (GString) out = g_string_new_len (text, (gssize) (p - text));
  for (; *p != '\0'; p = text_next (p))
    add_right (out, g_utf8_get_char (p), signs);
  return g_strdup (out->str);
}

char *characters_put_right (const char *text)
{
  return put_right (text, FALSE);
}

char *characters_put_right_code (const char *text)
{
  return put_right (text, TRUE);
}

gunichar characters_private (const char *text)
{
  for (const char *p = text; *p != '\0'; p = text_next (p))
    if ((guchar) *p >= 0xEE && is_private (g_utf8_get_char (p)))
      return g_utf8_get_char (p);
  return 0;
}
