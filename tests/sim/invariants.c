#include "world.h"

#include "journal/query.h"
#include "journal/shared_log.h"

#include <string.h>

/* What each name's facts were -------------------------------------------------------- */

static const Hash *known (const World *world, guint name, gint64 seq)
{
  const GPtrArray *history = world->histories[name];

  return seq >= 1 && seq <= (gint64) history->len ? history->pdata[seq - 1] : NULL;
}

/* "SEQ CHAIN" of a fact in a history beside. */
static char *other_key (gint64 seq, const Hash *chain)
{
  g_autofree char *hex = hash_to_hex (chain);

  return g_strdup_printf ("%" G_GINT64_FORMAT " %s", seq, hex);
}

void invariants_expect_fork (World *world, guint name)
{
  if (world->others[name] == NULL)
    world->others[name] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

static gboolean is_other (const World *world, guint name, gint64 seq, const Hash *chain)
{
  g_autofree char *key = world->others[name] != NULL ? other_key (seq, chain) : NULL;

  return key != NULL && g_hash_table_contains (world->others[name], key);
}

static gboolean written (const World *world, guint name, gint64 seq, const Hash *chain)
{
  const Hash *expected = known (world, name, seq);

  return (expected != NULL && hash_equal (expected, chain)) || is_other (world, name, seq, chain);
}

/* What it has written since: the history goes on, and only from where it ended. */
static void extend (World *world, Machine *machine)
{
  guint name = machine->name;
  GPtrArray *history = world->histories[name];
  gboolean beside = world->others[name] != NULL;
  gint64 from = beside ? 0 : MAX ((gint64) history->len - 1, 0);
  g_autoptr (GPtrArray) facts
      = journal_facts_of (machine->journal, WORLD_NAMES[name], from, G_MAXINT, NULL);

  for (guint i = 0; facts != NULL && i < facts->len; i++) {
    const Fact *fact = facts->pdata[i];
    const Hash *before = known (world, name, fact->seq);

    if (beside)
      g_hash_table_add (world->others[name], other_key (fact->seq, &fact->chain));
    else if (before == NULL)
      g_ptr_array_add (history, g_memdup2 (&fact->chain, sizeof fact->chain));
    else if (!hash_equal (before, &fact->chain))
      world_fault (world, "%s has two histories, from its fact %lld on", WORLD_NAMES[name],
                   (long long) fact->seq);
  }
}

/* At every step ------------------------------------------------------------------------ */

static void check_head (World *world, Machine *machine, const JournalHead *head)
{
  guint name = world_name_of (head->station);

  world_note (world, (guint64) head->seq * NAME_COUNT + name);
  if (!written (world, name, head->seq, &head->chain))
    world_fault (world, "%s holds another history of %s, or what it never wrote, at fact %lld",
                 WORLD_MACHINES[machine->index], head->station, (long long) head->seq);
}

static void check_held (World *world, Machine *machine, const gint64 *held)
{
  gint64 own = held[machine->name];

  if (own < machine->held && !machine->strange)
    world_fault (world, "%s has lost its own facts after %lld: %lld were acknowledged",
                 WORLD_MACHINES[machine->index], (long long) own, (long long) machine->held);
  for (guint i = 0; world_is_hub (machine) && i < NAME_COUNT; i++)
    if (held[i] < machine->promised[i])
      world_fault (world, "%s has lost facts of %s after %lld: it had answered that it holds %lld",
                   WORLD_MACHINES[machine->index], WORLD_NAMES[i], (long long) held[i],
                   (long long) machine->promised[i]);
}

/* Of the log that hubs share. */
static void check_log (World *world)
{
  for (guint i = 0; world->shared && i < NAME_COUNT; i++)
    if (memory_log_head (WORLD_NAMES[i]) < world->promised[i])
      world_fault (world, "the log has not what a hub answered that it holds of %s: %lld",
                   WORLD_NAMES[i], (long long) world->promised[i]);
}

static void check_leases (World *world)
{
  const Lease *one = world->machines[HUB_A].lease, *other = world->machines[HUB_B].lease;
  gint64 now_us = g_get_monotonic_time ();

  if (one != NULL && other != NULL && lease_is_held (one, now_us) && lease_is_held (other, now_us))
    world_fault (world, "two hubs do what only one may");
}

void invariants_check (World *world, Machine *machine)
{
  g_autoptr (GPtrArray) heads = NULL;
  gint64 held[NAME_COUNT + 1] = { 0 };

  if (!world->watched || !machine->up || disk_is_cut (machine->disk))
    return;
  heads = journal_heads (machine->journal, NULL);
  if (heads == NULL)
    return;
  extend (world, machine);
  for (guint i = 0; i < heads->len; i++) {
    const JournalHead *head = heads->pdata[i];

    check_head (world, machine, head);
    held[world_name_of (head->station)] = head->seq;
  }
  check_held (world, machine, held);
  if (world_is_hub (machine)) {
    check_log (world);
    check_leases (world);
  }
}

void invariants_check_gate (World *world)
{
  static const char KEPT_BACK[] = "SELECT count (*) FROM fact WHERE body LIKE '%@secret.example%'";
  Machine *gate = &world->machines[GATE];
  gint64 count = 0;

  if (gate->up && query_number (gate->journal, KEPT_BACK, &count, NULL) && count > 0)
    world_fault (world, "a gate holds what it is not to know");
}

/* Promises ----------------------------------------------------------------------------- */

void invariants_acknowledge (World *world, Machine *machine)
{
  gint64 seq = 0;

  if (!world->watched)
    extend (world, machine);
  if (journal_head (machine->journal, WORLD_NAMES[machine->name], &seq, NULL, NULL))
    machine->held = MAX (machine->held, seq);
  for (guint i = 0; !world->watched && world_is_hub (machine) && i < NAME_COUNT; i++)
    if (journal_head (machine->journal, WORLD_NAMES[i], &seq, NULL, NULL))
      machine->promised[i] = world->promised[i] = seq;
}

void invariants_promise (World *world, Machine *hub, guint name, gint64 seq)
{
  hub->promised[name] = MAX (hub->promised[name], seq);
  world->promised[name] = MAX (world->promised[name], seq);
}

static gint64 own_at (World *world, guint station)
{
  Machine *machine = &world->machines[station];
  gint64 seq = 0;

  return machine_up (world, machine)
                 && journal_head (machine->journal, WORLD_NAMES[NAME_HUB], &seq, NULL, NULL)
             ? seq
             : 0;
}

/* How far the hub's own facts are held by any desk: what is beyond went with its disk, and
 * was told to nobody, or to a gate. */
static gint64 own_elsewhere (World *world, const Machine *hub)
{
  gint64 most = hub->copy_held[NAME_HUB];

  for (guint i = EST_1; i < MACHINES; i++)
    if (i != GATE)
      most = MAX (most, own_at (world, i));
  return most;
}

gboolean invariants_may_restore (World *world, const Machine *hub)
{
  return own_at (world, GATE) <= own_elsewhere (world, hub);
}

void invariants_expect_restored (World *world, Machine *machine)
{
  if (!world->shared && world_is_hub (machine)) {
    g_ptr_array_set_size (world->histories[NAME_HUB], (gint) own_elsewhere (world, machine));
    for (guint i = 0; i < NAME_COUNT; i++)
      world->promised[i] = MIN (world->promised[i], machine->copy_held[i]);
  }
  machine->held = machine->copy_held[machine->name];
  for (guint i = 0; i < NAME_COUNT; i++)
    machine->promised[i] = MIN (machine->promised[i], machine->copy_held[i]);
}
