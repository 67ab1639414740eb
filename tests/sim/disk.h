/* disk.h: disks that can lose their power: an SQLite VFS whose files are memory.
 *
 * A Disk has one database and its log; other files are the real VFS's. What SQLite
 * writes to a file is in the file at once, as on a machine that runs, and is remembered
 * until the file is
 * synced. When the power goes, all calls fail; when it comes back, each write that was
 * not synced has been kept, lost, or torn at a border of sectors, as chance has it.
 *
 * A replica is opened only where its path is a file (journal.h), which stays empty.
 *
 * Threads: one at a time, whichever. */
#pragma once

#include <glib.h>

typedef struct _Disk Disk;

/* Makes the VFS SQLite's default; once, before the first Disk. */
void disk_install (void);

/* @db: the path of the database. */
Disk *disk_new (const char *db);
void disk_free (Disk *disk); /* nobody has a file of it open */

/* Whether that is a file of any Disk. */
gboolean disk_holds (const char *path);
/* The database is these bytes, and there is no log; power and room are back. Who has it
 * open, outside a transaction, reads the new one (handles.h). */
void disk_load (Disk *disk, GBytes *bytes);
/* As when no program of the machine has its files open any more: what they had in common
 * in memory is gone. */
void disk_forget (Disk *disk);

/* Writes, syncs, truncations and deletions so far. */
guint64 disk_operations (const Disk *disk);
/* Called before each of them. */
typedef void (*DiskWatch) (Disk *disk, gpointer data);
void disk_watch (Disk *disk, DiskWatch watch, gpointer data);

/* The power goes when this operation (of disk_operations()) is due; 0: never. */
void disk_cut_at (Disk *disk, guint64 operation);
/* It goes now. */
void disk_cut (Disk *disk);
gboolean disk_is_cut (const Disk *disk);
/* Only the programs ended: all that they wrote is there. */
void disk_revive (Disk *disk);
/* The power comes back. */
void disk_mend (Disk *disk, GRand *chance);
/* Makes of @to what the disk's files would be if the power went now. */
void disk_image (Disk *disk, GRand *chance, Disk *to);

/* Nothing more fits: what would make a file longer fails. */
void disk_set_full (Disk *disk, gboolean full);
/* A disk that says that it has synced and has not: what no program can bear. */
void disk_set_lying (Disk *disk, gboolean lying);
