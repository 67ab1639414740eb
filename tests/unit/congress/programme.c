/* The words of the event file, as lists write them. */
#include "congress/programme.h"

#include "unit/roster/replica.h"
#include "words_here.h"

/* The French word of a category, by how a person is addressed. */
static void test_gender (void)
{
  static const struct {
    const char *fr_f, *fr_n, *title, *word;
  } ROWS[] = {
    { "élue", "élu, élue", "Mme", "élue" },
    { "élue", "élu, élue", "先生", "élu" },
    { "élue", "élu, élue", "", "élu, élue" },
    { "élue", "", "", "élu" },
    { "", "", "Mme", "élu" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autofree char *fr = g_strdup ("élu"), *fr_f = g_strdup (ROWS[i].fr_f),
                    *fr_n = g_strdup (ROWS[i].fr_n);
    const ProgrammeEntry entry = { .fr = fr, .fr_f = fr_f, .fr_n = fr_n };
    g_assert_cmpstr (programme_category_fr (&entry, gender_of_title (ROWS[i].title)), ==,
                     ROWS[i].word);
  }
}

static void test_words (void)
{
  g_autoptr (GError) error = NULL;
  Replica replica = replica_new (TRUE);
  g_autoptr (Programme) programme = programme_read (replica.journal, &error);
  g_assert_no_error (error);
  static const char *const CATEGORIES[][2] = {
    { "élu", "elu" },
    { "Elu", "elu" },
    { "Élue", "elu" },
    { "élus", "elu" },
    { "民选代表", "elu" },
    { "当选代表", "elu" },
    { "elu", "elu" },
    { "Technicien de collectivité", "technicien" },
    { "techniciens de collectivité", "technicien" },
    { "专家", "expert" },
    { "experts", "expert" },
    { "EXPERTE", "expert" },
    { "clown", NULL },
    { "", NULL },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (CATEGORIES); i++) {
    const ProgrammeEntry *entry = programme_category (programme, CATEGORIES[i][0]);
    g_assert_cmpstr (entry != NULL ? entry->id : NULL, ==, CATEGORIES[i][1]);
  }
  static const char *const EVENTS[][2] = {
    { "Rencontres", "rencontres" },
    { "RENCONTRES", "rencontres" },
    { "会议", "rencontres" },
    { "foire", "foire" },
    { "Foire", "foire" },
    { "Foire de l'Ouest", "foire" },
    { "西博会", "foire" },
    { "Ouest", "foire" },
    { "l", NULL },
    { "de", "foire" },
    { "Bal", NULL },
    { "会", NULL },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (EVENTS); i++) {
    const ProgrammeEntry *entry = programme_event (programme, EVENTS[i][0]);
    g_assert_cmpstr (entry != NULL ? entry->id : NULL, ==, EVENTS[i][1]);
  }
  g_assert_cmpstr (programme_session (programme, "a3")->id, ==, "A3");
  g_assert_cmpstr (programme_session (programme, "分论坛3")->id, ==, "A3");
  g_assert_null (programme_session (programme, "A7"));
  g_assert_cmpstr (programme_delegation (programme, "délégation française")->id, ==, "france");
  g_assert_cmpstr (programme->fr, ==, "Rencontres franco-chinoises");
  g_assert_cmpstr (((ProgrammeEntry *) g_ptr_array_index (programme->categories, 0))->colour, ==,
                   "#1f3a93");
  g_autofree char *events = programme_words (programme->events);
  g_assert_cmpstr (events, ==, "Rencontres, Foire de l’Ouest");
  replica_free (&replica);
}

/* When and where. */
/* From the first day to the last; without any, and without a place. */
static void test_place (void)
{
  g_autoptr (GError) error = NULL;
  Replica replica = replica_new (TRUE);
  g_autoptr (Programme) programme = programme_read (replica.journal, &error);
  g_assert_no_error (error);
  g_autofree char *fr = NULL, *zh = NULL, *none_fr = NULL, *none_zh = NULL;

  programme_place (programme, &fr, &zh);
  g_assert_cmpstr (fr, ==, "Chengdu, 26–29 octobre 2016");
  g_assert_cmpstr (zh, ==, "成都 2016年10月26–29日");
  replica_free (&replica);
  Replica empty = replica_new (FALSE);
  g_autoptr (Programme) nothing = programme_read (empty.journal, &error);
  g_assert_no_error (error);
  programme_place (nothing, &none_fr, &none_zh);
  g_assert_cmpstr (none_fr, ==, "");
  g_assert_cmpstr (none_zh, ==, "");
  replica_free (&empty);
}

static void test_hours (void)
{
  g_autoptr (GError) error = NULL;
  Replica replica = replica_new (TRUE);
  g_assert_true (journal_begin (replica.journal, &error));
  replica_append (replica.journal, "session", "B1",
                  "{\"event\":\"foire\",\"day\":\"29\",\"from\":\"09:30\",\"to\":\"12:00\","
                  "\"room\":\"Salle 2 · 二号厅\",\"fr\":\"B\",\"zh\":\"乙\"}");
  replica_append (replica.journal, "checkpoint", "porte",
                  "{\"kind\":\"entrance\",\"event\":\"foire\",\"fr\":\"Porte\",\"zh\":\"大门\","
                  "\"opens\":[{\"day\":\"29\",\"from\":\"08:30\",\"to\":\"25:30\"},{\"day\":\"26\","
                  "\"from\":\"08:00\",\"to\":\"18:00\"}]}");
  replica_append (replica.journal, "checkpoint", "salon",
                  "{\"kind\":\"zone\",\"event\":\"foire\",\"fr\":\"Salon\",\"zh\":\"厅\",\"opens\":"
                  "[{\"day\":\"29\",\"from\":\"08:30\",\"to\":\"18:00\"}]}");
  replica_append (replica.journal, "checkpoint", "vieille",
                  "{\"kind\":\"entrance\",\"event\":\"foire\",\"removed\":true,\"opens\":[{\"day\":"
                  "\"29\",\"from\":\"08:30\",\"to\":\"18:00\"}]}");
  g_assert_true (journal_commit (replica.journal, &error));
  g_autoptr (Programme) programme = programme_read (replica.journal, &error);
  g_assert_no_error (error);

  const ProgrammeEntry *session = programme_session (programme, "b1"),
                       *event = programme_event (programme, "rencontres");
  g_assert_cmpstr (session->event, ==, "foire");
  g_assert_cmpstr (session->day, ==, "29");
  g_assert_cmpstr (session->from, ==, "09:30");
  g_assert_cmpstr (session->to, ==, "12:00");
  g_assert_cmpstr (session->room, ==, "Salle 2 · 二号厅");
  g_assert_null (session->days);
  g_assert_cmpstr (event->day, ==, "");
  g_assert_true (g_strv_equal ((const char *const *) event->days,
                               (const char *const[]){ "26", "27", "28", NULL }));
  g_assert_cmpuint (programme->openings->len, ==, 2);
  const ProgrammeOpening *opening = g_ptr_array_index (programme->openings, 0);
  g_assert_cmpstr (opening->event, ==, "foire");
  g_assert_cmpstr (opening->zh, ==, "大门");
  g_assert_cmpstr (opening->day, ==, "29");
  g_assert_cmpstr (opening->from, ==, "08:30");
  g_assert_cmpstr (opening->to, ==, "25:30");
  replica_free (&replica);
}

static void test_days (void)
{
  g_autoptr (GError) error = NULL;
  Replica replica = replica_new (TRUE);
  g_autoptr (Programme) programme = programme_read (replica.journal, &error);
  g_assert_no_error (error);
  static const char *const WAYS[] = {
    "27",           "２７",       "27 octobre", "27 Octobre 2016", "27 oct.", "October 27",
    "Oct 27, 2016", "27 october", "10月27日",   "2016年10月27日",  "27日",    "27号",
    "2016-10-27",   "27/10",      "27/10/2016", "2016/10/27",      "10-27",
  };
  for (gsize i = 0; i < G_N_ELEMENTS (WAYS); i++) {
    const Day *day = programme_day (programme, WAYS[i]);
    if (day == NULL || g_strcmp0 (day->label, "27") != 0) {
      g_test_message ("%s", WAYS[i]);
      g_test_fail ();
    }
  }
  static const char *const NONE[] = { "30", "27 novembre", "2015-10-27", "27/11", "octobre", "" };
  for (gsize i = 0; i < G_N_ELEMENTS (NONE); i++)
    g_assert_null (programme_day (programme, NONE[i]));
  g_assert_cmpuint (programme_day_order (programme, "26"), ==, 0);
  g_assert_cmpuint (programme_day_order (programme, "29"), ==, 3);
  g_assert_cmpuint (programme_day_order (programme, "30"), ==, G_MAXUINT);
  replica_free (&replica);
}

static void test_empty_and_removed (void)
{
  g_autoptr (GError) error = NULL;
  Replica replica = replica_new (FALSE);
  g_autoptr (Programme) empty = programme_read (replica.journal, &error);
  g_assert_no_error (error);
  g_assert_true (programme_is_empty (empty));
  g_assert_cmpstr (empty->fr, ==, "");
  g_assert_null (programme_category (empty, "élu"));
  g_assert_null (programme_day (empty, "26"));
  replica_define (replica.journal);
  journal_begin (replica.journal, &error);
  replica_append (replica.journal, "session", "A6", "{\"fr\":\"Atelier 6\",\"removed\":true}");
  journal_commit (replica.journal, &error);
  g_autoptr (Programme) programme = programme_read (replica.journal, &error);
  g_assert_no_error (error);
  g_assert_false (programme_is_empty (programme));
  g_assert_cmpuint (programme->sessions->len, ==, 5);
  g_assert_null (programme_session (programme, "A6"));
  replica_free (&replica);
}

/* The same one as long as no definition changes, whatever else does. */
static void test_refresh (void)
{
  g_autoptr (GError) error = NULL;
  Replica replica = replica_new (TRUE);
  static const struct {
    const char *kind, *subject, *body;
    gboolean is_new;
  } ROWS[] = {
    { "registration", "FR-9", "{\"family\":\"Le Goff\"}", FALSE },
    { "category", "elu", "{\"fr\":\"maire\",\"zh\":\"市长\"}", TRUE },
    { "passage", "FR-9", "{\"checkpoint\":\"entree-est\",\"verdict\":\"CLOSED\"}", FALSE },
    { "session", "A1", "{\"removed\":true}", TRUE },
    { "event", "new", "{\"fr\":\"Nouveau\",\"zh\":\"新\",\"days\":[]}", TRUE },
    { "delegation", "new", "{\"fr\":\"Nouvelle\",\"zh\":\"新\"}", TRUE },
    { "checkpoint", "entree-est", "{\"removed\":true}", TRUE },
    { "question", "party", "{\"fr\":\"F\",\"zh\":\"宴\",\"kind\":\"yes-no\"}", TRUE },
    { "congress", "congress", "{\"fr\":\"Autre\",\"zh\":\"另\",\"days\":[]}", TRUE },
  };
  Programme *programme = programme_refresh (NULL, replica.journal, &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    gint64 stamp[PROGRAMME_STAMP_NUMBERS];
    memcpy (stamp, programme->stamp, sizeof stamp);
    g_assert_true (journal_begin (replica.journal, &error));
    g_assert_true (journal_append (replica.journal, ROWS[i].kind, ROWS[i].subject, ROWS[i].body,
                                   NULL, &error));
    g_assert_true (journal_commit (replica.journal, &error));
    programme = programme_refresh (programme, replica.journal, &error);
    g_assert_no_error (error);
    g_assert_cmpint (memcmp (stamp, programme->stamp, sizeof stamp) != 0, ==, ROWS[i].is_new);
  }
  g_assert_cmpstr (programme_category (programme, "maire")->id, ==, "elu");
  g_assert_null (programme_session (programme, "A1"));
  g_assert_nonnull (question_find (programme->questions, "party"));
  programme_free (programme);
  replica_free (&replica);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  words_here ();
  g_test_add_func ("/programme/gender", test_gender);
  g_test_add_func ("/programme/words", test_words);
  g_test_add_func ("/programme/days", test_days);
  g_test_add_func ("/programme/place", test_place);
  g_test_add_func ("/programme/hours", test_hours);
  g_test_add_func ("/programme/empty-and-removed", test_empty_and_removed);
  g_test_add_func ("/programme/refresh", test_refresh);
  return g_test_run ();
}
