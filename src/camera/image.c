#include "camera/image.h"

#include "core/words.h"
#include "camera/qr_finder.h"

#include <errno.h>
#include <fcntl.h>
#include <gdk-pixbuf/gdk-pixbuf.h>
#include <gio/gio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define READ_BYTES (64 * 1024)

G_DEFINE_QUARK (image - error - quark, image_error)

/* Reading files ---------------------------------------------------------------------- */

static gboolean fail (const char *path, const char *why, GError **error)
{
  g_set_error (error, IMAGE_ERROR, IMAGE_ERROR_READ, _ ("reading the image %s: %s"), path, why);
  return FALSE;
}

/* Told the size before any pixel is kept; a size of 0 makes the loader give up. */
static void on_size (GdkPixbufLoader *loader, gint width, gint height, gpointer too_big)
{
  if (width <= 0 || height <= 0 || (guint64) width * (guint64) height > IMAGE_PIXELS_MAX) {
    *(gboolean *) too_big = TRUE;
    gdk_pixbuf_loader_set_size (loader, 0, 0);
  }
}

static gboolean feed (GdkPixbufLoader *loader, int fd, const gboolean *too_big, GError **error)
{
  g_autofree guchar *bytes = g_malloc (READ_BYTES);
  gsize total = 0;

  for (;;) {
    ssize_t count = read (fd, bytes, READ_BYTES);
    if (count < 0 && errno == EINTR)
      continue;
    if (count < 0) {
      g_set_error_literal (error, G_FILE_ERROR, g_file_error_from_errno (errno),
                           g_strerror (errno));
      return FALSE;
    }
    if (count == 0)
      return TRUE;
    total += (gsize) count;
    if (total > IMAGE_BYTES_MAX || !gdk_pixbuf_loader_write (loader, bytes, (gsize) count, error)
        || *too_big)
      return FALSE;
  }
}

static int open_file (const char *path, GError **error)
{
  struct stat info;
  g_autofree char *limit = NULL;
  /* Not to wait for a writer if it is a pipe. */
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

  if (fd < 0 || fstat (fd, &info) != 0)
    fail (path, g_strerror (errno), error);
  else if (!S_ISREG (info.st_mode))
    fail (path, _ ("it is no file"), error);
  else if (info.st_size > IMAGE_BYTES_MAX) {
    limit = g_strdup_printf (_ ("it is larger than %d MB"), IMAGE_BYTES_MAX / 1024 / 1024);
    fail (path, limit, error);
  } else
    return fd;
  if (fd >= 0)
    close (fd);
  return -1;
}

/* Only formats of photographs and screenshots: a loader of documents (SVG) would be a way
 * in for strangers. */
static GdkPixbufLoader *new_loader (int fd)
{
  static const struct {
    const char *type;
    gsize offset, length;
    const char *magic;
  } FORMATS[] = {
    { "png", 0, 8, "\x89PNG\r\n\x1a\n" },
    { "jpeg", 0, 3, "\xff\xd8\xff" },
    { "gif", 0, 4, "GIF8" },
    { "bmp", 0, 2, "BM" },
    { "webp", 8, 4, "WEBP" },
    { "tiff", 0, 4, "II*\0" },
    { "tiff", 0, 4, "MM\0*" },
  };
  char start[16] = { 0 };
  ssize_t count = pread (fd, start, sizeof start, 0);

  for (guint i = 0; count > 0 && i < G_N_ELEMENTS (FORMATS); i++)
    if (memcmp (start + FORMATS[i].offset, FORMATS[i].magic, FORMATS[i].length) == 0)
      return gdk_pixbuf_loader_new_with_type (FORMATS[i].type, NULL);
  return NULL;
}

static GdkPixbuf *load (const char *path, GError **error)
{
  g_autoptr (GdkPixbufLoader) loader = NULL;
  g_autoptr (GError) failure = NULL;
  GdkPixbuf *pixbuf = NULL;
  gboolean too_big = FALSE, read;
  int fd = open_file (path, error);

  if (fd < 0)
    return NULL;
  loader = new_loader (fd);
  if (loader == NULL) {
    close (fd);
    fail (path, _ ("it is no image of a kind that is read here (PNG, JPEG, WebP, GIF, BMP, TIFF)"),
          error);
    return NULL;
  }
  g_signal_connect (loader, "size-prepared", G_CALLBACK (on_size), &too_big);
  read = feed (loader, fd, &too_big, &failure);
  close (fd);
  /* A loader must be closed whatever happened; what it says then adds nothing after a
   * first error. */
  if (!gdk_pixbuf_loader_close (loader, read ? &failure : NULL))
    read = FALSE;
  pixbuf = read ? gdk_pixbuf_loader_get_pixbuf (loader) : NULL;

  if (too_big) {
    g_autofree char *limit
        = g_strdup_printf (_ ("it has more than %u million pixels"), IMAGE_PIXELS_MAX / 1000000);
    fail (path, limit, error);
  } else if (pixbuf == NULL)
    fail (path, failure != NULL ? failure->message : _ ("it is damaged or too large"), error);
  return pixbuf != NULL && !too_big ? g_object_ref (pixbuf) : NULL;
}

/* Luma of ITU-R BT.601; what is transparent is paper. */
static Frame *grey_of (const GdkPixbuf *pixbuf)
{
  guint channels = (guint) gdk_pixbuf_get_n_channels (pixbuf);
  gsize stride = (gsize) gdk_pixbuf_get_rowstride (pixbuf);
  const guint8 *pixels = gdk_pixbuf_read_pixels (pixbuf);
  Frame *frame
      = frame_new ((guint) gdk_pixbuf_get_width (pixbuf), (guint) gdk_pixbuf_get_height (pixbuf));

  for (gsize y = 0; y < frame->height; y++)
    for (gsize x = 0; x < frame->width; x++) {
      const guint8 *p = pixels + y * stride + x * channels;
      guint luma = (299u * p[0] + 587u * p[1] + 114u * p[2]) / 1000;
      guint alpha = channels == 4 ? p[3] : 255;
      frame->grey[y * frame->width + x] = (guint8) ((luma * alpha + 255 * (255 - alpha)) / 255);
    }
  return frame;
}

char **image_file_codes (const char *path, GError **error)
{
  g_autoptr (GdkPixbuf) pixbuf = load (path, error);
  g_autoptr (QrFinder) finder = NULL;
  g_autoptr (Frame) frame = NULL;
  const GPtrArray *codes;
  char **texts;

  if (pixbuf == NULL)
    return NULL;
  frame = grey_of (pixbuf);
  g_clear_object (&pixbuf);
  finder = qr_finder_new ();
  codes = qr_finder_search (finder, frame);
  if (codes->len == 0) {
    g_set_error (error, IMAGE_ERROR, IMAGE_ERROR_NO_CODE,
                 _ ("reading the image %s: no QR code is seen in it; take it again, nearer, "
                    "straight and without glare"),
                 path);
    return NULL;
  }
  texts = g_new0 (char *, codes->len + 1);
  for (guint i = 0; i < codes->len; i++)
    texts[i] = g_strdup (((const QrFinderCode *) codes->pdata[i])->text);
  return texts;
}
