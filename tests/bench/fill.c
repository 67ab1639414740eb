/* fill: makes the passages of a congress in a hub's replica, for tests/bench/office.py:
 * fill DB NOW PEOPLE PASSAGES STATIONS. Two days before NOW (ISO 8601 with a zone) and
 * the morning of its day, by stations poste-00 to poste-49 that are enrolled for it;
 * "NAME TOKEN" a line. The facts come in as those of a push do (journal_receive()), so
 * that chains, authority and projections are the journal's own; only HTTP is left out. */
#include "hub_load.h"

#define BATCH (JOURNAL_BATCH_MAX / 3) /* passages of a station in a transaction */
/* Each of those who come passes as often as the others, about an hour apart, wherever it is: a
 * badge at two doors within a minute is an alert. One in twenty does not come. A prime. */
#define STRIDE 7919
#define DAY_MS (24 * 3600 * 1000LL)
#define MORNING_MS (5 * 3600 * 1000LL) /* from 8:00 on */

/* What it writes lies all over the file: with the few pages that a replica keeps in memory it
 * would read the rest again and again. Connections, to be told so once they are open. */
#define CONNECTIONS_MAX 8
static sqlite3 *connections[CONNECTIONS_MAX];
static guint connected;

static int remember (sqlite3 *db, char **message, const sqlite3_api_routines *api)
{
  if (connected < CONNECTIONS_MAX)
    connections[connected++] = db;
  return SQLITE_OK;
}

static void give_memory (void)
{
  for (guint i = 0; i < connected; i++)
    sqlite3_exec (connections[i],
                  "PRAGMA cache_size = -1500000; PRAGMA wal_autocheckpoint = 100000", NULL, NULL,
                  NULL);
}

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
  gint64 seq;
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

  for (guint i = 0; i < count; i++) {
    gint back = g_rand_int_range (chance, -1, 3);

    ms[i] = eight_ms - MAX (back, 0) * DAY_MS + (gint64) (g_rand_double (chance) * MORNING_MS);
  }
  qsort (ms, count, sizeof *ms, by_value);
  return ms;
}

static void write_fact (Gate *gate, GPtrArray *facts, gint64 ms, const char *kind, char *subject,
                        char *body)
{
  Fact *fact = g_new0 (Fact, 1);

  fact->station = g_strdup (gate->name);
  fact->seq = ++gate->seq;
  fact->at = clock_hybrid_from_ms (ms) + (fact->seq & 0xffff);
  fact->kind = g_strdup (kind);
  fact->subject = subject;
  fact->body = body;
  fact->body_hash = hash_of (fact->body, strlen (fact->body));
  fact->chain = gate->chain = fact_chain (&gate->chain, fact);
  g_ptr_array_add (facts, fact);
}

static char *reference_of (guint person)
{
  return g_strdup_printf (person % 2 != 0 ? "CN-%06u" : "FR-%06u", person);
}

/* One passage; the first of a person is by her ticket, and her badge is printed. */
static void write_passage (Gate *gate, GPtrArray *facts, gint64 ms, guint person, gboolean first,
                           GRand *chance, GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (ms / 1000),
                        local = g_date_time_to_timezone (utc, zone);
  g_autofree char *day = g_date_time_format (local, "%Y-%m-%d");

  write_fact (gate, facts, ms, "passage", reference_of (person),
              g_strdup_printf (
                  "{\"checkpoint\":\"%s\",\"verdict\":\"%s\",\"day\":\"%s\",\"direction\":\"%s\","
                  "\"code\":\"%s\",\"serial\":%d,\"issuer\":\"%s\"}",
                  place_of (first ? 0 : (guint) g_rand_int_range (chance, 0, WEIGHTS)),
                  first || g_rand_double (chance) < 0.97 ? "ADMITTED" : "NOT_TODAY", day,
                  !first && g_rand_double (chance) < 0.2 ? "out" : "in", first ? "ticket" : "badge",
                  !first, first ? "" : gate->name));
  if (!first)
    return;
  write_fact (gate, facts, ms, "badge-issued", reference_of (person),
              g_strdup ("{\"serial\":1,\"reason\":\"first\",\"print\":true,\"volunteer\":\"\"}"));
  g_autofree char *reference = reference_of (person);
  write_fact (gate, facts, ms + 3000, "print",
              g_strdup_printf ("%s-job-%" G_GINT64_FORMAT, gate->name, gate->seq),
              g_strdup_printf (
                  "{\"state\":\"printed\",\"reference\":\"%s\",\"serial\":1,\"issuer\":\"%s\"}",
                  reference, gate->name));
}

static void take (Journal *journal, const GPtrArray *list)
{
  GError *error = NULL;
  g_autofree Fact *facts = g_new0 (Fact, list->len);

  for (guint i = 0; i < list->len; i++)
    facts[i] = *(Fact *) list->pdata[i];
  if (!journal_receive (journal, facts, list->len, NULL, &error))
    die_of ("writing passages", error);
}

/* A batch of each station in turn, as they come in. Whoever passes at a station does so
 * there again: her number comes back after so many of all. */
static void fill (Journal *journal, Gate *gates, guint stations, guint each, guint people,
                  GTimeZone *zone, GRand *chance)
{
  GError *error = NULL;
  guint come = people - people / 20;

  for (guint start = 0; start < each; start += BATCH) {
    if (!journal_begin (journal, &error))
      die_of ("writing passages", error);
    for (guint s = 0; s < stations; s++) {
      g_autoptr (GPtrArray) facts = g_ptr_array_new_with_free_func ((GDestroyNotify) fact_free);

      for (guint i = start; i < MIN (start + BATCH, each); i++) {
        guint number = i * stations + s;

        write_passage (&gates[s], facts, gates[s].ms[i], (guint) ((guint64) number * STRIDE % come),
                       number < come, chance, zone);
      }
      take (journal, facts);
    }
    if (!journal_commit (journal, &error))
      die_of ("writing passages", error);
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
  sqlite3_auto_extension ((void (*) (void)) remember);
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
  give_memory ();
  fill (journal, gates, stations, each, people, g_date_time_get_timezone (now), chance);
  for (guint i = 0; i < stations; i++) {
    g_free (gates[i].name);
    g_free (gates[i].ms);
  }
  return 0;
}
