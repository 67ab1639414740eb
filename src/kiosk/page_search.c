#include "kiosk/page_search.h"

#include "kiosk/on_screen_keyboard.h"
#include "kiosk/person.h"
#include "roster/delegate_search.h"

#include <string.h>

/* As many as are seen without scrolling are built at once, the others a little later:
 * thirty take longer than a letter may. */
#define ROWS_AT_ONCE 8
#define ROWS_MORE_MS 150
/* What a row has beside what is said of a person: its edges, gaps, a picture, the bar. */
#define ROW_BESIDE_EM 6.2
#define OWN_EM 1.25 /* sizes, as in the style sheet */
#define OTHER_EM 1.05
#define PLACE_EM 0.95
#define STATE_EM 0.9

typedef struct {
  Ui *ui;
  GPtrArray *found;  /* PersonStanding; NULL once all have their rows */
  guint shown, more; /* rows of found; timer of the others */
  guint near_from;   /* the first of them that only comes near */
  GtkWidget *field, *clear, *list, *none, *scroll;
  gboolean setting;  /* the field is written by the program */
  gboolean answered; /* the list is of what the field holds */
  gboolean wanted;   /* the return key was pressed before it was */
} Parts;

static void on_changed (GtkEditable *field, gpointer data)
{
  Parts *parts = data;

  parts->answered = parts->wanted = FALSE;
  gtk_widget_set_visible (parts->clear, gtk_editable_get_text (field)[0] != '\0');
  if (!parts->setting)
    ui_touch (parts->ui, TOUCH_TYPED, gtk_editable_get_text (field));
}

static void on_clear (GtkButton *button, gpointer data)
{
  Parts *parts = data;

  gtk_editable_set_text (GTK_EDITABLE (parts->field), "");
  gtk_widget_grab_focus (parts->field);
}

/* The first of the list, by the return key; of a list that is still to come, lest
 * somebody is opened whom an earlier letter found. One who only comes near is to be
 * touched. */
static void on_activate (GtkEditable *field, gpointer data)
{
  Parts *parts = data;
  GtkWidget *first = gtk_widget_get_first_child (parts->list);

  parts->wanted = !parts->answered;
  if (parts->answered && GTK_IS_BUTTON (first))
    g_signal_emit_by_name (first, "clicked");
}

static void on_map (GtkWidget *page, gpointer data)
{
  Parts *parts = data;

  gtk_entry_grab_focus_without_selecting (GTK_ENTRY (parts->field));
}

/* Nothing more is to come. */
static void forget_found (Parts *parts)
{
  g_clear_handle_id (&parts->more, g_source_remove);
  g_clear_pointer (&parts->found, g_ptr_array_unref);
  parts->shown = 0;
}

static void on_gone (GtkWidget *page, gpointer data)
{
  forget_found (data);
}

static GtkWidget *build (Ui *ui)
{
  GtkWidget *main_part, *side, *page = ui_halves ("search", &main_part, &side),
                               *line = ui_box (GTK_ORIENTATION_HORIZONTAL, "own-words");
  Parts *parts = g_new0 (Parts, 1);
  g_autofree char *sought = words_line (words_pair (N_ ("Name, organisation, reference"))),
                  *search = words_line (words_pair (N_ ("Search")));

  PAGE_KEEP (page, parts);
  parts->ui = ui;
  parts->field = gtk_entry_new ();
  gtk_widget_add_css_class (parts->field, "field");
  ui_touchable (ui, parts->field, FALSE);
  gtk_entry_set_icon_from_icon_name (GTK_ENTRY (parts->field), GTK_ENTRY_ICON_PRIMARY,
                                     "system-search-symbolic");
  gtk_entry_set_placeholder_text (GTK_ENTRY (parts->field), sought);
  gtk_entry_set_max_length (GTK_ENTRY (parts->field), FLOW_TYPED_MAX);
  gtk_accessible_update_property (GTK_ACCESSIBLE (parts->field), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  search, -1);
  g_signal_connect (parts->field, "changed", G_CALLBACK (on_changed), parts);
  g_signal_connect (parts->field, "activate", G_CALLBACK (on_activate), parts);
  g_signal_connect (page, "map", G_CALLBACK (on_map), parts);
  g_signal_connect (page, "unmap", G_CALLBACK (on_gone), parts);
  g_signal_connect (page, "destroy", G_CALLBACK (on_gone), parts);
  parts->list = ui_box (GTK_ORIENTATION_VERTICAL, "list");
  parts->none = ui_pair (ui, "lead");
  parts->scroll = ui_scroll (parts->list);
  gtk_widget_set_vexpand (parts->scroll, TRUE);
  parts->clear = ui_button (ui, "window-close-symbolic", N_ ("Clear"), TOUCH_LOOK, "", "compact");
  g_signal_connect (parts->clear, "clicked", G_CALLBACK (on_clear), parts);
  gtk_widget_set_visible (parts->clear, FALSE);
  gtk_widget_set_hexpand (parts->field, TRUE);
  on_screen_keyboard_expect_name (parts->field);
  gtk_box_append (GTK_BOX (line), parts->field);
  gtk_box_append (GTK_BOX (line), parts->clear);
  gtk_box_append (GTK_BOX (main_part), line);
  gtk_box_append (GTK_BOX (main_part), parts->none);
  gtk_box_append (GTK_BOX (main_part), parts->scroll);
  gtk_box_append (GTK_BOX (side), on_screen_keyboard_new (ui, TRUE));
  return page;
}

static void update (Ui *ui, GtkWidget *page, const FlowView *view)
{
  Parts *parts = PAGE_PARTS (Parts, page);

  ui_turn (ui, page);
  if (strcmp (gtk_editable_get_text (GTK_EDITABLE (parts->field)), view->typed) != 0) {
    parts->setting = TRUE;
    gtk_editable_set_text (GTK_EDITABLE (parts->field), view->typed);
    parts->setting = FALSE;
  }
  if (view->typed[0] == '\0') {
    forget_found (parts);
    ui_empty (parts->list);
    ui_pair_say (
        parts->none,
        words_pair (N_ ("Type the beginning of a name. A scanned code opens its person at once.")));
  }
}

static double width_of (Parts *parts, GtkWidget *label, double size_em)
{
  return ui_text_width_px (parts->ui, parts->list, gtk_label_get_text (GTK_LABEL (label)), size_em);
}

/* Both in one line if there is room, else under each other. */
static GtkWidget *names_of (Parts *parts, const Guest *guest, gboolean chinese, double room_px)
{
  GtkWidget *own = ui_text ("listed-own"), *other = ui_text ("listed-other"), *names;
  double needed_px;

  person_set_line (own, guest, chinese);
  person_set_line (other, guest, !chinese);
  needed_px = width_of (parts, own, OWN_EM) + width_of (parts, other, OTHER_EM)
              + ui_em_px (parts->ui); /* between them */
  names = ui_box (needed_px <= room_px ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL,
                  needed_px <= room_px ? "name-line" : "");
  ui_break_if_long (parts->ui, own, parts->list, OWN_EM, room_px);
  ui_break_if_long (parts->ui, other, parts->list, OTHER_EM, room_px);
  gtk_box_append (GTK_BOX (names), own);
  gtk_box_append (GTK_BOX (names), other);
  return names;
}

/* Both names, the own one first, and beneath them whence she comes: all of it. */
static GtkWidget *who_of (Parts *parts, const Guest *guest, const OwnedPair *state)
{
  GtkWidget *who = ui_box (GTK_ORIENTATION_VERTICAL, "who"), *place = ui_text ("place");
  g_autofree char *own_name
      = guest_own_name (guest),
      *places
      = words_line (guest->second_leads ? (Pair){ guest->organisation_zh, guest->organisation_fr }
                                        : (Pair){ guest->organisation_fr, guest->organisation_zh }),
      *text = g_strdup_printf ("%s · %s", guest->reference, places);
  gboolean chinese = strcmp (own_name, guest->name_zh) == 0;
  double room_px = gtk_widget_get_width (parts->scroll) - ROW_BESIDE_EM * ui_em_px (parts->ui)
                   - MAX (ui_text_width_px (parts->ui, parts->list, state->first, STATE_EM),
                          ui_text_width_px (parts->ui, parts->list, state->second, STATE_EM));

  ui_set_text (place, places[0] != '\0' ? text : guest->reference, guest->second_leads);
  gtk_label_set_wrap_mode (GTK_LABEL (place), PANGO_WRAP_WORD_CHAR);
  ui_break_if_long (parts->ui, place, parts->list, PLACE_EM, room_px);
  gtk_box_append (GTK_BOX (who), names_of (parts, guest, chinese, room_px));
  gtk_box_append (GTK_BOX (who), place);
  gtk_widget_set_hexpand (who, TRUE);
  gtk_widget_set_valign (who, GTK_ALIGN_CENTER);
  return who;
}

/* How she stands, by a picture and in both languages. */
static GtkWidget *state_of (const PersonStanding *person, const OwnedPair *said)
{
  GtkWidget *state = ui_box (GTK_ORIENTATION_HORIZONTAL, "state"),
            *words = ui_box (GTK_ORIENTATION_VERTICAL, ""), *fr = ui_text ("own"),
            *zh = ui_text ("other");

  ui_set_text (fr, said->first, FALSE);
  ui_set_text (zh, said->second, TRUE);
  gtk_label_set_wrap (GTK_LABEL (fr), FALSE);
  gtk_label_set_wrap (GTK_LABEL (zh), FALSE);
  gtk_box_append (GTK_BOX (words), fr);
  gtk_box_append (GTK_BOX (words), zh);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (state), ui_icon (person_standing_icon (person), ""));
  gtk_box_append (GTK_BOX (state), words);
  ui_mark (state, "arrived", person->arrived[0] != '\0');
  return state;
}

static GtkWidget *row_of (Parts *parts, const PersonStanding *person)
{
  const Guest *guest = person->guest;
  g_autofree char *latin = guest_latin_name (guest), *label = NULL;
  g_auto (OwnedPair) said = person_standing_said (person);
  GtkWidget *button = ui_button (parts->ui, "", "", TOUCH_PERSON, guest->reference, "row"),
            *box = ui_box (GTK_ORIENTATION_HORIZONTAL, "face");

  gtk_box_append (GTK_BOX (box), who_of (parts, guest, &said));
  gtk_box_append (GTK_BOX (box), state_of (person, &said));
  gtk_button_set_child (GTK_BUTTON (button), box);
  label = g_strdup_printf ("%s %s, %s, %s · %s", guest->name_zh, latin, guest->reference,
                           said.first, said.second);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  g_strchug (label), -1);
  return button;
}

static GtkWidget *near_heading (Ui *ui)
{
  GtkWidget *heading = ui_pair (ui, "lead");

  ui_pair_say (heading, words_pair (N_ ("Did you mean…")));
  return heading;
}

static void add_rows (Parts *parts)
{
  guint end = MIN (parts->shown + ROWS_AT_ONCE, parts->found->len);

  for (; parts->shown < end; parts->shown++) {
    if (parts->shown == parts->near_from)
      gtk_box_append (GTK_BOX (parts->list), near_heading (parts->ui));
    gtk_box_append (GTK_BOX (parts->list),
                    row_of (parts, g_ptr_array_index (parts->found, parts->shown)));
  }
}

static gboolean on_more (gpointer data)
{
  Parts *parts = data;

  add_rows (parts);
  if (parts->shown < parts->found->len)
    return G_SOURCE_CONTINUE;
  parts->more = 0;
  forget_found (parts);
  return G_SOURCE_REMOVE;
}

/* Above the list: that nobody was found, or that more were than are shown. */
static void say_count (Parts *parts, const SearchRecord *record)
{
  guint shown = record->people->len - record->near;

  if (record->people->len == 0)
    ui_pair_say (parts->none,
                 words_pair (N_ ("Nobody found. Try fewer letters, or the other script.")));
  else if (record->total <= shown)
    ui_pair_say (parts->none, PAIR_EMPTY);
  else {
    gboolean more = record->total == DELEGATE_SEARCH_COUNT_MAX;
    g_autofree char *hidden = g_strdup_printf ("%u%s", record->total - shown, more ? "+" : "");
    g_auto (OwnedPair) said
        = words_filled ("Not shown: %s. Type on: a given name, an organisation.", hidden);
    ui_pair_say (parts->none, words_of_owned (&said));
  }
}

void page_search_found (Ui *ui, GtkWidget *page, const SearchRecord *record)
{
  Parts *parts = PAGE_PARTS (Parts, page);

  forget_found (parts);
  ui_empty (parts->list);
  if (gtk_editable_get_text (GTK_EDITABLE (parts->field))[0] == '\0')
    return;
  say_count (parts, record);
  parts->found = g_ptr_array_ref (record->people);
  parts->near_from = record->people->len - record->near;
  add_rows (parts);
  if (parts->shown < parts->found->len)
    parts->more = g_timeout_add (ROWS_MORE_MS, on_more, parts);
  gtk_adjustment_set_value (
      gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (parts->scroll)), 0);
  parts->answered = TRUE;
  if (parts->wanted)
    on_activate (GTK_EDITABLE (parts->field), parts);
}

const Page page_search = { "search", build, update };
