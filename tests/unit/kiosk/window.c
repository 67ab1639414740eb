/* Nothing is ever cut off: every page that a delegate or a volunteer sees, laid out by
 * the real window on seven screens, in usual and in large type, with one to seven rights,
 * both scripts first and the longest names: each text stands whole in the window, above
 * the touches and over no other. Only what scrolls, and shows that it does, may be longer
 * than its room; on a person's page nothing does.
 *
 * One program for all of it, on a display of its own: some hundred pages in some
 * seconds. */
#include "kiosk/flow.h"
#include "kiosk/window.h"
#include "kiosk/ui_button.h"
#include "badge/badge.h"
#include "congress/checkpoint.h"
#include "congress/event_file.h"
#include "core/text.h"
#include "counts/platform_watch.h"
#include "desk/alert.h"
#include "spool/printer_state.h"
#include "unit/access/replica.h"
#include "unit/kiosk/look.h"
#include "words_here.h"

#include <math.h>
#include <string.h>

#define DEMO "assets/demo/congress.ini"

/* Pixels a millimetre: 800 × 480 is sold as 7 inches, 1024 × 600 as 10.1: there touches
 * of 15 mm take most of the height. 0: nobody knows. */
static const struct {
  int width, height;
  double px_per_mm;
} SIZES[] = { { 800, 480, 5.25 }, { 540, 960, 0 },   { 1024, 600, 4.6 }, { 1280, 800, 0 },
              { 1080, 1920, 0 },  { 1920, 1080, 0 }, { 2160, 3840, 0 } };

static const struct {
  gboolean chinese;
  const char *given, *family, *name_zh, *organisation_fr, *organisation_zh, *category_fr,
      *category_zh;
  /* clang-format off */
} PEOPLE[] = {
  { FALSE, "Stéphane", "de LA MOTTE-ROUGE", "斯特凡·德拉莫特-鲁日",
    "Communauté d’agglomération de Saint-Quentin-en-Yvelines",
    "圣康坦昂伊夫林城镇共同体",
    "Technicien de collectivité", "地方政府工作人员" },
  { TRUE, "Yutong", "OUYANG", "欧阳雨桐", "Bureau des affaires étrangères du Jiangsu",
    "江苏省人民政府外事办公室",
    "Technicienne de collectivité", "地方政府工作人员" },
  { FALSE, "Marie-Thérèse Anne-Charlotte", "ÉTCHEGARAY-MAËSTRACCI", "",
    "Ministère des Affaires étrangères et du Développement international", "法国外交部",
    "Opérateur national", "国家机构代表" },
  { TRUE, "Abdurrahman", "NURMUHAMMAD", "努尔穆罕默德·阿卜杜热合曼",
    "Comité de la Foire de l’Ouest", "中国西部国际博览会组委会",
    "Personnalité", "贵宾" },
};
/* clang-format on */

static const GuestRight RIGHTS[] = {
  { (char *) (guintptr) "day", (char *) (guintptr) "Rencontres · 26 27 28",
    (char *) (guintptr) "论坛 · 26 27 28" },
  { (char *) (guintptr) "meal", (char *) (guintptr) "Repas", (char *) (guintptr) "用餐" },
  { (char *) (guintptr) "session", (char *) (guintptr) "Ateliers A1 A2 A3 A4 A5 A6",
    (char *) (guintptr) "分论坛 A1 A2 A3 A4 A5 A6" },
  { (char *) (guintptr) "day", (char *) (guintptr) "Foire de l’Ouest · 29",
    (char *) (guintptr) "西博会 · 29" },
  { (char *) (guintptr) "shuttle", (char *) (guintptr) "Navette", (char *) (guintptr) "班车" },
  { (char *) (guintptr) "headset", (char *) (guintptr) "Casque", (char *) (guintptr) "同传" },
  { (char *) (guintptr) "day", (char *) (guintptr) "Rencontres d’affaires · 29",
    (char *) (guintptr) "企业洽谈 · 29" },
};

static const char SETTINGS[]
    = "[screen]\nwhere-fr = Bureau d’accueil, hall nord, à côté du vestiaire\n"
      "where-zh = 接待处，北厅，衣帽间旁\nwhere-arrow = right\n"
      "badge-fr = Les badges sortent ici, sous l’écran\n"
      "badge-zh = 请在屏幕下方领取胸卡\n"
      "badge-arrow = below\n";

static Guest *guest_of (guint person, guint rights)
{
  Guest *guest = g_new0 (Guest, 1);

  g_atomic_ref_count_init (&guest->references);
  guest->reference = g_strdup ("FR-0001");
  guest->second_leads = PEOPLE[person].chinese;
  guest->given = g_strdup (PEOPLE[person].given);
  guest->family = g_strdup (PEOPLE[person].family);
  guest->name_zh = g_strdup (PEOPLE[person].name_zh);
  guest->surname_zh = PEOPLE[person].chinese ? 2 : 0;
  guest->organisation_fr = g_strdup (PEOPLE[person].organisation_fr);
  guest->organisation_zh = g_strdup (PEOPLE[person].organisation_zh);
  guest->category = g_strdup (rights > 0 ? "technicien" : "elu");
  guest->category_fr = g_strdup (PEOPLE[person].category_fr);
  guest->category_zh = g_strdup (PEOPLE[person].category_zh);
  guest->colour = g_strdup ("#b5121b");
  guest->rights = g_ptr_array_new ();
  guest->reminders = g_ptr_array_new ();
  for (guint i = 0; i < rights; i++)
    g_ptr_array_add (guest->rights, (gpointer) (guintptr) &RIGHTS[i]);
  if (rights > 5)
    g_ptr_array_add (guest->reminders, (gpointer) (guintptr) &RIGHTS[0]);
  return guest;
}

/* Pages ------------------------------------------------------------------------------ */

static FlowView view_of (ScreenId screen, gboolean large)
{
  return (FlowView){ .screen = screen,
                     .contrast = large,
                     .title = PAIR_EMPTY,
                     .text = PAIR_EMPTY,
                     .print_text = PAIR_EMPTY,
                     .notice = PAIR_EMPTY,
                     .inside = -1,
                     .volunteer = "",
                     .number = "",
                     .typed = "" };
}

static guint welcomes (Window *window, gboolean large, const char *where)
{
  guint faults = 0;
  for (guint rights = 1; rights <= G_N_ELEMENTS (RIGHTS); rights++)
    for (guint order = 0; order < 2; order++) {
      guint person = 2 * (rights % 2) + order;
      g_autoptr (Guest) guest = guest_of (person, rights);
      FlowView view = view_of (SCREEN_WELCOME, large);
      g_autofree char *what
          = g_strdup_printf ("%s welcome, %u rights, person %u", where, rights, person);
      view.tone = TONE_YES;
      view.guest = guest;
      view.second_leads = guest->second_leads;
      view.title = wording_admitted (CHECKPOINT_HEADSET, rights % 2);
      view.print = (PrintStage) (1 + rights % 5);
      view.badge_serial = 1;
      view.others = rights > 3 ? 2 : 0;
      view.ending = rights > 5;
      faults += faults_of (window, &view, what);
    }
  return faults;
}

static guint gates (Window *window, gboolean large, const char *where)
{
  guint faults = 0;
  for (guint person = 0; person <= G_N_ELEMENTS (PEOPLE); person++) {
    gboolean known = person < G_N_ELEMENTS (PEOPLE);
    g_autoptr (Guest) guest = known ? guest_of (person, 0) : NULL;
    FlowView view = view_of (SCREEN_GATE, large);
    g_autofree char *what = g_strdup_printf ("%s gate, person %u", where, person);
    view.mode = FLOW_GATE;
    view.tone = known ? TONE_YES : TONE_ATTENTION;
    view.guest = guest;
    view.second_leads = person % 2 == 1;
    view.inside = 10486;
    view.title = known ? wording_admitted (CHECKPOINT_SESSION, DIRECTION_IN)
                       : wording_verdict (VERDICT_NOT_ENTITLED, "transport");
    view.text = known ? PAIR_EMPTY : wording_remedy (VERDICT_UNKNOWN, "");
    view.to_desk = !known;
    faults += faults_of (window, &view, what);
  }
  return faults;
}

static char *borrow (const char *text)
{
  return (char *) (guintptr) text;
}

/* A question with as many answers, all of them long. */
static void ask (Guest *guest, guint count)
{
  static QuestionOption option;
  g_autoptr (GPtrArray) options = g_ptr_array_new ();
  g_autofree char *id = g_strdup_printf ("q%u", count); /* another one each time */
  Question question
      = { .id = id,
          .fr = borrow ("Vos coordonnées (nom, fonction, organisme, courriel) peuvent-elles être "
                        "remises aux entreprises présentes à la Foire, et à leurs partenaires ?"),
          .zh = borrow ("是否同意将您的联系方式（姓名、职务、单位、电子邮箱）提供给西博会的参展企业"
                        "及其合作伙伴？"),
          .options = options };

  option = (QuestionOption){ .code = borrow ("1"),
                             .fr = borrow ("sans lactose, sans gluten"),
                             .zh = borrow ("无乳糖、无麸质") };
  for (guint i = 0; i < count; i++)
    g_ptr_array_add (options, &option);
  guest_ask (guest, &question);
}

static guint asked (Window *window, gboolean large, const char *where)
{
  static const guint COUNTS[] = { 2, 3, 4, 6, QUESTION_OPTIONS_MAX };
  guint faults = 0;
  for (guint i = 0; i < G_N_ELEMENTS (COUNTS); i++) {
    g_autoptr (Guest) guest = guest_of (i % G_N_ELEMENTS (PEOPLE), 1);
    FlowView view = view_of (SCREEN_QUESTION, large);
    g_autofree char *what = g_strdup_printf ("%s question of %u", where, COUNTS[i]);
    ask (guest, COUNTS[i]);
    view.guest = guest;
    view.second_leads = guest->second_leads;
    view.title = wording_admitted (CHECKPOINT_ENTRANCE, DIRECTION_IN);
    view.others = i % 2;
    view.ending = i == 2;
    faults += faults_of (window, &view, what);
  }
  return faults;
}

static guint verdicts (Window *window, gboolean large, const char *where)
{
  static const struct {
    Verdict verdict;
    const char *detail;
  } ROWS[] = { { VERDICT_NOT_ENTITLED, "session" },
               { VERDICT_NOT_ENTITLED, "transport" },
               { VERDICT_BADGE_VOID, "replaced" },
               { VERDICT_TICKET_USED, "" },
               { VERDICT_UNKNOWN, "" },
               { VERDICT_NOT_TODAY, "day" } };
  guint faults = 0;
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    FlowView view = view_of (SCREEN_VERDICT, large);
    g_autofree char *what = g_strdup_printf ("%s verdict %u", where, i);
    view.tone = TONE_ATTENTION;
    view.second_leads = i % 2 == 1;
    view.title = wording_verdict (ROWS[i].verdict, ROWS[i].detail);
    view.text = wording_remedy (ROWS[i].verdict, ROWS[i].detail);
    view.to_desk = wording_leads_to_desk (ROWS[i].verdict, ROWS[i].detail);
    if (ROWS[i].verdict == VERDICT_NOT_TODAY)
      view.title = (Pair){ "Votre inscription est valable le 26, le 27, le 28 et le 29 octobre",
                           "您的报名日期为10月26日、27日、28日和29日" };
    faults += faults_of (window, &view, what);
  }
  return faults;
}

static guint others (Window *window, gboolean large, const char *where)
{
  static const ScreenId SCREENS[] = { SCREEN_ATTRACT, SCREEN_DISCREET, SCREEN_NO_CODE,
                                      SCREEN_CALLED,  SCREEN_CLOSED,   SCREEN_STANDSTILL };
  guint faults = 0;
  for (guint i = 0; i < G_N_ELEMENTS (SCREENS); i++) {
    FlowView view = view_of (SCREENS[i], large);
    g_autofree char *what = g_strdup_printf ("%s screen %d", where, SCREENS[i]);
    view.second_leads = i % 2 == 1;
    if (SCREENS[i] == SCREEN_STANDSTILL) {
      view.title = words_pair ("One moment");
      view.text = wording_standstill ();
    }
    faults += faults_of (window, &view, what);
  }
  return faults;
}

/* The start with the logos of a congress. */
static guint start (Window *window, gboolean large, const char *where)
{
  static const char *const NAMES[] = { "ponts", "fleuve", "tour" };
  LogoRow *row = logo_row_new ();
  FlowView view = view_of (SCREEN_ATTRACT, large);
  g_autofree char *what = g_strdup_printf ("%s start with logos", where);
  for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++) {
    g_autofree char *path = g_strdup_printf ("assets/demo/logos/%s.svg", NAMES[i]);
    char *text = NULL;
    gsize length = 0;
    g_assert_true (g_file_get_contents (path, &text, &length, NULL));
    g_autoptr (GBytes) picture = g_bytes_new_take (text, length);
    g_assert_true (logo_row_add (row, picture, TRUE, NULL));
  }
  window_set_logos (window, row, "Les Ponts");
  guint faults = faults_of (window, &view, what);
  g_assert_true (gtk_widget_get_mapped (find_class (window_widget (window), "logos")));
  window_set_logos (window, NULL, "");
  logo_row_free (row);
  return faults;
}

/* All that can be kept of anybody, in each language. */
static Notice *read_notice (void)
{
  Replica replica;
  g_autoptr (GError) error = NULL;
  replica_open (&replica, "kiosk");
  append (replica.journal, "congress", "congress",
          "{\"fr\":\"5es Rencontres franco-chinoises de la coopération décentralisée\",\"zh\":"
          "\"第五届中法地方政府合作论坛\",\"retention\":\"2017-01-31\",\"contact\":"
          "\"protection-des-donnees@cites-unies-france.example\"}");
  append (replica.journal, "registration", "FR-1",
          "{\"title\":\"Mme\",\"given\":\"Anne\",\"family\":\"Le Goff\",\"name_zh\":\"a\","
          "\"function_fr\":\"a\",\"organisation_fr\":\"a\",\"category\":\"elu\","
          "\"delegation\":\"b\",\"country\":\"FR\",\"email\":\"a@b.example\","
          "\"telephone\":\"1\",\"events\":[\"e\"],\"days\":[\"26\"],\"workshops\":[\"A1\"],"
          "\"role\":\"moderator\",\"meals\":true,\"transport\":true,\"headset\":true,"
          "\"hotel\":\"Ibis\",\"language\":\"fr\",\"protocol\":true}");
  append (replica.journal, "note", "FR-1", "{\"text\":\"t\"}");
  Notice *notice = notice_read (replica.journal, &error);
  g_assert_no_error (error);
  replica_close (&replica);
  return notice;
}

static guint notices (Window *window, gboolean large, const char *where)
{
  g_autoptr (Notice) notice = read_notice ();
  guint faults = 0;
  for (guint language = 0; language < NOTICE_LANGUAGES; language++) {
    FlowView view = view_of (SCREEN_YOUR_DATA, large);
    g_autofree char *what = g_strdup_printf ("%s your data %u", where, language);
    view.data_language = language;
    view.second_leads = language == NOTICE_SECOND;
    window_show (window, &view);
    window_notice (window, notice);
    g_assert_null (find_pane (find_class (window_widget (window), "your-data")));
    faults += faults_now (window, what);
  }
  window_notice (window, NULL);
  return faults;
}

/* The desk --------------------------------------------------------------------------- */

static FlowView desk_view (ScreenId screen, gboolean large, const Guest *guest)
{
  FlowView view = view_of (screen, large);

  view.volunteer = "Marie-Thérèse";
  view.guest = guest;
  view.alerts = 12;
  view.typed = screen == SCREEN_SEARCH ? "de la motte" : "";
  return view;
}

/* Of a badge that was printed again, and is on its way; and a passage that was
 * refused. */
static void fill_record (PersonRecord *record, Guest *guest, Delegate *delegate, GPtrArray *badges,
                         GPtrArray *passages, gboolean here)
{
  static DeskBadge badge;
  static PersonRecordPassage passage;

  badge = (DeskBadge){ .serial = 2,
                       .good = TRUE,
                       .print = TRUE,
                       .reason = borrow ("misspelled"),
                       .void_reason = borrow (""),
                       .state = PRINT_STATE_UNSURE };
  passage = (PersonRecordPassage){ .when = borrow ("28 · 21:48"),
                                   .place_fr = borrow ("Salon de la coopération, hall nord"),
                                   .place_zh = borrow ("合作沙龙北厅"),
                                   .verdict = VERDICT_NOT_ENTITLED,
                                   .said = wording_verdict (VERDICT_NOT_ENTITLED, "transport"),
                                   .volunteer = borrow ("Marie-Thérèse") };
  static DeskPassage admission;
  static GPtrArray *admissions;

  if (admissions == NULL) {
    admissions = g_ptr_array_new ();
    g_ptr_array_add (admissions, &admission);
  }
  admission = (DeskPassage){ .id = borrow ("est-1:12") };
  g_ptr_array_add (badges, &badge);
  g_ptr_array_add (passages, &passage);
  *record
      = (PersonRecord){ .guest = guest,
                        .delegate = delegate,
                        .badges = badges,
                        .passages = passages,
                        .admissions = admissions,
                        .has_headset = here,
                        .arrived = borrow (here ? "09:12" : ""),
                        .note = borrow ("Allergie aux noix ; demande une chaise au premier rang"),
                        .taker = borrow (here ? "Stéphane de LA MOTTE-ROUGE" : ""),
                        .standing
                        = { .arrived_ms = here, .inside = here, .serial = 2, .box = 128 } };
}

/* Whoever she is, however she stands: one to seven rights, let in or not, refused,
 * held. */
static guint persons (Window *window, gboolean large, const char *where)
{
  guint faults = 0;
  for (guint rights = 1; rights <= G_N_ELEMENTS (RIGHTS); rights += 2)
    for (guint order = 0; order < 2; order++) {
      guint person = 2 * (rights / 2 % 2) + order;
      g_autoptr (Guest) guest = guest_of (person, rights);
      g_autoptr (GPtrArray) badges = g_ptr_array_new (), passages = g_ptr_array_new ();
      Delegate delegate = { .delegation = borrow ("Bretagne") };
      PersonRecord record;
      FlowView view = desk_view (SCREEN_PERSON, large, guest);
      g_autofree char *what
          = g_strdup_printf ("%s person, %u rights, person %u", where, rights, person);
      fill_record (&record, guest, &delegate, badges, passages, order == 0);
      guest->revoked = rights == 1;
      if (rights == 5)
        ask (guest, 2);
      view.refused = rights == 5;
      view.rights = FLOW_OVERRIDE;
      view.held = rights == 3;
      view.notice = rights == 3 ? words_pair ("The badge will open nothing any more. Ten seconds to"
                                              " undo this.")
                                : wording_verdict (VERDICT_NOT_ENTITLED, "transport");
      window_show (window, &view);
      window_person (window, &record, "casques");
      g_assert_null (find_pane (find_class (window_widget (window), "person-page")));
      faults += faults_now (window, what);
    }
  return faults;
}

static PersonStanding standing_of (guint person, Guest *guest)
{
  return (PersonStanding){ .guest = guest,
                           .arrived = borrow (person == 0 ? "09:12" : ""),
                           .standing = { .arrived_ms = person == 0,
                                         .serial = person == 2,
                                         .box = person == 2 ? 128 : 0,
                                         .printing = person == 3 } };
}

static guint lists (Window *window, gboolean large, const char *where)
{
  g_autoptr (GPtrArray) people = g_ptr_array_new ();
  PersonStanding standings[G_N_ELEMENTS (PEOPLE)];
  Guest *guests[G_N_ELEMENTS (PEOPLE)];
  guint faults = 0;

  for (guint i = 0; i < G_N_ELEMENTS (PEOPLE); i++) {
    guests[i] = guest_of (i, 1);
    g_free (guests[i]->delegation_fr);
    guests[i]->delegation_fr = g_strdup ("Communauté d’agglomération de Saint-Quentin");
    g_free (guests[i]->delegation_zh);
    guests[i]->delegation_zh = g_strdup ("圣康坦昂伊夫林城镇共同体");
    standings[i] = standing_of (i, guests[i]);
    g_ptr_array_add (people, &standings[i]);
  }
  SearchRecord found = { .people = people, .near = 1, .total = 1000 };
  GroupRecord group = { .leader = guests[0], .members = people };
  FlowView search = desk_view (SCREEN_SEARCH, large, NULL),
           together = desk_view (SCREEN_GROUP, large, guests[0]);
  g_autofree char *at_search = g_strdup_printf ("%s search", where),
                  *at_group = g_strdup_printf ("%s group", where);
  window_show (window, &search);
  settle (window, 1);
  window_found (window, &found);
  faults += faults_now (window, at_search);
  window_show (window, &together);
  window_group (window, &group);
  faults += faults_now (window, at_group);
  for (guint i = 0; i < G_N_ELEMENTS (PEOPLE); i++)
    guest_unref (guests[i]);
  return faults;
}

/* Why: each question, with the longest name. */
static guint questions (Window *window, gboolean large, const char *where)
{
  static const Touch PURPOSES[] = { TOUCH_ADMIT, TOUCH_REPRINT, TOUCH_VOID,     TOUCH_OVERRIDE,
                                    TOUCH_NOTE,  TOUCH_TAKEN,   TOUCH_TAKE_BACK };
  guint faults = 0;

  for (guint i = 0; i < G_N_ELEMENTS (PURPOSES); i++) {
    g_autoptr (Guest) guest = guest_of (2, 1);
    FlowView view = desk_view (SCREEN_REASON, large, guest);
    g_autofree char *what = g_strdup_printf ("%s reason %d", where, PURPOSES[i]);
    view.purpose = PURPOSES[i];
    faults += faults_of (window, &view, what);
  }
  return faults;
}

static guint desk (Window *window, gboolean large, const char *where)
{
  return persons (window, large, where) + lists (window, large, where)
         + questions (window, large, where);
}

/* The desk's forms ------------------------------------------------------------------- */

/* With the words of the demo's event file. */
static Programme *read_programme (void)
{
  Replica replica;
  DefinitionSummary summary;
  g_autoptr (GError) error = NULL;

  replica_open (&replica, "desk");
  event_file_load (replica.journal, DEMO, NULL, &summary, &error);
  g_assert_no_error (error);
  Programme *programme = programme_read (replica.journal, &error);
  g_assert_no_error (error);
  replica_close (&replica);
  return programme;
}

/* Touches the first @css of the page that is shown. */
static void open_choice (Window *window, const char *page)
{
  GtkWidget *chooser = find_class (find_class (window_widget (window), page), "chooser");

  g_assert_nonnull (chooser);
  g_signal_emit_by_name (chooser, "clicked");
}

static Delegate longest (void)
{
  static char *events[3], *days[4], *workshops[2];

  events[0] = borrow ("rencontres");
  events[1] = borrow ("foire");
  days[0] = borrow ("26");
  days[1] = borrow ("27");
  days[2] = borrow ("28");
  workshops[0] = borrow ("A1");
  return (Delegate){ .reference = borrow ("FR-0001"),
                     .title = borrow ("Mme"),
                     .family = borrow (PEOPLE[2].family),
                     .given = borrow (PEOPLE[2].given),
                     .name_zh = borrow (PEOPLE[3].name_zh),
                     .function_fr = borrow ("Directrice générale adjointe aux relations"
                                            " internationales"),
                     .function_zh = borrow ("国际关系副总干事"),
                     .organisation_fr = borrow (PEOPLE[2].organisation_fr),
                     .organisation_zh = borrow (PEOPLE[3].organisation_zh),
                     .category = borrow ("technicien"),
                     .delegation = borrow ("Bretagne"),
                     .events = events,
                     .days = days,
                     .workshops = workshops,
                     .meals = TRUE };
}

static guint corrections (Window *window, gboolean large, const char *where)
{
  g_autoptr (Guest) guest = guest_of (2, 1);
  FlowView view = desk_view (SCREEN_CORRECT, large, guest);
  const Delegate delegate = longest ();
  g_autofree char *what = g_strdup_printf ("%s correct", where);

  view.notice = words_pair ("Not saved yet. Touch “Back” again to leave it so.");
  view.notice_tone = TONE_ATTENTION;
  window_show (window, &view);
  window_correct (window, &delegate);
  return faults_now (window, what);
}

static guint walk_ins (Window *window, gboolean large, const char *where,
                       const Programme *programme)
{
  FlowView view = desk_view (SCREEN_WALK_IN, large, NULL);
  g_autofree char *form = g_strdup_printf ("%s walk-in", where),
                  *choice = g_strdup_printf ("%s walk-in, a choice", where);
  guint faults;

  window_show (window, &view);
  window_walk_in (window, programme);
  faults = faults_now (window, form);
  open_choice (window, "form");
  return faults + faults_now (window, choice);
}

static guint rights (Window *window, gboolean large, const char *where, const Programme *programme)
{
  g_autoptr (GPtrArray) places = g_ptr_array_new ();
  DeskPlaces full = { borrow ("A1"), 120, 120 }, free_ = { borrow ("A2"), 1000, 3 };
  guint faults = 0;

  g_ptr_array_add (places, &full);
  g_ptr_array_add (places, &free_);
  for (guint order = 0; order < 2; order++) {
    g_autoptr (Guest) guest = guest_of (2 + order, G_N_ELEMENTS (RIGHTS));
    Delegate delegate = longest ();
    const PersonRecord record = { .guest = guest, .delegate = &delegate, .places = places };
    FlowView view = desk_view (SCREEN_RIGHTS, large, guest);
    g_autofree char *form = g_strdup_printf ("%s rights, person %u", where, 2 + order),
                    *choice = g_strdup_printf ("%s rights, a choice", where);
    window_show (window, &view);
    window_rights (window, &record, programme);
    faults += faults_now (window, form);
    open_choice (window, "rights-form");
    faults += faults_now (window, choice);
  }
  return faults;
}

/* Somebody new, who has a namesake; all rights gained, and all lost. */
static guint drafts (Window *window, gboolean large, const char *where)
{
  enum { WIDTH_PX = 420, HEIGHT_PX = 592 };
  g_autofree guchar *pixels = g_malloc0 (WIDTH_PX * HEIGHT_PX * 4);
  BadgeSheet sheet = { .bytes = g_bytes_new_static (pixels, WIDTH_PX * HEIGHT_PX * 4),
                       .width_px = WIDTH_PX,
                       .height_px = HEIGHT_PX,
                       .stride = WIDTH_PX * 4 };
  guint faults = 0;

  for (guint row = 0; row < 3; row++) {
    guint person = row == 2 ? 3 : 2;
    g_autoptr (Guest) after = guest_of (person, row == 1 ? 0 : G_N_ELEMENTS (RIGHTS)),
                      before = guest_of (person, row == 1 ? G_N_ELEMENTS (RIGHTS) : 0),
                      namesake = guest_of (person, 1);
    DraftRecord record = { .before = row == 0 ? NULL : before,
                           .after = after,
                           .namesake = row == 0 ? namesake : NULL,
                           .sheet = row == 2 ? NULL : &sheet,
                           .reprint = row > 0 };
    FlowView view = desk_view (SCREEN_DRAFT, large, row == 0 ? NULL : after);
    g_autofree char *what = g_strdup_printf ("%s draft %u", where, row);
    window_show (window, &view);
    window_draft (window, &record);
    faults += faults_now (window, what);
  }
  g_bytes_unref (sheet.bytes);
  return faults;
}

static void add_alerts (GPtrArray *alerts, Alert all[ALERT_KIND_COUNT])
{
  for (guint i = 0; i < ALERT_KIND_COUNT; i++) {
    all[i] = (Alert){ .id = borrow (alert_kind_name (i)),
                      .kind = i,
                      .reference = borrow ("FR-0001"),
                      .name = borrow ("Stéphane de LA MOTTE-ROUGE"),
                      .checkpoint_fr = borrow ("Salon de la coopération, hall nord"),
                      .checkpoint_zh = borrow ("合作沙龙北厅"),
                      .station = borrow ("entree-est"),
                      .checkpoint = borrow ("salon"),
                      .other = borrow (""),
                      .issuer = borrow ("entree-est"),
                      .job = borrow ("entree-est-12"),
                      .happened = 3 };
    g_ptr_array_add (alerts, &all[i]);
  }
  static Reception reception;
  reception.known = borrow ("Marie-Thérèse ÉTCHEGARAY-MAËSTRACCI");
  all[ALERT_PROTOCOL].reception = &reception;
}

static guint stations (Window *window, gboolean large, const char *where)
{
  g_autoptr (GPtrArray) alerts = g_ptr_array_new (), printers = g_ptr_array_new (),
                        jobs = g_ptr_array_new (), checkpoints = g_ptr_array_new ();
  Alert all[ALERT_KIND_COUNT];
  PrinterState first = { .queue = borrow ("accueil-badges-hall-nord"),
                         .state = PRINTER_STATE_TROUBLE,
                         .troubles = borrow ("media-empty"),
                         .rests = borrow (""),
                         .heard_ms = 1000000 },
               second = { .queue = borrow ("reserve"),
                          .state = PRINTER_STATE_READY,
                          .troubles = borrow (""),
                          .rests = borrow ("Marie-Thérèse"),
                          .heard_ms = 1000000 };
  DeskBadge unsure = { .reference = borrow ("FR-0001"),
                       .name = borrow ("Marie-Thérèse ÉTCHEGARAY-MAËSTRACCI"),
                       .serial = 12,
                       .job = borrow ("entree-est-12"),
                       .good = TRUE,
                       .reason = borrow ("misspelled"),
                       .void_reason = borrow (""),
                       .print = TRUE,
                       .state = PRINT_STATE_UNSURE,
                       .trouble = borrow (""),
                       .printer = borrow ("reserve") },
            failed = unsure, waiting = unsure;
  Checkpoint place = { .id = borrow ("entree-est"),
                       .fr = borrow ("Salon de la coopération, hall nord"),
                       .zh = borrow ("合作沙龙北厅") };
  g_autoptr (GPtrArray) platforms = g_ptr_array_new ();
  PlatformWatch missed
      = { .session = borrow ("A1"),
          .title = { borrow ("A1 · L’eau et l’assainissement · 14:00 · Salle 1"),
                     borrow ("A1 · 水务与污水处理 · 14:00 · 一号厅") },
          .missed = { borrow ("France : Stéphane de LA MOTTE-ROUGE, Anne Morel · Chine : Li Wei"),
                      borrow ("法国：Stéphane de LA MOTTE-ROUGE、Anne Morel · 中国：李伟") } };
  g_ptr_array_add (platforms, &missed);
  StationRecord record = { .printers = printers,
                           .now_ms = 1000000,
                           .jobs = jobs,
                           .alerts = alerts,
                           .enrolled = TRUE,
                           .contact_ms = 100000,
                           .offset_ms = 90000,
                           .clock_wrong = TRUE,
                           .waiting = 1234,
                           .refusal = CLIENT_REFUSAL_FORK,
                           .checkpoints = checkpoints,
                           .platforms = platforms };
  FlowView view = desk_view (SCREEN_STATION, large, NULL);
  g_autofree char *what = g_strdup_printf ("%s station", where),
                  *choice = g_strdup_printf ("%s station, a choice", where);

  failed.state = PRINT_STATE_FAILED;
  failed.job = borrow ("entree-est-13");
  waiting.state = PRINT_STATE_PRINTING;
  waiting.job = borrow ("entree-est-14");
  add_alerts (alerts, all);
  g_ptr_array_add (printers, &first);
  g_ptr_array_add (printers, &second);
  g_ptr_array_add (jobs, &unsure);
  g_ptr_array_add (jobs, &failed);
  g_ptr_array_add (jobs, &waiting);
  g_ptr_array_add (checkpoints, &place);
  view.held = TRUE;
  view.notice = words_pair ("No printer here takes A4 pages. Print the list at another station.");
  view.notice_tone = TONE_ATTENTION;
  window_show (window, &view);
  window_station (window, &record, NULL, NULL, "entree-est");
  guint faults = faults_now (window, what);
  open_choice (window, "station");
  return faults + faults_now (window, choice);
}

static guint pins (Window *window, gboolean large, const char *where)
{
  static const Touch PURPOSES[] = { TOUCH_LOOK, TOUCH_MODE, TOUCH_OVERRIDE };
  guint faults = 0;

  for (guint i = 0; i < G_N_ELEMENTS (PURPOSES); i++) {
    FlowView view = desk_view (SCREEN_PIN, large, NULL);
    g_autofree char *what = g_strdup_printf ("%s pin %u", where, i);
    view.purpose = PURPOSES[i];
    view.notice = i == 1 ? words_pair (
                      "This number was wrong too often and waits a little. Another one may enter.")
                         : PAIR_EMPTY;
    faults += faults_of (window, &view, what);
  }
  return faults;
}

static guint forms (Window *window, gboolean large, const char *where)
{
  g_autoptr (Programme) programme = read_programme ();

  return corrections (window, large, where) + walk_ins (window, large, where, programme)
         + rights (window, large, where, programme) + drafts (window, large, where)
         + stations (window, large, where) + pins (window, large, where);
}

static void on_touch (Touch touch, const char *text, gpointer data)
{
}

static void test_nothing_is_cut (gconstpointer which)
{
  guint i = GPOINTER_TO_UINT (which), faults = 0;
  GtkApplication *application = gtk_application_new (NULL, G_APPLICATION_NON_UNIQUE);
  Settings *settings = settings_parse ("station.ini", SETTINGS, strlen (SETTINGS), NULL);
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));
  for (guint large = 0; large < 2; large++) {
    /* What is said of the display's own size, which is SIDE_PX on each side. */
    double inches = SIZES[i].px_per_mm > 0 ? SIDE_PX * M_SQRT2 / SIZES[i].px_per_mm / 25.4 : 0;
    WindowSize size = { SIZES[i].width, SIZES[i].height, inches };
    Window *window
        = window_new (application, "assets/kiosk", clock_system (), &size, on_touch, NULL);
    FlowView view = view_of (SCREEN_ATTRACT, large);
    g_autofree char *where
        = g_strdup_printf ("%d × %d%s", SIZES[i].width, SIZES[i].height, large ? " large" : "");
    window_set_up (window, settings);
    window_set_titles (window, &(WindowTitles){ "5es Rencontres franco-chinoises"
                                                " de la coopération décentralisée",
                                                "第五届中法地"
                                                "方政府合作论坛",
                                                "Chengdu, 26–29 octobre 2016",
                                                "成都 2016年"
                                                "10月26–29日",
                                                "Entrée Est", "东入口", "Asia/Shanghai" });
    window_show (window, &view);
    gtk_window_present (GTK_WINDOW (window_widget (window)));
    while (gtk_widget_get_width (window_widget (window)) != SIZES[i].width)
      g_main_context_iteration (NULL, TRUE);
    settle (window, 2);
    faults += welcomes (window, large, where) + gates (window, large, where)
              + asked (window, large, where) + verdicts (window, large, where)
              + others (window, large, where) + start (window, large, where)
              + notices (window, large, where) + desk (window, large, where)
              + forms (window, large, where);
    window_free (window);
  }
  settings_free (settings);
  g_object_unref (application);
  if (faults > 0)
    g_test_fail ();
}

/* Touches that stay ------------------------------------------------------------------ */

typedef struct {
  Touch touched[8];
  guint count;
} Touched;

static void on_counted (Touch touch, const char *text, gpointer data)
{
  Touched *touched = data;

  if (touch != TOUCH_LOOK && touched->count < G_N_ELEMENTS (touched->touched))
    touched->touched[touched->count++] = touch;
}

static GtkWidget *touch_at (Window *window, guint index)
{
  GtkWidget *child = gtk_widget_get_first_child (find_class (window_widget (window), "touches"));

  while (index-- > 0)
    child = gtk_widget_get_next_sibling (child);
  return child;
}

/* Whoever touches “Leave the desk” while an undo comes or goes has touched it: the
 * touches of a page stay where they are. */
static void test_touch_is_not_lost (void)
{
  GtkApplication *application = gtk_application_new (NULL, G_APPLICATION_NON_UNIQUE);
  WindowSize size = { 540, 960, 0 };
  Touched touched = { .count = 0 };
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));
  Window *window
      = window_new (application, "assets/kiosk", clock_system (), &size, on_counted, &touched);
  FlowView view = desk_view (SCREEN_STATION, FALSE, NULL);

  window_show (window, &view);
  gtk_window_present (GTK_WINDOW (window_widget (window)));
  settle (window, 2);
  gtk_widget_activate (touch_at (window, 1)); /* its click comes some frames later */
  view.held = TRUE;
  window_show (window, &view);
  view.held = FALSE;
  window_show (window, &view);
  while (touched.count == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (touched.touched[0], ==, TOUCH_LEAVE);
  window_free (window);
  g_object_unref (application);
}

/* A page that asks for more time does not take “Done” from under the finger, and says so
 * afterwards. */
static void test_more_time_waits (void)
{
  GtkApplication *application = gtk_application_new (NULL, G_APPLICATION_NON_UNIQUE);
  WindowSize size = { 540, 960, 0 };
  Touched touched = { .count = 0 };
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));
  Window *window
      = window_new (application, "assets/kiosk", clock_system (), &size, on_counted, &touched);
  FlowView view = view_of (SCREEN_CALLED, FALSE);

  window_show (window, &view);
  gtk_window_present (GTK_WINDOW (window_widget (window)));
  settle (window, 2);
  gtk_widget_activate (touch_at (window, 0));
  view.ending = TRUE;
  window_show (window, &view);
  while (touched.count == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (touched.touched[0], ==, TOUCH_BACK);
  while (ui_button_touch (touch_at (window, 0)) != TOUCH_MORE)
    g_main_context_iteration (NULL, TRUE);
  window_free (window);
  g_object_unref (application);
}

/* The key of the keyboard on the screen that does @key. */
static GtkWidget *find_key (GtkWidget *widget, const char *key)
{
  if (g_strcmp0 (g_object_get_data (G_OBJECT (widget), "key"), key) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_key (child, key);
    if (found != NULL)
      return found;
  }
  return NULL;
}

typedef struct {
  char typed[64];
  guint times;
} Typed;

static void on_typed (Touch touch, const char *text, gpointer data)
{
  Typed *typed = data;

  if (touch != TOUCH_TYPED)
    return;
  g_strlcpy (typed->typed, text, sizeof typed->typed);
  typed->times++;
}

/* A touch is a click a quarter of a second later, and of two fingers the second may be
 * down before the first is up: whatever the first has changed, the second is not lost. */
static void test_key_is_not_lost (void)
{
  static const struct {
    const char *first, *second, *typed; /* keys, and what stands in the field then */
  } ROWS[] = { { "shift", "b", "aB" },
               { "shift", "erase", "a" },
               { "C", "space", "aC " },
               { "figures", "erase", "aC" },
               { "figures", "space", "aC " } };
  GtkApplication *application = gtk_application_new (NULL, G_APPLICATION_NON_UNIQUE);
  WindowSize size = { 540, 960, 0 };
  Typed typed = { .times = 0 };
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));
  Window *window
      = window_new (application, "assets/kiosk", clock_system (), &size, on_typed, &typed);
  GtkWidget *widget = window_widget (window);
  FlowView view = desk_view (SCREEN_SEARCH, FALSE, NULL);

  view.typed = "";
  window_show (window, &view);
  gtk_window_present (GTK_WINDOW (widget));
  settle (window, 2);
  gtk_widget_activate (find_key (widget, "a"));
  while (strcmp (typed.typed, "a") != 0)
    g_main_context_iteration (NULL, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    GtkWidget *first = find_key (widget, ROWS[i].first),
              *second = find_key (widget, ROWS[i].second);
    gtk_widget_activate (first);
    gtk_widget_activate (second);
    while (strcmp (typed.typed, ROWS[i].typed) != 0)
      g_main_context_iteration (NULL, TRUE);
    while (gtk_widget_has_css_class (first, "keyboard-activating")
           || gtk_widget_has_css_class (second, "keyboard-activating"))
      g_main_context_iteration (NULL, TRUE);
  }
  g_assert_nonnull (find_key (widget, "erase"));
  window_free (window);
  g_object_unref (application);
}

/* A quiet guest ---------------------------------------------------------------------- */

/* A guest marked for protocol, all of whose texts hold what no other text does: "qx" or
 * “翀”. */
static Guest *quiet_guest (void)
{
  static const GuestRight RIGHT = { (char *) (guintptr) "meal", (char *) (guintptr) "Repas qx",
                                    (char *) (guintptr) "翀用餐" };
  Guest *guest = guest_of (0, 0);
  char **const texts[] = { &guest->given,         &guest->family,          &guest->function_fr,
                           &guest->delegation_fr, &guest->organisation_fr, &guest->category_fr },
               **const others[] = { &guest->name_zh, &guest->organisation_zh, &guest->function_zh,
                                    &guest->delegation_zh, &guest->category_zh };
  guest->protocol = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_free (*texts[i]);
    *texts[i] = g_strdup_printf ("Ligueqx%u", i);
  }
  for (guint i = 0; i < G_N_ELEMENTS (others); i++) {
    g_free (*others[i]);
    *others[i] = g_strdup ("訚翀璟");
  }
  g_ptr_array_add (guest->rights, (gpointer) (guintptr) &RIGHT);
  guest_remind_lines (guest, (Pair){ "15:30 · Table qx", "15:30 · 翀桌" });
  ask (guest, 2);
  return guest;
}

/* The text of a widget, shown or not, that tells of her; NULL for none. */
static const char *tells_of_her (GtkWidget *widget)
{
  const char *text = GTK_IS_LABEL (widget)      ? gtk_label_get_text (GTK_LABEL (widget))
                     : GTK_IS_EDITABLE (widget) ? gtk_editable_get_text (GTK_EDITABLE (widget))
                                                : "";
  g_autofree char *small = g_utf8_strdown (text, -1);
  if (strstr (small, "qx") != NULL || strstr (text, "翀") != NULL)
    return text;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    const char *told = tells_of_her (child);
    if (told != NULL)
      return told;
  }
  return NULL;
}

/* What stands on a public screen, and in any page behind it, tells nothing of her. */
static void assert_quiet (Window *window, const Flow *flow, const char *when, guint *looks)
{
  const FlowView *view = flow_view (flow);
  window_show (window, view);
  const char *told = tells_of_her (window_widget (window));
  if (told != NULL)
    g_error ("mode %d, screen %d, %s: “%s” tells of a guest of protocol", view->mode, view->screen,
             when, told);
  (*looks)++;
}

/* Everything that can be touched, or happen, after she was scanned. */
static void go_on_from (Window *window, Flow *flow, const FlowScan *scan, guint *looks)
{
  static const Touch TOUCHES[]
      = { TOUCH_LOOK,   TOUCH_CONTRAST, TOUCH_LISTEN, TOUCH_MORE, TOUCH_NO_CODE, TOUCH_YOUR_DATA,
          TOUCH_PERSON, TOUCH_ANSWER,   TOUCH_LATER,  TOUCH_CALL, TOUCH_BACK,    TOUCH_DESK };
  guint serial = scan->awaited > 0 ? scan->awaited : scan->badge_serial;
  for (PrintStage stage = PRINT_WAITING; stage <= PRINT_ASK; stage++) {
    flow_print (flow, scan->guest->reference, serial, stage, "media-empty", 1000);
    assert_quiet (window, flow, "as her badge is printed", looks);
  }
  for (guint i = 0; i < G_N_ELEMENTS (TOUCHES); i++) {
    g_autofree char *when = g_strdup_printf ("after touch %d", TOUCHES[i]);
    flow_scan (flow, scan, 2000);
    flow_touch (flow, TOUCHES[i], scan->guest->reference, 2000);
    assert_quiet (window, flow, when, looks);
  }
  flow_touch (flow, TOUCH_BACK, "", 3000);
}

/* Whatever a station does, whatever comes of her code. */
static void scan_quietly (Window *window, guint *looks)
{
  for (FlowMode mode = 0; mode < FLOW_MODE_COUNT; mode++)
    for (Verdict verdict = 0; verdict < VERDICT_COUNT; verdict++)
      for (guint kind = 0; kind < 6; kind++) {
        g_autoptr (Flow) flow = flow_new (mode, FALSE, 0);
        g_autoptr (Guest) guest = quiet_guest (), next = guest_of (1, 3);
        const FlowScan scan = { .verdict = verdict,
                                .detail = "",
                                .guest = guest,
                                .badge_serial = kind == 1,
                                .awaited = kind == 2,
                                .box = kind == 3 ? 7 : 0,
                                .keeps = kind == 4,
                                .awaits = kind == 5 ? AWAITS_HEADSET : AWAITS_NOTHING,
                                .channel = "2",
                                .opened = mode == FLOW_DESK },
                       after = { .verdict = VERDICT_ADMITTED, .detail = "", .guest = next };
        flow_scan (flow, &scan, 0);
        assert_quiet (window, flow, "as she is scanned", looks);
        go_on_from (window, flow, &scan, looks);
        flow_scan (flow, &after, 4000);
        assert_quiet (window, flow, "as the next one is scanned", looks);
      }
}

/* At the desk she has a name; nothing of it stays for whoever stands there next. */
static void leave_the_desk (Window *window, guint *looks)
{
  g_autoptr (Flow) flow = flow_new (FLOW_SELF_SERVICE, FALSE, 0);
  g_autoptr (Guest) guest = quiet_guest ();
  g_autoptr (GPtrArray) badges = g_ptr_array_new (), passages = g_ptr_array_new ();
  Delegate delegate = { .delegation = borrow ("qx") };
  PersonRecord record;
  const FlowScan scan = { .verdict = VERDICT_ADMITTED, .detail = "", .guest = guest };
  fill_record (&record, guest, &delegate, badges, passages, TRUE);
  flow_touch (flow, TOUCH_DESK, "", 0);
  flow_entered (flow, "Li Na", 0, 0, 0);
  flow_scan (flow, &scan, 0);
  flow_done (flow, COMMAND_PERSON, TRUE, PAIR_EMPTY, guest, 0);
  window_show (window, flow_view (flow));
  window_person (window, &record, "");
  g_assert_nonnull (tells_of_her (window_widget (window)));
  flow_touch (flow, TOUCH_LEAVE, "", 0);
  assert_quiet (window, flow, "after the desk was left", looks);
}

static void test_quiet_guest (void)
{
  GtkApplication *application = gtk_application_new (NULL, G_APPLICATION_NON_UNIQUE);
  WindowSize size = { 540, 960, 0 };
  guint looks = 0;
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));
  Window *window = window_new (application, "assets/kiosk", clock_system (), &size, on_touch, NULL);
  scan_quietly (window, &looks);
  leave_the_desk (window, &looks);
  g_test_message ("%u looks", looks);
  window_free (window);
  g_object_unref (application);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_setenv ("GDK_BACKEND", "x11", TRUE);
  g_setenv ("GSK_RENDERER", "cairo", TRUE);
  g_setenv ("GTK_A11Y", "none", TRUE);
  g_setenv ("GSETTINGS_BACKEND", "memory", TRUE);
  words_here ();
  g_assert_true (badge_fonts_start ("fonts/fonts.conf", NULL));
  g_autoptr (GSubprocess) server = start_display ();
  gtk_disable_setlocale ();
  g_assert_true (gtk_init_check ());
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (SIZES); i++) {
    g_autofree char *name
        = g_strdup_printf ("/window/whole/%dx%d", SIZES[i].width, SIZES[i].height);
    g_test_add_data_func (name, GUINT_TO_POINTER (i), test_nothing_is_cut);
  }
  g_test_add_func ("/window/touch/not-lost", test_touch_is_not_lost);
  g_test_add_func ("/window/touch/more-time", test_more_time_waits);
  g_test_add_func ("/window/touch/key-not-lost", test_key_is_not_lost);
  g_test_add_func ("/window/quiet-guest", test_quiet_guest);
  int status = g_test_run ();
  g_subprocess_send_signal (server, SIGTERM);
  g_subprocess_wait (server, NULL, NULL);
  return status;
}
