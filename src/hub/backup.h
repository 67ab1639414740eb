/* backup.h: copies of the hub's replica for the day when its disk is lost: made while
 * it runs, proved before they are kept, and thinned out by age.
 *
 * A copy is made beside the replica, in the folder FILE.backup, and proved there:
 * every chain, then SQLite's own check. Only then it goes to its folder, under a name
 * that sorts by time (accueil-STATION-20161026T081200Z.db), whole or not at all. One
 * that is sealed to a public key (core/sealed.h; its name ends in .sealed) never
 * stands in that folder as it is. Nothing old is removed before the new one is on
 * disk.
 *
 * Of older copies the last one is kept of each of the latest hours, days and weeks
 * (of UTC) that have any: so a machine that was off for long loses none by it.
 * Threads: one. Blocks on disk, with 100,000 people for some seconds. */
#pragma once

#include "journal/journal.h"

#define BACKUP_ERROR backup_error_quark ()
GQuark backup_error_quark (void);
typedef enum {
  BACKUP_ERROR_FOLDER, /* there is no such folder, or nothing can be written there */
  BACKUP_ERROR_TAKEN,  /* another one is under way */
  BACKUP_ERROR_KEEP,   /* how many are to be kept is said wrongly */
  BACKUP_ERROR_COPY,   /* what was read back is not what was written */
  BACKUP_ERROR_EXISTS, /* there is a replica where one is to be restored */
  BACKUP_ERROR_KEY,    /* the copy is sealed, and no key was given */
} BackupError;

typedef struct {
  guint hours, days, weeks;
} BackupKeep;

#define BACKUP_KEEP_USUAL ((BackupKeep){ 24, 7, 8 })
#define BACKUP_KEEP_MAX 10000
/* "24,7,8". */
gboolean backup_read_keep (const char *text, BackupKeep *keep, GError **error);

typedef struct {
  char *path;
  gint64 facts;
  guint kept, removed; /* of this station's in that folder; this one is among the first */
} Backup;
void backup_clear (Backup *backup);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Backup, backup_clear)

/* Copies @journal's replica into @folder, which must exist: a disk that is not mounted is
 * not to be filled beneath. @public (may be NULL): what it is sealed to. */
gboolean backup_make (Journal *journal, Clock clock, const char *folder, const char *public,
                      const BackupKeep *keep, Backup *backup, GError **error);

/* The Unix time of a copy of @station by its name; -1: it is no such name. */
gint64 backup_time_of (const char *name, const char *station);
/* Which of @times (gint64, Unix seconds) are kept: gboolean for each. Free with
 * g_array_unref(). */
GArray *backup_choose (const GArray *times, const BackupKeep *keep);

/* For backup_restore.h too: proves a copy that nobody has open, every chain and SQLite's
 * own check. */
gboolean backup_prove (const char *path, Clock clock, gint64 *facts, GError **error);
