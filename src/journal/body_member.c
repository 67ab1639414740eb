#include "journal/body_member.h"

#include "core/json.h"
#include "core/json_members.h"

#include <errno.h>
#include <string.h>

/* The body that was asked about last, taken apart. */
typedef struct {
  GString *body;
  GArray *members; /* JsonMember, into @body */
} Apart;

static void apart_free (gpointer data)
{
  Apart *apart = data;

  g_string_free (apart->body, TRUE);
  g_array_unref (apart->members);
  g_free (apart);
}

static void take_apart (Apart *apart, const char *body, gsize length)
{
  JsonMembers members;
  JsonMember member;

  if (apart->body->len == length && memcmp (apart->body->str, body, length) == 0)
    return;
  g_string_truncate (apart->body, 0);
  g_string_append_len (apart->body, body, (gssize) length);
  g_array_set_size (apart->members, 0);
  if (!json_members_start (&members, apart->body->str, length) || !members.object)
    return;
  while (json_members_next (&members, &member))
    g_array_append_val (apart->members, member);
}

/* The first of that name, as SQLite has it. */
static const JsonMember *find (const Apart *apart, const char *name, gsize length)
{
  for (guint i = 0; i < apart->members->len; i++) {
    const JsonMember *member = &g_array_index (apart->members, JsonMember, i);
    if (member->name_length == length && memcmp (member->name, name, length) == 0)
      return member;
  }
  return NULL;
}

static void give_string (sqlite3_context *context, const JsonMember *member)
{
  g_autofree char *array = NULL;
  g_autoptr (JsonIn) in = NULL;
  const char *text;

  if (memchr (member->text, '\\', member->length) == NULL) {
    sqlite3_result_text (context, member->text, (int) member->length, SQLITE_TRANSIENT);
    return;
  }
  array = g_strdup_printf ("[\"%.*s\"]", (int) member->length, member->text);
  in = json_in_parse (array, -1, NULL);
  text = in != NULL ? json_in_element_string (json_in_root (in), 0) : NULL;
  if (text != NULL)
    sqlite3_result_text (context, text, -1, SQLITE_TRANSIENT);
}

static void give_number (sqlite3_context *context, const JsonMember *member)
{
  g_autofree char *text = g_strndup (member->text, member->length);
  char *end;
  gint64 number;

  errno = 0;
  number = g_ascii_strtoll (text, &end, 10);
  if (*end == '\0' && errno == 0)
    sqlite3_result_int64 (context, number);
  else
    sqlite3_result_double (context, g_ascii_strtod (text, NULL));
}

/* An array or object as JSON without spaces between its parts. */
static void give_json (sqlite3_context *context, const JsonMember *member)
{
  GString *text = g_string_sized_new (member->length);
  gboolean quoted = FALSE;
  gsize length;

  for (gsize i = 0; i < member->length; i++) {
    char c = member->text[i];
    if (!quoted && strchr (" \t\r\n", c) != NULL)
      continue;
    g_string_append_c (text, c);
    if (quoted && c == '\\' && i + 1 < member->length)
      g_string_append_c (text, member->text[++i]);
    else if (c == '"')
      quoted = !quoted;
  }
  length = text->len;
  sqlite3_result_text (context, g_string_free (text, FALSE), (int) length, g_free);
}

static void give (sqlite3_context *context, const JsonMember *member)
{
  switch (member->type) {
  case JSON_MEMBER_STRING:
    give_string (context, member);
    break;
  case JSON_MEMBER_NUMBER:
    give_number (context, member);
    break;
  case JSON_MEMBER_BOOL:
    sqlite3_result_int (context, *member->text == 't');
    break;
  case JSON_MEMBER_NULL:
    break;
  case JSON_MEMBER_ARRAY:
  case JSON_MEMBER_OBJECT:
    give_json (context, member);
    break;
  }
}

static void body_member (sqlite3_context *context, int count, sqlite3_value **values)
{
  Apart *apart = sqlite3_user_data (context);
  const char *body = (const char *) sqlite3_value_text (values[0]),
             *name = (const char *) sqlite3_value_text (values[1]);
  const JsonMember *member;

  if (body == NULL || name == NULL)
    return;
  take_apart (apart, body, (gsize) sqlite3_value_bytes (values[0]));
  member = find (apart, name, (gsize) sqlite3_value_bytes (values[1]));
  if (member != NULL)
    give (context, member);
}

int body_member_register (sqlite3 *db)
{
  Apart *apart = g_new0 (Apart, 1);

  apart->body = g_string_new (NULL);
  apart->members = g_array_new (FALSE, FALSE, sizeof (JsonMember));
  return sqlite3_create_function_v2 (db, "body_member", 2, SQLITE_UTF8 | SQLITE_DETERMINISTIC,
                                     apart, body_member, NULL, NULL, apart_free);
}
