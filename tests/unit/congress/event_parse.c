/* The event file: the congress of the demo is read whole, and each fault that a hand can
 * make is named with its place. */
#include "congress/event_parse.h"

#include "core/json.h"
#include "words_here.h"

#include <math.h>
#include <string.h>

static const char GOOD[]
    = "[congress]\n"
      "fr = Rencontres\nzh = 会议\nplace-fr = Chengdu\nplace-zh = 成都\ntimezone = Asia/Shanghai\n"
      "days = 26:2016-10-26; 27:2016-10-27; 28:2016-10-28\n"
      "[event rencontres]\nfr = R\nzh = 会\ndays = 26; 27\n"
      "[event foire]\nfr = F\nzh = 博\ndays = 28\n"
      "[category elu]\nfr = élu\nzh = 当选代表\ncolour = #1f3a93\n"
      "[rank mayor]\nfr = Maire\nzh = 市长\n"
      "[rank head]\nfr = Directeur\nzh = 司长\nwords = directeur général; 司长\n"
      "[delegation france]\nfr = France\nzh = 法国\ncountry = FR\n"
      "[session A1]\nevent = rencontres\nday = 26\nfrom = 14:00\nto = 17:00\nroom = 1\nfr = T\nzh "
      "= 题\ntheme1-fr = a\ntheme1-zh = 甲\n"
      "[checkpoint door]\nkind = entrance\nfr = Porte\nzh = 门\nevent = rencontres\nbadge = "
      "yes\nopens = 26 07:30-19:00; 27 20:00-25:30\n"
      "[checkpoint a1]\nkind = session\nfr = A1\nzh = 分论坛\nsession = A1\n"
      "[category expert]\nfr = expert\nfr-f = experte\nfr-n = expert, experte\nzh = 专家\n"
      "also = 顾问; 学者\ncolour = #4a1f05\n";

static GPtrArray *parse (const char *text, DefinitionSummary *summary, GError **error)
{
  return event_parse ("f.ini", text, strlen (text), NULL, NULL, summary, error);
}

static const Definition *find (GPtrArray *definitions, const char *kind, const char *id)
{
  for (guint i = 0; i < definitions->len; i++) {
    const Definition *definition = definitions->pdata[i];
    if (strcmp (definition->kind, kind) == 0 && strcmp (definition->id, id) == 0)
      return definition;
  }
  g_error ("no %s %s", kind, id);
}

static void test_bodies (void)
{
  static const struct {
    const char *kind, *id, *body;
  } ROWS[] = {
    { "congress", "congress",
      "{\"fr\":\"Rencontres\",\"zh\":\"会议\",\"place_fr\":\"Chengdu\",\"place_zh\":\"成都\","
      "\"timezone\":\"Asia/Shanghai\",\"days\":[{\"label\":\"26\",\"date\":"
      "\"2016-10-26\"},{\"label\":\"27\",\"date\":\"2016-10-27\"},{\"label\":\"28\",\"date\":"
      "\"2016-10-28\"}]}" },
    { "event", "foire", "{\"fr\":\"F\",\"zh\":\"博\",\"order\":2,\"days\":[\"28\"]}" },
    { "category", "elu",
      "{\"fr\":\"élu\",\"zh\":\"当选代表\",\"colour\":\"#1f3a93\",\"order\":1}" },
    { "category", "expert",
      "{\"fr\":\"expert\",\"zh\":\"专家\",\"fr_f\":\"experte\",\"fr_n\":\"expert, experte\","
      "\"also\":[\"顾问\",\"学者\"],\"colour\":\"#4a1f05\",\"order\":2}" },
    { "rank", "mayor", "{\"fr\":\"Maire\",\"zh\":\"市长\",\"order\":1}" },
    { "rank", "head",
      "{\"fr\":\"Directeur\",\"zh\":\"司长\",\"words\":[\"directeur général\",\"司长\"],\"order\":"
      "2}" },
    { "delegation", "france", "{\"fr\":\"France\",\"zh\":\"法国\",\"country\":\"FR\"}" },
    { "session", "A1",
      "{\"event\":\"rencontres\",\"day\":\"26\",\"from\":\"14:00\",\"to\":\"17:00\",\"room\":\"1\","
      "\"fr\":\"T\",\"zh\":\"题\",\"themes\":[{\"fr\":\"a\",\"zh\":\"甲\"}]}" },
    { "checkpoint", "door",
      "{\"kind\":\"entrance\",\"event\":\"rencontres\",\"fr\":\"Porte\",\"zh\":\"门\",\"once\":"
      "\"day\",\"direction\":\"in\",\"entitlement\":\"none\",\"badge\":true,"
      "\"events\":[\"rencontres\"],\"opens\":[{\"day\":\"26\",\"from\":\"07:30\",\"to\":\"19:00\"},"
      "{\"day\":\"27\",\"from\":\"20:00\",\"to\":\"25:30\"}]}" },
    { "checkpoint", "a1",
      "{\"kind\":\"session\",\"event\":\"rencontres\",\"session\":\"A1\",\"fr\":\"A1\",\"zh\":"
      "\"分论坛\",\"once\":\"session\",\"direction\":\"in\",\"entitlement\":\"none\","
      "\"events\":[\"rencontres\"],\"opens\":[{\"day\":\"26\",\"from\":\"13:30\",\"to\":\"17:00\"}]"
      "}" },
  };
  g_autoptr (GError) error = NULL;
  DefinitionSummary summary;
  g_autoptr (GPtrArray) definitions = parse (GOOD, &summary, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++)
    g_assert_cmpstr (find (definitions, ROWS[i].kind, ROWS[i].id)->body, ==, ROWS[i].body);
  g_assert_cmpuint (definitions->len, ==, 11);
  g_assert_cmpuint (summary.events, ==, 2);
  g_assert_cmpuint (summary.days, ==, 3);
  g_assert_cmpuint (summary.categories, ==, 2);
  g_assert_cmpuint (summary.ranks, ==, 2);
  g_assert_cmpuint (summary.delegations, ==, 1);
  g_assert_cmpuint (summary.sessions, ==, 1);
  g_assert_cmpuint (summary.checkpoints, ==, 2);
}

/* Who has a role stands in the body, with the word of registrations, and is found again. */
static void test_roles (void)
{
  static const char MORE[] = "theme1-zh = 甲\nspeakers = FR-1:1; CN/2\nchair = FR-9\n";
  g_auto (GStrv) parts = g_strsplit (GOOD, "theme1-zh = 甲\n", 2);
  g_autofree char *text = g_strconcat (parts[0], MORE, parts[1], NULL);
  g_autoptr (GHashTable) places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  const DefinitionLook look = { NULL, places };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) definitions
      = event_parse ("f.ini", text, strlen (text), NULL, &look, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (
      strstr (find (definitions, "session", "A1")->body,
              "\"roles\":[{\"reference\":\"FR-9\",\"role\":\"président de séance\"},{\"reference\":"
              "\"FR-1\",\"role\":\"intervenant\",\"theme\":\"1\"},{\"reference\":\"CN/2\","
              "\"role\":\"intervenant\"}]"));
  g_assert_cmpstr (g_hash_table_lookup (places, "CN/2"), ==, "f.ini:41");
  g_assert_cmpstr (g_hash_table_lookup (places, "FR-9"), ==, "f.ini:42");
}

/* In GOOD, @from is replaced by @to; the faults that follow. */
static const struct {
  const char *from, *to, *faults[3];
} FAULTS[] = {
  { "[congress]",
    "[congres]",
    { "[congres]: this kind of section is unknown", "f.ini: the section [congress] is missing" } },
  { "[congress]", "[congress x]", { "[congress x]: the section is called [congress]" } },
  { "[event foire]",
    "[evenement foire]",
    { "f.ini:12: [evenement foire]: this kind of section is unknown" } },
  { "[event foire]", "[event la foire]", { "[event la foire]: the id is made of" } },
  { "[event foire]", "[event]", { "[event]: the id is made of" } },
  { "[event foire]",
    "[event  rencontres]",
    { "[event  rencontres]: there is another section of this id" } },
  { "zh = 会议\n", "", { "f.ini:1: [congress] zh: is missing" } },
  { "zh = 会议", "zh =", { "f.ini:3: [congress] zh: is empty" } },
  { "fr = Rencontres",
    "fr = R\nname = x",
    { "f.ini:3: [congress] name: this key is unknown; here stand fr, zh, place-fr" } },
  { "Asia/Shanghai",
    "Asia/Chengdu",
    { "f.ini:6: [congress] timezone: “Asia/Chengdu” is no time zone" } },
  { "26:2016-10-26",
    "26",
    { "f.ini:7: [congress] days: “26” is not LABEL:YEAR-MONTH-DAY", "“26” is not one of 27, 28" } },
  { "26:2016-10-26", "26:26/10/2016", { "“26:26/10/2016” is not LABEL" } },
  { "26:2016-10-26", "26:2016-02-30", { "“26:2016-02-30” is not LABEL" } },
  { "27:2016-10-27", "26:2016-10-27", { "the label “26” is given twice" } },
  { "28:2016-10-28", "28:2016-10-27", { "2016-10-27 does not come after 2016-10-27" } },
  { "days = 28\n",
    "days = 30\n",
    { "f.ini:15: [event foire] days: “30” is not one of 26, 27, 28" } },
  { "days = 28\n", "days = 28; 28\n", { "[event foire] days: “28” is listed twice" } },
  { "days = 28\n", "", { "[event foire] days: is missing" } },
  { "#1f3a93", "blue", { "[category elu] colour: “blue” is not a colour like #1f3a93" } },
  { "#1f3a93", "#ffcc00", { "white letters on #ffcc00 stand out by only 1.5 : 1" } },
  { "words = directeur général; 司长\n",
    "",
    { "[rank head] words: is missing: which words of a function mean this rank?" } },
  { "[rank mayor]\nfr = Maire\n",
    "[rank mayor]\nfr = Maire\nwords = maire; Directeur Général\n",
    { "[rank head] words: “directeur général” means the rank “mayor” already" } },
  { "[rank mayor]\nfr = Maire\n", "[rank mayor]\n", { "[rank mayor] fr: is missing" } },
  { "country = FR",
    "country = France",
    { "[delegation france] country: “France” is not a country" } },
  { "event = rencontres\nday = 26",
    "event = salon\nday = 26",
    { "[session A1] event: “salon” is unknown: there is no section [event salon]" } },
  { "day = 26", "day = 28", { "[session A1] day: “28” is not one of 26, 27" } },
  { "from = 14:00",
    "from = 14h",
    { "[session A1] from: “14h” is not a time of the day like 09:30" } },
  { "from = 14:00", "from = 24:30", { "“24:30” is not a time" } },
  { "from = 14:00", "from = 17:00", { "[session A1] to: the session ends before it begins" } },
  { "room = 1\n", "", { "[session A1] room: is missing" } },
  { "theme1-fr = a\n",
    "theme1-fr = a\nspeakers = FR-1; FR 2; FR-3:x\n",
    { "[session A1] speakers: “FR 2” is no reference of a person like FR-0004",
      "“FR-3:x” is no reference" } },
  { "theme1-fr = a\n",
    "theme1-fr = a\nspeakers = FR-1:2\n",
    { "[session A1] speakers: “FR-1:2”: the session has 1 sub-themes; write one of them" } },
  { "theme1-fr = a\n",
    "theme1-fr = a\nmoderators = FR-1; CN-1; FR-1\n",
    { "f.ini:40: [session A1] moderators: “FR-1” is listed twice" } },
  { "theme1-zh = 甲\n", "", { "[session A1] theme1-zh: is missing: a sub-theme stands in both" } },
  { "theme1-zh = 甲\n",
    "theme1-zh = 甲\ntheme4-fr = b\n",
    { "[session A1] theme4-fr: this key is unknown" } },
  { "room = 1\n",
    "room = 1\ncapacity = 0\n",
    { "[session A1] capacity: “0” is not a number from 1" } },
  { "room = 1\n", "room = 1\ncapacity = many\n", { "“many” is not a number" } },
  { "room = 1\n", "room = 1\ncapacity = 9999999\n", { "“9999999” is not a number" } },
  { "kind = entrance",
    "kind = entrée",
    { "[checkpoint door] kind: “entrée” is not one of entrance, zone, session, meal, shuttle, "
      "headset, b2b" } },
  { "kind = entrance\n", "", { "[checkpoint door] kind: is missing" } },
  { "event = rencontres\nbadge = yes",
    "badge = yes",
    { "[checkpoint door] event: is missing: an entrance" } },
  { "badge = yes", "badge = 1", { "[checkpoint door] badge: “1” is not one of no, yes" } },
  { "badge = yes",
    "once = twice",
    { "[checkpoint door] once: “twice” is not one of never, event, day, session" } },
  { "badge = yes", "once = session", { "[checkpoint door] once: “session” stands only" } },
  { "badge = yes",
    "direction = up",
    { "[checkpoint door] direction: “up” is not one of in, out, both" } },
  { "badge = yes",
    "entitlement = wine",
    { "[checkpoint door] entitlement: “wine” is not one of" } },
  { "badge = yes",
    "categories = elu; king",
    { "[checkpoint door] categories: “king” is unknown" } },
  { "badge = yes", "events = foire", { "[checkpoint door] events: does not list “rencontres”" } },
  { "badge = yes",
    "session = A1",
    { "[checkpoint door] session: stands only at a checkpoint of kind session" } },
  { "badge = yes", "session = A9", { "[checkpoint door] session: “A9” is unknown" } },
  { "badge = yes",
    "events = rencontres\nevents-any = rencontres; foire",
    { "[checkpoint door] events-any: stands beside events" } },
  { "badge = yes",
    "events-any = foire",
    { "[checkpoint door] events-any: does not list “rencontres”" } },
  { "badge = yes", "events-any = bal", { "[checkpoint door] events-any: “bal” is unknown" } },
  { "badge = yes", "doors = les portes", { "[checkpoint door] doors: “les portes” is no name" } },
  { "badge = yes", "doors = a1", { "[checkpoint door] doors: “a1” is a checkpoint" } },
  { "badge = yes", "limit = 0", { "[checkpoint door] limit: “0” is not a number from 1 to 1000" } },
  { "badge = yes", "once = never\nlimit = 2", { "[checkpoint door] limit: needs once" } },
  { "badge = yes",
    "days-limit = 61",
    { "[checkpoint door] days-limit: “61” is not a number from 1 to 60" } },
  { "badge = yes", "wait = soon", { "[checkpoint door] wait: “soon” is not a number" } },
  { "badge = yes", "empties = 1", { "[checkpoint door] empties: “1” is not one of no, yes" } },
  { "kind = session",
    "kind = headset\nlimit = 2",
    { "[checkpoint a1] limit: does not stand at a headset desk" } },
  { "session = A1", "session = A1\nseveral = yes", { "[checkpoint a1] several: stands only at" } },
  { "session = A1", "session = A1\nchannels = fr:1", { "[checkpoint a1] channels: stands only" } },
  { "kind = session",
    "kind = headset\nchannels = French:1",
    { "[checkpoint a1] channels: “French:1” is not LANGUAGE:CHANNEL" } },
  { "session = A1", "event = rencontres", { "[checkpoint a1] session: is missing" } },
  { "session = A1",
    "session = A1\nevent = foire",
    { "[checkpoint a1] event: the session belongs to “rencontres”" } },
  { "session = A1",
    "session = A1\nbadge = yes",
    { "[checkpoint a1] badge: badges are issued at entrances only" } },
  { "26 07:30-19:00",
    "26 7h30-19h",
    { "f.ini:47: [checkpoint door] opens: “26 7h30-19h” is not DAY FROM-TO" } },
  { "26 07:30-19:00", "26", { "“26” is not DAY FROM-TO" } },
  { "26 07:30-19:00", "26 19:00-07:30", { "on “26” it closes before it opens" } },
  { "26 07:30-19:00", "26 07:30-31:00", { "“26 07:30-31:00” is not DAY FROM-TO" } },
  { "26 07:30-19:00", "28 07:30-19:00", { "[checkpoint door] opens: “28” is not one of 26, 27" } },
  { "26 07:30-19:00", "26 07:30-19:00; 26 18:59-20:00", { "two openings of “26” overlap" } },
  { "zh = 会议\n", "junk\n", { "f.ini:3: [congress]: “junk” is neither" } },
};

static char *replaced (const char *from, const char *to)
{
  const char *at = strstr (GOOD, from);
  g_assert_nonnull (at);
  g_autofree char *before = g_strndup (GOOD, (gsize) (at - GOOD));
  return g_strconcat (before, to, at + strlen (from), NULL);
}

/* Keys are called after the two languages; a fact calls the first `fr`, the second
 * `zh`. */
static void test_languages (void)
{
  static const char TEXT[]
      = "[congress]\nen = Talks\nfr = Rencontres\nplace-en = Chengdu\nplace-fr = Tchengdou\n"
        "languages = en; fr\ntimezone = Asia/Shanghai\ndays = 26:2016-10-26\n"
        "[event talks]\nen = T\nfr = R\ndays = 26\n"
        "[session A1]\nevent = talks\nday = 26\nfrom = 14:00\nto = 17:00\nroom = 1\nen = T\n"
        "fr = R\ntheme2-en = a\ntheme2-fr = b\n"
        "[category expert]\nen = expert\nen-f = expert\nfr = experte\ncolour = #4a1f05\n";
  static const struct {
    const char *from, *to, *fault;
  } WRONG[] = {
    { "languages = en; fr", "languages = en", "languages: a congress has two languages" },
    { "languages = en; fr", "languages = en; en", "languages: a congress has two languages" },
    { "languages = en; fr", "languages = en; fr; zh", "languages: a congress has two languages" },
    { "languages = en; fr", "languages = en; tlh",
      "languages: this software has no words in “tlh”" },
    { "languages = en; fr", "languages = en; ../fr", "languages: this software has no words" },
    { "languages = en; fr", "languages = zh; fr", "languages: Chinese stands second" },
    { "place-fr = Tchengdou", "place-zh = 成都", "place-zh: this key is unknown" },
    { "theme2-fr = b", "", "theme2-fr: is missing" },
    { "en-f = expert", "fr-f = experte", "fr-f: this key is unknown" },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) definitions = parse (TEXT, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (find (definitions, "congress", "congress")->body, ==,
                   "{\"fr\":\"Talks\",\"zh\":\"Rencontres\",\"place_fr\":\"Chengdu\",\"place_zh\":"
                   "\"Tchengdou\",\"languages\":[\"en\",\"fr\"],\"timezone\":\"Asia/Shanghai\","
                   "\"days\":[{\"label\":\"26\",\"date\":\"2016-10-26\"}]}");
  for (guint i = 0; i < G_N_ELEMENTS (WRONG); i++) {
    g_auto (GStrv) parts = g_strsplit (TEXT, WRONG[i].from, 2);
    g_autofree char *text = g_strjoinv (WRONG[i].to, parts);
    g_autoptr (GError) fault = NULL;
    g_assert_null (parse (text, NULL, &fault));
    g_test_message ("%s", fault->message);
    g_assert_nonnull (strstr (fault->message, WRONG[i].fault));
  }
}

static void test_faults (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (FAULTS); i++) {
    g_autofree char *text = replaced (FAULTS[i].from, FAULTS[i].to);
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) definitions = parse (text, NULL, &error);
    g_assert_error (error, DEFINITION_ERROR, DEFINITION_ERROR_CONTENT);
    g_assert_null (definitions);
    g_test_message ("%s", error->message);
    for (guint j = 0; j < G_N_ELEMENTS (FAULTS[i].faults) && FAULTS[i].faults[j] != NULL; j++)
      g_assert_nonnull (strstr (error->message, FAULTS[i].faults[j]));
  }
}

/* The entrances of one event are one group of doors; a name of its own leaves it. */
static void test_doors (void)
{
  static const char MORE[]
      = "[checkpoint west]\nkind = entrance\nfr = O\nzh = 西\nevent = rencontres\n"
        "[checkpoint vip]\nkind = entrance\nfr = V\nzh = 贵\nevent = rencontres\ndoors = vip-doors\n"
        "limit = 3\ndays-limit = 2\nwait = 5\nempties = yes\n"
        "[checkpoint staff]\nkind = entrance\nfr = S\nzh = 员\nevent = rencontres\nonce = never\n"
        "[checkpoint either]\nkind = entrance\nfr = E\nzh = 任\nevents-any = rencontres; foire\n";
  static const char *const WANTED[][2] = {
    { "door", "\"doors\":\"event rencontres\"" },
    { "west", "\"doors\":\"event rencontres\"" },
    { "vip", "\"doors\":\"vip-doors\",\"limit\":3,\"days\":2,\"wait\":5,\"empties\":true" },
    { "either", "\"any\":[\"rencontres\",\"foire\"]" },
  };
  g_autoptr (GError) error = NULL;
  g_autofree char *text = g_strconcat (GOOD, MORE, NULL);
  g_autoptr (GPtrArray) definitions = parse (text, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (WANTED); i++)
    g_assert_nonnull (strstr (find (definitions, "checkpoint", WANTED[i][0])->body, WANTED[i][1]));
  g_assert_null (strstr (find (definitions, "checkpoint", "staff")->body, "doors"));
  g_assert_null (strstr (find (definitions, "checkpoint", "either")->body, "doors"));
}

/* Questions and messages: their bodies, and what is wrong with them. */
static void test_questions (void)
{
  static const char HEAD[] = "[question q]\nfr = Q\nzh = 问\n",
                    TEXTS[] = "[message m]\nfr = M\nzh = 文\n";
  static const struct {
    const char *more, *kind, *wanted; /* of the body, or of the fault where kind is NULL */
  } ROWS[] = {
    { "kind = choice\nchoice1-fr = a\nchoice1-zh = 甲\nchoice2-fr = b\nchoice2-zh = 乙\n",
      "question",
      "{\"fr\":\"Q\",\"zh\":\"问\",\"kind\":\"choice\",\"choices\":[{\"fr\":\"a\",\"zh\":\"甲\"},"
      "{\"fr\":\"b\",\"zh\":\"乙\"}],\"order\":1}" },
    { "kind = yes-no\ncheckpoints = door\nevents = foire\ncategories = elu\n", "question",
      "\"checkpoints\":[\"door\"],\"events\":[\"foire\"],\"categories\":[\"elu\"]" },
    { "kind = date\n", "question", "\"codes\":[\"2016-10-26\",\"2016-10-27\",\"2016-10-28\"]" },
    { "kind = date\ndates = 2016-10-25\n", "question", "\"codes\":[\"2016-10-25\"]" },
    { "kind = diet\n", "question", "\"codes\":[\"vegetarian\",\"halal\"," },
    { "kind = diet\ndiets = nuts\n", "question", "\"codes\":[\"nuts\"]" },
    { "kind = diet\ndiets = nut\n", NULL, "diets: “nut” is not one of vegetarian, vegan" },
    { "kind = date\ndates = 26/10\n", NULL, "dates: “26/10” is not YEAR-MONTH-DAY" },
    { "kind = poem\n", NULL, "kind: “poem” is not one of choice, yes-no, date, diet" },
    { "", NULL, "[question q] kind: is missing" },
    { "kind = choice\n", NULL, "kind: “choice” needs two answers" },
    { "kind = choice\nchoice1-fr = a\nchoice2-fr = b\nchoice2-zh = 乙\n", NULL,
      "choice1-zh: is missing: an answer stands in both" },
    { "kind = choice\nchoice1-fr = a\nchoice1-zh = 甲\nchoice3-fr = b\nchoice3-zh = 乙\n", NULL,
      "choice3-fr: comes after a gap" },
    { "kind = yes-no\nchoice1-fr = a\nchoice1-zh = 甲\n", NULL, "stand at “choice” only" },
    { "kind = yes-no\ndates = 2016-10-26\n", NULL,
      "dates: stands only at a question of kind date" },
    { "kind = yes-no\ndiets = nuts\n", NULL, "diets: stands only at a question of kind diet" },
    { "kind = yes-no\ncheckpoints = west\n", NULL, "checkpoints: “west” is unknown" },
    { "kind = yes-no\nchoice9-fr = x\n", NULL, "choice9-fr: this key is unknown" },
    { "to = team\ncheckpoints = a1\n", "scan-message",
      "{\"fr\":\"M\",\"zh\":\"文\",\"team\":true,\"checkpoints\":[\"a1\"],\"order\":1}" },
    { "to = me\n", "", "to: “me” is not one of person, team" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    gboolean message = ROWS[i].kind != NULL && strcmp (ROWS[i].kind, "question") != 0,
             fault = ROWS[i].kind == NULL || *ROWS[i].kind == '\0';
    g_autofree char *text = g_strconcat (GOOD, message ? TEXTS : HEAD, ROWS[i].more, NULL);
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) definitions = parse (text, NULL, &error);
    g_test_message ("row %u: %s", i, error != NULL ? error->message : "");
    if (fault) {
      g_assert_error (error, DEFINITION_ERROR, DEFINITION_ERROR_CONTENT);
      g_assert_nonnull (strstr (error->message, ROWS[i].wanted));
      continue;
    }
    g_assert_no_error (error);
    const char *body = find (definitions, ROWS[i].kind, message ? "m" : "q")->body;
    g_test_message ("%s", body);
    g_assert_nonnull (strstr (body, ROWS[i].wanted));
  }
}

/* All faults at once, a line each. */
static void test_all_faults (void)
{
  static const char TEXT[]
      = "[congress]\nfr = x\n[category a]\nfr = a\nzh = 甲\ncolour = red\n[nonsense]\n";
  g_autoptr (GError) error = NULL;
  g_assert_null (parse (TEXT, NULL, &error));
  g_assert_error (error, DEFINITION_ERROR, DEFINITION_ERROR_CONTENT);
  g_auto (GStrv) lines = g_strsplit (error->message, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 8);
  for (guint i = 0; lines[i] != NULL; i++)
    g_assert_true (g_str_has_prefix (lines[i], "f.ini:"));
}

static void test_no_text (void)
{
  static const char *const ROWS[] = { "", "\n\n", "# nothing\n", "\xef\xbb\xbf" };
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_null (parse (ROWS[i], NULL, &error));
    g_assert_error (error, DEFINITION_ERROR, DEFINITION_ERROR_CONTENT);
  }
  g_autoptr (GError) error = NULL;
  g_assert_null (parse ("[congress]\nfr = \xe9t\xe9\n", NULL, &error));
  g_assert_error (error, DEFINITION_ERROR, DEFINITION_ERROR_READ);
  g_assert_true (g_str_has_prefix (error->message, "f.ini:2: "));
  g_clear_error (&error);
  g_assert_null (event_parse ("f.ini", "[a]\0[b]", 7, NULL, NULL, NULL, &error));
  g_assert_error (error, DEFINITION_ERROR, DEFINITION_ERROR_READ);
}

static void test_minutes (void)
{
  static const struct {
    const char *text;
    gint latest, minutes;
  } ROWS[] = {
    { "0:00", 1440, 0 },     { "09:30", 1440, 570 }, { "9:30", 1440, 570 },
    { "24:00", 1440, 1440 }, { "24:01", 1440, -1 },  { "25:30", 1800, 1530 },
    { "30:00", 1800, 1800 }, { "30:01", 1800, -1 },  { "9:60", 1440, -1 },
    { "9:3", 1440, -1 },     { "9", 1440, -1 },      { "", 1440, -1 },
    { "009:30", 1440, -1 },  { "9:300", 1440, -1 },  { "-1:00", 1440, -1 },
    { " 9:30", 1440, -1 },   { "9：30", 1440, -1 },
  };
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++)
    g_assert_cmpint (definition_minutes (ROWS[i].text, ROWS[i].latest), ==, ROWS[i].minutes);
}

/* The demo's colours, seen by ordinary eyes and by those without red or without green
 * (Machado, Oliveira & Fernandes 2009), in CIE Lab. */
typedef struct {
  double l, a, b;
} Lab;

static double bend (double t)
{
  return t > 0.008856 ? cbrt (t) : 7.787 * t + 16.0 / 116;
}

static Lab seen_as (const char *colour, const double matrix[9])
{
  guint64 code = g_ascii_strtoull (colour + 1, NULL, 16);
  double rgb[3], seen[3];
  for (guint i = 0; i < 3; i++) {
    double c = (double) ((code >> (16 - 8 * i)) & 0xff) / 255;
    rgb[i] = c <= 0.04045 ? c / 12.92 : pow ((c + 0.055) / 1.055, 2.4);
  }
  for (guint i = 0; i < 3; i++)
    seen[i] = CLAMP (
        matrix[3 * i] * rgb[0] + matrix[3 * i + 1] * rgb[1] + matrix[3 * i + 2] * rgb[2], 0, 1);
  double x = bend ((0.4124 * seen[0] + 0.3576 * seen[1] + 0.1805 * seen[2]) / 0.95047),
         y = bend (0.2126 * seen[0] + 0.7152 * seen[1] + 0.0722 * seen[2]),
         z = bend ((0.0193 * seen[0] + 0.1192 * seen[1] + 0.9505 * seen[2]) / 1.08883);
  return (Lab){ 116 * y - 16, 500 * (x - y), 200 * (y - z) };
}

static void check_colours (GPtrArray *colours)
{
  static const double EYES[3][9] = {
    { 1, 0, 0, 0, 1, 0, 0, 0, 1 },
    { 0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998 },
    { 0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881 }
  };
  double least = 1000;
  for (guint e = 0; e < 3; e++)
    for (guint i = 0; i < colours->len; i++)
      for (guint j = 0; j < i; j++) {
        Lab p = seen_as (colours->pdata[i], EYES[e]), q = seen_as (colours->pdata[j], EYES[e]);
        least = MIN (least, sqrt (pow (p.l - q.l, 2) + pow (p.a - q.a, 2) + pow (p.b - q.b, 2)));
      }
  g_test_message ("the nearest two colours are %.1f apart", least);
  g_assert_cmpfloat (least, >, 15);
}

static void test_demo (void)
{
  g_autofree char *text = NULL;
  gsize length = 0;
  g_autoptr (GError) error = NULL;
  g_assert_true (g_file_get_contents ("assets/demo/congress.ini", &text, &length, &error));
  DefinitionSummary summary;
  g_autoptr (GPtrArray) definitions
      = event_parse ("congress.ini", text, length, NULL, NULL, &summary, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (summary.events, ==, 2);
  g_assert_cmpuint (summary.days, ==, 4);
  g_assert_cmpuint (summary.categories, ==, 11);
  g_assert_cmpuint (summary.sessions, ==, 6);

  static const char *const KINDS[]
      = { "entrance", "zone", "session", "meal", "shuttle", "headset", "b2b" };
  g_autoptr (GPtrArray) colours = g_ptr_array_new_with_free_func (g_free);
  guint kinds[G_N_ELEMENTS (KINDS)] = { 0 };
  for (guint i = 0; i < definitions->len; i++) {
    const Definition *definition = definitions->pdata[i];
    g_autoptr (JsonIn) in = json_in_parse (definition->body, -1, NULL);
    if (strcmp (definition->kind, "category") == 0)
      g_ptr_array_add (colours, g_strdup (json_in_string (json_in_root (in), "colour")));
    for (guint k = 0; k < G_N_ELEMENTS (KINDS); k++)
      kinds[k] += strcmp (definition->kind, "checkpoint") == 0
                  && g_strcmp0 (json_in_string (json_in_root (in), "kind"), KINDS[k]) == 0;
  }
  for (guint k = 0; k < G_N_ELEMENTS (KINDS); k++)
    g_assert_cmpuint (kinds[k], >, 0);
  g_assert_cmpuint (colours->len, ==, 11);
  check_colours (colours);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_setenv ("LC_ALL", "C", TRUE);
  words_here ();
  g_test_add_func ("/event_parse/bodies", test_bodies);
  g_test_add_func ("/event_parse/roles", test_roles);
  g_test_add_func ("/event_parse/faults", test_faults);
  g_test_add_func ("/event_parse/doors", test_doors);
  g_test_add_func ("/event_parse/languages", test_languages);
  g_test_add_func ("/event_parse/all_faults", test_all_faults);
  g_test_add_func ("/event_parse/questions", test_questions);
  g_test_add_func ("/event_parse/no_text", test_no_text);
  g_test_add_func ("/event_parse/minutes", test_minutes);
  g_test_add_func ("/event_parse/demo", test_demo);
  return g_test_run ();
}
