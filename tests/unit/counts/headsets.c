/* Who has a headset still, by delegation. */
#include "counts/headsets.h"

#include "unit/access/replica.h"

static void lend (Journal *journal, const char *reference, const char *headset, const char *event,
                  const char *day, gboolean out)
{
  g_autofree char *body = g_strdup_printf (
      "{\"item\":\"headset\",\"direction\":\"%s\",\"headset\":\"%s\",\"event\":\"%s\",\"day\":"
      "\"%s\"}",
      out ? "out" : "in", headset, event, day);
  hand_ms += 1000;
  append (journal, "loan", reference, body);
}

static char *told (Journal *journal, const char *event, const char *day)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Headsets) headsets = headsets_read (journal, event, day, &error);
  g_assert_no_error (error);
  g_autoptr (GString) text = g_string_new (NULL);
  g_string_append_printf (text, "%u/%u", headsets->all, headsets->defect);
  for (guint i = 0; i < headsets->rows->len; i++) {
    const HeadsetsRow *row = headsets->rows->pdata[i];
    g_string_append_printf (text, " %s:%s:%s:%s%s", row->delegation, row->reference, row->name,
                            row->headset, row->gone ? "!" : "");
  }
  return g_strdup (text->str);
}

static void test_list (void)
{
  static const struct {
    const char *event, *day, *expected;
  } ROWS[] = {
    { NULL, NULL, "2/1 Lyon:FR-2:Zoé B:H-2 Ville:FR-1:A: Ville:FR-3::H-4!" },
    { "foire", NULL, "2/1 Ville:FR-3::H-4!" },
    { NULL, "2016-10-26", "2/1 Lyon:FR-2:Zoé B:H-2 Ville:FR-1:A:" },
  };
  Replica replica;
  replica_open (&replica, "hub");
  Journal *journal = replica.journal;
  append (journal, "headset", "H-1", "{\"code\":\"1\"}");
  append (journal, "headset", "H-2", "{\"code\":\"2\"}");
  append (journal, "headset", "H-3", "{\"code\":\"3\",\"removed\":true}");
  append (journal, "headset-defect", "H-1", "{\"volunteer\":\"v\"}");
  append (journal, "registration", "FR-1",
          "{\"family\":\"A\",\"organisation_fr\":\"Ville\",\"organisation_zh\":\"市\"}");
  append (journal, "registration", "FR-2",
          "{\"family\":\"B\",\"given\":\"Zoé\",\"delegation\":\"Lyon\"}");
  append (journal, "registration", "FR-3",
          "{\"family\":\"C\",\"delegation\":\"Ville\",\"protocol\":true}");
  append (journal, "checkpoint", "door", "{\"kind\":\"entrance\",\"event\":\"foire\"}");
  lend (journal, "FR-1", "", "rencontres", "2016-10-26", TRUE);
  lend (journal, "FR-1", "H-1", "rencontres", "2016-10-26", TRUE);
  lend (journal, "FR-1", "H-1", "rencontres", "2016-10-26", FALSE);
  lend (journal, "FR-2", "H-2", "rencontres", "2016-10-26", TRUE);
  lend (journal, "FR-3", "H-4", "foire", "2016-10-29", TRUE);
  hand_ms += 1000;
  append (journal, "passage", "FR-3",
          "{\"checkpoint\":\"door\",\"verdict\":\"ADMITTED\",\"day\":\"2016-10-29\",\"direction\":"
          "\"out\"}");
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autofree char *found = told (journal, ROWS[i].event, ROWS[i].day);
    g_assert_cmpstr (found, ==, ROWS[i].expected);
  }
  replica_close (&replica);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/headsets/list", test_list);
  return g_test_run ();
}
