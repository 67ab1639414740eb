#include "kiosk/ui.h"

#include "core/text.h"
#include "kiosk/ui_state.h"

#define WORD_MAX 24  /* characters of a word that always has room on one line */
#define TEXT_MAX 180 /* of a text that is shown whole */
#define LINES_MAX 3  /* of a longer one */

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

void ui_add_classes (GtkWidget *widget, const char *css)
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

  ui_add_classes (box, css);
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

static GtkWidget *text_of_role (GtkAccessibleRole role, const char *css)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "accessible-role", role, NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_NONE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  ui_add_classes (label, css);
  return label;
}

GtkWidget *ui_text (const char *css)
{
  return text_of_role (GTK_ACCESSIBLE_ROLE_LABEL, css);
}

GtkWidget *ui_heading (const char *css)
{
  return text_of_role (GTK_ACCESSIBLE_ROLE_HEADING, css);
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

void ui_set_text (GtkWidget *label, const char *text, gboolean second)
{
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  WordsSide side = second ? WORDS_SECOND : WORDS_FIRST;
  gboolean chinese = words_is_chinese (side);

  pango_attr_list_insert (attributes,
                          pango_attr_language_new (pango_language_from_string (words_tag (side))));
  gtk_label_set_attributes (GTK_LABEL (label), attributes);
  pango_context_set_language (gtk_widget_get_pango_context (label),
                              pango_language_from_string (chinese ? "zh-cn" : "fr"));
  gtk_label_set_wrap_mode (
      GTK_LABEL (label), !chinese && has_long_word (text) ? PANGO_WRAP_WORD_CHAR : PANGO_WRAP_WORD);
  ui_limit_lines (label, g_utf8_strlen (text, -1) > TEXT_MAX);
  gtk_label_set_text (GTK_LABEL (label), text);
  ui_mark (label, "zh", chinese);
  ui_mark (label, "second", second);
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

  ui_add_classes (icon, css);
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
