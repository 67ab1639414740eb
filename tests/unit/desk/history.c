/* What has happened to one person, in order. */
#include "desk/history.h"

#include "unit/access/replica.h"

static void test_order (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = NULL, nobody = NULL;
  Replica replica = { 0 };
  static const HistoryKind KINDS[]
      = { HISTORY_PASSAGE, HISTORY_BADGE, HISTORY_VOID, HISTORY_PASSAGE };

  replica_open (&replica, "desk");
  append (replica.journal, "passage", "P-1",
          "{\"checkpoint\":\"door\",\"verdict\":\"ADMITTED\",\"day\":\"2016-10-26\","
          "\"direction\":\"in\",\"code\":\"ticket\"}");
  append (replica.journal, "badge-issued", "P-1", "{\"serial\":1,\"reason\":\"first\"}");
  append (replica.journal, "badge-void", "P-1",
          "{\"serial\":1,\"issuer\":\"desk\",\"reason\":\"lost\",\"volunteer\":\"Li Na\"}");
  append (replica.journal, "passage", "P-1",
          "{\"checkpoint\":\"door\",\"verdict\":\"BADGE_VOID\",\"day\":\"2016-10-26\","
          "\"direction\":\"in\",\"code\":\"badge\"}");
  append (replica.journal, "passage", "P-2",
          "{\"checkpoint\":\"door\",\"verdict\":\"ADMITTED\",\"day\":\"2016-10-26\","
          "\"direction\":\"in\",\"code\":\"badge\"}");
  entries = history_read (replica.journal, "P-1", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (entries->len, ==, G_N_ELEMENTS (KINDS));
  for (guint i = 0; i < entries->len; i++) {
    const HistoryEntry *entry = entries->pdata[i];

    g_assert_cmpint (entry->kind, ==, KINDS[i]);
    g_assert_cmpstr (entry->station, ==, "desk");
  }
  g_assert_cmpstr (((HistoryEntry *) entries->pdata[2])->volunteer, ==, "Li Na");
  g_assert_cmpstr (((HistoryEntry *) entries->pdata[2])->reason, ==, "lost");
  g_assert_cmpstr (((HistoryEntry *) entries->pdata[3])->verdict, ==, "BADGE_VOID");
  nobody = history_read (replica.journal, "P-9", &error);
  g_assert_cmpuint (nobody->len, ==, 0);
  replica_close (&replica);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/desk/history/order", test_order);
  return g_test_run ();
}
