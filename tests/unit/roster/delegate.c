/* Delegates: written and read back. */
#include "roster/delegate.h"

#include "unit/roster/person.h"
#include "unit/roster/replica.h"

#include <string.h>

/* A delegate all of whose fields are filled. */
static Delegate *whole (void)
{
  Delegate *delegate
      = person ("FR-1", "d'Estienne \"Œ\"", "Zoë", "王䶮𬭶", "Ville \\ Région", "四川大学");
  guint count;
  const DelegateField *fields = delegate_fields (&count);
  for (guint i = 0; i < count; i++) {
    gpointer place = (guint8 *) delegate + fields[i].offset;
    if (fields[i].kind == DELEGATE_TEXT && **(char **) place == '\0')
      set (place, fields[i].name);
    else if (fields[i].kind == DELEGATE_LIST) {
      g_strfreev (*(char ***) place);
      *(char ***) place = g_strsplit (i % 2 == 0 ? "a|b é" : "a\"b|c\\|d", "|", -1);
    } else if (fields[i].kind == DELEGATE_FLAG)
      *(gboolean *) place = TRUE;
  }
  return delegate;
}

static void test_round (void)
{
  g_autoptr (GError) error = NULL;
  Replica replica = replica_new (FALSE);
  g_autoptr (Delegate) one = whole ();
  store (replica.journal, whole ());
  store (replica.journal, person ("FR-2", "Martin", "", "", "", ""));
  g_autoptr (Delegate) read = delegate_load (replica.journal, "FR-1", &error);
  g_assert_no_error (error);
  g_assert_true (delegate_equal (one, read));
  g_autoptr (Delegate) by_code = delegate_load_by_code (replica.journal, "code", &error);
  g_assert_true (delegate_equal (one, by_code));
  g_assert_null (delegate_load_by_code (replica.journal, "", &error));
  g_assert_null (delegate_load (replica.journal, "FR-3", &error));
  g_assert_no_error (error);
  g_autoptr (GPtrArray) all = delegate_all (replica.journal, &error);
  g_assert_cmpuint (all->len, ==, 2);
  replica_free (&replica);
}

/* Every field alone makes two delegates differ, and copying it makes them equal again. */
static void test_fields (void)
{
  guint count;
  const DelegateField *fields = delegate_fields (&count);
  g_assert_cmpuint (count, ==, 31);
  for (guint i = 0; i < count; i++) {
    g_autoptr (Delegate) filled = whole (), other = whole (), empty = delegate_new ();
    delegate_field_copy (other, empty, &fields[i]);
    g_assert_false (delegate_equal (filled, other));
    g_assert_false (delegate_field_equal (filled, other, &fields[i]));
    g_autofree char *text = delegate_field_text (filled, &fields[i]);
    g_assert_cmpstr (text, !=, "");
    delegate_field_copy (other, filled, &fields[i]);
    g_assert_true (delegate_equal (filled, other));
  }
}

static void test_script (void)
{
  static const struct {
    const char *family, *name_zh, *country;
    gboolean chinese;
    const char *shown;
  } ROWS[] = {
    { "Wang", "王明", "CN", TRUE, "王明 Wang" },
    { "Wang", "王明", "SG", TRUE, "王明 Wang" },
    { "Kerdoncuff", "凯尔东居夫", "FR", FALSE, "Kerdoncuff" },
    { "", "王明", "FR", TRUE, "王明" },
    { "Smith", "", "CN", FALSE, "Smith" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autoptr (Delegate) delegate = person ("R", ROWS[i].family, "", ROWS[i].name_zh, "", "");
    set (&delegate->country, ROWS[i].country);
    g_assert_cmpint (delegate_second_leads (delegate), ==, ROWS[i].chinese);
    g_autofree char *shown = delegate_display_name (delegate);
    g_assert_cmpstr (shown, ==, ROWS[i].shown);
  }
}

static void count_one (const char *reference, gpointer data)
{
  ++*(guint *) data;
}

static void visit_one (const Delegate *delegate, gpointer data)
{
  ++*(guint *) data;
}

static void test_lists (void)
{
  g_autoptr (GError) error = NULL;
  Replica replica = replica_new (FALSE);
  gint64 count, latest, later;
  for (guint i = 0; i < 4; i++) {
    g_autofree char *reference = g_strdup_printf ("FR-%u", i);
    Delegate *delegate = person (reference, "Martin", "", "", "", "");
    set (&delegate->list, i < 3 ? "fr" : "cn");
    delegate->revoked = i == 0;
    store (replica.journal, delegate);
  }
  guint seen = 0, visited = 0;
  g_assert_true (delegate_each_of_list (replica.journal, "fr", count_one, &seen, &error));
  g_assert_cmpuint (seen, ==, 2);
  g_assert_true (delegate_each (replica.journal, visit_one, &visited, &error));
  g_assert_cmpuint (visited, ==, 4);
  g_autofree char *list = delegate_list_of (replica.journal, "FR-3", &error),
                  *none = delegate_list_of (replica.journal, "FR-9", &error);
  g_assert_cmpstr (list, ==, "cn");
  g_assert_cmpstr (none, ==, "");
  g_assert_true (delegate_state (replica.journal, &count, &latest, &error));
  g_assert_cmpint (count, ==, 4);
  store (replica.journal, person ("FR-2", "Durand", "", "", "", ""));
  g_assert_true (delegate_state (replica.journal, &count, &later, &error));
  g_assert_cmpint (count, ==, 4);
  g_assert_cmpint (later, >, latest);
  replica_free (&replica);
}

/* The family in capitals; first where her own language leads. */
static void test_latin_name (void)
{
  static const struct {
    const char *family, *given, *name_zh, *latin;
  } ROWS[] = { { "Kerdoncuff", "Anne-Laure", "", "Anne-Laure KERDONCUFF" },
               { "Ouyang", "Siyuan", "欧阳思远", "OUYANG Siyuan" },
               { "Zola", "", "", "ZOLA" },
               { "", "", "王秀英", "" } };
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autoptr (Delegate) delegate
        = person ("X-1", ROWS[i].family, ROWS[i].given, ROWS[i].name_zh, "", "");
    g_autofree char *latin = delegate_latin_name (delegate);
    g_assert_cmpstr (latin, ==, ROWS[i].latin);
  }
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/delegate/round", test_round);
  g_test_add_func ("/delegate/fields", test_fields);
  g_test_add_func ("/delegate/script", test_script);
  g_test_add_func ("/delegate/latin_name", test_latin_name);
  g_test_add_func ("/delegate/lists", test_lists);
  return g_test_run ();
}
