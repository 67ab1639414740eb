#include "kiosk/page_your_data.h"

#include "core/words.h"
#include "kiosk/ui_fit.h"

#include <string.h>

typedef struct {
  GtkWidget *title, *columns, *left, *right;
  const Notice *notice;
} Parts;

static GtkWidget *build (Ui *ui)
{
  GtkWidget *page = ui_box (GTK_ORIENTATION_VERTICAL, "message your-data"), *whole;
  Parts *parts = g_new0 (Parts, 1);

  parts->title = ui_pair_heading (ui, "title small");
  parts->columns = ui_box (GTK_ORIENTATION_HORIZONTAL, "columns");
  parts->left = ui_box (GTK_ORIENTATION_VERTICAL, "column");
  parts->right = ui_box (GTK_ORIENTATION_VERTICAL, "column");
  gtk_box_set_homogeneous (GTK_BOX (parts->columns), TRUE);
  gtk_box_append (GTK_BOX (parts->columns), parts->left);
  gtk_box_append (GTK_BOX (parts->columns), parts->right);
  gtk_box_append (GTK_BOX (page), parts->title);
  gtk_box_append (GTK_BOX (page), parts->columns);
  whole = ui_fit_new (page, UI_FIT_LEAST);
  PAGE_KEEP (whole, parts);
  return whole;
}

/* In the fonts of its language. English stands where the first language does. */
static void add_text (GtkWidget *column, NoticeLanguage language, const char *text)
{
  GtkWidget *label = ui_text ("paragraph");

  ui_set_text (label, text, language == NOTICE_SECOND);
  if (language == NOTICE_ENGLISH) {
    g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
    pango_attr_list_insert (attributes,
                            pango_attr_language_new (pango_language_from_string ("en")));
    gtk_label_set_attributes (GTK_LABEL (label), attributes);
  }
  ui_limit_lines (label, FALSE);
  gtk_box_append (GTK_BOX (column), label);
}

static gsize length_of (const GPtrArray *paragraphs)
{
  gsize length = 0;

  for (guint i = 0; i < paragraphs->len; i++)
    length += strlen (paragraphs->pdata[i]);
  return length;
}

/* Side by side in landscape, about as much in each. */
static void fill (Parts *parts, NoticeLanguage language, gboolean two)
{
  const GPtrArray *paragraphs = parts->notice->paragraphs[language];
  gsize half = length_of (paragraphs) / 2, before = 0;

  for (guint i = 0; i < paragraphs->len; i++) {
    const char *text = paragraphs->pdata[i];
    gboolean left = !two || before + strlen (text) / 2 < half;
    add_text (left ? parts->left : parts->right, language, text);
    before += strlen (text);
  }
}

static void update (Ui *ui, GtkWidget *page, const FlowView *view)
{
  Parts *parts = PAGE_PARTS (Parts, page);
  NoticeLanguage language = (NoticeLanguage) view->data_language;
  gboolean two = ui_is_landscape (ui);
  Pair title = words_pair (N_ ("Your data"));

  ui_empty (parts->left);
  ui_empty (parts->right);
  gtk_widget_set_visible (parts->right, two);
  if (parts->notice != NULL) {
    const char *named = parts->notice->title[language];
    title
        = (Pair){ language != NOTICE_SECOND ? named : "", language == NOTICE_SECOND ? named : "" };
    fill (parts, language, two);
  }
  ui_pair_say (parts->title, title);
}

void page_your_data_show (Ui *ui, GtkWidget *page, const Notice *notice, const FlowView *view)
{
  Parts *parts = PAGE_PARTS (Parts, page);

  parts->notice = notice;
  update (ui, page, view);
}

const Page page_your_data = { "your-data", build, update };
