#include "journal/log_engine.h"

#include "core/words.h"

#include <string.h>

/* SQLite needs no engine, and PostgreSQL is the one other that there is. */
static const LogEngine *offered;

void log_engine_offer (const LogEngine *engine)
{
  offered = engine;
}

const LogEngine *log_engine_choose (const char *address, GError **error)
{
  if (offered != NULL && g_str_has_prefix (address, offered->scheme))
    return offered;
  if (offered == NULL)
    g_set_error (error, JOURNAL_ERROR, JOURNAL_ERROR_LOG,
                 _ ("this replica keeps its log on a server that it shares with other hubs, and "
                    "this program cannot write there; use “accueil” or “accueil-hub”"));
  else
    g_set_error (error, JOURNAL_ERROR, JOURNAL_ERROR_INVALID,
                 _ ("“%.60s” is no place for the log: it must begin with %s, for example "
                    "%sone.example,two.example/accueil"),
                 address, offered->scheme, offered->scheme);
  return NULL;
}

void log_engine_state_clear (LogState *state)
{
  g_clear_pointer (&state->station, g_free);
  g_clear_pointer (&state->timeline, g_free);
  g_clear_pointer (&state->noted, g_free);
}

LogChange *log_engine_change_new (const char *sheet, const char *key, const char *row,
                                  gint64 version)
{
  LogChange *change = g_new (LogChange, 1);

  *change = (LogChange){ g_strdup (sheet), g_strdup (key), g_strdup (row), version };
  return change;
}

void log_engine_change_free (LogChange *change)
{
  g_free (change->sheet);
  g_free (change->key);
  g_free (change->row);
  g_free (change);
}
