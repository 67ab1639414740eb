#include "core/json_members.h"

static gboolean is_space (char c)
{
  return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

/* Over spaces and @also. */
static void skip (JsonMembers *members, char also)
{
  while (members->at < members->end && (is_space (*members->at) || *members->at == also))
    members->at++;
}

/* Of a number or a word: what is not of it any more. */
static gboolean is_behind (char c)
{
  return is_space (c) || c == ',' || c == ']' || c == '}' || c == '\0';
}

/* From an opening quote: its text, and on to after the closing one. */
static const char *string (JsonMembers *members, gsize *length)
{
  const char *begin = ++members->at;

  while (members->at < members->end && *members->at != '"')
    members->at += *members->at == '\\' ? 2 : 1;
  *length = (gsize) (MIN (members->at, members->end) - begin);
  members->at++;
  return begin;
}

/* Over an object or an array, whatever it holds. */
static void container (JsonMembers *members)
{
  guint depth = 0;
  gsize length;

  do {
    char c = *members->at;

    if (c == '"') {
      string (members, &length);
      continue;
    }
    if (c == '{' || c == '[')
      depth++;
    else if (c == '}' || c == ']')
      depth--;
    members->at++;
  } while (depth > 0 && members->at < members->end);
}

static JsonMemberType type_of (char first)
{
  switch (first) {
  case '"':
    return JSON_MEMBER_STRING;
  case '{':
    return JSON_MEMBER_OBJECT;
  case '[':
    return JSON_MEMBER_ARRAY;
  case 'n':
    return JSON_MEMBER_NULL;
  case 't':
  case 'f':
    return JSON_MEMBER_BOOL;
  default:
    return JSON_MEMBER_NUMBER;
  }
}

gboolean json_members_start (JsonMembers *members, const char *text, gsize length)
{
  *members = (JsonMembers){ .at = text, .end = text + length };
  skip (members, ' ');
  if (members->at == members->end || (*members->at != '{' && *members->at != '['))
    return FALSE;
  members->object = *members->at++ == '{';
  return TRUE;
}

gboolean json_members_next (JsonMembers *members, JsonMember *member)
{
  *member = (JsonMember){ 0 };
  skip (members, ',');
  if (members->at >= members->end || *members->at == '}' || *members->at == ']')
    return FALSE;
  if (members->object) {
    member->name = string (members, &member->name_length);
    skip (members, ':');
  }
  member->type = type_of (*members->at);
  member->text = members->at;
  if (member->type == JSON_MEMBER_STRING) {
    member->text = string (members, &member->length);
    return TRUE;
  }
  if (member->type == JSON_MEMBER_OBJECT || member->type == JSON_MEMBER_ARRAY)
    container (members);
  else
    while (members->at < members->end && !is_behind (*members->at))
      members->at++;
  member->length = (gsize) (members->at - member->text);
  return TRUE;
}
