/* One table, three formats: read back as bytes, and a workbook through its parts. */
#include "export/table_writer.h"
#include "words_here.h"

#include <glib/gstdio.h>
#include <string.h>

static const TableColumn COLUMNS[] = {
  { "name", NC_ ("column", "Name of the person"), TABLE_TEXT, 20 },
  { "count", NC_ ("column", "Arrived"), TABLE_NUMBER, 0 },
  { "at", NC_ ("column", "Time"), TABLE_TIME, 0 },
  { "in", NC_ ("column", "Is inside"), TABLE_YES_NO, 0 },
};

/* 2016-10-26 09:12:00 +08:00 */
#define MORNING G_GINT64_CONSTANT (1477444320000)

static const TableValue ROWS[][4] = {
  { { .text = "=1+1" }, { .number = 3 }, { .number = MORNING }, { .number = 1 } },
  { { .text = "L\"Œuvre\", 欧阳\n二" }, { .number = -1 }, { .number = 0 }, { .number = 0 } },
  { { .text = NULL }, { .number = 0 }, { .number = 0 }, { .number = 0 } },
};

static char *write_table (TableFormat format, const char *path, guint rows)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Asia/Shanghai");
  TableWriter *writer
      = table_writer_open (format, path, "Inscrits", COLUMNS, G_N_ELEMENTS (COLUMNS), zone, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < rows; i++)
    g_assert_true (table_writer_row (writer, ROWS[i], &error));
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_true (table_writer_close (writer, &error));
  g_assert_no_error (error);
  char *text = NULL;
  g_assert_true (g_file_get_contents (path, &text, NULL, &error));
  return text;
}

static char *folder;

static char *path_of (const char *name)
{
  return g_build_filename (folder, name, NULL);
}

static void test_csv (void)
{
  g_autofree char *path = path_of ("a.csv"), *text = write_table (TABLE_CSV, path, 3);
  g_assert_cmpstr (text, ==,
                   "\xef\xbb\xbfNom · 姓名,Arrivés · 已到场,"
                   "Heure · 时间,Présent · 在场\r\n"
                   "'=1+1,3,2016-10-26 09:12:00,oui\r\n"
                   "\"L\"\"Œuvre\"\", 欧阳\n二\",-1,,non\r\n"
                   ",0,,non\r\n");
}

static void test_json (void)
{
  g_autofree char *path = path_of ("a.json"), *text = write_table (TABLE_JSON, path, 2),
                  *other = path_of ("b.json"), *none = write_table (TABLE_JSON, other, 0);
  g_assert_cmpstr (
      text, ==,
      "[{\"name\":\"=1+1\",\"count\":3,\"at\":\"2016-10-26T09:12:00+08:00\",\"in\":true},\n"
      "{\"name\":\"L\\\"Œuvre\\\", 欧阳\\n二\",\"count\":-1,\"at\":\"\",\"in\":false}]\n");
  g_assert_cmpstr (none, ==, "[]\n");
}

/* The sheet's XML, as unzip tells it. */
static char *part_of (const char *path, const char *part)
{
  g_autoptr (GError) error = NULL;
  const char *argv[]
      = { "python3",
          "-c",
          "import sys, zipfile; "
          "sys.stdout.write(zipfile.ZipFile(sys.argv[1]).read(sys.argv[2]).decode())",
          path,
          part,
          NULL };
  char *text = NULL;
  g_assert_true (g_spawn_sync (NULL, (char **) (guintptr) argv, NULL, G_SPAWN_SEARCH_PATH, NULL,
                               NULL, &text, NULL, NULL, &error));
  return text;
}

/* What is to be known of the table, and the separator that French machines want. */
static void test_notes (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  g_autofree char *path = path_of ("n.csv"), *book = path_of ("n.xlsx"), *text = NULL;
  for (guint i = 0; i < 2; i++) {
    TableWriter *writer = table_writer_open (i ? TABLE_XLSX : TABLE_CSV, i ? book : path, "x",
                                             COLUMNS, 2, zone, NULL);
    table_writer_separate (writer, ';');
    g_assert_true (table_writer_row (writer, ROWS[0], NULL));
    table_writer_note (writer, (Pair){ "Filtre", "筛选" }, "=a;b");
    g_assert_cmpuint (table_writer_rows (writer), ==, 1);
    g_assert_true (table_writer_close (writer, NULL));
  }
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==,
                   "\xef\xbb\xbfNom · 姓名;Arrivés · 已到场\r\n'=1+1;3\r\n\r\n"
                   "Filtre · 筛选;\"'=a;b\"\r\n");
  g_autofree char *notes = part_of (book, "xl/sharedStrings.xml"),
                  *sheet = part_of (book, "xl/worksheets/sheet2.xml");
  g_assert_true (strstr (sheet, "Filtre · 筛选") != NULL
                 || strstr (notes, "Filtre · 筛选") != NULL);
  g_assert_null (strstr (sheet, "<f>"));
}

static void test_xlsx (void)
{
  g_autofree char *path = path_of ("a.xlsx"), *bytes = write_table (TABLE_XLSX, path, 3),
                  *sheet = part_of (path, "xl/worksheets/sheet1.xml");
  g_assert_true (g_str_has_prefix (bytes, "PK"));
  g_assert_nonnull (strstr (sheet, "Nom · 姓名"));
  g_assert_nonnull (strstr (sheet, "state=\"frozen\""));
  g_assert_nonnull (strstr (sheet, "<autoFilter ref=\"A1:D4\"/>"));
  g_assert_nonnull (strstr (sheet, ">=1+1<"));
  g_assert_null (strstr (sheet, "<f>"));
  g_assert_nonnull (strstr (sheet, "<v>3</v>"));
  g_assert_nonnull (strstr (sheet, "<v>42669.38333333")); /* 09:12 at the venue */
  g_assert_nonnull (strstr (sheet, "oui · 是"));
}

static void test_refused (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  TableFormat format = TABLE_JSON;
  g_autofree char *path = path_of ("none/a.csv");
  g_assert_null (table_writer_open (TABLE_CSV, path, "", COLUMNS, 4, zone, &error));
  g_assert_error (error, TABLE_WRITER_ERROR, TABLE_WRITER_ERROR_OUTPUT);
  g_assert_nonnull (strstr (error->message, path));
  g_assert_true (table_writer_format_from_path ("A.XLSX", &format));
  g_assert_cmpint (format, ==, TABLE_XLSX);
  g_assert_false (table_writer_format_from_path ("a.xls", &format));
  g_assert_false (table_writer_format_from_path ("csv", &format));
  /* What is given up leaves nothing. */
  g_autofree char *left = path_of ("left.xlsx"), *part = path_of ("left.xlsx.part");
  TableWriter *writer = table_writer_open (TABLE_XLSX, left, "x", COLUMNS, 4, zone, NULL);
  g_assert_true (table_writer_row (writer, ROWS[0], NULL));
  table_writer_abandon (writer);
  g_assert_false (g_file_test (left, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (part, G_FILE_TEST_EXISTS));
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  words_here ();
  folder = g_dir_make_tmp ("accueil-table-XXXXXX", NULL);
  g_test_add_func ("/table-writer/csv", test_csv);
  g_test_add_func ("/table-writer/json", test_json);
  g_test_add_func ("/table-writer/notes", test_notes);
  g_test_add_func ("/table-writer/xlsx", test_xlsx);
  g_test_add_func ("/table-writer/refused", test_refused);
  int status = g_test_run ();
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  for (const char *name; dir != NULL && (name = g_dir_read_name (dir)) != NULL;) {
    g_autofree char *path = path_of (name);
    g_remove (path);
  }
  g_rmdir (folder);
  g_free (folder);
  return status;
}
