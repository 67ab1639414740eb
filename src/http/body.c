#include "http/body.h"

#include "core/words.h"

#include <gio/gio.h>
#include <string.h>

#define INFLATE_STEP 16384

G_DEFINE_QUARK (body - error - quark, body_error)

struct _Body {
  GByteArray *bytes;
  gsize most;
  gsize counted; /* of the budget */
  BodyBudget *budget;
  gboolean too_large, no_room;
};

Body *body_new (gsize most, BodyBudget *budget)
{
  Body *body = g_new0 (Body, 1);

  body->bytes = g_byte_array_new ();
  body->most = most;
  body->budget = budget;
  return body;
}

void body_free (Body *body)
{
  if (body == NULL)
    return;
  g_atomic_pointer_add (&body->budget->used, -(gssize) body->counted);
  g_byte_array_unref (body->bytes);
  g_free (body);
}

static gboolean reserve (Body *body, gsize length)
{
  gsize before = (gsize) g_atomic_pointer_add (&body->budget->used, (gssize) length);

  body->counted += length;
  return before + length <= body->budget->most;
}

static void let_go (Body *body)
{
  g_byte_array_unref (body->bytes);
  body->bytes = g_byte_array_new ();
  g_atomic_pointer_add (&body->budget->used, -(gssize) body->counted);
  body->counted = 0;
}

gboolean body_add (Body *body, const void *data, gsize length)
{
  if (body->too_large || body->no_room)
    return FALSE;
  if (length > body->most - body->bytes->len)
    body->too_large = TRUE;
  else if (!reserve (body, length))
    body->no_room = TRUE;
  else {
    g_byte_array_append (body->bytes, data, (guint) length);
    return TRUE;
  }
  let_go (body);
  return FALSE;
}

gboolean body_had_room (const Body *body)
{
  return !body->no_room;
}

const char *body_text (const Body *body, gsize *length)
{
  *length = body->bytes->len;
  /* A NUL after the text, without counting it. */
  g_byte_array_append (body->bytes, (const guint8 *) "", 1);
  g_byte_array_set_size (body->bytes, (guint) *length);
  return (const char *) body->bytes->data;
}

static gboolean too_large (const Body *body, GError **error)
{
  g_set_error (error, BODY_ERROR, BODY_ERROR_TOO_LARGE,
               _ ("the body is larger than the %zu bytes allowed here"), body->most);
  return FALSE;
}

/* What the data's own end says of its length (RFC 1952, section 2.3.1: ISIZE): one that
 * is to become too large costs nothing, and none becomes more than it says. */
static gsize announced_size (const Body *body)
{
  static const guint8 MAGIC[] = { 0x1f, 0x8b };
  guint32 size = 0;

  if (body->bytes->len >= sizeof MAGIC + sizeof size
      && memcmp (body->bytes->data, MAGIC, sizeof MAGIC) == 0)
    memcpy (&size, body->bytes->data + body->bytes->len - sizeof size, sizeof size);
  return GUINT32_FROM_LE (size);
}

/* One step of inflating into @out, up to @most; *@done at the end of the data. */
static gboolean inflate_step (Body *body, GConverter *converter, gsize most, gsize *at,
                              GByteArray *out, gboolean *done, GError **error)
{
  guint8 buffer[INFLATE_STEP];
  g_autoptr (GError) cause = NULL;
  gsize length, taken = 0, made = 0;
  const char *text = body_text (body, &length);
  GConverterResult result
      = g_converter_convert (converter, text + *at, length - *at, buffer, sizeof buffer,
                             G_CONVERTER_INPUT_AT_END, &taken, &made, &cause);

  if (result == G_CONVERTER_ERROR) {
    g_set_error (error, BODY_ERROR, BODY_ERROR_MALFORMED,
                 _ ("the body is said to be gzip, but cannot be inflated: %s"), cause->message);
    return FALSE;
  }
  if (made > most - out->len || !reserve (body, made))
    return too_large (body, error);
  g_byte_array_append (out, buffer, (guint) made);
  *at += taken;
  *done = result == G_CONVERTER_FINISHED;
  return TRUE;
}

gboolean body_inflate (Body *body, GError **error)
{
  g_autoptr (GZlibDecompressor) inflater = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP);
  g_autoptr (GByteArray) out = g_byte_array_new ();
  gboolean done = FALSE;
  gsize at = 0, most = announced_size (body);

  if (most > body->most)
    return too_large (body, error);
  while (!done)
    if (!inflate_step (body, G_CONVERTER (inflater), most, &at, out, &done, error))
      return FALSE;
  if (at != body->bytes->len) {
    g_set_error (error, BODY_ERROR, BODY_ERROR_MALFORMED,
                 _ ("there is something behind the gzip data of the body"));
    return FALSE;
  }
  g_byte_array_unref (body->bytes);
  body->bytes = g_steal_pointer (&out);
  return TRUE;
}
