#include "kiosk/page_draft.h"

#include <string.h>

typedef struct {
  GtkWidget *notice, *title, *name, *changes, *namesake, *picture, *confirm, *only;
} Parts;

static GtkWidget *build (Ui *ui)
{
  GtkWidget *main_part, *side, *page = ui_halves ("draft", &main_part, &side),
                               *column = ui_box (GTK_ORIENTATION_VERTICAL, "column"),
                               *scroll = ui_scroll (column);
  Parts *parts = g_new0 (Parts, 1);

  PAGE_KEEP (page, parts);
  parts->notice = ui_pair (ui, "notice");
  parts->title = ui_pair (ui, "title small");
  parts->name = ui_text ("own-name");
  parts->changes = ui_box (GTK_ORIENTATION_VERTICAL, "lines");
  parts->namesake = ui_box (GTK_ORIENTATION_VERTICAL, "lines");
  parts->picture = gtk_picture_new ();
  gtk_widget_add_css_class (parts->picture, "preview");
  gtk_widget_set_halign (parts->picture, GTK_ALIGN_CENTER);
  parts->confirm
      = ui_button (ui, "object-select-symbolic", N_ ("Save"), TOUCH_CONFIRM, "", "primary");
  parts->only = ui_button (ui, "", N_ ("Save without printing"), TOUCH_CONFIRM, "", "");
  gtk_box_append (GTK_BOX (column), parts->changes);
  gtk_box_append (GTK_BOX (column), parts->namesake);
  gtk_widget_set_vexpand (scroll, TRUE);
  gtk_box_append (GTK_BOX (main_part), parts->name);
  gtk_box_append (GTK_BOX (main_part), parts->title);
  gtk_box_append (GTK_BOX (main_part), parts->notice);
  gtk_box_append (GTK_BOX (main_part), scroll);
  gtk_box_append (GTK_BOX (side), parts->picture);
  gtk_box_append (GTK_BOX (side), parts->confirm);
  gtk_box_append (GTK_BOX (side), parts->only);
  return page;
}

static void update (Ui *ui, GtkWidget *page, const FlowView *view)
{
  Parts *parts = PAGE_PARTS (Parts, page);

  ui_turn (ui, page);
  ui_pair_turn (ui, parts->title);
  page_notice (parts->notice, view);
  gtk_widget_set_sensitive (parts->confirm, !view->busy);
  gtk_widget_set_sensitive (parts->only, !view->busy);
}

/* What changes ------------------------------------------------------------------------ */

static gboolean has_right (const GPtrArray *rights, const GuestRight *right)
{
  for (guint i = 0; i < rights->len; i++)
    if (strcmp (((const GuestRight *) rights->pdata[i])->fr, right->fr) == 0)
      return TRUE;
  return FALSE;
}

/* "+ Meals" or "− Meals", each a line. */
static void add_change (Ui *ui, Parts *parts, const char *sign, Pair what)
{
  GtkWidget *line = ui_box (GTK_ORIENTATION_HORIZONTAL, "record"), *mark = ui_text ("what"),
            *words = ui_pair (ui, "state");

  gtk_label_set_text (GTK_LABEL (mark), sign);
  ui_pair_say (words, what);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (line), mark);
  gtk_box_append (GTK_BOX (line), words);
  gtk_box_append (GTK_BOX (parts->changes), line);
}

static void add_missing (Ui *ui, Parts *parts, const char *sign, const GPtrArray *from,
                         const GPtrArray *in)
{
  for (guint i = 0; i < from->len; i++) {
    const GuestRight *right = from->pdata[i];
    if (!has_right (in, right))
      add_change (ui, parts, sign, (Pair){ right->fr, right->zh });
  }
}

static void show_changes (Ui *ui, Parts *parts, const DraftRecord *record)
{
  static const GPtrArray NONE = { NULL, 0 };
  const GPtrArray *before = record->before != NULL ? record->before->rights : &NONE;

  ui_empty (parts->changes);
  add_missing (ui, parts, "−", before, record->after->rights);
  add_missing (ui, parts, "+", record->after->rights, before);
  if (record->before != NULL && strcmp (record->before->category, record->after->category) != 0)
    add_change (ui, parts, "→", (Pair){ record->after->category_fr, record->after->category_zh });
  if (gtk_widget_get_first_child (parts->changes) == NULL)
    add_change (ui, parts, "=",
                words_pair (record->reprint ? N_ ("The title changes.")
                                            : N_ ("Nothing changes on the badge.")));
}

/* Two people of one name: this one, or another. */
static void show_namesake (Ui *ui, Parts *parts, const Guest *namesake)
{
  GtkWidget *heading, *button;
  g_autofree char *name = NULL, *fr = NULL, *zh = NULL;

  ui_empty (parts->namesake);
  if (namesake == NULL)
    return;
  heading = ui_pair (ui, "notice attention");
  ui_pair_say (heading,
               words_pair (N_ ("Somebody of this name is registered. Is it this person?")));
  gtk_box_append (GTK_BOX (parts->namesake), heading);
  button = ui_button (ui, "avatar-default-symbolic", "", TOUCH_PERSON, namesake->reference, "row");
  name = guest_own_name (namesake);
  fr = g_strdup_printf ("%s · %s", name, namesake->organisation_fr);
  zh = g_strdup_printf ("%s %s", namesake->reference, namesake->organisation_zh);
  ui_button_say (button, (Pair){ fr, zh });
  gtk_box_append (GTK_BOX (parts->namesake), button);
}

void page_draft_show (Ui *ui, GtkWidget *page, const DraftRecord *record, GdkTexture *texture)
{
  Parts *parts = PAGE_PARTS (Parts, page);
  gboolean new_person = record->before == NULL;
  g_autofree char *name = guest_own_name (record->after);

  ui_pair_say (parts->title,
               words_pair (new_person ? N_ ("On-site registration") : N_ ("What changes")));
  ui_set_text (parts->name, name, record->after->second_leads);
  show_changes (ui, parts, record);
  show_namesake (ui, parts, record->namesake);
  gtk_picture_set_paintable (GTK_PICTURE (parts->picture), GDK_PAINTABLE (texture));
  gtk_widget_set_visible (parts->picture, texture != NULL);
  ui_button_argue (parts->confirm, new_person ? "" : "reprint");
  ui_button_say (parts->confirm,
                 words_pair (record->namesake != NULL ? N_ ("Another person: let in, print")
                             : new_person             ? N_ ("Register, let in, print")
                                                      : N_ ("Save and print again")));
  gtk_widget_set_visible (parts->only, !new_person);
}

const Page page_draft = { "draft", build, update };
