/* disk.h: disks that can lose their power: an SQLite VFS over the real one.
 *
 * A Disk is a folder. What SQLite writes to a file of it is in the file at once, as on a
 * machine that runs, and is remembered until the file is synced. When the power goes, all
 * calls fail; when it comes back, each write that was not synced has been kept, lost, or
 * torn at a border of sectors, as chance has it. Files that are no Disk's are the real
 * VFS's alone.
 *
 * Threads: one at a time, whichever. */
#pragma once

#include <glib.h>

#define DISK_SECTOR_BYTES 512

typedef struct _Disk Disk;

/* Makes the VFS SQLite's default; once, before the first Disk. */
void disk_install (void);

Disk *disk_new (const char *folder);
void disk_free (Disk *disk);

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
/* It comes back; nobody may have a file of the disk open. */
void disk_mend (Disk *disk, GRand *chance);
/* Writes into @folder what the disk's files would be if the power went now. */
void disk_image (Disk *disk, GRand *chance, const char *folder);

/* Nothing more fits: what would make a file longer fails. */
void disk_set_full (Disk *disk, gboolean full);
/* A disk that says that it has synced and has not: what no program can bear. */
void disk_set_lying (Disk *disk, gboolean lying);
