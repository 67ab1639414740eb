#include "kiosk/ui_scale.h"

#include "kiosk/display_scale.h"
#include "kiosk/ui_state.h"

#include <math.h>

#define EM_MIN_PX 9
#define LARGE 1.16
#define LONG_SIDE_EM 65.0
#define SHORT_SIDE_EM 36.8
/* A touch is at most this share of the short side, whatever a screen says; a key of the
 * height. */
#define TOUCH_SHARE_MAX 0.18
#define KEY_SHARE_UPRIGHT 0.075
#define KEY_SHARE_LANDSCAPE 0.112
#define TIGHT_EM 5.2 /* a finger's size, from which on the screen is small for fingers */

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

/* Fitting ---------------------------------------------------------------------------- */

double ui_em_px (const Ui *ui)
{
  return ui->em_px;
}

static double width_px (GtkWidget *in, const char *text, double size_px)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (in, text);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  int width;

  pango_attr_list_insert (attributes, pango_attr_size_new_absolute ((int) (size_px * PANGO_SCALE)));
  pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  pango_layout_set_attributes (layout, attributes);
  pango_layout_get_pixel_size (layout, &width, NULL);
  return width;
}

double ui_text_width_px (Ui *ui, GtkWidget *in, const char *text, double size_em)
{
  return width_px (in, text, size_em * ui->em_px);
}

void ui_break_if_long (Ui *ui, GtkWidget *label, GtkWidget *in, double size_em, double room_px)
{
  const char *text = gtk_label_get_text (GTK_LABEL (label));
  gboolean is_long = ui_text_width_px (ui, in, text, size_em) > room_px;

  gtk_label_set_wrap (GTK_LABEL (label), is_long);
  if (!is_long)
    gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
}

/* The width of the longest word of @text, in ems of the label's font at @size_px. Chinese
 * breaks anywhere, so there the whole text counts up to the width of the label. */
static double widest_px (GtkWidget *label, const char *text, double size_px)
{
  gboolean chinese = gtk_widget_has_css_class (label, "zh");
  g_auto (GStrv) words = chinese ? g_strsplit (text, "·", -1) : g_strsplit (text, " ", -1);
  double widest = 0;

  for (guint i = 0; words[i] != NULL; i++) {
    widest = MAX (widest, width_px (label, words[i], size_px));
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
