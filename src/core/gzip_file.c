#include "core/gzip_file.h"

#include "core/descriptor.h"
#include "core/words.h"

#include <errno.h>
#include <gio/gio.h>
#include <string.h>
#include <unistd.h>

#define PIECE (256 * 1024)

typedef struct {
  GConverter *converter;
  int from, to;
  gint64 left; /* what may still be written */
  guint8 *in, *out;
  gsize held; /* of @in */
  gboolean end;
} Way;

static gboolean fail (GError **error)
{
  g_set_error (error, G_IO_ERROR, (gint) g_io_error_from_errno (errno),
               _ ("packing or unpacking a file: %s"), g_strerror (errno));
  return FALSE;
}

static gboolean read_piece (Way *way, GError **error)
{
  ssize_t got;

  do
    got = read (way->from, way->in + way->held, PIECE - way->held);
  while (got < 0 && errno == EINTR);
  if (got < 0)
    return fail (error);
  way->end = got == 0;
  way->held += (gsize) got;
  return TRUE;
}

static gboolean write_piece (Way *way, gsize length, GError **error)
{
  if ((gint64) length > way->left) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, _ ("unpacking a file: it is too large"));
    return FALSE;
  }
  way->left -= (gint64) length;
  return descriptor_write (way->to, way->out, length) || fail (error);
}

/* One step; *@done: the converter has reached its end. */
static gboolean step (Way *way, gboolean *done, GError **error)
{
  GConverterFlags flags = way->end ? G_CONVERTER_INPUT_AT_END : G_CONVERTER_NO_FLAGS;
  g_autoptr (GError) cause = NULL;
  gsize taken = 0, made = 0;
  GConverterResult result = g_converter_convert (way->converter, way->in, way->held, way->out,
                                                 PIECE, flags, &taken, &made, &cause);

  if (result == G_CONVERTER_ERROR) {
    if (!way->end && g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT))
      return read_piece (way, error);
    g_propagate_error (error, g_steal_pointer (&cause));
    return FALSE;
  }
  *done = result == G_CONVERTER_FINISHED;
  memmove (way->in, way->in + taken, way->held - taken);
  way->held -= taken;
  return write_piece (way, made, error)
         && (way->held > 0 || way->end || *done || read_piece (way, error));
}

/* Takes @converter over. */
static gboolean convert (GConverter *converter, int from, int to, gint64 most, GError **error)
{
  Way way = { .converter = converter,
              .from = from,
              .to = to,
              .left = most,
              .in = g_malloc (PIECE),
              .out = g_malloc (PIECE) };
  gboolean done = FALSE, good = read_piece (&way, error);

  while (good && !done)
    good = step (&way, &done, error);
  g_object_unref (converter);
  g_free (way.in);
  g_free (way.out);
  return good;
}

gboolean gzip_file_pack (int from, int to, gint level, GError **error)
{
  return convert (G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, level)), from,
                  to, G_MAXINT64, error);
}

gboolean gzip_file_unpack (int from, int to, gint64 most, GError **error)
{
  return convert (G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP)), from, to,
                  most, error);
}
