#include "kiosk/page_reason.h"

#include "kiosk/on_screen_keyboard.h"
#include "kiosk/person.h"

typedef struct {
  Ui *ui;
  GtkWidget *title, *person, *choices, *field;
  Touch purpose;   /* that the choices are for; TOUCH_LOOK before any */
  char *reference; /* of whom */
} Parts;

typedef struct {
  const char *reason, *text, *icon;
} Choice;

static const Choice ADMIT[]
    = { { "phone", N_ ("Phone empty or forgotten"), "phone-symbolic" },
        { "not-received", N_ ("Invitation not received"), "mail-unread-symbolic" },
        { "unreadable", N_ ("Code cannot be read"), "accueil-code-symbolic" } };
static const Choice REPRINT[] = { { "lost", N_ ("Lost"), "action-unavailable-symbolic" },
                                  { "damaged", N_ ("Damaged"), "edit-cut-symbolic" },
                                  { "not-printed", N_ ("Not printed"), "printer-symbolic" } };
static const Choice OVERRIDE[]
    = { { "invited", N_ ("Invited by the organisers"), "starred-symbolic" },
        { "list", N_ ("Mistake in the list"), "document-edit-symbolic" } };
static const Choice TAKE_BACK[]
    = { { "mistake", N_ ("Scanned by mistake"), "edit-undo-symbolic" },
        { "other-person", N_ ("The wrong person"), "avatar-default-symbolic" },
        { "not-used", N_ ("Did not go in after all"), "action-unavailable-symbolic" } };
static const Choice WITHDRAW[] = { { "lost", N_ ("Lost"), "action-unavailable-symbolic" },
                                   { "damaged", N_ ("Damaged"), "edit-cut-symbolic" } };

static void parts_free (gpointer data)
{
  Parts *parts = data;

  g_free (parts->reference);
  g_free (parts);
}

/* What is asked for each purpose, and what is offered as an answer. */
typedef struct {
  Touch purpose;
  const char *question; /* a msgid */
  const Choice *choices;
  guint count;
} Asked;

static const Asked ASKED[] = {
  { TOUCH_ADMIT, N_ ("Why without a code?"), ADMIT, G_N_ELEMENTS (ADMIT) },
  { TOUCH_REPRINT, N_ ("Why another badge?"), REPRINT, G_N_ELEMENTS (REPRINT) },
  { TOUCH_VOID, N_ ("Why is this badge no longer good?"), WITHDRAW, G_N_ELEMENTS (WITHDRAW) },
  { TOUCH_OVERRIDE, N_ ("Why in spite of the refusal?"), OVERRIDE, G_N_ELEMENTS (OVERRIDE) },
  { TOUCH_TAKE_BACK, N_ ("Why is this passage taken back?"), TAKE_BACK, G_N_ELEMENTS (TAKE_BACK) },
  { TOUCH_NOTE, N_ ("What should the team know? Nobody else sees it."), NULL, 0 },
  { TOUCH_TAKEN, N_ ("Who takes the badge, and why?"), NULL, 0 },
};

static const Asked *asked_for (Touch purpose)
{
  for (guint i = 0; i < G_N_ELEMENTS (ASKED); i++)
    if (ASKED[i].purpose == purpose)
      return &ASKED[i];
  return &ASKED[0];
}

/* Another question is asked: what was written for the last one is gone. */
static void ask (Ui *ui, Parts *parts, const FlowView *view)
{
  const Asked *asked = asked_for (view->purpose);

  ui_empty (parts->choices);
  for (guint i = 0; i < asked->count; i++)
    gtk_grid_attach (GTK_GRID (parts->choices),
                     ui_button (ui, asked->choices[i].icon, asked->choices[i].text, TOUCH_REASON,
                                asked->choices[i].reason, "row"),
                     0, (int) i, 1, 1);
  gtk_editable_set_text (GTK_EDITABLE (parts->field), "");
  if (asked->count == 0)
    gtk_widget_grab_focus (parts->field);
}

/* On a tight screen, and in large type, two stand beside each other. */
static void turn_choices (Ui *ui, Parts *parts, gboolean large)
{
  int columns = ui_is_tight (ui) || large ? 2 : 1, i = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (parts->choices); child != NULL;
       child = gtk_widget_get_next_sibling (child), i++)
    ui_place (parts->choices, child, i % columns, i / columns);
}

static void on_unmap (GtkWidget *page, gpointer data)
{
  g_clear_pointer (&((Parts *) data)->reference, g_free);
}

static void on_own_words (GtkEditable *field, gpointer data)
{
  Parts *parts = data;
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (field)));

  /* A note is taken back by an empty one. */
  if (text[0] != '\0' || parts->purpose == TOUCH_NOTE)
    ui_touch (parts->ui, TOUCH_REASON, text);
}

static void on_ok (GtkButton *button, gpointer data)
{
  Parts *parts = data;

  on_own_words (GTK_EDITABLE (parts->field), parts);
}

static GtkWidget *build (Ui *ui)
{
  GtkWidget *main_part, *side, *page = ui_halves ("reason", &main_part, &side),
                               *line = ui_box (GTK_ORIENTATION_HORIZONTAL, "own-words"),
                               *ok = gtk_button_new_from_icon_name ("object-select-symbolic");
  Parts *parts = g_new0 (Parts, 1);
  g_autofree char *other = words_line (words_pair (N_ ("Another reason"))),
                  *confirm = words_line (words_pair (N_ ("Confirm")));

  g_object_set_data_full (G_OBJECT (page), "parts", parts, parts_free);
  parts->ui = ui;
  parts->title = ui_pair (ui, "title small");
  parts->person = ui_text ("own-name");
  parts->choices = gtk_grid_new ();
  gtk_widget_add_css_class (parts->choices, "choices");
  gtk_grid_set_column_homogeneous (GTK_GRID (parts->choices), TRUE);
  parts->field = gtk_entry_new ();
  gtk_widget_add_css_class (parts->field, "field");
  gtk_widget_set_hexpand (parts->field, TRUE);
  gtk_entry_set_placeholder_text (GTK_ENTRY (parts->field), other);
  gtk_entry_set_max_length (GTK_ENTRY (parts->field), FLOW_TYPED_MAX);
  gtk_accessible_update_property (GTK_ACCESSIBLE (parts->field), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  other, -1);
  g_signal_connect (page, "unmap", G_CALLBACK (on_unmap), parts);
  g_signal_connect (parts->field, "activate", G_CALLBACK (on_own_words), parts);
  gtk_widget_add_css_class (ok, "touch");
  ui_touchable (ui, ok, FALSE);
  ui_touchable (ui, parts->field, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (ok), GTK_ACCESSIBLE_PROPERTY_LABEL, confirm, -1);
  g_signal_connect (ok, "clicked", G_CALLBACK (on_ok), parts);
  gtk_box_append (GTK_BOX (line), parts->field);
  gtk_box_append (GTK_BOX (line), ok);
  gtk_widget_set_vexpand (parts->choices, TRUE);
  gtk_box_append (GTK_BOX (main_part), parts->person);
  gtk_box_append (GTK_BOX (main_part), parts->title);
  gtk_box_append (GTK_BOX (main_part), parts->choices);
  gtk_box_append (GTK_BOX (side), line);
  gtk_box_append (GTK_BOX (side), on_screen_keyboard_new (ui, TRUE));
  return page;
}

static void update (Ui *ui, GtkWidget *page, const FlowView *view)
{
  Parts *parts = PAGE_PARTS (Parts, page);
  g_autofree char *name = view->guest != NULL ? guest_own_name (view->guest) : g_strdup ("");

  ui_turn (ui, page);
  ui_pair_turn (ui, parts->title);
  ui_set_text (parts->person, name, view->guest != NULL && view->guest->second_leads);
  ui_pair_say (parts->title, words_pair (asked_for (view->purpose)->question));
  if (view->guest != NULL
      && (view->purpose != parts->purpose
          || g_strcmp0 (view->guest->reference, parts->reference) != 0)) {
    g_free (parts->reference);
    parts->reference = g_strdup (view->guest->reference);
    parts->purpose = view->purpose;
    ask (ui, parts, view);
  }
  turn_choices (ui, parts, view->contrast);
}

const Page page_reason = { "reason", build, update };
