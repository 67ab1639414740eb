#include "journal/shared_log.h"

#include "core/words.h"
#include "journal/epoch_table.h"
#include "journal/log_link.h"
#include "journal/query.h"
#include "journal/shared_sheet.h"
#include "journal/store.h"

#include <poll.h>
#include <string.h>

#define APPEND_BATCH 1000

gboolean journal_is_shared (Journal *journal)
{
  g_autofree char *address = journal_local (journal, JOURNAL_LOCAL_LOG, NULL);

  return address != NULL;
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
  if (!good || !log_link_number (journal, &last, error))
    return FALSE;
  return facts->len == 0 || last == row[facts->len - 1].number
         || log_link_refuse (error,
                             _ ("the log gives fact %lld the number %lld, this replica %lld"),
                             (long long) row[facts->len - 1].seq,
                             (long long) row[facts->len - 1].number, (long long) last);
}

static gboolean take_changes (Journal *journal, const LogState *state, GError **error)
{
  SharedLog *shared = journal->shared;
  g_autoptr (GPtrArray) changes = NULL;
  gint64 version;

  if (!log_link_version (journal, &version, error))
    return FALSE;
  if (version == state->version)
    return TRUE;
  changes = shared->engine->changes (shared->link, version, error);
  if (changes == NULL)
    return FALSE;
  for (guint i = 0; i < changes->len; i++)
    if (!shared_sheet_apply (journal, changes->pdata[i], error))
      return FALSE;
  return log_link_set_version (journal, state->version, error);
}

/* In a transaction of both: takes what the log has more, at most SHARED_LOG_BATCH facts;
 * *@more: there are others. */
static gboolean take (Journal *journal, const LogState *state, gboolean *more, GError **error)
{
  SharedLog *shared = journal->shared;
  g_autoptr (GPtrArray) facts = NULL;
  gint64 number;

  *more = FALSE;
  if (!log_link_number (journal, &number, error)
      || !log_link_is_ours (journal, state, number, error))
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
  log_link_abandon (journal);
  return journal_commit (journal, error);
}

/* One step of following; @state tells how far there is to go. */
static gboolean follow_once (Journal *journal, gboolean *more, GError **error)
{
  g_auto (LogState) state = { 0 };

  if (!journal_begin_file (journal, error))
    return FALSE;
  if (log_link_begin (journal->shared, FALSE, &state, error) && take (journal, &state, more, error))
    return commit_taken (journal, error);
  journal_rollback (journal);
  return FALSE;
}

/* Without a lock on either: is there anything to take? */
static gboolean is_behind (Journal *journal, gboolean *behind, GError **error)
{
  g_auto (LogState) state = { 0 };
  gint64 number, version;

  if (!log_link_begin (journal->shared, FALSE, &state, error))
    return FALSE;
  log_link_abandon (journal);
  if (!log_link_number (journal, &number, error) || !log_link_version (journal, &version, error))
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

  if (!log_link_address (journal, &address, error))
    return FALSE;
  if (address == NULL) {
    wait_alone (wait_ms, wake);
    return TRUE;
  }
  if (!log_link_prepare (journal, address, error))
    return FALSE;
  if (wait_ms > 0 && !journal->shared->engine->wait (journal->shared->link, wait_ms, wake, error)) {
    log_link_drop (journal->shared);
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
  if (!log_link_address (journal, &address, error) || address == NULL)
    return address == NULL && (error == NULL || *error == NULL);
  if (!log_link_prepare (journal, address, error)
      || !log_link_begin (journal->shared, TRUE, &state, error))
    return FALSE;
  if (!log_link_number (journal, &number, error)
      || !log_link_is_ours (journal, &state, number, error)
      || (standbys != NULL
          && !journal->shared->engine->standbys (journal->shared->link, standbys, error))) {
    log_link_abandon (journal);
    return FALSE;
  }
  log_link_abandon (journal);
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

  if (!log_link_begin (shared, TRUE, &state, error) || !take (journal, &state, again, error))
    return FALSE;
  if (*again)
    return commit_taken (journal, error);
  shared->version = state.version;
  return log_link_number (journal, &shared->number, error)
         && note_timeline (journal, &state, error);
}

gboolean shared_log_begin (Journal *journal, GError **error)
{
  gboolean again = TRUE;

  while (again) {
    g_autofree char *address = NULL;

    again = FALSE;
    if (!journal_begin_file (journal, error))
      return FALSE;
    if (!log_link_address (journal, &address, error)) {
      journal_rollback (journal);
      return FALSE;
    }
    if (address == NULL)
      return TRUE;
    if (journal->shared == NULL || g_strcmp0 (journal->shared->address, address) != 0) {
      journal_rollback (journal); /* what log_link_prepare() makes must outlive this transaction */
      if (!log_link_prepare (journal, address, error))
        return FALSE;
      again = TRUE;
    } else if (!join_log (journal, &again, error)) {
      journal_rollback (journal);
      return FALSE;
    }
  }
  return TRUE;
}

gboolean shared_log_publish_facts (Journal *journal, gint64 after, gint64 *number, GError **error)
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

gboolean shared_log_publish_sheets (Journal *journal, gboolean *any, GError **error)
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
                 && log_link_set_version (journal, shared->version + changes->len, error)))
         && shared_sheet_clear (journal, error);
}

gboolean shared_log_publish (Journal *journal, GError **error)
{
  SharedLog *shared = journal->shared;
  gboolean any, good;
  gint64 number;

  if (shared == NULL || !shared->open)
    return TRUE;
  good = shared_log_publish_facts (journal, shared->number, &number, error)
         && shared_log_publish_sheets (journal, &any, error);
  if (good && !any && number == shared->number)
    log_link_abandon (journal); /* nothing was written */
  else if (good) {
    good = shared->engine->commit (shared->link, error);
    shared->open = FALSE;
  }
  if (!good)
    log_link_drop (shared);
  return good;
}
