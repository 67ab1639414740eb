/* body_member.h: body_member (body, name), an SQL function of ours for triggers that
 * read many members of one body: what `body ->> name` is, at a fraction of its time.
 * The body is taken apart once for all members that are asked for one after the
 * other.
 *
 * The body has passed fact_form_is_object(); of what is no object it gives NULL.
 * Threads: as the connection. Nothing here blocks. */
#pragma once

#include <sqlite3.h>

/* An SQLite result code. */
int body_member_register (sqlite3 *db);
