#include "journal/shared_log.h"

#include "core/words.h"
#include "journal/epoch_table.h"
#include "journal/log_engine.h"
#include "journal/query.h"
#include "journal/schema.h"
#include "journal/shared_sheet.h"
#include "journal/store.h"

#include <poll.h>
#include <string.h>

#define APPEND_BATCH 1000

typedef struct _SharedLog SharedLog;

struct _SharedLog {
  char *address; /* NULL: none yet */
  const LogEngine *engine;
  LogLink *link;     /* NULL while it is broken */
  gboolean compared; /* this link's log has been found to be ours */
  gboolean watching; /* shared_sheet_watch() */
  gboolean open;     /* the log's transaction, of which: */
  gint64 number;     /* the last number when it began */
  gint64 version;
};

/* Taken by value: the journal's copy may change while it is used. */
static gboolean read_address (Journal *journal, char **address, GError **error)
{
  return journal_read_local (journal, JOURNAL_LOCAL_LOG, address, error);
}

gboolean journal_is_shared (Journal *journal)
{
  g_autofree char *address = journal_local (journal, JOURNAL_LOCAL_LOG, NULL);

  return address != NULL;
}

static gboolean read_version (Journal *journal, gint64 *version, GError **error)
{
  g_autofree char *text = NULL;

  if (!journal_read_local (journal, JOURNAL_LOCAL_LOG_VERSION, &text, error))
    return FALSE;
  *version = text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;
  return TRUE;
}

static gboolean set_version (Journal *journal, gint64 version, GError **error)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, version);

  return journal_set_local (journal, JOURNAL_LOCAL_LOG_VERSION, text, error);
}

static gboolean last_number (Journal *journal, gint64 *number, GError **error)
{
  GError *cause = NULL;

  *number = journal_last_number (journal, &cause);
  if (cause == NULL)
    return TRUE;
  g_propagate_error (error, cause);
  return FALSE;
}

/* The link --------------------------------------------------------------------------- */

static void drop_link (SharedLog *shared)
{
  if (shared->link != NULL)
    shared->engine->close (g_steal_pointer (&shared->link));
  shared->compared = FALSE;
  shared->open = FALSE;
}

void shared_log_forget (Journal *journal)
{
  SharedLog *shared = g_steal_pointer (&journal->shared);

  if (shared == NULL)
    return;
  drop_link (shared);
  g_free (shared->address);
  g_free (shared);
}

void shared_log_abandon (Journal *journal)
{
  SharedLog *shared = journal->shared;

  if (shared == NULL || !shared->open)
    return;
  shared->engine->rollback (shared->link);
  shared->open = FALSE;
}

/* Outside a transaction: this connection is ready to write to the log at @address. */
static gboolean prepare (Journal *journal, const char *address, GError **error)
{
  SharedLog *shared = journal->shared;

  if (shared == NULL)
    shared = journal->shared = g_new0 (SharedLog, 1);
  if (g_strcmp0 (shared->address, address) != 0) {
    drop_link (shared);
    g_clear_pointer (&shared->address, g_free);
    shared->engine = log_engine_choose (address, error);
    if (shared->engine == NULL)
      return FALSE;
    shared->address = g_strdup (address);
  }
  shared->watching = shared->watching || shared_sheet_watch (journal, error);
  if (!shared->watching)
    return FALSE;
  if (shared->link == NULL)
    shared->link = shared->engine->open (address, error);
  return shared->link != NULL;
}

/* A link that was broken while nobody used it is made anew, once. */
static gboolean begin_link (SharedLog *shared, gboolean writing, LogState *state, GError **error)
{
  gboolean again = shared->link != NULL;

  for (;; again = FALSE) {
    g_autoptr (GError) cause = NULL;

    if (shared->link == NULL)
      shared->link = shared->engine->open (shared->address, &cause);
    shared->open
        = shared->link != NULL && shared->engine->begin (shared->link, writing, state, &cause);
    if (shared->open)
      return TRUE;
    drop_link (shared);
    log_engine_state_clear (state);
    if (!again) {
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }
  }
}

/* Is it ours? ------------------------------------------------------------------------ */

static gboolean refuse (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);
static gboolean refuse (GError **error, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  if (error != NULL)
    *error = g_error_new_valist (JOURNAL_ERROR, JOURNAL_ERROR_LOG, format, arguments);
  va_end (arguments);
  return FALSE;
}

static const Fact *fact_at (Journal *journal, gint64 number, GPtrArray **facts, GError **error)
{
  *facts = journal_facts_after (journal, number - 1, NULL, 1, error);
  return *facts != NULL && (*facts)->len > 0 ? (*facts)->pdata[0] : NULL;
}

/* The fact @number, the last that both hold, is the same in both. */
static gboolean compare_at (Journal *journal, gint64 number, GError **error)
{
  SharedLog *shared = journal->shared;
  g_autoptr (GPtrArray) here = NULL, there = NULL;
  const Fact *one, *other;

  if (number == 0)
    return TRUE;
  one = fact_at (journal, number, &here, error);
  if (here == NULL)
    return FALSE;
  there = shared->engine->facts (shared->link, number - 1, 1, error);
  if (there == NULL)
    return FALSE;
  other = there->len > 0 ? there->pdata[0] : NULL;
  if (one != NULL && other != NULL && one->number == other->number
      && hash_equal (&one->chain, &other->chain) && strcmp (one->station, other->station) == 0)
    return TRUE;
  return refuse (error,
                 _ ("the log and this replica do not hold the same facts: number %lld differs. "
                    "Start this hub with a new file (--db), which fills itself from the log, and "
                    "bring what only the old one has with “accueil merge”"),
                 (long long) number);
}

static gboolean is_ours (Journal *journal, const LogState *state, gint64 number, GError **error)
{
  if (state->station == NULL)
    return refuse (error, _ ("the log is empty; “accueil-hub log move ADDRESS” takes this hub's "
                             "facts there"));
  if (strcmp (state->station, journal->station) != 0)
    return refuse (error, _ ("the log is that of a hub “%.40s”, and not of “%s”"), state->station,
                   journal->station);
  if (state->closed)
    return refuse (error, _ ("the log was moved away from there (“accueil-hub log move”); start "
                             "this hub with its new address"));
  if (number > state->number)
    return refuse (error,
                   _ ("the log has lost facts: it ends at number %lld, this replica at %lld. Start "
                      "this hub with a new file (--db), which fills itself from the log, and "
                      "bring what only the old one has with “accueil merge”"),
                   (long long) state->number, (long long) number);
  if (!journal->shared->compared && !compare_at (journal, number, error))
    return FALSE;
  journal->shared->compared = TRUE;
  return TRUE;
}

/* Following -------------------------------------------------------------------------- */

/* They were judged where they were taken first; the root says nothing of its own here. */
static gboolean receive (Journal *journal, const GPtrArray *facts, GError **error)
{
  g_autofree Fact *row = g_new (Fact, MAX (facts->len, 1));
  gint64 last = 0;
  gboolean good;

  for (guint i = 0; i < facts->len; i++)
    row[i] = *(const Fact *) facts->pdata[i]; /* borrowed */
  journal->following = TRUE;
  good = journal_receive (journal, row, facts->len, NULL, error);
  journal->following = FALSE;
  if (!good || !last_number (journal, &last, error))
    return FALSE;
  return facts->len == 0 || last == row[facts->len - 1].number
         || refuse (error, _ ("the log gives fact %lld the number %lld, this replica %lld"),
                    (long long) row[facts->len - 1].seq, (long long) row[facts->len - 1].number,
                    (long long) last);
}

static gboolean take_changes (Journal *journal, const LogState *state, GError **error)
{
  SharedLog *shared = journal->shared;
  g_autoptr (GPtrArray) changes = NULL;
  gint64 version;

  if (!read_version (journal, &version, error))
    return FALSE;
  if (version == state->version)
    return TRUE;
  changes = shared->engine->changes (shared->link, version, error);
  if (changes == NULL)
    return FALSE;
  for (guint i = 0; i < changes->len; i++)
    if (!shared_sheet_apply (journal, changes->pdata[i], error))
      return FALSE;
  return set_version (journal, state->version, error);
}

/* In a transaction of both: takes what the log has more, at most SHARED_LOG_BATCH facts;
 * *@more: there are others. */
static gboolean take (Journal *journal, const LogState *state, gboolean *more, GError **error)
{
  SharedLog *shared = journal->shared;
  g_autoptr (GPtrArray) facts = NULL;
  gint64 number;

  *more = FALSE;
  if (!last_number (journal, &number, error) || !is_ours (journal, state, number, error))
    return FALSE;
  if (number < state->number) {
    facts = shared->engine->facts (shared->link, number, SHARED_LOG_BATCH, error);
    if (facts == NULL || !receive (journal, facts, error))
      return FALSE;
    *more = facts->len > 0 && ((const Fact *) facts->pdata[facts->len - 1])->number < state->number;
  }
  return take_changes (journal, state, error) && shared_sheet_clear (journal, error);
}

/* Nothing of this replica's own goes to the log: it has only followed. */
static gboolean commit_taken (Journal *journal, GError **error)
{
  shared_log_abandon (journal);
  return journal_commit (journal, error);
}

/* One step of following; @state tells how far there is to go. */
static gboolean follow_once (Journal *journal, gboolean *more, GError **error)
{
  g_auto (LogState) state = { 0 };

  if (!journal_begin_file (journal, error))
    return FALSE;
  if (begin_link (journal->shared, FALSE, &state, error) && take (journal, &state, more, error))
    return commit_taken (journal, error);
  journal_rollback (journal);
  return FALSE;
}

/* Without a lock on either: is there anything to take? */
static gboolean is_behind (Journal *journal, gboolean *behind, GError **error)
{
  g_auto (LogState) state = { 0 };
  gint64 number, version;

  if (!begin_link (journal->shared, FALSE, &state, error))
    return FALSE;
  shared_log_abandon (journal);
  if (!last_number (journal, &number, error) || !read_version (journal, &version, error))
    return FALSE;
  *behind = number != state.number || version != state.version || !journal->shared->compared;
  return TRUE;
}

static void wait_alone (guint wait_ms, int wake)
{
  struct pollfd descriptor = { .fd = wake, .events = POLLIN };

  poll (&descriptor, 1, (int) wait_ms);
}

gboolean journal_follow (Journal *journal, guint wait_ms, int wake, GError **error)
{
  g_autofree char *address = NULL;
  gboolean more = TRUE;

  if (!read_address (journal, &address, error))
    return FALSE;
  if (address == NULL) {
    wait_alone (wait_ms, wake);
    return TRUE;
  }
  if (!prepare (journal, address, error))
    return FALSE;
  if (wait_ms > 0 && !journal->shared->engine->wait (journal->shared->link, wait_ms, wake, error)) {
    drop_link (journal->shared);
    return FALSE;
  }
  if (!is_behind (journal, &more, error))
    return FALSE;
  while (more)
    if (!follow_once (journal, &more, error))
      return FALSE;
  return TRUE;
}

gboolean journal_look_at_log (Journal *journal, gint64 *behind, LogStandbys *standbys,
                              GError **error)
{
  g_autofree char *address = NULL;
  g_auto (LogState) state = { 0 };
  gint64 number;

  *behind = 0;
  if (!read_address (journal, &address, error) || address == NULL)
    return address == NULL && (error == NULL || *error == NULL);
  if (!prepare (journal, address, error) || !begin_link (journal->shared, TRUE, &state, error))
    return FALSE;
  if (!last_number (journal, &number, error) || !is_ours (journal, &state, number, error)
      || (standbys != NULL
          && !journal->shared->engine->standbys (journal->shared->link, standbys, error))) {
    shared_log_abandon (journal);
    return FALSE;
  }
  shared_log_abandon (journal);
  *behind = MAX (state.number - number, 0);
  return TRUE;
}

/* Writing ---------------------------------------------------------------------------- */

/* The server's history is another: facts that had numbers may be lost, so cursors of
 * before are good only up to here. */
static gboolean note_timeline (Journal *journal, const LogState *state, GError **error)
{
  SharedLog *shared = journal->shared;

  return g_strcmp0 (state->timeline, state->noted) == 0
         || (epoch_table_turn (journal, NULL, error)
             && shared->engine->note (shared->link, journal->station, state->timeline, FALSE,
                                      error));
}

/* With the file's lock: takes the log's, and all there is. *@again: not yet all, begin
 * once more. */
static gboolean join_log (Journal *journal, gboolean *again, GError **error)
{
  SharedLog *shared = journal->shared;
  g_auto (LogState) state = { 0 };

  if (!begin_link (shared, TRUE, &state, error) || !take (journal, &state, again, error))
    return FALSE;
  if (*again)
    return commit_taken (journal, error);
  shared->version = state.version;
  return last_number (journal, &shared->number, error) && note_timeline (journal, &state, error);
}

gboolean shared_log_begin (Journal *journal, GError **error)
{
  gboolean again = TRUE;

  while (again) {
    g_autofree char *address = NULL;

    again = FALSE;
    if (!journal_begin_file (journal, error))
      return FALSE;
    if (!read_address (journal, &address, error)) {
      journal_rollback (journal);
      return FALSE;
    }
    if (address == NULL)
      return TRUE;
    if (journal->shared == NULL || g_strcmp0 (journal->shared->address, address) != 0) {
      journal_rollback (journal); /* what prepare() makes must outlive this transaction */
      if (!prepare (journal, address, error))
        return FALSE;
      again = TRUE;
    } else if (!join_log (journal, &again, error)) {
      journal_rollback (journal);
      return FALSE;
    }
  }
  return TRUE;
}

static gboolean publish_facts (Journal *journal, gint64 after, gint64 *number, GError **error)
{
  SharedLog *shared = journal->shared;

  *number = after;
  for (;;) {
    g_autoptr (GPtrArray) facts = journal_facts_after (journal, *number, NULL, APPEND_BATCH, error);

    if (facts == NULL)
      return FALSE;
    if (facts->len == 0)
      return TRUE;
    if (!shared->engine->append (shared->link, facts, error))
      return FALSE;
    *number = ((const Fact *) facts->pdata[facts->len - 1])->number;
  }
}

/* Whoever takes those facts from the log later finds their signatures there. */
static gboolean publish_signatures (SharedLog *shared, const GPtrArray *changes, GError **error)
{
  for (guint i = 0; i < changes->len; i++) {
    const LogChange *change = changes->pdata[i];
    g_autofree char *signature = NULL;

    if (strcmp (change->sheet, SHARED_SHEET_SIGNATURE) != 0)
      continue;
    signature = shared_sheet_signature (change, error);
    if (signature == NULL
        || !shared->engine->sign (shared->link, g_ascii_strtoll (change->key, NULL, 10), signature,
                                  error))
      return FALSE;
  }
  return TRUE;
}

static gboolean publish_sheets (Journal *journal, gboolean *any, GError **error)
{
  SharedLog *shared = journal->shared;
  g_autoptr (GPtrArray) changes
      = shared_sheet_changes (journal, shared->version, shared->number, error);
  g_autoptr (GArray) erased
      = changes != NULL ? shared_sheet_erased (journal, shared->number, error) : NULL;

  if (erased == NULL)
    return FALSE;
  *any = changes->len > 0 || erased->len > 0;
  return (erased->len == 0 || shared->engine->erase (shared->link, erased, error))
         && (changes->len == 0
             || (publish_signatures (shared, changes, error)
                 && shared->engine->change (shared->link, changes, error)
                 && set_version (journal, shared->version + changes->len, error)))
         && shared_sheet_clear (journal, error);
}

gboolean shared_log_publish (Journal *journal, GError **error)
{
  SharedLog *shared = journal->shared;
  gboolean any, good;
  gint64 number;

  if (shared == NULL || !shared->open)
    return TRUE;
  good = publish_facts (journal, shared->number, &number, error)
         && publish_sheets (journal, &any, error);
  if (good && !any && number == shared->number)
    shared_log_abandon (journal); /* nothing was written */
  else if (good) {
    good = shared->engine->commit (shared->link, error);
    shared->open = FALSE;
  }
  if (!good)
    drop_link (shared);
  return good;
}

/* Moving ----------------------------------------------------------------------------- */

/* Both hold the same facts: as many of each station, with the same chains. */
static gboolean compare_heads (Journal *journal, GError **error)
{
  SharedLog *shared = journal->shared;
  g_autoptr (GPtrArray) here = journal_heads (journal, error);
  g_autoptr (GPtrArray) there = here != NULL ? shared->engine->heads (shared->link, error) : NULL;
  gboolean same;

  if (there == NULL)
    return FALSE;
  same = here->len == there->len;
  for (guint i = 0; same && i < here->len; i++) {
    const JournalHead *one = here->pdata[i], *other = there->pdata[i];

    same = strcmp (one->station, other->station) == 0 && one->seq == other->seq
           && hash_equal (&one->chain, &other->chain);
  }
  if (!same)
    g_set_error (error, JOURNAL_ERROR, JOURNAL_ERROR_CHAIN,
                 _ ("the heads here and there differ; nothing was moved"));
  return same;
}

/* The log there is nobody's, or what this hub has left there. */
static gboolean may_move (Journal *journal, const LogState *state, gint64 number, GError **error)
{
  if (state->station == NULL)
    return state->number == 0 || refuse (error, _ ("the log there is nobody's, and not empty"));
  if (strcmp (state->station, journal->station) != 0)
    return refuse (error, _ ("the log is that of a hub “%.40s”, and not of “%s”"), state->station,
                   journal->station);
  if (!state->closed && number != state->number)
    return refuse (error,
                   _ ("there is a log of this hub, in use, that ends at number %lld, where this "
                      "replica ends at %lld: neither may replace the other"),
                   (long long) state->number, (long long) number);
  if (number < state->number)
    return refuse (error,
                   _ ("the log that was left there has facts that this replica has not (%lld, "
                      "here %lld)"),
                   (long long) state->number, (long long) number);
  return compare_at (journal, state->number, error);
}

/* What the log that was left there has, and the hub has no more, goes there too. */
static gboolean note_left (Journal *journal, GError **error)
{
  g_autoptr (GPtrArray) left = journal->shared->engine->changes (journal->shared->link, 0, error);

  if (left == NULL)
    return FALSE;
  for (guint i = 0; i < left->len; i++)
    if (!shared_sheet_touch (journal, left->pdata[i], error))
      return FALSE;
  return TRUE;
}

static gboolean move_there (Journal *journal, const LogState *state, GError **error)
{
  SharedLog *shared = journal->shared;
  gint64 number;
  gboolean any;

  shared->number = state->number;
  shared->version = state->version;
  return last_number (journal, &number, error) && may_move (journal, state, number, error)
         && shared_sheet_clear (journal, error) && shared_sheet_touch_all (journal, error)
         && note_left (journal, error) && publish_facts (journal, state->number, &number, error)
         && publish_sheets (journal, &any, error)
         && shared->engine->note (shared->link, journal->station, state->timeline, FALSE, error)
         && compare_heads (journal, error)
         && journal_set_local (journal, JOURNAL_LOCAL_LOG, shared->address, error);
}

/* The file is committed first: should the log's own commit fail, or the machine between
 * the two, nobody writes to either, and moving again sets it right. */
static gboolean commit_move (Journal *journal, GError **error)
{
  SharedLog *shared = journal->shared;
  gboolean good;

  shared->open = FALSE; /* journal_commit() must not publish */
  if (!journal_commit (journal, error)) {
    drop_link (shared);
    return FALSE;
  }
  good = shared->engine->commit (shared->link, error);
  if (!good)
    drop_link (shared);
  return good;
}

gboolean journal_share (Journal *journal, const char *address, GError **error)
{
  g_autofree char *known = NULL;
  g_auto (LogState) state = { 0 };

  if (!read_address (journal, &known, error))
    return FALSE;
  if (known != NULL && strcmp (known, address) != 0)
    return refuse (error,
                   _ ("the log of this replica is at %s already; take it back first: "
                      "accueil-hub log move sqlite"),
                   known);
  if (!prepare (journal, address, error) || !journal_begin_file (journal, error))
    return FALSE;
  if (begin_link (journal->shared, TRUE, &state, error) && move_there (journal, &state, error))
    return commit_move (journal, error);
  journal_rollback (journal);
  return FALSE;
}

static gboolean forget_log (Journal *journal, GError **error)
{
  return journal_set_local (journal, JOURNAL_LOCAL_LOG, NULL, error)
         && journal_set_local (journal, JOURNAL_LOCAL_LOG_VERSION, NULL, error);
}

static gboolean move_back (Journal *journal, GError **error)
{
  SharedLog *shared = journal->shared;

  return compare_heads (journal, error)
         && shared->engine->note (shared->link, journal->station, NULL, TRUE, error)
         && forget_log (journal, error);
}

/* The log there is closed already, by who was killed before the file was told. */
static gboolean is_left (Journal *journal, gboolean *left, GError **error)
{
  g_auto (LogState) state = { 0 };
  gint64 number;

  *left = FALSE;
  if (!begin_link (journal->shared, FALSE, &state, error))
    return FALSE;
  *left = state.closed && g_strcmp0 (state.station, journal->station) == 0
          && last_number (journal, &number, error) && number == state.number
          && compare_heads (journal, error);
  shared_log_abandon (journal);
  return TRUE;
}

/* The log first: from then on nobody writes, and this file holds all. */
gboolean journal_unshare (Journal *journal, GError **error)
{
  g_autofree char *address = NULL;
  gboolean left = FALSE;

  if (!read_address (journal, &address, error))
    return FALSE;
  if (address == NULL)
    return refuse (error, _ ("the log is in this file already"));
  if (!prepare (journal, address, error) || !is_left (journal, &left, error))
    return FALSE;
  if (left)
    return journal_begin_file (journal, error)
           && journal_finish (journal, forget_log (journal, error), error);
  if (!journal_begin (journal, error))
    return FALSE;
  if (!move_back (journal, error)
      || !journal->shared->engine->commit (journal->shared->link, error)) {
    journal_rollback (journal);
    return FALSE;
  }
  journal->shared->open = FALSE;
  return journal_commit (journal, error);
}

gboolean journal_leave_log (Journal *journal, GError **error)
{
  return journal_begin_file (journal, error)
         && journal_finish (journal, forget_log (journal, error), error);
}

/* Joining ---------------------------------------------------------------------------- */

static gboolean fill (Journal *journal, const char *address, const LogState *state, GError **error)
{
  SharedLog *shared = journal->shared;
  g_autoptr (GPtrArray) changes = shared->engine->changes (shared->link, 0, error);

  if (changes == NULL || !journal_set_local (journal, JOURNAL_LOCAL_STATION, state->station, error))
    return FALSE;
  for (guint i = 0; i < changes->len; i++)
    if (!shared_sheet_apply (journal, changes->pdata[i], error))
      return FALSE;
  journal->rebuild = FALSE; /* there are no facts yet */
  return set_version (journal, state->version, error)
         && journal_set_local (journal, JOURNAL_LOCAL_LOG, address, error);
}

static gboolean found (Journal *journal, const char *address, GError **error)
{
  g_auto (LogState) state = { 0 };

  if (!begin_link (journal->shared, FALSE, &state, error))
    return FALSE;
  if (state.station == NULL)
    return refuse (error, _ ("the log is empty; make the hub first (accueil init), then move its "
                             "log there: accueil-hub log move ADDRESS"));
  if (state.closed)
    return refuse (error, _ ("the log was moved away from there"));
  g_free (journal->station);
  journal->station = g_strdup (state.station);
  if (!fill (journal, address, &state, error))
    return FALSE;
  shared_log_abandon (journal);
  return journal_commit (journal, error);
}

/* @journal is a file without tables. */
static gboolean make (Journal *journal, const char *address, GError **error)
{
  SharedLog *shared = journal->shared = g_new0 (SharedLog, 1);

  shared->engine = log_engine_choose (address, error);
  if (shared->engine == NULL)
    return FALSE;
  shared->address = g_strdup (address);
  if (!journal_begin_file (journal, error))
    return FALSE;
  if (schema_create (journal->db, error) && found (journal, address, error))
    return TRUE;
  journal_rollback (journal);
  return FALSE;
}

Journal *journal_join (const char *path, const char *address, Clock clock, GError **error)
{
  g_autoptr (Journal) journal = NULL;

  if (!journal_make_file (path, error))
    return NULL;
  journal = journal_open_bare (path, clock, error);
  if (journal == NULL || !make (journal, address, error)) {
    g_clear_pointer (&journal, journal_close);
    journal_remove_file (path);
    return NULL;
  }
  g_clear_pointer (&journal, journal_close);
  journal = journal_open (path, clock, error);
  return journal != NULL && journal_follow (journal, 0, -1, error) ? g_steal_pointer (&journal)
                                                                   : NULL;
}
