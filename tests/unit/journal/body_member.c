/* body_member () and SQLite's own operator say the same. */
#include "journal/body_member.h"

#include <glib.h>

static const char *const BODIES[] = {
  "{}",
  "{\"a\":\"x\"}",
  " { \"a\" : \"x y\" , \"b\" : 1 } ",
  "{\"a\":\"\"}",
  "{\"a\":\"\\\"q\\\\ \\n \\u00e9 \\uD83D\\uDE00\"}",
  "{\"a\":\"é 王\"}",
  "{\"a\":true,\"b\":false,\"c\":null}",
  "{\"a\":12,\"b\":-7,\"c\":1.5}",
  "{\"a\":9223372036854775807,\"b\":-9223372036854775808}",
  "{\"a\":1e3,\"b\":-0.25}",
  "{\"a\":[],\"b\":[\"x\", \"y z\"],\"c\":{\"d\" : [1, {\"e\": \"} ]\\\"\"}]}}",
  "{\"a\":\"first\",\"a\":\"second\"}",
  "{\"b\":{\"a\":\"inner\"},\"a\":\"outer\"}",
  "{\"\\u0061\":\"escaped\"}",
};

static sqlite3 *opened (void)
{
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open (":memory:", &db), ==, SQLITE_OK);
  g_assert_cmpint (body_member_register (db), ==, SQLITE_OK);
  return db;
}

/* The first row of @sql with these two parameters; finalize it. */
static sqlite3_stmt *row_of (sqlite3 *db, const char *sql, const char *body, const char *name)
{
  sqlite3_stmt *row = NULL;

  g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &row, NULL), ==, SQLITE_OK);
  sqlite3_bind_text (row, 1, body, -1, SQLITE_STATIC);
  sqlite3_bind_text (row, 2, name, -1, SQLITE_STATIC);
  g_assert_cmpint (sqlite3_step (row), ==, SQLITE_ROW);
  return row;
}

static void test_same (void)
{
  static const char *const NAMES[] = { "a", "b", "c", "d" };
  sqlite3 *db = opened ();

  for (gsize i = 0; i < G_N_ELEMENTS (BODIES); i++)
    for (gsize k = 0; k < G_N_ELEMENTS (NAMES); k++) {
      sqlite3_stmt *row = row_of (db,
                                  "SELECT body_member (?1, ?2) IS (?1 ->> ?2), typeof (body_member "
                                  "(?1, ?2)) = typeof (?1 ->> ?2)",
                                  BODIES[i], NAMES[k]);
      g_test_message ("%s of %s", NAMES[k], BODIES[i]);
      g_assert_true (sqlite3_column_int (row, 0));
      g_assert_true (sqlite3_column_int (row, 1));
      sqlite3_finalize (row);
    }
  sqlite3_close (db);
}

/* An erased body has no members, nor has what is no object. */
static void test_none (void)
{
  static const char *const NONE[] = { NULL, "[\"a\"]", "\"a\"", "" };
  sqlite3 *db = opened ();

  for (gsize i = 0; i < G_N_ELEMENTS (NONE); i++) {
    sqlite3_stmt *row = row_of (db, "SELECT body_member (?1, ?2)", NONE[i], "a");
    g_assert_cmpint (sqlite3_column_type (row, 0), ==, SQLITE_NULL);
    sqlite3_finalize (row);
  }
  sqlite3_close (db);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/body-member/same", test_same);
  g_test_add_func ("/body-member/none", test_none);
  return g_test_run ();
}
