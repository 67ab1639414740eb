/* platform.h: what the steering committee wishes of a workshop, held against who has a
 * role in it: said, never forbidden.
 *
 * - at most PLATFORM_MOST people on the platform, moderators and chair among them;
 * - three French and three Chinese: as many of the one side as of the other;
 * - moderators in a Franco-Chinese pair;
 * - speakers of several kinds: not all of one category;
 * - nobody with roles in two sessions at one time.
 *
 * The French and the Chinese are sides as figures.h means them.
 * Threads: as the Journal. Blocks on disk. */
#pragma once

#include "journal/journal.h"

#define PLATFORM_MOST 6

typedef enum {
  PLATFORM_CROWDED,      /* `count` people, more than PLATFORM_MOST */
  PLATFORM_UNEVEN,       /* `count` French and `other_count` Chinese */
  PLATFORM_NO_PAIR,      /* moderators of one side only */
  PLATFORM_ONE_CATEGORY, /* all speakers, two or more, are of `category` */
  PLATFORM_TWO_ROOMS,    /* `reference` is in `session` and in `other` at one time */
  PLATFORM_UNKNOWN,      /* the event file has no such `session` (any more); `reference` */
  PLATFORM_STRANGER,     /* the event file gives a role to `count` people who are not registered */
  PLATFORM_RULES
} PlatformRule;

typedef struct {
  PlatformRule rule;
  char *session, *other, *reference, *category; /* "" where there is none */
  char **people; /* references of whom it speaks, in the cast's order */
  guint count, other_count;
} PlatformRemark;

/* Of all sessions in order, or of @session (NULL: all), and those of the event file who are
 * not registered: PlatformRemark; free with g_ptr_array_unref(). */
GPtrArray *platform_read (Journal *journal, const char *session, GError **error);
/* What to do about it, as a sentence in the organiser's language; static. */
const char *platform_remark_remedy (const PlatformRemark *remark);
/* "crowded" "uneven" "no-pair" "one-category" "two-rooms" "unknown" "stranger" */
const char *platform_rule_name (PlatformRule rule);
/* What is said of it to an organiser; free with g_free(). */
char *platform_remark_text (const PlatformRemark *remark);
