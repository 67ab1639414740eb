/* guest_name.h: what a count's list calls a person. Threads: as the Journal. */
#pragma once

#include "journal/query.h"

/* Of the row's columns from @family on: family, given, name_zh, protocol. "" for a
 * guest of the protocol. Free with g_free(). */
char *guest_name_of (Query *query, int family);
