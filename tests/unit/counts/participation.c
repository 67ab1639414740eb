/* What a delegate took part in: days at entrances, sessions at their doors. */
#include "counts/participation.h"

#include "unit/access/replica.h"

static void pass (Journal *journal, const char *checkpoint, const char *day, const char *verdict)
{
  g_autofree char *body = g_strdup_printf (
      "{\"checkpoint\":\"%s\",\"verdict\":\"%s\",\"day\":\"%s\",\"direction\":\"in\"}", checkpoint,
      verdict, day);
  hand_ms += 1000;
  append (journal, "passage", "FR-1", body);
}

static void test_read (void)
{
  Replica replica;
  g_autoptr (GError) error = NULL;
  g_auto (Participation) found = { 0 };
  replica_open (&replica, "hub");
  Journal *journal = replica.journal;
  append (journal, "checkpoint", "est", "{\"kind\":\"entrance\",\"event\":\"e\"}");
  append (journal, "checkpoint", "foire", "{\"kind\":\"entrance\",\"event\":\"f\"}");
  append (journal, "checkpoint", "a1", "{\"kind\":\"session\",\"session\":\"A1\"}");
  append (journal, "checkpoint", "a1-back", "{\"kind\":\"session\",\"session\":\"A1\"}");
  append (journal, "checkpoint", "a3", "{\"kind\":\"session\",\"session\":\"A3\"}");
  append (journal, "checkpoint", "lunch", "{\"kind\":\"meal\"}");
  g_assert_true (participation_read (journal, "FR-1", &found, &error));
  g_assert_cmpuint (g_strv_length (found.days) + g_strv_length (found.sessions), ==, 0);
  pass (journal, "foire", "2016-10-29", "ADMITTED");
  pass (journal, "est", "2016-10-26", "ADMITTED");
  pass (journal, "est", "2016-10-26", "ADMITTED");
  pass (journal, "est", "2016-10-27", "CLOSED"); /* she was not let in */
  pass (journal, "a3", "2016-10-26", "ADMITTED");
  pass (journal, "a1", "2016-10-26", "ADMITTED");
  pass (journal, "a1-back", "2016-10-26", "ADMITTED");
  pass (journal, "lunch", "2016-10-28", "ADMITTED");
  g_assert_true (participation_read (journal, "FR-1", &found, &error));
  g_autofree char *days = g_strjoinv (",", found.days),
                  *sessions = g_strjoinv (",", found.sessions);
  g_assert_cmpstr (days, ==, "2016-10-26,2016-10-29");
  g_assert_cmpstr (sessions, ==, "A3,A1");
  replica_close (&replica);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/participation/read", test_read);
  return g_test_run ();
}
