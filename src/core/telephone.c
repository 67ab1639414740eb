#include "core/telephone.h"

#include "core/text.h"

#include <string.h>

/* What may stand between the digits of one number, beside spaces, stops and strokes. */
static gboolean is_inside (gunichar c)
{
  return c == '-' || c == '(' || c == ')' || c == 0xB7 || (c >= 0x2010 && c <= 0x2015);
}

static gboolean is_number (const char *digits)
{
  gsize length = strlen (digits);
  return length >= TELEPHONE_DIGITS_MIN && length <= TELEPHONE_DIGITS_MAX;
}

/* @text without what is no digit. Free with g_free(). */
static char *digits_of (const char *text)
{
  g_autoptr (GString) digits = g_string_new (NULL);
  for (const char *p = text; *p != '\0'; p++)
    if (g_ascii_isdigit (*p))
      g_string_append_c (digits, *p);
  return g_strdup (digits->str);
}

/* Adds @part as one number; if it has too many digits, what stands between its spaces. */
static void add_part (GStrvBuilder *numbers, const char *part)
{
  g_autofree char *digits = digits_of (part);
  if (is_number (digits))
    g_strv_builder_add (numbers, digits);
  if (strlen (digits) <= TELEPHONE_DIGITS_MAX)
    return;
  g_auto (GStrv) groups = g_strsplit (part, " ", -1);
  for (guint i = 0; groups[1] != NULL && groups[i] != NULL; i++)
    add_part (numbers, groups[i]);
}

/* TRUE if each of @parts is long enough to be a number: 0612345678/0712345678, but not
 * 06/12/34/56/78. */
static gboolean are_numbers (char **parts)
{
  for (guint i = 0; parts[i] != NULL; i++) {
    g_autofree char *digits = digits_of (parts[i]);
    if (strlen (digits) < TELEPHONE_DIGITS_MIN)
      return FALSE;
  }
  return TRUE;
}

/* Digits, and spaces, stops and strokes between them. */
static void add_run (GStrvBuilder *numbers, GString *run)
{
  /* 33612345678.0, as a spreadsheet writes the number */
  if (g_str_has_suffix (run->str, ".0") && strspn (run->str, "0123456789") == run->len - 2)
    g_string_truncate (run, run->len - 2);
  g_auto (GStrv) parts = g_strsplit (run->str, "/", -1);
  if (are_numbers (parts))
    for (guint i = 0; parts[i] != NULL; i++)
      add_part (numbers, parts[i]);
  else
    add_part (numbers, run->str);
  g_string_truncate (run, 0);
}

char **telephone_numbers (const char *text)
{
  g_autoptr (GStrvBuilder) numbers = g_strv_builder_new ();
  g_autoptr (GString) run = g_string_new (NULL);
  for (const char *p = text; *p != '\0'; p = text_next (p)) {
    gunichar c = g_utf8_get_char (p);
    if (c < 0x80 && (g_ascii_isdigit ((char) c) || c == ' ' || c == '.' || c == '/'))
      g_string_append_c (run, (char) c);
    else if ((c == 'e' || c == 'E') && (p[1] == '+' || g_ascii_isdigit (p[1])))
      g_string_truncate (run, 0); /* 3,36E+10: a spreadsheet has rounded it */
    else if (!is_inside (c))
      add_run (numbers, run);
  }
  add_run (numbers, run);
  return g_strv_builder_end (numbers);
}
