/* What rows are read with: the organiser's words of status, the remarks, the reasons. */
#include "roster/row_reader.h"

#include "unit/roster/row_scene.h"

static void test_remarks (void)
{
  Scene scene = scene_new (TRUE, FALSE);
  g_autoptr (RowReader) reader = scene_reader (&scene, "Référence;Nom", "1;A");
  g_autoptr (Delegate) delegate = delegate_new ();
  row_reader_set (&delegate->reference, "FR-1");
  for (guint i = 0; i < ROW_REMARKS_MAX + 3; i++)
    row_reader_remark (reader, delegate, "remark %u", i);
  g_assert_cmpuint (row_reader_remarks (reader)->len, ==, ROW_REMARKS_MAX);
  g_assert_cmpstr (g_ptr_array_index (row_reader_remarks (reader), 0), ==, "FR-1: remark 0");
  g_assert_cmpuint (row_reader_counts (reader)->remarks_left_out, ==, 3);
  scene_free (&scene);
}

/* A list speaks only of the columns that it has. */
static void test_columns (void)
{
  Scene scene = scene_new (TRUE, FALSE);
  g_autoptr (GPtrArray) faults
      = g_ptr_array_new_with_free_func ((GDestroyNotify) import_fault_free);
  g_autoptr (RowReader) reader = scene_reader (&scene, "Référence;Nom;Hôtel", "1;A;Ibis");
  g_autoptr (Delegate) delegate = scene_read_with (&scene, reader, NULL, faults);
  g_autofree char *hotel = g_strdup ("Gare"), *email = g_strdup ("a@b.c");
  row_reader_take_text (reader, FIELD_HOTEL, &hotel);
  row_reader_take_text (reader, FIELD_EMAIL, &email);
  g_assert_cmpstr (hotel, ==, "Ibis");
  g_assert_cmpstr (email, ==, "a@b.c");
  g_assert_true (row_reader_has (reader, FIELD_HOTEL));
  g_assert_false (row_reader_has (reader, FIELD_EMAIL));
  row_reader_fault (reader, FIELD_HOTEL, "Ibis", "is a test");
  g_assert_cmpuint (faults->len, ==, 1);
  g_assert_cmpstr (((ImportFault *) g_ptr_array_index (faults, 0))->column, ==, "Hôtel");
  scene_free (&scene);
}

/* What was read once is known, so long as there is room. */
static void test_days (void)
{
  Scene scene = scene_new (TRUE, FALSE);
  g_autoptr (RowReader) reader = scene_reader (&scene, "Référence;Nom", "1;A");
  g_autoptr (GPtrArray) days = g_ptr_array_new ();
  g_ptr_array_add (days, (char[]){ "26" });
  g_assert_null (row_reader_known_days (reader, "le 26"));
  row_reader_keep_days (reader, "le 26", days);
  g_assert_cmpstr (row_reader_known_days (reader, "le 26")[0], ==, "26");
  g_assert_null (row_reader_known_days (reader, "le 26")[1]);
  for (guint i = 0; i < 2000; i++) {
    g_autofree char *text = g_strdup_printf ("%u", i);
    row_reader_keep_days (reader, text, days);
  }
  g_assert_nonnull (row_reader_known_days (reader, "10"));
  g_assert_null (row_reader_known_days (reader, "1999"));
  scene_free (&scene);
}

/* A list of ids, each once, in the order in which they came. */
static void test_lists (void)
{
  static const char *const IDS[] = { "A1", "A2", "A1", "", "A2" };
  g_auto (GStrv) place = g_strsplit ("before", "|", -1);
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < G_N_ELEMENTS (IDS); i++)
    row_reader_add_once (ids, IDS[i]);
  row_reader_set_list (&place, ids);
  g_autofree char *joined = g_strjoinv ("|", place);
  g_assert_cmpstr (joined, ==, "A1|A2|");
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/row_reader/remarks", test_remarks);
  g_test_add_func ("/row_reader/columns", test_columns);
  g_test_add_func ("/row_reader/days", test_days);
  g_test_add_func ("/row_reader/lists", test_lists);
  return g_test_run ();
}
