#include "kiosk/watcher.h"

#include "core/lock.h"
#include "desk/screen_sign.h"
#include "journal/query.h"
#include "issuance/badge_data.h"
#include "sync/client_terms.h"
#include "vocabulary/print_state.h"

#include <string.h>

#define WAIT_MS 1000

static const char JOB[] = "SELECT state, reason FROM print_job WHERE job = :job";
static const char IS_VOID[] = "SELECT 1 FROM badge_state WHERE reference = :reference AND serial = "
                              ":serial AND issuer = :issuer AND good = 0";
static const char INSIDE[]
    = "SELECT ifnull ((SELECT inside FROM passage_count WHERE checkpoint = :checkpoint AND "
      "verdict = 'ADMITTED' ORDER BY day DESC LIMIT 1), 0)";

/* And one where the hub refuses this station, which no fact can say. */
static const char ALERTS[]
    = "SELECT (SELECT count (*) FROM alert WHERE NOT closed) + EXISTS (SELECT 1 FROM local WHERE "
      "name IN ('" JOURNAL_LOCAL_HUB_PUSH_REFUSAL "', '" JOURNAL_LOCAL_HUB_PULL_REFUSAL "'))";

typedef struct {
  char *reference, *told; /* told: state and reason that were delivered last */
  guint serial;
} Expected;

struct _Watcher {
  WatcherListener listener;
  GMainContext *context;
  Journal *journal;
  char *checkpoint;
  Lock lock;
  GPtrArray *expected; /* Expected; behind the lock */
  gint64 inside, alerts;
  OwnedPair message; /* that was told last; NULL: none yet */
  gint64 changed_us;
  gint stop, closed;
  GThread *thread;
  gatomicrefcount references;
};

static void expected_free (Expected *expected)
{
  g_free (expected->reference);
  g_free (expected->told);
  g_free (expected);
}

static void watcher_unref (Watcher *watcher)
{
  if (!g_atomic_ref_count_dec (&watcher->references))
    return;
  journal_close (watcher->journal);
  words_owned_clear (&watcher->message);
  g_ptr_array_unref (watcher->expected);
  lock_clear (&watcher->lock);
  g_main_context_unref (watcher->context);
  g_free (watcher->checkpoint);
  g_free (watcher);
}

/* News ------------------------------------------------------------------------------- */

typedef enum {
  NEWS_PRINTED,
  NEWS_INSIDE,
  NEWS_ALERTS,
  NEWS_MESSAGE,
  NEWS_CHANGED,
  NEWS_LOST
} NewsKind;

typedef struct {
  Watcher *watcher;
  NewsKind kind;
  char *reference, *reasons;
  guint serial;
  PrintStage stage;
  gint64 count;
  OwnedPair message;
} News;

static void news_free (gpointer data)
{
  News *news = data;

  g_free (news->reference);
  g_free (news->reasons);
  words_owned_clear (&news->message);
  watcher_unref (news->watcher);
  g_free (news);
}

static gboolean deliver (gpointer data)
{
  News *news = data;
  const WatcherListener *listener = &news->watcher->listener;

  if (g_atomic_int_get (&news->watcher->closed))
    return G_SOURCE_REMOVE;
  if (news->kind == NEWS_PRINTED)
    listener->printed (news->reference, news->serial, news->stage, news->reasons, listener->data);
  else if (news->kind == NEWS_INSIDE)
    listener->inside (news->count, listener->data);
  else if (news->kind == NEWS_ALERTS)
    listener->alerts ((guint) news->count, listener->data);
  else if (news->kind == NEWS_MESSAGE)
    listener->message (words_of_owned (&news->message), listener->data);
  else if (news->kind == NEWS_CHANGED)
    listener->changed (listener->data);
  else
    listener->lost (listener->data);
  return G_SOURCE_REMOVE;
}

static News *news_new (Watcher *watcher, NewsKind kind)
{
  News *news = g_new0 (News, 1);

  g_atomic_ref_count_inc (&watcher->references);
  news->watcher = watcher;
  news->kind = kind;
  return news;
}

static void post (News *news)
{
  g_main_context_invoke_full (news->watcher->context, G_PRIORITY_DEFAULT, deliver, news, news_free);
}

/* Looking ---------------------------------------------------------------------------- */

/* A job of the journal as a delegate sees it. */
static PrintStage stage_of (PrintState state, const char *reason)
{
  if (state == PRINT_STATE_PRINTED)
    return PRINT_TAKE;
  if (state == PRINT_STATE_FAILED && strcmp (reason, "void") == 0)
    return PRINT_NONE;
  if (print_state_is_final (state))
    return PRINT_ASK;
  if (reason[0] != '\0')
    return PRINT_TROUBLE;
  return print_state_is_at_printer (state) ? PRINT_PRINTING : PRINT_WAITING;
}

static gboolean is_void (Watcher *watcher, const Expected *expected)
{
  Query *query = journal_query (watcher->journal, IS_VOID, NULL);
  gboolean found;

  if (query == NULL)
    return FALSE;
  query_bind_text (query, ":reference", expected->reference);
  query_bind_int (query, ":serial", expected->serial);
  query_bind_text (query, ":issuer", journal_station (watcher->journal));
  found = query_next (query);
  return query_end (query, NULL) && found;
}

/* TRUE once the badge's last state was told. */
static gboolean look_at (Watcher *watcher, Expected *expected)
{
  g_autofree char *job = badge_data_job_name (journal_station (watcher->journal),
                                              expected->reference, expected->serial),
                  *reason = NULL, *telling = NULL;
  PrintState state = PRINT_STATE_NEW;
  Query *query = journal_query (watcher->journal, JOB, NULL);
  News *news;
  PrintStage stage;

  if (query == NULL)
    return FALSE;
  query_bind_text (query, ":job", job);
  if (query_next (query)) {
    print_state_from_name (query_text (query, 0), &state);
    reason = g_strdup (query_text (query, 1));
  }
  if (!query_end (query, NULL))
    return FALSE;
  if (reason == NULL)
    return is_void (watcher, expected);
  telling = g_strconcat (print_state_name (state), " ", reason, NULL);
  if (g_strcmp0 (telling, expected->told) == 0)
    return FALSE;
  g_free (expected->told);
  expected->told = g_steal_pointer (&telling);
  stage = stage_of (state, reason);
  news = news_new (watcher, NEWS_PRINTED);
  news->reference = g_strdup (expected->reference);
  news->serial = expected->serial;
  news->stage = stage;
  news->reasons = g_strdup (reason);
  post (news);
  return stage == PRINT_TAKE || stage == PRINT_ASK || stage == PRINT_NONE;
}

static void look_at_badges (Watcher *watcher)
{
  lock_take (&watcher->lock);
  for (guint i = watcher->expected->len; i > 0; i--)
    if (look_at (watcher, g_ptr_array_index (watcher->expected, i - 1)))
      g_ptr_array_remove_index (watcher->expected, i - 1);
  lock_give (&watcher->lock);
}

/* Tells of the number that @query finds, if it is not @known. */
static void look_at_count (Watcher *watcher, Query *query, NewsKind kind, gint64 *known)
{
  gint64 count = 0;
  News *news;

  if (query_next (query))
    count = query_int (query, 0);
  if (!query_end (query, NULL) || count == *known)
    return;
  *known = count;
  news = news_new (watcher, kind);
  news->count = count;
  post (news);
}

static void look_inside (Watcher *watcher)
{
  Query *query = journal_query (watcher->journal, INSIDE, NULL);

  if (query == NULL)
    return;
  query_bind_text (query, ":checkpoint", watcher->checkpoint);
  look_at_count (watcher, query, NEWS_INSIDE, &watcher->inside);
}

static void look_at_alerts (Watcher *watcher)
{
  Query *query = journal_query (watcher->journal, ALERTS, NULL);

  if (query != NULL)
    look_at_count (watcher, query, NEWS_ALERTS, &watcher->alerts);
}

static void look_at_message (Watcher *watcher)
{
  g_auto (OwnedPair) message = { 0 };
  News *news;

  if (!screen_sign_read_message (watcher->journal, journal_station (watcher->journal), &message,
                                 NULL)
      || (g_strcmp0 (message.first, watcher->message.first) == 0
          && g_strcmp0 (message.second, watcher->message.second) == 0))
    return;
  words_owned_clear (&watcher->message);
  watcher->message = (OwnedPair){ g_strdup (message.first), g_strdup (message.second) };
  news = news_new (watcher, NEWS_MESSAGE);
  news->message = message;
  message = (OwnedPair){ 0 };
  post (news);
}

static void tell_change (Watcher *watcher)
{
  gint64 now = g_get_monotonic_time ();

  if (now - watcher->changed_us < WATCHER_CHANGED_MS * 1000)
    return;
  watcher->changed_us = now;
  look_at_alerts (watcher);
  look_at_message (watcher);
  post (news_new (watcher, NEWS_CHANGED));
}

static gpointer run (gpointer data)
{
  Watcher *watcher = data;
  gint64 seen = journal_data_version (watcher->journal);
  gboolean changed = TRUE;

  while (!g_atomic_int_get (&watcher->stop)) {
    if (journal_has_moved (watcher->journal)) {
      post (news_new (watcher, NEWS_LOST));
      return NULL;
    }
    look_at_badges (watcher);
    if (changed)
      look_inside (watcher);
    tell_change (watcher);
    changed = journal_wait (watcher->journal, &seen, WAIT_MS, &watcher->stop);
  }
  return NULL;
}

/* Opening and closing ---------------------------------------------------------------- */

Watcher *watcher_new (const char *db, Clock clock, const char *checkpoint,
                      const WatcherListener *listener, GError **error)
{
  Journal *journal = journal_open (db, clock, error);
  Watcher *watcher;

  if (journal == NULL)
    return NULL;
  watcher = g_new0 (Watcher, 1);
  g_atomic_ref_count_init (&watcher->references);
  lock_init (&watcher->lock);
  watcher->journal = journal;
  watcher->checkpoint = g_strdup (checkpoint);
  watcher->inside = watcher->alerts = -1;
  watcher->listener = *listener;
  watcher->context = g_main_context_ref_thread_default ();
  watcher->expected = g_ptr_array_new_with_free_func ((GDestroyNotify) expected_free);
  watcher->thread = g_thread_new ("watcher", run, watcher);
  return watcher;
}

void watcher_free (Watcher *watcher)
{
  if (watcher == NULL)
    return;
  g_atomic_int_set (&watcher->closed, TRUE);
  g_atomic_int_set (&watcher->stop, TRUE);
  g_thread_join (watcher->thread);
  watcher_unref (watcher);
}

void watcher_expect (Watcher *watcher, const char *reference, guint serial)
{
  Expected *expected = g_new0 (Expected, 1);

  expected->reference = g_strdup (reference);
  expected->serial = serial;
  lock_take (&watcher->lock);
  g_ptr_array_add (watcher->expected, expected);
  lock_give (&watcher->lock);
}
