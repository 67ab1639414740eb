#include "office/live.h"

#include "core/lock.h"
#include "core/sign.h"
#include "replication/watch.h"

#include <string.h>

#define BOOT_BYTES 6
#define PACE 5 /* rests this many times as long as counting took, but at least: */
#define REST_US 25000
/* And so long for each who was told: five times what it takes of a processor to encrypt and
 * send it, so that who looks costs a fifth of one at most. */
#define TELL_US 250

/* One who looks. */
typedef struct {
  AnswerStream *stream;
  char *name, *epoch;
} Reader;

/* All who look at one page in one language with the same rights. */
typedef struct {
  const LivePage *page;
  PageLanguage language;
  AccountRole role;
  char *delegation;
  GPtrArray *readers; /* Reader */
  GPtrArray *drawn;   /* char *: the parts as they were sent last */
} Channel;

struct _Live {
  char *boot;
  const LivePage *pages;
  Watch *watch;
  StationStates *states;
  Journal *journal; /* of the thread, as the reader is */
  FiguresReader *reader;
  GThread *thread;
  Lock mutex;
  Wake wake;
  Moment *moment;      /* under mutex, as all below */
  GPtrArray *channels; /* Channel */
  gboolean woken, waiting, stopping;
  Waiter waiter;
};

static void reader_free (gpointer data)
{
  Reader *reader = data;

  answer_stream_unref (reader->stream);
  g_free (reader->name);
  g_free (reader->epoch);
  g_free (reader);
}

static void channel_free (gpointer data)
{
  Channel *channel = data;

  g_ptr_array_unref (channel->readers);
  g_ptr_array_unref (channel->drawn);
  g_free (channel->delegation);
  g_free (channel);
}

void live_id (const Live *live, const Moment *moment, char id[LIVE_ID_MAX])
{
  g_snprintf (id, LIVE_ID_MAX, "%s-%" G_GINT64_FORMAT, live->boot, moment->version);
}

/* Drawing ---------------------------------------------------------------------------- */

static View view_of (const Channel *channel, const Moment *moment)
{
  return (View){ .out = markup_new (),
                 .language = channel->language,
                 .role = channel->role,
                 .delegation = channel->delegation,
                 .moment = moment };
}

static char *draw_part (const Channel *channel, const PagePart *part, const Moment *moment)
{
  View view = view_of (channel, moment);

  part->draw (&view);
  return markup_finish (view.out);
}

static void append_part (GString *news, const char *id, const char *part, const char *html)
{
  g_autofree char *data = g_strconcat (part, "\n", html, NULL);

  answer_stream_append (news, "part", id, data);
}

static void append_time (const Live *live, GString *news, const char *id)
{
  g_autofree char *time = page_language_clock (live->moment->figures->as_of->at_ms,
                                               live->moment->figures->as_of->zone);

  answer_stream_append (news, "time", id, time);
}

/* Draws all parts; appends those that differ, to be told. Under mutex. */
static void refresh (const Live *live, Channel *channel, GString *news)
{
  const PagePart *parts = channel->page->parts;
  char id[LIVE_ID_MAX];

  live_id (live, live->moment, id);
  for (guint i = 0; parts[i].id != NULL; i++) {
    char *html = draw_part (channel, &parts[i], live->moment);

    if (i < channel->drawn->len && strcmp (channel->drawn->pdata[i], html) == 0) {
      g_free (html);
      continue;
    }
    append_part (news, id, parts[i].id, html);
    if (i < channel->drawn->len) {
      g_free (channel->drawn->pdata[i]);
      channel->drawn->pdata[i] = html;
    } else
      g_ptr_array_add (channel->drawn, html);
  }
}

/* Tells all what is new to them, written once for all of a channel and sent to each at
 * once; @time: and as of when. Lets go of who has gone. How many were told. Under mutex. */
static guint tell (const Live *live, gboolean time)
{
  g_autoptr (GString) news = g_string_new (NULL);
  guint told = 0;

  for (guint c = live->channels->len; c-- > 0;) {
    Channel *channel = live->channels->pdata[c];

    g_string_truncate (news, 0);
    refresh (live, channel, news);
    if (time)
      append_time (live, news, NULL);
    for (guint r = channel->readers->len; news->len > 0 && r-- > 0; told++)
      if (!answer_stream_send (((Reader *) channel->readers->pdata[r])->stream, news))
        g_ptr_array_remove_index_fast (channel->readers, r);
    if (channel->readers->len == 0)
      g_ptr_array_remove_index_fast (live->channels, c);
  }
  return told;
}

/* Those whose account is gone or has another password see no figure more. Under mutex. */
static void dismiss (const Live *live, const GPtrArray *accounts)
{
  for (guint c = 0; c < live->channels->len; c++) {
    Channel *channel = live->channels->pdata[c];

    for (guint r = channel->readers->len; r-- > 0;) {
      const Reader *reader = channel->readers->pdata[r];
      const Account *account = account_find (accounts, reader->name);

      if (account != NULL && strcmp (account->epoch, reader->epoch) == 0)
        continue;
      answer_stream_event (reader->stream, "end", NULL, "");
      answer_stream_end (reader->stream);
      g_ptr_array_remove_index_fast (channel->readers, r);
    }
  }
}

/* The thread ------------------------------------------------------------------------- */

static void on_news (gpointer data)
{
  Live *live = data;

  lock_take (&live->mutex);
  live->woken = TRUE;
  live->waiting = FALSE;
  lock_wake_one (&live->wake);
  lock_give (&live->mutex);
}

/* Until something was committed, or for LIVE_LOOK_MS. FALSE: at an end. */
static gboolean wait_for_news (Live *live, gint64 rest_us)
{
  gint64 now = g_get_monotonic_time ();
  gboolean going;

  lock_take (&live->mutex);
  while (!live->stopping && g_get_monotonic_time () < now + rest_us)
    lock_wake_wait_until (&live->wake, &live->mutex, now + rest_us);
  if (!live->waiting && !live->stopping) {
    live->woken = FALSE;
    live->waiter
        = (Waiter){ .seen = live->moment->figures->number,
                    .until = g_get_monotonic_time () + LIVE_LOOK_MS * G_TIME_SPAN_MILLISECOND,
                    .wake = on_news,
                    .data = live };
    live->waiting = TRUE;
    lock_give (&live->mutex);
    /* It may wake at once, in this thread. */
    if (!watch_add (live->watch, &live->waiter)) {
      lock_take (&live->mutex);
      live->waiting = FALSE;
      live->stopping = TRUE;
      lock_give (&live->mutex);
      return FALSE;
    }
    lock_take (&live->mutex);
  }
  while (!live->woken && !live->stopping)
    lock_wake_wait (&live->wake, &live->mutex);
  going = !live->stopping;
  lock_give (&live->mutex);
  return going;
}

/* A moment more, where something has changed or its minute is over. */
static Moment *look (Live *live, gint64 now_us, gint64 *counted_us)
{
  g_autoptr (GError) error = NULL;
  gboolean current = FALSE;
  Moment *fresh;

  if (now_us - *counted_us < LIVE_TIME_MS * G_TIME_SPAN_MILLISECOND
      && moment_is_current (live->journal, live->states, live->moment, &current, &error) && current)
    return NULL;
  if (error != NULL)
    g_clear_error (&error);
  fresh = moment_make (live->journal, live->reader, live->states, live->moment, &error);
  if (fresh == NULL)
    g_message (_ ("the figures of the organisers' pages cannot be counted: %s"), error->message);
  *counted_us = g_get_monotonic_time ();
  return fresh;
}

/* How many were told. */
static guint publish (Live *live, Moment *fresh, gboolean time)
{
  g_autoptr (GPtrArray) accounts = time ? account_all (live->journal, NULL) : NULL;

  lock_take (&live->mutex);
  moment_unref (live->moment);
  live->moment = fresh;
  if (accounts != NULL)
    dismiss (live, accounts);
  guint told = tell (live, time);
  lock_give (&live->mutex);
  return told;
}

static gpointer live_run (gpointer data)
{
  Live *live = data;
  gint64 counted_us = g_get_monotonic_time (), told_us = 0, rest_us = 0;

  while (wait_for_news (live, rest_us)) {
    gint64 now_us;
    Moment *fresh;
    gboolean time;

    rest_us = 0;
    now_us = g_get_monotonic_time ();
    fresh = look (live, now_us, &counted_us);
    if (fresh == NULL)
      continue;
    time = now_us - told_us >= (LIVE_TIME_MS - LIVE_LOOK_MS) * G_TIME_SPAN_MILLISECOND;
    if (time)
      told_us = now_us;
    rest_us = MIN (fresh->figures->cost_ms * PACE, 10000) * G_TIME_SPAN_MILLISECOND;
    gint64 told = publish (live, fresh, time);
    rest_us = MAX (MAX (rest_us, REST_US), told * TELL_US);
  }
  return NULL;
}

Live *live_start (const char *db, Clock clock, struct _Watch *watch, StationStates *states,
                  const LivePage *pages, GError **error)
{
  Live *live = g_new0 (Live, 1);

  live->boot = sign_secret_new (BOOT_BYTES);
  live->pages = pages;
  live->watch = watch;
  live->states = states;
  lock_init (&live->mutex);
  lock_wake_init (&live->wake);
  live->channels = g_ptr_array_new_with_free_func (channel_free);
  live->reader = figures_reader_new ();
  live->journal = journal_open (db, clock, error);
  if (live->journal != NULL)
    live->moment = moment_make (live->journal, live->reader, states, NULL, error);
  if (live->moment == NULL) {
    live_free (live);
    return NULL;
  }
  live->thread = g_thread_new ("live", live_run, live);
  return live;
}

void live_stop (Live *live)
{
  if (live->thread == NULL)
    return;
  lock_take (&live->mutex);
  live->stopping = TRUE;
  lock_wake_one (&live->wake);
  /* The watch holds the waiter until it has woken it: LIVE_LOOK_MS at most. */
  while (live->waiting)
    lock_wake_wait_until (&live->wake, &live->mutex,
                          g_get_monotonic_time () + LIVE_LOOK_MS * G_TIME_SPAN_MILLISECOND);
  lock_wake_one (&live->wake);
  lock_give (&live->mutex);
  g_thread_join (g_steal_pointer (&live->thread));
}

void live_free (Live *live)
{
  if (live == NULL)
    return;
  live_stop (live);
  g_ptr_array_unref (live->channels);
  moment_unref (live->moment);
  figures_reader_free (live->reader);
  g_clear_pointer (&live->journal, journal_close);
  lock_clear (&live->mutex);
  lock_wake_clear (&live->wake);
  g_free (live->boot);
  g_free (live);
}

/* Readers ---------------------------------------------------------------------------- */

Moment *live_moment (Live *live)
{
  Moment *moment;

  lock_take (&live->mutex);
  moment = moment_ref (live->moment);
  lock_give (&live->mutex);
  return moment;
}

const LivePage *live_page (const Live *live, const char *name)
{
  for (const LivePage *page = live->pages; page->name != NULL; page++)
    if (g_strcmp0 (page->name, name) == 0)
      return page;
  return NULL;
}

static Channel *channel_of (Live *live, const LivePage *page, PageLanguage language,
                            const Account *account)
{
  Channel *channel;

  for (guint i = 0; i < live->channels->len; i++) {
    channel = live->channels->pdata[i];
    if (channel->page == page && channel->language == language && channel->role == account->role
        && strcmp (channel->delegation, account->delegation) == 0)
      return channel;
  }
  channel = g_new0 (Channel, 1);
  channel->page = page;
  channel->language = language;
  channel->role = account->role;
  channel->delegation = g_strdup (account->delegation);
  channel->readers = g_ptr_array_new_with_free_func (reader_free);
  channel->drawn = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (live->channels, channel);
  g_autoptr (GString) drawn = g_string_new (NULL);
  refresh (live, channel, drawn); /* nobody is told yet */
  return channel;
}

void live_join (Live *live, const LivePage *page, PageLanguage language, const Account *account,
                const char *seen, AnswerStream *stream)
{
  Reader *reader = g_new0 (Reader, 1);
  g_autoptr (GString) news = g_string_new (NULL);
  char id[LIVE_ID_MAX];
  Channel *channel;

  reader->stream = stream;
  reader->name = g_strdup (account->name);
  reader->epoch = g_strdup (account->epoch);
  lock_take (&live->mutex);
  channel = channel_of (live, page, language, account);
  live_id (live, live->moment, id);
  if (g_strcmp0 (seen, id) != 0)
    for (guint i = 0; i < channel->drawn->len; i++)
      append_part (news, id, page->parts[i].id, channel->drawn->pdata[i]);
  append_time (live, news, id);
  answer_stream_send (stream, news);
  g_ptr_array_add (channel->readers, reader);
  lock_give (&live->mutex);
}
