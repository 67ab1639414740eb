#include "congress/languages.h"

#include "core/catalogue.h"
#include "core/json.h"
#include "core/words.h"
#include "journal/query.h"

/* Of the fact that won: the projection has no column for it. */
static const char LANGUAGES[]
    = "SELECT ifnull (f.body ->> 'languages', '') FROM congress c JOIN fact f ON f.station = "
      "c.station AND f.seq = c.seq WHERE c.removed = 0";

gboolean languages_choose (Journal *journal, GError **error)
{
  Query *query = journal_query (journal, LANGUAGES, error);
  g_auto (GStrv) languages = NULL;

  if (query == NULL)
    return FALSE;
  if (query_next (query) && *query_text (query, 0) != '\0')
    languages = json_in_strings_of (query_text (query, 0));
  if (!query_end (query, error))
    return FALSE;
  return languages == NULL || g_strv_length (languages) != WORDS_SIDES
         || words_choose (languages[WORDS_FIRST], languages[WORDS_SECOND], error);
}

gboolean languages_take (Journal *journal, GError **error)
{
  GError *fault = NULL;
  gboolean good = languages_choose (journal, &fault) || fault->domain == CATALOGUE_ERROR;

  if (!good) {
    g_propagate_error (error, fault);
    return FALSE;
  }
  if (fault != NULL)
    g_warning ("%s", fault->message);
  g_clear_error (&fault);
  return TRUE;
}
