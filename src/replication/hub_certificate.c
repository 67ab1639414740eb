#include "replication/hub_certificate.h"

static gboolean keep (Journal *journal, const Certificate *certificate, const char *names,
                      GError **error)
{
  return journal_set_local (journal, JOURNAL_LOCAL_HUB_KEY, certificate->key_pem, error)
         && journal_set_local (journal, JOURNAL_LOCAL_HUB_CERTIFICATE, certificate->certificate_pem,
                               error)
         && journal_set_local (journal, JOURNAL_LOCAL_HUB_NAMES, names, error);
}

static Certificate *ensure_locked (Journal *journal, const char *const *names, GError **error)
{
  g_autoptr (Certificate) certificate = g_new0 (Certificate, 1);
  g_autofree char *present = NULL,
                  *wanted = names != NULL ? g_strjoinv (" ", (char **) (guintptr) names) : NULL;
  gboolean new_key;

  if (!journal_read_local (journal, JOURNAL_LOCAL_HUB_KEY, &certificate->key_pem, error)
      || !journal_read_local (journal, JOURNAL_LOCAL_HUB_CERTIFICATE, &certificate->certificate_pem,
                              error)
      || !journal_read_local (journal, JOURNAL_LOCAL_HUB_NAMES, &present, error))
    return NULL;
  new_key = certificate->key_pem == NULL;
  if (new_key && (certificate->key_pem = certificate_make_key (error)) == NULL)
    return NULL;
  if (new_key || certificate->certificate_pem == NULL
      || (wanted != NULL && g_strcmp0 (wanted, present) != 0)) {
    g_auto (GStrv) list = g_strsplit (wanted != NULL ? wanted : "localhost", " ", -1);

    g_free (certificate->certificate_pem);
    certificate->certificate_pem = certificate_make (
        certificate->key_pem, (const char *const *) list, journal_now_ms (journal) / 1000, error);
    if (certificate->certificate_pem == NULL
        || !keep (journal, certificate, wanted != NULL ? wanted : "localhost", error))
      return NULL;
  }
  certificate->pin = certificate_pin (certificate->key_pem, error);
  return certificate->pin != NULL ? g_steal_pointer (&certificate) : NULL;
}

/* Under the write lock, so that of two programs that start at a time only one makes the
 * key. */
Certificate *hub_certificate_ensure (Journal *journal, const char *const *names, GError **error)
{
  g_autoptr (Certificate) certificate = NULL;

  if (!journal_begin (journal, error))
    return NULL;
  certificate = ensure_locked (journal, names, error);
  if (certificate == NULL) {
    journal_rollback (journal);
    return NULL;
  }
  return journal_commit (journal, error) ? g_steal_pointer (&certificate) : NULL;
}
