#include "roster/zip_part.h"

#include "core/words.h"
#include "roster/import_fault.h"

#include <archive.h>
#include <archive_entry.h>

struct _ZipPart {
  struct archive *archive;
  guint64 given; /* bytes so far */
};

static gboolean fail_damaged (struct archive *archive, GError **error)
{
  const char *why = archive_error_string (archive);
  g_set_error (error, IMPORT_ERROR, IMPORT_ERROR_FORMAT,
               _ ("the workbook is damaged (%s). Open it in Excel and save it again, or fetch it "
                  "again."),
               why != NULL ? why : "ZIP");
  return FALSE;
}

static struct archive *open_archive (const guint8 *bytes, gsize length, GError **error)
{
  struct archive *archive = archive_read_new ();
  archive_read_support_format_zip_seekable (archive);
  if (archive_read_open_memory (archive, bytes, length) == ARCHIVE_OK)
    return archive;
  fail_damaged (archive, error);
  archive_read_free (archive);
  return NULL;
}

/* The next part's name in @name (valid until the following call); FALSE at the end or
 * with @error. */
static gboolean next_name (struct archive *archive, guint *count, const char **name, GError **error)
{
  struct archive_entry *entry;
  for (;;) {
    int status = archive_read_next_header (archive, &entry);
    if (status == ARCHIVE_EOF)
      return FALSE;
    if (status != ARCHIVE_OK && status != ARCHIVE_WARN)
      return fail_damaged (archive, error);
    if (++*count > ZIP_PARTS_MAX) {
      g_set_error (error, IMPORT_ERROR, IMPORT_ERROR_FORMAT,
                   _ ("it holds more than %d files. This is no workbook."), ZIP_PARTS_MAX);
      return FALSE;
    }
    *name = archive_entry_pathname (entry);
    if (*name != NULL)
      return TRUE;
  }
}

gboolean zip_part_each (const guint8 *bytes, gsize length, ZipPartVisit visit, gpointer data,
                        GError **error)
{
  g_autoptr (GError) failed = NULL;
  struct archive *archive = open_archive (bytes, length, error);
  const char *name;
  guint count = 0;
  if (archive == NULL)
    return FALSE;
  while (next_name (archive, &count, &name, &failed) && !visit (name, data))
    ;
  archive_read_free (archive);
  if (failed == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

static gboolean same_name (const char *a, const char *b)
{
  for (; *a != '\0' && *b != '\0'; a++, b++) {
    char x = *a == '\\' ? '/' : g_ascii_tolower (*a), y = *b == '\\' ? '/' : g_ascii_tolower (*b);
    if (x != y)
      return FALSE;
  }
  return *a == *b;
}

ZipPart *zip_part_open (const guint8 *bytes, gsize length, const char *name, GError **error)
{
  struct archive *archive = open_archive (bytes, length, error);
  const char *found;
  guint count = 0;
  if (archive == NULL)
    return NULL;
  while (next_name (archive, &count, &found, error)) {
    if (!same_name (found, name))
      continue;
    ZipPart *part = g_new0 (ZipPart, 1);
    part->archive = archive;
    return part;
  }
  archive_read_free (archive);
  return NULL;
}

void zip_part_free (ZipPart *part)
{
  if (part == NULL)
    return;
  archive_read_free (part->archive);
  g_free (part);
}

gssize zip_part_read (ZipPart *part, char *buffer, gsize size, GError **error)
{
  la_ssize_t got = archive_read_data (part->archive, buffer, size);
  if (got < 0) {
    fail_damaged (part->archive, error);
    return -1;
  }
  part->given += (guint64) got;
  if (part->given <= ZIP_PART_BYTES_MAX)
    return got;
  g_set_error (error, IMPORT_ERROR, IMPORT_ERROR_FORMAT,
               _ ("unpacked, a part of it is larger than %d MiB. Delete the empty rows and columns "
                  "below and beside the list, and save it again."),
               ZIP_PART_BYTES_MAX / (1024 * 1024));
  return -1;
}
