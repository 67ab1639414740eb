#include "kiosk/ui.h"

#include "core/text.h"
#include "kiosk/display_scale.h"

#include <math.h>
#include <string.h>

#define EM_MIN_PX 9
#define LARGE 1.16
#define WORD_MAX 24  /* characters of a word that always has room on one line */
#define TEXT_MAX 180 /* of a text that is shown whole */
#define LINES_MAX 3  /* of a longer one */
#define LONG_SIDE_EM 65.0
#define SHORT_SIDE_EM 36.8
/* A touch is at most this share of the short side, whatever a screen says; a key of the
 * height. */
#define TOUCH_SHARE_MAX 0.18
#define KEY_SHARE_UPRIGHT 0.075
#define KEY_SHARE_LANDSCAPE 0.112
#define TIGHT_EM 5.2 /* a finger's size, from which on the screen is small for fingers */

struct _Ui {
  void (*touch) (Touch touch, const char *text, gpointer data);
  gpointer data;
  GtkCssProvider *style, *size;
  double em_px, px_per_mm;
  int width, height, touch_px, key_px; /* touch, key: the least; 0 if nobody knows */
  gboolean landscape, chinese_first, large;
  GPtrArray *pairs;      /* borrowed; those that follow the common order */
  GPtrArray *touchables; /* borrowed */
};

static void load_style (Ui *ui, const char *assets)
{
  g_autofree char *path = g_build_filename (assets, "style.css", NULL);
  g_autofree char *icons = g_build_filename (assets, "icons", NULL);
  GdkDisplay *display = gdk_display_get_default ();

  ui->style = gtk_css_provider_new ();
  ui->size = gtk_css_provider_new ();
  gtk_css_provider_load_from_path (ui->style, path);
  gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (ui->style),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (ui->size),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION + 1);
  gtk_icon_theme_add_search_path (gtk_icon_theme_get_for_display (display), icons);
}

Ui *ui_new (const char *assets, void (*touch) (Touch touch, const char *text, gpointer data),
            gpointer data)
{
  Ui *ui = g_new0 (Ui, 1);

  ui->touch = touch;
  ui->data = data;
  ui->pairs = g_ptr_array_new ();
  ui->touchables = g_ptr_array_new ();
  load_style (ui, assets);
  return ui;
}

void ui_free (Ui *ui)
{
  if (ui == NULL)
    return;
  g_object_unref (ui->style);
  g_object_unref (ui->size);
  g_ptr_array_unref (ui->pairs);
  g_ptr_array_unref (ui->touchables);
  g_free (ui);
}

/* What is touched -------------------------------------------------------------------- */

static void give_size (const Ui *ui, GtkWidget *widget)
{
  gboolean key = g_object_get_data (G_OBJECT (widget), "key-of-board") != NULL;

  gtk_widget_set_size_request (widget, key || ui->touch_px == 0 ? -1 : ui->touch_px,
                               ui->touch_px == 0 ? -1
                               : key             ? ui->key_px
                                                 : ui->touch_px);
}

static void on_touchable_gone (gpointer data, GObject *widget)
{
  g_ptr_array_remove_fast (((Ui *) data)->touchables, widget);
}

void ui_touchable (Ui *ui, GtkWidget *widget, gboolean key)
{
  g_object_set_data (G_OBJECT (widget), "key-of-board", GINT_TO_POINTER (key));
  g_ptr_array_add (ui->touchables, widget);
  g_object_weak_ref (G_OBJECT (widget), on_touchable_gone, ui);
  give_size (ui, widget);
}

static gboolean set_touch_size (Ui *ui, double px_per_mm)
{
  int before = ui->touch_px, key_before = ui->key_px;
  double finger_px = ceil (DISPLAY_SCALE_TOUCH_MM * px_per_mm);

  ui->px_per_mm = px_per_mm;
  ui->touch_px = (int) MIN (finger_px, TOUCH_SHARE_MAX * MIN (ui->width, ui->height));
  ui->key_px = MIN (ui->touch_px,
                    (int) (ui->height * (ui->landscape ? KEY_SHARE_LANDSCAPE : KEY_SHARE_UPRIGHT)));
  if (ui->touch_px == before && ui->key_px == key_before)
    return FALSE;
  for (guint i = 0; i < ui->touchables->len; i++)
    give_size (ui, g_ptr_array_index (ui->touchables, i));
  return TRUE;
}

/* Sizes ------------------------------------------------------------------------------ */

gboolean ui_set_size (Ui *ui, int width, int height, double px_per_mm)
{
  gboolean landscape = width > height, turned = landscape != ui->landscape, resized;
  double em_px = MAX (MIN (MAX (width, height) / LONG_SIDE_EM, MIN (width, height) / SHORT_SIDE_EM),
                      EM_MIN_PX)
                 * (ui->large ? LARGE : 1);
  g_autofree char *css = NULL;

  ui->landscape = landscape;
  ui->width = width;
  ui->height = height;
  resized = set_touch_size (ui, px_per_mm);
  if (em_px == ui->em_px)
    return turned || resized;
  ui->em_px = em_px;
  css = g_strdup_printf ("window.kiosk { font-size: %.2fpx; }", em_px);
  gtk_css_provider_load_from_data (ui->size, css, -1);
  return TRUE;
}

gboolean ui_set_large (Ui *ui, gboolean large)
{
  if (ui->large == large)
    return FALSE;
  ui->large = large;
  ui_set_size (ui, ui->width, ui->height, ui->px_per_mm);
  return TRUE;
}

gboolean ui_is_landscape (const Ui *ui)
{
  return ui->landscape;
}

gboolean ui_is_tight (const Ui *ui)
{
  return ui->touch_px > TIGHT_EM * ui->em_px / (ui->large ? LARGE : 1);
}

double ui_em_px (const Ui *ui)
{
  return ui->em_px;
}

void ui_touch (Ui *ui, Touch touch, const char *text)
{
  ui->touch (touch, text, ui->data);
}

/* Boxes and texts -------------------------------------------------------------------- */

gboolean ui_moves (void)
{
  gboolean moves = TRUE;

  g_object_get (gtk_settings_get_default (), "gtk-enable-animations", &moves, NULL);
  return moves;
}

static void add_classes (GtkWidget *widget, const char *css)
{
  g_auto (GStrv) classes = g_strsplit (css, " ", -1);

  for (guint i = 0; classes[i] != NULL; i++)
    if (classes[i][0] != '\0')
      gtk_widget_add_css_class (widget, classes[i]);
}

void ui_mark (GtkWidget *widget, const char *css, gboolean on)
{
  if (on)
    gtk_widget_add_css_class (widget, css);
  else
    gtk_widget_remove_css_class (widget, css);
}

GtkWidget *ui_box (GtkOrientation orientation, const char *css)
{
  GtkWidget *box = gtk_box_new (orientation, 0);

  add_classes (box, css);
  return box;
}

GtkWidget *ui_halves (const char *css, GtkWidget **main_part, GtkWidget **side_part)
{
  GtkWidget *halves = ui_box (GTK_ORIENTATION_VERTICAL, css);

  gtk_widget_add_css_class (halves, "halves");
  *main_part = ui_box (GTK_ORIENTATION_VERTICAL, "main");
  *side_part = ui_box (GTK_ORIENTATION_VERTICAL, "side");
  gtk_widget_set_hexpand (*main_part, TRUE);
  gtk_widget_set_vexpand (*main_part, TRUE);
  gtk_widget_set_valign (*side_part, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (halves), *main_part);
  gtk_box_append (GTK_BOX (halves), *side_part);
  return halves;
}

void ui_turn (Ui *ui, GtkWidget *halves)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (halves), ui->landscape
                                                               ? GTK_ORIENTATION_HORIZONTAL
                                                               : GTK_ORIENTATION_VERTICAL);
  gtk_box_set_homogeneous (GTK_BOX (halves), ui->landscape);
}

GtkWidget *ui_scroll (GtkWidget *child)
{
  GtkWidget *scroll = gtk_scrolled_window_new ();

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroll), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_overlay_scrolling (GTK_SCROLLED_WINDOW (scroll), FALSE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroll), child);
  return scroll;
}

void ui_place (GtkWidget *grid, GtkWidget *child, int column, int row)
{
  GtkGridLayoutChild *place = GTK_GRID_LAYOUT_CHILD (
      gtk_layout_manager_get_layout_child (gtk_widget_get_layout_manager (grid), child));

  gtk_grid_layout_child_set_column (place, column);
  gtk_grid_layout_child_set_row (place, row);
}

GtkWidget *ui_text (const char *css)
{
  GtkWidget *label = gtk_label_new ("");

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_NONE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  add_classes (label, css);
  return label;
}

/* A word that is longer than any line is broken, lest it make the page wider than the
 * window. */
static gboolean has_long_word (const char *text)
{
  guint length = 0;

  for (const char *p = text; *p != '\0'; p = text_next (p)) {
    length = g_unichar_isspace (g_utf8_get_char (p)) ? 0 : length + 1;
    if (length > WORD_MAX)
      return TRUE;
  }
  return FALSE;
}

void ui_limit_lines (GtkWidget *label, gboolean limited)
{
  gtk_label_set_ellipsize (GTK_LABEL (label), limited ? PANGO_ELLIPSIZE_END : PANGO_ELLIPSIZE_NONE);
  gtk_label_set_lines (GTK_LABEL (label), limited ? LINES_MAX : -1);
}

void ui_set_text (GtkWidget *label, const char *text, gboolean chinese)
{
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  pango_attr_list_insert (
      attributes, pango_attr_language_new (pango_language_from_string (chinese ? "zh-cn" : "fr")));
  gtk_label_set_attributes (GTK_LABEL (label), attributes);
  gtk_label_set_wrap_mode (
      GTK_LABEL (label), !chinese && has_long_word (text) ? PANGO_WRAP_WORD_CHAR : PANGO_WRAP_WORD);
  ui_limit_lines (label, g_utf8_strlen (text, -1) > TEXT_MAX);
  gtk_label_set_text (GTK_LABEL (label), text);
  ui_mark (label, "zh", chinese);
}

void ui_empty (GtkWidget *box)
{
  for (GtkWidget *child; (child = gtk_widget_get_first_child (box)) != NULL;)
    if (GTK_IS_FLOW_BOX (box))
      gtk_flow_box_remove (GTK_FLOW_BOX (box), child);
    else if (GTK_IS_GRID (box))
      gtk_grid_remove (GTK_GRID (box), child);
    else
      gtk_box_remove (GTK_BOX (box), child);
}

GtkWidget *ui_icon (const char *name, const char *css)
{
  /* It always stands with a word, so there is nothing in it to be read out. */
  GtkWidget *icon = g_object_new (GTK_TYPE_IMAGE, "icon-name", name, "accessible-role",
                                  GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  add_classes (icon, css);
  return icon;
}

void ui_centre (GtkWidget *widget)
{
  GtkWidget *parent;

  gtk_widget_set_halign (widget, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (widget, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (widget, TRUE);
  gtk_widget_set_vexpand (widget, TRUE);
  parent = gtk_widget_get_parent (widget);
  if (parent == NULL)
    return;
  gtk_widget_set_hexpand (parent, FALSE);
  gtk_widget_set_vexpand (parent, FALSE);
}

/* Pairs ------------------------------------------------------------------------------ */

typedef struct {
  Ui *ui;
  GtkWidget *fr, *zh;
  gboolean own_order; /* no longer follows the others */
} Labels;

static Labels *pair_of (GtkWidget *widget)
{
  return g_object_get_data (G_OBJECT (widget), "pair");
}

static void on_pair_gone (gpointer data, GObject *widget)
{
  g_ptr_array_remove (((Ui *) data)->pairs, widget);
}

static void arrange (GtkWidget *widget, gboolean chinese_first)
{
  Labels *pair = pair_of (widget);
  GtkWidget *own = chinese_first ? pair->zh : pair->fr,
            *other = chinese_first ? pair->fr : pair->zh;
  /* A text that stands alone is the first. */
  gboolean alone = gtk_label_get_text (GTK_LABEL (own))[0] == '\0';

  gtk_box_reorder_child_after (GTK_BOX (widget), own, NULL);
  ui_mark (own, "other", FALSE);
  ui_mark (own, "own", TRUE);
  ui_mark (other, "own", alone);
  ui_mark (other, "other", !alone);
}

GtkWidget *ui_pair (Ui *ui, const char *css)
{
  GtkWidget *box = ui_box (GTK_ORIENTATION_VERTICAL, "pair");
  Labels *pair = g_new0 (Labels, 1);

  add_classes (box, css);
  pair->ui = ui;
  pair->fr = ui_text ("");
  pair->zh = ui_text ("");
  gtk_box_append (GTK_BOX (box), pair->fr);
  gtk_box_append (GTK_BOX (box), pair->zh);
  g_object_set_data_full (G_OBJECT (box), "pair", pair, g_free);
  g_ptr_array_add (ui->pairs, box);
  g_object_weak_ref (G_OBJECT (box), on_pair_gone, ui);
  arrange (box, ui->chinese_first);
  gtk_widget_set_visible (box, FALSE);
  return box;
}

void ui_pair_set (GtkWidget *widget, const char *fr, const char *zh)
{
  Labels *pair = pair_of (widget);

  ui_set_text (pair->fr, fr, FALSE);
  ui_set_text (pair->zh, zh, TRUE);
  gtk_widget_set_visible (pair->fr, fr[0] != '\0');
  gtk_widget_set_visible (pair->zh, zh[0] != '\0');
  gtk_widget_set_visible (widget, fr[0] != '\0' || zh[0] != '\0');
  arrange (widget, gtk_widget_get_first_child (widget) == pair->zh);
}

void ui_pair_say (GtkWidget *widget, Pair wording)
{
  ui_pair_set (widget, wording.first, wording.second);
}

void ui_pair_turn (Ui *ui, GtkWidget *widget)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (widget), ui_is_tight (ui)
                                                               ? GTK_ORIENTATION_HORIZONTAL
                                                               : GTK_ORIENTATION_VERTICAL);
}

void ui_pair_order (GtkWidget *widget, gboolean chinese_first)
{
  pair_of (widget)->own_order = TRUE;
  arrange (widget, chinese_first);
}

void ui_set_order (Ui *ui, gboolean chinese_first)
{
  ui->chinese_first = chinese_first;
  for (guint i = 0; i < ui->pairs->len; i++)
    if (!pair_of (g_ptr_array_index (ui->pairs, i))->own_order)
      arrange (g_ptr_array_index (ui->pairs, i), chinese_first);
}

gboolean ui_is_chinese_first (const Ui *ui)
{
  return ui->chinese_first;
}

/* Buttons ---------------------------------------------------------------------------- */

typedef struct {
  Ui *ui;
  Touch touch;
  char *argument;
  GtkWidget *words;
} Button;

static void button_free (gpointer data)
{
  Button *button = data;

  g_free (button->argument);
  g_free (button);
}

static void on_clicked (GtkButton *widget, gpointer data)
{
  Button *button = data;
  g_autofree char *argument = g_strdup (button->argument); /* the page may change it */

  ui_touch (button->ui, button->touch, argument);
}

GtkWidget *ui_button (Ui *ui, const char *icon, const char *text, Touch touch, const char *argument,
                      const char *css)
{
  GtkWidget *widget = gtk_button_new (), *box = ui_box (GTK_ORIENTATION_HORIZONTAL, "face");
  Button *button = g_new0 (Button, 1);

  add_classes (widget, css);
  gtk_widget_add_css_class (widget, "touch");
  button->ui = ui;
  button->touch = touch;
  button->argument = g_strdup (argument);
  button->words = ui_pair (ui, "words");
  gtk_widget_set_valign (button->words, GTK_ALIGN_CENTER);
  gtk_widget_set_halign (box, strstr (css, "row") != NULL ? GTK_ALIGN_FILL : GTK_ALIGN_CENTER);
  if (icon[0] != '\0')
    gtk_box_append (GTK_BOX (box), ui_icon (icon, ""));
  gtk_box_append (GTK_BOX (box), button->words);
  gtk_button_set_child (GTK_BUTTON (widget), box);
  g_object_set_data_full (G_OBJECT (widget), "touch", button, button_free);
  g_signal_connect (widget, "clicked", G_CALLBACK (on_clicked), button);
  ui_button_say (widget, words_pair (text));
  ui_touchable (ui, widget, FALSE);
  return widget;
}

void ui_button_argue (GtkWidget *widget, const char *argument)
{
  Button *button = g_object_get_data (G_OBJECT (widget), "touch");

  g_free (button->argument);
  button->argument = g_strdup (argument);
}

void ui_button_say (GtkWidget *widget, Pair wording)
{
  Button *button = g_object_get_data (G_OBJECT (widget), "touch");
  g_autofree char *both = g_strdup_printf ("%s · %s", wording.first, wording.second);

  ui_pair_say (button->words, wording);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, both, -1);
}

void ui_button_icon (GtkWidget *widget, const char *icon)
{
  gtk_image_set_from_icon_name (
      GTK_IMAGE (gtk_widget_get_first_child (gtk_button_get_child (GTK_BUTTON (widget)))), icon);
}

/* Fitting ---------------------------------------------------------------------------- */

/* The width of the longest word of @text, in ems of the label's font at @size_px. Chinese
 * breaks anywhere, so there the whole text counts up to the width of the label. */
static double widest_px (GtkWidget *label, const char *text, double size_px)
{
  gboolean chinese = gtk_widget_has_css_class (label, "zh");
  g_auto (GStrv) words = chinese ? g_strsplit (text, "·", -1) : g_strsplit (text, " ", -1);
  double widest = 0;

  for (guint i = 0; words[i] != NULL; i++) {
    g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (label, words[i]);
    g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
    int width;
    pango_attr_list_insert (attributes,
                            pango_attr_size_new_absolute ((int) (size_px * PANGO_SCALE)));
    pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
    pango_layout_set_attributes (layout, attributes);
    pango_layout_get_pixel_size (layout, &width, NULL);
    widest = MAX (widest, width);
  }
  return widest;
}

void ui_fit (Ui *ui, GtkWidget *label, double max_em, double min_em, double width_em)
{
  PangoAttrList *before = gtk_label_get_attributes (GTK_LABEL (label));
  PangoAttrList *attributes
      = before != NULL ? pango_attr_list_copy (before) : pango_attr_list_new ();
  double widest
      = widest_px (label, gtk_label_get_text (GTK_LABEL (label)), max_em * ui->em_px) / ui->em_px;
  double size = widest > width_em ? MAX (max_em * width_em / widest, min_em) : max_em;

  pango_attr_list_change (attributes,
                          pango_attr_size_new_absolute ((int) (size * ui->em_px * PANGO_SCALE)));
  gtk_label_set_attributes (GTK_LABEL (label), attributes);
  pango_attr_list_unref (attributes);
}
