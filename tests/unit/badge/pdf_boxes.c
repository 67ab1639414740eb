#include "badge/pdf_boxes.h"
#include "words_here.h"

#include "badge/badge_content.h"

#include <glib/gstdio.h>
#include <string.h>

#define MARGIN 25.5
#define BLEED 8.5
#define PAGES 12

static cairo_status_t append (void *data, const guint8 *bytes, guint length)
{
  g_string_append_len (data, (const char *) bytes, (gssize) length);
  return CAIRO_STATUS_SUCCESS;
}

/* Pages of different sizes, with text in them that looks like what is looked for. */
static GString *draw (guint pages)
{
  GString *pdf = g_string_new (NULL);
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (append, pdf, 100, 100);
  cairo_pdf_surface_restrict_to_version (surface, PDF_BOXES_VERSION);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE,
                                  "endobj /Type /Page /MediaBox [");
  cairo_t *cr = cairo_create (surface);
  for (guint i = 0; i < pages; i++) {
    cairo_pdf_surface_set_size (surface, 200 + i, 300.25 + 2 * i);
    cairo_rectangle (cr, 10, 10, 20 + i, 20);
    cairo_fill (cr);
    cairo_show_page (cr);
  }
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  g_assert_cmpint (cairo_surface_status (surface), ==, CAIRO_STATUS_SUCCESS);
  cairo_surface_destroy (surface);
  return pdf;
}

/* What a reader that has nothing to do with ours says of the pages' boxes. */
static char *pdfinfo (const GString *pdf)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  int fd = g_file_open_tmp ("boxes-XXXXXX.pdf", &path, &error);
  g_assert_no_error (error);
  g_close (fd, NULL);
  g_assert_true (g_file_set_contents (path, pdf->str, (gssize) pdf->len, NULL));
  char *out = NULL;
  g_autofree char *wrong = NULL;
  const char *argv[] = { "pdfinfo", "-box", "-f", "1", "-l", "99", path, NULL };
  int status = 0;
  g_assert_true (g_spawn_sync (NULL, (char **) (guintptr) argv, NULL, G_SPAWN_SEARCH_PATH, NULL,
                               NULL, &out, &wrong, &status, &error));
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  g_assert_cmpstr (wrong, ==, ""); /* it had nothing to mend */
  g_unlink (path);
  return out;
}

static void assert_box (const char *said, guint page, const char *box, double in, double width,
                        double height)
{
  g_autofree char *name = g_strdup_printf ("Page %4u %s:", page, box);
  const char *at = strstr (said, name);
  g_assert_nonnull (at);
  at += strlen (name);
  const double wanted[] = { in, in, width - in, height - in };
  for (guint i = 0; i < 4; i++) {
    char *end = NULL;
    g_assert_cmpfloat_with_epsilon (g_ascii_strtod (at, &end), wanted[i], 0.011);
    at = end;
  }
}

static void test_boxes (void)
{
  for (guint pages = 1; pages <= PAGES; pages += PAGES - 1) {
    g_autoptr (GString) pdf = draw (pages);
    g_autoptr (GError) error = NULL;
    g_autoptr (GString) update = pdf_boxes_update (pdf->str, pdf->len, MARGIN, BLEED, &error);
    g_assert_no_error (error);
    g_string_append_len (pdf, update->str, (gssize) update->len);
    g_autofree char *said = pdfinfo (pdf);
    for (guint i = 0; i < pages; i++) {
      double width = 200 + i, height = 300.25 + 2 * i;
      assert_box (said, i + 1, "MediaBox", 0, width, height);
      assert_box (said, i + 1, "TrimBox", MARGIN, width, height);
      assert_box (said, i + 1, "BleedBox", MARGIN - BLEED, width, height);
    }
  }
}

/* Whatever is no such file is refused, and nothing beyond its bytes is looked at. */
static void test_refused (void)
{
  g_autoptr (GString) pdf = draw (2);
  for (gsize length = 0; length < pdf->len; length += length < pdf->len - 700 ? 37 : 1) {
    g_autofree char *cut = g_memdup2 (pdf->str, length); /* so that a sanitizer sees its end */
    g_autoptr (GError) error = NULL;
    g_autoptr (GString) update = pdf_boxes_update (cut, length, MARGIN, BLEED, &error);
    if (update == NULL)
      g_assert_error (error, BADGE_ERROR, BADGE_ERROR_WRITE);
    else
      g_assert_cmpuint (length, >, pdf->len - 10); /* but for its last words */
  }
}

/* A byte changed anywhere: refused or answered, never read beyond the end. */
static void test_damaged (void)
{
  g_autoptr (GString) pdf = draw (2);
  for (guint i = 0; i < 3000; i++) {
    g_autofree char *bytes = g_memdup2 (pdf->str, pdf->len);
    bytes[g_test_rand_int_range (0, (gint32) pdf->len)] = (char) g_test_rand_int_range (0, 256);
    bytes[pdf->len - 1 - (gsize) g_test_rand_int_range (0, 200)]
        = (char) g_test_rand_int_range ('0', '9' + 1);
    g_autoptr (GString) update = pdf_boxes_update (bytes, pdf->len, MARGIN, BLEED, NULL);
    g_assert_true (update == NULL || update->len > 0);
  }
}

/* A sheet that is smaller than what is cut off it. */
static void test_no_room (void)
{
  g_autoptr (GString) pdf = draw (1);
  g_autoptr (GError) error = NULL;
  g_assert_null (pdf_boxes_update (pdf->str, pdf->len, 101, BLEED, &error));
  g_assert_error (error, BADGE_ERROR, BADGE_ERROR_WRITE);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  words_here ();
  g_test_add_func ("/pdf-boxes/boxes", test_boxes);
  g_test_add_func ("/pdf-boxes/refused", test_refused);
  g_test_add_func ("/pdf-boxes/damaged", test_damaged);
  g_test_add_func ("/pdf-boxes/no-room", test_no_room);
  return g_test_run ();
}
