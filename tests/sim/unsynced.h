/* unsynced.h: the bytes of one file, and what a power cut leaves of them.
 *
 * What is written is there at once, as on a machine that runs, and is remembered
 * until the file is synced: each of these writes may then be kept, lost, or torn at a
 * border of sectors.
 *
 * Knows neither SQLite nor disks. Threads: one at a time, whichever. */
#pragma once

#include <glib.h>

#define UNSYNCED_SECTOR_BYTES 512

typedef struct _Unsynced Unsynced;

Unsynced *unsynced_new (void);
void unsynced_free (Unsynced *file);

gint64 unsynced_size (const Unsynced *file);
/* FALSE: the file ends before; zeros stand for the rest. */
gboolean unsynced_read (const Unsynced *file, gint64 offset, void *data, gsize length);
/* @number: which of the disk's operations it is; they only grow. */
void unsynced_write (Unsynced *file, gint64 offset, const void *data, gsize length, guint64 number);
/* Shorter, or longer with zeros; only what is cut off can come back. */
void unsynced_truncate (Unsynced *file, gint64 size, guint64 number);
void unsynced_sync (Unsynced *file);
/* The file is these bytes, synced. */
void unsynced_set (Unsynced *file, const guint8 *data, gsize length);

/* How a disk deals with what it was not told to keep. */
typedef enum {
  LEFT_NOTHING,
  LEFT_ALL,
  LEFT_FIRST, /* what came first, the last of it torn */
  LEFT_SOME,  /* any sectors of any writes */
  LEFT_COUNT
} UnsyncedLeft;

typedef struct {
  UnsyncedLeft left;
  guint64 until; /* LEFT_FIRST: the number of the write that is torn */
  GRand *chance;
} UnsyncedFate;
/* One way by chance; whoever knows all files of the disk says which write is torn. */
UnsyncedFate unsynced_fate (GRand *chance);
/* Widens *@first to *@last by the numbers of what is not synced. */
void unsynced_span (const Unsynced *file, guint64 *first, guint64 *last);
/* What is left. Free with g_byte_array_unref(). */
GByteArray *unsynced_left (const Unsynced *file, const UnsyncedFate *fate);
