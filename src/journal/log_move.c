#include "journal/log_move.h"

#include "core/words.h"
#include "journal/log_link.h"
#include "journal/schema.h"
#include "journal/shared_log.h"
#include "journal/shared_sheet.h"
#include "journal/store.h"

#include <string.h>

/* There and back ----------------------------------------------------------------------------- */

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
    return state->number == 0
           || log_link_refuse (error, _ ("the log there is nobody's, and not empty"));
  if (strcmp (state->station, journal->station) != 0)
    return log_link_refuse (error, _ ("the log is that of a hub “%.40s”, and not of “%s”"),
                            state->station, journal->station);
  if (!state->closed && number != state->number)
    return log_link_refuse (
        error,
        _ ("there is a log of this hub, in use, that ends at number %lld, where this "
           "replica ends at %lld: neither may replace the other"),
        (long long) state->number, (long long) number);
  if (number < state->number)
    return log_link_refuse (
        error,
        _ ("the log that was left there has facts that this replica has not (%lld, "
           "here %lld)"),
        (long long) state->number, (long long) number);
  return log_link_compare (journal, state->number, error);
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
  return log_link_number (journal, &number, error) && may_move (journal, state, number, error)
         && shared_sheet_clear (journal, error) && shared_sheet_touch_all (journal, error)
         && note_left (journal, error)
         && shared_log_publish_facts (journal, state->number, &number, error)
         && shared_log_publish_sheets (journal, &any, error)
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
    log_link_drop (shared);
    return FALSE;
  }
  good = shared->engine->commit (shared->link, error);
  if (!good)
    log_link_drop (shared);
  return good;
}

gboolean journal_share (Journal *journal, const char *address, GError **error)
{
  g_autofree char *known = NULL;
  g_auto (LogState) state = { 0 };

  if (!log_link_address (journal, &known, error))
    return FALSE;
  if (known != NULL && strcmp (known, address) != 0)
    return log_link_refuse (error,
                            _ ("the log of this replica is at %s already; take it back first: "
                               "accueil-hub log move sqlite"),
                            known);
  if (!log_link_prepare (journal, address, error) || !journal_begin_file (journal, error))
    return FALSE;
  if (log_link_begin (journal->shared, TRUE, &state, error) && move_there (journal, &state, error))
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
  if (!log_link_begin (journal->shared, FALSE, &state, error))
    return FALSE;
  *left = state.closed && g_strcmp0 (state.station, journal->station) == 0
          && log_link_number (journal, &number, error) && number == state.number
          && compare_heads (journal, error);
  log_link_abandon (journal);
  return TRUE;
}

/* The log first: from then on nobody writes, and this file holds all. */
gboolean journal_unshare (Journal *journal, GError **error)
{
  g_autofree char *address = NULL;
  gboolean left = FALSE;

  if (!log_link_address (journal, &address, error))
    return FALSE;
  if (address == NULL)
    return log_link_refuse (error, _ ("the log is in this file already"));
  if (!log_link_prepare (journal, address, error) || !is_left (journal, &left, error))
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
  return log_link_set_version (journal, state->version, error)
         && journal_set_local (journal, JOURNAL_LOCAL_LOG, address, error);
}

static gboolean found (Journal *journal, const char *address, GError **error)
{
  g_auto (LogState) state = { 0 };

  if (!log_link_begin (journal->shared, FALSE, &state, error))
    return FALSE;
  if (state.station == NULL)
    return log_link_refuse (error,
                            _ ("the log is empty; make the hub first (accueil init), then move its "
                               "log there: accueil-hub log move ADDRESS"));
  if (state.closed)
    return log_link_refuse (error, _ ("the log was moved away from there"));
  g_free (journal->station);
  journal->station = g_strdup (state.station);
  if (!fill (journal, address, &state, error))
    return FALSE;
  log_link_abandon (journal);
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
