#include "kiosk/person.h"

#include <math.h>
#include <string.h>

#define SMALLEST_SHARE 0.5
#define OTHER_SHARE 0.68
#define PLAIN_COLOUR "#4a5364" /* where the event file's says nothing */
#define CONTRAST_MIN 4.5
#define NAME_WHOLE_MAX 60 /* characters of a name that is always shown whole */

typedef struct {
  GtkWidget *name_fr, *name_zh, *organisation, *category;
  GtkCssProvider *colour;
} Parts;

static void parts_free (gpointer data)
{
  Parts *parts = data;

  g_object_unref (parts->colour);
  g_free (parts);
}

GtkWidget *person_new (Ui *ui)
{
  GtkWidget *box = ui_box (GTK_ORIENTATION_VERTICAL, "person");
  Parts *parts = g_new0 (Parts, 1);

  g_object_set_data_full (G_OBJECT (box), "parts", parts, parts_free);
  parts->name_fr = ui_text ("name");
  parts->name_zh = ui_text ("name");
  parts->organisation = ui_pair (ui, "organisation");
  parts->category = ui_pair (ui, "category");
  parts->colour = gtk_css_provider_new ();
  gtk_widget_set_halign (parts->category, GTK_ALIGN_START);
  gtk_style_context_add_provider (gtk_widget_get_style_context (parts->category),
                                  GTK_STYLE_PROVIDER (parts->colour),
                                  GTK_STYLE_PROVIDER_PRIORITY_APPLICATION + 2);
  gtk_box_append (GTK_BOX (box), parts->name_fr);
  gtk_box_append (GTK_BOX (box), parts->name_zh);
  gtk_box_append (GTK_BOX (box), parts->organisation);
  gtk_box_append (GTK_BOX (box), parts->category);
  return box;
}

/* @text with the bytes @from … @to in bold, at @size_em or as small as it must be. */
static void set_name (Ui *ui, GtkWidget *label, const char *text, gsize from, gsize to,
                      gboolean chinese, double size_em, double width_em)
{
  PangoAttrList *attributes;
  PangoAttribute *bold = pango_attr_weight_new (PANGO_WEIGHT_BOLD);

  ui_set_text (label, text, chinese);
  ui_limit_lines (label, g_utf8_strlen (text, -1) > NAME_WHOLE_MAX);
  gtk_widget_set_visible (label, text[0] != '\0');
  bold->start_index = (guint) from;
  bold->end_index = (guint) to;
  attributes = pango_attr_list_copy (gtk_label_get_attributes (GTK_LABEL (label)));
  pango_attr_list_insert (attributes, bold);
  gtk_label_set_attributes (GTK_LABEL (label), attributes);
  pango_attr_list_unref (attributes);
  ui_fit (ui, label, size_em, SMALLEST_SHARE * size_em, width_em);
}

/* The bytes of the surname in the Latin name @latin, or in the hanzi. */
static gsize surname_at (const Guest *guest, const char *latin)
{
  gsize family = guest->second_leads || guest->given[0] == '\0' ? 0 : strlen (guest->given) + 1;

  return MIN (family, strlen (latin));
}

static gsize surname_length (const Guest *guest, gboolean chinese)
{
  guint characters = (guint) g_utf8_strlen (guest->name_zh, -1);

  if (!chinese)
    return strlen (guest->family);
  return (
      gsize) (g_utf8_offset_to_pointer (guest->name_zh, (glong) MIN (guest->surname_zh, characters))
              - guest->name_zh);
}

static void set_names (Ui *ui, Parts *parts, const Guest *guest, double size_em, double width_em)
{
  g_autofree char *latin = guest_latin_name (guest);
  gboolean han_leads = guest->name_zh[0] != '\0' && (guest->second_leads || latin[0] == '\0');
  gsize family = surname_at (guest, latin);

  set_name (ui, parts->name_fr, latin, family, family + surname_length (guest, FALSE), FALSE,
            han_leads ? size_em * OTHER_SHARE : size_em, width_em);
  set_name (ui, parts->name_zh, guest->name_zh, 0, surname_length (guest, TRUE), TRUE,
            han_leads ? size_em : size_em * OTHER_SHARE, width_em);
}

void person_set_line (GtkWidget *label, const Guest *guest, gboolean chinese)
{
  g_autofree char *latin = guest_latin_name (guest);
  gsize from = chinese ? 0 : surname_at (guest, latin);
  PangoAttribute *bold = pango_attr_weight_new (PANGO_WEIGHT_BOLD);
  PangoAttrList *attributes;

  ui_set_text (label, chinese ? guest->name_zh : latin, chinese);
  bold->start_index = (guint) from;
  bold->end_index = (guint) (from + surname_length (guest, chinese));
  attributes = pango_attr_list_copy (gtk_label_get_attributes (GTK_LABEL (label)));
  pango_attr_list_insert (attributes, bold);
  gtk_label_set_attributes (GTK_LABEL (label), attributes);
  pango_attr_list_unref (attributes);
  gtk_widget_set_visible (label, gtk_label_get_text (GTK_LABEL (label))[0] != '\0');
}

/* White words would not stand out enough from @colour (WCAG AA). */
static gboolean is_light (const GdkRGBA *colour)
{
  const double parts[] = { (double) colour->red, (double) colour->green, (double) colour->blue },
               weights[] = { 0.2126, 0.7152, 0.0722 };
  double luminance = 0;

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    luminance += weights[i]
                 * (parts[i] <= 0.04045 ? parts[i] / 12.92 : pow ((parts[i] + 0.055) / 1.055, 2.4));
  return 1.05 / (luminance + 0.05) < CONTRAST_MIN;
}

static void set_category (Parts *parts, const Guest *guest)
{
  GdkRGBA colour;
  g_autofree char *css = NULL, *text = NULL;

  ui_pair_set (parts->category, guest->category_fr, guest->category_zh);
  ui_pair_order (parts->category, guest->second_leads);
  /* It comes from an event file, perhaps by way of another station. */
  if (!gdk_rgba_parse (&colour, guest->colour))
    gdk_rgba_parse (&colour, PLAIN_COLOUR);
  colour.alpha = 1;
  text = gdk_rgba_to_string (&colour);
  css = g_strdup_printf (".category { background-color: %s; }", text);
  gtk_css_provider_load_from_data (parts->colour, css, -1);
  ui_mark (parts->category, "light", is_light (&colour));
}

void person_set (Ui *ui, GtkWidget *person, const Guest *guest, double size_em, double width_em)
{
  Parts *parts = g_object_get_data (G_OBJECT (person), "parts");

  gtk_widget_set_visible (person, guest != NULL);
  if (guest == NULL) {
    gtk_label_set_text (GTK_LABEL (parts->name_fr), "");
    gtk_label_set_text (GTK_LABEL (parts->name_zh), "");
    ui_pair_set (parts->organisation, "", "");
    ui_pair_set (parts->category, "", "");
    return;
  }
  set_names (ui, parts, guest, size_em, width_em);
  gtk_box_reorder_child_after (GTK_BOX (person),
                               guest->second_leads ? parts->name_zh : parts->name_fr, NULL);
  ui_pair_set (parts->organisation, guest->organisation_fr, guest->organisation_zh);
  ui_pair_order (parts->organisation, guest->second_leads);
  set_category (parts, guest);
}

GtkWidget *person_right (Ui *ui, const GuestRight *right, gboolean second_leads, const char *css)
{
  static const struct {
    const char *right, *icon;
  } ICONS[] = {
    { "day", "x-office-calendar-symbolic" },    { "session", "system-users-symbolic" },
    { "meal", "accueil-meal-symbolic" },        { "shuttle", "accueil-shuttle-symbolic" },
    { "headset", "audio-headphones-symbolic" }, { "", "starred-symbolic" },
  };
  GtkWidget *box = ui_box (GTK_ORIENTATION_HORIZONTAL, css), *words = ui_pair (ui, "");

  for (guint i = 0; i < G_N_ELEMENTS (ICONS); i++)
    if (strcmp (right->icon, ICONS[i].right) == 0)
      gtk_box_append (GTK_BOX (box), ui_icon (ICONS[i].icon, ""));
  ui_pair_set (words, right->fr, right->zh);
  ui_pair_order (words, second_leads);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), words);
  return box;
}
