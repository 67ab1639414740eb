#include "core/json.h"

#include "core/json_check.h"
#include "core/words.h"

#include <json-glib/json-glib.h>
#include <string.h>

G_DEFINE_QUARK (json - in - error - quark, json_in_error)

struct _JsonIn {
  JsonNode *root;
};

JsonIn *json_in_parse (const char *text, gssize length, GError **error)
{
  gsize size = length < 0 ? strlen (text) : (gsize) length;
  g_autoptr (JsonParser) parser = NULL;
  g_autoptr (GError) cause = NULL;
  JsonCheck check = JSON_CHECK_DEPTH;
  gsize at = 0;
  JsonIn *in;

  if (size > JSON_BYTES_MAX
      || (check = json_check (text, size, JSON_DEPTH_MAX, &at)) == JSON_CHECK_DEPTH) {
    g_set_error (error, JSON_ERROR, JSON_ERROR_TOO_BIG,
                 _ ("JSON of %zu bytes is larger than %d bytes or nested deeper than %d"), size,
                 JSON_BYTES_MAX, JSON_DEPTH_MAX);
    return NULL;
  }
  if (!g_utf8_validate (text, (gssize) size, NULL)) {
    g_set_error (error, JSON_ERROR, JSON_ERROR_SYNTAX, "%s", _ ("JSON is not UTF-8"));
    return NULL;
  }
  if (check != JSON_CHECK_GOOD) {
    g_set_error (error, JSON_ERROR, JSON_ERROR_SYNTAX, _ ("no JSON: fault at byte %zu"), at + 1);
    return NULL;
  }
  parser = json_parser_new_immutable ();
  if (!json_parser_load_from_data (parser, text, (gssize) size, &cause)) {
    g_set_error (error, JSON_ERROR, JSON_ERROR_SYNTAX, _ ("no JSON: %s"), cause->message);
    return NULL;
  }
  in = g_new0 (JsonIn, 1);
  in->root = json_parser_steal_root (parser);
  if (in->root == NULL)
    in->root = json_node_init_null (json_node_alloc ());
  return in;
}

void json_in_free (JsonIn *in)
{
  if (in == NULL)
    return;
  json_node_unref (in->root);
  g_free (in);
}

JsonValue *json_in_root (JsonIn *in)
{
  return in->root;
}

gboolean json_in_is_object (JsonValue *value)
{
  return value != NULL && JSON_NODE_HOLDS_OBJECT (value);
}

static gboolean json_in_is_array (JsonValue *value)
{
  return value != NULL && JSON_NODE_HOLDS_ARRAY (value);
}

JsonValue *json_in_member (JsonValue *object, const char *key)
{
  return json_in_is_object (object) ? json_object_get_member (json_node_get_object (object), key)
                                    : NULL;
}

gboolean json_in_has (JsonValue *object, const char *key)
{
  return json_in_member (object, key) != NULL;
}

static const char *string_of (JsonValue *value)
{
  return value != NULL && JSON_NODE_HOLDS_VALUE (value)
                 && json_node_get_value_type (value) == G_TYPE_STRING
             ? json_node_get_string (value)
             : NULL;
}

const char *json_in_string (JsonValue *object, const char *key)
{
  return string_of (json_in_member (object, key));
}

gint64 json_in_int (JsonValue *object, const char *key)
{
  JsonValue *value = json_in_member (object, key);

  return value != NULL && JSON_NODE_HOLDS_VALUE (value)
                 && json_node_get_value_type (value) == G_TYPE_INT64
             ? json_node_get_int (value)
             : 0;
}

gboolean json_in_bool (JsonValue *object, const char *key)
{
  JsonValue *value = json_in_member (object, key);

  return value != NULL && JSON_NODE_HOLDS_VALUE (value)
         && json_node_get_value_type (value) == G_TYPE_BOOLEAN && json_node_get_boolean (value);
}

char **json_in_keys (JsonValue *object)
{
  g_autoptr (GStrvBuilder) keys = g_strv_builder_new ();
  GList *members
      = json_in_is_object (object) ? json_object_get_members (json_node_get_object (object)) : NULL;
  for (GList *at = members; at != NULL; at = at->next)
    g_strv_builder_add (keys, at->data);
  g_list_free (members);
  return g_strv_builder_end (keys);
}

guint json_in_length (JsonValue *array)
{
  return json_in_is_array (array) ? json_array_get_length (json_node_get_array (array)) : 0;
}

JsonValue *json_in_element (JsonValue *array, guint index)
{
  return index < json_in_length (array)
             ? json_array_get_element (json_node_get_array (array), index)
             : NULL;
}

const char *json_in_element_string (JsonValue *array, guint index)
{
  return string_of (json_in_element (array, index));
}

static char **strings_of (JsonValue *array)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < json_in_length (array); i++) {
    const char *text = json_in_element_string (array, i);

    if (text != NULL)
      g_strv_builder_add (builder, text);
  }
  return g_strv_builder_end (builder);
}

char **json_in_strings (JsonValue *object, const char *key)
{
  return strings_of (json_in_member (object, key));
}

char **json_in_strings_of (const char *text)
{
  g_autoptr (JsonIn) in = json_in_parse (text, -1, NULL);

  return strings_of (in != NULL ? json_in_root (in) : NULL);
}

/* Writing: straight into the text; a body of facts is written for each row of a list,
 * and a tree of nodes for each cost more than the row. */

struct _JsonOut {
  GString *text;
};

JsonOut *json_out_new (void)
{
  JsonOut *out = g_new0 (JsonOut, 1);

  out->text = g_string_sized_new (256);
  return out;
}

void json_out_free (JsonOut *out)
{
  if (out == NULL)
    return;
  if (out->text != NULL)
    g_string_free (out->text, TRUE);
  g_free (out);
}

static void put_quoted (GString *text, const char *value)
{
  g_string_append_c (text, '"');
  for (const char *at = value;;) {
    const char *plain = at;

    while ((guchar) *at >= ' ' && *at != '"' && *at != '\\' && *at != 0x7f)
      at++;
    g_string_append_len (text, plain, at - plain);
    if (*at == '\0')
      break;
    if (*at == '"' || *at == '\\')
      g_string_append_printf (text, "\\%c", *at);
    else if (*at == '\n')
      g_string_append (text, "\\n");
    else if (*at == '\t')
      g_string_append (text, "\\t");
    else
      g_string_append_printf (text, "\\u%04x", (guint) *at);
    at++;
  }
  g_string_append_c (text, '"');
}

/* The comma before all but a container's first, told by what was written last; then
 * @key. */
static void put_key (JsonOut *out, const char *key)
{
  char last = out->text->len > 0 ? out->text->str[out->text->len - 1] : '[';

  if (last != '{' && last != '[')
    g_string_append_c (out->text, ',');
  if (key == NULL)
    return;
  put_quoted (out->text, key);
  g_string_append_c (out->text, ':');
}

void json_out_begin_object (JsonOut *out, const char *key)
{
  put_key (out, key);
  g_string_append_c (out->text, '{');
}

void json_out_end_object (JsonOut *out)
{
  g_string_append_c (out->text, '}');
}

void json_out_begin_array (JsonOut *out, const char *key)
{
  put_key (out, key);
  g_string_append_c (out->text, '[');
}

void json_out_end_array (JsonOut *out)
{
  g_string_append_c (out->text, ']');
}

void json_out_string (JsonOut *out, const char *key, const char *value)
{
  put_key (out, key);
  if (value != NULL)
    put_quoted (out->text, value);
  else
    g_string_append (out->text, "null");
}

void json_out_int (JsonOut *out, const char *key, gint64 value)
{
  put_key (out, key);
  g_string_append_printf (out->text, "%" G_GINT64_FORMAT, value);
}

void json_out_bool (JsonOut *out, const char *key, gboolean value)
{
  put_key (out, key);
  g_string_append (out->text, value ? "true" : "false");
}

void json_out_strings (JsonOut *out, const char *key, const char *const *values)
{
  json_out_begin_array (out, key);
  for (; values != NULL && *values != NULL; values++)
    json_out_string (out, NULL, *values);
  json_out_end_array (out);
}

void json_out_string_if (JsonOut *out, const char *key, const char *value)
{
  if (value != NULL && *value != '\0')
    json_out_string (out, key, value);
}

void json_out_int_if (JsonOut *out, const char *key, gint64 value)
{
  if (value != 0)
    json_out_int (out, key, value);
}

void json_out_bool_if (JsonOut *out, const char *key, gboolean value)
{
  if (value)
    json_out_bool (out, key, TRUE);
}

void json_out_strings_if (JsonOut *out, const char *key, const char *const *values)
{
  if (values != NULL && *values != NULL)
    json_out_strings (out, key, values);
}

void json_out_raw (JsonOut *out, const char *key, const char *json)
{
  g_autoptr (JsonNode) node = json_from_string (json, NULL);
  g_autofree char *line = node != NULL ? json_to_string (node, FALSE) : NULL;

  if (line == NULL) {
    json_out_string (out, key, json);
    return;
  }
  put_key (out, key);
  g_string_append (out->text, line);
}

char *json_out_finish (JsonOut *out)
{
  char *text = g_string_free (g_steal_pointer (&out->text), FALSE);

  json_out_free (out);
  return text;
}
