/* Parts of archives, as streams with limits. */
#include "roster/zip_part.h"

#include "roster/import_fault.h"
#include "unit/roster/workbook_maker.h"

static gboolean count_name (const char *name, gpointer data)
{
  ++*(guint *) data;
  return strcmp (name, "b/c.xml") == 0;
}

static void test_parts (void)
{
  static const MakerPart PARTS[]
      = { { "a.xml", "first" }, { "b/c.xml", "second" }, { "d.xml", "" }, { NULL, NULL } };
  gsize length;
  guint count = 0;
  char buffer[4];
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree guint8 *bytes = maker_zip (PARTS, &length);
  g_assert_true (zip_part_each (bytes, length, count_name, &count, &error));
  g_assert_cmpuint (count, ==, 2);
  g_assert_null (zip_part_open (bytes, length, "none.xml", &error));
  g_assert_no_error (error);
  g_autoptr (ZipPart) part = zip_part_open (bytes, length, "B\\C.XML", &error);
  g_assert_nonnull (part);
  for (gssize got; (got = zip_part_read (part, buffer, sizeof buffer, &error)) > 0;)
    g_string_append_len (text, buffer, got);
  g_assert_no_error (error);
  g_assert_cmpstr (text->str, ==, "second");
}

/* A kilobyte in the archive that would be half a gigabyte and more. */
static void test_bomb (void)
{
  gsize half = 1024 * 1024, length;
  g_autofree char *piece = g_malloc (half);
  g_autoptr (GError) error = NULL;
  guint8 *bytes = g_malloc (MAKER_BYTES_MAX);
  struct archive *archive = archive_write_new ();
  struct archive_entry *entry = archive_entry_new ();
  guint64 given = 0;
  memset (piece, ' ', half);
  archive_write_set_format_zip (archive);
  archive_write_set_options (archive, "zip:compression-level=1");
  archive_write_open_memory (archive, bytes, MAKER_BYTES_MAX, &length);
  archive_entry_set_pathname (entry, "bomb");
  archive_entry_set_filetype (entry, AE_IFREG);
  archive_entry_set_size (entry, (gint64) ZIP_PART_BYTES_MAX + (gint64) half);
  archive_write_header (archive, entry);
  for (gsize i = 0; i <= ZIP_PART_BYTES_MAX / half; i++)
    archive_write_data (archive, piece, half);
  archive_entry_free (entry);
  archive_write_close (archive);
  archive_write_free (archive);
  g_autoptr (ZipPart) part = zip_part_open (bytes, length, "bomb", &error);
  g_assert_no_error (error);
  for (gssize got; (got = zip_part_read (part, piece, half, &error)) > 0;)
    given += (guint64) got;
  g_assert_error (error, IMPORT_ERROR, IMPORT_ERROR_FORMAT);
  g_assert_nonnull (strstr (error->message, "larger than 512 MiB"));
  g_assert_cmpuint (given, <=, ZIP_PART_BYTES_MAX);
  g_free (bytes);
}

static void test_damaged (void)
{
  guint count = 0;
  g_autoptr (GError) error = NULL;
  static const guint8 BYTES[] = "PK\x03\x04 and no more of it, though it goes on for a while";
  g_assert_false (zip_part_each (BYTES, sizeof BYTES, count_name, &count, &error));
  g_assert_error (error, IMPORT_ERROR, IMPORT_ERROR_FORMAT);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/zip_part/parts", test_parts);
  g_test_add_func ("/zip_part/bomb", test_bomb);
  g_test_add_func ("/zip_part/damaged", test_damaged);
  return g_test_run ();
}
