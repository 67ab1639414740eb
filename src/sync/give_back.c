#include "sync/give_back.h"

#include "core/identifier.h"
#include "core/words.h"
#include "journal/fact_json.h"
#include "journal/query.h"
#include "sync/failure.h"

#include <string.h>

#define WORDS 4
#define TIMEOUT_MS 180000

static const char PART[] = "SELECT 1 FROM fact WHERE shown IS NOT NULL AND station = :station AND "
                           "seq > :after LIMIT 1";

typedef struct {
  char station[STATION_NAME_MAX + 1];
  gint64 seq;
  Hash chain;
} Word;

/* FALSE if @text is no such word; the signature is for the hub to check. */
static gboolean read_word (const char *text, Word *word)
{
  g_auto (GStrv) words = NULL;

  if (text == NULL)
    return FALSE;
  words = g_strsplit (text, " ", WORDS + 1);
  if (g_strv_length (words) != WORDS || !identifier_is_station (words[0])
      || !g_ascii_string_to_signed (words[1], 10, 0, G_MAXINT64, &word->seq, NULL)
      || !hash_from_hex (words[2], &word->chain))
    return FALSE;
  g_strlcpy (word->station, words[0], sizeof word->station);
  return TRUE;
}

/* The word that is kept; *@found tells whether there is one. */
static gboolean kept_word (Journal *journal, char **text, Word *word, gboolean *found,
                           GError **error)
{
  gboolean good = journal_read_local (journal, JOURNAL_LOCAL_HUB_HEAD, text, error);

  *found = read_word (*text, word);
  return good;
}

static gboolean holds (Journal *journal, const Word *word, gboolean *held, GError **error)
{
  g_autoptr (GPtrArray) facts = journal_facts_of (journal, word->station, word->seq - 1, 1, error);

  if (facts == NULL)
    return FALSE;
  *held = facts->len == 1 && ((const Fact *) facts->pdata[0])->seq == word->seq
          && hash_equal (&((const Fact *) facts->pdata[0])->chain, &word->chain);
  return TRUE;
}

gboolean give_back_note (Journal *journal, const char *head, GError **error)
{
  g_autofree char *text = NULL;
  gboolean found, held;
  Word said, kept;

  if (!read_word (head, &said) || said.seq == 0)
    return TRUE;
  if (!kept_word (journal, &text, &kept, &found, error))
    return FALSE;
  if (found && strcmp (kept.station, said.station) == 0 && kept.seq >= said.seq)
    return TRUE;
  if (!holds (journal, &said, &held, error))
    return FALSE;
  return !held || journal_set_local (journal, JOURNAL_LOCAL_HUB_HEAD, head, error);
}

gboolean give_back_heard (Journal *journal, gint64 *seq, char **word, GError **error)
{
  g_autofree char *text = NULL;
  gboolean found = FALSE;
  Word kept;

  *seq = 0;
  *word = NULL;
  if (!kept_word (journal, &text, &kept, &found, error))
    return FALSE;
  if (found) {
    *seq = kept.seq;
    *word = g_steal_pointer (&text);
  }
  return TRUE;
}

static gboolean too_much (const Word *kept, gint64 lacks, GError **error)
{
  g_set_error (error, CLIENT_ERROR, CLIENT_ERROR_CONFLICT,
               _ ("the hub “%s” was restored from an older copy and lacks %lld of its own facts, "
                  "more than can be sent; bring a copy of this replica's file there and run "
                  "“accueil merge FILE --db HUB.db”"),
               kept->station, (long long) lacks);
  return FALSE;
}

/* What the hub has withheld we cannot give it back; a desk can. */
static gboolean holds_all (Journal *journal, const Word *kept, gint64 after, gboolean *all,
                           GError **error)
{
  Query *query = journal_query (journal, PART, error);

  if (query == NULL)
    return FALSE;
  query_bind_text (query, ":station", kept->station);
  query_bind_int (query, ":after", after);
  *all = !query_next (query);
  return query_end (query, error);
}

static GString *lines_of (Journal *journal, const Word *kept, gint64 after, GError **error)
{
  g_autoptr (GPtrArray) facts
      = kept->seq - after <= LOST_FACTS_MAX
            ? journal_facts_of (journal, kept->station, after, (guint) (kept->seq - after), error)
            : NULL;
  GString *lines;

  if (facts == NULL) {
    if (kept->seq - after > LOST_FACTS_MAX)
      too_much (kept, kept->seq - after, error);
    return NULL;
  }
  lines = g_string_new (NULL);
  for (guint i = 0; i < facts->len; i++) {
    g_autofree char *json = fact_to_json (facts->pdata[i]);

    g_string_append (lines, json);
    g_string_append_c (lines, '\n');
  }
  if (lines->len <= LOST_BYTES_MAX)
    return lines;
  g_string_free (lines, TRUE);
  too_much (kept, kept->seq - after, error);
  return NULL;
}

static gboolean send_back (Journal *journal, HubConnection *http, const Word *kept,
                           const char *kept_text, gint64 after, GError **error)
{
  GString *lines = lines_of (journal, kept, after, error);
  g_autofree char *header = g_strconcat ("Accueil-Head: ", kept_text, NULL);
  g_auto (HubAnswer) answer = { 0 };
  g_autoptr (GError) cause = NULL;
  gboolean good;

  if (lines == NULL)
    return FALSE;
  good = hub_connection_post (http, "/v1/lost", header, lines->str, lines->len, TRUE, TIMEOUT_MS,
                              &answer, &cause);
  g_string_free (lines, TRUE);
  if (!good)
    return failure_of_http (cause, error);
  if (answer.status == 409)
    return failure_of_forked_hub (kept->station, error);
  if (answer.status == 403) /* the word was another hub's, of the same name */
    return journal_set_local (journal, JOURNAL_LOCAL_HUB_HEAD, NULL, error);
  return answer.status == 200 || failure_of_answer (&answer, error);
}

gboolean give_back_lost (Journal *journal, HubConnection *http, const char *head, GError **error)
{
  g_autofree char *text = NULL;
  gboolean found, all = FALSE;
  Word said, kept;

  if (!read_word (head, &said))
    return TRUE;
  if (!kept_word (journal, &text, &kept, &found, error))
    return FALSE;
  if (!found || strcmp (kept.station, said.station) != 0 || said.seq >= kept.seq)
    return TRUE;
  if (!holds_all (journal, &kept, said.seq, &all, error))
    return FALSE;
  return !all || send_back (journal, http, &kept, text, said.seq, error);
}
