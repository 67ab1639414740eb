#include "journal/decision_times.h"

/* No counter of a machine comes near it. */
#define NUMBER_MAX (G_GINT64_CONSTANT (1) << 50)

const guint decision_times_limits_ms[DECISION_TIMES_LIMITS] = { 1, 2, 5, 10, 20, 50, 100, 500 };

void decision_times_add (DecisionTimes *times, gint64 took_us)
{
  guint place = 0;

  while (place < DECISION_TIMES_LIMITS
         && took_us > decision_times_limits_ms[place] * G_TIME_SPAN_MILLISECOND)
    place++;
  times->counts[place]++;
  times->sum_us += MAX (took_us, 0);
}

gint64 decision_times_count (const DecisionTimes *times)
{
  gint64 count = 0;

  for (guint i = 0; i < DECISION_TIMES_CLASSES; i++)
    count += times->counts[i];
  return count;
}

/* Of what each class is the number, in JSON. */
static const char *const KEYS[DECISION_TIMES_CLASSES]
    = { "1", "2", "5", "10", "20", "50", "100", "500", "more" };

static char *to_json (const DecisionTimes *times)
{
  JsonOut *out = json_out_new ();

  json_out_begin_object (out, NULL);
  json_out_int (out, "us", times->sum_us);
  for (guint i = 0; i < DECISION_TIMES_CLASSES; i++)
    json_out_int_if (out, KEYS[i], times->counts[i]);
  json_out_end_object (out);
  return json_out_finish (out);
}

static gboolean read_number (JsonValue *object, const char *key, gint64 *number)
{
  *number = json_in_int (object, key);
  return *number >= 0 && *number <= NUMBER_MAX;
}

gboolean decision_times_from_json (JsonValue *value, DecisionTimes *times)
{
  gboolean good
      = value != NULL && json_in_is_object (value) && read_number (value, "us", &times->sum_us);

  for (guint i = 0; good && i < DECISION_TIMES_CLASSES; i++)
    good = read_number (value, KEYS[i], &times->counts[i]);
  if (!good)
    *times = (DecisionTimes){ 0 };
  return good;
}

gboolean decision_times_keep (Journal *journal, const DecisionTimes *more, GError **error)
{
  g_autofree char *kept = NULL, *sum = NULL;
  DecisionTimes times;

  if (!journal_read_local (journal, DECISION_TIMES_LOCAL, &kept, error))
    return FALSE;
  g_autoptr (JsonIn) in = kept != NULL ? json_in_parse (kept, -1, NULL) : NULL;
  decision_times_from_json (in != NULL ? json_in_root (in) : NULL, &times);
  for (guint i = 0; i < DECISION_TIMES_CLASSES; i++)
    times.counts[i] += more->counts[i];
  times.sum_us += more->sum_us;
  sum = to_json (&times);
  return journal_set_local (journal, DECISION_TIMES_LOCAL, sum, error);
}
