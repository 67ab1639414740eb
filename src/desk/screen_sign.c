#include "desk/screen_sign.h"

#include "core/json.h"
#include "desk/desk_step.h"

#include <string.h>

static const char NAME[] = "SELECT fr, zh FROM station_name WHERE station = :station";
static const char NAMES[] = "SELECT station, fr, zh FROM station_name WHERE fr <> '' OR zh <> ''";
static const char MESSAGE[] = "SELECT fr, zh FROM screen_message WHERE station = :station";

/* One of the two kinds. */
typedef struct {
  const char *kind, *sql;
  glong most; /* characters */
  Pair words;
} Sign;

static gboolean read_sign (Journal *journal, const char *sql, const char *station, OwnedPair *words,
                           GError **error)
{
  Query *query = journal_query (journal, sql, error);

  if (query == NULL)
    return FALSE;
  query_bind_text (query, ":station", station);
  gboolean found = query_next (query);
  *words = (OwnedPair){ g_strdup (found ? query_text (query, 0) : ""),
                        g_strdup (found ? query_text (query, 1) : "") };
  return query_end (query, error);
}

gboolean screen_sign_read_message (Journal *journal, const char *station, OwnedPair *message,
                                   GError **error)
{
  return read_sign (journal, MESSAGE, station, message, error);
}

static void pair_free (gpointer data)
{
  words_owned_clear (data);
  g_free (data);
}

GHashTable *screen_sign_names (Journal *journal, GError **error)
{
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, pair_free);
  Query *query = journal_query (journal, NAMES, error);

  if (query == NULL)
    return NULL;
  while (query_next (query)) {
    OwnedPair *name = g_new (OwnedPair, 1);

    *name = (OwnedPair){ g_strdup (query_text (query, 1)), g_strdup (query_text (query, 2)) };
    g_hash_table_insert (names, g_strdup (query_text (query, 0)), name);
  }
  return query_end (query, error) ? g_steal_pointer (&names) : NULL;
}

static gboolean write_sign (Journal *journal, DeskWork *work, DeskResult *result, GError **error)
{
  const Sign *sign = work->form;
  g_autofree char *first = issue_typed (sign->words.first, sign->most),
                  *second = issue_typed (sign->words.second, sign->most);
  g_auto (OwnedPair) before = { 0 };

  if (!read_sign (journal, sign->sql, work->reference, &before, error))
    return FALSE;
  if (strcmp (before.first, first) == 0 && strcmp (before.second, second) == 0)
    return desk_end (result, DESK_ALREADY);
  JsonOut *out = json_out_new ();
  json_out_begin_object (out, NULL);
  json_out_string_if (out, "fr", first);
  json_out_string_if (out, "zh", second);
  json_out_string (out, "volunteer", work->why.volunteer);
  json_out_end_object (out);
  g_autofree char *body = json_out_finish (out);
  result->verdict = DESK_NOTED;
  return journal_append (journal, sign->kind, work->reference, body, NULL, error);
}

static gboolean put (Journal *journal, const Sign *sign, const char *station, const char *volunteer,
                     DeskResult *result, GError **error)
{
  DeskWork work = { .reference = station, .form = sign };

  if (!identifier_is_station (station)) {
    *result = (DeskResult){ .verdict = DESK_UNKNOWN };
    return TRUE;
  }
  return desk_step (journal, write_sign, &work, volunteer, result, error);
}

gboolean screen_sign_name (Journal *journal, const char *station, Pair name, const char *volunteer,
                           DeskResult *result, GError **error)
{
  const Sign sign = { "station-name", NAME, SCREEN_SIGN_NAME_MAX, name };

  return put (journal, &sign, station, volunteer, result, error);
}

gboolean screen_sign_message (Journal *journal, const char *station, Pair message,
                              const char *volunteer, DeskResult *result, GError **error)
{
  const Sign sign = { "message", MESSAGE, SCREEN_SIGN_MESSAGE_MAX, message };

  return put (journal, &sign, station, volunteer, result, error);
}
