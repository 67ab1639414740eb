/* Rows out of text: RFC 4180 and what Excel makes of it, and the limits. */
#include "roster/csv.h"

#include "roster/import_fault.h"

#include <string.h>

static Csv *csv_of (const char *text, gsize length, char separator)
{
  return csv_new (decoder_new ((const guint8 *) text, length, ENCODING_UTF8), separator);
}

/* All rows: "line:field|field" joined by a tab. */
static char *rows_of (const char *text, gsize length, char separator, GError **error)
{
  g_autoptr (Csv) csv = csv_of (text, length, separator);
  g_autoptr (GString) all = g_string_new (NULL);
  CsvRow row;
  g_autoptr (GError) failed = NULL;
  while (csv_next (csv, &row, &failed)) {
    g_string_append_printf (all, "%s%u:", all->len > 0 ? "\t" : "", row.line);
    for (guint i = 0; i < row.count; i++)
      g_string_append_printf (all, "%s%s", i > 0 ? "|" : "", row.fields[i]);
  }
  if (failed == NULL)
    return g_strdup (all->str);
  g_propagate_error (error, g_steal_pointer (&failed));
  return NULL;
}

static void test_rows (void)
{
  static const struct {
    const char *text;
    char separator;
    const char *rows;
  } ROWS[] = {
    { "", ',', "" },
    { "\r\n\n\r", ',', "" },
    { "a,b\nc,d", ',', "1:a|b\t2:c|d" },
    { "a,b\r\nc,d\r\n", ',', "1:a|b\t2:c|d" },
    { "a,b\rc,d\r", ',', "1:a|b\t2:c|d" },
    { "a,b\n\n\nc,d\n", ',', "1:a|b\t4:c|d" },
    { "a;b,c;d\n", ';', "1:a|b,c|d" },
    { "a\tb\n", '\t', "1:a|b" },
    { "a,,\n", ',', "1:a||" },
    { ",\n", ',', "1:|" },
    { "\"a\",\"b,c\"\n", ',', "1:a|b,c" },
    { "\"a\"\"b\"\n", ',', "1:a\"b" },
    { "\"\",x\n", ',', "1:|x" },
    { "\"\"\"\"\n", ',', "1:\"" },
    { "\"l1\r\nl2\",b\r\nc,d\r\n", ',', "1:l1\nl2|b\t3:c|d" },
    { "\"l1\rl2\nl3\"\nx\n", ',', "1:l1\nl2\nl3\t4:x" },
    { "a\"b,c\n", ',', "1:a\"b|c" },     /* a quote in the middle is a character */
    { "\"a\" b,c\n", ',', "1:a b|c" },   /* text after the closing quote is kept */
    { "a, \"b\"\n", ',', "1:a| \"b\"" }, /* a quote after a space does not quote */
    { "\"a\"", ',', "1:a" },
    { "\"a\"\r\nb", ',', "1:a\t2:b" },
    { "é,王\n", ',', "1:é|王" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *rows
        = rows_of (ROWS[i].text, strlen (ROWS[i].text), ROWS[i].separator, &error);
    g_assert_no_error (error);
    g_assert_cmpstr (rows, ==, ROWS[i].rows);
  }
}

static void test_zero_byte (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *rows = rows_of ("a\0b,\"c\0\"\n", 9, ',', &error);
  g_assert_no_error (error);
  g_assert_cmpstr (rows, ==,
                   "1:a\x01"
                   "b|c\x01");
}

/* Pieces of the decoder end anywhere; the rows do not show it. */
static void test_long (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < 20000; i++)
    g_string_append_printf (text, "%u,\"q\"\"%u\r\n\",王%u\r\n", i, i, i);
  g_autoptr (Csv) csv = csv_of (text->str, text->len, ',');
  CsvRow row;
  guint count = 0;
  for (; csv_next (csv, &row, NULL); count++) {
    g_autofree char *quoted = g_strdup_printf ("q\"%u\n", count),
                    *hanzi = g_strdup_printf ("王%u", count);
    g_assert_cmpuint (row.count, ==, 3);
    g_assert_cmpuint (row.line, ==, count * 2 + 1);
    g_assert_cmpstr (row.fields[1], ==, quoted);
    g_assert_cmpstr (row.fields[2], ==, hanzi);
  }
  g_assert_cmpuint (count, ==, 20000);
  g_assert_cmpuint (csv_position (csv), ==, text->len);
}

static void check_refused (const char *text, gsize length, const char *says)
{
  g_autoptr (GError) error = NULL;
  g_assert_null (rows_of (text, length, ',', &error));
  g_assert_error (error, IMPORT_ERROR, IMPORT_ERROR_FORMAT);
  if (strstr (error->message, says) == NULL) {
    g_test_message ("%s", error->message);
    g_test_fail ();
  }
}

static void test_refused (void)
{
  check_refused ("a,b\nc,\"d\ne\nf\n", 14, "line 2: the quote (\") that opens column 2 never ends");
  check_refused ("a,b\n1,\"Roux,x\n2,\"Petit,y\n", 24,
                 "the quote (\") in line 2, column 2, ends in line 3 only");
  g_autofree char *field = g_strnfill (IMPORT_FIELD_BYTES_MAX + 1, 'x');
  check_refused (field, strlen (field), "line 1: column 1 is longer");
  g_autofree char *quoted = g_strconcat ("a,b\n\"c", field, "\"", NULL);
  check_refused (quoted, strlen (quoted),
                 "line 2: the quote (\") that opens column 1 does not end within");
  g_autofree char *commas = g_strnfill (IMPORT_COLUMNS_MAX, ',');
  check_refused (commas, strlen (commas), "line 1 has more than 200 columns");
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/csv/rows", test_rows);
  g_test_add_func ("/csv/zero-byte", test_zero_byte);
  g_test_add_func ("/csv/long", test_long);
  g_test_add_func ("/csv/refused", test_refused);
  return g_test_run ();
}
