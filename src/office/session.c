#include "office/session.h"

#include "core/hash.h"
#include "core/lock.h"
#include "core/sign.h"

#include <string.h>

#define LOCAL "office-sessions"
#define TOKEN_BYTES 24
#define TOKEN_LENGTH_MAX 64

typedef struct {
  char *hash, *name, *epoch;
  gint64 created_ms, seen_ms;
} Session;

struct _Sessions {
  Lock mutex;
  GPtrArray *all; /* Session, oldest first; under mutex */
};

static void session_free (gpointer data)
{
  Session *session = data;

  g_free (session->hash);
  g_free (session->name);
  g_free (session->epoch);
  g_free (session);
}

static gboolean is_over (const Session *session, gint64 now_ms)
{
  return now_ms - session->created_ms > SESSION_AGE_MS
         || now_ms - session->seen_ms > SESSION_IDLE_MS || session->created_ms > now_ms;
}

static char *hash_of_token (const char *token, const char *purpose)
{
  Hasher *hasher = hash_new ();
  Hash hash;

  hash_add_text (hasher, purpose);
  hash_add_text (hasher, token);
  hash = hash_finish (hasher);
  return hash_to_hex (&hash);
}

char *session_form_token (const char *token)
{
  return hash_of_token (token, "form");
}

/* Keeping ---------------------------------------------------------------------------- */

static void read_one (Sessions *sessions, JsonValue *object, gint64 now_ms)
{
  Session *session;

  if (json_in_string (object, "hash") == NULL || json_in_string (object, "name") == NULL
      || json_in_string (object, "epoch") == NULL)
    return;
  session = g_new0 (Session, 1);
  session->hash = g_strdup (json_in_string (object, "hash"));
  session->name = g_strdup (json_in_string (object, "name"));
  session->epoch = g_strdup (json_in_string (object, "epoch"));
  session->created_ms = json_in_int (object, "created");
  session->seen_ms = now_ms;
  g_ptr_array_add (sessions->all, session);
}

Sessions *session_list_new (Journal *journal, gint64 now_ms, GError **error)
{
  g_autoptr (Sessions) sessions = g_new0 (Sessions, 1);
  g_autofree char *text = NULL;
  gboolean good = journal_read_local (journal, LOCAL, &text, error);
  g_autoptr (JsonIn) in = text != NULL ? json_in_parse (text, -1, NULL) : NULL;

  lock_init (&sessions->mutex);
  sessions->all = g_ptr_array_new_with_free_func (session_free);
  if (!good)
    return NULL;
  /* What cannot be read costs a new sign-in, no more. */
  for (guint i = 0; in != NULL && i < json_in_length (json_in_root (in)); i++)
    read_one (sessions, json_in_element (json_in_root (in), i), now_ms);
  return g_steal_pointer (&sessions);
}

void session_list_free (Sessions *sessions)
{
  if (sessions == NULL)
    return;
  g_clear_pointer (&sessions->all, g_ptr_array_unref);
  lock_clear (&sessions->mutex);
  g_free (sessions);
}

/* Under mutex, so that the last state is what stays. */
static gboolean keep (Sessions *sessions, Journal *journal, GError **error)
{
  JsonOut *out = json_out_new ();
  g_autofree char *text = NULL;

  json_out_begin_array (out, NULL);
  for (guint i = 0; i < sessions->all->len; i++) {
    const Session *session = sessions->all->pdata[i];

    json_out_begin_object (out, NULL);
    json_out_string (out, "hash", session->hash);
    json_out_string (out, "name", session->name);
    json_out_string (out, "epoch", session->epoch);
    json_out_int (out, "created", session->created_ms);
    json_out_end_object (out);
  }
  json_out_end_array (out);
  text = json_out_finish (out);
  return journal_set_local (journal, LOCAL, text, error);
}

/* Beginning and ending --------------------------------------------------------------- */

/* Those that are over, and the oldest of an account that has too many; under mutex. */
static void tidy (Sessions *sessions, const char *name, gint64 now_ms)
{
  guint same = 0;

  for (guint i = sessions->all->len; i-- > 0;) {
    const Session *session = sessions->all->pdata[i];

    same += strcmp (session->name, name) == 0;
    if (is_over (session, now_ms)
        || (strcmp (session->name, name) == 0 && same >= SESSION_PER_ACCOUNT_MAX))
      g_ptr_array_remove_index (sessions->all, i);
  }
}

char *session_begin (Sessions *sessions, Journal *journal, const Account *account, gint64 now_ms,
                     GError **error)
{
  g_autofree char *token = sign_secret_new (TOKEN_BYTES);
  Session *session = g_new0 (Session, 1);
  gboolean good;

  session->hash = hash_of_token (token, "session");
  session->name = g_strdup (account->name);
  session->epoch = g_strdup (account->epoch);
  session->created_ms = session->seen_ms = now_ms;
  lock_take (&sessions->mutex);
  tidy (sessions, session->name, now_ms);
  g_ptr_array_add (sessions->all, session);
  good = keep (sessions, journal, error);
  if (!good)
    g_ptr_array_remove (sessions->all, session);
  lock_give (&sessions->mutex);
  return good ? g_steal_pointer (&token) : NULL;
}

static Session *find (Sessions *sessions, const char *token)
{
  g_autofree char *hash = NULL;

  if (strlen (token) > TOKEN_LENGTH_MAX)
    return NULL;
  hash = hash_of_token (token, "session");
  for (guint i = 0; i < sessions->all->len; i++)
    if (strcmp (((Session *) sessions->all->pdata[i])->hash, hash) == 0)
      return sessions->all->pdata[i];
  return NULL;
}

gboolean session_find (Sessions *sessions, const char *token, gint64 now_ms, char **name,
                       char **epoch)
{
  Session *session;

  lock_take (&sessions->mutex);
  session = find (sessions, token);
  if (session != NULL && is_over (session, now_ms)) {
    g_ptr_array_remove (sessions->all, session);
    session = NULL;
  }
  if (session != NULL) {
    session->seen_ms = now_ms;
    *name = g_strdup (session->name);
    *epoch = g_strdup (session->epoch);
  }
  lock_give (&sessions->mutex);
  return session != NULL;
}

gboolean session_end (Sessions *sessions, Journal *journal, const char *token, GError **error)
{
  gboolean good = TRUE;
  Session *session;

  lock_take (&sessions->mutex);
  session = find (sessions, token);
  if (session != NULL) {
    g_ptr_array_remove (sessions->all, session);
    good = keep (sessions, journal, error);
  }
  lock_give (&sessions->mutex);
  return good;
}
