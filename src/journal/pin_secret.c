#include "journal/pin_secret.h"

#include "journal/query.h"

#include <string.h>

#define LOCAL_CURRENT "pin-secret"
#define LOCAL_OF_ID "pin-secret:" /* and its id */
#define SECRET_BYTES 32
#define SECRET_CHARS_MIN 40
#define SECRET_CHARS_MAX 64

static const char FORGET[]
    = "DELETE FROM local WHERE name = '" LOCAL_CURRENT "' OR name GLOB '" LOCAL_OF_ID "*'";

char *pin_secret_id (const char *secret)
{
  Hash hash = hash_of (secret, strlen (secret));
  char *id = hash_to_hex (&hash);

  id[PIN_SECRET_ID_CHARS] = '\0';
  return id;
}

char *pin_secret_told (Journal *journal, GError **error)
{
  return journal_local (journal, LOCAL_CURRENT, error);
}

char *pin_secret_of_id (Journal *journal, const char *id, GError **error)
{
  g_autofree char *name = g_strconcat (LOCAL_OF_ID, id, NULL);

  return journal_local (journal, name, error);
}

gboolean pin_secret_keep (Journal *journal, const char *secret, GError **error)
{
  gsize length = strlen (secret);
  g_autofree char *id = NULL, *name = NULL, *known = NULL;

  if (length < SECRET_CHARS_MIN || length > SECRET_CHARS_MAX)
    return TRUE; /* of a later version */
  if (!journal_read_local (journal, LOCAL_CURRENT, &known, error))
    return FALSE;
  if (g_strcmp0 (known, secret) == 0)
    return TRUE;
  id = pin_secret_id (secret);
  name = g_strconcat (LOCAL_OF_ID, id, NULL);
  return journal_set_local (journal, name, secret, error)
         && journal_set_local (journal, LOCAL_CURRENT, secret, error);
}

gboolean pin_secret_forget (Journal *journal, GError **error)
{
  Query *query = journal_query (journal, FORGET, error);

  if (query == NULL)
    return FALSE;
  query_next (query);
  return query_end (query, error);
}

char *pin_secret_current (Journal *journal, GError **error)
{
  g_autofree char *secret = NULL, *root = NULL;

  if (!journal_read_local (journal, LOCAL_CURRENT, &secret, error)
      || !journal_read_local (journal, JOURNAL_LOCAL_ROOT, &root, error))
    return NULL;
  if (secret != NULL || (root != NULL && strcmp (root, journal_station (journal)) != 0))
    return g_steal_pointer (&secret);
  secret = sign_secret_new (SECRET_BYTES);
  return pin_secret_keep (journal, secret, error) ? g_steal_pointer (&secret) : NULL;
}
