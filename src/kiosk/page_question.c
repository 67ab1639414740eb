#include "kiosk/page_question.h"

#include "kiosk/ui_fit.h"

#include <string.h>

#define ONE_COLUMN_MAX 4
#define TWO_COLUMNS_MAX 6 /* where there is little height */

typedef struct {
  Ui *ui;
  GtkWidget *page, *title, *question, *answers;
  char *shown; /* "reference question" */
} Parts;

static void parts_free (gpointer data)
{
  Parts *parts = data;

  g_free (parts->shown);
  g_free (parts);
}

static GtkWidget *build (Ui *ui)
{
  GtkWidget *main_part, *side, *words = ui_box (GTK_ORIENTATION_VERTICAL, "column"), *fit,
                               *page = ui_halves ("question", &main_part, &side);
  Parts *parts = g_new0 (Parts, 1);

  g_object_set_data_full (G_OBJECT (page), "parts", parts, parts_free);
  parts->ui = ui;
  parts->title = ui_pair (ui, "lead");
  parts->question = ui_pair_heading (ui, "title small");
  parts->answers = gtk_grid_new ();
  gtk_widget_add_css_class (parts->answers, "choices");
  gtk_grid_set_column_homogeneous (GTK_GRID (parts->answers), TRUE);
  gtk_grid_set_row_homogeneous (GTK_GRID (parts->answers), TRUE);
  gtk_widget_set_vexpand (parts->answers, TRUE);
  gtk_box_append (GTK_BOX (words), parts->title);
  gtk_box_append (GTK_BOX (words), parts->question);
  fit = ui_fit_new (words, UI_FIT_LEAST);
  gtk_widget_set_vexpand (fit, TRUE);
  gtk_box_append (GTK_BOX (main_part), fit);
  fit = ui_fit_new (parts->answers, UI_FIT_LEAST);
  gtk_widget_set_vexpand (fit, TRUE);
  gtk_box_append (GTK_BOX (side), fit);
  return page;
}

/* Nobody, or nothing to ask: nothing of the last one stays. */
static void offer (Ui *ui, Parts *parts, const GuestQuestion *question)
{
  ui_empty (parts->answers);
  ui_pair_set (parts->question, question != NULL ? question->fr : "",
               question != NULL ? question->zh : "");
  for (guint i = 0; question != NULL && i < question->options->len; i++) {
    const GuestOption *option = g_ptr_array_index (question->options, i);
    GtkWidget *button = ui_button (ui, "", "", TOUCH_ANSWER, option->code, "row");

    ui_button_say (button, (Pair){ option->fr, option->zh });
    gtk_grid_attach (GTK_GRID (parts->answers), button, 0, (int) i, 1, 1);
  }
}

/* Beside each other where they would not stand above each other. */
static void turn_answers (Ui *ui, Parts *parts, gboolean large)
{
  int count = 0, columns, i = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (parts->answers); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    count++;
  columns = count > TWO_COLUMNS_MAX && ui_is_tight (ui)           ? 3
            : count > ONE_COLUMN_MAX || ui_is_tight (ui) || large ? 2
                                                                  : 1;
  for (GtkWidget *child = gtk_widget_get_first_child (parts->answers); child != NULL;
       child = gtk_widget_get_next_sibling (child), i++)
    ui_place (parts->answers, child, i % columns, i / columns);
}

static void update (Ui *ui, GtkWidget *page, const FlowView *view)
{
  Parts *parts = PAGE_PARTS (Parts, page);
  const GuestQuestion *question
      = view->guest != NULL && view->question < guest_question_count (view->guest)
            ? g_ptr_array_index (view->guest->questions, view->question)
            : NULL;
  g_autofree char *shown = question != NULL
                               ? g_strconcat (view->guest->reference, " ", question->id, NULL)
                               : g_strdup ("");

  ui_turn (ui, page);
  ui_pair_say (parts->title, view->title);
  if (g_strcmp0 (shown, parts->shown) != 0) {
    g_free (parts->shown);
    parts->shown = g_steal_pointer (&shown);
    offer (ui, parts, question);
  }
  turn_answers (ui, parts, view->contrast);
}

const Page page_question = { "question", build, update };
