/* Until when what is held may be kept, and that after it all is gone, but for figures. */
#include "roster/retention.h"
#include "words_here.h"

#include "unit/access/replica.h"

#define PEOPLE (RETENTION_BATCH * 2 + 3)

static void define (Journal *journal, const char *retention)
{
  g_autofree char *body = g_strdup_printf (
      "{\"fr\":\"C\",\"zh\":\"C\",\"timezone\":\"Asia/Shanghai\",\"contact\":\"a@b.example\""
      "%s%s%s}",
      *retention ? ",\"retention\":\"" : "", retention, *retention ? "\"" : "");
  append (journal, "congress", "congress", body);
}

static gboolean is_over (Journal *journal)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Retention) retention = retention_read (journal, &error);
  g_assert_no_error (error);
  return retention->over;
}

static void test_day (void)
{
  Replica replica;
  g_autoptr (GError) error = NULL;
  guint erased = 7;
  replica_open (&replica, "hub");
  append (replica.journal, "registration", "FR-1", "{\"family\":\"Le Goff\"}");
  g_assert_false (is_over (replica.journal)); /* no event file */
  define (replica.journal, "");
  g_assert_false (is_over (replica.journal));
  g_assert_false (retention_erase_all (replica.journal, &erased, &error));
  g_assert_error (error, RETENTION_ERROR, RETENTION_ERROR_NONE);
  g_clear_error (&error);
  define (replica.journal, "2017-01-31");
  set_time ("2017-01-31T23:59:59+08:00"); /* the whole day, at the venue */
  g_assert_false (is_over (replica.journal));
  g_assert_false (retention_erase_all (replica.journal, &erased, &error));
  g_assert_error (error, RETENTION_ERROR, RETENTION_ERROR_EARLY);
  g_assert_cmpuint (erased, ==, 0);
  set_time ("2017-02-01T00:00:00+08:00");
  g_assert_true (is_over (replica.journal));
  g_autoptr (Retention) retention = retention_read (replica.journal, NULL);
  g_assert_cmpstr (retention->contact, ==, "a@b.example");
  g_assert_cmpuint (retention->people, ==, 1);
  replica_close (&replica);
}

static void test_erase (void)
{
  Replica replica;
  g_autoptr (GError) error = NULL;
  guint erased;
  replica_open (&replica, "hub");
  Journal *journal = replica.journal;
  define (journal, "2017-01-31");
  g_assert_true (journal_begin (journal, NULL));
  for (guint i = 0; i < PEOPLE; i++) {
    g_autofree char *reference = g_strdup_printf ("P-%04u", i);
    g_assert_true (
        journal_append (journal, "registration", reference, "{\"family\":\"N\"}", NULL, NULL));
    g_assert_true (journal_append (journal, "passage", reference,
                                   "{\"checkpoint\":\"c\",\"verdict\":\"ADMITTED\"}", NULL, NULL));
  }
  g_assert_true (journal_append (journal, "note", "X-1", "{\"text\":\"t\"}", NULL, NULL));
  g_assert_true (journal_commit (journal, NULL));
  set_time ("2017-02-01T09:00:00+08:00");
  g_assert_true (retention_erase_all (journal, &erased, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (erased, ==, PEOPLE + 1);
  g_assert_cmpint (number_of (journal, "SELECT count (*) FROM delegate"), ==, 0);
  g_assert_cmpint (number_of (journal, "SELECT count (*) FROM note"), ==, 0);
  g_assert_cmpint (number_of (journal, "SELECT count (*) FROM passage"), ==, PEOPLE);
  g_autoptr (Retention) after = retention_read (journal, NULL);
  g_assert_cmpuint (after->people, ==, 0);
  /* Once more there is nothing to do; what comes later is found. */
  gint64 before = journal_last_number (journal, NULL);
  g_assert_true (retention_erase_all (journal, &erased, &error));
  g_assert_cmpuint (erased, ==, 0);
  g_assert_cmpint (journal_last_number (journal, NULL), ==, before);
  append (journal, "registration", "P-0001", "{\"family\":\"Again\"}");
  g_assert_true (retention_erase_all (journal, &erased, &error));
  g_assert_cmpuint (erased, ==, 1);
  replica_close (&replica);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  words_here ();
  g_test_add_func ("/retention/day", test_day);
  g_test_add_func ("/retention/erase", test_erase);
  return g_test_run ();
}
