/* checkup.h: the list that `accueil doctor` prints: what was looked at, how it is, and
 * what to do about it.
 * Threads: the main thread only. */
#pragma once

#include "core/checkup_line.h"

typedef struct {
  CheckupTally tally; /* so far */
} Checkup;

/* One line: "✓ topic  text", and under it the remedy, which may be NULL. */
void checkup_say (Checkup *checkup, CheckupState state, const char *topic, const char *remedy,
                  const char *format, ...) G_GNUC_PRINTF (5, 6);

/* What belongs to the machine and not to the replica: fonts and the badge template,
 * printers, readers, disk space beside @db, whether its volume is encrypted, the modes
 * of its files. */
void checkup_badge (Checkup *checkup);
void checkup_printers (Checkup *checkup);
void checkup_readers (Checkup *checkup);
void checkup_disk (Checkup *checkup, const char *db);
void checkup_volume (Checkup *checkup, const char *db);
void checkup_modes (Checkup *checkup, const char *db);
