/* Who is here: a small congress of two entrances and a workshop. */
#include "counts/attendance.h"

#include <glib/gstdio.h>
#include <string.h>

static Journal *journal;
static gint64 now_ms = 1477443600000; /* 2016-10-26 09:00 at the venue */

static gint64 clock_ms (gpointer data)
{
  return now_ms;
}

static void append (const char *kind, const char *subject, const char *body)
{
  g_autoptr (GError) error = NULL;
  now_ms += 60000;
  g_assert_true (journal_begin (journal, &error));
  g_assert_true (journal_append (journal, kind, subject, body, NULL, &error));
  g_assert_true (journal_commit (journal, &error));
}

static void pass (const char *reference, const char *checkpoint, const char *day,
                  const char *direction)
{
  g_autofree char *body = g_strdup_printf ("{\"checkpoint\":\"%s\",\"day\":\"%s\",\"verdict\":"
                                           "\"ADMITTED\",\"direction\":\"%s\"}",
                                           checkpoint, day, direction);
  append ("passage", reference, body);
}

static void prepare (void)
{
  append ("checkpoint", "east", "{\"kind\":\"entrance\",\"event\":\"r\"}");
  append ("checkpoint", "fair", "{\"kind\":\"entrance\",\"event\":\"f\"}");
  append ("checkpoint", "door", "{\"kind\":\"session\",\"session\":\"A1\"}");
  append ("registration", "1",
          "{\"family\":\"In\",\"events\":[\"r\"],\"days\":[\"26\",\"27\"],\"category\":\"elu\"}");
  append ("registration", "2",
          "{\"family\":\"Out\",\"events\":[\"r\",\"f\"],\"days\":[\"26\"],"
          "\"role\":\"intervenant A1\"}");
  append ("registration", "3", "{\"family\":\"Never\",\"events\":[\"f\"],\"days\":[\"27\"]}");
  append ("registration", "4",
          "{\"family\":\"Gone\",\"events\":[\"r\"],\"days\":[\"26\"],\"revoked\":true}");
  append ("registration", "5",
          "{\"family\":\"Before\",\"events\":[\"r\"],\"days\":[\"26\"],\"workshops\":[\"A1\"]}");
  pass ("5", "east", "2016-10-25", "in");
  pass ("1", "east", "2016-10-26", "in");
  pass ("2", "east", "2016-10-26", "in");
  pass ("2", "door", "2016-10-26", "in");
  pass ("2", "east", "2016-10-26", "out");
}

static gboolean add (const AttendanceRow *row, gpointer data)
{
  g_string_append_printf (data, "%s ", row->delegate->reference);
  return TRUE;
}

static void test_filters (void)
{
  static const struct {
    AttendanceFilter filter;
    const char *references;
  } ROWS[] = {
    { { .state = ATTENDANCE_ALL }, "1 2 3 4 5 " },
    { { .state = ATTENDANCE_ARRIVED }, "1 2 5 " },
    { { .state = ATTENDANCE_INSIDE }, "1 " },
    { { .state = ATTENDANCE_MISSING }, "3 " },
    { { .state = ATTENDANCE_MISSING, .event = "f" }, "2 3 " },
    { { .state = ATTENDANCE_ARRIVED, .event = "f" }, "" },
    { { .state = ATTENDANCE_ALL, .event = "r" }, "1 2 5 " },
    { { .state = ATTENDANCE_ALL, .category = "elu" }, "1 " },
    { { .state = ATTENDANCE_ARRIVED, .session = "A1" }, "2 " },
    { { .state = ATTENDANCE_MISSING, .session = "A1" }, "5 " },
    { { .state = ATTENDANCE_ARRIVED, .day = "2016-10-26", .day_label = "26" }, "1 2 " },
    { { .state = ATTENDANCE_MISSING, .day = "2016-10-26", .day_label = "26" }, "5 " },
    { { .state = ATTENDANCE_INSIDE, .day = "2016-10-25", .day_label = "25" }, "5 " },
    { { .state = ATTENDANCE_ALL, .delegation = "none" }, "" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GString) found = g_string_new (NULL);
    g_assert_true (attendance_each (journal, &ROWS[i].filter, add, found, &error));
    g_test_message ("row %u", i);
    g_assert_cmpstr (found->str, ==, ROWS[i].references);
  }
}

static void test_row (void)
{
  g_autoptr (GError) error = NULL;
  const AttendanceFilter filter = { .state = ATTENDANCE_ALL };
  g_autoptr (Attendance) attendance = attendance_new (journal, &filter, &error);
  g_autoptr (Delegate) out = delegate_load (journal, "2", &error),
                       never = delegate_load (journal, "3", &error);
  AttendanceRow row;
  g_assert_true (attendance_look (attendance, out, &row, &error));
  g_assert_true (row.arrived);
  g_assert_false (row.inside);
  g_assert_cmpstr (row.last_place, ==, "east");
  g_assert_cmpint (row.last_ms - row.first_ms, ==, 2 * 60000);
  g_assert_true (attendance_look (attendance, never, &row, &error));
  g_assert_cmpint (row.first_ms, ==, 0);
  g_assert_cmpstr (row.last_place, ==, "");
}

int main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("accueil-attendance-XXXXXX", NULL),
                  *path = g_build_filename (folder, "a.db", NULL);
  g_test_init (&argc, &argv, NULL);
  journal = journal_create (path, "hub", (Clock){ .now_ms = clock_ms, .data = NULL }, &error);
  g_assert_no_error (error);
  prepare ();
  g_test_add_func ("/attendance/filters", test_filters);
  g_test_add_func ("/attendance/row", test_row);
  int status = g_test_run ();
  journal_close (journal);
  g_remove (path);
  g_rmdir (folder);
  return status;
}
