#include "office/session.h"

#include "core/hash.h"
#include "core/lock.h"
#include "core/sign.h"

#include <string.h>

#define LOCAL "office-sessions"
#define TOKEN_BYTES 24
#define TOKEN_LENGTH_MAX 64
/* By so much another hub's clock may be ahead. */
#define SKEW_MS (5 * 60 * 1000LL)

typedef struct {
  char *hash, *name, *epoch;
  gint64 created_ms, seen_ms;
} Session;

struct _Sessions {
  Lock mutex;
  GPtrArray *all; /* Session, oldest first; under mutex, as: */
  char *text;     /* of which they were read; NULL: never */
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
         || now_ms - session->seen_ms > SESSION_IDLE_MS || session->created_ms - now_ms > SKEW_MS;
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

char *session_form_token (const char *epoch)
{
  return hash_of_token (epoch, "form");
}

/* Keeping ---------------------------------------------------------------------------- */

static Session *same_session (GPtrArray *all, const char *hash)
{
  for (guint i = 0; i < all->len; i++)
    if (strcmp (((Session *) all->pdata[i])->hash, hash) == 0)
      return all->pdata[i];
  return NULL;
}

/* @known: those of before, for when they were used. */
static void read_one (GPtrArray *all, GPtrArray *known, JsonValue *object, gint64 now_ms)
{
  const char *hash = json_in_string (object, "hash");
  const Session *before = hash != NULL ? same_session (known, hash) : NULL;
  Session *session;

  if (hash == NULL || json_in_string (object, "name") == NULL
      || json_in_string (object, "epoch") == NULL)
    return;
  session = g_new0 (Session, 1);
  session->hash = g_strdup (hash);
  session->name = g_strdup (json_in_string (object, "name"));
  session->epoch = g_strdup (json_in_string (object, "epoch"));
  session->created_ms = json_in_int (object, "created");
  session->seen_ms = before != NULL ? before->seen_ms : now_ms;
  g_ptr_array_add (all, session);
}

/* What cannot be read costs a new sign-in, no more. Under mutex. */
static void read_text (Sessions *sessions, const char *text, gint64 now_ms)
{
  g_autoptr (JsonIn) in = text != NULL ? json_in_parse (text, -1, NULL) : NULL;
  GPtrArray *all = g_ptr_array_new_with_free_func (session_free);

  for (guint i = 0; in != NULL && i < json_in_length (json_in_root (in)); i++)
    read_one (all, sessions->all, json_in_element (json_in_root (in), i), now_ms);
  g_ptr_array_unref (sessions->all);
  sessions->all = all;
  g_free (sessions->text);
  sessions->text = g_strdup (text != NULL ? text : "");
}

/* Another hub, or another thread, may have changed it. Takes the mutex. */
static gboolean refresh (Sessions *sessions, Journal *journal, gint64 now_ms, GError **error)
{
  g_autofree char *text = NULL;

  if (!journal_read_local (journal, LOCAL, &text, error))
    return FALSE;
  lock_take (&sessions->mutex);
  if (g_strcmp0 (sessions->text, text != NULL ? text : "") != 0)
    read_text (sessions, text, now_ms);
  lock_give (&sessions->mutex);
  return TRUE;
}

Sessions *session_list_new (void)
{
  Sessions *sessions = g_new0 (Sessions, 1);

  lock_init (&sessions->mutex);
  sessions->all = g_ptr_array_new_with_free_func (session_free);
  return sessions;
}

void session_list_free (Sessions *sessions)
{
  if (sessions == NULL)
    return;
  g_clear_pointer (&sessions->all, g_ptr_array_unref);
  lock_clear (&sessions->mutex);
  g_free (sessions->text);
  g_free (sessions);
}

static char *text_of (const GPtrArray *all)
{
  JsonOut *out = json_out_new ();

  json_out_begin_array (out, NULL);
  for (guint i = 0; i < all->len; i++) {
    const Session *session = all->pdata[i];

    json_out_begin_object (out, NULL);
    json_out_string (out, "hash", session->hash);
    json_out_string (out, "name", session->name);
    json_out_string (out, "epoch", session->epoch);
    json_out_int (out, "created", session->created_ms);
    json_out_end_object (out);
  }
  json_out_end_array (out);
  return json_out_finish (out);
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

/* In a transaction, which has read the log to its end: with @begun (taken over), or
 * without the one of @ended. */
static gboolean change (Sessions *sessions, Journal *journal, Session *begun, const char *ended,
                        gint64 now_ms, GError **error)
{
  g_autofree char *text = NULL;
  Session *session;

  if (!refresh (sessions, journal, now_ms, error)) {
    g_clear_pointer (&begun, session_free);
    return FALSE;
  }
  lock_take (&sessions->mutex);
  if (begun != NULL) {
    tidy (sessions, begun->name, now_ms);
    g_ptr_array_add (sessions->all, begun);
  } else if ((session = same_session (sessions->all, ended)) != NULL)
    g_ptr_array_remove (sessions->all, session);
  text = text_of (sessions->all);
  g_clear_pointer (&sessions->text, g_free); /* what is kept is read again, come what may */
  lock_give (&sessions->mutex);
  return journal_set_local (journal, LOCAL, text, error);
}

static gboolean change_kept (Sessions *sessions, Journal *journal, Session *begun,
                             const char *ended, gint64 now_ms, GError **error)
{
  if (journal_begin (journal, error))
    return journal_finish (journal, change (sessions, journal, begun, ended, now_ms, error), error);
  g_clear_pointer (&begun, session_free);
  return FALSE;
}

char *session_begin (Sessions *sessions, Journal *journal, const Account *account, gint64 now_ms,
                     GError **error)
{
  g_autofree char *token = sign_secret_new (TOKEN_BYTES);
  Session *session = g_new0 (Session, 1);

  session->hash = hash_of_token (token, "session");
  session->name = g_strdup (account->name);
  session->epoch = g_strdup (account->epoch);
  session->created_ms = session->seen_ms = now_ms;
  return change_kept (sessions, journal, session, NULL, now_ms, error) ? g_steal_pointer (&token)
                                                                       : NULL;
}

/* Under mutex. */
static Session *find (Sessions *sessions, const char *token)
{
  g_autofree char *hash = NULL;

  if (strlen (token) > TOKEN_LENGTH_MAX)
    return NULL;
  hash = hash_of_token (token, "session");
  return same_session (sessions->all, hash);
}

gboolean session_find (Sessions *sessions, Journal *journal, const char *token, gint64 now_ms,
                       char **name, char **epoch)
{
  Session *session;

  if (!refresh (sessions, journal, now_ms, NULL))
    return FALSE;
  lock_take (&sessions->mutex);
  session = find (sessions, token);
  if (session != NULL && is_over (session, now_ms))
    session = NULL; /* it stays, so that it is not read as a new one */
  if (session != NULL) {
    session->seen_ms = now_ms;
    *name = g_strdup (session->name);
    *epoch = g_strdup (session->epoch);
  }
  lock_give (&sessions->mutex);
  return session != NULL;
}

gboolean session_end (Sessions *sessions, Journal *journal, const char *token, gint64 now_ms,
                      GError **error)
{
  g_autofree char *hash = hash_of_token (token, "session");

  return change_kept (sessions, journal, NULL, hash, now_ms, error);
}
