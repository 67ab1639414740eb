#include "journal/log_link.h"

#include "core/words.h"
#include "journal/shared_sheet.h"
#include "journal/store.h"

#include <string.h>

/* Taken by value: the journal's copy may change while it is used. */
gboolean log_link_address (Journal *journal, char **address, GError **error)
{
  return journal_read_local (journal, JOURNAL_LOCAL_LOG, address, error);
}

gboolean log_link_version (Journal *journal, gint64 *version, GError **error)
{
  g_autofree char *text = NULL;

  if (!journal_read_local (journal, JOURNAL_LOCAL_LOG_VERSION, &text, error))
    return FALSE;
  *version = text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;
  return TRUE;
}

gboolean log_link_set_version (Journal *journal, gint64 version, GError **error)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, version);

  return journal_set_local (journal, JOURNAL_LOCAL_LOG_VERSION, text, error);
}

gboolean log_link_number (Journal *journal, gint64 *number, GError **error)
{
  GError *cause = NULL;

  *number = journal_last_number (journal, &cause);
  if (cause == NULL)
    return TRUE;
  g_propagate_error (error, cause);
  return FALSE;
}

/* The link --------------------------------------------------------------------------- */

void log_link_drop (SharedLog *shared)
{
  if (shared->link != NULL)
    shared->engine->close (g_steal_pointer (&shared->link));
  shared->compared = FALSE;
  shared->open = FALSE;
}

void log_link_forget (Journal *journal)
{
  SharedLog *shared = g_steal_pointer (&journal->shared);

  if (shared == NULL)
    return;
  log_link_drop (shared);
  g_free (shared->address);
  g_free (shared);
}

void log_link_abandon (Journal *journal)
{
  SharedLog *shared = journal->shared;

  if (shared == NULL || !shared->open)
    return;
  shared->engine->rollback (shared->link);
  shared->open = FALSE;
}

/* Outside a transaction: this connection is ready to write to the log at @address. */
gboolean log_link_prepare (Journal *journal, const char *address, GError **error)
{
  SharedLog *shared = journal->shared;

  if (shared == NULL)
    shared = journal->shared = g_new0 (SharedLog, 1);
  if (g_strcmp0 (shared->address, address) != 0) {
    log_link_drop (shared);
    g_clear_pointer (&shared->address, g_free);
    shared->engine = log_engine_choose (address, error);
    if (shared->engine == NULL)
      return FALSE;
  }
  shared->watching = shared->watching || shared_sheet_watch (journal, error);
  if (!shared->watching)
    return FALSE;
  if (shared->address == NULL) /* known from now on: nothing is written unwatched */
    shared->address = g_strdup (address);
  if (shared->link == NULL)
    shared->link = shared->engine->open (address, error);
  return shared->link != NULL;
}

/* A link that was broken while nobody used it is made anew, once. */
gboolean log_link_begin (SharedLog *shared, gboolean writing, LogState *state, GError **error)
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
    log_link_drop (shared);
    log_engine_state_clear (state);
    if (!again) {
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }
  }
}

/* Is it ours? ------------------------------------------------------------------------ */

gboolean log_link_refuse (GError **error, const char *format, ...)
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
gboolean log_link_compare (Journal *journal, gint64 number, GError **error)
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
  return log_link_refuse (
      error,
      _ ("the log and this replica do not hold the same facts: number %lld differs. "
         "Start this hub with a new file (--db), which fills itself from the log, and "
         "bring what only the old one has with “accueil merge”"),
      (long long) number);
}

gboolean log_link_is_ours (Journal *journal, const LogState *state, gint64 number, GError **error)
{
  if (state->station == NULL)
    return log_link_refuse (error,
                            _ ("the log is empty; “accueil-hub log move ADDRESS” takes this hub's "
                               "facts there"));
  if (strcmp (state->station, journal->station) != 0)
    return log_link_refuse (error, _ ("the log is that of a hub “%.40s”, and not of “%s”"),
                            state->station, journal->station);
  if (state->closed)
    return log_link_refuse (error,
                            _ ("the log was moved away from there (“accueil-hub log move”); start "
                               "this hub with its new address"));
  if (number > state->number)
    return log_link_refuse (
        error,
        _ ("the log has lost facts: it ends at number %lld, this replica at %lld. Start "
           "this hub with a new file (--db), which fills itself from the log, and "
           "bring what only the old one has with “accueil merge”"),
        (long long) state->number, (long long) number);
  if (!journal->shared->compared && !log_link_compare (journal, number, error))
    return FALSE;
  journal->shared->compared = TRUE;
  return TRUE;
}
