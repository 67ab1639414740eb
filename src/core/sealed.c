#include "core/sealed.h"

#include "core/descriptor.h"
#include "core/words.h"

#include <errno.h>
#include <sodium.h>
#include <string.h>
#include <unistd.h>

#define MAGIC "accueil sealed 1\n"
#define MAGIC_BYTES (sizeof MAGIC - 1)
#define CHECK_BYTES 4
#define BOX_BYTES (crypto_secretstream_xchacha20poly1305_KEYBYTES + crypto_box_SEALBYTES)
#define STREAM_BYTES crypto_secretstream_xchacha20poly1305_HEADERBYTES
#define MORE_BYTES crypto_secretstream_xchacha20poly1305_ABYTES
#define FINAL crypto_secretstream_xchacha20poly1305_TAG_FINAL

G_STATIC_ASSERT (crypto_box_PUBLICKEYBYTES == crypto_box_SECRETKEYBYTES);

typedef crypto_secretstream_xchacha20poly1305_state Stream;

G_DEFINE_QUARK (sealed - error - quark, sealed_error)

static gboolean fail (GError **error, SealedError code, const char *message)
{
  g_set_error_literal (error, SEALED_ERROR, (gint) code, message);
  return FALSE;
}

static gboolean fail_io (GError **error)
{
  g_set_error (error, SEALED_ERROR, SEALED_ERROR_IO, "%s", g_strerror (errno));
  return FALSE;
}

/* Keys ------------------------------------------------------------------------------- */

/* So that a public key's text never reads as a secret one's. */
static Hash check_of (const char *prefix, const guint8 *key)
{
  Hasher *hasher = hash_new ();

  hash_add_text (hasher, prefix);
  hash_add (hasher, key, crypto_box_PUBLICKEYBYTES);
  return hash_finish (hasher);
}

static char *key_text (const char *prefix, const guint8 *key)
{
  guint8 bytes[crypto_box_PUBLICKEYBYTES + CHECK_BYTES];
  Hash check = check_of (prefix, key);
  g_autofree char *base64 = NULL;
  char *text;

  memcpy (bytes, key, crypto_box_PUBLICKEYBYTES);
  memcpy (bytes + crypto_box_PUBLICKEYBYTES, check.bytes, CHECK_BYTES);
  base64 = g_base64_encode (bytes, sizeof bytes);
  text = g_strconcat (prefix, base64, NULL);
  sodium_memzero (bytes, sizeof bytes);
  sodium_memzero (base64, strlen (base64));
  return text;
}

static gboolean key_from_text (const char *prefix, const char *text, guint8 *key)
{
  guint8 bytes[crypto_box_PUBLICKEYBYTES + CHECK_BYTES];
  gsize length = 0;
  gboolean good;
  Hash check;

  if (text == NULL || !g_str_has_prefix (text, prefix))
    return FALSE;
  text += strlen (prefix);
  if (sodium_base642bin (bytes, sizeof bytes, text, strlen (text), " \r\n", &length, NULL,
                         sodium_base64_VARIANT_ORIGINAL)
          != 0
      || length != sizeof bytes)
    return FALSE;
  check = check_of (prefix, bytes);
  good = sodium_memcmp (check.bytes, bytes + crypto_box_PUBLICKEYBYTES, CHECK_BYTES) == 0;
  if (good)
    memcpy (key, bytes, crypto_box_PUBLICKEYBYTES);
  sodium_memzero (bytes, sizeof bytes);
  return good;
}

void sealed_keys_new (char **public, char **secret)
{
  guint8 public_key[crypto_box_PUBLICKEYBYTES], secret_key[crypto_box_SECRETKEYBYTES];

  crypto_box_keypair (public_key, secret_key);
  *public = key_text (SEALED_PUBLIC_PREFIX, public_key);
  *secret = key_text (SEALED_SECRET_PREFIX, secret_key);
  sodium_memzero (secret_key, sizeof secret_key);
}

static gboolean read_public (const char *text, guint8 *key, GError **error)
{
  return key_from_text (SEALED_PUBLIC_PREFIX, text, key)
         || fail (error, SEALED_ERROR_KEY,
                  _ ("that is no public key for sealing: it begins with “accueil-seal:”, and no "
                     "letter of it may be missing or altered"));
}

gboolean sealed_check_public (const char *public, GError **error)
{
  guint8 key[crypto_box_PUBLICKEYBYTES];

  return read_public (public, key, error);
}

/* Files ------------------------------------------------------------------------------ */

/* Reads @length bytes, or as many as there are until the end; *@got says how many. */
static gboolean read_all (int fd, guint8 *data, gsize length, gsize *got, GError **error)
{
  *got = 0;
  while (*got < length) {
    gssize count = read (fd, data + *got, length - *got);

    if (count < 0 && errno == EINTR)
      continue;
    if (count < 0)
      return fail_io (error);
    if (count == 0)
      break;
    *got += (gsize) count;
  }
  return TRUE;
}

typedef struct {
  int fd;
  Hasher *hasher; /* NULL: nobody asks for a digest */
} Output;

static gboolean put (const Output *output, const guint8 *data, gsize length, GError **error)
{
  if (output->hasher != NULL)
    hash_add_piece (output->hasher, data, length);
  return descriptor_write (output->fd, data, length) || fail_io (error);
}

gboolean sealed_is (int fd)
{
  char begin[MAGIC_BYTES];

  return pread (fd, begin, MAGIC_BYTES, 0) == (gssize) MAGIC_BYTES
         && memcmp (begin, MAGIC, MAGIC_BYTES) == 0;
}

static gboolean begin_sealing (const Output *output, Stream *stream, const guint8 *public,
                               GError **error)
{
  guint8 key[crypto_secretstream_xchacha20poly1305_KEYBYTES], box[BOX_BYTES], header[STREAM_BYTES];
  gboolean good;

  crypto_secretstream_xchacha20poly1305_keygen (key);
  good = crypto_box_seal (box, key, sizeof key, public) == 0
         && crypto_secretstream_xchacha20poly1305_init_push (stream, header, key) == 0;
  sodium_memzero (key, sizeof key);
  if (!good)
    return fail (error, SEALED_ERROR_KEY, _ ("nothing can be sealed to this key"));
  return put (output, (const guint8 *) MAGIC, MAGIC_BYTES, error)
         && put (output, box, sizeof box, error) && put (output, header, sizeof header, error);
}

/* One piece is read ahead, so that the last one is known as such. */
static gboolean seal_pieces (int from, const Output *output, Stream *stream, GError **error)
{
  g_autofree guint8 *piece = g_malloc (SEALED_PIECE_BYTES), *next = g_malloc (SEALED_PIECE_BYTES),
                    *sealed = g_malloc (SEALED_PIECE_BYTES + MORE_BYTES);
  gsize length, more = SEALED_PIECE_BYTES;
  gboolean good = read_all (from, piece, SEALED_PIECE_BYTES, &length, error);

  while (good) {
    gboolean last = length < SEALED_PIECE_BYTES;

    if (!last && !read_all (from, next, SEALED_PIECE_BYTES, &more, error))
      return FALSE;
    last = last || more == 0;
    crypto_secretstream_xchacha20poly1305_push (stream, sealed, NULL, piece, length, NULL, 0,
                                                last ? FINAL : 0);
    good = put (output, sealed, length + MORE_BYTES, error);
    if (last)
      break;
    memcpy (piece, next, more);
    length = more;
  }
  return good;
}

gboolean sealed_make (int from, int to, const char *public, Hash *written, GError **error)
{
  Output output = { to, hash_new () };
  guint8 key[crypto_box_PUBLICKEYBYTES];
  Stream stream;
  gboolean good = read_public (public, key, error) && begin_sealing (&output, &stream, key, error)
                  && seal_pieces (from, &output, &stream, error);
  Hash digest = hash_finish (output.hasher);

  sodium_memzero (&stream, sizeof stream);
  if (written != NULL)
    *written = digest;
  return good;
}

static gboolean no_sealed_file (GError **error)
{
  return fail (error, SEALED_ERROR_FILE,
               _ ("it was sealed to another key, or is no sealed file, or was altered or cut off"));
}

static gboolean begin_opening (int from, Stream *stream, const guint8 *secret, GError **error)
{
  guint8 public[crypto_box_PUBLICKEYBYTES], key[crypto_secretstream_xchacha20poly1305_KEYBYTES],
      head[MAGIC_BYTES + BOX_BYTES + STREAM_BYTES];
  gsize got = 0;
  gboolean good;

  if (!read_all (from, head, sizeof head, &got, error))
    return FALSE;
  good = got == sizeof head && memcmp (head, MAGIC, MAGIC_BYTES) == 0
         && crypto_scalarmult_base (public, secret) == 0
         && crypto_box_seal_open (key, head + MAGIC_BYTES, BOX_BYTES, public, secret) == 0
         && crypto_secretstream_xchacha20poly1305_init_pull (stream, head + MAGIC_BYTES + BOX_BYTES,
                                                             key)
                == 0;
  sodium_memzero (key, sizeof key);
  return good || no_sealed_file (error);
}

/* Ends with the piece that says that it is the last, and nothing may come after it. */
static gboolean open_pieces (int from, const Output *output, Stream *stream, GError **error)
{
  g_autofree guint8 *piece = g_malloc (SEALED_PIECE_BYTES),
                    *sealed = g_malloc (SEALED_PIECE_BYTES + MORE_BYTES);
  guint8 tag = 0;

  while (tag != FINAL) {
    gsize got = 0;

    if (!read_all (from, sealed, SEALED_PIECE_BYTES + MORE_BYTES, &got, error))
      return FALSE;
    if (got < MORE_BYTES
        || crypto_secretstream_xchacha20poly1305_pull (stream, piece, NULL, &tag, sealed, got, NULL,
                                                       0)
               != 0)
      return no_sealed_file (error);
    if (!put (output, piece, got - MORE_BYTES, error))
      return FALSE;
  }
  return read (from, piece, 1) == 0 || no_sealed_file (error);
}

gboolean sealed_open (int from, int to, const char *secret, GError **error)
{
  const Output output = { to, NULL };
  guint8 key[crypto_box_SECRETKEYBYTES];
  Stream stream;
  gboolean good;

  if (!key_from_text (SEALED_SECRET_PREFIX, secret, key))
    return fail (error, SEALED_ERROR_KEY,
                 _ ("that is no secret key of “accueil-hub backup-key”: its file holds one line "
                    "that begins with “accueil-open:”"));
  good = begin_opening (from, &stream, key, error) && open_pieces (from, &output, &stream, error);
  sodium_memzero (key, sizeof key);
  sodium_memzero (&stream, sizeof stream);
  return good;
}
