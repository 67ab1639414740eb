/* participation.h: what one delegate took part in, from her passages: on which days
 * she was admitted at an entrance, at which sessions' doors.
 *
 * Threads: as the Journal. Blocks on disk. */
#pragma once

#include "journal/journal.h"

typedef struct {
  char **days;     /* ISO dates, in order; on them she was admitted at an entrance */
  char **sessions; /* ids, by when she came: she was admitted at the door */
} Participation;
void participation_clear (Participation *participation);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Participation, participation_clear)

/* @participation must be zeroed before its first use. */
gboolean participation_read (Journal *journal, const char *reference, Participation *participation,
                             GError **error);
