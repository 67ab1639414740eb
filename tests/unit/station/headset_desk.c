/* Two codes at a headset desk, in whatever order, and what two desks do that cannot see
 * each other. */
#include "station/headset_desk.h"

#include "credential/code.h"
#include "station/gate.h"
#include "unit/access/demo.h"
#include "unit/access/replica.h"

/* One desk, with a replica of its own. */
typedef struct {
  Replica replica;
  Gate *gate;
} Desk;

static SignSecret congress;
static char *tickets[5]; /* of FR-1 … */

static void register_people (Journal *journal)
{
  for (guint i = 1; i <= 4; i++) {
    g_autofree char *reference = g_strdup_printf ("FR-%u", i),
                    *body = g_strdup_printf (
                        "{\"family\":\"A\",\"name_zh\":\"%s\",\"country\":\"%s\",\"events\":"
                        "[\"rencontres\",\"foire\"],\"days\":[\"26\",\"29\"],\"headset\":%s%s}",
                        i == 2 ? "李娜" : "", i == 2 ? "CN" : "FR", i == 4 ? "false" : "true",
                        i == 3 ? ",\"language\":\"zh\"" : "");
    append (journal, "registration", reference, body);
  }
}

/* @from: what it knows from the start; NULL: the first one, which defines all. */
static void open_desk (Desk *desk, const char *station, const char *checkpoint, Desk *from)
{
  g_autoptr (GError) error = NULL;
  replica_open (&desk->replica, station);
  Journal *journal = desk->replica.journal;
  if (from != NULL)
    copy_facts (from->replica.journal, journal);
  else {
    guint made = 0;
    SignPublic key;
    demo_load (journal);
    sign_key_new (&key, &congress);
    g_autofree char *id = sign_key_id_text (&key), *public_text = sign_public_text (&key),
                    *body = g_strdup_printf ("{\"public\":\"%s\"}", public_text);
    append (journal, "key", id, body);
    register_people (journal);
    g_assert_true (
        headset_read (journal, "list", "H-1;AH:ONE\nH-2;AH:TWO\nH-3;EXT 3\n", 32, &made, &error));
    g_assert_cmpuint (made, ==, 3);
    for (guint i = 1; i <= 4; i++) {
      g_autofree char *reference = g_strdup_printf ("FR-%u", i);
      g_free (tickets[i]);
      tickets[i] = code_make_ticket (&congress, reference, &error);
    }
  }
  desk->gate = gate_open (journal, checkpoint, &error);
  g_assert_no_error (error);
}

static void close_desk (Desk *desk)
{
  gate_close (desk->gate);
  replica_close (&desk->replica);
}

/* "VERDICT detail direction who awaits headset channel" */
static char *scan (Desk *desk, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_auto (GateResult) result = { 0 };
  g_assert_true (gate_scan (desk->gate, text, &result, &error));
  g_assert_no_error (error);
  return g_strdup_printf ("%s %s %s %s %s %s %s", verdict_name (result.verdict),
                          *result.detail != '\0' ? result.detail : "-",
                          direction_name (result.direction),
                          result.delegate != NULL ? result.delegate->reference : "-",
                          result.awaits != AWAITS_NOTHING ? awaits_name (result.awaits) : "-",
                          *result.headset != '\0' ? result.headset : "-",
                          *result.channel != '\0' ? result.channel : "-");
}

static void assert_scan (Desk *desk, const char *text, const char *expected)
{
  g_autofree char *found = scan (desk, text);
  g_assert_cmpstr (found, ==, expected);
}

static gint64 count (Desk *desk, const char *sql)
{
  return number_of (desk->replica.journal, sql);
}

#define OUT "SELECT count (*) FROM headset_out"
#define FACTS "SELECT count (*) FROM fact"

/* One scan after another, as at a desk: %N is the ticket of FR-N. */
static void test_orders (void)
{
  static const struct {
    const char *what, *code, *expected;
    gint64 out;   /* lent then */
    gint64 facts; /* written by it */
  } ROWS[] = {
    { "badge first", "%1", "ADMITTED - in FR-1 headset - -", 0, 0 },
    { "then the headset", "AH:ONE", "ADMITTED - in FR-1 - H-1 1", 1, 2 },
    { "given back in one scan", "AH:ONE", "ADMITTED - out FR-1 - H-1 -", 0, 2 },
    { "headset first", " ah:two\n", "ADMITTED - in - badge H-2 -", 0, 0 },
    { "then the badge, in Chinese", "%2", "ADMITTED - in FR-2 - H-2 2", 1, 2 },
    { "she has one: which?", "%2", "ADMITTED - out FR-2 headset - -", 1, 0 },
    { "another one: no", "AH:ONE", "ALREADY_IN loan in FR-2 - - -", 1, 1 },
    { "badge again", "%2", "ADMITTED - out FR-2 headset - -", 1, 0 },
    { "hers: given back", "AH:TWO", "ADMITTED - out FR-2 - H-2 -", 0, 2 },
    { "her language is said", "%3", "ADMITTED - in FR-3 headset - -", 0, 0 },
    { "and goes before her side", "EXT 3", "ADMITTED - in FR-3 - H-3 2", 1, 2 },
    { "back unseen, lent anew: badge", "%1", "ADMITTED - in FR-1 headset - -", 1, 0 },
    { "and the headset of another", "EXT 3", "ADMITTED - in FR-1 - H-3 1", 1, 3 },
    { "who may not have one", "%4", "NOT_ENTITLED headset in FR-4 - - -", 1, 1 },
    { "nobody", "nonsense", "UNKNOWN - in - - - -", 1, 1 },
    { "two headsets, one after the other", "AH:ONE", "ADMITTED - in - badge H-1 -", 1, 0 },
    { "the second counts", "AH:TWO", "ADMITTED - in - badge H-2 -", 1, 0 },
    { "for her", "%2", "ADMITTED - in FR-2 - H-2 2", 2, 2 },
    { "one that lies here", "AH:ONE", "ADMITTED - in - badge H-1 -", 2, 0 },
    { "twice: it came back from elsewhere", "AH:ONE", "ADMITTED - out - - H-1 -", 2, 1 },
  };
  Desk desk;
  open_desk (&desk, "desk", "casques", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    gint64 before = count (&desk, FACTS);
    g_test_message ("%s", ROWS[i].what);
    hand_ms += 2000;
    assert_scan (&desk, ROWS[i].code[0] == '%' ? tickets[ROWS[i].code[1] - '0'] : ROWS[i].code,
                 ROWS[i].expected);
    g_assert_cmpint (count (&desk, OUT), ==, ROWS[i].out);
    g_assert_cmpint (count (&desk, FACTS) - before, ==, ROWS[i].facts);
  }
  g_assert_cmpint (count (&desk, "SELECT count (*) FROM conflict"), ==, 0);
  close_desk (&desk);
}

/* The first code is forgotten after a minute, and when the desk opens anew. */
static void test_forgotten (void)
{
  Desk desk;
  open_desk (&desk, "desk", "casques", NULL);
  assert_scan (&desk, tickets[1], "ADMITTED - in FR-1 headset - -");
  hand_ms += GATE_STEP_PENDING_MS + 1;
  assert_scan (&desk, "AH:ONE", "ADMITTED - in - badge H-1 -");
  hand_ms += GATE_STEP_PENDING_MS + 1;
  assert_scan (&desk, tickets[1], "ADMITTED - in FR-1 headset - -");
  g_assert_cmpint (count (&desk, OUT), ==, 0);
  close_desk (&desk);
}

static void test_defect (void)
{
  Desk desk;
  g_autoptr (GError) error = NULL;
  open_desk (&desk, "desk", "casques", NULL);
  Journal *journal = desk.replica.journal;
  assert_scan (&desk, tickets[1], "ADMITTED - in FR-1 headset - -");
  assert_scan (&desk, "AH:ONE", "ADMITTED - in FR-1 - H-1 1");
  g_assert_true (headset_set_defect (journal, "H-1", TRUE, "no sound", "Zoé", &error));
  hand_ms += 1000;
  assert_scan (&desk, "AH:ONE", "ADMITTED - out FR-1 - H-1 -"); /* it comes back all the same */
  assert_scan (&desk, "AH:ONE", "FULL defect in - - H-1 -");
  assert_scan (&desk, tickets[2], "ADMITTED - in FR-2 headset - -");
  assert_scan (&desk, "AH:ONE", "FULL defect in FR-2 - - -");
  assert_scan (&desk, "AH:TWO", "ADMITTED - in FR-2 - H-2 2"); /* without her badge again */
  hand_ms += 1000;
  g_assert_true (headset_set_defect (journal, "AH:ONE", FALSE, "", "Zoé", &error));
  assert_scan (&desk, "AH:ONE", "ADMITTED - in - badge H-1 -");
  g_assert_false (headset_set_defect (journal, "H-9", TRUE, "", "Zoé", &error));
  g_assert_error (error, HEADSET_ERROR, HEADSET_ERROR_UNKNOWN);
  close_desk (&desk);
}

/* A delegation's in one go: her badge once, one headset after another; and back. */
static void test_several (void)
{
  Desk desk;
  open_desk (&desk, "desk", "casques", NULL);
  append (desk.replica.journal, "checkpoint", "casques",
          "{\"kind\":\"headset\",\"event\":\"rencontres\",\"direction\":\"both\",\"entitlement\":"
          "\"headset\",\"once\":\"event\",\"several\":true,\"capacity\":2}");
  assert_scan (&desk, tickets[1], "ADMITTED - in FR-1 headset - -");
  assert_scan (&desk, "AH:ONE", "ADMITTED - in FR-1 - H-1 -");
  assert_scan (&desk, "AH:TWO", "ADMITTED - in FR-1 - H-2 -");
  assert_scan (&desk, "EXT 3", "FULL capacity in FR-1 - - -"); /* two are all that there are */
  hand_ms += GATE_STEP_PENDING_MS + 1;
  assert_scan (&desk, "AH:ONE", "ADMITTED - out FR-1 - H-1 -");
  assert_scan (&desk, "AH:TWO", "ADMITTED - out FR-1 - H-2 -");
  g_assert_cmpint (count (&desk, OUT), ==, 0);
  g_assert_cmpint (count (&desk, "SELECT count (*) FROM conflict"), ==, 0);
  close_desk (&desk);
}

/* By hand, without a code: lent, and all of hers taken back. */
static void test_by_hand (void)
{
  Desk desk;
  g_auto (GateResult) result = { 0 };
  open_desk (&desk, "desk", "casques", NULL);
  g_assert_true (gate_loan (desk.gate, "FR-1", TRUE, "Zoé", &result, NULL));
  g_assert_cmpint (count (&desk, OUT), ==, 1);
  assert_scan (&desk, tickets[1], "ADMITTED - out FR-1 - - -"); /* it has no code to wait for */
  assert_scan (&desk, tickets[1], "ADMITTED - in FR-1 headset - -");
  assert_scan (&desk, "AH:ONE", "ADMITTED - in FR-1 - H-1 1");
  g_assert_true (gate_loan (desk.gate, "FR-1", FALSE, "Zoé", &result, NULL));
  g_assert_cmpint (result.verdict, ==, VERDICT_ADMITTED);
  g_assert_cmpint (count (&desk, OUT), ==, 0);
  close_desk (&desk);
}

static void pair (Desk *desk, guint person, const char *headset)
{
  hand_ms += 2000;
  g_free (scan (desk, tickets[person]));
  g_free (scan (desk, headset));
}

static char *conflicts (Desk *desk)
{
  g_autoptr (GString) text = g_string_new (NULL);
  Query *query = journal_query (desk->replica.journal,
                                "SELECT reference, period FROM conflict WHERE NOT closed ORDER BY "
                                "id",
                                NULL);
  while (query_next (query))
    g_string_append_printf (text, "%s:%s ", query_text (query, 0), query_text (query, 1));
  g_assert_true (query_end (query, NULL));
  return g_strdup (text->str);
}

/* What two desks lend apart: whoever hears last, both see the same. */
static void test_apart (void)
{
  Desk one, other;
  open_desk (&one, "desk", "casques", NULL);
  append (one.replica.journal, "checkpoint", "casques",
          "{\"kind\":\"headset\",\"event\":\"rencontres\",\"direction\":\"both\",\"entitlement\":"
          "\"headset\",\"once\":\"event\",\"capacity\":2}");
  gint64 at_ms = hand_ms;
  open_desk (&other, "desk-2", "casques", &one);
  hand_ms = at_ms;
  append (one.replica.journal, "role", "desk-2", "{\"role\":\"desk\",\"from\":1}");
  copy_facts (one.replica.journal, other.replica.journal);
  pair (&one, 1, "AH:ONE");
  pair (&one, 2, "AH:TWO");
  pair (&other, 3, "AH:ONE"); /* FR-1 gave it back unseen, or it is a copy */
  pair (&other, 1, "EXT 3");  /* her second */
  copy_facts (one.replica.journal, other.replica.journal);
  copy_facts (other.replica.journal, one.replica.journal);
  Desk *desks[] = { &one, &other };
  for (guint i = 0; i < 2; i++) {
    g_autofree char *found = conflicts (desks[i]);
    g_test_message ("desk %u", i + 1);
    /* Three are lent and two there are; one headset with two people. She who had it first
     * has one now. */
    g_assert_cmpstr (found, ==, ":rencontres FR-3:H-1 ");
    g_assert_cmpint (count (desks[i], OUT), ==, 3);
  }
  g_autoptr (GError) error = NULL;
  g_autofree char *here = journal_projections_text (one.replica.journal, &error),
                  *there = journal_projections_text (other.replica.journal, &error);
  g_assert_cmpstr (here, ==, there);
  /* One comes back: the stock is right again. */
  hand_ms += 2000;
  assert_scan (&one, "AH:TWO", "ADMITTED - out FR-2 - H-2 -");
  g_autofree char *then = conflicts (&one);
  g_assert_cmpstr (then, ==, "FR-3:H-1 ");
  close_desk (&one);
  close_desk (&other);
}

/* What was lent for one event is not of the other's stock. */
static void test_events (void)
{
  Desk desk, fair;
  open_desk (&desk, "desk", "casques", NULL);
  pair (&desk, 1, "AH:ONE");
  gint64 at_ms = hand_ms;
  open_desk (&fair, "fair", "casques-foire", &desk);
  hand_ms = at_ms;
  set_time ("2016-10-29T09:30:00+08:00");
  assert_scan (&fair, tickets[2], "ADMITTED - in FR-2 headset - -");
  assert_scan (&fair, "AH:TWO", "ADMITTED - in FR-2 - H-2 2");
  g_assert_cmpint (count (&fair, OUT " WHERE event = 'rencontres'"), ==, 1);
  g_assert_cmpint (count (&fair, OUT " WHERE event = 'foire'"), ==, 1);
  assert_scan (&fair, "AH:ONE", "ADMITTED - out FR-1 - H-1 -"); /* and may come back anywhere */
  close_desk (&desk);
  close_desk (&fair);
}

/* On the way out she is reminded, and whoever looks after it is told. */
static void test_way_out (void)
{
  Desk desk;
  g_autoptr (GError) error = NULL;
  open_desk (&desk, "desk", "casques", NULL);
  Journal *journal = desk.replica.journal;
  g_autoptr (Gate) door = gate_open (journal, "entree-est", &error);
  g_auto (GateResult) result = { 0 };
  pair (&desk, 1, "AH:ONE");
  hand_ms += 1000;
  g_assert_true (gate_admit (door, "FR-1", "Zoé", "", &result, &error));
  g_assert_cmpuint (result.keeps, ==, 0);
  hand_ms += 1000;
  gate_set_exit (door);
  g_assert_true (gate_admit (door, "FR-1", "Zoé", "", &result, &error));
  g_assert_cmpint (result.direction, ==, DIRECTION_OUT);
  g_assert_cmpuint (result.keeps, ==, 1);
  g_assert_cmpstr (result.headset, ==, "H-1");
  g_assert_cmpint (count (&desk, "SELECT count (*) FROM alert WHERE kind = 'headset'"), ==, 1);
  hand_ms += 1000;
  assert_scan (&desk, "AH:ONE", "ADMITTED - out FR-1 - H-1 -");
  g_assert_cmpint (count (&desk, "SELECT count (*) FROM alert WHERE kind = 'headset'"), ==, 0);
  g_assert_true (gate_admit (door, "FR-1", "Zoé", "", &result, &error));
  g_assert_cmpuint (result.keeps, ==, 0);
  g_clear_pointer (&door, gate_close);
  close_desk (&desk);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/headset-desk/orders", test_orders);
  g_test_add_func ("/headset-desk/forgotten", test_forgotten);
  g_test_add_func ("/headset-desk/defect", test_defect);
  g_test_add_func ("/headset-desk/several", test_several);
  g_test_add_func ("/headset-desk/by-hand", test_by_hand);
  g_test_add_func ("/headset-desk/apart", test_apart);
  g_test_add_func ("/headset-desk/events", test_events);
  g_test_add_func ("/headset-desk/way-out", test_way_out);
  return g_test_run ();
}
