#include "kiosk/page_person.h"

#include "kiosk/person.h"
#include "desk/desk.h"

#include <string.h>

typedef struct {
  GtkWidget *notice, *person, *standing, *note, *rights, *badges, *passages, *revoked, *left,
      *right, *actions, *columns, *beside; /* beside: what the lists are in, in landscape */
  GtkWidget *admit, *reprint, *override, *withdraw, *correct, *headset, *group, *taken;
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

/* One touch leads, the one that her state asks for; the others stand beneath. */
static void build_actions (Ui *ui, Parts *parts)
{
  GtkWidget *grid = parts->actions = gtk_grid_new ();
  const struct {
    GtkWidget **place;
    const char *icon, *text;
    Touch touch;
  } OTHERS[] = {
    { &parts->correct, "document-edit-symbolic", N_ ("Correct"), TOUCH_CORRECT },
    { NULL, "x-office-calendar-symbolic", N_ ("Rights"), TOUCH_RIGHTS },
    { &parts->group, "system-users-symbolic", N_ ("Delegation"), TOUCH_GROUP },
    { &parts->headset, "audio-headphones-symbolic", N_ ("Headset"), TOUCH_LOAN },
    { NULL, "accueil-attention-symbolic", N_ ("Note"), TOUCH_NOTE },
    { &parts->taken, "avatar-default-symbolic", N_ ("Taken by another"), TOUCH_TAKEN },
  };

  parts->admit
      = ui_button (ui, "object-select-symbolic", N_ ("Let in"), TOUCH_ADMIT, "", "primary");
  parts->reprint
      = ui_button (ui, "printer-symbolic", N_ ("Print the badge again"), TOUCH_REPRINT, "", "");
  parts->override = ui_button (ui, "accueil-attention-symbolic", N_ ("Let in all the same"),
                               TOUCH_OVERRIDE, "", "");
  parts->withdraw = ui_button (ui, "action-unavailable-symbolic", N_ ("Make the badge void"),
                               TOUCH_VOID, "", "");
  gtk_widget_add_css_class (grid, "actions");
  gtk_grid_set_column_homogeneous (GTK_GRID (grid), TRUE);
  gtk_grid_attach (GTK_GRID (grid), parts->admit, 0, 0, 6, 1);
  gtk_grid_attach (GTK_GRID (grid), parts->override, 0, 1, 6, 1);
  gtk_grid_attach (GTK_GRID (grid), parts->reprint, 0, 2, 3, 1);
  gtk_grid_attach (GTK_GRID (grid), parts->withdraw, 3, 2, 3, 1);
  for (guint i = 0; i < G_N_ELEMENTS (OTHERS); i++) {
    GtkWidget *button = ui_button (ui, OTHERS[i].icon, OTHERS[i].text, OTHERS[i].touch, "", "");
    gtk_grid_attach (GTK_GRID (grid), button, (int) (i % 3) * 2, 3 + (int) (i / 3), 2, 1);
    if (OTHERS[i].place != NULL)
      *OTHERS[i].place = button;
  }
}

static GtkWidget *build (Ui *ui)
{
  GtkWidget *main_part, *side, *page = ui_halves ("person-page", &main_part, &side),
                               *columns = ui_box (GTK_ORIENTATION_VERTICAL, "columns"),
                               *scroll = ui_scroll (columns);
  Parts *parts = g_new0 (Parts, 1);

  g_object_set_data_full (G_OBJECT (page), "parts", parts, parts_free);
  parts->columns = columns;
  parts->notice = ui_pair (ui, "notice");
  parts->person = person_new (ui);
  parts->revoked = ui_pair (ui, "notice attention");
  parts->standing = ui_pair (ui, "standing");
  parts->note = ui_text ("note");
  parts->rights = gtk_flow_box_new ();
  gtk_widget_add_css_class (parts->rights, "rights");
  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (parts->rights), GTK_SELECTION_NONE);
  gtk_widget_set_can_focus (parts->rights, FALSE); /* nothing there is touched */
  parts->badges = ui_box (GTK_ORIENTATION_VERTICAL, "lines");
  parts->passages = ui_box (GTK_ORIENTATION_VERTICAL, "lines");
  parts->left = ui_box (GTK_ORIENTATION_VERTICAL, "column");
  parts->right = ui_box (GTK_ORIENTATION_VERTICAL, "column");
  gtk_widget_set_hexpand (parts->left, TRUE);
  gtk_widget_set_hexpand (parts->right, TRUE);
  gtk_box_append (GTK_BOX (parts->left), parts->person);
  gtk_box_append (GTK_BOX (parts->left), parts->standing);
  gtk_box_append (GTK_BOX (parts->left), parts->note);
  gtk_box_append (GTK_BOX (parts->left), parts->revoked);
  gtk_box_append (GTK_BOX (parts->left), parts->rights);
  gtk_box_append (GTK_BOX (parts->right), section (ui, N_ ("Badges")));
  gtk_box_append (GTK_BOX (parts->right), parts->badges);
  gtk_box_append (GTK_BOX (parts->right), section (ui, N_ ("Passages")));
  gtk_box_append (GTK_BOX (parts->right), parts->passages);
  gtk_box_append (GTK_BOX (columns), parts->left);
  gtk_box_append (GTK_BOX (columns), parts->right);
  gtk_widget_set_vexpand (scroll, TRUE);
  build_actions (ui, parts);
  gtk_box_append (GTK_BOX (main_part), parts->notice);
  gtk_box_append (GTK_BOX (main_part), scroll);
  parts->beside = ui_scroll (NULL);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (parts->beside), TRUE);
  gtk_widget_set_visible (parts->beside, FALSE);
  gtk_box_append (GTK_BOX (side), parts->beside);
  gtk_box_append (GTK_BOX (side), parts->actions);
  return page;
}

/* In landscape the lists have room above the touches, as far as it goes. */
static void place_lists (Ui *ui, Parts *parts)
{
  gboolean beside = ui_is_landscape (ui);

  if (beside == (gtk_widget_get_parent (parts->right) != parts->columns))
    return;
  g_object_ref (parts->right);
  if (beside) {
    gtk_box_remove (GTK_BOX (parts->columns), parts->right);
    gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (parts->beside), parts->right);
  } else {
    gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (parts->beside), NULL);
    gtk_box_append (GTK_BOX (parts->columns), parts->right);
  }
  gtk_widget_set_visible (parts->beside, beside);
  g_object_unref (parts->right);
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
  ui_pair_set (parts->revoked, "", "");
  ui_pair_set (parts->standing, "", "");
  gtk_label_set_text (GTK_LABEL (parts->note), "");
  gtk_widget_set_visible (parts->note, FALSE);
  parts->primary = TOUCH_LOOK;
}

/* What her state asks for leads; the other stands beneath, but for what would be untrue
 * of somebody who never came. */
static void show_primary (Parts *parts, const FlowView *view)
{
  gboolean overrides = view->refused && (view->rights & FLOW_OVERRIDE) != 0;

  ui_mark (parts->reprint, "primary", parts->primary == TOUCH_REPRINT);
  ui_mark (parts->override, "primary", overrides);
  gtk_widget_set_visible (parts->admit, parts->primary == TOUCH_ADMIT);
  gtk_widget_set_visible (parts->override, overrides);
}

static void update (Ui *ui, GtkWidget *page, const FlowView *view)
{
  Parts *parts = PAGE_PARTS (Parts, page);

  ui_turn (ui, page);
  place_lists (ui, parts);
  ui_pair_say (parts->notice, view->notice);
  ui_mark (parts->notice, "attention", view->notice_tone == TONE_ATTENTION);
  if (view->guest != NULL)
    clear_lists (parts, view->guest->reference);
  person_set (ui, parts->person, view->guest, PERSON_SMALL_EM, 29);
  gtk_widget_set_sensitive (parts->actions, !view->busy);
  show_primary (parts, view);
}

/* Lines ------------------------------------------------------------------------------ */

static GtkWidget *line (const char *first, const char *second, const char *css)
{
  GtkWidget *box = ui_box (GTK_ORIENTATION_HORIZONTAL, css), *left = ui_text ("what"),
            *right = ui_text ("state");

  gtk_label_set_text (GTK_LABEL (left), first);
  gtk_label_set_text (GTK_LABEL (right), second);
  gtk_widget_set_hexpand (right, TRUE);
  gtk_box_append (GTK_BOX (box), left);
  gtk_box_append (GTK_BOX (box), right);
  return box;
}

/* Where there is nothing to list. */
static GtkWidget *empty_line (const char *text)
{
  g_autofree char *said = words_line (words_pair (text));

  return line ("—", said, "record");
}

static void show_badges (Parts *parts, const PersonRecord *record)
{
  ui_empty (parts->badges);
  for (guint i = 0; i < record->badges->len; i++) {
    const DeskBadge *badge = g_ptr_array_index (record->badges, i);
    Pair state = badge->good ? desk_state_wording (badge) : words_pair (N_ ("Void")),
         reason = desk_verdict_reason_wording (badge->good ? badge->reason : badge->void_reason);
    g_autofree char *first = g_strdup_printf ("N° %u", badge->serial);
    g_autofree char *second = g_strdup_printf ("%s · %s — %s · %s", state.first, state.second,
                                               reason.first, reason.second);
    gtk_box_append (GTK_BOX (parts->badges),
                    line (first, second, badge->good ? "record" : "record void"));
  }
  if (record->badges->len == 0)
    gtk_box_append (GTK_BOX (parts->badges), empty_line (N_ ("No badge yet")));
}

static void show_passages (Parts *parts, const PersonRecord *record)
{
  ui_empty (parts->passages);
  for (guint i = 0; i < record->passages->len; i++) {
    const PersonRecordPassage *passage = g_ptr_array_index (record->passages, i);
    g_autofree char *second = g_strdup_printf (
        "%s · %s — %s · %s%s%s", passage->place_fr, passage->place_zh, passage->said.first,
        passage->said.second, passage->volunteer[0] != '\0' ? " — " : "", passage->volunteer);
    gtk_box_append (GTK_BOX (parts->passages),
                    line (passage->when, second,
                          passage->verdict == VERDICT_ADMITTED ? "record" : "record refused"));
  }
  if (record->passages->len == 0)
    gtk_box_append (GTK_BOX (parts->passages), empty_line (N_ ("No passage yet")));
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
  choose_primary (parts, record);
  show_primary (parts, view);
  show_headset (parts, record, headset_desk);
  gtk_widget_set_sensitive (parts->withdraw, record->standing.serial > 0);
  gtk_widget_set_sensitive (parts->taken, record->badges->len > 0);
  gtk_widget_set_sensitive (parts->group, record->delegate->delegation[0] != '\0');
}

const Page page_person = { "person", build, update };
