#include "world.h"

#include "journal/maintenance.h"
#include "journal/query.h"
#include "journal/shared_log.h"

#include <string.h>

#define ROUNDS_MAX 60
#define QUIET_ROUNDS 2
#define REBUILT_EVERY 256 /* seeds */

static gboolean sync_all (World *world, Machine *station, gboolean push)
{
  gboolean any = FALSE;

  while (world->fault == NULL && machine_up (world, station)
         && step_sync (world, station, push) > 0)
    any = TRUE;
  return any;
}

static void follow (World *world, Machine *hub)
{
  g_autoptr (GError) error = NULL;

  if (world->shared && !journal_follow (hub->journal, 0, -1, &error))
    world_fault (world, "%s does not follow its log: %s", WORLD_MACHINES[hub->index],
                 error->message);
}

gboolean heal_round (World *world)
{
  gboolean moved = FALSE;

  for (guint i = 0; i < MACHINES && world->fault == NULL; i++) {
    Machine *machine = &world->machines[i];

    if (!machine->exists || !machine_up (world, machine))
      continue;
    if (!world_is_hub (machine)) {
      moved |= sync_all (world, machine, TRUE);
      moved |= sync_all (world, machine, FALSE);
    } else
      follow (world, machine);
  }
  return moved;
}

/* The end ------------------------------------------------------------------------------ */

static gint64 number_of (Machine *machine, const char *sql, const char *name)
{
  Query *query = journal_query (machine->journal, sql, NULL);
  gint64 number = -1;

  if (query == NULL)
    return number;
  if (name != NULL)
    query_bind_text (query, ":name", name);
  if (query_next (query))
    number = query_int (query, 0);
  query_end (query, NULL);
  return number;
}

/* What every replica must say by itself. */
static void check_alone (World *world, Machine *machine)
{
  static const char UNLISTED[]
      = "SELECT count (*) FROM (SELECT reference, checkpoint, period FROM passage WHERE verdict = "
        "'ADMITTED' AND period <> '' AND direction = 'in' GROUP BY 1, 2, 3 HAVING count (DISTINCT "
        "station) > 1) t WHERE NOT EXISTS (SELECT 1 FROM conflict c WHERE c.reference = "
        "t.reference AND c.checkpoint = t.checkpoint AND c.period = t.period)";
  g_autoptr (GError) error = NULL;

  if (!journal_verify (machine->journal, NULL, NULL, NULL, &error))
    world_fault (world, "%s: %s", WORLD_MACHINES[machine->index], error->message);
  if (number_of (machine, UNLISTED, NULL) != 0)
    world_fault (world, "%s lists no conflict of a right that two stations let be used",
                 WORLD_MACHINES[machine->index]);
}

/* Two machines of one name, and their hub knows of one history: that is said, to the
 * other and to the teams. */
static void check_strange (World *world, Machine *machine, gboolean same)
{
  static const char TOLD[] = "SELECT count (*) FROM station_fork WHERE station = :name";

  if (same)
    return;
  if (!machine->refused)
    world_fault (world, "%s has another history than the hub, and is not told so",
                 WORLD_MACHINES[machine->index]);
  else if (number_of (&world->machines[HUB_A], TOLD, WORLD_NAMES[machine->name]) < 1)
    world_fault (world, "the hub does not say that there are two machines of %s",
                 WORLD_NAMES[machine->name]);
}

/* A gate holds a part of each fact, so its tables are its own: as if made anew. */
static gboolean is_made_anew (Machine *machine, const char *text)
{
  g_autofree char *anew = NULL;

  if (!journal_rebuild (machine->journal, NULL))
    return FALSE;
  anew = journal_projections_text (machine->journal, NULL);
  return g_strcmp0 (text, anew) == 0;
}

static void compare (World *world, Machine *machine, const char *digest, const char *text)
{
  g_autofree char *own_digest = journal_heads_digest (machine->journal, NULL), *own_text = NULL;
  gboolean same = g_strcmp0 (digest, own_digest) == 0, is_gate = machine->name == WORLD_GATE_NAME;

  check_alone (world, machine);
  if (machine->strange)
    check_strange (world, machine, same);
  else if (!same)
    world_fault (world, "in the end %s does not hold what the hub holds",
                 WORLD_MACHINES[machine->index]);
  if (!same || (is_gate && world->seed % REBUILT_EVERY != 0))
    return;
  own_text = journal_projections_text (machine->journal, NULL);
  if (is_gate ? !is_made_anew (machine, own_text) : g_strcmp0 (text, own_text) != 0)
    world_fault (world, "%s and the hub hold the same, and say other things of it",
                 WORLD_MACHINES[machine->index]);
}

static void compare_all (World *world)
{
  static const char SETTLING[] = "SELECT count (*) FROM local WHERE name = 'settling'";
  Machine *hub = &world->machines[HUB_A];
  g_autoptr (GError) error = NULL;
  g_autofree char *digest = journal_heads_digest (hub->journal, &error),
                  *text = journal_projections_text (hub->journal, &error);

  check_alone (world, hub);
  for (guint i = HUB_A + 1; i < MACHINES && world->fault == NULL; i++)
    if (world->machines[i].exists)
      compare (world, &world->machines[i], digest, text);
  for (const char *at = text; at != NULL && *at != '\0'; at++)
    world_note (world, (guint8) *at);
  if (number_of (hub, SETTLING, NULL) != 0)
    world_fault (world, "the restored hub still waits, and all stations have been heard");
}

/* What the hub holds under its name a station asks at its start, or if it writes. */
static gboolean ask_again (World *world)
{
  gboolean any = FALSE;

  for (guint i = EST_1; i < MACHINES && world->fault == NULL; i++) {
    Machine *machine = &world->machines[i];

    if (!machine->strange)
      continue;
    any = TRUE;
    machine_down (machine);
    if (machine_up (world, machine))
      step_sync (world, machine, TRUE);
  }
  return any;
}

/* A round may bring nothing but the news that the hub has another epoch. */
static void go_round (World *world)
{
  guint rounds = 0, quiet = 0;

  while (world->fault == NULL && quiet < QUIET_ROUNDS) {
    quiet = heal_round (world) ? 0 : quiet + 1;
    if (++rounds == ROUNDS_MAX)
      world_fault (world, "it goes on for ever");
  }
}

void heal (World *world)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (world->seed);

  world->calm = TRUE;
  world->rand = rand;
  for (guint i = 0; i < MACHINES; i++) {
    Machine *machine = &world->machines[i];

    disk_cut_at (machine->disk, 0);
    disk_set_full (machine->disk, FALSE);
    machine->full_for = 0;
    if (machine->exists && !machine_up (world, machine))
      world_fault (world, "%s does not start", WORLD_MACHINES[i]);
  }
  if (world->fault == NULL)
    network_deliver_late (world, TRUE);
  go_round (world);
  if (ask_again (world))
    go_round (world);
  for (guint i = 0; i < MACHINES; i++)
    invariants_check (world, &world->machines[i]);
  invariants_check_gate (world);
  if (world->fault == NULL)
    compare_all (world);
  world->rand = NULL;
}
