/* Rows of a sheet as Excel shows them, and what is refused. */
#include "roster/worksheet.h"

#include "roster/import_fault.h"
#include "unit/roster/workbook_maker.h"

/* clang-format off */
#define TEXTS \
  "<sst><si><t>Lefèvre</t></si><si><r><t>Hé</t></r><r><rPr/><t>lène</t></r></si><si><t>王明</t>" \
  "<rPh sb='0' eb='1'><t>wang</t></rPh></si><si><t>a_x000D_\nb_x0041_</t></si><si/></sst>"
#define STYLES \
  "<styleSheet><numFmts><numFmt numFmtId='164' formatCode='0000'/></numFmts><cellStyleXfs><xf " \
  "numFmtId='9'/></cellStyleXfs><cellXfs><xf numFmtId='0'/><xf numFmtId='164'/><xf " \
  "numFmtId='14'/></cellXfs></styleSheet>"
/* clang-format on */

/* All rows: "line:field|field" joined by a tab. */
static char *rows_of (const char *properties, const char *sheet, GError **error)
{
  gsize length;
  g_autofree guint8 *bytes = maker_workbook (properties, TEXTS, STYLES, sheet, &length);
  g_autoptr (GString) all = g_string_new (NULL);
  g_autoptr (GError) failed = NULL;
  g_autoptr (Workbook) workbook = workbook_open (bytes, length, &failed);
  g_assert_no_error (failed);
  g_autoptr (Worksheet) worksheet = worksheet_open (workbook, 1, error);
  if (worksheet == NULL)
    return NULL;
  for (guint pass = 0; pass < 2; pass++) {
    CsvRow row;
    g_string_truncate (all, 0);
    while (worksheet_next (worksheet, &row, &failed)) {
      g_autofree char *fields = g_strjoinv ("|", (char **) (guintptr) row.fields);
      g_string_append_printf (all, "%s%u:%s", all->len > 0 ? "\t" : "", row.line, fields);
      g_assert_cmpuint (g_strv_length ((char **) (guintptr) row.fields), ==, row.count);
    }
    if (failed != NULL)
      break;
    g_assert_cmpuint (worksheet_position (worksheet), ==, worksheet_size (worksheet));
    g_assert_true (worksheet_rewind (worksheet, &failed));
  }
  if (failed == NULL)
    return g_strdup (all->str);
  g_propagate_error (error, g_steal_pointer (&failed));
  return NULL;
}

static void test_rows (void)
{
  static const struct {
    const char *properties, *rows, *shown;
  } ROWS[] = {
    { "", "", "" },
    { "", "<row r='1'/>", "" },
    { "", "<row r='1'><c r='A1' t='s'><v>0</v></c><c r='C1' t='s'><v>2</v></c></row>",
      "1:Lefèvre||王明" },
    { "", "<row r='3'><c r='A3' t='s'><v>1</v></c></row>", "3:Hélène" },
    { "", "<row><c t='s'><v>0</v></c><c><v>5</v></c></row><row><c><v>6</v></c></row>",
      "1:Lefèvre|5\t2:6|" },
    { "", "<row r='1'><c r='A1' t='s'><v>3</v></c><c r='B1' t='s'><v>4</v></c></row>",
      "1:a\r\nbA" },
    { "",
      "<row r='1'><c r='A1' t='inlineStr'><is><r><t>in</t></r><r><t>line</t></r></is></c></row>",
      "1:inline" },
    { "", "<row r='1'><c r='A1' t='str'><f>B1&amp;\"x\"</f><v>calculé &lt; 1</v></c></row>",
      "1:calculé < 1" },
    { "", "<row r='1'><c r='A1'><f>1+1</f></c><c r='B1'><f>2</f><v/></c></row>", "1:=1+1|=2" },
    { "", "<row r='1'><c r='A1' t='str'><f>\"\"</f><v></v></c><c r='B1'><v>1</v></c></row>",
      "1:|1" },
    { "", "<row r='1'><c r='A1' t='b'><v>1</v></c><c r='B1' t='b'><v>0</v></c></row>",
      "1:TRUE|FALSE" },
    { "", "<row r='1'><c r='A1' t='e'><v>#REF!</v></c></row>", "1:#REF!" },
    { "", "<row r='1'><c r='A1'><v>12.0</v></c><c r='B1'><v>1.2E1</v></c></row>", "1:12|12" },
    { "", "<row r='1'><c r='A1' s='1'><v>7</v></c><c r='B1' s='2'><v>42669</v></c></row>",
      "1:0007|2016-10-26" },
    { "<workbookPr date1904='1'/>", "<row r='1'><c r='B1' s='2'><v>41207</v></c></row>",
      "1:|2016-10-26" },
    { "",
      "<row r='1'><c r='A1' t='d'><v>2016-10-26T00:00:00</v></c><c r='B1' "
      "t='d'><v>2016-10-26T14:30:00</v></c></row>",
      "1:2016-10-26|2016-10-26 14:30:00" },
    /* a style that is not there, a format without value far beside */
    { "", "<row r='1'><c r='A1' s='99'><v>7</v></c><c r='XFD1' s='1'/></row>", "1:7" },
    /* rows are as wide as the widest before */
    { "", "<row r='1'><c r='C1'><v>1</v></c></row><row r='2'><c r='A2'><v>2</v></c></row>",
      "1:||1\t2:2||" },
    { "", "<row r='1'><c r='A1' t='inlineStr'><is><t>z_x0000_z_xD800_</t></is></c></row>",
      "1:z\x01z\xEF\xBF\xBD" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *sheet = g_strconcat ("<x:worksheet xmlns:x='m'><sheetData>", ROWS[i].rows,
                                          "</sheetData></x:worksheet>", NULL);
    g_autofree char *shown = rows_of (ROWS[i].properties, sheet, &error);
    g_assert_no_error (error);
    g_assert_cmpstr (shown, ==, ROWS[i].shown);
  }
}

static void test_merged (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *shown = rows_of (
      "",
      "<worksheet><sheetData>"
      "<row r='1'><c r='A1'><v>1</v></c></row>"
      "<row r='2'><c r='A2'><v>2</v></c><c r='C2' t='inlineStr'><is><t>Pau</t></is></c></row>"
      "<row r='3'><c r='A3'><v>3</v></c><c r='B3' s='1'/></row>"
      "<row r='4'><c r='C4' s='1'/></row>"
      "<row r='5'><c r='A5'><v>5</v></c></row></sheetData>"
      "<mergeCells><mergeCell ref='A1:C1'/><mergeCell ref='C2:D4'/><mergeCell ref='nothing'/>"
      "<mergeCell ref='B3:B3'/></mergeCells></worksheet>",
      &error);
  g_assert_no_error (error);
  g_assert_cmpstr (shown, ==, "1:1\t2:2||Pau\t3:3||Pau\t5:5||");
}

static void test_refused (void)
{
  static const char *const ROWS[][2] = {
    { "<worksheet><sheetData><row r='1'>", "damaged" },
    { "<worksheet><row r='2'/><row r='1'/></worksheet>", "not in order" },
    { "<worksheet><row r='1'><c r='B1'/><c r='A1'/></row></worksheet>", "not in order" },
    { "<worksheet><row r='1'><c r='A1' t='s'><v>77</v></c></row></worksheet>",
      "a text is missing" },
    { "<worksheet><row r='4'><c r='GZ4'><v>1</v></c></row></worksheet>",
      "row 4 has more than 200 columns" },
    { "<!DOCTYPE x [<!ENTITY a 'b'>]><worksheet>&a;</worksheet>", "document type" },
    { "no XML", "damaged" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_null (rows_of ("", ROWS[i][0], &error));
    g_assert_error (error, IMPORT_ERROR, IMPORT_ERROR_FORMAT);
    if (strstr (error->message, ROWS[i][1]) == NULL) {
      g_test_message ("%s: %s", ROWS[i][0], error->message);
      g_test_fail ();
    }
  }
  g_autoptr (GError) error = NULL;
  g_autofree char *long_text = g_strnfill (IMPORT_FIELD_BYTES_MAX + 1, 'x');
  g_autofree char *sheet = g_strconcat ("<worksheet><row r='9'><c r='B9' t='inlineStr'><is><t>",
                                        long_text, "</t></is></c></row></worksheet>", NULL);
  g_assert_null (rows_of ("", sheet, &error));
  g_assert_nonnull (strstr (error->message, "row 9: column 2 is longer than 64 KiB"));
}

/* Rows that are longer than a piece of what is read at a time. */
static void test_long (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) sheet = g_string_new ("<worksheet><sheetData>");
  g_autoptr (GString) wanted = g_string_new (NULL);
  g_autofree char *filler = g_strnfill (30000, 'y');
  for (guint i = 1; i <= 60; i++) {
    const char *text = i % 7 == 0 ? filler : "é";
    g_string_append_printf (
        sheet, "<row r='%u'><c t='inlineStr'><is><t>%s</t></is></c><c><v>%u</v></c></row>", i, text,
        i);
    g_string_append_printf (wanted, "%s%u:%s|%u", i > 1 ? "\t" : "", i, text, i);
  }
  g_string_append (sheet, "</sheetData></worksheet>");
  g_autofree char *shown = rows_of ("", sheet->str, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (shown, ==, wanted->str);
}

/* Rows that hold anything and are not shown. */
static void test_hidden_rows (void)
{
  static const struct {
    const char *rows;
    guint hidden;
  } ROWS[] = {
    { "<row r='1'><c><v>1</v></c></row>", 0 },
    { "<row r='1' hidden='1'><c><v>1</v></c><c><v>2</v></c></row><row hidden='0'><c><v>1</v></c>"
      "</row>",
      1 },
    { "<row r='1' hidden='true'><c><v>1</v></c></row><row hidden='1'><c><v>1</v></c></row>", 2 },
    { "<row r='1' hidden='1'/><row><c><v>1</v></c></row>", 0 },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    gsize length;
    g_autoptr (GError) error = NULL;
    g_autofree char *sheet = g_strconcat ("<worksheet>", ROWS[i].rows, "</worksheet>", NULL);
    g_autofree guint8 *bytes = maker_workbook ("", TEXTS, STYLES, sheet, &length);
    g_autoptr (Workbook) workbook = workbook_open (bytes, length, &error);
    g_assert_no_error (error);
    g_autoptr (Worksheet) worksheet = worksheet_open (workbook, 1, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (worksheet_hidden_rows (worksheet), ==, ROWS[i].hidden);
  }
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/worksheet/rows", test_rows);
  g_test_add_func ("/worksheet/merged", test_merged);
  g_test_add_func ("/worksheet/refused", test_refused);
  g_test_add_func ("/worksheet/long", test_long);
  g_test_add_func ("/worksheet/hidden-rows", test_hidden_rows);
  return g_test_run ();
}
