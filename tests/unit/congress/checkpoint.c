/* Checkpoints as the event file defines them, days and openings as facts write them. */
#include "congress/checkpoint.h"

#include "congress/event_file.h"
#include "unit/access/replica.h"

#define DEMO "assets/demo/congress.ini"

static void load_demo (Replica *replica)
{
  g_autoptr (GError) error = NULL;
  DefinitionSummary summary;
  replica_open (replica, "desk");
  g_assert_true (event_file_load (replica->journal, DEMO, NULL, &summary, &error));
}

static gboolean is_current (Replica *replica, const Checkpoint *checkpoint)
{
  gboolean current = FALSE;
  g_assert_true (checkpoint_is_current (replica->journal, checkpoint, &current, NULL));
  return current;
}

static void test_current (void)
{
  Replica replica;
  load_demo (&replica);
  g_autoptr (Checkpoint) checkpoint = checkpoint_load (replica.journal, "entree-est", NULL);
  g_assert_true (is_current (&replica, checkpoint));
  append (replica.journal, "passage", "FR-1",
          "{\"checkpoint\":\"entree-est\",\"verdict\":\"ADMITTED\",\"day\":\"2016-10-26\","
          "\"direction\":\"in\"}");
  g_assert_true (is_current (&replica, checkpoint));
  append (replica.journal, "checkpoint", "entree-est", "{\"kind\":\"entrance\"}");
  g_assert_false (is_current (&replica, checkpoint));
  replica_close (&replica);
}

static void test_unknown (void)
{
  Replica replica;
  replica_open (&replica, "desk");
  g_autoptr (GError) error = NULL;
  g_assert_null (checkpoint_load (replica.journal, "entree-est", &error));
  g_assert_error (error, CHECKPOINT_ERROR, CHECKPOINT_ERROR_EVENT);
  g_clear_error (&error);
  DefinitionSummary summary;
  g_assert_true (event_file_load (replica.journal, DEMO, NULL, &summary, &error));
  g_assert_null (checkpoint_load (replica.journal, "entree-ouest", &error));
  g_assert_error (error, CHECKPOINT_ERROR, CHECKPOINT_ERROR_UNKNOWN);
  g_assert_nonnull (strstr (error->message, "entree-est"));
  replica_close (&replica);
}

/* By kind as the enumeration has them, then by id; what was taken out is not there. */
static void test_all (void)
{
  Replica replica;
  load_demo (&replica);
  append (replica.journal, "checkpoint", "entree-est", "{\"kind\":\"entrance\",\"removed\":true}");
  append (replica.journal, "checkpoint", "a-desk", "{\"kind\":\"headset\",\"fr\":\"A\"}");
  g_autoptr (GPtrArray) all = checkpoint_all (replica.journal, NULL);
  g_autofree char *desk = checkpoint_first_of_kind (replica.journal, CHECKPOINT_HEADSET, NULL);
  g_assert_cmpuint (all->len, >, 3);
  for (guint i = 0; i < all->len; i++) {
    const Checkpoint *one = all->pdata[i], *before = i > 0 ? all->pdata[i - 1] : NULL;
    g_assert_cmpstr (one->id, !=, "entree-est");
    g_assert_true (before == NULL || before->kind < one->kind
                   || (before->kind == one->kind && strcmp (before->id, one->id) < 0));
  }
  g_assert_cmpstr (desk, ==, "a-desk");
  replica_close (&replica);
}

static void test_days (void)
{
  static const char *const BROKEN[] = { "", "no", "{}", "[1,null]", "[{\"label\":\"26\"}]" };
  g_autoptr (GPtrArray) days
      = days_read ("[{\"label\":\"26\",\"date\":\"2016-10-26\"},{\"date\":\"2016-10-27\"},"
                   "{\"label\":\"28\",\"date\":\"2016-10-28\"}]");
  g_assert_cmpuint (days->len, ==, 2);
  g_assert_cmpstr (days_date_of (days, "28"), ==, "2016-10-28");
  g_assert_null (days_date_of (days, "27"));
  g_assert_null (days_date_of (days, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (BROKEN); i++) {
    g_autoptr (GPtrArray) none = days_read (BROKEN[i]);
    g_assert_cmpuint (none->len, ==, 0);
  }
}

static void test_openings (void)
{
  static const struct {
    const char *json, *day;
    gint from, to;
  } ROWS[] = {
    { "[{\"day\":\"26\",\"from\":\"7:30\",\"to\":\"25:30\"}]", "2016-10-26", 450, 1530 },
    { "[{\"day\":\"26\",\"from\":\"07:30\",\"to\":\"24:00\"}]", "2016-10-26", 450, 1440 },
    { "[{\"day\":\"30\",\"from\":\"7:30\",\"to\":\"9:00\"}]", "", 450, 540 },
    { "[{\"day\":\"26\",\"from\":\"soon\",\"to\":\"99:99\"}]", "2016-10-26", 0, 0 },
    { "[{\"day\":\"26\"}]", "2016-10-26", 0, 0 },
  };
  g_autoptr (GPtrArray) days = days_read ("[{\"label\":\"26\",\"date\":\"2016-10-26\"}]");
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autoptr (GArray) openings = opening_read (days, ROWS[i].json);
    g_assert_cmpuint (openings->len, ==, 1);
    const Opening *opening = &g_array_index (openings, Opening, 0);
    g_assert_cmpstr (opening->day, ==, ROWS[i].day);
    g_assert_cmpint (opening->from_minute, ==, ROWS[i].from);
    g_assert_cmpint (opening->to_minute, ==, ROWS[i].to);
  }
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/checkpoint/current", test_current);
  g_test_add_func ("/checkpoint/unknown", test_unknown);
  g_test_add_func ("/checkpoint/all", test_all);
  g_test_add_func ("/checkpoint/days", test_days);
  g_test_add_func ("/checkpoint/openings", test_openings);
  return g_test_run ();
}
