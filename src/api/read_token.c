#include "api/read_token.h"

#include "api/scope_words.h"
#include "core/sign.h"
#include "core/words.h"

#include <string.h>

#define LOCAL "read-tokens"
#define SECRET_BYTES 32
#define TOKEN_TEXT_MAX 200

G_DEFINE_QUARK (read - token - error - quark, read_token_error)

static const char *const SCOPES[]
    = { "figures", "passages", "tables", "protocol", "metrics", NULL };

static char *hash_text (const char *token)
{
  Hash hash = hash_of (token, strlen (token));
  return hash_to_hex (&hash);
}

/* Scopes ----------------------------------------------------------------------------- */

gboolean read_token_scopes (const char *words, guint *scopes, GError **error)
{
  g_autofree char *wrong = scope_words_read (SCOPES, words, scopes);
  if (wrong != NULL)
    g_set_error (error, READ_TOKEN_ERROR, READ_TOKEN_ERROR_SCOPE,
                 _ ("“%s” is no scope; write some of figures, passages, tables, protocol, "
                    "metrics, with commas between"),
                 wrong);
  else if (*scopes == 0)
    g_set_error (error, READ_TOKEN_ERROR, READ_TOKEN_ERROR_SCOPE,
                 _ ("a token needs a scope: --scope figures,passages,tables,protocol,metrics"));
  return wrong == NULL && *scopes != 0;
}

char *read_token_scope_words (guint scopes)
{
  return scope_words_write (SCOPES, scopes);
}

/* What is kept ----------------------------------------------------------------------- */

static void token_free (gpointer data)
{
  ReadToken *token = data;
  g_free (token->name);
  g_free (token->hash);
  g_free (token);
}

static ReadToken *token_from_json (JsonValue *value)
{
  const char *name = json_in_string (value, "name"), *hash = json_in_string (value, "hash");
  if (name == NULL || hash == NULL)
    return NULL;
  ReadToken *token = g_new0 (ReadToken, 1);
  token->name = g_strdup (name);
  token->hash = g_strdup (hash);
  token->scopes = (guint) json_in_int (value, "scopes");
  token->created_ms = json_in_int (value, "created_ms");
  token->until_ms = json_in_int (value, "until_ms");
  return token;
}

GPtrArray *read_token_all (Journal *journal, GError **error)
{
  g_autoptr (GPtrArray) tokens = g_ptr_array_new_with_free_func (token_free);
  g_autofree char *text = NULL;
  if (!journal_read_local (journal, LOCAL, &text, error))
    return NULL;
  if (text == NULL)
    return g_steal_pointer (&tokens);
  g_autoptr (JsonIn) in = json_in_parse (text, -1, NULL);
  JsonValue *list = in != NULL ? json_in_root (in) : NULL;
  for (guint i = 0; list != NULL && i < json_in_length (list); i++) {
    ReadToken *token = token_from_json (json_in_element (list, i));
    if (token != NULL)
      g_ptr_array_add (tokens, token);
  }
  if (list != NULL && tokens->len == json_in_length (list))
    return g_steal_pointer (&tokens);
  g_set_error (error, READ_TOKEN_ERROR, READ_TOKEN_ERROR_DAMAGED,
               _ ("the tokens that this replica keeps cannot be read"));
  return NULL;
}

static gboolean keep (Journal *journal, const GPtrArray *tokens, GError **error)
{
  JsonOut *out = json_out_new ();
  json_out_begin_array (out, NULL);
  for (guint i = 0; i < tokens->len; i++) {
    const ReadToken *token = tokens->pdata[i];
    json_out_begin_object (out, NULL);
    json_out_string (out, "name", token->name);
    json_out_string (out, "hash", token->hash);
    json_out_int (out, "scopes", token->scopes);
    json_out_int (out, "created_ms", token->created_ms);
    json_out_int (out, "until_ms", token->until_ms);
    json_out_end_object (out);
  }
  json_out_end_array (out);
  g_autofree char *text = json_out_finish (out);
  return journal_set_local (journal, LOCAL, text, error);
}

static guint place_of (const GPtrArray *tokens, const char *name)
{
  for (guint i = 0; i < tokens->len; i++)
    if (strcmp (((ReadToken *) tokens->pdata[i])->name, name) == 0)
      return i;
  return G_MAXUINT;
}

static int by_name (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(ReadToken *const *) a)->name, (*(ReadToken *const *) b)->name);
}

/* Adding, revoking ------------------------------------------------------------------- */

/* The end of that day at this machine; 0 for what is no date. */
static gint64 end_of_day (const char *date)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autofree char *midnight = g_strdup_printf ("%sT00:00:00", date != NULL ? date : "");
  g_autoptr (GDateTime) day = g_date_time_new_from_iso8601 (midnight, zone);
  g_autoptr (GDateTime) next = day != NULL ? g_date_time_add_days (day, 1) : NULL;
  return next != NULL ? g_date_time_to_unix (next) * 1000 : 0;
}

static gboolean refuse (GError **error, ReadTokenError code, const char *message)
{
  g_set_error_literal (error, READ_TOKEN_ERROR, (int) code, message);
  return FALSE;
}

static gboolean check (Journal *journal, const GPtrArray *tokens, const ReadToken *token,
                       GError **error)
{
  if (!identifier_is_station (token->name))
    return refuse (error, READ_TOKEN_ERROR_NAME,
                   _ ("a token's name is made of lower-case letters, digits and hyphens"));
  if (place_of (tokens, token->name) != G_MAXUINT)
    return refuse (error, READ_TOKEN_ERROR_TAKEN,
                   _ ("there is a token of that name; revoke it first, or choose another"));
  if (token->until_ms <= journal_now_ms (journal))
    return refuse (error, READ_TOKEN_ERROR_END,
                   _ ("a token needs an end that is still to come: --until 2016-10-30"));
  return tokens->len < READ_TOKENS_MAX
         || refuse (error, READ_TOKEN_ERROR_MANY, _ ("there are too many tokens; revoke some"));
}

static char *add (Journal *journal, ReadToken *token, GError **error)
{
  g_autoptr (GPtrArray) tokens = read_token_all (journal, error);
  g_autofree char *secret = sign_secret_new (SECRET_BYTES),
                  *text = g_strconcat (token->name, ".", secret, NULL);
  gboolean good = tokens != NULL && check (journal, tokens, token, error);
  token->hash = hash_text (text);
  if (!good) {
    token_free (token);
    return NULL;
  }
  g_ptr_array_add (tokens, token);
  g_ptr_array_sort (tokens, by_name);
  return keep (journal, tokens, error) ? g_steal_pointer (&text) : NULL;
}

char *read_token_add (Journal *journal, const char *name, guint scopes, const char *until,
                      GError **error)
{
  ReadToken *token = g_new0 (ReadToken, 1);
  token->name = g_strdup (name);
  token->scopes = scopes;
  token->created_ms = journal_now_ms (journal);
  token->until_ms = end_of_day (until);
  sign_start ();
  if (!journal_begin (journal, error)) {
    token_free (token);
    return NULL;
  }
  g_autofree char *text = add (journal, token, error);
  return journal_finish (journal, text != NULL, error) ? g_steal_pointer (&text) : NULL;
}

static gboolean drop (Journal *journal, const char *name, GError **error)
{
  g_autoptr (GPtrArray) tokens = read_token_all (journal, error);
  guint place = tokens != NULL ? place_of (tokens, name) : 0;
  if (tokens == NULL)
    return FALSE;
  if (place == G_MAXUINT)
    return refuse (error, READ_TOKEN_ERROR_UNKNOWN, _ ("there is no token of that name"));
  g_ptr_array_remove_index (tokens, place);
  return keep (journal, tokens, error);
}

gboolean read_token_revoke (Journal *journal, const char *name, GError **error)
{
  return journal_begin (journal, error)
         && journal_finish (journal, drop (journal, name, error), error);
}

guint read_token_admits (Journal *journal, const char *token, GError **error)
{
  const char *dot = token != NULL ? strchr (token, '.') : NULL;
  if (dot == NULL || strlen (token) > TOKEN_TEXT_MAX)
    return 0;
  g_autoptr (GPtrArray) tokens = read_token_all (journal, error);
  g_autofree char *name = g_strndup (token, (gsize) (dot - token)), *hash = hash_text (token);
  guint place = tokens != NULL ? place_of (tokens, name) : G_MAXUINT;
  if (place == G_MAXUINT)
    return 0;
  const ReadToken *found = tokens->pdata[place];
  gboolean good
      = sign_secret_equal (found->hash, hash) && journal_now_ms (journal) < found->until_ms;
  return good ? found->scopes : 0;
}
