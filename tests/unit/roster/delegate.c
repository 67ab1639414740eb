/* Delegates: written, read back, and found by what people type. */
#include "roster/delegate.h"

#include "unit/roster/replica.h"

#include <string.h>

static void set (char **place, const char *value)
{
  g_free (*place);
  *place = g_strdup (value);
}

static Delegate *person (const char *reference, const char *family, const char *given,
                         const char *name_zh, const char *organisation_fr,
                         const char *organisation_zh)
{
  Delegate *delegate = delegate_new ();
  set (&delegate->reference, reference);
  set (&delegate->family, family);
  set (&delegate->given, given);
  set (&delegate->name_zh, name_zh);
  set (&delegate->organisation_fr, organisation_fr);
  set (&delegate->organisation_zh, organisation_zh);
  set (&delegate->country, *name_zh != '\0' ? "CN" : "FR");
  return delegate;
}

/* Takes @delegate over. */
static void store (Journal *journal, Delegate *delegate)
{
  g_autoptr (Delegate) owned = delegate;
  g_autoptr (GError) error = NULL;
  journal_begin (journal, &error);
  delegate_append (journal, owned, &error);
  g_assert_no_error (error);
  journal_commit (journal, &error);
  g_assert_no_error (error);
}

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
  g_assert_cmpuint (count, ==, 27);
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
    g_assert_cmpint (delegate_leads_in_chinese (delegate), ==, ROWS[i].chinese);
    g_autofree char *shown = delegate_display_name (delegate);
    g_assert_cmpstr (shown, ==, ROWS[i].shown);
  }
}

static void store_public (Journal *journal)
{
  store (journal,
         person ("FR-0001", "Kerdoncuff", "Anne-Laure", "", "Région Bretagne", "布列塔尼大区"));
  store (journal, person ("FR-0002", "Étchegaray", "Héloïse", "",
                          "Agence française de développement", "法国开发署"));
  store (journal, person ("FR-0003", "d'Estienne", "Jean-François", "", "Ville du Havre", ""));
  store (journal, person ("FR-0004", "Lecœur", "Émile", "", "Sichuan SARL", ""));
  store (journal, person ("FR-0005", "Le Goff", "Ouyang", "", "", ""));
  store (journal,
         person ("CN-0001", "Ouyang", "Siyuan", "欧阳思远", "Université du Sichuan", "四川大学"));
  store (journal,
         person ("CN-0002", "Zeng", "Ming", "曾明", "Municipalité de Chengdu", "成都市人民政府"));
  store (journal, person ("CN-0003", "Lü", "Tao", "吕涛", "", "四川省人民对外友好协会"));
  store (journal, person ("CN-0004", "", "", "王䶮", "", ""));
}

static void test_search (void)
{
  static const struct {
    const char *typed, *found; /* references, best first */
  } ROWS[] = {
    { "欧阳", "CN-0001" },
    { "思远", "CN-0001" },
    { "欧阳思远", "CN-0001" },
    { "ouyang", "CN-0001 FR-0005" },
    { "siyuan", "CN-0001" },
    { "ouyang siyuan", "CN-0001" },
    { "siyuan ouyang", "CN-0001" },
    { "ouyangsiyuan", "CN-0001" },
    { "oysy", "CN-0001" },
    { "zengming", "CN-0002" },
    { "zm", "CN-0002" },
    { "曾", "CN-0002" },
    { "lü", "CN-0003" },
    { "lv", "CN-0003" },
    { "lyu", "CN-0003" },
    { "lutao", "CN-0003" },
    { "䶮", "CN-0004" },
    { "wangyan", "CN-0004" },
    { "ker", "FR-0001" },
    { "KERDONCUFF", "FR-0001" },
    { "anne laure", "FR-0001" },
    { "annelaure", "FR-0001" },
    { "etche", "FR-0002" },
    { "Étche", "FR-0002" },
    { "heloise", "FR-0002" },
    { "afd", "FR-0002" },
    { "d'est", "FR-0003" },
    { "estienne", "FR-0003" },
    { "jf", "FR-0003" },
    { "lecoeur", "FR-0004" },
    { "lecœur", "FR-0004" },
    { "legoff", "FR-0005" },
    { "le goff", "FR-0005" },
    { "bretagne", "FR-0001" },
    { "友好协会", "CN-0003" },
    { "sichuandaxue", "CN-0001" },
    { "FR-0003", "FR-0003" },
    { "cn-0002", "CN-0002" },
    { "四川 吕", "CN-0003" },
    { "nobody", "" },
    { "阳欧", "" },
    { "", "" },
    { "\"", "" },
    { "* OR \"a", "" },
  };
  g_autoptr (GError) error = NULL;
  Replica replica = replica_new (FALSE);
  store_public (replica.journal);
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autoptr (GPtrArray) found = delegate_search (replica.journal, ROWS[i].typed, 10, &error);
    g_assert_no_error (error);
    g_autoptr (GString) references = g_string_new (NULL);
    for (guint k = 0; k < found->len; k++)
      g_string_append_printf (references, "%s%s", k > 0 ? " " : "",
                              ((Delegate *) g_ptr_array_index (found, k))->reference);
    if (strcmp (references->str, ROWS[i].found) != 0) {
      g_test_message ("%s: %s, not %s", ROWS[i].typed, references->str, ROWS[i].found);
      g_test_fail ();
    }
  }
  replica_free (&replica);
}

/* A changed name is found, its old one is not; a letter that many names begin with finds
 * no more than asked for. */
static void test_search_changes (void)
{
  g_autoptr (GError) error = NULL;
  Replica replica = replica_new (FALSE);
  store (replica.journal, person ("FR-1", "Martin", "Zoë", "", "", ""));
  store (replica.journal, person ("FR-1", "Durand", "Zoë", "", "", ""));
  g_autoptr (GPtrArray) before = delegate_search (replica.journal, "martin", 10, &error);
  g_autoptr (GPtrArray) after = delegate_search (replica.journal, "durand", 10, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (before->len, ==, 0);
  g_assert_cmpuint (after->len, ==, 1);
  for (guint i = 2; i < 100; i++) {
    g_autofree char *reference = g_strdup_printf ("FR-%u", i);
    store (replica.journal, person (reference, "Zola", "", "", "", ""));
  }
  g_autoptr (GPtrArray) some = delegate_search (replica.journal, "z", 7, &error);
  g_autoptr (GPtrArray) most = delegate_search (replica.journal, "z", 1000, &error);
  g_assert_cmpuint (some->len, ==, 7);
  g_assert_cmpuint (most->len, ==, DELEGATE_SEARCH_MAX);
  replica_free (&replica);
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

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/delegate/round", test_round);
  g_test_add_func ("/delegate/fields", test_fields);
  g_test_add_func ("/delegate/script", test_script);
  g_test_add_func ("/delegate/search", test_search);
  g_test_add_func ("/delegate/search-changes", test_search_changes);
  g_test_add_func ("/delegate/lists", test_lists);
  return g_test_run ();
}
