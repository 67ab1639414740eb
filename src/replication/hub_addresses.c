#include "replication/hub_addresses.h"

#include "core/sign.h"
#include "core/words.h"
#include "journal/query.h"
#include "journal/shared_log.h"

#include <string.h>

#define PLACE_BYTES 9

static const char ALL[]
    = "SELECT value FROM local WHERE name GLOB '" JOURNAL_LOCAL_HUB_AT "*' ORDER BY name";
static const char NAMES[] = "SELECT name FROM local WHERE name GLOB '" JOURNAL_LOCAL_HUB_AT
                            "*' AND value = :url ORDER BY name";

G_DEFINE_QUARK (hub - addresses - error - quark, hub_addresses_error)

/* The value's name of this replica's hub; NULL with @error. */
static char *own_name (Journal *journal, GError **error)
{
  g_autofree char *place = NULL;

  if (!journal_read_local (journal, JOURNAL_LOCAL_HUB_PLACE, &place, error))
    return NULL;
  if (place == NULL) {
    sign_start ();
    place = sign_secret_new (PLACE_BYTES);
    if (!journal_set_local (journal, JOURNAL_LOCAL_HUB_PLACE, place, error))
      return NULL;
  }
  return g_strconcat (JOURNAL_LOCAL_HUB_AT, place, NULL);
}

gboolean hub_addresses_note (Journal *journal, const char *url, GError **error)
{
  g_autofree char *name = own_name (journal, error), *known = NULL;

  return name != NULL && journal_read_local (journal, name, &known, error)
         && (g_strcmp0 (known, url) == 0 || journal_set_local (journal, name, url, error));
}

char *hub_addresses_read (Journal *journal, GError **error)
{
  GString *text = g_string_new (NULL);
  Query *query = journal_query (journal, ALL, error);

  while (query != NULL && query_next (query))
    g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", query_text (query, 0));
  if (query != NULL && query_end (query, error))
    return g_string_free (text, FALSE);
  g_string_free (text, TRUE);
  return NULL;
}

gboolean hub_addresses_forget (Journal *journal, const char *url, GError **error)
{
  Query *query = journal_query (journal, NAMES, error);
  g_autofree char *name = NULL;

  if (query == NULL)
    return FALSE;
  query_bind_text (query, ":url", url);
  if (query_next (query))
    name = g_strdup (query_text (query, 0));
  if (!query_end (query, error))
    return FALSE;
  if (name != NULL)
    return journal_set_local (journal, name, NULL, error);
  g_set_error (error, HUB_ADDRESSES_ERROR, HUB_ADDRESSES_ERROR_UNKNOWN,
               _ ("no hub is known at %s; “accueil-hub log” lists them"), url);
  return FALSE;
}
