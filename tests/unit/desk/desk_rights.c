/* What somebody is registered for, changed at the desk, and the places that are left. */
#include "desk/desk.h"

#include "unit/access/demo.h"
#include "unit/access/replica.h"

#define ANA "Ana"

typedef struct {
  Replica replica;
} Fixture;

static void set_up (Fixture *fixture, gconstpointer data)
{
  replica_open (&fixture->replica, "desk");
  Journal *journal = fixture->replica.journal;
  demo_load (journal);
  append (journal, "registration", "FR-1",
          "{\"family\":\"Huë\",\"category\":\"elu\",\"events\":[\"rencontres\"],\"days\":[\"26\"],"
          "\"meals\":true}");
  append (journal, "registration", "FR-2", "{\"family\":\"Gof\",\"workshops\":[\"A1\",\"A2\"]}");
  append (journal, "registration", "FR-3",
          "{\"family\":\"Bo\",\"workshops\":[\"A1\"],\"revoked\":true}");
  append (journal, "badge-issued", "FR-1", "{\"serial\":1,\"print\":true}");
}

static void tear_down (Fixture *fixture, gconstpointer data)
{
  replica_close (&fixture->replica);
}

static void test_grant (Fixture *fixture, gconstpointer data)
{
  static const char *const BOTH[] = { "foire", "rencontres", NULL },
                           *const LATE[] = { "29", "26", NULL }, *const A1[] = { "A1", NULL },
                           *const NONE[] = { NULL }, *const WRONG[] = { "Mars", NULL };
  static const struct {
    const char *reference;
    DeskRights rights;
    gboolean reprint;
    DeskVerdict verdict;
    guint serial;
    const char *body; /* a part of the fact; NULL for none */
  } ROWS[] = {
    { "FR-1", { .meals = TRUE }, TRUE, DESK_ALREADY, 0, NULL },
    { "FR-1",
      { .events = BOTH, .days = LATE, .meals = TRUE },
      FALSE,
      DESK_CORRECTED,
      0,
      "\"corrected\":[\"events\",\"days\"],\"volunteer\":\"Ana\"" },
    { "FR-1",
      { .sessions = A1, .title = "Mme", .headset = TRUE },
      TRUE,
      DESK_PRINTING,
      2,
      "\"corrected\":[\"title\",\"workshops\",\"meals\",\"headset\"]" },
    { "FR-1", { .sessions = NONE, .headset = TRUE }, FALSE, DESK_CORRECTED, 0, "\"workshops\"" },
    { "FR-1", { .category = "Mars" }, TRUE, DESK_BAD_CATEGORY, 0, NULL },
    { "FR-1", { .events = WRONG }, TRUE, DESK_BAD_EVENT, 0, NULL },
    { "FR-1", { .days = WRONG }, TRUE, DESK_BAD_DAY, 0, NULL },
    { "FR-1", { .sessions = WRONG }, TRUE, DESK_BAD_SESSION, 0, NULL },
    { "FR-2", { .meals = TRUE }, TRUE, DESK_CORRECTED, 0, "\"meals\"" }, /* no badge to replace */
    { "FR-3", { .meals = TRUE }, TRUE, DESK_REVOKED, 0, NULL },
    { "FR-9", { .meals = TRUE }, TRUE, DESK_UNKNOWN, 0, NULL },
  };
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autoptr (GError) error = NULL;
    DeskResult result;
    Journal *journal = fixture->replica.journal;
    gint64 before = number_of (journal, "SELECT count (*) FROM fact WHERE kind = 'registration'");
    g_test_message ("row %u", i);
    g_assert_true (desk_grant (journal, ROWS[i].reference, &ROWS[i].rights, ROWS[i].reprint, ANA,
                               &result, &error));
    g_assert_no_error (error);
    g_assert_cmpint (result.verdict, ==, ROWS[i].verdict);
    g_assert_cmpuint (result.serial, ==, ROWS[i].serial);
    g_assert_cmpint (number_of (journal, "SELECT count (*) FROM fact WHERE kind = 'registration'"),
                     ==, before + (ROWS[i].body != NULL));
    g_autoptr (GPtrArray) facts = journal_facts_of (journal, "desk", 0, G_MAXINT, NULL);
    for (guint k = facts->len; ROWS[i].body != NULL && k > 0; k--) {
      const Fact *fact = facts->pdata[k - 1];
      if (strcmp (fact->kind, "registration") != 0)
        continue;
      g_assert_nonnull (strstr (fact->body, ROWS[i].body));
      break;
    }
  }
}

static void test_places (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) all = desk_places (fixture->replica.journal, &error);
  guint found = 0;
  g_assert_no_error (error);
  for (guint i = 0; i < all->len; i++) {
    const DeskPlaces *places = all->pdata[i];
    if (strcmp (places->session, "A1") != 0 && strcmp (places->session, "A2") != 0)
      continue;
    found++;
    g_assert_cmpuint (places->taken, ==, 1); /* who was withdrawn has none */
  }
  g_assert_cmpuint (found, ==, 2);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/desk_rights/grant", Fixture, NULL, set_up, test_grant, tear_down);
  g_test_add ("/desk_rights/places", Fixture, NULL, set_up, test_places, tear_down);
  return g_test_run ();
}
