/* What people type, and whom it finds. */
#include "roster/delegate_search.h"

#include "unit/roster/person.h"
#include "unit/roster/replica.h"

#include <string.h>

/* @wanted: references, best first; ~ before those that are only near. */
static void check (Journal *journal, const char *typed, const char *wanted)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DelegateSearch) found = delegate_search (journal, typed, 10, &error);
  g_assert_no_error (error);
  g_autoptr (GString) references = g_string_new (NULL);
  for (guint i = 0; i < found->delegates->len; i++)
    g_string_append_printf (references, "%s%s%s", i > 0 ? " " : "",
                            delegate_search_is_near (found, i) ? "~" : "",
                            ((Delegate *) g_ptr_array_index (found->delegates, i))->reference);
  g_assert_cmpuint (found->total, ==, found->delegates->len - found->near);
  if (strcmp (references->str, wanted) == 0)
    return;
  g_test_message ("%s: %s, not %s", typed, references->str, wanted);
  g_test_fail ();
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
    { "欧阳", "CN-0001 ~FR-0005" },
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
    { "Mme Kerdoncuff", "FR-0001" },
    { "Madame Anne-Laure KERDONCUFF", "FR-0001" },
    { "曾明先生", "CN-0002" },
    { "zeng1 ming2", "CN-0002" },
    { "Madame", "" },
    { "四川 吕", "CN-0003" },
    { "Etienne", "~FR-0003" },
    { "jean françois", "FR-0003" },
    { "goff ouyang", "FR-0005" },
    { "41", "" },
    { "3", "FR-0003 CN-0003" },
    { "cn 3", "CN-0003" },
    { "cn3", "CN-0003" },
    { "nobody", "" },
    { "阳欧", "" },
    { "", "" },
    { "\"", "" },
    { "* OR \"a", "" },
  };
  Replica replica = replica_new (FALSE);
  store_public (replica.journal);
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    check (replica.journal, ROWS[i].typed, ROWS[i].found);
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
  g_autoptr (DelegateSearch) before = delegate_search (replica.journal, "martin", 10, &error);
  g_autoptr (DelegateSearch) after = delegate_search (replica.journal, "durand", 10, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (before->delegates->len, ==, 0);
  g_assert_cmpuint (after->delegates->len, ==, 1);
  for (guint i = 2; i < 100; i++) {
    g_autofree char *reference = g_strdup_printf ("FR-%u", i);
    store (replica.journal, person (reference, "Zola", "", "", "", ""));
  }
  g_autoptr (DelegateSearch) some = delegate_search (replica.journal, "z", 7, &error);
  g_autoptr (DelegateSearch) most = delegate_search (replica.journal, "z", 1000, &error);
  g_assert_cmpuint (some->delegates->len, ==, 7);
  g_assert_cmpuint (most->delegates->len, ==, DELEGATE_SEARCH_MAX);
  g_assert_cmpuint (most->total, ==, 99);
  for (guint i = 100; i < 400; i++) {
    g_autofree char *reference = g_strdup_printf ("FR-%u", i);
    store (replica.journal, person (reference, "Zola", "", "", "", ""));
  }
  g_autoptr (DelegateSearch) many = delegate_search (replica.journal, "zola", 1000, &error);
  g_assert_cmpuint (many->total, ==, 398);
  g_assert_cmpuint (many->near, ==, 0);
  replica_free (&replica);
}

/* The people of lists as they come: apostrophes of all kinds, readings, both forms. */
static void test_as_spoken (void)
{
  static const char *const ROWS[][2] = {
    { "villeneuve d'ascq", "A1" },
    { "villeneuve d’ascq", "A1" },
    { "villeneuve dascq", "A1" },
    { "dascq", "A1" },
    { "cotes d'armor", "A2" },
    { "côtes d armor", "A2" },
    { "cotesdarmor", "A2" },
    { "Côtes-d'Armor", "A2" },
    { "jeanne d'arc", "A2" },
    { "jeanne darc", "A2" },
    { "d'armor", "A2" },
    { "armor", "A2" },
    { "l'hostis", "A3" },
    { "lhostis", "A3" },
    { "l hostis", "A3" },
    { "hostis maël", "A3" },
    { "wang changjiang", "A4" },
    { "wang zhangjiang", "A4" },
    { "changjiang", "A4" },
    { "王長江", "A4" },
    { "hcz", "A5" },
    { "hzz", "A5" },
    { "hu zhangzhi", "A5" },
    { "bu fan", "A6" },
    { "bo fan", "A6" },
    { "bufan", "A6" },
    { "张偉", "A7" },
    { "張伟", "A7" },
    { "张伟", "A7" },
    { "zhang sheng", "A8" },
    { "zhang cheng", "A8" },
    { "陈家豪", "A9" },
    { "陳家豪", "A9" },
    { "Prevot", "~B1" },
    { "Prévost", "B1" },
    { "Lannec", "~B2" },
    { "rene lannec", "~B2" },
    { "oyang", "~B3" },
    { "zuge", "~B4" },
    { "zuge liang", "~B4" },
    { "zhuge lang", "~B4" },
    { "zhugee lang", "~B4" },
    { "prevot guyy", "~B1" },
    { "guyy prevot", "~B1" },
    { "ouyng meii", "~B3" },
    { "王常江", "~A4" },
    { "诸葛良", "~B4" },
    { "欧杨梅", "~B3" },
    { "5678", "A1" },
    { "678", "" },
    { "567", "" },
    { "petit 5678", "A1" },
    { "0612345678", "A1" },
    { "06 12 34 56 78", "A1" },
    { "06.12.34.56.78", "A1" },
    { "+33 6 12 34 56 78", "A1" },
    { "0612345679", "" },
    { "8000", "A4" },
    { "138 0013 8000", "A4" },
    { "0101", "A4" },
    { "laennce", "~B2" },
    { "cn 63", "CN-0063" },
    { "63", "CN-0063" },
    { "0063", "CN-0063" },
    { "CN0063", "CN-0063" },
    { "eve@example.org", "A1" },
    { "EVE@exam", "A1" },
    { "example.org", "" },
    { "@", "" },
    { "eve@other.org", "" },
  };
  Replica replica = replica_new (FALSE);
  Delegate *eve = person ("A1", "Petit", "Ève", "", "Mairie de Villeneuve-d’Ascq", "");
  set (&eve->email, "Eve@example.org");
  set (&eve->telephone, "06 12 34 56 78");
  store (replica.journal, eve);
  store (replica.journal,
         person ("A2", "Jeanne-d’Arc", "Marie", "", "Département des Côtes-d’Armor", ""));
  store (replica.journal, person ("A3", "LʼHostis", "Maël", "", "", ""));
  Delegate *wang = person ("A4", "Wang", "Changjiang", "王长江", "", "");
  set (&wang->telephone, "+86 138-0013-8000 / 010 8888 0101");
  store (replica.journal, wang);
  store (replica.journal, person ("A5", "", "", "胡长治", "", ""));
  store (replica.journal, person ("A6", "", "", "卜凡", "", ""));
  store (replica.journal, person ("A7", "", "", "張偉", "", ""));
  store (replica.journal, person ("A8", "", "", "张晟", "", ""));
  store (replica.journal, person ("A9", "Chan", "Ka Ho", "陳家豪", "", ""));
  store (replica.journal, person ("B1", "Prévost", "Guy", "", "", ""));
  store (replica.journal, person ("B2", "Laënnec", "René", "", "", ""));
  store (replica.journal, person ("B3", "Ouyang", "Mei", "欧阳梅", "", ""));
  store (replica.journal, person ("B4", "Zhuge", "Liang", "诸葛亮", "", ""));
  store (replica.journal, person ("CN-0063", "Roux", "Guy", "", "", ""));
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    check (replica.journal, ROWS[i][0], ROWS[i][1]);
  replica_free (&replica);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/delegate_search/search", test_search);
  g_test_add_func ("/delegate_search/changes", test_search_changes);
  g_test_add_func ("/delegate_search/as-spoken", test_as_spoken);
  return g_test_run ();
}
