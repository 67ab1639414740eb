/* Whole imports: the demo's lists against what they must come to, repetition, changes,
 * bad rows, all or nothing. */
#include "roster/import.h"

#include "core/json.h"
#include "congress/programme.h"
#include "unit/roster/replica.h"

#include <string.h>

#define FRENCH "assets/demo/inscriptions-cuf.csv"
#define CHINESE "assets/demo/报名表.csv"
#define GLOSSARY "assets/demo/glossaire-术语表.csv"
#define EXPECTED "tests/unit/roster/data/expected.json"

static const ImportOptions PLAIN = { 0 };

static Import *read_lists (const Replica *replica, const ImportOptions *options, const char *first,
                           const char *second)
{
  g_autoptr (GError) error = NULL;
  const char *paths[] = { first, second, NULL };
  Import *import = import_read (replica->journal, paths, options, &error);
  g_assert_no_error (error);
  return import;
}

static Import *read_text (const Replica *replica, const ImportOptions *options, const char *text)
{
  g_autofree char *path = replica_file (replica, "list.csv", text, -1);
  return read_lists (replica, options, path, NULL);
}

static void apply (const Replica *replica, Import *import, const ImportOptions *options)
{
  g_autoptr (GError) error = NULL;
  import_apply (replica->journal, import, options, &error);
  g_assert_no_error (error);
}

static gint64 facts (const Replica *replica)
{
  g_autoptr (GError) error = NULL;
  gint64 number = journal_last_number (replica->journal, &error);
  g_assert_no_error (error);
  return number;
}

static void check_counts (const Import *import, guint added, guint changed, guint unchanged,
                          guint missing, guint bad)
{
  g_assert_cmpuint (import->added->len, ==, added);
  g_assert_cmpuint (import->changed->len, ==, changed);
  g_assert_cmpuint (import->unchanged, ==, unchanged);
  g_assert_cmpuint (import->missing->len, ==, missing);
  g_assert_cmpuint (import->bad_rows, ==, bad);
}

/* The demo's lists ------------------------------------------------------------------- */

static void check_text (JsonValue *wanted, const char *key, const char *value)
{
  if (g_strcmp0 (json_in_string (wanted, key), value) != 0) {
    g_test_message ("%s: %s is “%s”, not “%s”", json_in_string (wanted, "reference"), key, value,
                    json_in_string (wanted, key));
    g_test_fail ();
  }
}

static void check_list (JsonValue *wanted, const char *key, char **value)
{
  g_auto (GStrv) list = json_in_strings (wanted, key);
  g_autofree char *a = g_strjoinv ("|", list), *b = g_strjoinv ("|", value);
  g_assert_cmpstr (a, ==, b);
}

static void check_delegate (const Programme *programme, const Delegate *delegate, JsonValue *wanted)
{
  const ProgrammeEntry *category = programme_category (programme, delegate->category);
  g_assert_nonnull (category);
  check_text (wanted, "title", delegate->title);
  check_text (wanted, "family", delegate->family);
  check_text (wanted, "given", delegate->given);
  check_text (wanted, "name_zh", delegate->name_zh);
  check_text (wanted, "function_fr", delegate->function_fr);
  check_text (wanted, "function_zh", delegate->function_zh);
  check_text (wanted, "organisation_fr", delegate->organisation_fr);
  check_text (wanted, "organisation_zh", delegate->organisation_zh);
  check_text (wanted, "category", category->fr);
  check_text (wanted, "category_zh", category->zh);
  check_text (wanted, "role", delegate->role);
  check_text (wanted, "email", delegate->email);
  check_text (wanted, "country", delegate->country);
  check_list (wanted, "events", delegate->events);
  check_list (wanted, "days", delegate->days);
  check_list (wanted, "workshops", delegate->workshops);
  g_assert_cmpint (json_in_bool (wanted, "meals"), ==, delegate->meals);
  g_assert_cmpint (json_in_bool (wanted, "transport"), ==, delegate->transport);
  g_assert_cmpint (json_in_bool (wanted, "headset"), ==, delegate->headset);
}

static void test_expected (void)
{
  g_autoptr (GError) error = NULL;
  Replica replica = replica_new (TRUE);
  g_autoptr (Import) import = read_lists (&replica, &PLAIN, FRENCH, CHINESE);
  check_counts (import, 320, 0, 0, 0, 0);
  apply (&replica, import, &PLAIN);
  g_autoptr (Programme) programme = programme_read (replica.journal, &error);
  g_autofree char *text = NULL;
  g_file_get_contents (EXPECTED, &text, NULL, &error);
  g_autoptr (JsonIn) in = json_in_parse (text, -1, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (json_in_length (json_in_root (in)), ==, 320);
  for (guint i = 0; i < 320; i++) {
    JsonValue *wanted = json_in_element (json_in_root (in), i);
    g_autoptr (Delegate) delegate
        = delegate_load (replica.journal, json_in_string (wanted, "reference"), &error);
    g_assert_nonnull (delegate);
    check_delegate (programme, delegate, wanted);
  }
  replica_free (&replica);
}

static void test_again (void)
{
  static const ImportOptions WITH_GLOSSARY = { .glossary = GLOSSARY };
  Replica replica = replica_new (TRUE);
  g_autoptr (Import) first = read_lists (&replica, &WITH_GLOSSARY, FRENCH, CHINESE);
  apply (&replica, first, &WITH_GLOSSARY);
  gint64 number = facts (&replica);
  for (guint i = 0; i < 3; i++) { /* both, the one, the other */
    g_autoptr (Import) again
        = read_lists (&replica, &WITH_GLOSSARY, i == 2 ? CHINESE : FRENCH, i == 0 ? CHINESE : NULL);
    check_counts (again, 0, 0, i == 0 ? 320 : i == 1 ? 180 : 140, 0, 0);
    apply (&replica, again, &WITH_GLOSSARY);
  }
  /* Nor does the list alone take away what the glossary gave. */
  g_autoptr (Import) alone = read_lists (&replica, &PLAIN, FRENCH, CHINESE);
  check_counts (alone, 0, 0, 320, 0, 0);
  apply (&replica, alone, &PLAIN);
  g_assert_cmpint (facts (&replica), ==, number);
  g_autoptr (Delegate) one = delegate_load (replica.journal, "FR-0001", NULL);
  g_assert_cmpstr (one->organisation_zh, ==, "南特大学");
  g_assert_cmpstr (one->function_zh, ==, "副教授");
  g_assert_cmpstr (one->list, ==, "inscriptions-cuf");
  replica_free (&replica);
}

/* Changes ---------------------------------------------------------------------------- */

#define HEADINGS "Référence;Nom;Prénom;Repas;Jours\n"

static void test_changes (void)
{
  Replica replica = replica_new (TRUE);
  g_autoptr (Import) first = read_text (
      &replica, &PLAIN,
      HEADINGS "FR-1;Martin;Zoë;oui;26\nFR-2;Durand;Émile;non;26,27\nFR-3;Petit;Léa;oui;28\n");
  check_counts (first, 3, 0, 0, 0, 0);
  apply (&replica, first, &PLAIN);
  /* the same list under another name: it is known by its people */
  g_autofree char *path = replica_file (
      &replica, "other-name.csv",
      HEADINGS "FR-1;Martin;Zoé;non;26\nFR-2;Durand;Émile;non;26,27\nFR-4;Roux;Inès;oui;28\n", -1);
  g_autoptr (Import) second = read_lists (&replica, &PLAIN, path, NULL);
  check_counts (second, 1, 1, 1, 1, 0);
  const ImportChange *changed = g_ptr_array_index (second->changed, 0),
                     *missing = g_ptr_array_index (second->missing, 0),
                     *added = g_ptr_array_index (second->added, 0);
  g_assert_cmpstr (changed->reference, ==, "FR-1");
  g_autofree char *what = import_plan_change_text (changed);
  g_assert_cmpstr (what, ==, "given: Zoë → Zoé; meals: yes → no");
  g_assert_cmpstr (missing->reference, ==, "FR-3");
  g_assert_cmpstr (missing->name, ==, "Léa Petit");
  g_assert_cmpstr (added->name, ==, "Inès Roux");
  gint64 number = facts (&replica);
  apply (&replica, second, &PLAIN);
  /* And that there is a list of that other name. */
  g_assert_cmpint (facts (&replica), ==, number + 3);
  g_autoptr (Delegate) kept = delegate_load (replica.journal, "FR-3", NULL),
                       new = delegate_load (replica.journal, "FR-4", NULL);
  g_assert_nonnull (kept);
  g_assert_cmpstr (new->list, ==, "list");
  replica_free (&replica);
}

static void test_two_files (void)
{
  Replica replica = replica_new (TRUE);
  g_autofree char *a
      = replica_file (&replica, "a.csv", HEADINGS "FR-1;Martin;Zoë;oui;26\n", -1),
      *b = replica_file (&replica, "b.csv",
                         HEADINGS "FR-2;Durand;Émile;oui;26\n\"FR-1\";Petit;Léa;oui;26\n", -1);
  g_autoptr (Import) import = read_lists (&replica, &PLAIN, a, b);
  g_assert_cmpuint (import->bad_rows, ==, 1);
  const ImportFault *fault = g_ptr_array_index (import->faults, 0);
  g_autofree char *says = g_strdup_printf ("stands already in line 2 of %s", a);
  g_assert_cmpstr (fault->file, ==, b);
  g_assert_cmpuint (fault->line, ==, 3);
  g_assert_cmpstr (fault->column, ==, "Référence");
  g_assert_cmpstr (fault->value, ==, "FR-1");
  g_assert_nonnull (strstr (fault->reason, says));
  replica_free (&replica);
}

/* A list is another's new edition if most of its people are that one's: a few who stand in
 * both are missing in neither. */
static void test_another_list (void)
{
  Replica replica = replica_new (TRUE);
  g_autofree char *a = replica_file (&replica, "a.csv",
                                     HEADINGS "FR-1;Martin;Zoë;oui;26\nFR-2;Durand;Émile;oui;26\n"
                                              "FR-3;Roux;Guy;oui;26\n",
                                     -1),
                  *b = replica_file (&replica, "b.csv",
                                     HEADINGS "FR-1;Martin;Zoë;oui;26\nCN-2;Wang;Ming;oui;26\n"
                                              "CN-3;Li;Na;oui;26\n",
                                     -1),
                  *c
                  = replica_file (&replica, "c.csv",
                                  HEADINGS "FR-1;Martin;Zoë;oui;26\nFR-4;Petit;Ève;oui;26\n", -1);
  g_autoptr (Import) first = read_lists (&replica, &PLAIN, a, NULL);
  apply (&replica, first, &PLAIN);
  g_autoptr (Import) other = read_lists (&replica, &PLAIN, b, NULL);
  check_counts (other, 2, 0, 1, 0, 0);
  apply (&replica, other, &PLAIN);
  g_autoptr (Import) again = read_lists (&replica, &PLAIN, a, NULL);
  check_counts (again, 0, 0, 3, 0, 0);
  g_autoptr (Import) edition = read_lists (&replica, &PLAIN, c, NULL);
  check_counts (edition, 1, 0, 1, 2, 0);
  replica_free (&replica);
}

#define CODE_HEADINGS "Référence;Nom;Prénom;Jours;Code\n"

/* Another platform's code opens doors for one person. */
static void test_codes (void)
{
  static const ImportOptions SKIP = { .skip_bad = TRUE };
  Replica replica = replica_new (TRUE);
  const ImportFault *fault;
  g_autoptr (Import) twice
      = read_text (&replica, &PLAIN,
                   CODE_HEADINGS "FR-1;Martin;Zoë;26;WX-1\nFR-2;Durand;Émile;26;\nFR-3;Petit;Léa;"
                                 "26;\nFR-4;Roux;Inès;26;WX-1\n");
  check_counts (twice, 3, 0, 0, 0, 1);
  fault = g_ptr_array_index (twice->faults, 0);
  g_assert_cmpuint (fault->line, ==, 5);
  g_assert_cmpstr (fault->column, ==, "Code");
  g_assert_true (g_str_has_prefix (fault->reason, "is the code of FR-1 already, in line 2"));
  apply (&replica, twice, &SKIP);
  /* of somebody who is not in the list */
  g_autoptr (Import) taken = read_text (
      &replica, &SKIP, CODE_HEADINGS "FR-5;Blanc;Zoé;26;WX-1\nFR-2;Durand;Émile;26;WX-2\n");
  check_counts (taken, 0, 1, 0, 2, 1);
  fault = g_ptr_array_index (taken->faults, 0);
  g_assert_cmpuint (fault->line, ==, 2);
  g_assert_true (g_str_has_prefix (fault->reason, "is the code of FR-1 already"));
  apply (&replica, taken, &SKIP);
  g_autoptr (Delegate) none = delegate_load (replica.journal, "FR-5", NULL);
  g_assert_null (none);
  /* two people's codes, exchanged */
  g_autoptr (Import) exchanged = read_text (
      &replica, &PLAIN,
      CODE_HEADINGS "FR-1;Martin;Zoë;26;WX-2\nFR-2;Durand;Émile;26;WX-1\nFR-3;Petit;Léa;26;\n");
  check_counts (exchanged, 0, 2, 1, 0, 0);
  apply (&replica, exchanged, &PLAIN);
  g_autoptr (Delegate) other = delegate_load_by_code (replica.journal, "WX-2", NULL);
  g_assert_cmpstr (other->reference, ==, "FR-1");
  g_autofree char *coded
      = replica_file (&replica, "coded.csv", CODE_HEADINGS "FR-6;Blanc;Zoé;26;WX-2\n", -1),
      *plain = replica_file (&replica, "plain.csv", HEADINGS "FR-1;Martin;Zoë;oui;26\n", -1);
  for (guint i = 0; i < 2; i++) { /* a list that says nothing of codes takes none away */
    g_autoptr (Import) both
        = read_lists (&replica, &PLAIN, i == 0 ? coded : plain, i == 0 ? plain : coded);
    g_assert_cmpuint (both->bad_rows, ==, 1);
  }
  g_autoptr (Import) again = read_text (
      &replica, &PLAIN,
      CODE_HEADINGS "FR-1;Martin;Zoë;26;WX-2\nFR-2;Durand;Émile;26;WX-1\nFR-3;Petit;Léa;26;\n");
  check_counts (again, 0, 0, 3, 0, 0);
  replica_free (&replica);
}

/* Bad rows --------------------------------------------------------------------------- */

static void test_all_or_nothing (void)
{
  static const ImportOptions SKIP = { .skip_bad = TRUE };
  g_autoptr (GError) error = NULL;
  Replica replica = replica_new (TRUE);
  const char *text = HEADINGS "FR-1;Martin;Zoë;oui;26\nFR-2;Durand;Émile;peut-être;30\n;Petit;Léa;"
                              "oui;26\nFR-4;Roux;Inès;oui;26\n";
  gint64 number = facts (&replica);
  g_autoptr (Import) import = read_text (&replica, &PLAIN, text);
  check_counts (import, 2, 0, 0, 0, 2);
  g_assert_cmpuint (import->fault_count, ==, 3);
  g_assert_false (import_apply (replica.journal, import, &PLAIN, &error));
  g_assert_error (error, IMPORT_ERROR, IMPORT_ERROR_ROWS);
  g_assert_cmpint (facts (&replica), ==, number);
  g_autoptr (Import) again = read_text (&replica, &SKIP, text);
  apply (&replica, again, &SKIP);
  g_assert_cmpint (facts (&replica), ==, number + 3); /* two people and their list */
  /* a bad row is not a missing person */
  g_autoptr (Import) bad
      = read_text (&replica, &PLAIN, HEADINGS "FR-1;Martin;Zoë;oui;40\nFR-4;Roux;Inès;oui;26\n");
  check_counts (bad, 0, 0, 1, 0, 1);
  replica_free (&replica);
}

static void test_many_faults (void)
{
  Replica replica = replica_new (TRUE);
  g_autoptr (GString) text = g_string_new (HEADINGS);
  for (guint i = 0; i < IMPORT_FAULTS_MAX + 500; i++)
    g_string_append_printf (text, "FR-%u;;;;\n", i);
  g_autoptr (Import) import = read_text (&replica, &PLAIN, text->str);
  g_assert_cmpuint (import->faults->len, ==, IMPORT_FAULTS_MAX);
  g_assert_cmpuint (import->fault_count, ==, IMPORT_FAULTS_MAX + 500);
  g_assert_cmpuint (import->bad_rows, ==, IMPORT_FAULTS_MAX + 500);
  replica_free (&replica);
}

static void test_refused (void)
{
  static const struct {
    const char *text;
    int code;
    const char *says;
  } ROWS[] = {
    { HEADINGS "FR-1;\"Martin;Zoë\n", IMPORT_ERROR_FORMAT,
      "line 2: the quote (\") that opens column 2 never ends" },
    { "Référence;Nom;Nom\nFR-1;A;B\n", IMPORT_ERROR_FORMAT, "mean the same" },
    { "x;y\n1;2\n", IMPORT_ERROR_FORMAT, "no headings that are known" },
    { "Référence;Nom\nFR-1;H\xE9rv\xC3\xA9\n", IMPORT_ERROR_ENCODING, "line 2, byte" },
  };
  Replica replica = replica_new (TRUE);
  gint64 number = facts (&replica);
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *path = replica_file (&replica, "list.csv", ROWS[i].text, -1);
    const char *paths[] = { FRENCH, path, NULL };
    g_assert_null (import_read (replica.journal, paths, &PLAIN, &error));
    g_assert_error (error, IMPORT_ERROR, ROWS[i].code);
    g_assert_nonnull (strstr (error->message, ROWS[i].says));
    g_assert_nonnull (strstr (error->message, path));
  }
  g_assert_cmpint (facts (&replica), ==, number);
  replica_free (&replica);
}

static gboolean has_note (const Import *import, const char *says)
{
  for (guint i = 0; i < import->notes->len; i++)
    if (strstr (g_ptr_array_index (import->notes, i), says) != NULL)
      return TRUE;
  return FALSE;
}

static void test_notes (void)
{
  static const ImportOptions WITH_GLOSSARY = { .glossary = GLOSSARY };
  Replica replica = replica_new (FALSE);
  g_autoptr (Import) import
      = read_text (&replica, &WITH_GLOSSARY, "编号,姓名,单位,微信\n1,欧阳思远,四川大学,x\n");
  g_assert_true (has_note (import, "no event file is loaded"));
  g_assert_true (has_note (import, "a glossary of 98 words"));
  g_assert_true (has_note (import, "UTF-8, commas"));
  g_assert_true (has_note (import, "“微信”"));
  g_assert_true (has_note (import, "1 Chinese names without pinyin"));
  g_assert_true (has_note (import, "1 fields were filled from the glossary"));
  g_assert_true (has_note (import, "no column for the days"));
  g_assert_false (has_note (import, "nothing stands below"));
  g_autoptr (Import) bare = read_text (&replica, &PLAIN, HEADINGS);
  g_assert_true (has_note (bare, "nothing stands below its headings"));
  replica_free (&replica);
}

static void count_reports (const char *file, guint64 done, guint64 total, gpointer data)
{
  g_assert_cmpuint (done, <=, total);
  ++((guint *) data)[file != NULL ? 0 : 1];
}

static void test_progress (void)
{
  guint reports[2] = { 0 };
  ImportOptions options = { .progress = count_reports, .progress_data = reports };
  Replica replica = replica_new (TRUE);
  g_autoptr (GString) text = g_string_new (HEADINGS);
  for (guint i = 0; i < 2000; i++)
    g_string_append_printf (text, "FR-%u;Martin;Zoë;oui;26\n", i);
  g_autoptr (Import) import = read_text (&replica, &options, text->str);
  apply (&replica, import, &options);
  g_assert_cmpuint (reports[0], >=, 4);
  g_assert_cmpuint (reports[1], >=, 4);
  replica_free (&replica);
}

/* What organisers do ----------------------------------------------------------------- */

#define CASES "tests/unit/roster/data/cases/"

static void import_case (const Replica *replica, const char *name)
{
  g_autofree char *path = g_strconcat (CASES, name, NULL);
  g_autoptr (Import) import = read_lists (replica, &PLAIN, path, NULL);
  apply (replica, import, &PLAIN);
}

static guint remarks (const Import *import, ImportRemarkKind kind, const ImportRemark **first)
{
  guint count = 0;
  for (guint i = import->remarks->len; i > 0; i--) {
    const ImportRemark *remark = g_ptr_array_index (import->remarks, i - 1);
    if (remark->kind != kind)
      continue;
    *first = remark;
    count++;
  }
  g_assert_cmpuint (count, ==, import->remark_counts[kind]);
  return count;
}

/* A person's correction, as desk.c writes it, and the same list again. */
static void test_correction (void)
{
  g_autoptr (GError) error = NULL;
  Replica replica = replica_new (TRUE);
  import_case (&replica, "d1.csv");
  g_assert_true (journal_begin (replica.journal, &error));
  replica_append (replica.journal, "registration", "FR-01",
                  "{\"list\":\"d1\",\"family\":\"Lefèvre\",\"given\":\"Hélène\",\"name_zh\":"
                  "\"勒菲弗\",\"events\":[\"rencontres\"],\"days\":[\"26\"],\"country\":\"FR\","
                  "\"corrected\":[\"family\",\"given\",\"name_zh\"],\"volunteer\":\"Anne\"}");
  g_assert_true (journal_commit (replica.journal, &error));
  gint64 number = facts (&replica);
  g_autoptr (Import) again = read_lists (&replica, &PLAIN, CASES "d1.csv", NULL);
  check_counts (again, 0, 0, 1, 0, 0);
  g_assert_cmpuint (again->conflicts->len, ==, 0);
  apply (&replica, again, &PLAIN);
  g_assert_cmpint (facts (&replica), ==, number);
  /* The list changes the same cell, and another one. */
  g_autofree char *path = replica_file (&replica, "d1.csv",
                                        "Référence;Nom;Prénom;Rencontres;Jours\n"
                                        "FR-01;Lefebvre;Helene;oui;26,27\n",
                                        -1);
  g_autoptr (Import) news = read_lists (&replica, &PLAIN, path, NULL);
  check_counts (news, 0, 1, 0, 0, 0);
  g_assert_cmpuint (news->conflicts->len, ==, 1);
  const ImportConflict *conflict = g_ptr_array_index (news->conflicts, 0);
  g_assert_cmpstr (conflict->says.listed, ==, "Lefebvre");
  g_assert_cmpstr (conflict->says.corrected, ==, "Lefèvre");
  g_assert_cmpstr (conflict->says.volunteer, ==, "Anne");
  apply (&replica, news, &PLAIN);
  g_autoptr (Delegate) kept = delegate_load (replica.journal, "FR-01", &error);
  g_assert_cmpstr (kept->family, ==, "Lefèvre");
  g_assert_cmpstr (kept->name_zh, ==, "勒菲弗");
  g_assert_cmpuint (g_strv_length (kept->days), ==, 2);
  /* Somebody decides. */
  g_autoptr (Import) taken = read_lists (&replica, &PLAIN, path, NULL);
  ((ImportConflict *) g_ptr_array_index (taken->conflicts, 0))->decision = MERGE_TAKE;
  apply (&replica, taken, &PLAIN);
  g_autoptr (Delegate) after = delegate_load (replica.journal, "FR-01", &error);
  g_assert_cmpstr (after->family, ==, "Lefebvre");
  g_assert_cmpstr (after->given, ==, "Hélène");
  replica_free (&replica);
}

/* References that a spreadsheet or a hand has written otherwise. */
static void test_spoiled (void)
{
  const ImportRemark *remark = NULL;
  Replica replica = replica_new (TRUE);
  import_case (&replica, "d9a.csv");
  g_autoptr (Import) spoiled = read_lists (&replica, &PLAIN, CASES "d9b.csv", NULL);
  check_counts (spoiled, 0, 0, 2, 0, 0);
  g_assert_cmpuint (remarks (spoiled, IMPORT_SPOILED, &remark), ==, 2);
  g_assert_cmpstr (remark->reference, ==, "0012");
  g_assert_cmpstr (remark->other, ==, "12");
  /* Somebody else, or two at once, cannot be taken for anybody. */
  static const struct {
    const char *row, *says;
  } ROWS[] = {
    { "12;Blanc;Zoé;oui;26\n", "is not the same person" },
    { "12;Roux;Guy;oui;26\n0012;Roux;Guy;oui;26\n", "differs only in capitals or zeros from 12" },
    { "X-1;Roux;Guy;oui;26\nx-01;Roux;Guy;oui;26\n", "differs only in capitals or zeros from X-1" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autofree char *text
        = g_strconcat ("Référence;Nom;Prénom;Rencontres;Jours\n", ROWS[i].row, NULL);
    g_autoptr (Import) import = read_text (&replica, &PLAIN, text);
    g_assert_cmpuint (import->faults->len, ==, 1);
    const ImportFault *fault = g_ptr_array_index (import->faults, 0);
    g_assert_nonnull (strstr (fault->reason, ROWS[i].says));
  }
  replica_free (&replica);
}

static void test_doubles (void)
{
  const ImportRemark *remark = NULL;
  Replica replica = replica_new (TRUE);
  g_autoptr (Import) twice = read_lists (&replica, &PLAIN, CASES "d10.csv", NULL);
  check_counts (twice, 2, 0, 0, 0, 0);
  g_assert_cmpuint (remarks (twice, IMPORT_DOUBLE_EMAIL, &remark), ==, 1);
  g_assert_cmpstr (remark->reference, ==, "FR-02");
  g_assert_cmpstr (remark->other, ==, "FR-01");
  g_assert_cmpstr (remark->other_name, ==, "Hélène Lefèvre");
  apply (&replica, twice, &PLAIN);
  /* Of somebody whom this list does not name. */
  g_autoptr (Import) other
      = read_text (&replica, &PLAIN,
                   "Référence;Nom;Prénom;Organisme;Rencontres;Jours\nCN-9;Helene;LEFEVRE;ville de "
                   "pau;oui;26\n");
  g_assert_cmpuint (remarks (other, IMPORT_DOUBLE_NAME, &remark), ==, 2);
  g_assert_cmpstr (remark->other, ==, "CN-9");
  replica_free (&replica);
}

static void test_nowhere (void)
{
  static const ImportOptions GIVEN = { .choices.event = "rencontres" };
  const ImportRemark *remark = NULL;
  Replica replica = replica_new (TRUE);
  g_autoptr (Import) bare = read_lists (&replica, &PLAIN, CASES "d7.csv", NULL);
  g_assert_cmpuint (remarks (bare, IMPORT_NOWHERE, &remark), ==, 1);
  g_autoptr (Import) given = read_lists (&replica, &GIVEN, CASES "d7.csv", NULL);
  g_assert_cmpuint (remarks (given, IMPORT_NOWHERE, &remark), ==, 0);
  apply (&replica, given, &GIVEN);
  g_autoptr (Delegate) delegate = delegate_load (replica.journal, "FR-01", NULL);
  g_assert_cmpstr (delegate->events[0], ==, "rencontres");
  replica_free (&replica);
}

static gboolean no_emoji (gunichar character, gpointer data)
{
  return character < 0x1f000;
}

static void test_unprintable (void)
{
  static const ImportOptions CHECKED = { .can_print = no_emoji };
  const ImportRemark *remark = NULL;
  Replica replica = replica_new (TRUE);
  g_autoptr (Import) import = read_lists (&replica, &CHECKED, CASES "d8.csv", NULL);
  check_counts (import, 3, 0, 0, 0, 0);
  g_assert_cmpuint (remarks (import, IMPORT_UNPRINTABLE, &remark), ==, 1);
  g_assert_cmpstr (remark->reference, ==, "FR-02");
  g_assert_cmpstr (remark->field->name, ==, "given");
  g_assert_cmpuint (remark->character, ==, 0x1f389);
  replica_free (&replica);
}

static void test_status (void)
{
  static const char *const MEANT[] = { "VIP=registered", NULL };
  static const ImportOptions GIVEN = { .choices.statuses = MEANT };
  const char *text = "Référence;Nom;Prénom;Rencontres;Jours;Statut\n"
                     "FR-1;Roux;Guy;oui;26;Inscrit(e)\nFR-2;Petit;Ève;oui;26;annulée\n"
                     "FR-3;Noir;Al;oui;26;待审核\nFR-4;Blanc;Zoé;oui;26;\n"
                     "FR-5;Vert;Léa;oui;26;VIP\n";
  Replica replica = replica_new (TRUE);
  g_autoptr (Import) refused = read_text (&replica, &PLAIN, text);
  g_assert_cmpuint (refused->bad_rows, ==, 1);
  const ImportFault *fault = g_ptr_array_index (refused->faults, 0);
  g_assert_cmpstr (fault->value, ==, "VIP");
  g_autoptr (Import) import = read_text (&replica, &GIVEN, text);
  check_counts (import, 5, 0, 0, 0, 0);
  g_assert_cmpuint (import->pending, ==, 1);
  g_assert_cmpuint (import->cancelled, ==, 1);
  apply (&replica, import, &GIVEN);
  static const struct {
    const char *reference, *status;
    gboolean revoked;
  } ROWS[] = { { "FR-1", "", FALSE },
               { "FR-2", "", TRUE },
               { "FR-3", DELEGATE_PENDING, FALSE },
               { "FR-4", "", FALSE },
               { "FR-5", "", FALSE } };
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autoptr (Delegate) delegate = delegate_load (replica.journal, ROWS[i].reference, NULL);
    g_assert_cmpstr (delegate->status, ==, ROWS[i].status);
    g_assert_cmpint (delegate->revoked, ==, ROWS[i].revoked);
  }
  replica_free (&replica);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/import/expected", test_expected);
  g_test_add_func ("/import/again", test_again);
  g_test_add_func ("/import/changes", test_changes);
  g_test_add_func ("/import/two-files", test_two_files);
  g_test_add_func ("/import/another-list", test_another_list);
  g_test_add_func ("/import/codes", test_codes);
  g_test_add_func ("/import/all-or-nothing", test_all_or_nothing);
  g_test_add_func ("/import/many-faults", test_many_faults);
  g_test_add_func ("/import/refused", test_refused);
  g_test_add_func ("/import/notes", test_notes);
  g_test_add_func ("/import/progress", test_progress);
  g_test_add_func ("/import/correction", test_correction);
  g_test_add_func ("/import/spoiled", test_spoiled);
  g_test_add_func ("/import/doubles", test_doubles);
  g_test_add_func ("/import/nowhere", test_nowhere);
  g_test_add_func ("/import/unprintable", test_unprintable);
  g_test_add_func ("/import/status", test_status);
  return g_test_run ();
}
