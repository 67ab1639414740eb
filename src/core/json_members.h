/* json_members.h: walks the members of one JSON object, or the elements of one array,
 * without building a tree: for checks of many small texts.
 *
 * The text must have passed json_check(). What a member's value holds is skipped, not
 * looked at; walk into it with json_members_start() on its span. Names and strings are
 * given as they stand in the text, escapes and all.
 * Threads: reentrant. Nothing here fails, blocks or takes memory.  */
#pragma once

#include <glib.h>

typedef enum {
  JSON_MEMBER_STRING, /* its span is without the quotes */
  JSON_MEMBER_NUMBER,
  JSON_MEMBER_BOOL,
  JSON_MEMBER_NULL,
  JSON_MEMBER_ARRAY,
  JSON_MEMBER_OBJECT,
} JsonMemberType;

typedef struct {
  const char *name; /* NULL in an array */
  gsize name_length;
  JsonMemberType type;
  const char *text; /* of the value */
  gsize length;
} JsonMember;

typedef struct {
  const char *at, *end;
  gboolean object;
} JsonMembers;

/* FALSE if the text is neither an object nor an array. */
gboolean json_members_start (JsonMembers *members, const char *text, gsize length);
/* FALSE at the end. */
gboolean json_members_next (JsonMembers *members, JsonMember *member);
