/* person_file.h: all that a replica holds about one person: what a person may ask for.
 *
 * Facts, not projections: what she was called before a correction, which station saw her,
 * what a desk wrote about her. Also those that are kept apart, and those whose body was
 * erased. Not in it: the hash of a volunteer's PIN, and names of others (who has taken a
 * badge is told, since it was told about her).
 *
 * Threads: as the Journal. Blocks on disk, some milliseconds. */
#pragma once

#include "journal/journal.h"
#include "roster/delegate.h"

#define PERSON_FILE_ERROR person_file_error_quark ()
GQuark person_file_error_quark (void);
typedef enum {
  PERSON_FILE_ERROR_NOBODY, /* nothing is held under this reference */
} PersonFileError;

/* Texts are "" where there is nothing. */
typedef struct {
  char *kind, *subject, *station;
  char *body; /* NULL once erased */
  gint64 seq, at_ms;
  char *place_fr, *place_zh, *place_kind; /* of a passage */
} PersonFact;

typedef struct {
  char *reference;
  Delegate *delegate; /* as registered now; NULL for nobody any more */
  GPtrArray *facts;   /* PersonFact, by time */
} PersonFile;

PersonFile *person_file_read (Journal *journal, const char *reference, GError **error);
void person_file_free (PersonFile *file);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PersonFile, person_file_free)
/* One object on one line: reference, at, station (whose replica it was), registration,
 * facts. Times are ISO 8601 in @zone. Free with g_free(). */
char *person_file_json (const PersonFile *file, Journal *journal, GTimeZone *zone);
