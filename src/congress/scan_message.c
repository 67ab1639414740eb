#include "congress/scan_message.h"

#include "journal/query.h"

static const char MESSAGES[]
    = "SELECT fr, zh, checkpoints, events, categories FROM scan_message WHERE NOT removed AND team "
      "= :team ORDER BY sort, id";

gboolean scan_message_tell (Journal *journal, const AddresseePerson *person, gboolean hers,
                            OwnedPair *told, GError **error)
{
  g_autoptr (GString) first = g_string_new (NULL), second = g_string_new (NULL);
  Query *query = journal_query (journal, MESSAGES, error);
  if (query == NULL)
    return FALSE;
  query_bind_int (query, ":team", !hers);
  while (query_next (query)) {
    Addressee addressee
        = addressee_of (query_text (query, 2), query_text (query, 3), query_text (query, 4));
    if (addressee_fits (&addressee, person)) {
      g_string_append_printf (first, "%s%s", first->len > 0 ? "\n" : "", query_text (query, 0));
      g_string_append_printf (second, "%s%s", second->len > 0 ? "\n" : "", query_text (query, 1));
    }
    addressee_clear (&addressee);
  }
  *told = first->len > 0 ? (OwnedPair){ g_strdup (first->str), g_strdup (second->str) }
                         : (OwnedPair){ NULL, NULL };
  return query_end (query, error);
}
