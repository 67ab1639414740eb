#include "issuance/letter_post.h"

#include "core/hash.h"
#include "core/json.h"
#include "journal/query.h"

#include <string.h>

#define DIGEST_DIGITS 8

static const char STATES[] = "SELECT reference, state, address, reply FROM letter";

static const char *const NAMES[] = {
  [LETTER_POST_NONE] = "",           [LETTER_POST_SENDING] = "sending", [LETTER_POST_SENT] = "sent",
  [LETTER_POST_DELAYED] = "delayed", [LETTER_POST_REFUSED] = "refused",
};

static void post_free (gpointer data)
{
  LetterPost *post = data;
  g_free (post->address);
  g_free (post->reply);
  g_free (post);
}

/* The fact goes to all machines and stays; the address is a person's. */
static char *digest_of (const char *address)
{
  g_autofree char *folded = g_ascii_strdown (address, -1);
  Hash hash = hash_of (folded, strlen (folded));
  g_autofree char *hex = hash_to_hex (&hash);
  return g_strndup (hex, DIGEST_DIGITS);
}

GHashTable *letter_post_read (Journal *journal, GError **error)
{
  g_autoptr (GHashTable) posts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, post_free);
  Query *query = journal_query (journal, STATES, error);
  if (query == NULL)
    return NULL;
  while (query_next (query)) {
    LetterPost *post = g_new0 (LetterPost, 1);
    post->state = LETTER_POST_SENDING; /* a later version's word: leave it alone */
    for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++)
      if (strcmp (NAMES[i], query_text (query, 1)) == 0)
        post->state = (LetterPostState) i;
    post->address = g_strdup (query_text (query, 2));
    post->reply = g_strdup (query_text (query, 3));
    g_hash_table_insert (posts, g_strdup (query_text (query, 0)), post);
  }
  return query_end (query, error) ? g_steal_pointer (&posts) : NULL;
}

gboolean letter_post_is_due (const LetterPost *post, const char *address)
{
  if (post == NULL || post->state == LETTER_POST_NONE || post->state == LETTER_POST_DELAYED)
    return TRUE;
  g_autofree char *digest = digest_of (address);
  return post->state == LETTER_POST_REFUSED && strcmp (digest, post->address) != 0;
}

gboolean letter_post_note (Journal *journal, const char *reference, LetterPostState state,
                           const char *address, const char *reply, GError **error)
{
  g_autofree char *digest = digest_of (address);
  JsonOut *body = json_out_new ();
  json_out_begin_object (body, NULL);
  json_out_string (body, "state", NAMES[state]);
  json_out_string (body, "address", digest);
  json_out_string_if (body, "reply", reply);
  json_out_end_object (body);
  g_autofree char *text = json_out_finish (body);
  return journal_begin (journal, error)
         && journal_finish (
             journal, journal_append (journal, "letter", reference, text, NULL, error), error);
}
