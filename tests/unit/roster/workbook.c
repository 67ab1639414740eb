/* Workbooks: what is in them, and files that are something else. */
#include "roster/workbook.h"

#include "roster/import_fault.h"
#include "unit/roster/workbook_maker.h"

static void test_opened (void)
{
  gsize length;
  g_autoptr (GError) error = NULL;
  g_autofree guint8 *bytes = maker_workbook (
      "<workbookPr date1904='true'/>", "<sst><si><t>a</t></si><si><t>b</t></si></sst>",
      "<styleSheet><cellXfs><xf numFmtId='0'/><xf numFmtId='1'/></cellXfs></styleSheet>",
      "<worksheet/>", &length);
  g_assert_true (workbook_is_zip (bytes, length));
  g_autoptr (Workbook) workbook = workbook_open (bytes, length, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (workbook_sheets (workbook), ==, 2);
  g_assert_cmpstr (workbook_sheet_name (workbook, 1), ==, "Liste");
  g_assert_false (workbook_sheet_is_hidden (workbook, 1));
  g_assert_true (workbook_is_1904 (workbook));
  g_assert_cmpstr (workbook_text (workbook, 1), ==, "b");
  g_assert_null (workbook_text (workbook, 2));
  g_assert_true (number_format_is_general (workbook_format (workbook, 0)));
  g_assert_false (number_format_is_general (workbook_format (workbook, 1)));
  g_assert_null (workbook_format (workbook, 2));
  g_autoptr (ZipPart) part = workbook_sheet_part (workbook, 1, &error);
  g_assert_nonnull (part);
}

static void test_hidden_and_missing (void)
{
  gsize length;
  g_autoptr (GError) error = NULL;
  const MakerPart parts[] = {
    { "xl/workbook.xml", "<workbook><sheets><sheet name='A' id='rId1' state='hidden'/><sheet "
                         "name='B' id='rId9'/></sheets></workbook>" },
    { "xl/_rels/workbook.xml.rels",
      "<Relationships>" MAKER_RELATION ("rId1", "worksheet", "none.xml") "</Relationships>" },
    { NULL, NULL },
  };
  g_autofree guint8 *bytes = maker_zip (parts, &length);
  g_autoptr (Workbook) workbook = workbook_open (bytes, length, &error);
  g_assert_no_error (error);
  g_assert_true (workbook_sheet_is_hidden (workbook, 0));
  g_assert_false (workbook_sheet_is_hidden (workbook, 1));
  for (guint i = 0; i < 2; i++) {
    g_assert_null (workbook_sheet_part (workbook, i, &error));
    g_assert_error (error, IMPORT_ERROR, IMPORT_ERROR_FORMAT);
    g_clear_error (&error);
  }
}

static void test_refused (void)
{
  static const struct {
    MakerPart parts[2];
    const char *says;
  } ROWS[] = {
    { { { "content.xml", "<x/>" } }, "OpenDocument" },
    { { { "xl/workbook.bin", "x" } }, ".xlsb" },
    { { { "word/document.xml", "<x/>" } }, "Word" },
    { { { "Index/Document.iwa", "x" } }, "Numbers" },
    { { { "list.csv", "a,b" } }, "Unpack it" },
    { { { "xl/workbook.xml", "<workbook><sheets>" } }, "damaged" },
    { { { "xl/workbook.xml", "<!DOCTYPE w SYSTEM 'file:///etc/passwd'><workbook/>" } },
      "document type" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    gsize length;
    g_autoptr (GError) error = NULL;
    g_autofree guint8 *bytes = maker_zip (ROWS[i].parts, &length);
    g_assert_null (workbook_open (bytes, length, &error));
    g_assert_error (error, IMPORT_ERROR, IMPORT_ERROR_FORMAT);
    if (strstr (error->message, ROWS[i].says) == NULL) {
      g_test_message ("%s: %s", ROWS[i].parts[0].name, error->message);
      g_test_fail ();
    }
    /* cut short anywhere, it is refused too */
    for (gsize cut = 4; cut < length; cut += 7) {
      g_autoptr (GError) damaged = NULL;
      g_assert_null (workbook_open (bytes, cut, &damaged));
      g_assert_error (damaged, IMPORT_ERROR, IMPORT_ERROR_FORMAT);
    }
  }
}

/* Elements within elements, and names of parts that lead outside. */
static void test_deep (void)
{
  gsize length;
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) deep = g_string_new (NULL);
  for (guint i = 0; i < 100000; i++)
    g_string_append (deep, "<a>");
  g_autofree guint8 *bytes
      = maker_workbook ("", deep->str, "<styleSheet/>", "<worksheet/>", &length);
  g_assert_null (workbook_open (bytes, length, &error));
  g_assert_error (error, IMPORT_ERROR, IMPORT_ERROR_FORMAT);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/workbook/opened", test_opened);
  g_test_add_func ("/workbook/hidden-and-missing", test_hidden_and_missing);
  g_test_add_func ("/workbook/refused", test_refused);
  g_test_add_func ("/workbook/deep", test_deep);
  return g_test_run ();
}
