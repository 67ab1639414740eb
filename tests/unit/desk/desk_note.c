/* Notes for the team, and who took somebody else's badge; an erasure takes both. */
#include "desk/desk.h"

#include "unit/access/replica.h"

#define ANA "Ana"

typedef struct {
  Replica replica;
} Fixture;

static void set_up (Fixture *fixture, gconstpointer data)
{
  replica_open (&fixture->replica, "desk");
  append (fixture->replica.journal, "registration", "FR-1", "{\"family\":\"Huë\"}");
  append (fixture->replica.journal, "registration", "FR-2", "{\"family\":\"Le Gof\"}");
  append (fixture->replica.journal, "badge-issued", "FR-1", "{\"serial\":3,\"print\":false}");
}

static void tear_down (Fixture *fixture, gconstpointer data)
{
  replica_close (&fixture->replica);
}

static void test_note (Fixture *fixture, gconstpointer data)
{
  static const struct {
    const char *reference, *text, *volunteer, *kept;
    DeskVerdict verdict;
  } ROWS[] = {
    { "FR-1", "Allergie aux noix", ANA, "Allergie aux noix", DESK_NOTED },
    { "FR-1", "Allergie aux noix", ANA, "Allergie aux noix", DESK_ALREADY },
    { "FR-1", "Vient à 10 h", "Li Na", "Vient à 10 h", DESK_NOTED },
    { "FR-1", "x", " ", "Vient à 10 h", DESK_NO_VOLUNTEER },
    { "FR-1", "", ANA, "", DESK_NOTED },
    { "FR-9", "x", ANA, "", DESK_UNKNOWN },
  };
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autoptr (GError) error = NULL;
    DeskResult result;
    g_test_message ("row %u", i);
    g_assert_true (desk_note (fixture->replica.journal, ROWS[i].reference, ROWS[i].text,
                              ROWS[i].volunteer, &result, &error));
    g_assert_no_error (error);
    g_assert_cmpint (result.verdict, ==, ROWS[i].verdict);
    g_autofree char *kept = desk_note_of (fixture->replica.journal, ROWS[i].reference, &error);
    g_assert_cmpstr (kept, ==, ROWS[i].kept);
  }
}

static void test_handover (Fixture *fixture, gconstpointer data)
{
  Journal *journal = fixture->replica.journal;
  g_autoptr (GError) error = NULL;
  const char *const both[] = { "FR-1", "FR-2", NULL }, *const unknown[] = { "FR-1", "FR-9", NULL };
  DeskResult result;
  gint64 before = number_of (journal, "SELECT count (*) FROM fact");

  g_assert_true (desk_hand_over (journal, both, " ", "", ANA, &result, &error));
  g_assert_cmpint (result.verdict, ==, DESK_NO_NAME);
  g_assert_true (desk_hand_over (journal, unknown, "Zoé", "", ANA, &result, &error));
  g_assert_cmpint (result.verdict, ==, DESK_UNKNOWN);
  g_assert_cmpint (number_of (journal, "SELECT count (*) FROM fact"), ==, before); /* none of it */
  g_assert_true (desk_hand_over (journal, both, "Zoé", "cheffe", ANA, &result, &error));
  g_assert_cmpint (result.verdict, ==, DESK_HANDED);
  g_autofree char *taker = desk_taker_of (journal, "FR-1", &error),
                  *nobody = desk_taker_of (journal, "FR-9", &error);
  g_assert_cmpstr (taker, ==, "Zoé");
  g_assert_cmpstr (nobody, ==, "");
  g_assert_cmpint (number_of (journal, "SELECT serial FROM handover WHERE reference = 'FR-1'"), ==,
                   3);
}

static void test_erased (Fixture *fixture, gconstpointer data)
{
  Journal *journal = fixture->replica.journal;
  g_autoptr (GError) error = NULL;
  const char *const one[] = { "FR-1", NULL };
  DeskResult result;

  g_assert_true (desk_note (journal, "FR-1", "Secret", ANA, &result, &error));
  g_assert_true (desk_hand_over (journal, one, "Zoé", "", ANA, &result, &error));
  append (journal, "erasure", "FR-1", "{\"reason\":\"asked\"}");
  g_assert_cmpint (number_of (journal, "SELECT count (*) FROM fact WHERE kind IN ('note', "
                                       "'handover') AND body IS NOT NULL"),
                   ==, 0);
  g_assert_cmpint (number_of (journal, "SELECT count (*) FROM note"), ==, 0);
  g_assert_cmpint (number_of (journal, "SELECT count (*) FROM handover"), ==, 0);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/desk_note/note", Fixture, NULL, set_up, test_note, tear_down);
  g_test_add ("/desk_note/handover", Fixture, NULL, set_up, test_handover, tear_down);
  g_test_add ("/desk_note/erased", Fixture, NULL, set_up, test_erased, tear_down);
  return g_test_run ();
}
