/* zip_part.h: one part of a ZIP archive (a workbook is one) as a stream of bytes, through
 * libarchive.
 *
 * An archive is something that a stranger made: a part is read piece by piece, gives
 * ZIP_PART_BYTES_MAX bytes at most, however small it is in the archive, and no more than
 * ZIP_PARTS_MAX names are looked at. Nothing is ever written to a disk.
 *
 * Must not know: what the parts hold.
 * Threads: a ZipPart is used by one thread at a time. Blocks on reading mapped pages.  */
#pragma once

#include <glib.h>

#define ZIP_PARTS_MAX 10000
#define ZIP_PART_BYTES_MAX (512 * 1024 * 1024)

typedef struct _ZipPart ZipPart;

/* Called with the name of each part, as it stands in the archive. TRUE ends the round. */
typedef gboolean (*ZipPartVisit) (const char *name, gpointer data);

/* IMPORT_ERROR_FORMAT: the archive is damaged. @bytes stay the caller's. */
gboolean zip_part_each (const guint8 *bytes, gsize length, ZipPartVisit visit, gpointer data,
                        GError **error);

/* The part @name; capitals and \ for / make no difference. NULL without @error if there
 * is none, or with IMPORT_ERROR_FORMAT: damaged, encrypted. @bytes must outlive the
 * ZipPart. */
ZipPart *zip_part_open (const guint8 *bytes, gsize length, const char *name, GError **error);
void zip_part_free (ZipPart *part);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZipPart, zip_part_free)

/* Fills @buffer: the number of bytes, 0 at the end, -1 with IMPORT_ERROR_FORMAT: damaged,
 * or over the limit. */
gssize zip_part_read (ZipPart *part, char *buffer, gsize size, GError **error);
