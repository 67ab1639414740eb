/* Nothing is ever cut off: every page that a delegate sees, laid out by the real window
 * on seven screens, in usual and in large type, with one to seven rights, both scripts
 * first and the longest names: each text stands whole in the window, above the touches
 * and over no other.
 *
 * One program for all of it, on a display of its own: some hundred pages in some
 * seconds. */
#include "kiosk/window.h"
#include "badge/badge.h"
#include "core/text.h"
#include "words_here.h"

#include <gtk/gtk.h>
#include <string.h>

#define SIDE_PX 3840
#define SLACK_PX 1.0
#define SMALLEST_PX 6.5 /* of a line of text, from its ascenders to its descenders */

static const struct {
  int width, height;
} SIZES[] = { { 800, 480 },   { 540, 960 },   { 1024, 600 }, { 1280, 800 },
              { 1080, 1920 }, { 1920, 1080 }, { 2160, 3840 } };

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

/* The display ------------------------------------------------------------------------ */

/* A display of its own; NULL with a reason where there is no Xvfb. */
static GSubprocess *start_display (void)
{
  char side[32];
  GError *error = NULL;
  g_snprintf (side, sizeof side, "%dx%dx24", SIDE_PX, SIDE_PX);
  GSubprocess *server = g_subprocess_new (
      G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error, "Xvfb",
      "-displayfd", "1", "-screen", "0", side, "-nolisten", "tcp", "-noreset", NULL);
  g_assert_no_error (error);
  g_autoptr (GDataInputStream) lines
      = g_data_input_stream_new (g_subprocess_get_stdout_pipe (server));
  g_autofree char *number = g_data_input_stream_read_line (lines, NULL, NULL, NULL),
                  *name = g_strconcat (":", number, NULL);
  g_assert_nonnull (number);
  g_setenv ("DISPLAY", name, TRUE);
  return server;
}

static void on_painted (GdkFrameClock *clock, gpointer painted)
{
  *(gboolean *) painted = TRUE;
}

/* Waits until what was changed is laid out. */
static void settle (Window *window, guint times)
{
  for (guint i = 0; i < times; i++) {
    gboolean painted = FALSE;
    GdkFrameClock *clock = gtk_widget_get_frame_clock (window_widget (window));
    gulong handler = g_signal_connect (clock, "after-paint", G_CALLBACK (on_painted), &painted);
    gtk_widget_queue_resize (window_widget (window));
    while (!painted)
      g_main_context_iteration (NULL, TRUE);
    g_signal_handler_disconnect (clock, handler);
    while (g_main_context_pending (NULL))
      g_main_context_iteration (NULL, FALSE);
  }
}

/* Looking ---------------------------------------------------------------------------- */

typedef struct {
  GtkWidget *window;
  double width, height, touches; /* touches: where they begin */
  const char *what;
  GArray *boxes; /* graphene_rect_t: of the texts so far */
  guint texts, faults;
} Look;

static GtkWidget *find_class (GtkWidget *widget, const char *css)
{
  if (gtk_widget_has_css_class (widget, css))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_class (child, css);
    if (found != NULL)
      return found;
  }
  return NULL;
}

static void fault (Look *look, const char *text, const char *why)
{
  look->faults++;
  g_printerr ("# %s: “%s” %s\n", look->what, text, why);
}

static void look_at_label (Look *look, GtkWidget *label, gboolean at_bottom)
{
  const char *text = gtk_label_get_text (GTK_LABEL (label));
  PangoLayout *layout = gtk_label_get_layout (GTK_LABEL (label));
  int needed_width = 0, needed_height = 0, width = gtk_widget_get_width (label),
      height = gtk_widget_get_height (label);
  double bottom = at_bottom ? look->height : look->touches;
  graphene_rect_t box;

  if (text[0] == '\0' || !gtk_widget_get_mapped (label))
    return;
  g_assert_true (gtk_widget_compute_bounds (label, look->window, &box));
  look->texts++;
  if ((double) box.origin.x < -SLACK_PX || (double) box.origin.y < -SLACK_PX
      || (double) (box.origin.x + box.size.width) > look->width + SLACK_PX
      || (double) (box.origin.y + box.size.height) > bottom + SLACK_PX)
    fault (look, text, at_bottom ? "leaves the window" : "leaves its part of the window");
  pango_layout_get_pixel_size (layout, &needed_width, &needed_height);
  if (needed_width > width + 1 || needed_height > height + 1)
    fault (look, text, "has less room than it needs");
  if (pango_layout_is_ellipsized (layout))
    fault (look, text, "is cut off");
  int lines = pango_layout_get_line_count (layout);
  if ((double) box.size.height / MAX (lines, 1) < SMALLEST_PX)
    fault (look, text, "is too small to be read");
  for (guint i = 0; i < look->boxes->len; i++) {
    graphene_rect_t shared;
    if (graphene_rect_intersection (&box, &g_array_index (look->boxes, graphene_rect_t, i), &shared)
        && (double) shared.size.width > SLACK_PX && (double) shared.size.height > SLACK_PX)
      fault (look, text, "stands over another");
  }
  g_array_append_val (look->boxes, box);
}

static void look_at (Look *look, GtkWidget *widget, gboolean at_bottom)
{
  at_bottom = at_bottom || gtk_widget_has_css_class (widget, "touches");
  if (GTK_IS_LABEL (widget))
    look_at_label (look, widget, at_bottom);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    look_at (look, child, at_bottom);
}

/* The faults of @view. */
static guint faults_of (Window *window, const FlowView *view, const char *what)
{
  GtkWidget *widget = window_widget (window);
  graphene_rect_t touches;
  g_autoptr (GArray) boxes = g_array_new (FALSE, FALSE, sizeof (graphene_rect_t));

  window_show (window, view);
  settle (window, 1);
  Look look
      = { widget, gtk_widget_get_width (widget), gtk_widget_get_height (widget), 0, what, boxes, 0,
          0 };
  g_assert_true (gtk_widget_compute_bounds (find_class (widget, "touches"), widget, &touches));
  look.touches = (double) touches.origin.y;
  look_at (&look, widget, FALSE);
  g_assert_cmpuint (look.texts, >, 4);
  return look.faults;
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
    WindowSize size = { SIZES[i].width, SIZES[i].height, 0 };
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
              + verdicts (window, large, where) + others (window, large, where);
    window_free (window);
  }
  settings_free (settings);
  g_object_unref (application);
  if (faults > 0)
    g_test_fail ();
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
  int status = g_test_run ();
  g_subprocess_send_signal (server, SIGTERM);
  g_subprocess_wait (server, NULL, NULL);
  return status;
}
