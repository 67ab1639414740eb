#include "office/markup.h"

#include <stdarg.h>
#include <string.h>

typedef enum {
  PLACE_TEXT,
  PLACE_TAG_NAME,  /* behind < */
  PLACE_TAG,       /* between attributes */
  PLACE_ATTRIBUTE, /* in an attribute's name */
  PLACE_VALUE,     /* in quotes */
  PLACE_COMMENT,
} Place;

#define NAME_MAX_BYTES 32

struct _Markup {
  GString *out;
  GPtrArray *kept; /* char * */
  Place place;
  char quote;
  gboolean value_begun;           /* something stands in the attribute already */
  char element[NAME_MAX_BYTES];   /* of the tag, small letters */
  char attribute[NAME_MAX_BYTES]; /* the last one */
};

Markup *markup_new (void)
{
  Markup *markup = g_new0 (Markup, 1);

  markup->out = g_string_sized_new (16 * 1024);
  markup->kept = g_ptr_array_new_with_free_func (g_free);
  return markup;
}

void markup_free (Markup *markup)
{
  if (markup == NULL)
    return;
  if (markup->out != NULL)
    g_string_free (markup->out, TRUE);
  g_ptr_array_unref (markup->kept);
  g_free (markup);
}

char *markup_finish (Markup *markup)
{
  char *text = g_string_free (g_steal_pointer (&markup->out), FALSE);

  markup_free (markup);
  return text;
}

const char *markup_keep (Markup *markup, char *text)
{
  g_ptr_array_add (markup->kept, text);
  return text;
}

/* Where a slot stands ---------------------------------------------------------------- */

static void lengthen (char *name, char c)
{
  gsize length = strlen (name);

  if (length + 1 < NAME_MAX_BYTES) {
    name[length] = g_ascii_tolower (c);
    name[length + 1] = '\0';
  }
}

static void follow_tag (Markup *markup, char c)
{
  if (c == '>')
    markup->place = PLACE_TEXT;
  else if (c == '"' || c == '\'') {
    markup->place = PLACE_VALUE;
    markup->quote = c;
    markup->value_begun = FALSE;
  } else if (!g_ascii_isspace (c) && c != '=' && c != '/') {
    markup->place = PLACE_ATTRIBUTE;
    markup->attribute[0] = '\0';
    lengthen (markup->attribute, c);
  }
}

/* One character of a template. */
static void follow (Markup *markup, char c)
{
  g_string_append_c (markup->out, c);
  switch (markup->place) {
  case PLACE_TEXT:
    if (c == '<') {
      markup->place = PLACE_TAG_NAME;
      markup->element[0] = '\0';
    }
    break;
  case PLACE_TAG_NAME:
    if (c == '>' || g_ascii_isspace (c))
      markup->place = c == '>' ? PLACE_TEXT : PLACE_TAG;
    else
      lengthen (markup->element, c);
    if (strcmp (markup->element, "!--") == 0)
      markup->place = PLACE_COMMENT;
    break;
  case PLACE_TAG:
    follow_tag (markup, c);
    break;
  case PLACE_ATTRIBUTE:
    if (c == '>' || c == '=' || g_ascii_isspace (c))
      markup->place = c == '>' ? PLACE_TEXT : PLACE_TAG;
    else
      lengthen (markup->attribute, c);
    break;
  case PLACE_VALUE:
    if (c == markup->quote)
      markup->place = PLACE_TAG;
    markup->value_begun = TRUE;
    break;
  case PLACE_COMMENT:
    if (g_str_has_suffix (markup->out->str, "-->"))
      markup->place = PLACE_TEXT;
    break;
  default:
    g_assert_not_reached ();
  }
}

static gboolean is_one_of (const char *name, const char *const *names)
{
  return g_strv_contains (names, name);
}

/* Escaping --------------------------------------------------------------------------- */

static void put_reference (GString *out, gunichar c)
{
  switch (c) {
  case '&':
    g_string_append (out, "&amp;");
    break;
  case '<':
    g_string_append (out, "&lt;");
    break;
  case '>':
    g_string_append (out, "&gt;");
    break;
  case '"':
    g_string_append (out, "&#34;");
    break;
  case '\'':
    g_string_append (out, "&#39;");
    break;
  default:
    g_string_append_unichar (out, c);
  }
}

static gboolean is_control (gunichar c)
{
  return (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7f && c < 0xa0);
}

static void put_text (GString *out, const char *value)
{
  g_autofree char *valid = g_utf8_make_valid (value, -1);

  for (const char *p = valid; *p != '\0'; p += g_utf8_skip[(guchar) *p]) {
    gunichar c = g_utf8_get_char (p);

    put_reference (out, is_control (c) ? 0xfffd : c);
  }
}

/* Within an address: nothing but unreserved characters stays as it is. */
static void put_part (GString *out, const char *value)
{
  g_autofree char *encoded = g_uri_escape_string (value, NULL, FALSE);

  g_string_append (out, encoded);
}

static void put_address (GString *out, const char *value)
{
  gboolean own = value[0] == '#' || value[0] == '?'
                 || (value[0] == '/' && value[1] != '/' && value[1] != '\\');

  if (own && strpbrk (value, "\t\r\n") == NULL)
    put_text (out, value);
  else
    g_string_append_c (out, '#');
}

static void fill (Markup *markup, const char *value)
{
  static const char *const SCRIPTS[] = { "script", "style", NULL };
  static const char *const ADDRESSES[]
      = { "href", "src", "action", "formaction", "srcset", "poster", "data", NULL };
  gboolean begun = markup->value_begun;

  if (markup->place == PLACE_TEXT && !is_one_of (markup->element, SCRIPTS))
    put_text (markup->out, value);
  else if (markup->place == PLACE_VALUE && !g_str_has_prefix (markup->attribute, "on")
           && strcmp (markup->attribute, "style") != 0) {
    markup->value_begun = TRUE;
    if (!is_one_of (markup->attribute, ADDRESSES))
      put_text (markup->out, value);
    else if (begun)
      put_part (markup->out, value);
    else
      put_address (markup->out, value);
  } else
    g_critical ("a slot of a page stands where nothing can be escaped, and is left empty: “%s”",
                markup->out->str + (markup->out->len > 40 ? markup->out->len - 40 : 0));
}

/* Templates -------------------------------------------------------------------------- */

void markup_add (Markup *markup, const char *format, ...)
{
  char number[24];
  va_list arguments;

  va_start (arguments, format);
  for (const char *p = format; *p != '\0'; p++) {
    if (*p != '%' || p[1] == '%') {
      follow (markup, *p);
      p += *p == '%';
    } else if (p[1] == 's') {
      const char *value = va_arg (arguments, const char *);
      fill (markup, value != NULL ? value : "");
      p += 1;
    } else if (p[1] == 'd' || p[1] == 'u') {
      g_snprintf (number, sizeof number, p[1] == 'd' ? "%d" : "%u", va_arg (arguments, int));
      fill (markup, number);
      p += 1;
    } else if (g_str_has_prefix (p, "%lld")) {
      g_snprintf (number, sizeof number, "%lld", va_arg (arguments, long long));
      fill (markup, number);
      p += 3;
    } else
      g_critical ("a page's template has a slot that is not known: %s", p);
  }
  va_end (arguments);
}
