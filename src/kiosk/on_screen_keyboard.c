#include "kiosk/on_screen_keyboard.h"

#include "core/text.h"
#include "input/pinyin_input.h"
#include "kiosk/key_row.h"
#include "kiosk/keys.h"

#include <string.h>

#define HOLD_MS 450  /* from which on a key is held */
#define REPEAT_MS 70 /* between two that a held key erases */
#define LIKE_A_ROW 10
#define OFFERED_CHARACTERS 6 /* of the candidates beside the letters, in all */
#define ROW_CHARACTERS 12    /* of a row of candidates */
#define EXPECTS_NAME "expects-name"

typedef enum {
  LAYER_LETTERS,
  LAYER_ACCENTS,
  LAYER_FIGURES,
  LAYER_LIKE,       /* the letters that one stands for too */
  LAYER_CANDIDATES, /* all of them, by pages */
} Layer;

typedef struct {
  Ui *ui;
  gboolean azerty, capitals, chinese, traditional;
  Layer layer;
  const char *like;         /* of LAYER_LIKE; static */
  PinyinInput *pinyin;      /* NULL before Chinese is first written, and after */
  GString *letters;         /* of pinyin, that no candidate was taken for yet */
  guint page_from, page_to; /* candidates of LAYER_CANDIDATES */
  GtkWidget *rows, *upper[KEYS_ROWS], *last;
  guint hold, rested; /* timers: a key is held; it was let go */
  gboolean held;      /* the click that follows is none */
} Board;

static void fill (Board *board);

/* The field -------------------------------------------------------------------------- */

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

  while (focus != NULL && GTK_IS_TEXT (focus))
    focus = gtk_widget_get_parent (focus);
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

static void erase_in_field (Board *board)
{
  GtkEditable *field = target (board);
  int at, from, to;

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

void on_screen_keyboard_expect_name (GtkWidget *field)
{
  g_object_set_data (G_OBJECT (field), EXPECTS_NAME, field);
}

/* Chinese ---------------------------------------------------------------------------- */

static gboolean begins_name (Board *board)
{
  GtkEditable *field = target (board);

  return field != NULL && g_object_get_data (G_OBJECT (field), EXPECTS_NAME) != NULL
         && gtk_editable_get_position (field) == 0;
}

static void look_up (Board *board)
{
  board->page_from = 0;
  pinyin_input_set_traditional (board->pinyin, board->traditional);
  pinyin_input_write (board->pinyin, board->letters->str, begins_name (board));
  if (board->letters->len == 0 && board->layer == LAYER_CANDIDATES)
    board->layer = LAYER_LETTERS;
}

/* Opened when it is first wanted: its dictionary takes memory. */
static void set_chinese (Board *board, gboolean chinese)
{
  g_autoptr (GError) error = NULL;

  g_string_truncate (board->letters, 0);
  board->layer = LAYER_LETTERS;
  board->capitals = FALSE;
  if (chinese && board->pinyin == NULL)
    board->pinyin = pinyin_input_open (&error);
  if (error != NULL)
    g_warning ("%s", error->message);
  board->chinese = chinese && board->pinyin != NULL;
}

static void take_candidate (Board *board, guint index)
{
  g_autofree char *text = g_strdup (pinyin_input_candidate (board->pinyin, index));
  guint covers = pinyin_input_covers (board->pinyin, index);

  g_string_erase (board->letters, 0, MIN ((gssize) covers, (gssize) board->letters->len));
  if (covers == 0)
    g_string_truncate (board->letters, 0);
  type (board, text);
  board->layer = LAYER_LETTERS;
  look_up (board);
}

static void write_letter (Board *board, const char *letter)
{
  ui_touch (board->ui, TOUCH_LOOK, "");
  if (board->letters->len < PINYIN_INPUT_LETTERS_MAX)
    g_string_append (board->letters, letter);
  look_up (board);
}

/* TRUE if a letter of pinyin was erased. */
static gboolean erase (Board *board)
{
  ui_touch (board->ui, TOUCH_LOOK, "");
  if (board->letters->len == 0) {
    erase_in_field (board);
    return FALSE;
  }
  g_string_truncate (board->letters, board->letters->len - 1);
  look_up (board);
  return TRUE;
}

/* Keys ------------------------------------------------------------------------------- */

static void show_like (Board *board, const char *letter)
{
  board->like = keys_like (letter);
  board->layer = LAYER_LIKE;
  fill (board);
}

static void turn_layer (Board *board, Layer layer)
{
  board->layer = board->layer == layer ? LAYER_LETTERS : layer;
}

/* A letter; TRUE if the board looks otherwise after it. */
static gboolean on_letter (Board *board, const char *key)
{
  gboolean changes = board->capitals || board->layer == LAYER_LIKE;

  if (board->chinese && board->layer == LAYER_LETTERS && (g_ascii_isalpha (*key) || *key == '\'')) {
    write_letter (board, key);
    return TRUE;
  }
  type (board, key);
  board->capitals = FALSE;
  if (board->layer == LAYER_LIKE)
    board->layer = LAYER_LETTERS;
  return changes;
}

/* What a key that is no letter does; FALSE for a letter. */
static gboolean on_other (Board *board, const char *key)
{
  if (strcmp (key, "shift") == 0)
    board->capitals = !board->capitals;
  else if (strcmp (key, "order") == 0)
    board->azerty = !board->azerty;
  else if (strcmp (key, "accents") == 0)
    turn_layer (board, LAYER_ACCENTS);
  else if (strcmp (key, "figures") == 0)
    turn_layer (board, LAYER_FIGURES);
  else if (strcmp (key, "chinese") == 0)
    set_chinese (board, !board->chinese);
  else if (strcmp (key, "all") == 0)
    turn_layer (board, LAYER_CANDIDATES);
  else if (strcmp (key, "next") == 0)
    board->page_from = board->page_to < pinyin_input_count (board->pinyin) ? board->page_to : 0;
  else if (strcmp (key, "traditional") == 0) {
    board->traditional = !board->traditional;
    look_up (board);
  } else
    return FALSE;
  return TRUE;
}

static void on_key (GtkButton *button, gpointer data)
{
  Board *board = data;
  g_autofree char *key = g_strdup (g_object_get_data (G_OBJECT (button), "key"));
  gpointer index = g_object_get_data (G_OBJECT (button), "candidate");
  gboolean changes = TRUE;

  if (board->held) {
    board->held = FALSE;
    return;
  }
  if (index != NULL)
    take_candidate (board, GPOINTER_TO_UINT (index) - 1);
  else if (strcmp (key, "erase") == 0)
    changes = erase (board);
  else if (strcmp (key, "space") == 0) {
    changes = FALSE;
    type (board, " ");
  } else if (key[0] == '+' && key[1] != '\0')
    show_like (board, key + 1);
  else if (on_other (board, key))
    ui_touch (board->ui, TOUCH_LOOK, "");
  else
    changes = on_letter (board, key);
  if (changes)
    fill (board);
}

/* Holding ---------------------------------------------------------------------------- */

static gboolean on_repeat (gpointer data)
{
  Board *board = data;

  erase_in_field (board);
  ui_touch (board->ui, TOUCH_LOOK, "");
  return G_SOURCE_CONTINUE;
}

static gboolean on_held (gpointer key)
{
  Board *board = g_object_get_data (key, "board");
  g_autofree char *letter = g_utf8_strdown (g_object_get_data (key, "key"), -1);

  board->hold = 0;
  if (strcmp (letter, "erase") == 0 && board->letters->len == 0) {
    board->held = TRUE;
    board->hold = g_timeout_add (REPEAT_MS, on_repeat, board);
  } else if (!board->chinese && board->layer == LAYER_LETTERS && keys_like (letter) != NULL)
    show_like (board, letter); /* the key is gone, and with it its click */
  return G_SOURCE_REMOVE;
}

static gboolean on_rested (gpointer data)
{
  Board *board = data;

  board->rested = 0;
  board->held = FALSE;
  return G_SOURCE_REMOVE;
}

static void on_pressed (GtkWidget *key, GtkStateFlags before, gpointer data)
{
  Board *board = data;
  gboolean was = (before & GTK_STATE_FLAG_ACTIVE) != 0,
           is = (gtk_widget_get_state_flags (key) & GTK_STATE_FLAG_ACTIVE) != 0;

  if (was == is)
    return;
  g_clear_handle_id (&board->hold, g_source_remove);
  if (is)
    board->hold = g_timeout_add (HOLD_MS, on_held, key);
  else if (board->rested == 0)
    board->rested = g_idle_add (on_rested, board);
}

/* Rows ------------------------------------------------------------------------------- */

/* What a key looks like: @css for good, "on" while what it does is so. */
static GtkWidget *new_key (Board *board, const char *css)
{
  GtkWidget *button = gtk_button_new_with_label ("");

  gtk_widget_set_focusable (button, FALSE); /* the field keeps the focus */
  ui_touchable (board->ui, button, TRUE);
  gtk_widget_set_hexpand (button, TRUE);
  gtk_widget_add_css_class (button, "key");
  ui_add_classes (button, css);
  g_object_set_data (G_OBJECT (button), "board", board);
  g_signal_connect (button, "clicked", G_CALLBACK (on_key), board);
  g_signal_connect (button, "state-flags-changed", G_CALLBACK (on_pressed), board);
  return button;
}

/* The next of @row; @id says which it is, whatever it says (key_row.h). */
static GtkWidget *add_key (Board *board, GtkWidget *row, const char *id, const char *label,
                           const char *key, const char *css, const char *spoken)
{
  GtkWidget *button = key_row_keep (row, id);

  if (button == NULL) {
    button = new_key (board, css);
    key_row_add (row, id, button);
  }
  gtk_button_set_label (GTK_BUTTON (button), label);
  g_object_set_data_full (G_OBJECT (button), "key", g_strdup (key), g_free);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken,
                                  -1);
  return button;
}

/* A row without keys keeps its height. */
static void fill_up (Board *board, GtkWidget *row)
{
  GtkWidget *filler;

  if (!key_row_is_bare (row) || key_row_keep (row, "filler") != NULL)
    return;
  filler = ui_box (GTK_ORIENTATION_HORIZONTAL, "filler");
  ui_touchable (board->ui, filler, TRUE);
  key_row_add (row, "filler", filler);
}

/* A touch that shows the letters that @letter stands for. */
static void add_opener (Board *board, GtkWidget *row, const char *letter)
{
  g_autofree char *label = g_strconcat (letter, "…", NULL), *key = g_strconcat ("+", letter, NULL);
  g_auto (OwnedPair) said = words_filled ("Letters like %s", letter);
  g_autofree char *spoken = words_line (words_of_owned (&said));

  add_key (board, row, key, label, key, "opener", spoken);
}

/* A letter in capitals is the same key; held, it shows others, and is none of them. */
static void add_letter (Board *board, GtkWidget *row, const char *letter)
{
  g_autofree char *id = g_strdup_printf ("%d %s", board->layer, letter),
                  *key = board->capitals ? g_utf8_strup (letter, -1) : g_strdup (letter);

  add_key (board, row, id, key, key, "", key);
}

static void add_row (Board *board, GtkWidget *row, const char *keys, guint most)
{
  gboolean opens = FALSE;

  for (const char *p = keys; *p != '\0' && most > 0; p = text_next (p), most--) {
    g_autofree char *letter = g_strndup (p, (gsize) (text_next (p) - p));
    if (board->layer == LAYER_ACCENTS && *p == '+')
      opens = TRUE;
    else if (opens)
      add_opener (board, row, letter);
    else
      add_letter (board, row, letter);
  }
}

/* A key that does something: @does says what, a msgid. */
static GtkWidget *add_other_key (Board *board, GtkWidget *row, const char *label, const char *key,
                                 gboolean on, const char *does)
{
  g_autofree char *spoken = words_line (words_pair (does));
  GtkWidget *button = add_key (board, row, key, label, key, "", spoken);

  ui_mark (button, "on", on);
  return button;
}

/* As many as have room for @characters, but one at least: the index after the last. */
static guint add_candidates (Board *board, GtkWidget *row, guint from, glong characters)
{
  guint i = from, count = pinyin_input_count (board->pinyin);

  for (glong left = characters; i < count; i++) {
    const char *text = pinyin_input_candidate (board->pinyin, i);
    g_autofree char *id = g_strconcat ("candidate ", text, NULL);
    left -= MAX (g_utf8_strlen (text, -1), 2) - (i == from ? 1 : 0);
    if (left < 0 && i > from)
      break;
    GtkWidget *key = add_key (board, row, id, text, "candidate", "candidate", text);
    g_object_set_data (G_OBJECT (key), "candidate", GUINT_TO_POINTER (i + 1));
  }
  return i;
}

static void add_form_key (Board *board, GtkWidget *row)
{
  add_other_key (board, row, board->traditional ? "繁" : "简", "traditional", board->traditional,
                 board->traditional ? N_ ("Simplified characters") : N_ ("Traditional characters"));
}

/* What was written in letters of pinyin. */
static void add_written (Board *board, GtkWidget *row)
{
  GtkWidget *letters = key_row_keep (row, "letters");

  if (letters == NULL) {
    letters = ui_text ("letters");
    gtk_label_set_wrap (GTK_LABEL (letters), FALSE);
    gtk_label_set_ellipsize (GTK_LABEL (letters), PANGO_ELLIPSIZE_START);
    gtk_label_set_width_chars (GTK_LABEL (letters), 4);
    key_row_add (row, "letters", letters);
  }
  gtk_label_set_text (GTK_LABEL (letters), board->letters->str);
}

/* The letters that were written, what they may stand for, and the way to more of it. */
static void add_offers (Board *board)
{
  GtkWidget *row = board->last;
  gboolean all = board->layer == LAYER_CANDIDATES;

  add_written (board, row);
  if (all) {
    add_form_key (board, row);
    add_other_key (board, row, "→", "next", FALSE, N_ ("Next characters"));
  } else
    add_candidates (board, row, 0, OFFERED_CHARACTERS);
  add_other_key (board, row, "⋯", "all", all,
                 all ? N_ ("Back to the letters") : N_ ("More characters"));
  add_other_key (board, row, "⌫", "erase", FALSE, N_ ("Erase"));
}

static void add_last_row (Board *board)
{
  GtkWidget *row = board->last;
  gboolean accents = board->layer == LAYER_ACCENTS || board->layer == LAYER_LIKE;

  if (board->chinese)
    add_form_key (board, row);
  else {
    add_other_key (board, row, "⇧", "shift", board->capitals, N_ ("Capital letters"));
    add_other_key (board, row, "éà", "accents", accents, N_ ("Letters with accents"));
  }
  add_other_key (board, row, "123", "figures", board->layer == LAYER_FIGURES, N_ ("Figures"));
  gtk_widget_add_css_class (add_other_key (board, row, "␣", "space", FALSE, N_ ("Space")), "wide");
  if (!board->chinese)
    add_key (board, row, "order", board->azerty ? "QWERTY" : "AZERTY", "order", "small",
             board->azerty ? "QWERTY" : "AZERTY");
  if (words_is_chinese (WORDS_SECOND))
    add_other_key (board, row, board->chinese ? "abc" : "拼", "chinese", board->chinese,
                   board->chinese ? N_ ("Latin letters") : N_ ("Chinese by pinyin"));
  add_other_key (board, row, "⌫", "erase", FALSE, N_ ("Erase"));
}

static KeysLayer keys_layer (const Board *board)
{
  return board->layer == LAYER_ACCENTS   ? KEYS_ACCENTS
         : board->layer == LAYER_FIGURES ? KEYS_FIGURES
         : board->azerty                 ? KEYS_AZERTY
                                         : KEYS_QWERTY;
}

/* All that was found, or letters. */
static void fill_upper (Board *board)
{
  const char *like = board->layer == LAYER_LIKE ? board->like : NULL;
  gboolean all = board->layer == LAYER_CANDIDATES;
  guint at = board->page_from;

  for (guint i = 0; i < KEYS_ROWS; i++) {
    GtkWidget *row = board->upper[i];
    gtk_box_set_homogeneous (GTK_BOX (row), !all);
    key_row_begin (row);
    if (all)
      at = add_candidates (board, row, at, ROW_CHARACTERS);
    else if (like != NULL) {
      add_row (board, row, like, LIKE_A_ROW);
      like = g_utf8_offset_to_pointer (like, MIN (LIKE_A_ROW, g_utf8_strlen (like, -1)));
    } else
      add_row (board, row, keys_row (keys_layer (board), i), G_MAXUINT);
    fill_up (board, row);
    key_row_end (row);
  }
  board->page_to = at;
}

static void fill (Board *board)
{
  g_clear_handle_id (&board->hold, g_source_remove);
  fill_upper (board);
  key_row_begin (board->last);
  if (board->letters->len > 0)
    add_offers (board);
  else
    add_last_row (board);
  key_row_end (board->last);
}

/* Nothing of what was written stays in a key. */
static void clear (Board *board)
{
  for (guint i = 0; i < KEYS_ROWS; i++)
    ui_empty (board->upper[i]);
  ui_empty (board->last);
}

/* Building --------------------------------------------------------------------------- */

/* Nothing of what was written stays, and the dictionary's memory is given back. */
static void on_unmap (GtkWidget *rows, gpointer data)
{
  Board *board = data;

  g_clear_handle_id (&board->hold, g_source_remove);
  g_clear_pointer (&board->pinyin, pinyin_input_close);
  set_chinese (board, FALSE);
  clear (board);
}

static void on_map (GtkWidget *rows, gpointer data)
{
  Board *board = data;

  if (gtk_widget_get_first_child (board->last) == NULL)
    fill (board);
}

static void board_free (gpointer data)
{
  Board *board = data;

  g_clear_handle_id (&board->hold, g_source_remove);
  g_clear_handle_id (&board->rested, g_source_remove);
  pinyin_input_close (board->pinyin);
  g_string_free (board->letters, TRUE);
  g_free (board);
}

GtkWidget *on_screen_keyboard_new (Ui *ui, gboolean azerty)
{
  Board *board = g_new0 (Board, 1);

  board->ui = ui;
  board->azerty = azerty;
  board->letters = g_string_new (NULL);
  board->rows = ui_box (GTK_ORIENTATION_VERTICAL, "board");
  for (guint i = 0; i < KEYS_ROWS; i++) {
    board->upper[i] = key_row_new ();
    gtk_box_append (GTK_BOX (board->rows), board->upper[i]);
  }
  board->last = key_row_new ();
  gtk_box_append (GTK_BOX (board->rows), board->last);
  g_object_set_data_full (G_OBJECT (board->rows), "board", board, board_free);
  g_signal_connect (board->rows, "map", G_CALLBACK (on_map), board);
  g_signal_connect (board->rows, "unmap", G_CALLBACK (on_unmap), board);
  fill (board);
  return board->rows;
}
