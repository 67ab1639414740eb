#include "congress/logo.h"

#include "journal/query.h"

#include <string.h>

static const char LOGOS[]
    = "SELECT id, fr, zh, event, type, picture FROM logo WHERE NOT removed AND (:event = '' OR "
      "event = '' OR event = :event) ORDER BY sort, id";

static void logo_free (gpointer data)
{
  Logo *logo = data;
  g_free (logo->id);
  g_free (logo->fr);
  g_free (logo->zh);
  g_free (logo->event);
  g_bytes_unref (logo->picture);
  g_free (logo);
}

static void take (GPtrArray *logos, Query *query)
{
  gsize length = 0;
  guchar *bytes = g_base64_decode (query_text (query, 5), &length);
  if (length == 0) {
    g_free (bytes);
    return;
  }
  Logo *logo = g_new0 (Logo, 1);
  logo->id = g_strdup (query_text (query, 0));
  logo->fr = g_strdup (query_text (query, 1));
  logo->zh = g_strdup (query_text (query, 2));
  logo->event = g_strdup (query_text (query, 3));
  logo->svg = strcmp (query_text (query, 4), "svg") == 0;
  logo->picture = g_bytes_new_take (bytes, length);
  g_ptr_array_add (logos, logo);
}

GPtrArray *logo_read (Journal *journal, const char *event, GError **error)
{
  g_autoptr (GPtrArray) logos = g_ptr_array_new_with_free_func (logo_free);
  Query *query = journal_query (journal, LOGOS, error);
  if (query == NULL)
    return NULL;
  query_bind_text (query, ":event", event != NULL ? event : "");
  while (query_next (query))
    take (logos, query);
  return query_end (query, error) ? g_steal_pointer (&logos) : NULL;
}
