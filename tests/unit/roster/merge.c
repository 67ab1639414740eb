/* A row of a list against what is registered: what is news, and what a person has said
 * otherwise. Through real facts, list after list, correction after correction. */
#include "roster/merge.h"

#include "roster/known_list.h"
#include "unit/roster/replica.h"

#include <string.h>

/* The fields that the lists of these tests speak of. */
#define FIELDS "family", "hotel", "name_zh"

static guint64 mask (void)
{
  static const char *const NAMES[] = { FIELDS, NULL };
  guint count;
  guint64 bits = 0;
  const DelegateField *fields = delegate_fields (&count);
  for (guint i = 0; i < count; i++)
    if (g_strv_contains (NAMES, fields[i].name))
      bits |= G_GUINT64_CONSTANT (1) << i;
  return bits;
}

static void append (const Replica *replica, const char *body)
{
  g_autoptr (GError) error = NULL;
  g_assert_true (journal_begin (replica->journal, &error));
  replica_append (replica->journal, "registration", "FR-1", body);
  g_assert_true (journal_commit (replica->journal, &error));
}

static void set (char **place, const char *text)
{
  g_free (*place);
  *place = g_strdup (text);
}

/* What the list says: family and hotel; it has no column for the Chinese name. */
static Merge *merge (const Replica *replica, const char *list, const char *family,
                     const char *hotel)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Delegate) now = delegate_load (replica->journal, "FR-1", &error),
                       listed = now->corrected
                                    ? delegate_load_listed (replica->journal, "FR-1", &error)
                                    : delegate_copy (now);
  g_autoptr (GPtrArray) corrections = correction_load (replica->journal, "FR-1", &error);
  /* The lists must outlive the merge: kept with the journal of the test. */
  static GPtrArray *lists;
  g_clear_pointer (&lists, g_ptr_array_unref);
  lists = known_list_all (replica->journal, &error);
  g_assert_no_error (error);
  const MergeBasis basis = { now, listed, corrections, lists };
  g_autoptr (Delegate) previous = merge_previous (&basis, list), row = delegate_copy (previous);
  set (&row->family, family);
  set (&row->hotel, hotel);
  return merge_new (&basis, list, previous, row);
}

/* One import of the list: writes, and says whether it wrote. */
static gboolean import (const Replica *replica, const char *list, const char *family,
                        const char *hotel, guint conflicts, MergeDecision decision)
{
  g_autoptr (Merge) merged = merge (replica, list, family, hotel);
  g_assert_cmpuint (merge_conflicts (merged), ==, conflicts);
  for (guint i = 0; i < conflicts; i++)
    merge_decide (merged, i, decision);
  g_autofree char *body = merge_body (merged);
  if (body != NULL)
    append (replica, body);
  return body != NULL;
}

static void check (const Replica *replica, const char *family, const char *hotel)
{
  g_autoptr (Delegate) delegate = delegate_load (replica->journal, "FR-1", NULL);
  g_assert_cmpstr (delegate->family, ==, family);
  g_assert_cmpstr (delegate->hotel, ==, hotel);
}

static Replica start (void)
{
  g_autoptr (GError) error = NULL;
  Replica replica = replica_new (FALSE);
  g_assert_true (journal_begin (replica.journal, &error));
  known_list_append (replica.journal, "a", mask (), &error);
  known_list_append (replica.journal, "b", mask (), &error);
  g_assert_true (journal_commit (replica.journal, &error));
  append (&replica, "{\"list\":\"a\",\"family\":\"Lefevre\",\"hotel\":\"Ibis\"}");
  return replica;
}

static void correct (const Replica *replica)
{
  append (replica, "{\"list\":\"a\",\"family\":\"Lefèvre\",\"hotel\":\"Ibis\",\"corrected\":["
                   "\"family\"],\"volunteer\":\"Anne\"}");
}

static void test_same (void)
{
  Replica replica = start ();
  g_assert_false (import (&replica, "a", "Lefevre", "Ibis", 0, MERGE_KEEP));
  correct (&replica);
  g_assert_false (import (&replica, "a", "Lefevre", "Ibis", 0, MERGE_KEEP));
  g_assert_true (import (&replica, "a", "Lefevre", "Novotel", 0, MERGE_KEEP));
  check (&replica, "Lefèvre", "Novotel");
  g_assert_false (import (&replica, "a", "Lefevre", "Novotel", 0, MERGE_KEEP));
  replica_free (&replica);
}

static void test_conflict (void)
{
  Replica replica = start ();
  correct (&replica);
  g_autoptr (Merge) merged = merge (&replica, "a", "Lefebvre", "Ibis");
  const MergeConflict *conflict = merge_conflict (merged, 0);
  g_assert_cmpstr (conflict->field->name, ==, "family");
  g_assert_cmpstr (conflict->listed, ==, "Lefebvre");
  g_assert_cmpstr (conflict->corrected, ==, "Lefèvre");
  g_assert_cmpstr (conflict->volunteer, ==, "Anne");
  g_assert_cmpstr (merge_result (merged)->family, ==, "Lefèvre");
  merge_decide (merged, 0, MERGE_TAKE);
  g_assert_cmpstr (merge_result (merged)->family, ==, "Lefebvre");
  /* Undecided, it is shown every time; the rest of the row is taken. */
  g_assert_true (import (&replica, "a", "Lefebvre", "Novotel", 1, MERGE_KEEP));
  check (&replica, "Lefèvre", "Novotel");
  g_assert_false (import (&replica, "a", "Lefebvre", "Novotel", 1, MERGE_KEEP));
  /* Seen and kept: not again, until the list says something new. */
  g_assert_true (import (&replica, "a", "Lefebvre", "Novotel", 1, MERGE_SETTLE));
  g_assert_false (import (&replica, "a", "Lefebvre", "Novotel", 0, MERGE_KEEP));
  check (&replica, "Lefèvre", "Novotel");
  g_assert_true (import (&replica, "a", "Lefébure", "Novotel", 1, MERGE_TAKE));
  check (&replica, "Lefébure", "Novotel");
  /* From now on the list's word is as any other. */
  g_assert_true (import (&replica, "a", "Lefebure", "Novotel", 0, MERGE_KEEP));
  check (&replica, "Lefebure", "Novotel");
  replica_free (&replica);
}

/* The list comes to say what the person has said: they agree. */
static void test_agree (void)
{
  Replica replica = start ();
  correct (&replica);
  g_assert_true (import (&replica, "a", "Lefèvre", "Ibis", 0, MERGE_KEEP));
  check (&replica, "Lefèvre", "Ibis");
  g_assert_true (import (&replica, "a", "Lefevre", "Ibis", 1, MERGE_SETTLE));
  check (&replica, "Lefèvre", "Ibis");
  replica_free (&replica);
}

/* Two lists that disagree: each changes what it has changed itself, and no more. */
static void test_two_lists (void)
{
  Replica replica = start ();
  g_assert_true (import (&replica, "b", "Lefevre", "Novotel", 0, MERGE_KEEP));
  check (&replica, "Lefevre", "Novotel");
  g_assert_false (import (&replica, "a", "Lefevre", "Ibis", 0, MERGE_KEEP));
  g_assert_false (import (&replica, "b", "Lefevre", "Novotel", 0, MERGE_KEEP));
  g_assert_true (import (&replica, "a", "Lefevre", "Mercure", 0, MERGE_KEEP));
  check (&replica, "Lefevre", "Mercure");
  g_assert_false (import (&replica, "b", "Lefevre", "Novotel", 0, MERGE_KEEP));
  check (&replica, "Lefevre", "Mercure");
  correct (&replica);
  g_assert_false (import (&replica, "b", "Lefevre", "Novotel", 0, MERGE_KEEP));
  g_assert_true (import (&replica, "b", "Lefevre", "Kempinski", 0, MERGE_KEEP));
  check (&replica, "Lefèvre", "Kempinski");
  replica_free (&replica);
}

/* A correction as it was written before it had a layer of its own. */
static void test_by_hand (void)
{
  Replica replica = start ();
  append (&replica,
          "{\"list\":\"a\",\"family\":\"Lefèvre\",\"hotel\":\"Ibis\",\"volunteer\":\"Anne\"}");
  g_autoptr (Merge) merged = merge (&replica, "a", "Lefevre", "Novotel");
  g_assert_cmpuint (merge_conflicts (merged), ==, 1);
  g_assert_cmpstr (merge_conflict (merged, 0)->volunteer, ==, "Anne");
  g_assert_true (import (&replica, "a", "Lefevre", "Novotel", 1, MERGE_KEEP));
  check (&replica, "Lefèvre", "Novotel");
  g_assert_false (import (&replica, "a", "Lefevre", "Novotel", 0, MERGE_KEEP));
  replica_free (&replica);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/merge/same", test_same);
  g_test_add_func ("/merge/conflict", test_conflict);
  g_test_add_func ("/merge/agree", test_agree);
  g_test_add_func ("/merge/two-lists", test_two_lists);
  g_test_add_func ("/merge/by-hand", test_by_hand);
  return g_test_run ();
}
