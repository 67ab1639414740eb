/* Questions of the doors: who is asked what where, what an answer says, that the last holds, and
 * that an erasure takes it. */
#include "congress/question.h"
#include "words_here.h"

#include "congress/scan_message.h"
#include "unit/access/replica.h"

static void begin (Replica *replica)
{
  replica_open (replica, "desk");
  Journal *journal = replica->journal;
  append (journal, "question", "diet",
          "{\"fr\":\"Régime ?\",\"zh\":\"饮食？\",\"kind\":\"diet\",\"codes\":[\"halal\"],"
          "\"order\":1}");
  append (journal, "question", "party",
          "{\"fr\":\"Soirée\",\"zh\":\"晚会\",\"kind\":\"choice\",\"choices\":[{\"fr\":\"Seul\","
          "\"zh\":\"一人\"},{\"fr\":\"À deux\",\"zh\":\"两人\"}],\"checkpoints\":[\"gala\"],"
          "\"categories\":[\"elu\"],\"events\":[\"foire\"],\"order\":2}");
  append (journal, "question", "leave",
          "{\"fr\":\"Départ\",\"zh\":\"返程\",\"kind\":\"date\",\"codes\":[\"2016-10-30\"],"
          "\"order\":3}");
  append (journal, "question", "old",
          "{\"fr\":\"x\",\"zh\":\"x\",\"kind\":\"yes-no\",\"removed\":true}");
  append (journal, "registration", "FR-1", "{\"family\":\"Hué\",\"category\":\"elu\"}");
}

/* "diet leave": those that are open for her there. */
static char *open_for (Journal *journal, const char *category, const char *event,
                       const char *checkpoint, gboolean entrance)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) questions = question_all (journal, &error);
  const char *const events[] = { event, NULL };
  const AddresseePerson person = { category, events, checkpoint, entrance };
  g_autoptr (GArray) open = question_open (journal, questions, "FR-1", &person, &error);
  g_autoptr (GString) ids = g_string_new (NULL);
  g_assert_no_error (error);
  for (guint i = 0; i < open->len; i++)
    g_string_append_printf (
        ids, "%s%s", i > 0 ? " " : "",
        ((const Question *) questions->pdata[g_array_index (open, guint, i)])->id);
  return g_strdup (ids->str);
}

static void test_asked (void)
{
  static const struct {
    const char *category, *event, *checkpoint;
    gboolean entrance;
    const char *open;
  } ROWS[] = {
    { "elu", "rencontres", "est", TRUE, "diet leave" },
    { "elu", "foire", "est", TRUE, "diet leave" },
    { "elu", "foire", "meal", FALSE, "" },
    { "elu", "foire", "gala", FALSE, "party" },
    { "elu", "rencontres", "gala", FALSE, "" },
    { "expert", "foire", "gala", FALSE, "" },
    { "elu", "foire", NULL, FALSE, "diet party leave" }, /* at the desk */
  };
  Replica replica;
  begin (&replica);
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autofree char *open = open_for (replica.journal, ROWS[i].category, ROWS[i].event,
                                      ROWS[i].checkpoint, ROWS[i].entrance);
    g_test_message ("row %u", i);
    g_assert_cmpstr (open, ==, ROWS[i].open);
  }
  replica_close (&replica);
}

static void test_answered (void)
{
  static const struct {
    const char *reference, *question, *code;
    gboolean known;
    const char *open; /* at an entrance, afterwards */
    gint64 facts;     /* of answers */
  } ROWS[] = {
    { "FR-9", "diet", "halal", FALSE, "diet leave", 0 },
    { "FR-1", "none", "halal", FALSE, "diet leave", 0 },
    { "FR-1", "old", "yes", FALSE, "diet leave", 0 },
    { "FR-1", "diet", "pizza", FALSE, "diet leave", 0 },
    { "FR-1", "diet", "halal", TRUE, "leave", 1 },
    { "FR-1", "diet", "halal", TRUE, "leave", 1 },
    { "FR-1", "diet", "none", TRUE, "leave", 2 },
    { "FR-1", "leave", "2016-10-30", TRUE, "", 3 },
  };
  Replica replica;
  begin (&replica);
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autoptr (GError) error = NULL;
    gboolean known = FALSE;
    hand_ms += 1000;
    g_assert_true (question_answer (replica.journal, ROWS[i].reference, ROWS[i].question,
                                    ROWS[i].code, "", &known, &error));
    g_assert_no_error (error);
    g_test_message ("row %u", i);
    g_assert_cmpint (known, ==, ROWS[i].known);
    g_autofree char *open = open_for (replica.journal, "elu", "rencontres", "est", TRUE);
    g_assert_cmpstr (open, ==, ROWS[i].open);
    g_assert_cmpint (
        number_of (replica.journal, "SELECT count (*) FROM fact WHERE kind = 'answer'"), ==,
        ROWS[i].facts);
  }
  /* A desk that puts the list right later has the last word on what she eats. */
  g_assert_cmpint (number_of (replica.journal, "SELECT diet = '[]' FROM delegate_diet"), ==, 1);
  hand_ms += 1000;
  append (replica.journal, "registration", "FR-1",
          "{\"diet\":[\"nuts\"],\"corrected\":[\"diet\"],\"volunteer\":\"Zoé\"}");
  g_assert_cmpint (number_of (replica.journal, "SELECT diet = '[\"nuts\"]' FROM delegate_diet"), ==,
                   1);
  hand_ms += 1000;
  append (replica.journal, "erasure", "FR-1", "{\"reason\":\"asked\"}");
  g_assert_cmpint (number_of (replica.journal, "SELECT count (*) FROM answer"), ==, 0);
  g_assert_cmpint (number_of (replica.journal, "SELECT count (*) FROM fact WHERE kind = 'answer' "
                                               "AND body IS NOT NULL"),
                   ==, 0);
  replica_close (&replica);
}

static void test_words (void)
{
  static const struct {
    const char *question, *code, *first, *second;
  } ROWS[] = {
    { "diet", "none", "Je mange de tout", "无禁忌" },
    { "diet", "halal", "halal", "清真" },
    { "diet", "gone", "gone", "gone" },
    { "party", "2", "À deux", "两人" },
    { "leave", "2016-10-30", "dimanche 30 octobre", "10月30日 星期日" },
  };
  Replica replica;
  begin (&replica);
  g_autoptr (GPtrArray) questions = question_all (replica.journal, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    Pair said = question_answer_wording (question_find (questions, ROWS[i].question), ROWS[i].code);
    g_assert_cmpstr (said.first, ==, ROWS[i].first);
    g_assert_cmpstr (said.second, ==, ROWS[i].second);
  }
  g_assert_null (question_find (questions, "old"));
  replica_close (&replica);
}

/* Hers and the team's, by place and person. */
static void test_messages (void)
{
  static const struct {
    const char *category, *checkpoint;
    gboolean entrance, hers;
    const char *first;
  } ROWS[] = {
    { "presse", "est", TRUE, FALSE, "Brassard" }, { "presse", "est", TRUE, TRUE, NULL },
    { "elu", "est", TRUE, FALSE, NULL },          { "elu", "b2b", FALSE, TRUE, "Hall 3\nAussi" },
    { "presse", "b2b", FALSE, FALSE, NULL },      { "presse", NULL, FALSE, FALSE, "Brassard" },
  };
  Replica replica;
  begin (&replica);
  append (replica.journal, "scan-message", "m1",
          "{\"fr\":\"Brassard\",\"zh\":\"袖标\",\"team\":true,\"categories\":[\"presse\"]}");
  append (replica.journal, "scan-message", "m2",
          "{\"fr\":\"Hall 3\",\"zh\":\"3号馆\",\"checkpoints\":[\"b2b\"],\"order\":1}");
  append (replica.journal, "scan-message", "m3",
          "{\"fr\":\"Aussi\",\"zh\":\"另\",\"checkpoints\":[\"b2b\"],\"order\":2}");
  append (replica.journal, "scan-message", "m4", "{\"fr\":\"x\",\"zh\":\"x\",\"removed\":true}");
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    const AddresseePerson person = { ROWS[i].category, NULL, ROWS[i].checkpoint, ROWS[i].entrance };
    g_auto (OwnedPair) team = { NULL, NULL }, hers = { NULL, NULL }, alone = { NULL, NULL };
    g_assert_true (scan_message_tell (replica.journal, &person, &team, &hers, NULL));
    g_assert_true (scan_message_tell (replica.journal, &person, &alone, NULL, NULL));
    g_test_message ("row %u", i);
    g_assert_cmpstr ((ROWS[i].hers ? hers : team).first, ==, ROWS[i].first);
    g_assert_cmpstr (alone.first, ==, team.first);
  }
  replica_close (&replica);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  words_here ();
  g_test_add_func ("/question/asked", test_asked);
  g_test_add_func ("/question/answered", test_answered);
  g_test_add_func ("/question/words", test_words);
  g_test_add_func ("/question/messages", test_messages);
  return g_test_run ();
}
