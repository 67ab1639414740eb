/* Who is inside, where, and how sure that is. */
#include "counts/emergency.h"
#include "words_here.h"

#include "unit/access/replica.h"

static void checkpoint (Journal *journal, const char *id, const char *kind, const char *direction)
{
  g_autofree char *body = g_strdup_printf (
      "{\"kind\":\"%s\",\"event\":\"e\",\"fr\":\"%s\",\"zh\":\"%s\",\"direction\":\"%s\"}", kind,
      id, id, direction);
  append (journal, "checkpoint", id, body);
}

/* "name>checkpoint" in, "name<checkpoint" out; minutes go by from one to the next. */
static void pass (Journal *journal, const char *word)
{
  g_autofree char *text = g_strdup (word);
  char *at = strpbrk (text, "<>"), way = *at;
  *at = '\0';
  g_autofree char *body
      = g_strdup_printf ("{\"checkpoint\":\"%s\",\"day\":\"2016-10-26\",\"verdict\":\"ADMITTED\","
                         "\"direction\":\"%s\"}",
                         at + 1, way == '<' ? "out" : "in");
  hand_ms += 60 * 1000;
  append (journal, "passage", text, body);
}

/* "name@place" with a ? where she may have left, in the order of the list. */
static char *told (const Emergency *emergency)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < emergency->people->len; i++) {
    const EmergencyPerson *person = emergency->people->pdata[i];
    g_string_append_printf (text, "%s%s@%s%s", i > 0 ? " " : "", person->reference,
                            person->place_fr, person->sure ? "" : "?");
  }
  return g_strdup (text->str);
}

static void test_places (void)
{
  static const struct {
    const char *way_out; /* of the second entrance, "west"; east's is scanned */
    const char *passages, *list;
  } ROWS[] = {
    { "both", "", "" },
    { "both", "a>east", "a@east" },
    { "both", "a>east a<east", "" },
    { "both", "a>east a<west", "" },
    { "both", "a<west a>east", "a@east" },
    { "both", "a>east a>vip", "a@vip" },
    { "both", "a>east a>vip a<vip", "a@east" },
    { "both", "a>east a>vip a<east", "" },
    { "both", "a>east a>vip a<east a>west", "a@west" },
    { "both", "a>vip", "a@vip" }, /* nobody saw her come */
    { "both", "a>vip a<vip", "a@vip?" },
    { "both", "a>east a<east a>vip", "a@vip" }, /* a way in that was not scanned */
    { "both", "a>east a>room", "a@room" },
    { "both", "a>east a>talk", "a@east" }, /* whose way out nobody scans */
    { "both", "a>east a>lunch", "a@east" },
    { "both", "b>east a>east c>vip", "c@vip a@east b@east" },
    { "in", "a>east", "a@east" }, /* nobody came by the other */
    { "in", "a>west", "a@west?" },
    { "in", "a>west b>east", "b@east? a@west?" }, /* b may have left there */
    { "in", "a>west b>east c>vip", "c@vip b@east? a@west?" },
    { "in", "a>west b<west", "a@west" }, /* a machine at the way out */
  };
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    Replica replica;
    replica_open (&replica, "desk");
    append (replica.journal, "congress", "congress", "{\"timezone\":\"Asia/Shanghai\"}");
    checkpoint (replica.journal, "east", "entrance", "both");
    checkpoint (replica.journal, "west", "entrance", ROWS[i].way_out);
    checkpoint (replica.journal, "vip", "zone", "both");
    checkpoint (replica.journal, "room", "session", "both");
    checkpoint (replica.journal, "talk", "session", "in");
    checkpoint (replica.journal, "lunch", "meal", "in");
    g_auto (GStrv) words = g_strsplit (ROWS[i].passages, " ", -1);
    for (char **word = words; *word != NULL && **word != '\0'; word++)
      pass (replica.journal, *word);
    g_autoptr (GError) error = NULL;
    g_autoptr (Emergency) emergency = emergency_read (replica.journal, &error);
    g_assert_no_error (error);
    g_autofree char *list = told (emergency);
    g_test_message ("row %u: %s", i, ROWS[i].passages);
    g_assert_cmpstr (list, ==, ROWS[i].list);
    replica_close (&replica);
  }
}

/* Days end at midnight, nights do not. */
static void test_night (void)
{
  static const struct {
    const char *now, *list;
  } ROWS[] = {
    { "2016-10-26T23:59:00+08:00", "a@east" },
    { "2016-10-27T01:30:00+08:00", "a@east" },
    { "2016-10-27T08:00:00+08:00", "" },
  };
  Replica replica;
  replica_open (&replica, "desk");
  append (replica.journal, "congress", "congress", "{\"timezone\":\"Asia/Shanghai\"}");
  checkpoint (replica.journal, "east", "entrance", "both");
  set_time ("2016-10-26T21:00:00+08:00");
  pass (replica.journal, "a>east");
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    set_time (ROWS[i].now);
    g_autoptr (Emergency) emergency = emergency_read (replica.journal, NULL);
    g_autofree char *list = told (emergency);
    g_assert_cmpstr (list, ==, ROWS[i].list);
  }
  replica_close (&replica);
}

/* Names, of guests of the protocol too, by delegation; what the list is worth. */
static void test_words (void)
{
  Replica replica;
  replica_open (&replica, "desk");
  append (replica.journal, "congress", "congress", "{\"timezone\":\"Asia/Shanghai\"}");
  checkpoint (replica.journal, "west", "entrance", "in");
  append (replica.journal, "registration", "1", "{\"family\":\"Zola\",\"delegation\":\"A\"}");
  append (replica.journal, "registration", "2",
          "{\"family\":\"Barthes\",\"delegation\":\"B\",\"protocol\":true}");
  pass (replica.journal, "2>west");
  pass (replica.journal, "1>west");
  pass (replica.journal, "stranger>west");
  g_autoptr (Emergency) emergency = emergency_read (replica.journal, NULL);
  g_autofree char *list = told (emergency), *alone = emergency_note (emergency, WORDS_FIRST);
  g_assert_cmpstr (list, ==, "1@west? 2@west? stranger@west?");
  const EmergencyPerson *guest = emergency->people->pdata[1];
  g_assert_cmpstr (guest->delegate->family, ==, "Barthes");
  g_assert_null (((EmergencyPerson *) emergency->people->pdata[2])->delegate);
  g_auto (OwnedPair) said = emergency_said (emergency, guest);
  g_assert_cmpstr (said.first, ==, "Entrée à 09:13 ce jour, sortie possible");
  g_assert_cmpstr (said.second, ==, "今日 09:13 到场，可能已离开");
  g_assert_cmpstr (alone, ==, "à 09:15:00 · selon ce seul poste, sans le serveur central");
  /* Of another station: what came after its last passage is missing. */
  g_assert_true (journal_execute (
      replica.journal,
      "INSERT INTO passage SELECT 'est-3', 1, at, 'x', checkpoint, doors, day, '', verdict, 'in', "
      "'', 0, '', '', '', '' FROM passage WHERE reference = '1'",
      NULL));
  g_autoptr (Emergency) other = emergency_read (replica.journal, NULL);
  g_autofree char *known = emergency_note (other, WORDS_FIRST);
  g_assert_nonnull (strstr (known, "est-3 connu jusqu’à 09:14"));
  /* At a hub: which stations it has not heard; enrolling is the first contact. */
  g_assert_true (journal_execute (replica.journal,
                                  "INSERT INTO enrolment (station, enrolled_ms, last_ms) VALUES "
                                  "('est-2', 1, 0)",
                                  NULL));
  g_autoptr (Emergency) hub = emergency_read (replica.journal, NULL);
  g_autofree char *note = emergency_note (hub, WORDS_FIRST);
  g_assert_nonnull (strstr (note, "est-2 muet depuis"));
  g_assert_cmpuint (hub->unheard->len, ==, 1);
  replica_close (&replica);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  words_here ();
  g_test_add_func ("/emergency/places", test_places);
  g_test_add_func ("/emergency/night", test_night);
  g_test_add_func ("/emergency/words", test_words);
  return g_test_run ();
}
