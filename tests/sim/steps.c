#include "world.h"

#include "journal/query.h"
#include "journal/shared_log.h"

#include <string.h>

#define STEPS_MIN 6
#define STEPS_MORE 30
/* Each seed has most kinds of steps, and not all: what two of them do together shows
 * sooner where a third is away. */
#define KIND_PERCENT 75
#define CLONE_PERCENT 15

typedef enum { AT_ANY, AT_HUB, AT_STATION } Place;

static const struct {
  const char *name;
  guint weight;
  Place place;
  gboolean always;
} KINDS[STEP_COUNT] = {
  [STEP_SCAN] = { "scan", 24, AT_STATION, TRUE },
  [STEP_IMPORT] = { "import", 6, AT_HUB, FALSE },
  [STEP_PUSH] = { "push", 22, AT_STATION, TRUE },
  [STEP_PULL] = { "pull", 22, AT_STATION, TRUE },
  [STEP_FOLLOW] = { "follow", 6, AT_HUB, FALSE },
  [STEP_LEASE] = { "lease", 6, AT_HUB, FALSE },
  [STEP_CUT_SOON] = { "cut-soon", 9, AT_ANY, FALSE },
  [STEP_CUT] = { "cut", 3, AT_ANY, FALSE },
  [STEP_KILL] = { "kill", 4, AT_ANY, FALSE },
  [STEP_STOP] = { "stop", 2, AT_ANY, FALSE },
  [STEP_FULL] = { "full", 3, AT_ANY, FALSE },
  [STEP_COPY_BACK] = { "copy-back", 5, AT_ANY, FALSE },
  [STEP_TIME] = { "time", 3, AT_ANY, FALSE },
  [STEP_SKEW] = { "skew", 2, AT_ANY, FALSE },
  [STEP_BACK_UP] = { "back-up", 6, AT_ANY, FALSE },
  [STEP_RESTORE] = { "restore", 5, AT_ANY, FALSE },
  [STEP_CLONE] = { "clone", 1, AT_STATION, FALSE },
  [STEP_FORGE] = { "forge", 3, AT_STATION, FALSE },
  [STEP_FAIL_OVER] = { "fail-over", 2, AT_HUB, FALSE },
};

/* Drawing ------------------------------------------------------------------------------ */

static guint below (GRand *rand, guint end)
{
  return (guint) g_rand_int_range (rand, 0, (gint32) end);
}

static gboolean chance (GRand *rand, guint percent)
{
  return below (rand, 100) < percent;
}

static guint draw_machine (GRand *rand, StepKind kind)
{
  if (KINDS[kind].place == AT_HUB)
    return below (rand, HUBS);
  if (kind == STEP_BACK_UP && chance (rand, 60))
    return below (rand, HUBS);
  if (KINDS[kind].place == AT_ANY)
    return below (rand, MACHINES);
  return chance (rand, CLONE_PERCENT) ? CLONE : EST_1 + below (rand, STATIONS);
}

GArray *step_draw (guint32 seed)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  GArray *steps = g_array_new (FALSE, FALSE, sizeof (Step));
  guint count = STEPS_MIN + below (rand, STEPS_MORE), sum = 0, weights[STEP_COUNT];

  for (guint i = 0; i < STEP_COUNT; i++)
    sum += weights[i] = KINDS[i].always || chance (rand, KIND_PERCENT) ? KINDS[i].weight : 0;
  for (guint i = 0; i < count; i++) {
    guint at = below (rand, sum), kind = 0;
    Step step = { .number = i + 1 };

    while (at >= weights[kind])
      at -= weights[kind++];
    step.kind = (StepKind) kind;
    step.machine = draw_machine (rand, step.kind);
    step.seed = g_rand_int (rand);
    g_array_append_val (steps, step);
  }
  return steps;
}

const char *step_name (StepKind kind)
{
  return KINDS[kind].name;
}

/* One that has a copy, if any. */
static guint restored_machine (const World *world, const Step *step)
{
  for (guint i = 0; i < MACHINES; i++)
    if (world->machines[(step->machine + i) % MACHINES].copy != NULL)
      return (step->machine + i) % MACHINES;
  return HUB_A;
}

/* One that is not there leaves it to another of its kind. */
guint step_machine (const World *world, const Step *step)
{
  if (step->kind == STEP_RESTORE)
    return restored_machine (world, step);
  if (world->machines[step->machine].exists)
    return step->machine;
  return step->machine < HUBS ? HUB_A : EST_1 + step->seed % STATIONS;
}

/* Doors and lists ---------------------------------------------------------------------- */

/* How often the right was used up that the last passage here speaks of, it included. */
static gint64 uses_of_last (Machine *machine)
{
  static const char USES[]
      = "SELECT count (*) FROM passage p JOIN (SELECT * FROM passage WHERE station = :station "
        "ORDER BY seq DESC LIMIT 1) l ON p.reference = l.reference AND p.checkpoint = "
        "l.checkpoint AND p.period = l.period AND l.period <> '' AND p.verdict = 'ADMITTED'";
  Query *query = journal_query (machine->journal, USES, NULL);
  gint64 uses = 0;

  if (query == NULL)
    return 0;
  query_bind_text (query, ":station", WORLD_NAMES[machine->name]);
  if (query_next (query))
    uses = query_int (query, 0);
  query_end (query, NULL);
  return uses;
}

static void scan (World *world, Machine *machine)
{
  guint gate = below (world->rand, DOORS);
  g_auto (GateResult) result = { 0 };
  g_autoptr (GError) error = NULL;

  if (machine->gates[gate] == NULL
      || !gate_scan (machine->gates[gate], world_tickets[below (world->rand, PEOPLE)], &result,
                     &error)
      || machine_went_down (machine))
    return;
  invariants_acknowledge (world, machine);
  world_note (world, result.verdict);
  if (result.verdict == VERDICT_ADMITTED && uses_of_last (machine) > 1)
    world_fault (world, "%s lets somebody use a right again that it knew to be used up",
                 WORLD_MACHINES[machine->index]);
}

/* At the hub, beside the running service, as `accueil import` does. */
static void import (World *world, Machine *hub)
{
  guint number = below (world->rand, 1000);
  g_autofree char *body
      = g_strdup_printf ("{\"family\":\"N%u\",\"given\":\"Anne\",\"category\":\"elu\",\"events\":"
                         "[\"rencontres\"],\"days\":[\"26\"],\"meals\":true,\"email\":"
                         "\"n%u@secret.example\"}",
                         number, number);
  g_autofree char *reference = g_strdup_printf ("FR-%u", 1 + below (world->rand, PEOPLE));
  g_autoptr (GError) error = NULL;

  if (!journal_begin (hub->journal, &error))
    return;
  if (journal_finish (hub->journal,
                      journal_append (hub->journal, "registration", reference, body, NULL, &error),
                      &error)
      && !machine_went_down (hub))
    invariants_acknowledge (world, hub);
}

/* Stations and hubs -------------------------------------------------------------------- */

/* What a station may meet with; anything else must not happen. */
static void judge_sync (World *world, Machine *machine, const GError *error)
{
  if (error == NULL || error->domain == JOURNAL_ERROR
      || g_error_matches (error, CLIENT_ERROR, CLIENT_ERROR_UNREACHABLE))
    return;
  if (!world->calm && g_error_matches (error, CLIENT_ERROR, CLIENT_ERROR_PROTOCOL))
    return; /* the portal */
  if (machine->strange
      && (g_error_matches (error, CLIENT_ERROR, CLIENT_ERROR_CONFLICT)
          || g_error_matches (error, CLIENT_ERROR, CLIENT_ERROR_OLDER))) {
    machine->refused = TRUE;
    return;
  }
  world_fault (world, "%s is told: %s", WORLD_MACHINES[machine->index], error->message);
}

guint step_sync (World *world, Machine *machine, gboolean push)
{
  g_autoptr (GError) error = NULL;
  guint moved = 0;

  if (!(push ? client_push (machine->push, &moved, &error)
             : client_pull (machine->pull, 0, NULL, &moved, &error)))
    moved = 0;
  if (machine_went_down (machine))
    return 0;
  judge_sync (world, machine, error);
  world_note (world, moved);
  if (machine->name == WORLD_GATE_NAME && !push)
    invariants_check_gate (world);
  /* As the agent after a failure (station/agent.c): a new one. */
  if (error != NULL) {
    Client **client = push ? &machine->push : &machine->pull;

    client_free (*client);
    *client = client_new (machine->sync, NULL);
    if (*client == NULL)
      machine_down (machine);
  }
  return moved;
}

/* As the follower's thread does. */
static void follow (Machine *hub)
{
  if (journal_follow (hub->journal, 0, -1, NULL))
    epoch_refresh (hub->parts->epochs, hub->journal, NULL);
  machine_went_down (hub);
}

static void take_lease (Machine *hub)
{
  lease_hold (hub->lease, hub->journal, g_get_monotonic_time (), NULL);
  machine_went_down (hub);
}

/* Copies ------------------------------------------------------------------------------- */

static void copy_back (Machine *machine)
{
  guint pages;

  journal_checkpoint (machine->journal, &pages, NULL);
  machine_went_down (machine);
}

static void back_up (Machine *machine)
{
  g_autoptr (GBytes) bytes = machine_copy (machine);
  g_autoptr (GPtrArray) heads = bytes != NULL ? journal_heads (machine->journal, NULL) : NULL;

  if (heads == NULL)
    return;
  g_clear_pointer (&machine->copy, g_bytes_unref);
  machine->copy = g_steal_pointer (&bytes);
  for (guint i = 0; i < heads->len; i++) {
    const JournalHead *head = heads->pdata[i];

    machine->copy_held[world_name_of (head->station)] = head->seq;
  }
}

/* What hubs have written under their own name is given back by stations, so these are
 * there again first (or the power was cut while they wrote it: nobody knows). */
static gboolean stations_are_up (World *world)
{
  gboolean up = TRUE;

  for (guint i = EST_1; i < MACHINES; i++) {
    Machine *station = &world->machines[i];

    if (!station->exists)
      continue;
    station->full_for = 0;
    disk_set_full (station->disk, FALSE);
    up = machine_up (world, station) && up;
  }
  return up;
}

/* Not both in one world: where a hub has lost what it had of one of two machines, and
 * takes the other's, a third that has the first one's is told that histories differ; that
 * is so, and a person must decide. */
static gboolean may_lose (const World *world, gboolean a_hub)
{
  for (guint i = EST_1; a_hub && i < MACHINES; i++)
    if (world->machines[i].strange)
      return FALSE;
  return a_hub || world->restores == 0;
}

/* A hub's disk is lost, and its last backup takes its place (accueil-hub restore); with a
 * log elsewhere it follows that, else it waits for its stations first. Or somebody puts
 * a station's file back: an older machine of its name, which does not know it. */
static void restore (World *world, Machine *machine)
{
  g_autofree char *now = g_strdup_printf ("%" G_GINT64_FORMAT, world->now_ms);
  gboolean settles = world_is_hub (machine) && !world->shared;

  if (machine->copy == NULL || !may_lose (world, settles)
      || (settles && (!stations_are_up (world) || !invariants_may_restore (world, machine))))
    return;
  machine_load (machine, machine->copy);
  machine->full_for = 0;
  if (!world_is_hub (machine)) {
    machine->strange = TRUE;
    invariants_expect_fork (world, machine->name);
  }
  invariants_expect_restored (world, machine);
  if (settles) {
    Journal *journal = journal_open (machine->db, machine_clock (machine), NULL);

    g_assert_nonnull (journal);
    g_assert_true (journal_set_local (journal, JOURNAL_LOCAL_SETTLING, now, NULL));
    journal_close (journal);
    world->restores++;
  }
  machine_up (world, machine);
}

static void copy_station (World *world, Machine *station)
{
  Machine *other = &world->machines[CLONE];
  g_autoptr (GBytes) bytes
      = other->exists || !may_lose (world, FALSE) ? NULL : machine_copy (station);

  if (bytes == NULL)
    return;
  machine_place_copy (world, other, station->index);
  machine_load (other, bytes);
  other->name = station->name;
  other->strange = station->strange = TRUE;
  invariants_expect_fork (world, station->name);
  invariants_check (world, station);
  world->clones++;
  machine_up (world, other);
}

/* Strangers ---------------------------------------------------------------------------- */

/* What one station has sent comes again with another's token. */
static void send_as_another (World *world, Machine *station)
{
  g_autofree char *token = journal_local (station->journal, JOURNAL_LOCAL_HUB_TOKEN, NULL);
  WireRequest request = *world->pushed;

  if (token == NULL || request.token == NULL || strcmp (token, request.token) == 0
      || g_str_has_prefix (request.token, WORLD_NAMES[station->name]))
    return;
  request.token = token;
  if (network_send (world, &request) == 200)
    world_fault (world, "a hub takes facts of one station from another");
}

/* Or altered. */
static void send_altered (World *world)
{
  gsize length;
  const char *text = g_bytes_get_data (world->pushed->body, &length);
  g_autofree char *copy = g_strndup (text, length);
  char *kind = strstr (copy, "\"ADMITTED\"");
  WireRequest request = *world->pushed;

  if (request.gzip || kind == NULL)
    return;
  memcpy (kind, "\"ADNITTED\"", strlen ("\"ADNITTED\""));
  request.body = g_bytes_new (copy, length);
  network_send (world, &request);
  g_bytes_unref (request.body);
}

static void write_unasked (World *world, Machine *station)
{
  g_autoptr (GError) error = NULL;

  if (!journal_begin (station->journal, &error))
    return;
  if (journal_append (station->journal, "erasure", "FR-1", "{}", NULL, &error))
    world_fault (world, "%s writes what only the hub may", WORLD_MACHINES[station->index]);
  journal_rollback (station->journal);
  machine_went_down (station);
}

static void forge (World *world, Machine *station)
{
  if (world->pushed == NULL || chance (world->rand, 30))
    write_unasked (world, station);
  else if (chance (world->rand, 50))
    send_as_another (world, station);
  else
    send_altered (world);
}

/* One step ----------------------------------------------------------------------------- */

static void do_one (World *world, const Step *step, Machine *machine)
{
  switch (step->kind) {
  case STEP_SCAN:
    scan (world, machine);
    break;
  case STEP_IMPORT:
    import (world, machine);
    break;
  case STEP_PUSH:
  case STEP_PULL:
    step_sync (world, machine, step->kind == STEP_PUSH);
    break;
  case STEP_FOLLOW:
    follow (machine);
    break;
  case STEP_LEASE:
    take_lease (machine);
    break;
  case STEP_CUT_SOON:
    disk_cut_at (machine->disk, disk_operations (machine->disk) + 1 + below (world->rand, 60));
    break;
  case STEP_CUT:
    disk_cut (machine->disk);
    machine_down (machine);
    break;
  case STEP_KILL:
    disk_cut (machine->disk);
    machine_down (machine);
    disk_revive (machine->disk);
    break;
  case STEP_STOP:
    machine_down (machine);
    break;
  case STEP_FULL:
    machine->full_for = 1 + below (world->rand, 10);
    disk_set_full (machine->disk, TRUE);
    break;
  case STEP_COPY_BACK:
    copy_back (machine);
    break;
  case STEP_TIME:
    world->now_ms += below (world->rand, 60000);
    break;
  case STEP_SKEW:
    machine->skew_ms = chance (world->rand, 30) ? (gint64) below (world->rand, 40) * 60000
                                                : (gint64) below (world->rand, 20000) - 10000;
    break;
  case STEP_BACK_UP:
    back_up (machine);
    break;
  case STEP_RESTORE:
    restore (world, machine);
    break;
  case STEP_CLONE:
    copy_station (world, machine);
    break;
  case STEP_FORGE:
    forge (world, machine);
    break;
  case STEP_FAIL_OVER:
    memory_log_fail_over ();
    break;
  case STEP_COUNT:
  default:
    g_assert_not_reached ();
  }
}

void step_do (World *world, const Step *step)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (step->seed);
  const Step *before = world->step;
  Step own = *step;
  Machine *machine;

  own.machine = step_machine (world, step);
  machine = &world->machines[own.machine];
  world->step = &own;
  world->rand = rand;
  world_note (world, step->kind);
  world->now_ms += 500 + below (rand, 1000);
  if (!world->nested)
    network_deliver_late (world, FALSE);
  if (machine_up (world, machine)) {
    do_one (world, &own, machine);
    if (!machine_went_down (machine))
      invariants_check (world, machine);
  }
  if (!world->nested && machine->full_for > 0 && --machine->full_for == 0)
    disk_set_full (machine->disk, FALSE);
  world->step = before;
}
