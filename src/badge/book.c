#include "badge/badge.h"

#include "badge/draw.h"
#include "core/words.h"

#include <cairo-pdf.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <unistd.h>

struct _BadgeBook {
  char *path, *part; /* where it will stand, and where it is written */
  FILE *file;
  cairo_surface_t *surface; /* from the first page on */
  cairo_t *cr;
};

static cairo_status_t append (void *data, const guint8 *bytes, guint length)
{
  BadgeBook *book = data;
  return fwrite (bytes, 1, length, book->file) == length ? CAIRO_STATUS_SUCCESS : CAIRO_STATUS_WRITE_ERROR;
}

static gboolean fail (const BadgeBook *book, int number, GError **error)
{
  g_set_error (error, BADGE_ERROR, BADGE_ERROR_WRITE, _("Cannot write badges to %s: %s"), book->path, g_strerror (number));
  return FALSE;
}

BadgeBook *badge_book_new (const char *path, GError **error)
{
  g_autoptr (BadgeBook) book = g_new0 (BadgeBook, 1);
  book->path = g_strdup (path);
  book->part = g_strconcat (path, ".part", NULL);
  int fd = g_open (book->part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
  book->file = fd >= 0 ? fdopen (fd, "wb") : NULL;
  if (book->file)
    return g_steal_pointer (&book);
  fail (book, errno, error);
  if (fd < 0)
    g_clear_pointer (&book->part, g_free); /* not ours to remove */
  return NULL;
}

static gboolean check_status (const BadgeBook *book, GError **error)
{
  cairo_status_t status = cairo_surface_status (book->surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_status (book->cr);
  if (status == CAIRO_STATUS_SUCCESS)
    return TRUE;
  if (status == CAIRO_STATUS_WRITE_ERROR)
    return fail (book, errno ? errno : EIO, error);
  g_set_error (error, BADGE_ERROR, BADGE_ERROR_WRITE, _("Cannot write badges to %s: %s"), book->path, cairo_status_to_string (status));
  return FALSE;
}

gboolean badge_book_add (BadgeBook *book, BadgeTemplate *template_, const BadgeContent *content, BadgeSides sides, GError **error)
{
  g_autoptr (GPtrArray) pages = draw_compose_sides (template_, content, sides, error);
  if (!pages)
    return FALSE;
  if (!book->surface) {
    const Page *first = g_ptr_array_index (pages, 0);
    book->surface = cairo_pdf_surface_create_for_stream (append, book, first->width_pt, first->height_pt);
    cairo_pdf_surface_set_metadata (book->surface, CAIRO_PDF_METADATA_CREATE_DATE, "-");
    book->cr = cairo_create (book->surface);
  }
  for (guint i = 0; i < pages->len; i++)
    if (!draw_pdf_page (book->cr, g_ptr_array_index (pages, i), error) || !check_status (book, error))
      return FALSE;
  return TRUE;
}

gboolean badge_book_seal (BadgeBook *book, GError **error)
{
  if (!book->surface) {
    g_set_error (error, BADGE_ERROR, BADGE_ERROR_WRITE, _("Cannot write badges to %s: there are none"), book->path);
    return FALSE;
  }
  if (!book->file)
    return TRUE;
  g_clear_pointer (&book->cr, cairo_destroy);
  cairo_surface_finish (book->surface);
  cairo_status_t status = cairo_surface_status (book->surface);
  FILE *file = g_steal_pointer (&book->file);
  gboolean flushed = fflush (file) == 0 && fsync (fileno (file)) == 0;
  int number = errno;
  return (fclose (file) == 0 && flushed && status == CAIRO_STATUS_SUCCESS) || fail (book, flushed ? EIO : number, error);
}

gboolean badge_book_finish (BadgeBook *book, GError **error)
{
  if (!badge_book_seal (book, error))
    return FALSE;
  if (g_rename (book->part, book->path) != 0)
    return fail (book, errno, error);
  g_clear_pointer (&book->part, g_free);
  return TRUE;
}

void badge_book_free (BadgeBook *book)
{
  if (!book)
    return;
  g_clear_pointer (&book->cr, cairo_destroy);
  g_clear_pointer (&book->surface, cairo_surface_destroy); /* writes: before the file is closed */
  if (book->file)
    fclose (book->file);
  if (book->part)
    g_unlink (book->part);
  g_free (book->part);
  g_free (book->path);
  g_free (book);
}
