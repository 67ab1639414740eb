/* desk_stage.h: a desk with two people, one of them withdrawn, and a gate beside it. Included by
 * the tests of each part of a volunteer's work. */
#pragma once

#include "desk/desk.h"
#include "words_here.h"

#include "station/gate.h"
#include "unit/access/demo.h"
#include "unit/access/replica.h"
#include "unit/journal/transaction.h"

#include <string.h>

#define ZOE "Zoé"

typedef struct {
  Replica replica;
  Gate *gate;
  SignSecret station;
} Fixture;

static void set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  replica_open (&fixture->replica, "desk");
  Journal *journal = fixture->replica.journal;
  demo_load (journal);
  append (journal, "registration", "FR-1",
          "{\"title\":\"M.\",\"family\":\"Le "
          "Gof\",\"given\":\"Aurélien\",\"category\":\"elu\",\"country\":\"FR\",\"events\":["
          "\"rencontres\"],\"days\":[\"26\",\"27\"],\"meals\":true}");
  append (journal, "registration", "FR-2",
          "{\"family\":\"Hué\",\"category\":\"elu\",\"events\":[\"rencontres\"],\"days\":[\"26\"],"
          "\"revoked\":true}");
  g_autofree char *secret = journal_local (journal, JOURNAL_LOCAL_STATION_SECRET, &error);
  g_assert_true (secret && sign_secret_from_text (secret, &fixture->station));
  fixture->gate = gate_open (journal, "entree-est", &error);
  g_assert_no_error (error);
}

static void tear_down (Fixture *fixture, gconstpointer data)
{
  gate_close (fixture->gate);
  replica_close (&fixture->replica);
}

static gint64 facts_in (Journal *journal)
{
  return number_of (journal, "SELECT count (*) FROM fact");
}

/* Body of the last own fact of @kind. */
static char *last_body (Journal *journal, const char *kind)
{
  g_autoptr (GPtrArray) facts
      = journal_facts_of (journal, journal_station (journal), 0, G_MAXINT, NULL);
  for (guint i = facts->len; i > 0; i--)
    if (strcmp (((const Fact *) facts->pdata[i - 1])->kind, kind) == 0)
      return g_strdup (((const Fact *) facts->pdata[i - 1])->body);
  return g_strdup ("");
}

#define assert_body(journal, kind, expected)                                                       \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *found_ = last_body (journal, kind);                                           \
    g_assert_cmpstr (found_, ==, expected);                                                        \
  }                                                                                                \
  G_STMT_END

static void admit (Fixture *fixture, const char *reference)
{
  g_auto (GateResult) result = { 0 };
  g_assert_true (gate_admit (fixture->gate, reference, ZOE, "", &result, NULL));
  g_assert_cmpint (result.verdict, ==, VERDICT_ADMITTED);
}

static inline Verdict scan_badge (Fixture *fixture, guint serial)
{
  g_auto (GateResult) result = { 0 };
  g_autofree char *text = code_make_badge (&fixture->station, "FR-1", serial, NULL);
  g_assert_true (gate_scan (fixture->gate, text, &result, NULL));
  return result.verdict;
}

static inline DeskVerdict reprint (Fixture *fixture, const char *reference, guint seen,
                                   DeskReason reason, guint *serial)
{
  g_autoptr (GError) error = NULL;
  DeskResult result;
  g_assert_true (
      desk_reprint (fixture->replica.journal, reference, seen, ZOE, reason, "", &result, &error));
  g_assert_no_error (error);
  g_assert_false (in_transaction (fixture->replica.journal));
  if (serial != NULL)
    *serial = result.serial;
  return result.verdict;
}

#define TEST(name, function) g_test_add (name, Fixture, NULL, set_up, function, tear_down)
