#include "congress/scan_message.h"

#include "journal/query.h"

static const char MESSAGES[]
    = "SELECT fr, zh, checkpoints, events, categories, team FROM scan_message WHERE NOT removed "
      "ORDER BY sort, id";

/* A line more. */
static void add (OwnedPair *told, Query *query)
{
  const Pair words = { query_text (query, 0), query_text (query, 1) };
  OwnedPair more = told->first == NULL
                       ? (OwnedPair){ g_strdup (words.first), g_strdup (words.second) }
                       : (OwnedPair){ g_strconcat (told->first, "\n", words.first, NULL),
                                      g_strconcat (told->second, "\n", words.second, NULL) };
  words_owned_clear (told);
  *told = more;
}

gboolean scan_message_tell (Journal *journal, const AddresseePerson *person, OwnedPair *team,
                            OwnedPair *hers, GError **error)
{
  Query *query = journal_query (journal, MESSAGES, error);
  *team = (OwnedPair){ NULL, NULL };
  if (hers != NULL)
    *hers = (OwnedPair){ NULL, NULL };
  if (query == NULL)
    return FALSE;
  while (query_next (query)) {
    Addressee addressee
        = addressee_of (query_text (query, 2), query_text (query, 3), query_text (query, 4));
    OwnedPair *told = query_int (query, 5) != 0 ? team : hers;
    if (told != NULL && addressee_fits (&addressee, person))
      add (told, query);
    addressee_clear (&addressee);
  }
  return query_end (query, error);
}
