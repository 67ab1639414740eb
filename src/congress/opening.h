/* opening.h: when a checkpoint is open, as its definition says.
 * Threads: reentrant. Nothing here blocks. */
#pragma once

#include "congress/days.h"

typedef struct {
  const char *day;             /* ISO date */
  gint from_minute, to_minute; /* minutes of the day at the venue; to_minute exclusive, may exceed
                                  1440 for past midnight */
} Opening;

/* The openings of a checkpoint (JSON: [{"day":"26","from":"7:30","to":"25:30"}]): GArray
 * of Opening, whose days are those of @days. A day that the congress no longer has is
 * "", and so never comes: the checkpoint does not turn into one that is always open. */
GArray *opening_read (const GPtrArray *days, const char *json);
