/* Tables of pages, as platforms write them. */
#include "roster/html_table.h"

#include "roster/import_fault.h"

#include <string.h>

/* The tables: "name: line:field|field …" joined by " / ". */
static char *tables_of (const char *page, GError **error)
{
  g_autoptr (Decoder) decoder = decoder_new ((const guint8 *) page, strlen (page), ENCODING_UTF8);
  g_autoptr (GPtrArray) grids = html_table_read (decoder, error);
  g_autoptr (GString) all = g_string_new (NULL);
  CsvRow row;
  for (guint i = 0; grids != NULL && i < grids->len; i++) {
    Grid *grid = g_ptr_array_index (grids, i);
    g_string_append_printf (all, "%s%s:", i > 0 ? " / " : "", grid_name (grid));
    while (grid_next (grid, &row)) {
      g_autofree char *fields = g_strjoinv ("|", (char **) (guintptr) row.fields);
      g_string_append_printf (all, " %u:%s", row.line, fields);
    }
  }
  return grids != NULL ? g_strdup (all->str) : NULL;
}

static void test_tables (void)
{
  static const char *const ROWS[][2] = {
    { "<table><tr><td>A</td><td>B</td></tr><tr><td>0007</td><td>Lef&egrave;vre</td></tr></table>",
      "1: 1:A|B 2:0007|Lefèvre" },
    /* ends left out, as HTML allows; capitals; characters by number */
    { "<TABLE><TR><TH>A<TH>B<TR><TD>1<TD>&#29579;&#x660E;</TABLE>", "1: 1:A|B 2:1|王明" },
    { "<table><tr><td>a <b>b</b><br>c&nbsp;d</td></tr></table>", "1: 1:a b c\xC2\xA0"
                                                                 "d" },
    { "<table><tr><td colspan=2>title</td></tr><tr><td>1</td><td>2</td></tr></table>",
      "1: 1:title| 2:1|2" },
    { "<table><tr><td rowspan=2>Pau</td><td>1</td></tr><tr><td>2</td></tr><tr><td>Nice<td>3"
      "</table>",
      "1: 1:Pau|1 2:Pau|2 3:Nice|3" },
    { "<table><tr><td></td></tr></table><table><tr><td>x</td></tr></table>", "2: 1:x" },
    { "<table><tr><td>a</td><td><table><tr><td>in</td></tr></table></td><td>c</td></tr></table>",
      "2: 1:in / 1: 1:a||c" },
    { "<style>td{x}</style><script>var a='<td>no';</script><table><tr><td>x"
      "<script>document</script></td></tr></table>",
      "1: 1:x" },
    { "<table><tr><td>cut off", "1: 1:cut off" },
    { "<table><td>no row</td></table>", "1: 1:no row" },
    { "text <table><tr>stray<td>x</td>stray</tr></table>", "1: 1:x" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *tables = tables_of (ROWS[i][0], &error);
    g_assert_no_error (error);
    g_assert_cmpstr (tables, ==, ROWS[i][1]);
  }
}

static void test_refused (void)
{
  g_autoptr (GError) none = NULL, many = NULL, wide = NULL;
  g_autoptr (GString) page = g_string_new ("<html>");
  g_assert_null (tables_of ("<html><form>Identifiant: <input></form>", &none));
  g_assert_error (none, IMPORT_ERROR, IMPORT_ERROR_FORMAT);
  g_assert_nonnull (strstr (none->message, "without a table"));
  for (guint i = 0; i <= HTML_TABLES_MAX; i++)
    g_string_append (page, "<table></table>");
  g_assert_null (tables_of (page->str, &many));
  g_assert_error (many, IMPORT_ERROR, IMPORT_ERROR_FORMAT);
  g_assert_null (tables_of ("<table><tr><td colspan=900>1</td><td>2</td></tr></table>", &wide));
  g_assert_error (wide, IMPORT_ERROR, IMPORT_ERROR_FORMAT);
}

static void test_is (void)
{
  static const struct {
    const char *bytes;
    gboolean is;
  } ROWS[] = {
    { "<table><tr>", TRUE },
    { "\xEF\xBB\xBF \n<!DOCTYPE html>\n<!-- > -->\n<HTML xmlns:x='urn'>", TRUE },
    { "<?xml version='1.0'?><html>", TRUE },
    { "<?xml version='1.0'?><?mso-application progid='Excel.Sheet'?><Workbook>", FALSE },
    { "<tablet>", FALSE },
    { "<Dupont>,<Jean>", FALSE },
    { "Nom,Prénom", FALSE },
    { "<!-- never ends", FALSE },
    { "<", FALSE },
    { "", FALSE },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    g_assert_cmpint (html_table_is ((const guint8 *) ROWS[i].bytes, strlen (ROWS[i].bytes)), ==,
                     ROWS[i].is);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/roster/html_table/tables", test_tables);
  g_test_add_func ("/roster/html_table/refused", test_refused);
  g_test_add_func ("/roster/html_table/is", test_is);
  return g_test_run ();
}
