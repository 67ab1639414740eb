#include "desk/reception.h"

#include "journal/query.h"
#include "roster/delegate.h"

static const char HERS[]
    = "SELECT a.id, a.kind, a.host, a.seat, a.line FROM appointment a WHERE a.reference = "
      ":reference AND NOT a.removed AND (a.host <> '' OR a.seat <> '' OR a.kind = 'motorcade') "
      "ORDER BY a.date <> :day, a.kind <> 'motorcade', a.date, a.opens, a.id LIMIT 1";
static const char COMPANY[] = "SELECT reference FROM appointment WHERE id = :id AND reference <> "
                              ":reference AND NOT removed ORDER BY reference";

void reception_free (Reception *reception)
{
  if (reception == NULL)
    return;
  g_free (reception->name);
  g_free (reception->host);
  g_free (reception->known);
  g_free (reception->id);
  g_free (reception->seat);
  g_free (reception->line);
  g_free (reception->company);
  g_free (reception);
}

/* Her name, or @reference as it is where nobody has it. NULL with @error. *@quiet (may be
 * NULL): she is one of protocol. */
static char *name_of (Journal *journal, const char *reference, gboolean *quiet, GError **error)
{
  GError *failed = NULL;
  g_autoptr (Delegate) delegate = delegate_load (journal, reference, &failed);
  if (failed != NULL) {
    g_propagate_error (error, failed);
    return NULL;
  }
  if (quiet != NULL)
    *quiet = delegate != NULL && delegate->protocol;
  return delegate != NULL ? delegate_display_name (delegate) : g_strdup (reference);
}

/* Those who have the same @id; free with g_ptr_array_unref(). */
static GPtrArray *others_of (Journal *journal, const char *reference, const char *id,
                             GError **error)
{
  g_autoptr (GPtrArray) others = g_ptr_array_new_with_free_func (g_free);
  Query *query = journal_query (journal, COMPANY, error);
  if (query == NULL)
    return NULL;
  query_bind_text (query, ":reference", reference);
  query_bind_text (query, ":id", id);
  while (query_next (query))
    g_ptr_array_add (others, g_strdup (query_text (query, 0)));
  return query_end (query, error) ? g_steal_pointer (&others) : NULL;
}

static char *company_of (Journal *journal, const char *reference, const char *id, GError **error)
{
  g_autoptr (GPtrArray) others = others_of (journal, reference, id, error);
  g_autoptr (GString) names = g_string_new (NULL);
  if (others == NULL)
    return NULL;
  for (guint i = 0; i < MIN (others->len, RECEPTION_COMPANY_MAX); i++) {
    g_autofree char *name = name_of (journal, others->pdata[i], NULL, error);
    if (name == NULL)
      return NULL;
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", name);
  }
  if (others->len > RECEPTION_COMPANY_MAX)
    g_string_append_printf (names, " … +%u", others->len - RECEPTION_COMPANY_MAX);
  return g_strdup (names->str);
}

Reception *reception_read (Journal *journal, const char *reference, const char *day, GError **error)
{
  g_autoptr (Reception) reception = g_new0 (Reception, 1);
  Query *query = journal_query (journal, HERS, error);
  if (query == NULL)
    return NULL;
  query_bind_text (query, ":reference", reference);
  query_bind_text (query, ":day", day);
  gboolean found = query_next (query);
  gboolean together = found && g_strcmp0 (query_text (query, 1), "motorcade") == 0;
  gboolean quiet = FALSE;
  g_autofree char *host = g_strdup (found ? query_text (query, 2) : "");
  reception->id = g_strdup (found ? query_text (query, 0) : "");
  reception->seat = g_strdup (found ? query_text (query, 3) : "");
  reception->line = g_strdup (together ? query_text (query, 4) : "");
  if (!query_end (query, error))
    return NULL;
  reception->name = name_of (journal, reference, NULL, error);
  reception->host = reception->name != NULL ? name_of (journal, host, &quiet, error) : NULL;
  if (reception->host == NULL)
    return NULL;
  reception->known = g_strdup (quiet ? "" : reception->host);
  reception->company
      = together ? company_of (journal, reference, reception->id, error) : g_strdup ("");
  return reception->company != NULL ? g_steal_pointer (&reception) : NULL;
}
