/* A person's own programme, from the congress of the demo. */
#include "issuance/personal_schedule.h"
#include "words_here.h"

#include "unit/access/demo.h"
#include "unit/access/replica.h"

static Replica replica;
static Programme *programme;

static Delegate *person (const char *body)
{
  g_autoptr (GError) error = NULL;
  append (replica.journal, "registration", "P-1", body);
  Delegate *delegate = delegate_load (replica.journal, "P-1", &error);
  g_assert_no_error (error);
  return delegate;
}

/* One line an entry: what a reader of the badge would see. */
static char *lines_of (const PersonalSchedule *agenda)
{
  GString *text = g_string_new (NULL);
  guint n = 0;
  const BadgeEntry *entries = personal_schedule_entries (agenda, &n);
  for (guint i = 0; i < n; i++) {
    const BadgeEntry *e = &entries[i];
    gboolean same_day
        = i > 0 && e->day_fr == entries[i - 1].day_fr && e->day_zh == entries[i - 1].day_zh;
    g_string_append_printf (text, "%s%s|%s|%s-%s|%s|%s|%s|%s|%s\n", same_day ? "  " : "", e->day_fr,
                            e->day_zh, e->from, e->to, e->title_fr, e->title_zh, e->room,
                            e->role_fr, e->role_zh);
  }
  return g_string_free (text, FALSE);
}

static void test_whole (void)
{
  g_autoptr (Delegate) delegate = person (
      "{\"family\":\"A\",\"title\":\"Mme\",\"events\":[\"rencontres\",\"foire\"],\"days\":[\"26\","
      "\"28\",\"29\"],\"workshops\":[\"A2\",\"A6\",\"A3\"],\"role\":\"animateur A6\"}");
  g_autoptr (PersonalSchedule) agenda = personal_schedule_new (programme, delegate, NULL);
  g_autofree char *lines = lines_of (agenda);

  /* A3 is on the 27th, on which she does not come. */
  g_assert_cmpstr (
      lines, ==,
      "mercredi 26 octobre|10月26日 星期三|07:30-19:00|Rencontres|论坛|Entrée Est · 东入口||\n"
      "  mercredi 26 octobre|10月26日 星期三|14:00-17:00|A2 · Le numérique au service des "
      "territoires|A2 · 数字技术服务地方发展|Salle 2 · 二号厅||\n"
      "vendredi 28 octobre|10月28日 星期五|08:00-01:30|Rencontres|论坛|Entrée Est · 东入口||\n"
      "  vendredi 28 octobre|10月28日 星期五|09:30-12:00|A6 · Universités et recherche : innover "
      "ensemble|A6 · 高校与科研：共同创新|Salle 1 · 一号厅|Animatrice|主持人\n"
      "samedi 29 octobre|10月29日 星期六|08:30-18:00|Foire de l’Ouest|西博会|Entrée de la Foire · "
      "西博会入口||\n");
  g_assert_cmpstr (personal_schedule_role_fr (agenda), ==, "Animatrice · A6");
  g_assert_cmpstr (personal_schedule_role_zh (agenda), ==, "主持人 · A6");
  g_assert_cmpstr (personal_schedule_role_words (agenda)[0], ==, "moderator");
}

/* A role brings its session and day, wished or not; sessions of one day stand in order of
 * time. */
static void test_role_brings_day (void)
{
  g_autoptr (Delegate) delegate
      = person ("{\"family\":\"A\",\"events\":[\"rencontres\"],\"days\":[\"28\"],\"workshops\":["
                "\"A5\",\"gone\"],\"role\":\"président de séance A3\"}");
  g_autoptr (PersonalSchedule) agenda = personal_schedule_new (programme, delegate, NULL);
  g_autofree char *lines = lines_of (agenda);

  g_assert_cmpstr (
      lines, ==,
      "jeudi 27 octobre|10月27日 星期四|09:30-12:00|A3 · Ville durable|A3 · 可持续城市|Salle 1 · "
      "一号厅|Président(e) de séance|主席\n"
      "vendredi 28 octobre|10月28日 星期五|08:00-01:30|Rencontres|论坛|Entrée Est · 东入口||\n");
  g_assert_cmpstr (personal_schedule_role_words (agenda)[0], ==, "chair");
}

static void test_roles (void)
{
  static const struct {
    const char *title, *role, *fr, *zh;
  } ROWS[] = {
    { "M.", "intervenant A1", "Intervenant · A1", "发言人 · A1" },
    { "Mme", "intervenant A1", "Intervenante · A1", "发言人 · A1" },
    { "女士", "intervenant A1", "Intervenante · A1", "发言人 · A1" },
    { "先生", "animateur A2", "Animateur · A2", "主持人 · A2" },
    { "", "animateur A2", "Animateur/trice · A2", "主持人 · A2" },
    { "Dr", "intervenant A1", "Intervenant(e) · A1", "发言人 · A1" },
    { "", "", "", "" },
    { "", "intervenant", "", "" },
    { "", "clown A1", "", "" },
    { "", "intervenants A1", "", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autofree char *body = g_strdup_printf ("{\"family\":\"A\",\"title\":\"%s\",\"role\":\"%s\"}",
                                             ROWS[i].title, ROWS[i].role);
    g_autoptr (Delegate) delegate = person (body);
    g_autoptr (PersonalSchedule) agenda = personal_schedule_new (programme, delegate, NULL);
    g_assert_cmpstr (personal_schedule_role_fr (agenda), ==, ROWS[i].fr);
    g_assert_cmpstr (personal_schedule_role_zh (agenda), ==, ROWS[i].zh);
  }
}

/* Two entrances: the hours of both, and the name of neither. */
static void test_entrances (void)
{
  g_autoptr (GError) error = NULL;
  append (replica.journal, "checkpoint", "entree-ouest",
          "{\"kind\":\"entrance\",\"event\":\"foire\",\"fr\":\"Entrée "
          "Ouest\",\"zh\":\"西入口\",\"opens\":[{\"day\":\"29\",\"from\":\"07:00\",\"to\":\"17:"
          "00\"}]}");
  g_autoptr (Programme) both = programme_read (replica.journal, &error);
  g_assert_no_error (error);
  g_autoptr (Delegate) delegate
      = person ("{\"family\":\"A\",\"events\":[\"foire\"],\"days\":[\"26\",\"29\"]}");
  g_autoptr (PersonalSchedule) agenda = personal_schedule_new (both, delegate, NULL);
  g_autofree char *lines = lines_of (agenda);

  g_assert_cmpstr (lines, ==,
                   "samedi 29 octobre|10月29日 星期六|07:00-18:00|Foire de l’Ouest|西博会|||\n");
}

static void test_nothing (void)
{
  g_autoptr (Delegate) delegate = person ("{\"family\":\"A\"}");
  g_autoptr (PersonalSchedule) agenda = personal_schedule_new (programme, delegate, NULL);
  guint n = 7;

  g_assert_null (personal_schedule_entries (agenda, &n));
  g_assert_cmpuint (n, ==, 0);
}

int main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;

  g_test_init (&argc, &argv, NULL);
  words_here ();
  replica_open (&replica, "desk");
  demo_load (replica.journal);
  programme = programme_read (replica.journal, &error);
  g_assert_no_error (error);
  g_test_add_func ("/station/agenda/whole", test_whole);
  g_test_add_func ("/station/agenda/role-brings-day", test_role_brings_day);
  g_test_add_func ("/station/agenda/roles", test_roles);
  g_test_add_func ("/station/agenda/nothing", test_nothing);
  g_test_add_func ("/station/agenda/entrances", test_entrances);
  int result = g_test_run ();
  programme_free (programme);
  replica_close (&replica);
  return result;
}
