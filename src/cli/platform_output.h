/* platform_output.h: what is said of the platforms of sessions after lists or an event
 * file were loaded (counts/platform.h).
 *
 * Threads: the main thread only. */
#pragma once

#include "journal/journal.h"

/* Notes on standard error, the first PLATFORM_OUTPUT_MOST of them; a replica that cannot
 * be read says so there too, and nothing is undone. Each names whom it is about, by the
 * place in the list that was read (@places: reference → "list.csv:12"; may be NULL), and
 * what to do. */
#define PLATFORM_OUTPUT_MOST 20
void platform_output (Journal *journal, GHashTable *places);
