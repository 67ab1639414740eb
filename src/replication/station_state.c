#include "replication/station_state.h"

#include "core/json.h"
#include "core/lock.h"

#include <string.h>

#define VERSION_MAX 24
#define QUEUE_MAX 128
#define REASONS_MAX 400
#define OFFSET_MS_MAX (100 * 365 * 86400000LL)

struct _StationStates {
  Lock lock;
  GHashTable *by_station; /* name → StationState; under lock, as all below */
  gint64 changes;
};

static void printer_free (gpointer data)
{
  StationStatePrinter *printer = data;

  g_free (printer->queue);
  g_free (printer->state);
  g_free (printer->troubles);
  g_free (printer->notes);
  g_free (printer);
}

void station_state_unref (StationState *state)
{
  if (state == NULL || !g_atomic_int_dec_and_test (&state->references))
    return;
  g_free (state->version);
  g_ptr_array_unref (state->printers);
  g_free (state);
}

StationStates *station_state_list_new (void)
{
  StationStates *states = g_new0 (StationStates, 1);

  lock_init (&states->lock);
  states->by_station = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                              (GDestroyNotify) station_state_unref);
  return states;
}

void station_state_list_free (StationStates *states)
{
  if (states == NULL)
    return;
  g_hash_table_unref (states->by_station);
  lock_clear (&states->lock);
  g_free (states);
}

/* Reading ---------------------------------------------------------------------------- */

/* Printable ASCII, as names of queues, versions and keywords are; "" for anything
 * else. */
static char *word_of (JsonValue *object, const char *key, gsize most)
{
  const char *text = json_in_string (object, key);

  if (text == NULL || strlen (text) > most)
    return g_strdup ("");
  for (const char *p = text; *p != '\0'; p++)
    if (!g_ascii_isgraph (*p))
      return g_strdup ("");
  return g_strdup (text);
}

static void read_printers (JsonValue *array, GPtrArray *printers)
{
  guint count = MIN (json_in_length (array), STATION_STATE_PRINTERS_MAX);

  for (guint i = 0; i < count; i++) {
    JsonValue *object = json_in_element (array, i);
    StationStatePrinter *printer = g_new0 (StationStatePrinter, 1);

    printer->queue = word_of (object, "queue", QUEUE_MAX);
    printer->state = word_of (object, "state", VERSION_MAX);
    printer->troubles = word_of (object, "troubles", REASONS_MAX);
    printer->notes = word_of (object, "notes", REASONS_MAX);
    g_ptr_array_add (printers, printer);
  }
}

static StationState *read_state (const char *json, gsize length, gint64 now_ms)
{
  g_autoptr (JsonIn) in
      = length <= STATION_STATE_BYTES_MAX ? json_in_parse (json, (gssize) length, NULL) : NULL;
  JsonValue *root = in != NULL ? json_in_root (in) : NULL;

  /* 0: not there, or no number. */
  if (root == NULL || !json_in_is_object (root) || json_in_int (root, "clock_ms") == 0)
    return NULL;
  StationState *state = g_new0 (StationState, 1);
  state->references = 1;
  state->at_ms = now_ms;
  state->version = word_of (root, "version", VERSION_MAX);
  state->offset_ms
      = CLAMP (json_in_int (root, "clock_ms"), now_ms - OFFSET_MS_MAX, now_ms + OFFSET_MS_MAX)
        - now_ms;
  state->waiting = MAX (json_in_int (root, "waiting"), 0);
  state->printers = g_ptr_array_new_with_free_func (printer_free);
  read_printers (json_in_member (root, "printers"), state->printers);
  decision_times_from_json (json_in_member (root, "decisions"), &state->decisions);
  return state;
}

/* Keeping ---------------------------------------------------------------------------- */

static gboolean is_clock_wrong (const StationState *state)
{
  return ABS (state->offset_ms) > STATION_STATE_CLOCK_MS;
}

static gboolean is_same (const StationState *one, const StationState *other)
{
  if (one == NULL || strcmp (one->version, other->version) != 0
      || is_clock_wrong (one) != is_clock_wrong (other)
      || ABS (one->offset_ms - other->offset_ms) > STATION_STATE_CLOCK_MS
      || one->printers->len != other->printers->len)
    return FALSE;
  for (guint i = 0; i < one->printers->len; i++) {
    const StationStatePrinter *a = one->printers->pdata[i], *b = other->printers->pdata[i];

    if (strcmp (a->queue, b->queue) != 0 || strcmp (a->state, b->state) != 0
        || strcmp (a->troubles, b->troubles) != 0 || strcmp (a->notes, b->notes) != 0)
      return FALSE;
  }
  return TRUE;
}

gboolean station_state_take (StationStates *states, const char *station, const char *json,
                             gsize length, gint64 now_ms)
{
  StationState *fresh = read_state (json, length, now_ms);

  if (fresh == NULL)
    return FALSE;
  lock_take (&states->lock);
  states->changes += !is_same (g_hash_table_lookup (states->by_station, station), fresh);
  g_hash_table_insert (states->by_station, g_strdup (station), fresh);
  lock_give (&states->lock);
  return TRUE;
}

StationState *station_state_get (StationStates *states, const char *station)
{
  lock_take (&states->lock);
  StationState *state = g_hash_table_lookup (states->by_station, station);
  if (state != NULL)
    g_atomic_int_inc (&state->references);
  lock_give (&states->lock);
  return state;
}

GArray *station_state_offsets (StationStates *states, gint64 now_ms)
{
  GArray *offsets = g_array_new (FALSE, FALSE, sizeof (gint64));
  GHashTableIter iter;
  gpointer value;

  lock_take (&states->lock);
  g_hash_table_iter_init (&iter, states->by_station);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    const StationState *state = value;

    if (now_ms - state->at_ms <= STATION_STATE_OLD_MS)
      g_array_append_val (offsets, state->offset_ms);
  }
  lock_give (&states->lock);
  return offsets;
}

gint64 station_state_changes (StationStates *states)
{
  lock_take (&states->lock);
  gint64 changes = states->changes;
  lock_give (&states->lock);
  return changes;
}
