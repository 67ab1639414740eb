#include "kiosk/page_person.h"

#include "desk/desk.h"
#include "kiosk/person.h"
#include "kiosk/ui_fit.h"

#include <string.h>

#define WHO_LEAST 0.42 /* of its size, where a small screen has much to tell of her */
#define COLUMNS 12     /* of the grid of touches, so that two, three or four share a row */

/* Beside each other, or one above the other: who she is, how she stands, what she may use
 * and what happened last; what is done for her. All of it is seen at once; only the lists
 * of all her badges and passages are a page of their own, a touch away. */
typedef struct {
  Ui *ui;
  GtkWidget *stack, *page, *notice, *person, *standing, *note, *rights, *revoked;
  GtkWidget *last_badge, *last_passage, *badges, *passages;
  GtkWidget *actions, *admit, *reprint, *override, *withdraw, *correct, *entitle, *group, *headset,
      *remark, *taken, *history, *take_back, *asks;
  gboolean large;  /* large type */
  Touch primary;   /* of her state: TOUCH_ADMIT, TOUCH_REPRINT, TOUCH_LOOK for nothing */
  char *reference; /* of whom the lists tell */
} Parts;

static void parts_free (gpointer data)
{
  Parts *parts = data;

  g_free (parts->reference);
  g_free (parts);
}

static GtkWidget *section (Ui *ui, const char *title)
{
  GtkWidget *pair = ui_pair (ui, "section");

  ui_pair_say (pair, words_pair (title));
  return pair;
}

/* What happened before --------------------------------------------------------------- */

/* Hidden, not only covered, as the window's pages are. */
static void turn_page (Parts *parts, const char *name)
{
  for (GtkWidget *child = gtk_widget_get_first_child (parts->stack); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    gtk_widget_set_visible (child,
                            child == gtk_stack_get_child_by_name (GTK_STACK (parts->stack), name));
  gtk_stack_set_visible_child_name (GTK_STACK (parts->stack), name);
}

static void on_history (GtkButton *button, gpointer data)
{
  turn_page (data, "history");
}

static void on_back (GtkButton *button, gpointer data)
{
  turn_page (data, "person");
}

static GtkWidget *build_history (Ui *ui, Parts *parts)
{
  GtkWidget *page = ui_box (GTK_ORIENTATION_VERTICAL, "history"),
            *lists = ui_box (GTK_ORIENTATION_VERTICAL, "column"), *scroll = ui_scroll (lists),
            *back = ui_button (ui, "avatar-default-symbolic", N_ ("Back to the person"), TOUCH_LOOK,
                               "", "");

  parts->badges = ui_box (GTK_ORIENTATION_VERTICAL, "lines");
  parts->passages = ui_box (GTK_ORIENTATION_VERTICAL, "lines");
  parts->take_back = ui_button (ui, "edit-undo-symbolic", N_ ("Take the last passage back"),
                                TOUCH_TAKE_BACK, "", "");
  gtk_box_append (GTK_BOX (lists), section (ui, N_ ("Badges")));
  gtk_box_append (GTK_BOX (lists), parts->badges);
  gtk_box_append (GTK_BOX (lists), section (ui, N_ ("Passages")));
  gtk_box_append (GTK_BOX (lists), parts->passages);
  gtk_widget_set_vexpand (scroll, TRUE);
  gtk_box_append (GTK_BOX (page), back);
  gtk_box_append (GTK_BOX (page), scroll);
  parts->asks = ui_button (ui, "dialog-question-symbolic", N_ ("Ask what is still open"), TOUCH_ASK,
                           "", "");
  gtk_box_append (GTK_BOX (page), parts->asks);
  gtk_box_append (GTK_BOX (page), parts->take_back);
  g_signal_connect (back, "clicked", G_CALLBACK (on_back), parts);
  return page;
}

/* Touches ---------------------------------------------------------------------------- */

/* What it leads to, for who cannot see it. */
static void name_history (GtkWidget *button)
{
  Pair history = words_pair (N_ ("History")), badges = words_pair (N_ ("Badges")),
       passages = words_pair (N_ ("Passages"));
  g_autofree char *label
      = g_strdup_printf ("%s, %s, %s · %s, %s, %s", history.first, badges.first, passages.first,
                         history.second, badges.second, passages.second);

  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
}

static void build_actions (Ui *ui, Parts *parts)
{
  const struct {
    GtkWidget **place;
    const char *icon, *text;
    Touch touch;
  } ACTIONS[] = {
    { &parts->admit, "object-select-symbolic", N_ ("Let in"), TOUCH_ADMIT },
    { &parts->override, "accueil-attention-symbolic", N_ ("Let in all the same"), TOUCH_OVERRIDE },
    { &parts->reprint, "printer-symbolic", N_ ("Print the badge again"), TOUCH_REPRINT },
    { &parts->withdraw, "action-unavailable-symbolic", N_ ("Make the badge void"), TOUCH_VOID },
    { &parts->correct, "document-edit-symbolic", N_ ("Correct"), TOUCH_CORRECT },
    { &parts->entitle, "x-office-calendar-symbolic", N_ ("Rights"), TOUCH_RIGHTS },
    { &parts->group, "system-users-symbolic", N_ ("Delegation"), TOUCH_GROUP },
    { &parts->headset, "audio-headphones-symbolic", N_ ("Headset"), TOUCH_LOAN },
    { &parts->remark, "accueil-attention-symbolic", N_ ("Note"), TOUCH_NOTE },
    { &parts->taken, "avatar-default-symbolic", N_ ("Taken by another"), TOUCH_TAKEN },
    { &parts->history, "document-open-recent-symbolic", N_ ("History"), TOUCH_LOOK },
  };

  parts->actions = gtk_grid_new ();
  gtk_widget_add_css_class (parts->actions, "actions");
  gtk_grid_set_column_homogeneous (GTK_GRID (parts->actions), TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (ACTIONS); i++) {
    *ACTIONS[i].place = ui_button (ui, ACTIONS[i].icon, ACTIONS[i].text, ACTIONS[i].touch, "", "");
    gtk_grid_attach (GTK_GRID (parts->actions), *ACTIONS[i].place, 0, (int) i, COLUMNS, 1);
  }
  gtk_widget_add_css_class (parts->admit, "primary");
  g_signal_connect (parts->history, "clicked", G_CALLBACK (on_history), parts);
  name_history (parts->history);
}

static void place (Parts *parts, GtkWidget *touch, int column, int row, int width)
{
  GtkGridLayoutChild *child = GTK_GRID_LAYOUT_CHILD (
      gtk_layout_manager_get_layout_child (gtk_widget_get_layout_manager (parts->actions), touch));

  gtk_grid_layout_child_set_column (child, column);
  gtk_grid_layout_child_set_row (child, row);
  gtk_grid_layout_child_set_column_span (child, width);
}

/* Where four share a row of a small screen, words come before pictures. */
static void show_pictures (Parts *parts, gboolean shown)
{
  for (GtkWidget *touch = gtk_widget_get_first_child (parts->actions); touch != NULL;
       touch = gtk_widget_get_next_sibling (touch))
    gtk_widget_set_visible (gtk_widget_get_first_child (gtk_button_get_child (GTK_BUTTON (touch))),
                            shown);
}

/* The touch that her state asks for leads, across all columns; the others stand beneath
 * in threes. On a low screen it shares its row, and the others stand in fours. */
static void place_actions (Ui *ui, Parts *parts)
{
  gboolean low = ui_is_landscape (ui) && (ui_is_tight (ui) || parts->large),
           leads
           = gtk_widget_get_visible (parts->admit) || gtk_widget_get_visible (parts->override);
  GtkWidget *const leading[] = { parts->admit, parts->override };
  GtkWidget *const others[] = { parts->correct, parts->entitle, parts->group,    parts->headset,
                                parts->remark,  parts->taken,   parts->withdraw, parts->history };
  int across = low ? 4 : 3, width = COLUMNS / across;

  show_pictures (parts, !low);
  for (guint i = 0; i < G_N_ELEMENTS (leading); i++)
    place (parts, leading[i], 0, 0, low ? COLUMNS / 2 : COLUMNS);
  for (guint i = 0; i < (low ? 8u : 6u); i++)
    place (parts, others[i], (int) i % across * width, (low ? 1 : 2) + (int) i / across, width);
  if (low) {
    place (parts, parts->reprint, leads ? COLUMNS / 2 : 0, 0, leads ? COLUMNS / 2 : COLUMNS);
    return;
  }
  place (parts, parts->reprint, 0, 1, width);
  place (parts, parts->withdraw, width, 1, width);
  place (parts, parts->history, 2 * width, 1, width);
}

/* Building --------------------------------------------------------------------------- */

static GtkWidget *build_who (Ui *ui, Parts *parts)
{
  GtkWidget *column = ui_box (GTK_ORIENTATION_VERTICAL, "column"), *lines, *who;

  parts->person = person_new (ui);
  parts->revoked = ui_pair (ui, "notice attention");
  parts->standing = ui_pair (ui, "standing");
  parts->note = ui_text ("note");
  parts->rights = gtk_flow_box_new ();
  gtk_widget_add_css_class (parts->rights, "rights");
  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (parts->rights), GTK_SELECTION_NONE);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (parts->rights), 4);
  gtk_widget_set_can_focus (parts->rights, FALSE); /* nothing there is touched */
  gtk_box_append (GTK_BOX (column), parts->person);
  gtk_box_append (GTK_BOX (column), parts->standing);
  gtk_box_append (GTK_BOX (column), parts->note);
  gtk_box_append (GTK_BOX (column), parts->revoked);
  gtk_box_append (GTK_BOX (column), parts->rights);
  parts->last_badge = ui_box (GTK_ORIENTATION_HORIZONTAL, "record");
  parts->last_passage = ui_box (GTK_ORIENTATION_HORIZONTAL, "record");
  lines = ui_box (GTK_ORIENTATION_VERTICAL, "lines last");
  gtk_box_append (GTK_BOX (lines), parts->last_badge);
  gtk_box_append (GTK_BOX (lines), parts->last_passage);
  gtk_box_append (GTK_BOX (column), lines);
  who = ui_fit_new (column, WHO_LEAST);
  gtk_widget_set_vexpand (who, TRUE);
  return who;
}

static GtkWidget *build (Ui *ui)
{
  GtkWidget *main_part, *side, *page = ui_halves ("person-page", &main_part, &side);
  Parts *parts = g_new0 (Parts, 1);

  parts->ui = ui;
  parts->page = page;
  parts->stack = gtk_stack_new ();
  parts->notice = ui_pair (ui, "notice");
  gtk_stack_set_hhomogeneous (GTK_STACK (parts->stack), FALSE);
  gtk_stack_set_vhomogeneous (GTK_STACK (parts->stack), FALSE);
  g_object_set_data_full (G_OBJECT (parts->stack), "parts", parts, parts_free);
  gtk_box_append (GTK_BOX (main_part), parts->notice);
  gtk_box_append (GTK_BOX (main_part), build_who (ui, parts));
  build_actions (ui, parts);
  gtk_box_append (GTK_BOX (side), parts->actions);
  gtk_stack_add_named (GTK_STACK (parts->stack), page, "person");
  gtk_stack_add_named (GTK_STACK (parts->stack), build_history (ui, parts), "history");
  turn_page (parts, "person");
  return parts->stack;
}

/* Nothing of another person stands beside the name that was scanned now. */
static void clear_lists (Parts *parts, const char *reference)
{
  if (g_strcmp0 (reference, parts->reference) == 0)
    return;
  g_free (parts->reference);
  parts->reference = g_strdup (reference);
  ui_empty (parts->rights);
  ui_empty (parts->badges);
  ui_empty (parts->passages);
  ui_empty (parts->last_badge);
  ui_empty (parts->last_passage);
  turn_page (parts, "person");
  ui_pair_set (parts->revoked, "", "");
  ui_pair_set (parts->standing, "", "");
  gtk_label_set_text (GTK_LABEL (parts->note), "");
  gtk_widget_set_visible (parts->note, FALSE);
  gtk_widget_set_visible (parts->asks, FALSE);
  parts->primary = TOUCH_LOOK;
}

/* What her state asks for leads; the other stands beneath, but for what would be untrue
 * of somebody who never came. */
static void show_primary (Parts *parts, const FlowView *view)
{
  gboolean overrides = view->refused && (view->rights & FLOW_OVERRIDE) != 0;

  ui_mark (parts->reprint, "primary", parts->primary == TOUCH_REPRINT && !overrides);
  ui_mark (parts->override, "primary", overrides);
  gtk_widget_set_visible (parts->admit, parts->primary == TOUCH_ADMIT && !overrides);
  gtk_widget_set_visible (parts->override, overrides);
  place_actions (parts->ui, parts);
}

static void update (Ui *ui, GtkWidget *page, const FlowView *view)
{
  Parts *parts = PAGE_PARTS (Parts, page);

  ui_turn (ui, parts->page);
  parts->large = view->contrast;
  page_notice (parts->notice, view);
  if (view->guest != NULL)
    clear_lists (parts, view->guest->reference);
  person_set (ui, parts->person, view->guest, PERSON_SMALL_EM, ui_is_landscape (ui) ? 28 : 29);
  gtk_widget_set_sensitive (parts->actions, !view->busy);
  show_primary (parts, view);
}

/* Lines ------------------------------------------------------------------------------ */

static void fill_line (GtkWidget *box, const char *first, const char *second)
{
  GtkWidget *left = ui_text ("what"), *right = ui_text ("state");

  ui_empty (box);
  gtk_label_set_text (GTK_LABEL (left), first);
  gtk_label_set_text (GTK_LABEL (right), second);
  gtk_label_set_wrap (GTK_LABEL (left), FALSE);
  gtk_widget_set_valign (left, GTK_ALIGN_START);
  gtk_widget_set_valign (right, GTK_ALIGN_START);
  gtk_widget_set_hexpand (right, TRUE);
  gtk_box_append (GTK_BOX (box), left);
  gtk_box_append (GTK_BOX (box), right);
}

static void add_line (GtkWidget *lines, const char *first, const char *second, const char *css)
{
  GtkWidget *box = ui_box (GTK_ORIENTATION_HORIZONTAL, css);

  fill_line (box, first, second);
  gtk_box_append (GTK_BOX (lines), box);
}

/* Where there is nothing to list. */
static void say_none (GtkWidget *lines, GtkWidget *last, const char *text)
{
  g_autofree char *said = words_line (words_pair (text));

  add_line (lines, "—", said, "record");
  fill_line (last, "—", said);
}

/* Why it was printed, of a good one: “lost” was the badge before it. */
static char *why_of (const DeskBadge *badge)
{
  Pair reason = desk_verdict_reason_wording (badge->good ? badge->reason : badge->void_reason);
  gboolean again = badge->good && strcmp (badge->reason, "first") != 0;
  g_auto (OwnedPair) said = { 0 };

  if (!again)
    return words_line (reason);
  said = (OwnedPair){
    g_strdup_printf (words_for (WORDS_FIRST, N_ ("printed again: %s")), reason.first),
    g_strdup_printf (words_for (WORDS_SECOND, N_ ("printed again: %s")), reason.second)
  };
  return words_line (words_of_owned (&said));
}

static void show_badges (Parts *parts, const PersonRecord *record)
{
  ui_empty (parts->badges);
  for (guint i = 0; i < record->badges->len; i++) {
    const DeskBadge *badge = g_ptr_array_index (record->badges, i);
    Pair state = badge->good ? desk_state_wording (badge) : words_pair (N_ ("Void"));
    g_autofree char *first = g_strdup_printf ("N° %u", badge->serial), *why = why_of (badge),
                    *short_ = words_line (state),
                    *second = g_strdup_printf ("%s — %s", short_, why);
    add_line (parts->badges, first, second, badge->good ? "record" : "record void");
    if (i == 0)
      fill_line (parts->last_badge, first, badge->good ? short_ : second);
  }
  if (record->badges->len == 0)
    say_none (parts->badges, parts->last_badge, N_ ("No badge yet"));
}

static void show_passages (Parts *parts, const PersonRecord *record)
{
  ui_empty (parts->passages);
  for (guint i = 0; i < record->passages->len; i++) {
    const PersonRecordPassage *passage = g_ptr_array_index (record->passages, i);
    gboolean admitted = passage->verdict == VERDICT_ADMITTED;
    g_autofree char *short_
        = g_strdup_printf ("%s · %s — %s · %s", passage->place_fr, passage->place_zh,
                           passage->said.first, passage->said.second),
        *second = g_strdup_printf ("%s%s%s", short_, passage->volunteer[0] != '\0' ? " — " : "",
                                   passage->volunteer);
    add_line (parts->passages, passage->when, second, admitted ? "record" : "record refused");
    if (i == 0) {
      fill_line (parts->last_passage, passage->when, short_);
      ui_mark (parts->last_passage, "refused", !admitted);
    }
  }
  if (record->passages->len == 0)
    say_none (parts->passages, parts->last_passage, N_ ("No passage yet"));
}

/* The last of her passages that can be: which the volunteer has seen. */
static void show_take_back (Parts *parts, const PersonRecord *record)
{
  const DeskPassage *last = record->admissions->len > 0 ? record->admissions->pdata[0] : NULL;

  gtk_widget_set_visible (parts->take_back, last != NULL);
  if (last != NULL)
    ui_button_argue (parts->take_back, last->id);
}

/* Both lines, of parts that become theirs. */
typedef struct {
  GString *first, *second;
} Lines;

static void add_said (Lines *lines, OwnedPair said)
{
  const char *between = lines->first->len > 0 ? " · " : "";

  g_string_append_printf (lines->first, "%s%s", between, said.first);
  g_string_append_printf (lines->second, "%s%s", between, said.second);
  words_owned_clear (&said);
}

/* When she came, where her badge lies, who took it. */
static void show_standing (Parts *parts, const PersonRecord *record)
{
  g_autoptr (GString) first = g_string_new (NULL), second = g_string_new (NULL);
  g_autofree char *box = g_strdup_printf ("%u", record->standing.box);
  guint open = guest_question_count (record->guest);
  Lines lines = { first, second };

  if (record->arrived[0] != '\0')
    add_said (&lines, words_filled ("Arrived at %s", record->arrived));
  else {
    Pair away = words_pair (N_ ("Not here yet"));
    g_string_append (first, away.first);
    g_string_append (second, away.second);
  }
  if (record->standing.box > 0)
    add_said (&lines, words_filled ("Badge in box %s", box));
  if (record->taker[0] != '\0')
    add_said (&lines, words_filled ("Badge taken by %s", record->taker));
  if (open > 0)
    add_said (&lines, words_counted ("%u question open", "%u questions open", open));
  ui_pair_set (parts->standing, first->str, second->str);
}

/* Let in; print again; or nothing while the badge is on its way. */
static void choose_primary (Parts *parts, const PersonRecord *record)
{
  const DeskStanding *standing = &record->standing;

  parts->primary = record->guest->revoked || standing->printing ? TOUCH_LOOK
                   : !standing->inside                          ? TOUCH_ADMIT
                                                                : TOUCH_REPRINT;
  ui_button_say (parts->admit,
                 words_pair (standing->serial > 0 ? N_ ("Let in") : N_ ("Let in and print")));
  ui_button_say (parts->reprint, words_pair (record->badges->len > 0 ? N_ ("Print the badge again")
                                                                     : N_ ("Print the badge")));
  /* Nobody's lost badge is printed who never had one. */
  gtk_widget_set_sensitive (parts->reprint, !record->guest->revoked
                                                && (record->badges->len > 0 || standing->inside));
}

static void show_headset (Parts *parts, const PersonRecord *record, const char *headset_desk)
{
  g_autofree char *asked
      = g_strdup_printf ("%s %s", record->has_headset ? "in" : "out", headset_desk);

  ui_button_say (parts->headset, words_pair (record->has_headset ? N_ ("Take the headset back")
                                                                 : N_ ("Hand out a headset")));
  ui_button_argue (parts->headset, asked);
  gtk_widget_set_sensitive (parts->headset, headset_desk[0] != '\0');
}

void page_person_show (Ui *ui, GtkWidget *page, const PersonRecord *record,
                       const char *headset_desk, const FlowView *view)
{
  Parts *parts = PAGE_PARTS (Parts, page);
  const Guest *guest = record->guest;

  clear_lists (parts, guest->reference);
  ui_empty (parts->rights);
  for (guint i = 0; i < guest->rights->len; i++)
    gtk_flow_box_insert (
        GTK_FLOW_BOX (parts->rights),
        person_right (ui, g_ptr_array_index (guest->rights, i), guest->second_leads, "frame"), -1);
  for (guint i = 0; i < guest->reminders->len; i++)
    gtk_flow_box_insert (
        GTK_FLOW_BOX (parts->rights),
        person_right (ui, g_ptr_array_index (guest->reminders, i), guest->second_leads, "reminder"),
        -1);
  ui_pair_say (parts->revoked,
               guest->revoked ? words_pair (N_ ("This registration was withdrawn.")) : PAIR_EMPTY);
  gtk_label_set_text (GTK_LABEL (parts->note), record->note);
  gtk_widget_set_visible (parts->note, record->note[0] != '\0');
  show_standing (parts, record);
  show_badges (parts, record);
  show_passages (parts, record);
  show_take_back (parts, record);
  gtk_widget_set_visible (parts->asks, guest_question_count (guest) > 0);
  choose_primary (parts, record);
  show_primary (parts, view);
  show_headset (parts, record, headset_desk);
  gtk_widget_set_sensitive (parts->withdraw, record->standing.serial > 0);
  gtk_widget_set_sensitive (parts->taken, record->badges->len > 0);
  gtk_widget_set_sensitive (parts->group, record->delegate->delegation[0] != '\0');
}

const Page page_person = { "person", build, update };
