#include "http/urlencoded.h"

#include "core/words.h"

#include <string.h>

G_DEFINE_QUARK (urlencoded - error - quark, urlencoded_error)

typedef struct {
  char *name, *value;
} Field;

struct _Urlencoded {
  GArray *fields; /* Field */
};

static void field_clear (gpointer data)
{
  Field *field = data;

  g_free (field->name);
  g_free (field->value);
}

void urlencoded_free (Urlencoded *form)
{
  if (form == NULL)
    return;
  g_array_unref (form->fields);
  g_free (form);
}

/* The byte that the escape at @text, of which @length bytes are left, stands for; -1 if
 * it is none. */
static int escaped (const char *text, gsize length)
{
  int high = length > 2 ? g_ascii_xdigit_value (text[1]) : -1;
  int low = length > 2 ? g_ascii_xdigit_value (text[2]) : -1;

  return high >= 0 && low >= 0 ? high * 16 + low : -1;
}

/* NULL if it is no text. */
static char *decode (const char *text, gsize length)
{
  g_autoptr (GString) out = g_string_sized_new (length);

  for (gsize i = 0; i < length; i++) {
    int byte = text[i] == '+' ? ' ' : text[i];

    if (text[i] == '%') {
      byte = escaped (text + i, length - i);
      i += 2;
      if (byte < 0)
        return NULL;
    }
    g_string_append_c (out, (char) byte);
  }
  if (!g_utf8_validate_len (out->str, out->len, NULL)) /* which refuses NUL too */
    return NULL;
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static gboolean add_field (Urlencoded *form, const char *text, gsize length, GError **error)
{
  const char *equals = memchr (text, '=', length);
  gsize name_length = equals != NULL ? (gsize) (equals - text) : length;
  Field field = { .name = decode (text, name_length) };

  if (equals != NULL)
    field.value = decode (equals + 1, length - name_length - 1);
  else
    field.value = g_strdup ("");
  if (field.name == NULL || field.value == NULL) {
    field_clear (&field);
    g_set_error (error, URLENCODED_ERROR, URLENCODED_ERROR_MALFORMED,
                 _ ("field %u of the form is no text in UTF-8"), form->fields->len + 1);
    return FALSE;
  }
  if (form->fields->len == URLENCODED_FIELDS_MAX) {
    field_clear (&field);
    g_set_error (error, URLENCODED_ERROR, URLENCODED_ERROR_TOO_MANY,
                 _ ("there are more than %d fields in the form"), URLENCODED_FIELDS_MAX);
    return FALSE;
  }
  g_array_append_val (form->fields, field);
  return TRUE;
}

Urlencoded *urlencoded_parse (const char *text, gsize length, GError **error)
{
  g_autoptr (Urlencoded) form = g_new0 (Urlencoded, 1);
  const char *end = text + length;

  form->fields = g_array_new (FALSE, FALSE, sizeof (Field));
  g_array_set_clear_func (form->fields, field_clear);
  while (text < end) {
    const char *amp = memchr (text, '&', (gsize) (end - text));
    gsize field = (gsize) ((amp != NULL ? amp : end) - text);

    if (field > 0 && !add_field (form, text, field, error))
      return NULL;
    text += field + 1;
  }
  return g_steal_pointer (&form);
}

const char *urlencoded_value (const Urlencoded *form, const char *name)
{
  for (guint i = 0; i < form->fields->len; i++) {
    const Field *field = &g_array_index (form->fields, Field, i);

    if (strcmp (field->name, name) == 0)
      return field->value;
  }
  return NULL;
}
