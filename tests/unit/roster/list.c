/* Files with headings: found whatever their encoding, separator and place, or refused
 * with a reason. */
#include "roster/list.h"

#include "roster/import_fault.h"
#include "unit/roster/biff_maker.h"
#include "unit/roster/replica.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Knows a, b, c, 编号, and a b of two kinds. */
static gboolean knows (const char *heading, gpointer data)
{
  static const char *const KNOWN[] = { "a", "b", "c", "编号", "b (x)", "b (y)", NULL };
  return g_strv_contains (KNOWN, heading);
}

static const ListOptions OPTIONS = { .knows = knows, .hint = "a, b" };

static void test_found (void)
{
  static const struct {
    const char *text, *headings, *first, *description;
    guint heading_line, first_line;
  } ROWS[] = {
    { "a,b\n1,2\n", "a|b", "1|2", "UTF-8, commas", 1, 2 },
    { "a;b;x\n1;2,3;4\n", "a|b|x", "1|2,3|4", "UTF-8, semicolons", 1, 2 },
    { "a\tb\n1;1\t2,2\n", "a|b", "1;1|2,2", "UTF-8, tabs", 1, 2 },
    { "a|b\n1|2\n", "a|b", "1|2", "UTF-8, vertical bars", 1, 2 },
    { "sep=;\r\na;b\r\n1;2\r\n", "a|b", "1|2", "UTF-8, semicolons", 2, 3 },
    { "Liste des inscrits;;\n\na; b ;c\n;;\n1;2;3\n", "a|b|c", "1|2|3", "UTF-8, semicolons", 3, 5 },
    { "\xEF\xBB\xBF"
      "a,b\n1,2\n",
      "a|b", "1|2", "UTF-8, commas", 1, 2 },
    { "x,y,z;a;b\n1,1;2;3\n", "x,y,z|a|b", "1,1|2|3", "UTF-8, semicolons", 1, 2 },
    { "\"a\nb\",a,b\n1,2,3\n", "a b|a|b", "1|2|3", "UTF-8, commas", 1, 3 },
    { "a;;c\n;b;\n1;2;3\n", "a|b|c", "1|2|3", "UTF-8, semicolons", 2, 3 },
    { "Liste;;;\na;b;;\n;x;y;c\n1;2;3;4\n", "a|b (x)|b (y)|c", "1|2|3|4", "UTF-8, semicolons", 3,
      4 },
    { "a;b;;d\n;x;y;\n1;2;3;4\n", "a|b (x)|b (y)|d", "1|2|3|4", "UTF-8, semicolons", 2, 3 },
    { "a;b;c\n;x;\n", "a|b|c", "|x|", "UTF-8, semicolons", 1, 2 },
    { "a,b,\x1B[2J\n1,2,3\n", "a|b|\\x1B[2J", "1|2|3", "UTF-8, commas", 1, 2 },
  };
  Replica place = { .folder = g_dir_make_tmp ("accueil-list-XXXXXX", NULL) };
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *path = replica_file (&place, "list.csv", ROWS[i].text, -1);
    g_autoptr (List) list = list_open (path, &OPTIONS, &error);
    g_assert_no_error (error);
    g_autofree char *headings = g_strjoinv ("|", (char **) (guintptr) list_headings (list)),
                    *description = list_description (list);
    g_assert_cmpstr (headings, ==, ROWS[i].headings);
    g_assert_cmpstr (description, ==, ROWS[i].description);
    g_assert_cmpuint (list_heading_line (list), ==, ROWS[i].heading_line);
    for (guint pass = 0; pass < 2; pass++) {
      CsvRow row;
      g_assert_true (list_next (list, &row, &error));
      g_autofree char *fields = g_strjoinv ("|", (char **) (guintptr) row.fields);
      g_assert_true (g_str_has_prefix (fields, ROWS[i].first));
      g_assert_cmpuint (row.line, ==, ROWS[i].first_line);
      g_assert_false (list_next (list, &row, &error));
      g_assert_no_error (error);
      g_assert_cmpuint (list_position (list), ==, list_size (list));
      g_assert_true (list_rewind (list, &error));
    }
  }
  replica_free (&place);
}

static void check_sheet (const char *path, const char *sheet, const char *description,
                         const char *first, const char *cell)
{
  g_autoptr (GError) error = NULL;
  ListOptions options = OPTIONS;
  CsvRow row;
  options.sheet = sheet;
  g_autoptr (List) list = list_open (path, &options, &error);
  g_assert_no_error (error);
  g_autofree char *described = list_description (list), *place = list_cell (list, 1, 2);
  g_assert_true (list_next (list, &row, &error));
  g_autofree char *fields = g_strjoinv ("|", (char **) (guintptr) row.fields);
  g_assert_cmpstr (described, ==, description);
  g_assert_cmpstr (fields, ==, first);
  g_assert_cmpstr (place, ==, cell);
}

/* An old workbook and a page of HTML, both called .xls. */
static void test_xls (void)
{
  Replica place = { .folder = g_dir_make_tmp ("accueil-list-XXXXXX", NULL) };
  g_autoptr (GByteArray) stream = maker_globals ();
  gsize length;
  maker_record (stream, 0x0809, MAKER_BOF_SHEET);
  maker_record (stream, 0x0204, "0000 0000 0000 0100 00 61");
  maker_record (stream, 0x0204, "0000 0100 0000 0100 00 62");
  maker_record (stream, 0x00FD, "0100 0000 0000 01000000");
  maker_record (stream, 0x0203, "0100 0100 0100 0000000000001C40");
  maker_record (stream, 0x000A, "");
  g_autofree guint8 *bytes = maker_container ("Workbook", stream->data, stream->len, &length);
  g_autofree char *old = replica_file (&place, "old.xls", (const char *) bytes, (gssize) length);
  check_sheet (old, NULL, "Excel, sheet “名单”", "王明|0007", "B2");
  check_sheet (old, "名单", "Excel, sheet “名单”", "王明|0007", "B2");
  g_autofree char *page = replica_file (
      &place, "page.xls",
      "<html><table><tr><td>Menu</table><table><tr><th>a<th>b<tr><td>Zo\xE9<td>0007</table>", -1);
  check_sheet (page, NULL, "a page of HTML (Windows-1252), table 2", "Zoé|0007", "");
  check_sheet (page, "2", "a page of HTML (Windows-1252), table 2", "Zoé|0007", "");
  replica_free (&place);
}

/* Files that are no lists are called what they are. */
static void test_other_kinds (void)
{
  static const struct {
    const char *begin, *says;
  } ROWS[] = {
    { "\x1F\x8B\x08", "compressed file" },
    { "Rar!\x1A\x07", "compressed file" },
    { "PK\x03\x04 liste.csv PK\x05\x06", "compressed file" },
    { "PK\x03\x04 liste", "damaged" },
    { "PK\x03\x04 mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "LibreOffice" },
    { "PK\x03\x04 Index/Document.iwa", "Numbers" },
    { "PK\x03\x04 [Content_Types].xml xl/workbook.bin", ".xlsb" },
    { "PK\x03\x04 [Content_Types].xml word/document.xml", "text document" },
    { "PK\x03\x04 [Content_Types].xml xl/workbook.xml", "damaged" },
    { "\x89PNG\r\n", "a picture" },
    { "BEGIN:VCARD\nN:a;b\n", "cards" },
    { "{\\rtf1 a;b}", "text document" },
  };
  Replica place = { .folder = g_dir_make_tmp ("accueil-list-XXXXXX", NULL) };
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *path = replica_file (&place, "list", ROWS[i].begin, -1);
    g_autoptr (List) list = list_open (path, &OPTIONS, &error);
    g_assert_null (list);
    g_assert_nonnull (strstr (error->message, ROWS[i].says));
  }
  replica_free (&place);
}

/* Of a file with several lists one is read, and the others are named. */
static void test_others (void)
{
  Replica place = { .folder = g_dir_make_tmp ("accueil-list-XXXXXX", NULL) };
  g_autoptr (GError) error = NULL;
  g_autofree char *page
      = replica_file (&place, "page.xls",
                      "<html><table><tr><th>a<th>b<tr><td>1<td>2</table><table><tr><td>Menu</table>"
                      "<table><tr><th>b<th>c<tr><td>3<td>4</table></html>",
                      -1);
  ListOptions options = OPTIONS;
  g_autoptr (List) found = list_open (page, &options, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (list_other_sheets (found), ==, "“3”");
  options.sheet = "3";
  g_autoptr (List) named = list_open (page, &options, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (list_other_sheets (named), ==, "");
  replica_free (&place);
}

static void check_refused (const char *path, int code, const char *says)
{
  g_autoptr (GError) error = NULL;
  g_assert_null (list_open (path, &OPTIONS, &error));
  g_assert_error (error, IMPORT_ERROR, code);
  if (strstr (error->message, says) == NULL || !g_str_has_prefix (error->message, path)) {
    g_test_message ("%s", error->message);
    g_test_fail ();
  }
}

static void test_refused (void)
{
  Replica place = { .folder = g_dir_make_tmp ("accueil-list-XXXXXX", NULL) };
  g_autofree char *empty = replica_file (&place, "empty.csv", "", 0),
                  *words = replica_file (&place, "words.csv", "hello\nworld\n", -1);
  g_autofree char *one = replica_file (&place, "one.csv", "a\n1\n", -1),
                  *missing = g_build_filename (place.folder, "missing.csv", NULL);
  g_autofree char *huge = g_build_filename (place.folder, "huge.csv", NULL),
                  *pipe = g_build_filename (place.folder, "pipe", NULL);
  g_autofree char *workbook = replica_file (&place, "list.xlsx", "PK\x03\x04....", -1),
                  *windows = replica_file (&place, "mixed.csv", "a;b\nH\xE9rv\xE9;\xC3\xA9\n", -1);
  g_autofree char *pdf = replica_file (&place, "list.pdf", "%PDF-1.4 a;b", -1),
                  *full = replica_file (&place, "full.csv", "a，b\n1，2\n", -1);
  check_refused (pdf, IMPORT_ERROR_FORMAT, "PDF");
  check_refused (full, IMPORT_ERROR_FORMAT, "separated by “，”");
  check_refused (missing, IMPORT_ERROR_FILE, "No such file");
  check_refused (place.folder, IMPORT_ERROR_FILE, "folder");
  check_refused (empty, IMPORT_ERROR_FILE, "empty");
  check_refused (words, IMPORT_ERROR_FORMAT, "hold no headings that are known");
  check_refused (one, IMPORT_ERROR_FORMAT, "for example: a, b");
  check_refused (workbook, IMPORT_ERROR_FORMAT, "workbook");
  check_refused (windows, IMPORT_ERROR_ENCODING, "line 2, byte");
  /* What stands in the way of the headings is said, not that there are none. */
  g_autofree char *wide = g_strnfill (300, ','),
                  *wide_text = g_strconcat ("a,b", wide, "\n1,2\n", NULL),
                  *columns = replica_file (&place, "wide.csv", wide_text, -1);
  g_autofree char *quote = replica_file (&place, "quote.csv", "a;\"b;c\n1;2;3\n", -1),
                  *line = g_strnfill (100 * 1024, 'x'),
                  *endless = replica_file (&place, "endless.csv", line, -1);
  check_refused (columns, IMPORT_ERROR_FORMAT, "line 1 has more than 200 columns");
  check_refused (quote, IMPORT_ERROR_FORMAT,
                 "line 1: the quote (\") that opens column 2 never ends");
  check_refused (endless, IMPORT_ERROR_FORMAT, "longer than 64 KiB");
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  check_refused (pipe, IMPORT_ERROR_FILE, "no ordinary file");
  /* one line of 2 GiB; no block of it is on the disk */
  g_file_set_contents (huge, "a,b\n", -1, NULL);
  g_assert_cmpint (truncate (huge, (off_t) 2 * 1024 * 1024 * 1024), ==, 0);
  check_refused (huge, IMPORT_ERROR_FILE, "2048 MiB");
  replica_free (&place);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/list/other-kinds", test_other_kinds);
  g_test_add_func ("/list/found", test_found);
  g_test_add_func ("/list/xls", test_xls);
  g_test_add_func ("/list/others", test_others);
  g_test_add_func ("/list/refused", test_refused);
  return g_test_run ();
}
