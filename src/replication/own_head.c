#include "replication/own_head.h"

#include "core/lock.h"
#include "core/sign.h"
#include "core/words.h"

#include <string.h>

#define TEXT_MAX 256
#define WORDS 4

struct _OwnHead {
  char *station;
  SignSecret *secret;
  SignPublic public;
  Lock mutex;
  gint64 seq; /* of the last text; under mutex */
  char *text;
};

OwnHead *own_head_new (Journal *journal, GError **error)
{
  g_autofree char *secret = journal_local (journal, JOURNAL_LOCAL_STATION_SECRET, error);
  OwnHead *own_head;

  if (secret == NULL && error != NULL && *error != NULL)
    return NULL;
  own_head = g_new0 (OwnHead, 1);
  own_head->secret = sign_hold ();
  lock_init (&own_head->mutex);
  own_head->station = g_strdup (journal_station (journal));
  if (secret == NULL || !sign_secret_from_text (secret, own_head->secret)) {
    g_set_error (error, JOURNAL_ERROR, JOURNAL_ERROR_NOT_OURS,
                 _ ("the replica %s has no station key; it was not made by “accueil init”"),
                 journal_path (journal));
    own_head_free (own_head);
    return NULL;
  }
  sign_public_of (own_head->secret, &own_head->public);
  return own_head;
}

void own_head_free (OwnHead *own_head)
{
  if (own_head == NULL)
    return;
  sign_release (own_head->secret);
  lock_clear (&own_head->mutex);
  g_free (own_head->station);
  g_free (own_head->text);
  g_free (own_head);
}

/* What is signed: nothing else that this key signs looks like it, a badge's code
 * least. */
static Hash statement (const OwnHead *own_head, gint64 seq, const Hash *chain)
{
  Hasher *hasher = hash_new ();

  hash_add_text (hasher, "accueil own head");
  hash_add_text (hasher, own_head->station);
  hash_add_int (hasher, seq);
  hash_add (hasher, chain->bytes, HASH_BYTES);
  return hash_finish (hasher);
}

static char *make_text (const OwnHead *own_head, gint64 seq, const Hash *chain)
{
  Hash hash = statement (own_head, seq, chain);
  guint8 signature[SIGNATURE_BYTES];
  g_autofree char *hex = hash_to_hex (chain), *base64 = NULL;

  sign_make (own_head->secret, hash.bytes, HASH_BYTES, signature);
  base64 = g_base64_encode (signature, sizeof signature);
  return g_strdup_printf ("%s %" G_GINT64_FORMAT " %s %s", own_head->station, seq, hex, base64);
}

char *own_head_text (OwnHead *own_head, gint64 seq, const Hash *chain)
{
  char *text;

  lock_take (&own_head->mutex);
  if (own_head->text == NULL || own_head->seq != seq) {
    g_free (own_head->text);
    own_head->text = make_text (own_head, seq, chain);
    own_head->seq = seq;
  }
  text = g_strdup (own_head->text);
  lock_give (&own_head->mutex);
  return text;
}

gboolean own_head_claims (const char *text, gint64 *seq, Hash *chain)
{
  g_auto (GStrv) words = NULL;

  if (text == NULL || strlen (text) > TEXT_MAX)
    return FALSE;
  words = g_strsplit (text, " ", WORDS + 1);
  return g_strv_length (words) == WORDS
         && g_ascii_string_to_signed (words[1], 10, 1, G_MAXINT64, seq, NULL)
         && hash_from_hex (words[2], chain);
}

gboolean own_head_read (const OwnHead *own_head, const char *text, gint64 *seq, Hash *chain)
{
  g_auto (GStrv) words = NULL;
  g_autofree guchar *signature = NULL;
  g_autofree char *canonical = NULL;
  gsize length = 0;
  Hash hash;

  if (!own_head_claims (text, seq, chain))
    return FALSE;
  words = g_strsplit (text, " ", WORDS);
  if (strcmp (words[0], own_head->station) != 0)
    return FALSE;
  signature = g_base64_decode (words[3], &length);
  canonical
      = g_base64_encode (signature, length); /* GLib reads much as base64 that it would not write */
  hash = statement (own_head, *seq, chain);
  return length == SIGNATURE_BYTES && strcmp (canonical, words[3]) == 0
         && sign_check (&own_head->public, hash.bytes, HASH_BYTES, signature);
}
