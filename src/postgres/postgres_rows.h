/* postgres_rows.h: columns of many rows as PostgreSQL's array literals, and back. Only
 * postgres/ includes this. Threads: any. Nothing here blocks. */
#pragma once

#include "core/hash.h"

#include <glib.h>

/* A text[], bigint[] or bytea[] that is being written: begin with g_string_new ("{"). */
void postgres_rows_add_text (GString *array, const char *text); /* NULL: NULL */
void postgres_rows_add_int (GString *array, gint64 number);
void postgres_rows_add_hash (GString *array, const Hash *hash);
void postgres_rows_end (GString *array);
/* From a bytea as text, "\x…"; all zero where it is none. */
void postgres_rows_hash (const char *text, Hash *hash);
