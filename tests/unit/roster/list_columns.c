/* Which column holds what. */
#include "roster/list_columns.h"

#include "roster/import_fault.h"
#include "unit/roster/replica.h"

#include <string.h>

static List *open_list (const char *path, Programme *programme, GError **error)
{
  ListColumnsKnown known = { .programme = programme };
  const ListOptions options = { .knows = list_columns_knows, .data = &known, .hint = "" };
  return list_open (path, &options, error);
}

/* By its heading, or by what a platform writes by itself. */
static void test_found (void)
{
  static const struct {
    const char *headings;
    Field field;
    int column;
    const char *country;
  } ROWS[] = {
    { "Référence,Nom,Prénom\n", FIELD_GIVEN, 2, "FR" },
    { "编号,姓名\n", FIELD_NAME_ZH, 1, "CN" },
    { "编号,名字\n", FIELD_NAME_ZH, 1, "CN" },
    { "编号,名字\n", FIELD_GIVEN, -1, "CN" },
    { "Référence,Nom,Prénom\n", FIELD_EMAIL, -1, "FR" },
    { "Référence,Nom / 姓,Prénom / 名\n", FIELD_FAMILY, 1, "" },
    { "Référence,Nom / 姓,Prénom / 名\n", FIELD_FULL_NAME, -1, "" },
    { "Code,Nom\n", FIELD_REFERENCE, 0, "FR" },
    { "Référence,Nom,Téléphone,Portable\n", FIELD_TELEPHONE, 2, "FR" },
    { "序号,提交答卷时间,姓名,类别\n", FIELD_REFERENCE, 0, "CN" },
    { "ID,Heure de début,Heure de fin,Adresse de messagerie,Nom,Prénom,Nom de famille\n",
      FIELD_EMAIL, 3, "FR" },
    { "ID,Heure de début,Heure de fin,Adresse de messagerie,Nom,Prénom,Nom de famille\n",
      FIELD_FAMILY, 6, "FR" },
    { "ID,Heure de début,Heure de fin,Adresse de messagerie,Nom,Courriel,Catégorie\n", FIELD_EMAIL,
      5, "FR" },
  };
  g_autoptr (GError) error = NULL;
  Replica replica = replica_new (TRUE);
  g_autoptr (Programme) programme = programme_read (replica.journal, &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func (g_free);
    g_autofree char *path = replica_file (&replica, "list.csv", ROWS[i].headings, -1);
    const ListColumnsKnown known = { .programme = programme };
    g_autoptr (List) list = open_list (path, programme, &error);
    g_assert_no_error (error);
    ListColumns columns = { 0 };
    list_columns_find (&columns, list, &known, notes, &error);
    g_assert_no_error (error);
    g_test_message ("%s", ROWS[i].headings);
    g_assert_cmpint (columns.fields[ROWS[i].field], ==, ROWS[i].column);
    g_assert_cmpint (list_columns_has (&columns, ROWS[i].field), ==, ROWS[i].column >= 0);
    g_assert_cmpstr (list_columns_heading (&columns, ROWS[i].field), ==,
                     ROWS[i].column >= 0 ? list_headings (list)[ROWS[i].column] : "");
    g_assert_cmpstr (columns.country, ==, ROWS[i].country);
    list_columns_clear (&columns);
  }
  replica_free (&replica);
}

/* Events and days that are asked for in columns of their own, and what has no name. */
static void test_answers (void)
{
  g_autoptr (GError) error = NULL;
  Replica replica = replica_new (TRUE);
  g_autoptr (Programme) programme = programme_read (replica.journal, &error);
  g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *path
      = replica_file (&replica, "list.csv",
                      "Référence;Nom;Foire;Présence 27/10;;Rencontres / 会议;26 octobre\n", -1);
  const ListColumnsKnown known = { .programme = programme };
  g_autoptr (List) list = open_list (path, programme, &error);
  g_assert_no_error (error);
  ListColumns columns = { 0 };
  g_assert_true (list_columns_find (&columns, list, &known, notes, &error));
  static const struct {
    guint column;
    const char *id;
  } EVENTS[] = { { 2, "foire" }, { 5, "rencontres" } }, DAYS[] = { { 3, "27" }, { 6, "26" } };
  g_assert_cmpuint (columns.events->len, ==, G_N_ELEMENTS (EVENTS));
  g_assert_cmpuint (columns.days->len, ==, G_N_ELEMENTS (DAYS));
  for (guint i = 0; i < G_N_ELEMENTS (EVENTS); i++) {
    const ListAnswer *event = &g_array_index (columns.events, ListAnswer, i),
                     *day = &g_array_index (columns.days, ListAnswer, i);
    g_assert_cmpuint (event->column, ==, EVENTS[i].column);
    g_assert_cmpstr (event->id, ==, EVENTS[i].id);
    g_assert_cmpuint (day->column, ==, DAYS[i].column);
    g_assert_cmpstr (day->id, ==, DAYS[i].id);
  }
  g_assert_cmpuint (columns.nameless->len, ==, 1);
  g_assert_cmpuint (g_array_index (columns.nameless, ListNameless, 0).column, ==, 4);
  list_columns_clear (&columns);
  replica_free (&replica);
}

static void test_refused (void)
{
  static const char *const ROWS[][2] = {
    { "Référence;Nom;reference\n", "“Référence” and “reference” mean the same" },
    { "Référence;Nom;Nom de famille\n", "“Nom” and “Nom de famille” mean the same" },
    { "Référence;Nom;Rencontres;会议\n", "“Rencontres” and “会议” mean the same" },
    { "Référence;Nom;26/10;26 octobre\n", "“26/10” and “26 octobre” mean the same" },
    { "Nom;Prénom\n", "there is no column “référence" },
    { "Référence;Prénom\n", "there is no column “nom" },
  };
  g_autoptr (GError) problem = NULL;
  Replica replica = replica_new (TRUE);
  g_autoptr (Programme) programme = programme_read (replica.journal, &problem);
  g_assert_no_error (problem);
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func (g_free);
    g_autofree char *path = replica_file (&replica, "list.csv", ROWS[i][0], -1);
    const ListColumnsKnown known = { .programme = programme };
    g_autoptr (List) list = open_list (path, programme, &error);
    g_assert_no_error (error);
    ListColumns columns = { 0 };
    g_assert_false (list_columns_find (&columns, list, &known, notes, &error));
    list_columns_clear (&columns);
    g_assert_error (error, IMPORT_ERROR, IMPORT_ERROR_FORMAT);
    if (strstr (error->message, ROWS[i][1]) == NULL) {
      g_test_message ("%s", error->message);
      g_test_fail ();
    }
  }
  replica_free (&replica);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/list_columns/found", test_found);
  g_test_add_func ("/list_columns/answers", test_answers);
  g_test_add_func ("/list_columns/refused", test_refused);
  return g_test_run ();
}
