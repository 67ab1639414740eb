#include "kiosk/on_screen_keyboard.h"

#include "core/text.h"

#include <string.h>

typedef enum { LAYER_LETTERS, LAYER_ACCENTS, LAYER_FIGURES } Layer;

typedef struct {
  Ui *ui;
  gboolean azerty, capitals;
  Layer layer;
  GtkWidget *rows;
} Board;

static const char *const AZERTY[] = { "azertyuiop", "qsdfghjklm", "wxcvbn'-" };
static const char *const QWERTY[] = { "qwertyuiop", "asdfghjkl", "zxcvbnm'-" };
static const char *const ACCENTS[] = { "éèêëàâäçîï", "ôöùûüœæñ", "ÿáíóúãõ·" };
static const char *const FIGURES[] = { "1234567890", "@/.,:()&", "+_\"!?;#" };

static void fill (Board *board);

/* The first field in @widget; NULL for none. */
static GtkEditable *first_field (GtkWidget *widget)
{
  GtkEditable *found = NULL;

  if (GTK_IS_EDITABLE (widget))
    return GTK_EDITABLE (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = first_field (child);
  return found;
}

/* The field that is written into: that with the focus, else the page's first. */
static GtkEditable *target (Board *board)
{
  GtkRoot *root = gtk_widget_get_root (board->rows);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus != NULL && !GTK_IS_EDITABLE (focus))
    focus = gtk_widget_get_ancestor (focus, GTK_TYPE_EDITABLE);
  if (focus != NULL)
    return GTK_EDITABLE (focus);
  for (focus = board->rows; focus != NULL && !gtk_widget_has_css_class (focus, "halves");)
    focus = gtk_widget_get_parent (focus);
  return focus != NULL ? first_field (focus) : NULL;
}

static void type (Board *board, const char *text)
{
  GtkEditable *field = target (board);
  int at;

  ui_touch (board->ui, TOUCH_LOOK, "");
  if (field == NULL)
    return;
  gtk_editable_delete_selection (field);
  at = gtk_editable_get_position (field);
  gtk_editable_insert_text (field, text, -1, &at);
  gtk_editable_set_position (field, at);
}

static void erase (Board *board)
{
  GtkEditable *field = target (board);
  int at, from, to;

  ui_touch (board->ui, TOUCH_LOOK, "");
  if (field == NULL)
    return;
  if (gtk_editable_get_selection_bounds (field, &from, &to)) {
    gtk_editable_delete_selection (field);
    return;
  }
  at = gtk_editable_get_position (field);
  if (at > 0)
    gtk_editable_delete_text (field, at - 1, at);
}

static void on_key (GtkButton *button, gpointer data)
{
  Board *board = data;
  const char *key = g_object_get_data (G_OBJECT (button), "key");

  if (strcmp (key, "erase") == 0)
    erase (board);
  else if (strcmp (key, "space") == 0)
    type (board, " ");
  else if (strcmp (key, "shift") == 0)
    board->capitals = !board->capitals;
  else if (strcmp (key, "order") == 0)
    board->azerty = !board->azerty;
  else if (strcmp (key, "accents") == 0)
    board->layer = board->layer == LAYER_ACCENTS ? LAYER_LETTERS : LAYER_ACCENTS;
  else if (strcmp (key, "figures") == 0)
    board->layer = board->layer == LAYER_FIGURES ? LAYER_LETTERS : LAYER_FIGURES;
  else {
    type (board, key);
    if (!board->capitals)
      return;
    board->capitals = FALSE;
  }
  if (strcmp (key, "erase") != 0 && strcmp (key, "space") != 0)
    fill (board);
}

static GtkWidget *add_key (Board *board, GtkWidget *row, const char *label, const char *key,
                           const char *css, const char *spoken)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_set_focusable (button, FALSE); /* the field keeps the focus */
  ui_touchable (board->ui, button, TRUE);
  gtk_widget_set_hexpand (button, TRUE);
  gtk_widget_add_css_class (button, "key");
  if (css[0] != '\0')
    gtk_widget_add_css_class (button, css);
  g_object_set_data_full (G_OBJECT (button), "key", g_strdup (key), g_free);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken,
                                  -1);
  g_signal_connect (button, "clicked", G_CALLBACK (on_key), board);
  gtk_box_append (GTK_BOX (row), button);
  return button;
}

static void add_row (Board *board, const char *keys)
{
  GtkWidget *row = ui_box (GTK_ORIENTATION_HORIZONTAL, "keys");

  gtk_box_set_homogeneous (GTK_BOX (row), TRUE);
  for (const char *p = keys; *p != '\0'; p = text_next (p)) {
    g_autofree char *plain = g_strndup (p, (gsize) (text_next (p) - p)),
                    *key = board->capitals ? g_utf8_strup (plain, -1) : g_strdup (plain);
    add_key (board, row, key, key, "", key);
  }
  gtk_box_append (GTK_BOX (board->rows), row);
}

/* A key that does something: @does says what, a msgid. */
static GtkWidget *add_other_key (Board *board, GtkWidget *row, const char *label, const char *key,
                                 const char *css, const char *does)
{
  g_autofree char *spoken = words_line (words_pair (does));

  return add_key (board, row, label, key, css, spoken);
}

static void add_last_row (Board *board)
{
  GtkWidget *row = ui_box (GTK_ORIENTATION_HORIZONTAL, "keys");

  add_other_key (board, row, "⇧", "shift", board->capitals ? "on" : "", N_ ("Capital letters"));
  add_other_key (board, row, "éà", "accents", board->layer == LAYER_ACCENTS ? "on" : "",
                 N_ ("Letters with accents"));
  add_other_key (board, row, "123", "figures", board->layer == LAYER_FIGURES ? "on" : "",
                 N_ ("Figures"));
  gtk_widget_add_css_class (add_other_key (board, row, "␣", "space", "", N_ ("Space")), "wide");
  add_key (board, row, board->azerty ? "QWERTY" : "AZERTY", "order", "small",
           board->azerty ? "QWERTY" : "AZERTY");
  add_other_key (board, row, "⌫", "erase", "", N_ ("Erase"));
  gtk_box_append (GTK_BOX (board->rows), row);
}

static void fill (Board *board)
{
  const char *const *rows = board->layer == LAYER_ACCENTS   ? ACCENTS
                            : board->layer == LAYER_FIGURES ? FIGURES
                            : board->azerty                 ? AZERTY
                                                            : QWERTY;

  ui_empty (board->rows);
  for (guint i = 0; i < 3; i++)
    add_row (board, rows[i]);
  add_last_row (board);
}

GtkWidget *on_screen_keyboard_new (Ui *ui, gboolean azerty)
{
  Board *board = g_new0 (Board, 1);

  board->ui = ui;
  board->azerty = azerty;
  board->rows = ui_box (GTK_ORIENTATION_VERTICAL, "board");
  g_object_set_data_full (G_OBJECT (board->rows), "board", board, g_free);
  fill (board);
  return board->rows;
}
