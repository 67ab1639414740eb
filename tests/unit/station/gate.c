/* A station at work: from a scanned text to durable facts. */
#include "station/gate.h"

#include "congress/session_change.h"
#include "core/clock_correction.h"
#include "credential/code.h"
#include "station/gate_step.h"
#include "sync/client_terms.h"
#include "unit/access/demo.h"
#include "unit/access/replica.h"
#include "unit/journal/transaction.h"
#include "unit/access/statements.h"

typedef struct {
  Replica replica;
  SignSecret congress, station;
  Gate *gate;
} Fixture;

static void announce (Journal *journal, const char *kind, const char *subject,
                      const SignPublic *key, gboolean revoked)
{
  g_autofree char *public_text = sign_public_text (key);
  g_autofree char *body
      = g_strdup_printf ("{\"public\":\"%s\"%s}", public_text, revoked ? ",\"revoked\":true" : "");
  append (journal, kind, subject, body);
}

static void new_congress_key (Journal *journal, SignSecret *secret)
{
  SignPublic key;
  sign_key_new (&key, secret);
  g_autofree char *id = sign_key_id_text (&key);
  announce (journal, "key", id, &key, FALSE);
}

static void register_delegate (Journal *journal, const char *reference, const char *code)
{
  g_autofree char *body
      = g_strdup_printf ("{\"family\":\"Le "
                         "Goff\",\"given\":\"Aurélien\",\"category\":\"elu\",\"country\":\"FR\","
                         "\"events\":[\"rencontres\"],\"days\":[\"26\",\"27\"],"
                         "\"meals\":true,\"headset\":true,\"code\":\"%s\"}",
                         code);
  append (journal, "registration", reference, body);
}

static void set_up (Fixture *fixture, gconstpointer id)
{
  g_autoptr (GError) error = NULL;
  replica_open (&fixture->replica, "desk");
  Journal *journal = fixture->replica.journal;
  demo_load (journal);
  new_congress_key (journal, &fixture->congress);
  register_delegate (journal, "FR-1", "EXT-77");
  register_delegate (journal, "FR-2", "");
  g_autofree char *secret = journal_local (journal, JOURNAL_LOCAL_STATION_SECRET, &error);
  g_assert_true (secret && sign_secret_from_text (secret, &fixture->station));
  fixture->gate = gate_open (journal, id, &error);
  g_assert_no_error (error);
}

static void tear_down (Fixture *fixture, gconstpointer id)
{
  gate_close (fixture->gate);
  replica_close (&fixture->replica);
}

static char *ticket (Fixture *fixture, const char *reference)
{
  g_autoptr (GError) error = NULL;
  char *text = code_make_ticket (&fixture->congress, reference, &error);
  g_assert_no_error (error);
  return text;
}

static char *badge (const SignSecret *station, const char *reference, guint serial)
{
  g_autoptr (GError) error = NULL;
  char *text = code_make_badge (station, reference, serial, &error);
  g_assert_no_error (error);
  return text;
}

/* "VERDICT detail direction reference badge" */
static char *describe (const GateResult *result)
{
  return g_strdup_printf ("%s %s %s %s %u %u", verdict_name (result->verdict),
                          *result->detail ? result->detail : "-",
                          direction_name (result->direction),
                          result->delegate != NULL ? result->delegate->reference : "-",
                          result->badge_serial, result->presented_serial);
}

static void assert_scan (Fixture *fixture, const char *text, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_auto (GateResult) result = { 0 };
  g_assert_true (gate_scan (fixture->gate, text, &result, &error));
  g_assert_no_error (error);
  g_autofree char *found = describe (&result);
  g_assert_cmpstr (found, ==, expected);
  g_assert_false (in_transaction (fixture->replica.journal));
}

static char *last_body (Fixture *fixture, const char *kind, char **subject)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) facts
      = journal_facts_of (fixture->replica.journal, "desk", 0, G_MAXINT, &error);
  g_assert_no_error (error);
  for (guint i = facts->len; i > 0; i--) {
    const Fact *fact = facts->pdata[i - 1];
    if (strcmp (fact->kind, kind) == 0) {
      *subject = g_strdup (fact->subject);
      return g_strdup (fact->body);
    }
  }
  g_error ("no fact of kind %s", kind);
}

static void assert_fact (Fixture *fixture, const char *kind, const char *subject, const char *body)
{
  g_autofree char *found_subject = NULL;
  g_autofree char *found = last_body (fixture, kind, &found_subject);
  g_assert_cmpstr (found_subject, ==, subject);
  g_assert_cmpstr (found, ==, body);
}

/* Before the doors open, when they do. */
static void test_next (Fixture *fixture, gconstpointer id)
{
  g_autoptr (GError) error = NULL;
  g_auto (GateResult) result = { 0 };
  g_autofree char *code = ticket (fixture, "FR-1");
  g_assert_cmpstr (gate_checkpoint (fixture->gate)->id, ==, id);
  set_time ("2016-10-26T06:00:00+08:00");
  g_assert_true (gate_scan (fixture->gate, code, &result, &error));
  g_assert_cmpstr (verdict_name (result.verdict), ==, "CLOSED");
  g_auto (OwnedPair) next = gate_next_wording (fixture->gate, &result);
  g_assert_nonnull (strstr (next.first, "7:30"));
  g_assert_nonnull (strstr (next.second, "7:30"));
}

static void test_first_admission (Fixture *fixture, gconstpointer id)
{
  g_autofree char *text = ticket (fixture, "FR-1");
  assert_scan (fixture, text, "ADMITTED - in FR-1 1 0");
  assert_fact (fixture, "passage", "FR-1",
               "{\"checkpoint\":\"entree-est\",\"verdict\":\"ADMITTED\",\"day\":\"2016-10-26\","
               "\"period\":\"2016-10-26\",\"code\":\"ticket\",\"direction\":\"in\"}");
  assert_fact (fixture, "badge-issued", "FR-1",
               "{\"serial\":1,\"reason\":\"first\",\"print\":true,\"prints\":\"f9eae5a7\"}");

  assert_scan (fixture, text, "TICKET_USED badge in FR-1 0 0");
  assert_fact (fixture, "passage", "FR-1",
               "{\"checkpoint\":\"entree-est\",\"verdict\":\"TICKET_USED\",\"day\":\"2016-10-26\","
               "\"code\":\"ticket\",\"direction\":\"in\",\"reason\":\"badge\"}");
  g_autofree char *worn = badge (&fixture->station, "FR-1", 1);
  assert_scan (fixture, worn, "ALREADY_IN inside in FR-1 0 1");
  assert_fact (fixture, "passage", "FR-1",
               "{\"checkpoint\":\"entree-est\",\"verdict\":\"ALREADY_IN\",\"day\":\"2016-10-26\","
               "\"code\":\"badge\",\"serial\":1,\"issuer\":\"desk\",\"direction\":\"in\","
               "\"reason\":\"inside\"}");
  set_time ("2016-10-27T09:00:00+08:00");
  assert_scan (fixture, worn, "ADMITTED - in FR-1 0 1");
}

static char *wearer_of (Fixture *fixture, const char *text)
{
  GateCode code;
  g_assert_true (gate_read (fixture->gate, text, &code, NULL));
  return gate_wearer (fixture->gate, &code, NULL);
}

/* Only a good badge says who wears it, and asking leaves no trace. */
static void test_wearer (Fixture *fixture, gconstpointer id)
{
  g_autofree char *text = ticket (fixture, "FR-1");
  g_assert_null (wearer_of (fixture, text));
  assert_scan (fixture, text, "ADMITTED - in FR-1 1 0");
  gint64 before = journal_last_number (fixture->replica.journal, NULL);
  g_autofree char *worn = badge (&fixture->station, "FR-1", 1),
                  *never = badge (&fixture->station, "FR-1", 2),
                  *forged = badge (&fixture->congress, "FR-1", 1);
  g_autofree char *wearer = wearer_of (fixture, worn);
  g_assert_cmpstr (wearer, ==, "FR-1");
  g_assert_null (wearer_of (fixture, never));
  g_assert_null (wearer_of (fixture, forged));
  g_assert_null (wearer_of (fixture, "nonsense"));
  g_assert_cmpint (journal_last_number (fixture->replica.journal, NULL), ==, before);
  append (fixture->replica.journal, "badge-void", "FR-1",
          "{\"serial\":1,\"issuer\":\"desk\",\"reason\":\"lost\"}");
  g_assert_null (wearer_of (fixture, worn));
}

/* Somebody has a copy of a badge: the next scan sends whoever wears it to the desk, and
 * it opens nothing else either; with papers, and with the new badge, she is let in. */
static void test_copied (Fixture *fixture, gconstpointer id)
{
  Journal *journal = fixture->replica.journal;
  Replica other;
  g_autofree char *text = ticket (fixture, "FR-1");
  assert_scan (fixture, text, "ADMITTED - in FR-1 1 0");
  g_autofree char *worn = badge (&fixture->station, "FR-1", 1);
  gint64 at_ms = hand_ms;
  replica_open (&other, "gate-2");
  hand_ms = at_ms;
  copy_facts (journal, other.journal);
  append (other.journal, "passage", "FR-1",
          "{\"checkpoint\":\"atelier-a1\",\"verdict\":\"ADMITTED\",\"day\":\"2016-10-26\","
          "\"code\":\"badge\",\"serial\":1,\"issuer\":\"desk\",\"direction\":\"in\"}");
  hand_ms += 2000;
  assert_scan (fixture, worn, "ALREADY_IN inside in FR-1 0 1");
  assert_scan (fixture, worn, "ALREADY_IN inside in FR-1 0 1"); /* not heard yet */
  copy_facts (other.journal, journal);
  assert_scan (fixture, worn, "REVOKED double in FR-1 0 1");
  g_assert_null (wearer_of (fixture, worn));
  g_auto (GateResult) result = { 0 };
  g_autoptr (GError) error = NULL;
  g_assert_true (gate_admit (fixture->gate, "FR-1", "Zoé", "papiers vus", &result, &error));
  g_assert_cmpint (result.verdict, ==, VERDICT_ALREADY_IN); /* and not refused for the badge */
  append (journal, "badge-issued", "FR-1", "{\"serial\":2,\"reason\":\"copied\"}");
  g_autofree char *anew = badge (&fixture->station, "FR-1", 2);
  assert_scan (fixture, anew, "ALREADY_IN inside in FR-1 0 2");
  assert_scan (fixture, worn, "BADGE_VOID replaced in FR-1 0 1");
  replica_close (&other);
}

/* A machine whose clock has lost the date asks a person, and goes by what it is told. */
static void test_clock (void)
{
  Replica replica;
  g_autoptr (GError) error = NULL;
  g_auto (GateResult) result = { 0 };
  replica_open (&replica, "desk");
  demo_load (replica.journal);
  gint64 right_ms = hand_ms;
  g_autofree char *path = g_strdup (journal_path (replica.journal));
  journal_close (replica.journal);
  replica.journal = journal_open (path, (Clock){ .now_ms = hand_now, .machine = TRUE }, &error);
  g_assert_no_error (error);
  Journal *journal = replica.journal;

  hand_ms = right_ms - JOURNAL_CLOCK_BEHIND_MS + 60000; /* wrong, but nobody can tell */
  g_autoptr (Gate) gate = gate_open (journal, "entree-est", &error);
  g_assert_no_error (error);
  g_clear_pointer (&gate, gate_close);
  set_time ("2000-01-01T00:00:00Z"); /* a dead battery */
  g_assert_null (gate_open (journal, "entree-est", &error));
  g_assert_error (error, GATE_ERROR, GATE_ERROR_CLOCK);
  g_assert_nonnull (strstr (error->message, "2000-01-01"));
  g_clear_error (&error);

  ClockCorrection told = clock_correction_new (right_ms - hand_ms, hand_ms);
  g_strlcpy (told.boot, "another", sizeof told.boot);
  g_autofree char *text = clock_correction_text (&told);
  g_assert_true (journal_set_local (journal, JOURNAL_LOCAL_HUB_CLOCK, text, NULL));
  journal_correct_clock (journal, text);
  gate = gate_open (journal, "entree-est", &error);
  g_assert_no_error (error);
  g_assert_true (gate_scan (gate, "nonsense", &result, &error));
  g_assert_cmpint (number_of (journal, "SELECT count (*) FROM passage WHERE day = '2016-10-26'"),
                   ==, 1);
  g_assert_cmpint (number_of (journal, "SELECT (at >> 16) / 60000 FROM passage"), ==,
                   right_ms / 60000);
  /* What is told later is taken at the next scan. */
  g_assert_true (journal_set_local (journal, JOURNAL_LOCAL_HUB_CLOCK, NULL, NULL));
  g_assert_false (gate_scan (gate, "nonsense", &result, &error));
  g_assert_error (error, GATE_ERROR, GATE_ERROR_CLOCK);
  g_clear_pointer (&gate, gate_close);
  replica_close (&replica);
}

static void test_reissue (Fixture *fixture, gconstpointer id)
{
  g_autofree char *text = ticket (fixture, "FR-1");
  assert_scan (fixture, text, "ADMITTED - in FR-1 1 0");
  append (fixture->replica.journal, "badge-void", "FR-1",
          "{\"serial\":1,\"issuer\":\"desk\",\"reason\":\"lost\"}");
  set_time ("2016-10-27T09:00:00+08:00");
  g_autofree char *lost = badge (&fixture->station, "FR-1", 1);
  assert_scan (fixture, lost, "BADGE_VOID lost in FR-1 0 1");
  assert_scan (fixture, text, "ADMITTED - in FR-1 2 0");
  assert_fact (fixture, "badge-issued", "FR-1",
               "{\"serial\":2,\"reason\":\"replaced\",\"print\":true,\"prints\":\"f9eae5a7\"}");
}

static void test_foreign_code (Fixture *fixture, gconstpointer id)
{
  assert_scan (fixture, "EXT-77", "ADMITTED - in FR-1 1 0");
  assert_fact (fixture, "passage", "FR-1",
               "{\"checkpoint\":\"entree-est\",\"verdict\":\"ADMITTED\",\"day\":\"2016-10-26\","
               "\"period\":\"2016-10-26\",\"code\":\"foreign\",\"direction\":\"in\"}");
  assert_scan (fixture, " EXT-77\n", "TICKET_USED badge in FR-1 0 0");
}

/* Codes of nobody: a verdict, a fact without subject, and nothing of the text. */
/* What a reader may put before a code: the kind of symbol, its encoding; nothing else. */
static void test_prefixes (Fixture *fixture, gconstpointer id)
{
  g_autofree char *first = ticket (fixture, "FR-1"), *second = ticket (fixture, "FR-2"),
                  *kind = g_strconcat ("]Q1", first, NULL),
                  *both = g_strconcat ("]Q1\\000026", second, NULL);
  assert_scan (fixture, kind, "ADMITTED - in FR-1 1 0");
  assert_scan (fixture, both, "ADMITTED - in FR-2 1 0");
  assert_scan (fixture, "]Q1\\000026EXT-77", "TICKET_USED badge in FR-1 0 0");
  assert_scan (fixture, "\\000026EXT-77\r", "TICKET_USED badge in FR-1 0 0");
  assert_scan (fixture, "\\00026EXT-77", "UNKNOWN - in - 0 0");
  assert_scan (fixture, "]Q1", "UNKNOWN - in - 0 0");
}

/* What somebody reads at a scan: her session's new room, then her own message; others
 * nothing of it. */
static void test_told (Fixture *fixture, gconstpointer id)
{
  Journal *journal = fixture->replica.journal;
  g_autoptr (GError) error = NULL;
  g_auto (GateResult) hers = { 0 };
  g_auto (GateResult) other = { 0 };
  g_autoptr (Programme) programme = programme_read (journal, &error);
  g_autofree char *first = ticket (fixture, "FR-1"), *second = ticket (fixture, "FR-2");
  append (journal, "registration", "FR-1",
          "{\"family\":\"Le Goff\",\"events\":[\"rencontres\"],\"days\":[\"26\"],"
          "\"workshops\":[\"A1\"],\"message\":\"Un colis\"}");
  g_assert_true (session_change_make (journal, programme, "A1",
                                      &(SessionChange){ .room = "Salle 9" }, &error));
  g_assert_true (gate_scan (fixture->gate, first, &hers, &error));
  g_assert_true (gate_scan (fixture->gate, second, &other, &error));
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (hers.told.first, "A1"));
  g_assert_nonnull (strstr (hers.told.first, "Salle 9"));
  g_assert_true (g_str_has_suffix (hers.told.first, "\nUn colis"));
  g_assert_true (g_str_has_suffix (hers.told.second, "\nUn colis"));
  g_assert_cmpint (other.verdict, ==, VERDICT_ADMITTED);
  g_assert_true (other.told.first == NULL || *other.told.first == '\0');
}

static void test_bad_codes (Fixture *fixture, gconstpointer id)
{
  SignPublic key;
  SignSecret stranger;
  sign_key_new (&key, &stranger);
  g_autoptr (GError) error = NULL;
  g_autofree char *other = code_make_ticket (&stranger, "FR-1", &error);
  g_autofree char *other_badge = badge (&stranger, "FR-1", 1);
  g_autofree char *not_here = ticket (fixture, "FR-999");
  g_autofree char *by_station
      = code_make_ticket (&fixture->station, "FR-1", &error); /* a station makes no tickets */
  g_autofree char *by_congress = badge (&fixture->congress, "FR-1", 1);
  g_autofree char *good = ticket (fixture, "FR-1");
  g_autofree char *short_code = g_strndup (good, strlen (good) - 6);
  g_autofree char *long_code = g_strnfill (100000, 'A');
  const struct {
    const char *text, *expected;
  } ROWS[] = {
    { other, "UNKNOWN other-congress in - 0 0" },
    { other_badge, "UNKNOWN other-congress in - 0 0" },
    { by_station, "UNKNOWN other-congress in - 0 0" },
    { by_congress, "UNKNOWN other-congress in - 0 0" },
    { not_here, "UNKNOWN not-here in - 0 0" },
    { short_code, "UNKNOWN damaged in - 0 0" },
    { "AC:", "UNKNOWN damaged in - 0 0" },
    { "", "UNKNOWN - in - 0 0" },
    { "   ", "UNKNOWN - in - 0 0" },
    { "https://example.org/?secret=1234", "UNKNOWN - in - 0 0" },
    { long_code, "UNKNOWN - in - 0 0" },
    { "\xff\xfe", "UNKNOWN - in - 0 0" },
    { "FR-1", "UNKNOWN - in - 0 0" }, /* a reference opens nothing */
  };
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    assert_scan (fixture, ROWS[i].text, ROWS[i].expected);
    g_autofree char *subject = NULL;
    g_autofree char *body = last_body (fixture, "passage", &subject);
    g_assert_cmpstr (subject, ==, "");
    g_assert_cmpuint (strlen (body), <, 200);
    g_assert_null (strstr (body, "secret"));
  }
  g_assert_cmpint (number_of (fixture->replica.journal, "SELECT count (*) FROM passage"), ==,
                   G_N_ELEMENTS (ROWS));
  g_assert_cmpint (number_of (fixture->replica.journal, "SELECT count (*) FROM badge"), ==, 0);
}

/* Whatever is changed in a true code, it opens nothing. */
static void test_changed_codes (Fixture *fixture, gconstpointer id)
{
  static const char ALPHABET[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
  g_autofree char *good = ticket (fixture, "FR-1"), *last = NULL;
  guint forged = 0;
  for (gsize i = 3; i < strlen (good); i++) {
    g_autofree char *changed = g_strdup (good);
    changed[i] = ALPHABET[((gsize) (strchr (ALPHABET, good[i]) - ALPHABET) + 1) % 45];
    g_autoptr (GError) error = NULL;
    g_auto (GateResult) result = { 0 };
    g_assert_true (gate_scan (fixture->gate, changed, &result, &error));
    g_assert_true (result.verdict == VERDICT_FORGED || result.verdict == VERDICT_UNKNOWN);
    g_assert_null (result.delegate);
    if (result.verdict != VERDICT_FORGED)
      continue; /* no code of ours any more: three of its characters stand for too large a number */
    forged++;
    g_free (last);
    last = g_steal_pointer (&changed);
  }
  g_assert_cmpuint (forged, >, 50);
  assert_scan (fixture, last, "FORGED signature in - 0 0");
  g_autofree char *subject = NULL;
  g_autofree char *body = last_body (fixture, "passage", &subject);
  g_assert_cmpstr (subject, ==, "");
  g_assert_cmpstr (body, ==,
                   "{\"checkpoint\":\"entree-est\",\"verdict\":\"FORGED\",\"day\":\"2016-10-26\","
                   "\"code\":\"ticket\",\"direction\":\"in\",\"reason\":\"signature\"}");
}

/* Keys and definitions that arrive while the gate is open. */
static void test_news (Fixture *fixture, gconstpointer id)
{
  Journal *journal = fixture->replica.journal;
  SignPublic key;
  SignSecret other;
  sign_key_new (&key, &other);
  g_autofree char *worn = badge (&other, "FR-1", 1);
  assert_scan (fixture, worn, "UNKNOWN other-congress in - 0 0");
  announce (journal, "station", "gate-2", &key, FALSE);
  assert_scan (fixture, worn, "ADMITTED - in FR-1 0 1"); /* its station was cut off */
  announce (journal, "station", "gate-2", &key, TRUE);
  assert_scan (fixture, worn, "REVOKED station in FR-1 0 1");

  SignSecret second;
  new_congress_key (journal, &second);
  g_autoptr (GError) error = NULL;
  g_autofree char *with_second = code_make_ticket (&second, "FR-2", &error);
  g_autofree char *with_first = ticket (fixture, "FR-2");
  append (
      journal, "checkpoint", id,
      "{\"kind\":\"entrance\",\"event\":\"rencontres\",\"events\":[\"foire\"],\"once\":\"day\"}");
  assert_scan (fixture, with_second, "NOT_ENTITLED event in FR-2 0 0");
  append (journal, "checkpoint", id,
          "{\"kind\":\"entrance\",\"event\":\"rencontres\",\"events\":[\"rencontres\"],\"once\":"
          "\"never\"}");
  assert_scan (fixture, with_second, "ADMITTED - in FR-2 0 0");
  assert_scan (fixture, with_first,
               "ADMITTED - in FR-2 0 0"); /* tickets of the key before stay good */

  append (journal, "checkpoint", id, "{\"kind\":\"entrance\",\"removed\":true}");
  g_auto (GateResult) result = { 0 };
  gint64 before = number_of (journal, "SELECT count (*) FROM fact");
  g_assert_false (gate_scan (fixture->gate, with_first, &result, &error));
  g_assert_error (error, CHECKPOINT_ERROR, CHECKPOINT_ERROR_UNKNOWN);
  g_assert_cmpint (number_of (journal, "SELECT count (*) FROM fact"), ==, before);
  g_assert_cmpint (result.verdict, !=, VERDICT_ADMITTED);
}

static void test_by_hand (Fixture *fixture, gconstpointer id)
{
  g_autoptr (GError) error = NULL;
  g_auto (GateResult) result = { 0 };
  g_autofree char *long_reason = g_strnfill (5000, 'x');
  g_assert_true (
      gate_admit (fixture->gate, "FR-1", "Zoé\n", "téléphone déchargé", &result, &error));
  g_assert_cmpint (result.verdict, ==, VERDICT_ADMITTED);
  g_assert_cmpuint (result.badge_serial, ==, 1);
  assert_fact (fixture, "passage", "FR-1",
               "{\"checkpoint\":\"entree-est\",\"verdict\":\"ADMITTED\",\"day\":\"2016-10-26\","
               "\"period\":\"2016-10-26\",\"code\":\"manual\",\"direction\":\"in\","
               "\"volunteer\":\"Zoé\",\"reason\":\"téléphone déchargé\"}");
  g_assert_true (gate_admit (fixture->gate, "FR-1", "Zoé", "again", &result, &error));
  g_assert_cmpint (result.verdict, ==, VERDICT_ALREADY_IN);
  set_time ("2016-10-27T09:00:00+08:00");
  g_assert_true (gate_admit (fixture->gate, "FR-1", "", long_reason, &result,
                             &error)); /* opens though a badge exists, and issues none */
  g_assert_cmpint (result.verdict, ==, VERDICT_ADMITTED);
  g_assert_cmpuint (result.badge_serial, ==, 0);
  g_autofree char *subject = NULL;
  g_autofree char *body = last_body (fixture, "passage", &subject);
  g_assert_cmpuint (strlen (body), <, 500);
  const char *nobody[] = { "FR-999", "no such; reference", "" };
  for (guint i = 0; i < G_N_ELEMENTS (nobody); i++) {
    g_assert_true (gate_admit (fixture->gate, nobody[i], "Zoé", "", &result, &error));
    g_assert_cmpint (result.verdict, ==, VERDICT_UNKNOWN);
  }
}

static void test_exit (Fixture *fixture, gconstpointer id)
{
  g_autofree char *text = ticket (fixture, "FR-1");
  assert_scan (fixture, text, "ADMITTED - in FR-1 1 0");
  g_autofree char *worn = badge (&fixture->station, "FR-1", 1);
  gate_set_exit (fixture->gate);
  set_time ("2016-10-26T22:00:00+08:00");
  assert_scan (fixture, worn, "ADMITTED - out FR-1 0 1");
  append (fixture->replica.journal, "checkpoint", id,
          "{\"kind\":\"entrance\",\"event\":\"rencontres\",\"once\":\"day\",\"direction\":\"in\"}");
  assert_scan (fixture, worn, "ADMITTED - out FR-1 0 1"); /* still, with a new definition */
  g_assert_cmpint (number_of (fixture->replica.journal,
                              "SELECT count (*) FROM presence WHERE last_direction = 'out'"),
                   ==, 1);
}

static void test_headset (Fixture *fixture, gconstpointer id)
{
  g_autofree char *text = ticket (fixture, "FR-1");
  assert_scan (fixture, text, "ADMITTED - in FR-1 0 0");
  assert_fact (fixture, "loan", "FR-1",
               "{\"item\":\"headset\",\"direction\":\"out\",\"event\":\"rencontres\","
               "\"checkpoint\":\"casques\",\"day\":\"2016-10-26\"}");
  assert_scan (fixture, text, "ADMITTED - out FR-1 0 0");
  assert_fact (fixture, "loan", "FR-1",
               "{\"item\":\"headset\",\"direction\":\"in\",\"event\":\"rencontres\","
               "\"checkpoint\":\"casques\",\"day\":\"2016-10-26\"}");
  g_assert_cmpint (
      number_of (fixture->replica.journal, "SELECT count (*) FROM loan WHERE direction = 'out'"),
      ==, 0);
}

/* By hand, each way only once. */
static void test_loan (Fixture *fixture, gconstpointer id)
{
  static const struct {
    gboolean out;
    const char *expected;
    gint64 facts;
  } ROWS[] = {
    { FALSE, "ALREADY_IN returned in FR-1 0 0", 0 }, { TRUE, "ADMITTED - in FR-1 0 0", 2 },
    { TRUE, "ALREADY_IN loan out FR-1 0 0", 0 },     { FALSE, "ADMITTED - out FR-1 0 0", 2 },
    { FALSE, "ALREADY_IN returned in FR-1 0 0", 0 },
  };
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_auto (GateResult) result = { 0 };
    gint64 before = number_of (fixture->replica.journal, "SELECT count (*) FROM fact");
    g_assert_true (gate_loan (fixture->gate, "FR-1", ROWS[i].out, "Zoé", &result, NULL));
    g_autofree char *found = describe (&result);
    g_assert_cmpstr (found, ==, ROWS[i].expected);
    g_assert_cmpint (number_of (fixture->replica.journal, "SELECT count (*) FROM fact"), ==,
                     before + ROWS[i].facts);
    g_assert_false (in_transaction (fixture->replica.journal));
  }
}

/* A refusal that somebody sets aside: she is in, with her badge, and the fact holds
 * both. */
static void test_override (Fixture *fixture, gconstpointer id)
{
  static const struct {
    const char *reference, *time;
    Verdict verdict;
    guint serial;
    const char *refusal; /* in the fact */
  } ROWS[] = {
    { "FR-1", "2016-10-29T09:00:00+08:00", VERDICT_ADMITTED, 1, "\"override\":\"NOT_TODAY\"" },
    { "FR-1", "2016-10-29T09:01:00+08:00", VERDICT_ADMITTED, 0, "\"override\":\"NOT_TODAY\"" },
    { "FR-1", "2016-10-26T09:00:00+08:00", VERDICT_ADMITTED, 0, "" },
    { "FR-1", "2016-10-26T09:01:00+08:00", VERDICT_ADMITTED, 0, "\"override\":\"ALREADY_IN\"" },
    { "FR-999", "2016-10-26T09:01:00+08:00", VERDICT_UNKNOWN, 0, "" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autoptr (GError) error = NULL;
    g_auto (GateResult) result = { 0 };
    g_autofree char *subject = NULL, *body = NULL;
    set_time (ROWS[i].time);
    g_test_message ("row %u", i);
    g_assert_true (
        gate_override (fixture->gate, ROWS[i].reference, "Zoé", "le maire", &result, &error));
    g_assert_no_error (error);
    g_assert_cmpint (result.verdict, ==, ROWS[i].verdict);
    g_assert_cmpuint (result.badge_serial, ==, ROWS[i].serial);
    body = last_body (fixture, "passage", &subject);
    g_assert_cmpint (strstr (body, "override") != NULL, ==, *ROWS[i].refusal != '\0');
    g_assert_nonnull (strstr (body, ROWS[i].refusal));
    if (ROWS[i].verdict == VERDICT_ADMITTED)
      g_assert_nonnull (strstr (body, "\"volunteer\":\"Zoé\",")); /* who, and why */
  }
  g_assert_cmpint (number_of (fixture->replica.journal, "SELECT count (*) FROM presence"), ==, 2);
}

static void test_unknown (void)
{
  Replica replica;
  replica_open (&replica, "desk");
  g_autoptr (GError) error = NULL;
  g_assert_null (gate_open (replica.journal, "entree-est", &error));
  g_assert_error (error, CHECKPOINT_ERROR, CHECKPOINT_ERROR_EVENT);
  replica_close (&replica);
}

/* Keys and checkpoint current?; BEGIN; the delegate, her badges, (for a badge: is its
 * station revoked?), her passages; the fact and what goes with it; COMMIT. Before the
 * delegate was read once (commit 17c173d): TICKET_BEFORE and BADGE_BEFORE. Since then
 * each transaction asks besides whether hubs share its log (journal/shared_log.h), and
 * signs the station's head, which is two. */
#define TICKET_STATEMENTS 21 /* one for the texts that the demo shows at a scan */
#define TICKET_BEFORE 18
#define BADGE_STATEMENTS 16
#define BADGE_BEFORE 14

static void test_statements (Fixture *fixture, gconstpointer id)
{
  g_autofree char *first = ticket (fixture, "FR-1"), *text = ticket (fixture, "FR-2"),
                  *worn = badge (&fixture->station, "FR-1", 1);
  assert_scan (fixture, first, "ADMITTED - in FR-1 1 0");
  statements_take ();
  assert_scan (fixture, text, "ADMITTED - in FR-2 1 0");
  gint of_ticket = statements_take ();
  assert_scan (fixture, worn, "ALREADY_IN inside in FR-1 0 1");
  gint of_badge = statements_take ();
  g_test_message ("a ticket took %d statements, before %d; a badge %d, before %d", of_ticket,
                  TICKET_BEFORE, of_badge, BADGE_BEFORE);
  g_assert_cmpint (of_ticket, ==, TICKET_STATEMENTS);
  g_assert_cmpint (of_badge, ==, BADGE_STATEMENTS);
}

/* Tickets of a key that is revoked from a time on: before it good, then sent to the desk,
 * whoever signed them; badges, and tickets of the new key, are not touched. */
static void test_key_revoked (Fixture *fixture, gconstpointer id)
{
  Journal *journal = fixture->replica.journal;
  g_autofree char *old = ticket (fixture, "FR-1"), *old_2 = ticket (fixture, "FR-2"),
                  *worn = badge (&fixture->station, "FR-1", 1), *key_id = NULL, *body = NULL,
                  *early = NULL, *new = NULL;
  SignPublic key;
  SignSecret second;

  sign_public_of (&fixture->congress, &key);
  key_id = sign_key_id_text (&key);
  body = g_strdup_printf ("{\"from\":%" G_GINT64_FORMAT "}", journal_now_ms (journal) + 1000);
  append (journal, "key-revoked", key_id, body);
  assert_scan (fixture, old, "ADMITTED - in FR-1 1 0");
  early = g_strdup_printf ("{\"from\":%" G_GINT64_FORMAT "}", journal_now_ms (journal));
  append (journal, "key-revoked", key_id, early);
  append (journal, "key-revoked", key_id, body); /* nothing takes it back */
  assert_scan (fixture, old_2, "REVOKED ticket in - 0 0");
  assert_scan (fixture, old, "REVOKED ticket in - 0 0");
  assert_scan (fixture, worn, "ALREADY_IN inside in FR-1 0 1");
  new_congress_key (journal, &second);
  new = code_make_ticket (&second, "FR-2", NULL);
  assert_scan (fixture, new, "ADMITTED - in FR-2 1 0");
}

/* A station that the hub has shut out decides nothing; one whose history forks goes
 * on. */
static void test_refused (Fixture *fixture, gconstpointer id)
{
  static const struct {
    const char *name, *value;
    gboolean shut_out;
  } CASES[] = {
    { JOURNAL_LOCAL_HUB_PUSH_REFUSAL, "revoked", TRUE },
    { JOURNAL_LOCAL_HUB_PULL_REFUSAL, "revoked", TRUE },
    { JOURNAL_LOCAL_HUB_PUSH_REFUSAL, "older", TRUE },
    { JOURNAL_LOCAL_HUB_PUSH_REFUSAL, "fork", FALSE },
    { JOURNAL_LOCAL_HUB_PULL_REFUSAL, "key", FALSE },
  };
  Journal *journal = fixture->replica.journal;
  g_autofree char *text = ticket (fixture, "FR-1");

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++) {
    g_autoptr (GError) error = NULL;
    g_auto (GateResult) result = { 0 };
    gint64 before = journal_last_number (journal, NULL);
    gboolean done;

    g_assert_true (journal_set_local (journal, CASES[i].name, CASES[i].value, NULL));
    done = gate_scan (fixture->gate, text, &result, &error);
    g_assert_cmpint (done, ==, !CASES[i].shut_out);
    if (!done) {
      g_assert_error (error, GATE_ERROR, GATE_ERROR_SHUT_OUT);
      g_assert_cmpint (journal_last_number (journal, NULL), ==, before);
    }
    g_assert_true (journal_set_local (journal, CASES[i].name, NULL, NULL));
  }
}

/* How long decisions took is kept with a later one, and none is told twice. */
static void test_times (Fixture *fixture, gconstpointer id)
{
  Journal *journal = fixture->replica.journal;
  static const gint64 KEPT[] = { 0, 0, 2, 2, 4 }; /* after each decision */

  for (guint i = 0; i < G_N_ELEMENTS (KEPT); i++) {
    DecisionTimes times = { 0 };

    if (i % 2 == 0 && i > 0)
      fixture->gate->times_kept_us -= 11 * G_TIME_SPAN_SECOND;
    assert_scan (fixture, "EXT-78", "UNKNOWN - in - 0 0");
    g_autofree char *kept = journal_local (journal, DECISION_TIMES_LOCAL, NULL);
    g_autoptr (JsonIn) in = kept != NULL ? json_in_parse (kept, -1, NULL) : NULL;
    decision_times_from_json (in != NULL ? json_in_root (in) : NULL, &times);
    g_assert_cmpint (decision_times_count (&times), ==, KEPT[i]);
    g_assert_cmpint (times.sum_us > 0, ==, KEPT[i] > 0);
  }
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  statements_start ();
  g_test_add ("/gate/times", Fixture, "entree-est", set_up, test_times, tear_down);
  g_test_add ("/gate/next", Fixture, "entree-est", set_up, test_next, tear_down);
  g_test_add ("/gate/first_admission", Fixture, "entree-est", set_up, test_first_admission,
              tear_down);
  g_test_add ("/gate/wearer", Fixture, "entree-est", set_up, test_wearer, tear_down);
  g_test_add ("/gate/copied", Fixture, "entree-est", set_up, test_copied, tear_down);
  g_test_add ("/gate/reissue", Fixture, "entree-est", set_up, test_reissue, tear_down);
  g_test_add ("/gate/foreign_code", Fixture, "entree-est", set_up, test_foreign_code, tear_down);
  g_test_add ("/gate/prefixes", Fixture, "entree-est", set_up, test_prefixes, tear_down);
  g_test_add ("/gate/told", Fixture, "entree-est", set_up, test_told, tear_down);
  g_test_add ("/gate/bad_codes", Fixture, "entree-est", set_up, test_bad_codes, tear_down);
  g_test_add ("/gate/changed_codes", Fixture, "entree-est", set_up, test_changed_codes, tear_down);
  g_test_add ("/gate/news", Fixture, "entree-est", set_up, test_news, tear_down);
  g_test_add ("/gate/by_hand", Fixture, "entree-est", set_up, test_by_hand, tear_down);
  g_test_add ("/gate/exit", Fixture, "entree-est", set_up, test_exit, tear_down);
  g_test_add ("/gate/headset", Fixture, "casques", set_up, test_headset, tear_down);
  g_test_add ("/gate/loan", Fixture, "casques", set_up, test_loan, tear_down);
  g_test_add ("/gate/key_revoked", Fixture, "entree-est", set_up, test_key_revoked, tear_down);
  g_test_add ("/gate/refused", Fixture, "entree-est", set_up, test_refused, tear_down);
  g_test_add ("/gate/override", Fixture, "entree-est", set_up, test_override, tear_down);
  g_test_add_func ("/gate/unknown", test_unknown);
  g_test_add_func ("/gate/clock", test_clock);
  g_test_add ("/gate/statements", Fixture, "entree-est", set_up, test_statements, tear_down);
  return g_test_run ();
}
