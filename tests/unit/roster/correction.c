/* What persons have put right lies over what lists say, whichever fact came first. */
#include "roster/correction.h"

#include "unit/roster/replica.h"

static void append (const Replica *replica, const char *body)
{
  g_autoptr (GError) error = NULL;
  g_assert_true (journal_begin (replica->journal, &error));
  replica_append (replica->journal, "registration", "FR-1", body);
  g_assert_true (journal_commit (replica->journal, &error));
}

static void check (const Replica *replica, const char *family, const char *hotel,
                   const char *name_zh)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Delegate) delegate = delegate_load (replica->journal, "FR-1", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (delegate->family, ==, family);
  g_assert_cmpstr (delegate->hotel, ==, hotel);
  g_assert_cmpstr (delegate->name_zh, ==, name_zh);
}

#define LISTED "{\"list\":\"a\",\"family\":\"Lefevre\",\"hotel\":\"Ibis\",\"meals\":true}"
#define CORRECTED                                                                                  \
  "{\"list\":\"a\",\"family\":\"Lefèvre\",\"name_zh\":\"勒菲弗\",\"hotel\":\"Ibis\","          \
  "\"corrected\":[\"family\",\"name_zh\",\"meals\"],\"volunteer\":\"Anne\"}"

static void test_layers (void)
{
  g_autoptr (GError) error = NULL;
  Replica replica = replica_new (FALSE);
  append (&replica, LISTED);
  append (&replica, CORRECTED);
  check (&replica, "Lefèvre", "Ibis", "勒菲弗");
  /* A list that has not heard of it, with news of something else. */
  append (&replica, "{\"list\":\"a\",\"family\":\"Lefevre\",\"hotel\":\"Novotel\"}");
  check (&replica, "Lefèvre", "Novotel", "勒菲弗");
  g_autoptr (Delegate) now = delegate_load (replica.journal, "FR-1", &error),
                       listed = delegate_load_listed (replica.journal, "FR-1", &error);
  g_assert_true (now->corrected);
  g_assert_false (now->meals);
  g_assert_cmpstr (listed->family, ==, "Lefevre");
  g_assert_cmpstr (listed->name_zh, ==, "");
  g_autoptr (GPtrArray) corrections = correction_load (replica.journal, "FR-1", &error);
  g_assert_cmpuint (corrections->len, ==, 3);
  g_assert_cmpstr (correction_of (corrections, "family")->volunteer, ==, "Anne");
  g_assert_cmpint (correction_of (corrections, "family")->at_ms, >, 1400000000000);
  g_assert_null (correction_of (corrections, "hotel"));
  /* Taken in its place; another correction is not touched. */
  append (&replica, "{\"list\":\"a\",\"family\":\"Lefebvre\",\"taken\":[\"family\"]}");
  check (&replica, "Lefebvre", "", "勒菲弗");
  append (&replica, "{\"list\":\"a\",\"family\":\"Lefebure\"}");
  check (&replica, "Lefebure", "", "勒菲弗");
  g_autofree char *before = journal_projections_text (replica.journal, &error);
  g_assert_true (journal_rebuild (replica.journal, &error));
  g_autofree char *after = journal_projections_text (replica.journal, &error);
  g_assert_cmpstr (before, ==, after);
  replica_free (&replica);
}

/* A desk that is cut off has heard of no list: what it writes is all there is, until the
 * list comes. */
static void test_first (void)
{
  Replica replica = replica_new (FALSE);
  append (&replica, CORRECTED);
  check (&replica, "Lefèvre", "Ibis", "勒菲弗");
  append (&replica, "{\"family\":\"Lefevre\",\"hotel\":\"Novotel\"}");
  check (&replica, "Lefèvre", "Novotel", "勒菲弗");
  replica_free (&replica);
}

/* An erasure ends all of it; what is registered anew holds. */
static void test_erased (void)
{
  g_autoptr (GError) error = NULL;
  Replica replica = replica_new (FALSE);
  append (&replica, LISTED);
  append (&replica, CORRECTED);
  g_assert_true (journal_begin (replica.journal, &error));
  replica_append (replica.journal, "erasure", "FR-1", "{}");
  g_assert_true (journal_commit (replica.journal, &error));
  g_assert_null (delegate_load (replica.journal, "FR-1", &error));
  g_autoptr (GPtrArray) corrections = correction_load (replica.journal, "FR-1", &error);
  g_assert_cmpuint (corrections->len, ==, 0);
  append (&replica, "{\"family\":\"Lefevre\",\"hotel\":\"Novotel\"}");
  check (&replica, "Lefevre", "Novotel", "");
  replica_free (&replica);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/correction/layers", test_layers);
  g_test_add_func ("/correction/first", test_first);
  g_test_add_func ("/correction/erased", test_erased);
  return g_test_run ();
}
