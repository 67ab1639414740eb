/* check_people.h: people whose badges are hard to set: the longest names, posts and
 * categories that a congress really has, in both scripts.
 * Threads: reentrant. */
#pragma once

#include "badge/badge_content.h"

#define CHECK_PEOPLE 4

/* @i is less than CHECK_PEOPLE; all that is pointed to is static. */
BadgeContent check_person (guint i);
