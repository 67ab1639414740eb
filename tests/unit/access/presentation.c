/* What a decision is told: read from the projections, by the clock of the venue. */
#include "access/presentation.h"

#include "unit/access/demo.h"
#include "unit/access/replica.h"

typedef struct {
  Replica replica;
  Checkpoint *checkpoint;
} Fixture;

static void set_up (Fixture *fixture, gconstpointer id)
{
  g_autoptr (GError) error = NULL;
  replica_open (&fixture->replica, "desk");
  demo_load (fixture->replica.journal);
  append (fixture->replica.journal, "registration", "FR-1",
          "{\"category\":\"elu\",\"events\":[\"rencontres\"],\"days\":[\"26\",\"28\"],"
          "\"workshops\":[\"A2\"],\"role\":\"intervenant A1\",\"meals\":true,\"headset\":true}");
  fixture->checkpoint = checkpoint_load (fixture->replica.journal, id, &error);
  g_assert_no_error (error);
}

static void tear_down (Fixture *fixture, gconstpointer id)
{
  checkpoint_free (fixture->checkpoint);
  replica_close (&fixture->replica);
}

static PresentationAnswer ask (Fixture *fixture, Presented presented, guint serial,
                               const char *issuer)
{
  g_autoptr (GError) error = NULL;
  PresentationAnswer answer;
  Presentation presentation
      = { .presented = presented, .reference = "FR-1", .serial = serial, .issuer = issuer };
  g_autoptr (Delegate) delegate = delegate_load (fixture->replica.journal, "FR-1", &error);
  g_assert_true (presentation_decide (fixture->replica.journal, fixture->checkpoint, &presentation,
                                      delegate, hand_ms, &answer, &error));
  g_assert_no_error (error);
  return answer;
}

static void passage (Fixture *fixture, const char *direction, const char *day, const char *verdict)
{
  g_autofree char *body = g_strdup_printf (
      "{\"checkpoint\":\"%s\",\"verdict\":\"%s\",\"day\":\"%s\",\"direction\":\"%s\"}",
      fixture->checkpoint->id, verdict, day, direction);
  append (fixture->replica.journal, "passage", "FR-1", body);
}

static void assert_verdict (const PresentationAnswer *answer, Verdict verdict, const char *detail)
{
  g_assert_cmpstr (verdict_name (answer->answer.verdict), ==, verdict_name (verdict));
  g_assert_cmpstr (answer->answer.detail, ==, detail);
}

static void test_venue_time (Fixture *fixture, gconstpointer id)
{
  static const struct {
    const char *time, *day;
    Verdict verdict;
    const char *detail;
  } ROWS[] = {
    { "2016-10-25T23:29:59Z", "2016-10-26", VERDICT_CLOSED, "hours" }, /* 7:29 at the venue */
    { "2016-10-25T23:30:00Z", "2016-10-26", VERDICT_ADMITTED, "" },
    { "2016-10-26T12:00:00+02:00", "2016-10-26", VERDICT_ADMITTED, "" },
    { "2016-10-26T13:00:00+02:00", "2016-10-26", VERDICT_CLOSED, "hours" },
    { "2016-10-26T17:00:00Z", "2016-10-27", VERDICT_NOT_TODAY,
      "day" }, /* past midnight at the venue */
    { "2016-10-28T17:29:00Z", "2016-10-28", VERDICT_ADMITTED,
      "" }, /* 1:29 on the 29th: the evening of the 28th */
    { "2016-10-28T17:30:00Z", "2016-10-29", VERDICT_NOT_TODAY, "nothing" },
    { "1970-01-01T00:00:00Z", "1970-01-01", VERDICT_NOT_TODAY, "nothing" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    set_time (ROWS[i].time);
    PresentationAnswer answer = ask (fixture, PRESENTED_TICKET, 0, NULL);
    assert_verdict (&answer, ROWS[i].verdict, ROWS[i].detail);
    g_assert_cmpstr (answer.day, ==, ROWS[i].day);
    g_assert_cmpstr (answer.period, ==, ROWS[i].verdict == VERDICT_ADMITTED ? ROWS[i].day : "");
  }
}

static void test_delegate (Fixture *fixture, gconstpointer id)
{
  g_autoptr (GError) error = NULL;
  PresentationAnswer answer;
  Presentation stranger = { .presented = PRESENTED_TICKET, .reference = "FR-2" };
  g_assert_true (presentation_decide (fixture->replica.journal, fixture->checkpoint, &stranger,
                                      NULL, hand_ms, &answer, &error));
  assert_verdict (&answer, VERDICT_UNKNOWN, "not-here");
  Presentation nobody = { .presented = PRESENTED_FORGED };
  g_assert_true (presentation_decide (fixture->replica.journal, fixture->checkpoint, &nobody, NULL,
                                      hand_ms, &answer, &error));
  assert_verdict (&answer, VERDICT_FORGED, "signature");

  append (fixture->replica.journal, "registration", "FR-1",
          "{\"events\":[\"rencontres\"],\"days\":[\"26\"],\"revoked\":true}");
  answer = ask (fixture, PRESENTED_TICKET, 0, NULL);
  assert_verdict (&answer, VERDICT_REVOKED, "registration");
}

/* One that was made void is as one of an old key; the next one opens. */
static void test_void_ticket (Fixture *fixture, gconstpointer id)
{
  static const struct {
    guint serial;
    Verdict verdict;
  } ROWS[] = { { 0, VERDICT_REVOKED }, { 1, VERDICT_REVOKED }, { 2, VERDICT_ADMITTED } };
  Journal *journal = fixture->replica.journal;
  g_autoptr (GError) error = NULL;
  g_autoptr (Delegate) delegate = delegate_load (journal, "FR-1", &error);
  append (journal, "ticket-void", "FR-1", "{\"serial\":1,\"volunteer\":\"Li Na\"}");
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    Presentation ticket = {
      .presented = PRESENTED_TICKET, .reference = "FR-1", .serial = ROWS[i].serial, .voids = TRUE
    };
    PresentationAnswer answer;
    g_assert_true (presentation_decide (journal, fixture->checkpoint, &ticket, delegate, hand_ms,
                                        &answer, &error));
    g_assert_cmpstr (verdict_name (answer.answer.verdict), ==, verdict_name (ROWS[i].verdict));
  }
}

/* A clock that is beyond all calendars opens no door. */
static void test_end_of_time (Fixture *fixture, gconstpointer id)
{
  hand_ms = G_GINT64_CONSTANT (400000000000000);
  PresentationAnswer answer = ask (fixture, PRESENTED_TICKET, 0, NULL);
  assert_verdict (&answer, VERDICT_NOT_TODAY, "nothing");
  g_assert_cmpstr (answer.day, ==, "");
}

static void test_in_and_out (Fixture *fixture, gconstpointer id)
{
  passage (fixture, "in", "2016-10-26", "NOT_ENTITLED"); /* a refusal is no entry */
  PresentationAnswer answer = ask (fixture, PRESENTED_MANUAL, 0, NULL);
  assert_verdict (&answer, VERDICT_ADMITTED, "");
  passage (fixture, "in", "2016-10-26", "ADMITTED");
  answer = ask (fixture, PRESENTED_MANUAL, 0, NULL);
  assert_verdict (&answer, VERDICT_ALREADY_IN, "inside");
  passage (fixture, "out", "2016-10-26", "ADMITTED");
  answer = ask (fixture, PRESENTED_MANUAL, 0, NULL);
  assert_verdict (&answer, VERDICT_ADMITTED, "");
  passage (fixture, "in", "2016-10-26", "ADMITTED");
  set_time ("2016-10-28T09:12:00+08:00"); /* another day, another right */
  answer = ask (fixture, PRESENTED_MANUAL, 0, NULL);
  assert_verdict (&answer, VERDICT_ADMITTED, "");

  set_time ("2016-10-26T20:00:00+08:00"); /* closed, but not for those who leave */
  checkpoint_set_exit (fixture->checkpoint);
  answer = ask (fixture, PRESENTED_MANUAL, 0, NULL);
  assert_verdict (&answer, VERDICT_ADMITTED, "");
  g_assert_cmpint (answer.answer.direction, ==, DIRECTION_OUT);
}

static void test_badges (Fixture *fixture, gconstpointer id)
{
  Journal *journal = fixture->replica.journal;
  PresentationAnswer answer = ask (fixture, PRESENTED_BADGE, 1, "elsewhere");
  assert_verdict (&answer, VERDICT_ADMITTED, ""); /* not heard of */
  append (journal, "badge-issued", "FR-1", "{\"serial\":1,\"reason\":\"first\",\"print\":true}");
  answer = ask (fixture, PRESENTED_TICKET, 0, NULL);
  assert_verdict (&answer, VERDICT_TICKET_USED, "badge");
  answer = ask (fixture, PRESENTED_BADGE, 1, "desk");
  assert_verdict (&answer, VERDICT_ADMITTED, "");
  answer = ask (fixture, PRESENTED_BADGE, 1,
                "elsewhere"); /* of the same age, as far as one can know */
  assert_verdict (&answer, VERDICT_ADMITTED, "");

  append (journal, "badge-issued", "FR-1", "{\"serial\":2,\"reason\":\"damaged\",\"print\":true}");
  answer = ask (fixture, PRESENTED_BADGE, 1, "desk");
  assert_verdict (&answer, VERDICT_BADGE_VOID, "replaced");
  answer = ask (fixture, PRESENTED_BADGE, 1, "elsewhere");
  assert_verdict (&answer, VERDICT_BADGE_VOID, "replaced");
  answer = ask (fixture, PRESENTED_BADGE, 3, "elsewhere");
  assert_verdict (&answer, VERDICT_ADMITTED, "");
  answer = ask (fixture, PRESENTED_BADGE, 2, "desk");
  assert_verdict (&answer, VERDICT_ADMITTED, "");

  append (journal, "badge-void", "FR-1", "{\"serial\":2,\"issuer\":\"desk\",\"reason\":\"lost\"}");
  answer = ask (fixture, PRESENTED_BADGE, 2, "desk");
  assert_verdict (&answer, VERDICT_BADGE_VOID, "lost");
  answer = ask (fixture, PRESENTED_BADGE, 1, "desk"); /* the one before does not come back */
  assert_verdict (&answer, VERDICT_BADGE_VOID, "replaced");
  answer = ask (fixture, PRESENTED_TICKET, 0, NULL); /* but the ticket does, for a new badge */
  assert_verdict (&answer, VERDICT_ADMITTED, "");
  g_assert_true (answer.answer.issue_badge);

  append (journal, "badge-void", "FR-1",
          "{\"serial\":4,\"issuer\":\"elsewhere\",\"reason\":\"lost\"}");
  answer = ask (fixture, PRESENTED_BADGE, 4, "elsewhere"); /* void before it was heard of */
  assert_verdict (&answer, VERDICT_BADGE_VOID, "lost");
}

static void test_revoked_station (Fixture *fixture, gconstpointer id)
{
  PresentationAnswer answer = ask (fixture, PRESENTED_BADGE, 1, "gate");
  assert_verdict (&answer, VERDICT_ADMITTED, "");
  append (fixture->replica.journal, "station", "gate", "{\"revoked\":true}");
  answer = ask (fixture, PRESENTED_BADGE, 1, "gate");
  assert_verdict (&answer, VERDICT_REVOKED, "station");
}

static void test_session (Fixture *fixture, gconstpointer id)
{
  set_time ("2016-10-26T13:30:00+08:00");
  PresentationAnswer answer = ask (fixture, PRESENTED_TICKET, 0, NULL);
  assert_verdict (&answer, VERDICT_ADMITTED, ""); /* by role */
  g_assert_cmpstr (answer.period, ==, "A1");
  append (fixture->replica.journal, "registration", "FR-1",
          "{\"events\":[\"rencontres\"],\"days\":[\"26\"],\"workshops\":[\"A2\"],\"role\":"
          "\"intervenant A2\"}");
  answer = ask (fixture, PRESENTED_TICKET, 0, NULL);
  assert_verdict (&answer, VERDICT_NOT_ENTITLED, "session");
  append (fixture->replica.journal, "registration", "FR-1",
          "{\"events\":[\"rencontres\"],\"days\":[\"26\"],\"workshops\":[\"A2\",\"A1\"]}");
  answer = ask (fixture, PRESENTED_TICKET, 0, NULL);
  assert_verdict (&answer, VERDICT_ADMITTED, "");

  for (guint i = 0; i < 120; i++) { /* the places in its room */
    g_autofree char *reference = g_strdup_printf ("X-%u", i);
    append (fixture->replica.journal, "passage", reference,
            "{\"checkpoint\":\"atelier-a1\",\"verdict\":\"ADMITTED\",\"day\":\"2016-10-26\","
            "\"direction\":\"in\"}");
  }
  answer = ask (fixture, PRESENTED_TICKET, 0, NULL);
  assert_verdict (&answer, VERDICT_FULL, "capacity");
  append (fixture->replica.journal, "passage", "X-1",
          "{\"checkpoint\":\"atelier-a1\",\"verdict\":\"ADMITTED\",\"day\":\"2016-10-26\","
          "\"direction\":\"out\"}");
  answer = ask (fixture, PRESENTED_TICKET, 0, NULL);
  assert_verdict (&answer, VERDICT_ADMITTED, "");
}

static void test_headset (Fixture *fixture, gconstpointer id)
{
  PresentationAnswer answer = ask (fixture, PRESENTED_TICKET, 0, NULL);
  g_assert_cmpint (answer.answer.direction, ==, DIRECTION_IN);
  g_assert_cmpstr (answer.period, ==, "rencontres");
  append (fixture->replica.journal, "loan", "FR-1", "{\"item\":\"headset\",\"direction\":\"out\"}");
  set_time ("2016-10-27T09:00:00+08:00"); /* a day later */
  answer = ask (fixture, PRESENTED_TICKET, 0, NULL);
  assert_verdict (&answer, VERDICT_ADMITTED, "");
  g_assert_cmpint (answer.answer.direction, ==, DIRECTION_OUT);
  append (fixture->replica.journal, "loan", "FR-1", "{\"item\":\"headset\",\"direction\":\"in\"}");
  set_time ("2016-10-28T09:00:00+08:00");
  answer = ask (fixture, PRESENTED_TICKET, 0, NULL);
  g_assert_cmpint (answer.answer.direction, ==, DIRECTION_IN);
}

/* At the other door of a group what was done at the first counts; elsewhere it does
 * not. */
static void test_doors (Fixture *fixture, gconstpointer id)
{
  static const char BODY[]
      = "{\"kind\":\"entrance\",\"event\":\"rencontres\",\"once\":\"event\",\"direction\":\"in\","
        "\"doors\":\"%s\",\"days\":%u,\"limit\":%u,\"wait\":%u,\"empties\":%s}";
  static const struct {
    const char *doors, *empties;
    guint days, limit, wait;
    const char *at;
    Verdict verdict;
    const char *detail;
  } ROWS[] = {
    { "west", "false", 0, 0, 0, "2016-10-26T10:00:00+08:00", VERDICT_ADMITTED, "" },
    { "group", "false", 0, 0, 0, "2016-10-26T10:00:00+08:00", VERDICT_ALREADY_IN, "inside" },
    { "group", "false", 0, 0, 0, "2016-10-28T10:00:00+08:00", VERDICT_ALREADY_IN, "inside" },
    { "group", "true", 0, 0, 0, "2016-10-28T10:00:00+08:00", VERDICT_ADMITTED, "" },
    { "group", "true", 1, 0, 0, "2016-10-28T10:00:00+08:00", VERDICT_ALREADY_IN, "days" },
    { "group", "true", 2, 0, 0, "2016-10-28T10:00:00+08:00", VERDICT_ADMITTED, "" },
    { "group", "true", 0, 2, 0, "2016-10-28T10:00:00+08:00", VERDICT_ALREADY_IN, "limit" },
    { "group", "true", 0, 3, 0, "2016-10-28T10:00:00+08:00", VERDICT_ADMITTED, "" },
    { "group", "true", 0, 0, 1440, "2016-10-28T10:00:00+08:00", VERDICT_ADMITTED, "" },
  };
  static const char *const DIRECTIONS[] = { "in", "out", "in" };
  g_autoptr (GError) error = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (DIRECTIONS); i++) {
    g_autofree char *body = g_strdup_printf (
        "{\"checkpoint\":\"entree-est\",\"doors\":\"group\",\"verdict\":\"ADMITTED\",\"day\":"
        "\"2016-10-26\",\"direction\":\"%s\"}",
        DIRECTIONS[i]);
    hand_ms += 1000;
    append (fixture->replica.journal, "passage", "FR-1", body);
  }
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autofree char *body = g_strdup_printf (BODY, ROWS[i].doors, ROWS[i].days, ROWS[i].limit,
                                             ROWS[i].wait, ROWS[i].empties);
    hand_ms += 1000;
    append (fixture->replica.journal, "checkpoint", "west", body);
    checkpoint_free (fixture->checkpoint);
    fixture->checkpoint = checkpoint_load (fixture->replica.journal, "west", &error);
    g_assert_no_error (error);
    gint64 before_ms = hand_ms;
    set_time (ROWS[i].at);
    g_test_message ("row %u", i);
    PresentationAnswer answer = ask (fixture, PRESENTED_MANUAL, 0, NULL);
    assert_verdict (&answer, ROWS[i].verdict, ROWS[i].detail);
    hand_ms = before_ms;
  }
  /* Too soon, and told when. */
  g_autofree char *body = g_strdup_printf (BODY, "group", 0, 0, 30, "true");
  hand_ms += 1000;
  append (fixture->replica.journal, "checkpoint", "west", body);
  checkpoint_free (fixture->checkpoint);
  fixture->checkpoint = checkpoint_load (fixture->replica.journal, "west", &error);
  passage (fixture, "out", "2016-10-26", "ADMITTED"); /* at west itself, not of the group */
  g_autofree char *out
      = g_strdup ("{\"checkpoint\":\"west\",\"doors\":\"group\",\"verdict\":\"ADMITTED\","
                  "\"day\":\"2016-10-26\",\"direction\":\"out\"}");
  append (fixture->replica.journal, "passage", "FR-1", out);
  PresentationAnswer answer = ask (fixture, PRESENTED_MANUAL, 0, NULL);
  assert_verdict (&answer, VERDICT_ALREADY_IN, "wait");
  g_assert_cmpstr (answer.next_day, ==, "2016-10-26");
}

/* Who may pass at all, as counts ask it of everybody. */
static void test_grants (Fixture *fixture, gconstpointer id)
{
  static const struct {
    const char *checkpoint;
    PresentationRights rights;
    gboolean granted;
  } ROWS[] = {
    { "entree-est",
      { "elu", "[\"rencontres\"]", "[\"26\"]", "[]", "", FALSE, FALSE, FALSE },
      TRUE },
    { "entree-est", { "elu", "[\"rencontres\"]", "[]", "[]", "", FALSE, FALSE, FALSE }, FALSE },
    { "entree-est", { "elu", "[]", "[\"26\"]", "[]", "", FALSE, FALSE, FALSE }, FALSE },
    { "entree-est", { "elu", "no list", "[\"26\"]", "[]", "", FALSE, FALSE, FALSE }, FALSE },
    { "entree-est",
      { "elu", "[\"rencontres\"]", "[\"32\"]", "[]", "", FALSE, FALSE, FALSE },
      FALSE },
    { "atelier-a1",
      { "elu", "[\"rencontres\"]", "[\"26\"]", "[\"A1\"]", "", FALSE, FALSE, FALSE },
      TRUE },
    { "atelier-a1",
      { "elu", "[\"rencontres\"]", "[\"26\"]", "[\"A2\"]", "", FALSE, FALSE, FALSE },
      FALSE },
    { "atelier-a1",
      { "elu", "[\"rencontres\"]", "[\"26\"]", "[]", "intervenant A1", FALSE, FALSE, FALSE },
      TRUE },
    { "casques", { "elu", "[\"rencontres\"]", "[\"26\"]", "[]", "", FALSE, FALSE, TRUE }, TRUE },
    { "casques", { "elu", "[\"rencontres\"]", "[\"26\"]", "[]", "", FALSE, FALSE, FALSE }, FALSE },
  };
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (Checkpoint) checkpoint
        = checkpoint_load (fixture->replica.journal, ROWS[i].checkpoint, &error);
    g_assert_no_error (error);
    g_test_message ("row %u", i);
    g_assert_cmpint (presentation_grants (checkpoint, &ROWS[i].rights), ==, ROWS[i].granted);
  }
}

/* Without @once, but with a limit, what somebody did before is asked for all the same. */
static void test_limited (Fixture *fixture, gconstpointer id)
{
  g_autoptr (GError) error = NULL;
  append (fixture->replica.journal, "checkpoint", "west",
          "{\"kind\":\"entrance\",\"event\":\"rencontres\",\"once\":\"never\",\"limit\":1,"
          "\"direction\":\"in\"}");
  checkpoint_free (fixture->checkpoint);
  fixture->checkpoint = checkpoint_load (fixture->replica.journal, "west", &error);
  g_assert_no_error (error);
  PresentationAnswer first = ask (fixture, PRESENTED_MANUAL, 0, NULL);
  assert_verdict (&first, VERDICT_ADMITTED, "");
  passage (fixture, "in", first.day, "ADMITTED");
  PresentationAnswer second = ask (fixture, PRESENTED_MANUAL, 0, NULL);
  g_assert_cmpint (second.answer.verdict, !=, VERDICT_ADMITTED);
}

/* The door of a working group: who is on the list of one that it lets in, as long as she is. */
static void test_groups (Fixture *fixture, gconstpointer id)
{
  static const struct {
    const char *body; /* of her appointment; NULL: none */
    Verdict verdict;
    const char *detail;
  } ROWS[] = {
    { NULL, VERDICT_NOT_ENTITLED, "group" },
    { "{\"id\":\"g1\",\"kind\":\"group\",\"line\":\"presse\"}", VERDICT_NOT_ENTITLED, "group" },
    { "{\"id\":\"m1\",\"kind\":\"meeting\",\"line\":\"securite\"}", VERDICT_NOT_ENTITLED, "group" },
    { "{\"id\":\"g2\",\"kind\":\"group\",\"line\":\"securite\"}", VERDICT_ADMITTED, "" },
    { "{\"id\":\"g2\",\"kind\":\"group\",\"line\":\"securite\",\"removed\":true}",
      VERDICT_NOT_ENTITLED, "group" },
  };
  g_autoptr (GError) error = NULL;
  append (fixture->replica.journal, "checkpoint", "west",
          "{\"kind\":\"entrance\",\"event\":\"rencontres\",\"once\":\"never\",\"groups\":"
          "[\"protocole\",\"securite\"],\"direction\":\"in\"}");
  checkpoint_free (fixture->checkpoint);
  fixture->checkpoint = checkpoint_load (fixture->replica.journal, "west", &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    hand_ms += 1000;
    if (ROWS[i].body != NULL)
      append (fixture->replica.journal, "appointment", "FR-1", ROWS[i].body);
    g_test_message ("row %u", i);
    PresentationAnswer answer = ask (fixture, PRESENTED_MANUAL, 0, NULL);
    assert_verdict (&answer, ROWS[i].verdict, ROWS[i].detail);
  }
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/presentation/venue_time", Fixture, "entree-est", set_up, test_venue_time,
              tear_down);
  g_test_add ("/presentation/delegate", Fixture, "entree-est", set_up, test_delegate, tear_down);
  g_test_add ("/presentation/in_and_out", Fixture, "entree-est", set_up, test_in_and_out,
              tear_down);
  g_test_add ("/presentation/void-ticket", Fixture, "entree-est", set_up, test_void_ticket,
              tear_down);
  g_test_add ("/presentation/end-of-time", Fixture, "entree-est", set_up, test_end_of_time,
              tear_down);
  g_test_add ("/presentation/badges", Fixture, "entree-est", set_up, test_badges, tear_down);
  g_test_add ("/presentation/revoked_station", Fixture, "entree-est", set_up, test_revoked_station,
              tear_down);
  g_test_add ("/presentation/session", Fixture, "atelier-a1", set_up, test_session, tear_down);
  g_test_add ("/presentation/doors", Fixture, "entree-est", set_up, test_doors, tear_down);
  g_test_add ("/presentation/grants", Fixture, "entree-est", set_up, test_grants, tear_down);
  g_test_add ("/presentation/groups", Fixture, "entree-est", set_up, test_groups, tear_down);
  g_test_add ("/presentation/limited", Fixture, "entree-est", set_up, test_limited, tear_down);
  g_test_add ("/presentation/headset", Fixture, "casques", set_up, test_headset, tear_down);
  return g_test_run ();
}
