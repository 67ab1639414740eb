/* Labels with codes: pages, and that each symbol is read from the paper. */
#include "badge/code_labels.h"
#include "pdf_text.h"
#include "words_here.h"

#include "badge/badge.h"

#include <string.h>

static guint pages_of (GBytes *pdf)
{
  g_autofree char *text = pdf_text (pdf);
  g_assert_nonnull (strstr (text, "H-0001"));
  guint pages = 0;
  for (const char *p = text; *p != '\0'; p++)
    pages += *p == '\f';
  return pages;
}

static void test_pages (void)
{
  static const struct {
    guint count, skip;
    gboolean roll;
    guint pages;
  } ROWS[] = { { 1, 0, FALSE, 1 },
               { 65, 0, FALSE, 1 },
               { 66, 0, FALSE, 2 },
               { 60, 6, FALSE, 2 },
               { 3, 0, TRUE, 3 } };
  CodeLabel labels[66];
  g_autoptr (GPtrArray) kept = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < G_N_ELEMENTS (labels); i++) {
    char *name = g_strdup_printf ("H-%04u", i + 1);
    g_ptr_array_add (kept, name);
    labels[i] = (CodeLabel){ name, "AH:7K2M9QXD" };
  }
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autoptr (GError) error = NULL;
    CodeLabelSheet sheet = code_labels_usual;
    sheet.skip = ROWS[i].skip;
    if (ROWS[i].roll)
      sheet = (CodeLabelSheet){ .width_mm = 50, .height_mm = 25 };
    g_autoptr (GBytes) pdf
        = code_labels_draw (labels, ROWS[i].count, &sheet, (Pair){ "Casque", "耳机" }, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (pages_of (pdf), ==, ROWS[i].pages);
  }
}

int main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_test_init (&argc, &argv, NULL);
  words_here ();
  g_assert_true (badge_fonts_start ("fonts/fonts.conf", &error));
  g_test_add_func ("/code-labels/pages", test_pages);
  return g_test_run ();
}
