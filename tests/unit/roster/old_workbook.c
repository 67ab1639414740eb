/* Old workbooks as Excel shows them, and what is refused. The records are written here
 * byte by byte, after [MS-XLS]; the container is libgsf's. */
#include "roster/old_workbook.h"

#include "roster/import_fault.h"
#include "unit/roster/biff_maker.h"

typedef struct {
  guint type;
  const char *hex;
} Record;

static GPtrArray *read_stream (const char *name, const GByteArray *stream, GError **error)
{
  gsize length;
  g_autofree guint8 *bytes = maker_container (name, stream->data, stream->len, &length);
  g_assert_true (old_workbook_is (bytes, length));
  return old_workbook_read (bytes, length, error);
}

/* The rows of a workbook whose sheet has these records: "line:field|field" joined by a
 * tab. */
static char *rows_of (const Record *records, GError **error)
{
  g_autoptr (GByteArray) stream = maker_globals ();
  g_autoptr (GString) all = g_string_new (NULL);
  CsvRow row;
  maker_record (stream, 0x0809, MAKER_BOF_SHEET);
  for (; records->hex != NULL; records++)
    maker_record (stream, records->type, records->hex);
  maker_record (stream, 0x000A, "");
  g_autoptr (GPtrArray) grids = read_stream ("Workbook", stream, error);
  if (grids == NULL)
    return NULL;
  g_assert_cmpuint (grids->len, ==, 1);
  Grid *grid = g_ptr_array_index (grids, 0);
  g_assert_cmpstr (grid_name (grid), ==, "名单");
  g_assert_false (grid_is_hidden (grid));
  while (grid_next (grid, &row)) {
    g_autofree char *fields = g_strjoinv ("|", (char **) (guintptr) row.fields);
    g_string_append_printf (all, "%s%u:%s", all->len > 0 ? "\t" : "", row.line, fields);
  }
  return g_strdup (all->str);
}

static void test_rows (void)
{
  static const struct {
    Record records[6];
    const char *shown;
  } ROWS[] = {
    { { { 0, NULL } }, "" },
    /* shared texts: plain, wide and cut in two, rich */
    { { { 0x00FD, "0000 0000 0000 00000000" },
        { 0x00FD, "0000 0100 0000 01000000" },
        { 0x00FD, "0000 0300 0000 02000000" } },
      "1:Lefèvre|王明||Hélène" },
    /* 7 as a double, as a format shows it, as a date (42669) */
    { { { 0x0203, "0200 0000 0000 0000000000001C40" },
        { 0x0203, "0200 0100 0100 0000000000001C40" },
        { 0x0203, "0200 0200 0200 00000000A0D5E440" } },
      "3:7|0007|2016-10-26" },
    /* RK: whole 12, a hundredth of 1250, the upper bits of 0.5; several in one record */
    { { { 0x027E, "0000 0000 0000 32000000" },
        { 0x027E, "0000 0100 0000 8B130000" },
        { 0x00BD, "0100 0000 0100 1E000000 0000 0000E03F 0100" } },
      "1:12|12.5\t2:0007|0.5" },
    /* formulas: a number with its format, a text to come, yes, an error, an empty text */
    { { { 0x0006, "0000 0000 0100 0000000000001C40 0000 00000000" },
        { 0x0006, "0000 0100 0000 000000000000FFFF 0000 00000000" },
        { 0x0207, "0200 00 6F6B" },
        { 0x0006, "0000 0200 0000 010001000000FFFF 0000 00000000" },
        { 0x0006, "0000 0300 0000 020017000000FFFF 0000 00000000" } },
      "1:0007|ok|TRUE|#REF!" },
    { { { 0x0006, "0000 0000 0000 030000000000FFFF 0000 00000000" },
        { 0x0203, "0000 0100 0000 0000000000001C40" } },
      "1:|7" },
    /* one that was saved without its value */
    { { { 0x0006, "0000 0000 0000 0000000000000000 0200 00000000" } }, "1:=…" },
    { { { 0x0205, "0000 0000 0000 01 00" },
        { 0x0205, "0000 0100 0000 2A 01" },
        { 0x0204, "0000 0200 0000 0200 01 8B730E66" } },
      "1:TRUE|#N/A|王明" },
    /* merged downwards; a text of half a character, and a zero */
    { { { 0x0204, "0000 0000 0000 0100 00 41" },
        { 0x0204, "0100 0100 0000 0100 00 42" },
        { 0x0204, "0300 0100 0000 0200 01 3DD8 0000" },
        { 0x00E5, "0100 0000 0100 0000 0000" } },
      "1:A|\t2:A|B\t4:|\xEF\xBF\xBD\x01" },
    /* a chart inside the sheet */
    { { { 0x0809, "0006 2000 0000 0000 00000000 00000000" },
        { 0x0204, "0000 0000 0000 0100 00 41" },
        { 0x000A, "" },
        { 0x0204, "0000 0000 0000 0100 00 42" } },
      "1:B" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *shown = rows_of (ROWS[i].records, &error);
    g_assert_no_error (error);
    g_assert_cmpstr (shown, ==, ROWS[i].shown);
  }
}

/* Rows that hold anything and are hidden; a record that is too short says nothing. */
static void test_hidden_rows (void)
{
  static const struct {
    const char *row;
    guint hidden;
  } ROWS[] = {
    { "0000 0000 0200 FF00 0000 0000 2000 0F00", 1 },
    { "0000 0000 0200 FF00 0000 0000 0000 0F00", 0 },
    { "0000 0000 0000 FF00 0000 0000 2000 0F00", 0 },
    { "0000 0000 0200", 0 },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GByteArray) stream = maker_globals ();
    maker_record (stream, 0x0809, MAKER_BOF_SHEET);
    maker_record (stream, 0x0208, ROWS[i].row);
    maker_record (stream, 0x0204, "0000 0000 0000 0100 00 41");
    maker_record (stream, 0x000A, "");
    g_autoptr (GPtrArray) grids = read_stream ("Workbook", stream, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (grid_hidden_rows (g_ptr_array_index (grids, 0)), ==, ROWS[i].hidden);
  }
}

static void test_refused (void)
{
  static const struct {
    Record records[3];
    const char *why;
  } ROWS[] = {
    { { { 0x00FD, "0000 0000 0000 03000000" } }, "a part of it is missing" },
    { { { 0x0204, "0000 0000 0000 0900 00 41" } }, "a part of it is missing" },
    { { { 0x0204, "0300 C800 0000 0100 00 41" } }, "row 4 has more than 200 columns" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_null (rows_of (ROWS[i].records, &error));
    g_assert_error (error, IMPORT_ERROR, IMPORT_ERROR_FORMAT);
    g_assert_nonnull (strstr (error->message, ROWS[i].why));
  }
}

/* Other files of the same container. */
static void test_kinds (void)
{
  static const struct {
    const char *name;
    Record records[2];
    const char *why;
  } ROWS[] = {
    { "EncryptedPackage", { { 0x0809, "" } }, "behind a password" },
    { "Book", { { 0x0809, "" } }, "before 1997" },
    { "Workbook", { { 0x0809, "0005 0500" } }, "before 1997" },
    { "Workbook", { { 0x0809, MAKER_BOF_GLOBALS }, { 0x002F, "0100" } }, "behind a password" },
    { "Workbook", { { 0x000A, "" } }, "a part of it is missing" },
    { "WordDocument", { { 0x0809, "" } }, "no workbook" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GByteArray) stream = g_byte_array_new ();
    for (gsize r = 0; r < G_N_ELEMENTS (ROWS[i].records) && ROWS[i].records[r].hex != NULL; r++)
      maker_record (stream, ROWS[i].records[r].type, ROWS[i].records[r].hex);
    g_assert_null (read_stream (ROWS[i].name, stream, &error));
    g_assert_error (error, IMPORT_ERROR, IMPORT_ERROR_FORMAT);
    g_assert_nonnull (strstr (error->message, ROWS[i].why));
  }
}

static void test_cut (void)
{
  g_autoptr (GByteArray) stream = maker_globals ();
  gsize length;
  maker_record (stream, 0x0809, MAKER_BOF_SHEET);
  maker_record (stream, 0x000A, "");
  g_autofree guint8 *bytes = maker_container ("Workbook", stream->data, stream->len, &length);
  g_log_set_always_fatal (G_LOG_FATAL_MASK); /* libgsf warns of what is damaged */
  for (gsize cut = 8; cut < length; cut += 61) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) grids = old_workbook_read (bytes, cut, &error);
    g_assert_true (grids != NULL || g_error_matches (error, IMPORT_ERROR, IMPORT_ERROR_FORMAT));
  }
  for (guint cut = 0; cut < stream->len; cut += 4) {
    g_autoptr (GByteArray) part = g_byte_array_new ();
    g_autoptr (GError) error = NULL;
    g_byte_array_append (part, stream->data, cut);
    g_autoptr (GPtrArray) grids = read_stream ("Workbook", part, &error);
    g_assert_null (grids);
    g_assert_error (error, IMPORT_ERROR, IMPORT_ERROR_FORMAT);
  }
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/roster/old_workbook/rows", test_rows);
  g_test_add_func ("/roster/old_workbook/hidden-rows", test_hidden_rows);
  g_test_add_func ("/roster/old_workbook/refused", test_refused);
  g_test_add_func ("/roster/old_workbook/kinds", test_kinds);
  g_test_add_func ("/roster/old_workbook/cut", test_cut);
  return g_test_run ();
}
