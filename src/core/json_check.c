#include "core/json_check.h"

#include <string.h>

typedef struct {
  const char *text;
  gsize length, at;
  char open[JSON_CHECK_DEPTH_MAX]; /* '{' or '[' of each level */
  guint depth;
} Scan;

static gboolean more (const Scan *scan)
{
  return scan->at < scan->length;
}

static char peek (const Scan *scan)
{
  return more (scan) ? scan->text[scan->at] : '\0';
}

static void skip_space (Scan *scan)
{
  while (more (scan) && strchr (" \t\n\r", scan->text[scan->at]) != NULL
         && scan->text[scan->at] != '\0')
    scan->at++;
}

static gboolean take (Scan *scan, char c)
{
  if (peek (scan) != c)
    return FALSE;
  scan->at++;
  return TRUE;
}

/* Four hex digits after \u. */
static gboolean hex4 (Scan *scan, guint *value)
{
  *value = 0;
  for (guint i = 0; i < 4; i++) {
    char c = peek (scan);

    if (!g_ascii_isxdigit (c))
      return FALSE;
    *value = *value * 16 + (guint) g_ascii_xdigit_value (c);
    scan->at++;
  }
  return TRUE;
}

static gboolean scan_escape (Scan *scan)
{
  guint unit, low;
  char c = peek (scan);

  scan->at++;
  if (c != 'u')
    return c != '\0' && strchr ("\"\\/bfnrt", c) != NULL;
  if (!hex4 (scan, &unit) || unit == 0 || (unit >= 0xdc00 && unit <= 0xdfff))
    return FALSE;
  if (unit < 0xd800 || unit > 0xdbff)
    return TRUE;
  return take (scan, '\\') && take (scan, 'u') && hex4 (scan, &low) && low >= 0xdc00
         && low <= 0xdfff;
}

static gboolean scan_string (Scan *scan)
{
  if (!take (scan, '"'))
    return FALSE;
  while (more (scan)) {
    guchar c = (guchar) scan->text[scan->at];

    if (c < 0x20)
      return FALSE;
    scan->at++;
    if (c == '"')
      return TRUE;
    if (c == '\\' && !scan_escape (scan))
      return FALSE;
  }
  return FALSE;
}

static gboolean scan_digits (Scan *scan)
{
  gsize begin = scan->at;

  while (g_ascii_isdigit (peek (scan)))
    scan->at++;
  return scan->at > begin;
}

static gboolean scan_number (Scan *scan)
{
  take (scan, '-');
  if (!take (scan, '0') && !scan_digits (scan))
    return FALSE;
  if (take (scan, '.') && !scan_digits (scan))
    return FALSE;
  if (take (scan, 'e') || take (scan, 'E')) {
    if (!take (scan, '+'))
      take (scan, '-');
    return scan_digits (scan);
  }
  return TRUE;
}

static gboolean scan_word (Scan *scan, const char *word)
{
  gsize length = strlen (word);

  if (scan->length - scan->at < length || memcmp (scan->text + scan->at, word, length) != 0)
    return FALSE;
  scan->at += length;
  return TRUE;
}

static gboolean scan_scalar (Scan *scan)
{
  switch (peek (scan)) {
  case '"':
    return scan_string (scan);
  case 't':
    return scan_word (scan, "true");
  case 'f':
    return scan_word (scan, "false");
  case 'n':
    return scan_word (scan, "null");
  default:
    return scan_number (scan);
  }
}

/* A member's name and its colon. */
static gboolean scan_name (Scan *scan)
{
  skip_space (scan);
  if (!scan_string (scan))
    return FALSE;
  skip_space (scan);
  return take (scan, ':');
}

/* After a value: closes what ends here. FALSE on a fault; *@value tells whether another
 * value must follow, else the text is at its end. */
static gboolean scan_after (Scan *scan, gboolean *value)
{
  for (;;) {
    skip_space (scan);
    if (scan->depth == 0) {
      *value = FALSE;
      return !more (scan);
    }
    if (take (scan, ',')) {
      *value = TRUE;
      return scan->open[scan->depth - 1] == '[' || scan_name (scan);
    }
    if (!take (scan, scan->open[scan->depth - 1] == '[' ? ']' : '}'))
      return FALSE;
    scan->depth--;
  }
}

/* Opens a container. *@empty: it was closed at once, and is a value that is over. */
static gboolean scan_open (Scan *scan, gboolean *empty)
{
  char c = scan->text[scan->at++];

  scan->open[scan->depth++] = c;
  skip_space (scan);
  *empty = take (scan, c == '[' ? ']' : '}');
  if (*empty)
    scan->depth--;
  return *empty || c == '[' || scan_name (scan);
}

JsonCheck json_check (const char *text, gsize length, guint depth_max, gsize *at)
{
  Scan scan = { .text = text, .length = length };
  gboolean good = TRUE, value = TRUE, over;

  g_assert (depth_max <= JSON_CHECK_DEPTH_MAX);
  while (good && value) {
    skip_space (&scan);
    if (peek (&scan) == '{' || peek (&scan) == '[') {
      if (scan.depth == depth_max) {
        *at = scan.at;
        return JSON_CHECK_DEPTH;
      }
      good = scan_open (&scan, &over);
    } else {
      good = scan_scalar (&scan);
      over = TRUE;
    }
    if (good && over)
      good = scan_after (&scan, &value);
  }
  *at = scan.at;
  return good ? JSON_CHECK_GOOD : JSON_CHECK_SYNTAX;
}
