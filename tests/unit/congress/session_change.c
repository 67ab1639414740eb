/* A session that is moved or cancelled: what holds then, and who is told. */
#include "congress/session_change.h"

#include "unit/access/demo.h"
#include "unit/access/replica.h"

static gboolean is_a1 (const char *session, gconstpointer data)
{
  return strcmp (session, "A1") == 0;
}

static gboolean is_none (const char *session, gconstpointer data)
{
  return FALSE;
}

static char *told (Journal *journal, const char *day,
                   gboolean (*concerns) (const char *, gconstpointer))
{
  g_autoptr (GError) error = NULL;
  g_auto (OwnedPair) said = { NULL, NULL };
  g_assert_true (session_change_tell (journal, "FR-1", day, concerns, NULL, &said, &error));
  g_assert_no_error (error);
  return g_strdup (said.first);
}

static void test_move (void)
{
  static const struct {
    SessionChange change;
    const char *session, *hours; /* NULL: refused */
    SessionChangeError code;
  } ROWS[] = {
    { { .room = "Salle 9" }, "A1", "26 14:00-17:00 Salle 9", 0 },
    { { .from = "15:00" }, "A1", "26 15:00-18:00 Salle 9", 0 }, /* as long as before */
    { { .day = "27", .from = "09:00", .to = "10:30" }, "A1", "27 09:00-10:30 Salle 9", 0 },
    { { .room = "Salle 9" }, "A1", NULL, SESSION_CHANGE_ERROR_NOTHING },
    { { .from = "soon" }, "A1", NULL, SESSION_CHANGE_ERROR_TIME },
    { { .from = "12:00", .to = "11:00" }, "A1", NULL, SESSION_CHANGE_ERROR_TIME },
    { { .day = "31" }, "A1", NULL, SESSION_CHANGE_ERROR_UNKNOWN },
    { { .room = "x" }, "Z9", NULL, SESSION_CHANGE_ERROR_UNKNOWN },
  };
  Replica replica;
  replica_open (&replica, "hub");
  Journal *journal = replica.journal;
  demo_load (journal);
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (Programme) programme = programme_read (journal, &error);
    hand_ms += 1000;
    gboolean good
        = session_change_make (journal, programme, ROWS[i].session, &ROWS[i].change, &error);
    g_assert_cmpint (good, ==, ROWS[i].hours != NULL);
    if (!good) {
      g_assert_error (error, SESSION_CHANGE_ERROR, (gint) ROWS[i].code);
      continue;
    }
    g_autoptr (Programme) after = programme_read (journal, &error);
    const ProgrammeEntry *entry = programme_session (after, "A1");
    g_autofree char *found
        = g_strdup_printf ("%s %s-%s %s", entry->day, entry->from, entry->to, entry->room);
    g_assert_cmpstr (found, ==, ROWS[i].hours);
  }
  /* The door goes with it. */
  g_assert_cmpint (number_of (journal, "SELECT opens = '[{\"day\":\"27\",\"from\":\"08:30\",\"to\":"
                                       "\"10:30\"}]' AND capacity = 120 FROM checkpoint WHERE id = "
                                       "'atelier-a1'"),
                   ==, 1);
  replica_close (&replica);
}

static void test_told (void)
{
  Replica replica;
  g_autoptr (GError) error = NULL;
  replica_open (&replica, "hub");
  Journal *journal = replica.journal;
  demo_load (journal);
  g_autofree char *nothing = told (journal, "2016-10-26", is_a1);
  g_assert_cmpstr (nothing, ==, "");
  g_autoptr (Programme) programme = programme_read (journal, &error);
  hand_ms += 1000;
  g_assert_true (session_change_make (journal, programme, "A1",
                                      &(SessionChange){ .room = "Salle 9" }, &error));
  g_autofree char *room = told (journal, "2016-10-26", is_a1),
                  *other = told (journal, "2016-10-26", is_none),
                  *later = told (journal, "2016-10-27", is_a1);
  g_assert_nonnull (strstr (room, "Salle 9"));
  g_assert_cmpstr (other, ==, "");
  g_assert_cmpstr (later, ==, ""); /* it is over */
  hand_ms += 1000;
  append (journal, "passage", "FR-1",
          "{\"checkpoint\":\"entree-est\",\"verdict\":\"ADMITTED\",\"day\":\"2016-10-26\"}");
  g_autofree char *again = told (journal, "2016-10-26", is_a1);
  g_assert_cmpstr (again, ==, "");
  hand_ms += 1000;
  g_assert_true (session_change_make (journal, programme, "A1",
                                      &(SessionChange){ .cancelled = TRUE }, &error));
  g_autofree char *gone = told (journal, "2016-10-26", is_a1);
  g_assert_true (g_str_has_prefix (gone, "A1"));
  g_assert_null (strstr (gone, "Salle 9"));
  g_autoptr (Programme) after = programme_read (journal, &error);
  g_assert_null (programme_session (after, "A1"));
  replica_close (&replica);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/session-change/move", test_move);
  g_test_add_func ("/session-change/told", test_told);
  return g_test_run ();
}
