/* fill: makes the passages of a congress in a hub's replica, for tests/bench/office.py:
 * fill DB NOW PEOPLE PASSAGES STATIONS. Two days before NOW (ISO 8601 with a zone) and
 * the morning of its day, by stations poste-00 to poste-49 that are enrolled for it;
 * "NAME TOKEN" a line. The facts come in as those of a push do (journal_receive()), so
 * that chains, authority and projections are the journal's own; only HTTP is left out. */
#include "hub_load.h"

#define COMMIT 20000 /* facts in a transaction */
#define STRIDE 7919  /* a prime */
#define DAY_MS (24 * 3600 * 1000LL)
#define MORNING_MS (5 * 3600 * 1000LL) /* from 8:00 on */

typedef struct {
  const char *id;
  guint weight;
} Place;

static const Place PLACES[] = { { "entree-est", 6 }, { "entree-nord", 4 }, { "atelier-a1", 1 },
                                { "atelier-a4", 1 }, { "dejeuner-27", 2 }, { "entree-foire", 1 } };
#define WEIGHTS 15

typedef struct {
  char *name;
  gint64 *ms; /* of its passages, in order */
  Hash chain;
} Gate;

static const char *place_of (guint drawn)
{
  guint i = 0;

  for (; drawn >= PLACES[i].weight; i++)
    drawn -= PLACES[i].weight;
  return PLACES[i].id;
}

/* Half of them on this day, a quarter on each of the two before. */
static gint64 *draw_times (GRand *chance, gint64 eight_ms, guint count)
{
  gint64 *ms = g_new (gint64, count);

  for (guint i = 0; i < count; i++)
    ms[i] = eight_ms - MAX (g_rand_int_range (chance, -1, 3), 0) * DAY_MS
            + (gint64) (g_rand_double (chance) * MORNING_MS);
  qsort (ms, count, sizeof *ms, by_value);
  return ms;
}

/* Each of those who come passes as often as the others, about an hour apart, wherever it is: a
 * badge at two doors within a minute is an alert. One in twenty does not come. */
static guint person_of (guint number, guint people)
{
  guint come = people - people / 20;

  return (guint) ((guint64) number * STRIDE % come);
}

static Fact *passage_of (Gate *gate, guint index, guint person, GRand *chance, GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (gate->ms[index] / 1000),
                        local = g_date_time_to_timezone (utc, zone);
  g_autofree char *day = g_date_time_format (local, "%Y-%m-%d");
  Fact *fact = g_new0 (Fact, 1);

  fact->station = g_strdup (gate->name);
  fact->seq = index + 1;
  fact->at = clock_hybrid_from_ms (gate->ms[index]) + (index & 0xffff);
  fact->kind = g_strdup ("passage");
  fact->subject = g_strdup_printf (person % 2 != 0 ? "CN-%06u" : "FR-%06u", person);
  fact->body = g_strdup_printf (
      "{\"checkpoint\":\"%s\",\"verdict\":\"%s\",\"day\":\"%s\",\"direction\":\"%s\",\"code\":"
      "\"badge\"}",
      place_of ((guint) g_rand_int_range (chance, 0, WEIGHTS)),
      g_rand_double (chance) < 0.97 ? "ADMITTED" : "NOT_TODAY", day,
      g_rand_double (chance) < 0.2 ? "out" : "in");
  fact->body_hash = hash_of (fact->body, strlen (fact->body));
  fact->chain = gate->chain = fact_chain (&gate->chain, fact);
  return fact;
}

/* A batch of each station in turn, as they come in. */
static void fill (Journal *journal, Gate *gates, guint stations, guint each, guint people,
                  GTimeZone *zone, GRand *chance)
{
  GError *error = NULL;
  guint open = 0;

  for (guint start = 0; start < each; start += JOURNAL_BATCH_MAX)
    for (guint s = 0; s < stations; s++) {
      guint count = MIN (JOURNAL_BATCH_MAX, each - start);
      g_autofree Fact *facts = g_new0 (Fact, count);

      for (guint i = 0; i < count; i++) {
        g_autofree Fact *fact = passage_of (
            &gates[s], start + i, person_of ((start + i) * stations + s, people), chance, zone);

        facts[i] = *fact;
      }
      if ((open == 0 && !journal_begin (journal, &error))
          || !journal_receive (journal, facts, count, NULL, &error))
        die_of ("writing passages", error);
      open += count;
      if (open >= COMMIT || (s + 1 == stations && start + count == each)) {
        if (!journal_commit (journal, &error))
          die_of ("writing passages", error);
        open = 0;
      }
      for (guint i = 0; i < count; i++)
        fact_clear (&facts[i]);
    }
}

int main (int argc, char **argv)
{
  GError *error = NULL;
  Clock clock;
  guint people, each, stations;

  if (argc != 6 || !clock_shifted (argv[2], &clock))
    die_of ("fill DB NOW PEOPLE PASSAGES STATIONS", NULL);
  people = (guint) atoi (argv[3]);
  stations = (guint) atoi (argv[5]);
  each = (guint) atoi (argv[4]) / stations;
  sign_start ();
  g_autoptr (GDateTime) now = g_date_time_new_from_iso8601 (argv[2], NULL);
  g_autoptr (GDateTime) midnight
      = g_date_time_new (g_date_time_get_timezone (now), g_date_time_get_year (now),
                         g_date_time_get_month (now), g_date_time_get_day_of_month (now), 0, 0, 0);
  gint64 eight_ms = (g_date_time_to_unix (midnight) + 8 * 3600) * 1000;
  g_autoptr (GRand) chance = g_rand_new_with_seed (20161027);
  g_autoptr (Journal) journal = journal_open (argv[1], clock, &error);
  g_autofree Gate *gates = g_new0 (Gate, stations);

  if (journal == NULL)
    die_of ("opening the replica", error);
  for (guint i = 0; i < stations; i++) {
    g_autofree char *token = NULL;

    gates[i].name = g_strdup_printf ("poste-%02u", i);
    gates[i].ms = draw_times (chance, eight_ms, each);
    token = token_of (journal, gates[i].name, NULL);
    printf ("%s %s\n", gates[i].name, token);
  }
  fill (journal, gates, stations, each, people, g_date_time_get_timezone (now), chance);
  for (guint i = 0; i < stations; i++) {
    g_free (gates[i].name);
    g_free (gates[i].ms);
  }
  return 0;
}
