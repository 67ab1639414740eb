/* pdf_text.h: what pdftotext reads of a PDF. Include it once, in a test. */
#pragma once

#include <glib/gstdio.h>

/* A form feed at each page's end. Free with g_free(). */
static inline char *pdf_text (GBytes *pdf)
{
  gsize length;
  const char *bytes = g_bytes_get_data (pdf, &length);
  g_autofree char *path = NULL;
  char *text = NULL;
  int file = g_file_open_tmp ("accueil-text-XXXXXX.pdf", &path, NULL);
  g_assert_true (g_close (file, NULL));
  g_assert_true (g_file_set_contents (path, bytes, (gssize) length, NULL));
  const char *argv[] = { "pdftotext", "-layout", path, "-", NULL };
  g_assert_true (g_spawn_sync (NULL, (char **) (guintptr) argv, NULL, G_SPAWN_SEARCH_PATH, NULL,
                               NULL, &text, NULL, NULL, NULL));
  g_remove (path);
  return text;
}
