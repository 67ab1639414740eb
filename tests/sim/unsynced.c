#include "unsynced.h"

#include <string.h>

/* One call that is not synced yet. */
typedef struct {
  gint64 offset, size_before;
  GBytes *before, *after; /* what stood there, as far as the file went; @after NULL: cut off */
  guint64 number;
} Change;

struct _Unsynced {
  GByteArray *bytes;
  GPtrArray *changes; /* Change, as they came */
};

static void change_free (gpointer data)
{
  Change *change = data;

  g_clear_pointer (&change->before, g_bytes_unref);
  g_clear_pointer (&change->after, g_bytes_unref);
  g_free (change);
}

Unsynced *unsynced_new (void)
{
  Unsynced *file = g_new0 (Unsynced, 1);

  file->bytes = g_byte_array_new ();
  file->changes = g_ptr_array_new_with_free_func (change_free);
  return file;
}

void unsynced_free (Unsynced *file)
{
  g_byte_array_unref (file->bytes);
  g_ptr_array_unref (file->changes);
  g_free (file);
}

/* Reading and writing ------------------------------------------------------------------ */

gint64 unsynced_size (const Unsynced *file)
{
  return file->bytes->len;
}

gboolean unsynced_read (const Unsynced *file, gint64 offset, void *data, gsize length)
{
  gint64 there = CLAMP (file->bytes->len - offset, 0, (gint64) length);

  if (there > 0)
    memcpy (data, file->bytes->data + offset, (gsize) there);
  memset ((guint8 *) data + there, 0, length - (gsize) there);
  return there == (gint64) length;
}

/* As a file grows: with zeros. */
static void set_size (GByteArray *bytes, gint64 size)
{
  guint before = bytes->len;

  g_byte_array_set_size (bytes, (guint) size);
  if (bytes->len > before)
    memset (bytes->data + before, 0, bytes->len - before);
}

static void put (GByteArray *bytes, gint64 offset, const guint8 *data, gsize length)
{
  if (offset + (gint64) length > bytes->len)
    set_size (bytes, offset + (gint64) length);
  memcpy (bytes->data + offset, data, length);
}

static void remember (Unsynced *file, gint64 offset, gint64 length, const void *data,
                      guint64 number)
{
  gint64 there = CLAMP (file->bytes->len - offset, 0, length);
  Change *change = g_new0 (Change, 1);

  change->offset = offset;
  change->size_before = file->bytes->len;
  change->before = g_bytes_new (there > 0 ? file->bytes->data + offset : NULL, (gsize) there);
  change->after = data != NULL ? g_bytes_new (data, (gsize) length) : NULL;
  change->number = number;
  g_ptr_array_add (file->changes, change);
}

void unsynced_write (Unsynced *file, gint64 offset, const void *data, gsize length, guint64 number)
{
  remember (file, offset, (gint64) length, data, number);
  put (file->bytes, offset, data, length);
}

void unsynced_truncate (Unsynced *file, gint64 size, guint64 number)
{
  if (size < file->bytes->len)
    remember (file, size, file->bytes->len - size, NULL, number);
  set_size (file->bytes, size);
}

void unsynced_sync (Unsynced *file)
{
  g_ptr_array_set_size (file->changes, 0);
}

void unsynced_set (Unsynced *file, const guint8 *data, gsize length)
{
  unsynced_sync (file);
  g_byte_array_set_size (file->bytes, (guint) length);
  if (length > 0)
    memcpy (file->bytes->data, data, length);
}

/* What is left ------------------------------------------------------------------------- */

UnsyncedFate unsynced_fate (GRand *chance)
{
  return (UnsyncedFate){ (UnsyncedLeft) g_rand_int_range (chance, 0, LEFT_COUNT), 0, chance };
}

void unsynced_span (const Unsynced *file, guint64 *first, guint64 *last)
{
  const GPtrArray *changes = file->changes;

  if (changes->len == 0)
    return;
  *first = MIN (*first, ((const Change *) changes->pdata[0])->number);
  *last = MAX (*last, ((const Change *) changes->pdata[changes->len - 1])->number);
}

/* The newest change first, so that the file is as it was synced. */
static void undo (GByteArray *bytes, const Change *change)
{
  gsize length = 0;
  const guint8 *before = g_bytes_get_data (change->before, &length);

  if (length > 0)
    put (bytes, change->offset, before, length);
  set_size (bytes, change->size_before);
}

static gboolean is_kept (const UnsyncedFate *fate, const Change *change)
{
  switch (fate->left) {
  case LEFT_NOTHING:
    return FALSE;
  case LEFT_ALL:
    return TRUE;
  case LEFT_FIRST:
    return change->number < fate->until
           || (change->number == fate->until && g_rand_boolean (fate->chance));
  case LEFT_SOME:
  default:
    return g_rand_boolean (fate->chance);
  }
}

/* Sector by sector where it may be torn. */
static void redo (GByteArray *bytes, const Change *change, const UnsyncedFate *fate)
{
  gboolean torn
      = fate->left == LEFT_SOME || (fate->left == LEFT_FIRST && change->number == fate->until);
  gsize length = 0, part;
  const guint8 *after;

  if (change->after == NULL) {
    if (is_kept (fate, change) && bytes->len > change->offset)
      set_size (bytes, change->offset);
    return;
  }
  after = g_bytes_get_data (change->after, &length);
  for (gsize at = 0; at < length; at += part) {
    part = torn ? UNSYNCED_SECTOR_BYTES
                      - (gsize) (change->offset + (gint64) at) % UNSYNCED_SECTOR_BYTES
                : length;
    part = MIN (part, length - at);
    if (is_kept (fate, change))
      put (bytes, change->offset + (gint64) at, after + at, part);
  }
}

GByteArray *unsynced_left (const Unsynced *file, const UnsyncedFate *fate)
{
  GByteArray *bytes = g_byte_array_sized_new (file->bytes->len);

  if (file->bytes->len > 0)
    g_byte_array_append (bytes, file->bytes->data, file->bytes->len);
  for (guint i = file->changes->len; i > 0; i--)
    undo (bytes, file->changes->pdata[i - 1]);
  for (guint i = 0; i < file->changes->len; i++)
    redo (bytes, file->changes->pdata[i], fate);
  return bytes;
}
