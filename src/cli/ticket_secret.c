#include "cli/ticket_secret.h"

#include "core/words.h"
#include "credential/code.h"
#include "credential/ticket_void.h"
#include "journal/query.h"

#include <string.h>

static const char REVOKED[] = "SELECT 1 FROM ticket_key_revoked WHERE id = :id";

/* TRUE also if it cannot be read. */
static gboolean is_revoked (Journal *journal, const SignSecret *secret, GError **error)
{
  Query *query = journal_query (journal, REVOKED, error);
  g_autofree char *id = NULL;
  gboolean revoked;
  SignPublic key;

  if (query == NULL)
    return TRUE;
  sign_public_of (secret, &key);
  id = sign_key_id_text (&key);
  query_bind_text (query, ":id", id);
  revoked = query_next (query);
  if (!query_end (query, error))
    return TRUE;
  if (revoked)
    g_set_error (error, JOURNAL_ERROR, JOURNAL_ERROR_INVALID,
                 _ ("signing tickets: the key %s that is held here was revoked; make another one "
                    "with “accueil key new --replace”"),
                 id);
  return revoked;
}

gboolean ticket_secret_read (Journal *journal, SignSecret *secret, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autofree char *text = journal_local (journal, JOURNAL_LOCAL_TICKET_SECRET, &failure);
  gboolean read = text != NULL && sign_secret_from_text (text, secret);

  if (text != NULL)
    memset (text, 0, strlen (text));
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  else if (!read)
    g_set_error_literal (error, JOURNAL_ERROR, JOURNAL_ERROR_INVALID,
                         _ ("signing tickets: this replica does not hold the congress key; run "
                            "this where “accueil key new” was run, or run that here first"));
  return read && !is_revoked (journal, secret, error);
}

char *ticket_secret_code (Journal *journal, const SignSecret *secret, const char *reference,
                          GError **error)
{
  gint64 serial = ticket_void_next (journal, reference, error);
  return serial >= 0 ? code_make_later_ticket (secret, reference, (guint) serial, error) : NULL;
}
