#include "kiosk/page_group.h"

#include "kiosk/on_screen_keyboard.h"
#include "kiosk/person.h"

#include <string.h>

/* More than a screen has room for. Sixty rows take a tenth of a second: the others are
 * made when the first stand on the screen. */
#define ROWS_FIRST 12

typedef struct {
  Ui *ui;
  GtkWidget *title, *notice, *list, *taker, *other, *keyboard, *admit;
  GPtrArray *members; /* PersonStanding; of the list; NULL before the first */
  guint rows;         /* of so many of them */
  gboolean filling;   /* the others are being made */
} Parts;

static const char *reference_of (GtkWidget *row)
{
  return g_object_get_data (G_OBJECT (row), "reference");
}

static gboolean is_awaited (const PersonStanding *member)
{
  return member->arrived[0] == '\0';
}

static guint count_ticked (const Parts *parts)
{
  guint count = 0;

  for (guint i = parts->rows; parts->members != NULL && i < parts->members->len; i++)
    count += is_awaited (parts->members->pdata[i]) ? 1 : 0;
  for (GtkWidget *row = gtk_widget_get_first_child (parts->list); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    count += gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (row)) ? 1 : 0;
  return count;
}

static void show_count (Parts *parts)
{
  guint count = count_ticked (parts);
  g_auto (OwnedPair) said = words_counted ("Let in %u and print", "Let in %u and print", count);

  ui_button_say (parts->admit, words_of_owned (&said));
  gtk_widget_set_sensitive (parts->admit, count > 0);
}

static void on_ticked (GtkToggleButton *row, gpointer data)
{
  show_count (data);
  ui_touch (((Parts *) data)->ui, TOUCH_LOOK, "");
}

/* Both names, the own one first. */
static GtkWidget *names_of (const Guest *guest, const char *own)
{
  GtkWidget *names = ui_box (GTK_ORIENTATION_VERTICAL, "who"), *first = ui_text ("listed-own"),
            *second = ui_text ("listed-other");
  gboolean chinese = strcmp (own, guest->name_zh) == 0;

  person_set_line (first, guest, chinese);
  person_set_line (second, guest, !chinese);
  gtk_box_append (GTK_BOX (names), first);
  gtk_box_append (GTK_BOX (names), second);
  gtk_widget_set_hexpand (names, TRUE);
  gtk_widget_set_valign (names, GTK_ALIGN_CENTER);
  return names;
}

static GtkWidget *row_of (Parts *parts, const PersonStanding *member)
{
  const Guest *guest = member->guest;
  GtkWidget *row = gtk_toggle_button_new (), *face = ui_box (GTK_ORIENTATION_HORIZONTAL, "face"),
            *state = ui_pair (parts->ui, "standing");
  g_autofree char *own = guest_own_name (guest), *label = NULL;
  g_auto (OwnedPair) said = person_standing_said (member);

  ui_pair_say (state, words_of_owned (&said));
  gtk_widget_set_valign (state, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (face), ui_icon ("object-select-symbolic", "tick"));
  gtk_box_append (GTK_BOX (face), names_of (guest, own));
  gtk_box_append (GTK_BOX (face), state);
  gtk_button_set_child (GTK_BUTTON (row), face);
  ui_add_classes (row, "touch row member");
  ui_touchable (parts->ui, row, FALSE);
  label = g_strdup_printf ("%s, %s · %s", own, said.first, said.second);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_object_set_data_full (G_OBJECT (row), "reference", g_strdup (guest->reference), g_free);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (row), is_awaited (member));
  gtk_widget_set_sensitive (row, is_awaited (member));
  g_signal_connect (row, "toggled", G_CALLBACK (on_ticked), parts);
  return row;
}

/* The list is as long as it will be, so that nothing moves when the others come. */
static void hold_length (Parts *parts)
{
  GtkWidget *first = gtk_widget_get_first_child (parts->list);
  gint height = 0;

  if (parts->rows < parts->members->len)
    gtk_widget_measure (first, GTK_ORIENTATION_VERTICAL, -1, &height, NULL, NULL, NULL);
  gtk_widget_set_size_request (parts->list, -1,
                               height > 0 ? height * (gint) parts->members->len : -1);
}

static void add_rows (Parts *parts, guint upto)
{
  for (; parts->rows < MIN (upto, parts->members->len); parts->rows++)
    gtk_box_append (GTK_BOX (parts->list), row_of (parts, parts->members->pdata[parts->rows]));
  hold_length (parts);
}

static gboolean on_frame (GtkWidget *list, GdkFrameClock *clock, gpointer data)
{
  Parts *parts = data;

  add_rows (parts, parts->rows + ROWS_FIRST);
  parts->filling = parts->rows < parts->members->len;
  return parts->filling;
}

static void on_admit (GtkButton *button, gpointer data)
{
  Parts *parts = data;
  g_autofree char *taker
      = g_strdelimit (g_strdup (gtk_editable_get_text (GTK_EDITABLE (parts->taker))), "\r\n", ' ');
  g_autoptr (GString) asked = g_string_new (g_strstrip (taker));

  add_rows (parts, parts->members->len);
  for (GtkWidget *row = gtk_widget_get_first_child (parts->list); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (row)))
      g_string_append_printf (asked, "\n%s", reference_of (row));
  ui_touch (parts->ui, TOUCH_TOGETHER, asked->str);
}

/* Somebody else takes them: her name is typed. */
static void on_other (GtkButton *button, gpointer data)
{
  Parts *parts = data;

  gtk_widget_set_visible (parts->keyboard, TRUE);
  gtk_widget_set_visible (parts->other, FALSE);
  gtk_editable_set_text (GTK_EDITABLE (parts->taker), "");
  gtk_widget_grab_focus (parts->taker);
  ui_touch (parts->ui, TOUCH_LOOK, "");
}

static GtkWidget *build (Ui *ui)
{
  GtkWidget *main_part, *side, *page = ui_halves ("group", &main_part, &side), *scroll,
                               *heading = ui_pair (ui, "section");
  Parts *parts = g_new0 (Parts, 1);
  g_autofree char *handed = words_line (words_pair (N_ ("Badges handed to")));

  PAGE_KEEP (page, parts);
  parts->ui = ui;
  parts->title = ui_pair (ui, "title small");
  parts->notice = ui_pair (ui, "notice");
  parts->list = ui_box (GTK_ORIENTATION_VERTICAL, "list");
  parts->taker = gtk_entry_new ();
  parts->other = ui_button (ui, "document-edit-symbolic", N_ ("Somebody else takes them"),
                            TOUCH_LOOK, "", "compact");
  parts->keyboard = on_screen_keyboard_new (ui, TRUE);
  parts->admit = ui_button (ui, "object-select-symbolic", N_ ("Let in"), TOUCH_LOOK, "", "primary");
  scroll = ui_scroll (parts->list);
  gtk_widget_set_vexpand (scroll, TRUE);
  gtk_widget_add_css_class (parts->taker, "field");
  gtk_entry_set_max_length (GTK_ENTRY (parts->taker), FLOW_TYPED_MAX);
  ui_touchable (ui, parts->taker, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (parts->taker), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  handed, -1);
  ui_pair_say (heading, words_pair (N_ ("Badges handed to")));
  g_signal_connect (parts->other, "clicked", G_CALLBACK (on_other), parts);
  g_signal_connect (parts->admit, "clicked", G_CALLBACK (on_admit), parts);
  gtk_box_append (GTK_BOX (main_part), parts->title);
  gtk_box_append (GTK_BOX (main_part), parts->notice);
  gtk_box_append (GTK_BOX (main_part), scroll);
  gtk_box_append (GTK_BOX (side), heading);
  gtk_box_append (GTK_BOX (side), parts->taker);
  gtk_box_append (GTK_BOX (side), parts->other);
  gtk_box_append (GTK_BOX (side), parts->keyboard);
  gtk_box_append (GTK_BOX (side), parts->admit);
  return page;
}

static void update (Ui *ui, GtkWidget *page, const FlowView *view)
{
  Parts *parts = PAGE_PARTS (Parts, page);

  ui_turn (ui, page);
  ui_pair_turn (ui, parts->title);
  page_notice (parts->notice, view);
  gtk_widget_set_sensitive (parts->admit, !view->busy && count_ticked (parts) > 0);
}

void page_group_show (Ui *ui, GtkWidget *page, const GroupRecord *record)
{
  Parts *parts = PAGE_PARTS (Parts, page);
  g_autofree char *taker = guest_own_name (record->leader);
  guint there = 0;
  const Guest *leader = record->leader;

  ui_empty (parts->list);
  parts->members = g_ptr_array_ref (record->members);
  g_object_set_data_full (G_OBJECT (parts->list), "members", parts->members,
                          (GDestroyNotify) g_ptr_array_unref);
  parts->rows = 0;
  add_rows (parts, ROWS_FIRST);
  if (!parts->filling && parts->rows < parts->members->len)
    gtk_widget_add_tick_callback (parts->list, on_frame, parts, NULL);
  parts->filling = parts->rows < parts->members->len;
  for (guint i = 0; i < record->members->len; i++)
    there += is_awaited (record->members->pdata[i]) ? 0 : 1;
  g_autofree char *fr
      = g_strdup_printf ("%s · %u / %u", leader->delegation_fr, there, record->members->len),
      *zh = g_strdup_printf ("%s · %u / %u",
                             leader->delegation_zh[0] != '\0'     ? leader->delegation_zh
                             : leader->organisation_zh[0] != '\0' ? leader->organisation_zh
                                                                  : leader->delegation_fr,
                             there, record->members->len);
  ui_pair_say (parts->title, (Pair){ fr, zh });
  gtk_editable_set_text (GTK_EDITABLE (parts->taker), taker);
  gtk_widget_set_visible (parts->keyboard, FALSE);
  gtk_widget_set_visible (parts->other, TRUE);
  show_count (parts);
}

const Page page_group = { "group", build, update };
