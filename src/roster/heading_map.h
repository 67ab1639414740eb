/* heading_map.h: what an organiser has said that the headings of a list mean, where the
 * table of heading.h does not know them: “Dossier n°” is the reference.
 *
 * A meaning is a heading that is known, in any language, or an event's name; an empty
 * one passes the column over. Headings are compared without capitals, accents and
 * punctuation.
 *
 * What was said of a list is remembered on this replica alone, by the list's name: the
 * next file of that name needs no word.
 *
 * Threads: a HeadingMap is used by one thread at a time; what takes a Journal blocks on
 * disk. */
#pragma once

#include "journal/journal.h"

#define HEADING_MAP_MAX 200 /* headings */

typedef struct _HeadingMap HeadingMap;

HeadingMap *heading_map_new (void);
void heading_map_free (HeadingMap *map);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeadingMap, heading_map_free)

/* In place of what was said of @heading before. FALSE if there are too many. */
gboolean heading_map_add (HeadingMap *map, const char *heading, const char *meaning);
/* NULL if nothing was said of @heading. @map may be NULL. */
const char *heading_map_find (const HeadingMap *map, const char *heading);
/* The headings, as they were written when they were added; free with g_strfreev(). */
char **heading_map_headings (const HeadingMap *map);
gboolean heading_map_equal (const HeadingMap *a, const HeadingMap *b);

/* What is remembered of the list @list: never NULL without @error. */
HeadingMap *heading_map_load (Journal *journal, const char *list, GError **error);
/* Remembers it; needs a transaction. */
gboolean heading_map_save (Journal *journal, const char *list, const HeadingMap *map,
                           GError **error);
