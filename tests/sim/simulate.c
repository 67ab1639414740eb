/* A congress by chance: a hub and stations over the real journal, sync, replication
 * and doors, with a clock, a network and disks that are made here. One number decides
 * everything: what is scanned, sent and imported, what the network loses, delays and
 * sends twice, when the power goes and what a disk has kept by then, whose disk is
 * full, which older copy is put back. After every step nothing that was acknowledged
 * is lost, no station has two histories, and no right is used twice where that could
 * be seen; in the end all replicas hold the same, and say the same of it.
 *
 * simulate [--first N] [--seeds COUNT] [--seed N [--only 3,7,…]] [--no-shrink]. TAP.
 * A seed that fails says so, is shrunk to the steps that are needed, and can be run
 * again. */
#include "congress.h"
#include "disk.h"
#include "wire.h"

#include "journal/page_copy.h"
#include "journal/query.h"
#include "replication/enrolment.h"
#include "station/gate.h"
#include "sync/client.h"

#include <signal.h>
#include <sodium.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define STATIONS 3
#define MACHINES (STATIONS + 1) /* the hub is the first */
#define PEOPLE 4
#define STEPS_MIN 30
#define STEPS_MORE 50
#define HEAL_ROUNDS 60
#define QUIET_ROUNDS 3
#define SEEDS_USUAL 100

static const char *const NAMES[MACHINES] = { "hub", "est-1", "est-2", "ouest-1" };
static const char *const CHECKPOINTS[] = { "entree-est", "dejeuner-26" };

/* Chance ------------------------------------------------------------------------------- */

static gboolean chance (GRand *rand, gint percent)
{
  return g_rand_int_range (rand, 0, 100) < percent;
}

static guint below (GRand *rand, guint end)
{
  return (guint) g_rand_int_range (rand, 0, (gint32) end);
}

/* Steps -------------------------------------------------------------------------------- */

typedef enum {
  STEP_SCAN,
  STEP_IMPORT,
  STEP_PUSH,
  STEP_PULL,
  STEP_CUT_SOON, /* the power goes some operations of the disk later */
  STEP_CUT,      /* it goes now */
  STEP_KILL,     /* all programs of a machine, and they start again */
  STEP_FULL,     /* its disk, for a while */
  STEP_COPY_BACK,
  STEP_TIME,
  STEP_SKEW,
  STEP_BACK_UP,
  STEP_RESTORE,
  STEP_COUNT
} StepKind;

static const struct {
  const char *name;
  guint weight;
} KINDS[STEP_COUNT] = {
  [STEP_SCAN] = { "scan", 24 },          [STEP_IMPORT] = { "import", 6 },
  [STEP_PUSH] = { "push", 22 },          [STEP_PULL] = { "pull", 22 },
  [STEP_CUT_SOON] = { "cut-soon", 9 },   [STEP_CUT] = { "cut", 3 },
  [STEP_KILL] = { "kill", 4 },           [STEP_FULL] = { "full", 3 },
  [STEP_COPY_BACK] = { "copy-back", 5 }, [STEP_TIME] = { "time", 3 },
  [STEP_SKEW] = { "skew", 2 },           [STEP_BACK_UP] = { "back-up", 3 },
  [STEP_RESTORE] = { "restore", 1 },
};

typedef struct {
  StepKind kind;
  guint machine;
  guint32 seed;
  guint number; /* from 1 */
} Step;

static GArray *draw_steps (guint32 seed)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  GArray *steps = g_array_new (FALSE, FALSE, sizeof (Step));
  guint count = STEPS_MIN + below (rand, STEPS_MORE), sum = 0;

  for (guint i = 0; i < STEP_COUNT; i++)
    sum += KINDS[i].weight;
  for (guint i = 0; i < count; i++) {
    guint at = below (rand, sum), kind = 0;
    Step step = { .number = i + 1 };

    while (at >= KINDS[kind].weight)
      at -= KINDS[kind++].weight;
    step.kind = (StepKind) kind;
    step.machine = below (rand, MACHINES);
    step.seed = g_rand_int (rand);
    g_array_append_val (steps, step);
  }
  return steps;
}

/* The world ---------------------------------------------------------------------------- */

typedef struct {
  guint index;
  char *folder, *db;
  Disk *disk;
  gint64 skew_ms;
  gboolean up;
  guint full_for;   /* steps */
  Journal *journal; /* of doors and commands */
  Gate *gates[G_N_ELEMENTS (CHECKPOINTS)];
  Journal *sync; /* a station's, with: */
  Client *push, *pull;
  HubParts *parts; /* the hub's */
  gint64 held;     /* of its own facts: what it has acknowledged, and must have */
} Machine;

typedef struct {
  guint32 seed;
  char *folder;
  GRand *rand; /* of the present step */
  gint64 now_ms;
  Machine machines[MACHINES];
  GPtrArray *histories[MACHINES]; /* Hash of every fact, by seq: what each station is to be */
  gint64 promised[MACHINES];      /* of each station's facts, by the hub */
  GPtrArray *late;                /* WireRequest, which will come yet */
  GBytes *backup;
  gint64 backup_held[MACHINES];
  gboolean watched; /* what each station is to be is known */
  gboolean calm, nested;
  guint restores;
  guint64 trace; /* of all that was seen: two runs of one seed are the same */
  char *fault;
  const Step *step;
} World;

static World *the_world; /* for the clock and the network */

static char *tickets[PEOPLE];
static GBytes *templates[MACHINES];

static void fault (World *world, const char *format, ...) G_GNUC_PRINTF (2, 3);
static void fault (World *world, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list values;

  if (world->fault != NULL)
    return;
  va_start (values, format);
  text = g_strdup_vprintf (format, values);
  va_end (values);
  world->fault
      = g_strdup_printf ("step %u (%s): %s", world->step != NULL ? world->step->number : 0,
                         world->step != NULL ? KINDS[world->step->kind].name : "the end", text);
}

static void note (World *world, guint64 value)
{
  world->trace = (world->trace ^ value) * G_GUINT64_CONSTANT (1099511628211);
}

static gint64 clock_of (gpointer data)
{
  const Machine *machine = data;

  return the_world->now_ms + machine->skew_ms;
}

/* Stands before GLib's for all that is linked here: time-outs are the world's too, far
 * ahead of the real clock, by which nothing then ends. */
gint64 g_get_monotonic_time (void)
{
  return (the_world != NULL ? the_world->now_ms : 0) * 1000
         + G_GINT64_CONSTANT (1) * 1000000000000000;
}

static Clock machine_clock (Machine *machine)
{
  return (Clock){ .now_ms = clock_of, .data = machine };
}

/* Up and down -------------------------------------------------------------------------- */

static HubParts *parts_start (World *world, Machine *hub, GError **error)
{
  HubParts *parts = g_new0 (HubParts, 1);

  /* As hub_parts_start(), without the watch, which looks by the clock; nobody waits. And
   * without snapshots, once all are enrolled. */
  parts->db = g_strdup (hub->db);
  parts->name = g_strdup (NAMES[0]);
  parts->clock = machine_clock (hub);
  parts->readers = replica_pool_new (hub->db, parts->clock);
  parts->quota = quota_new ();
  if ((parts->settling = settling_open (hub->journal, error)) != NULL
      && (parts->own_head = own_head_new (hub->journal, error)) != NULL
      && (parts->epochs = epoch_open (hub->journal, error)) != NULL
      && (parts->writer = writer_new (hub->db, parts->clock, NULL, NULL, error)) != NULL
      && (world->watched || (parts->chores = chores_new (hub->db, parts->clock, error)) != NULL))
    return parts;
  hub_parts_free (parts);
  return NULL;
}

static void machine_down (Machine *machine)
{
  g_clear_pointer (&machine->parts, hub_parts_free);
  g_clear_pointer (&machine->push, client_free);
  g_clear_pointer (&machine->pull, client_free);
  g_clear_pointer (&machine->sync, journal_close);
  for (guint i = 0; i < G_N_ELEMENTS (CHECKPOINTS); i++)
    g_clear_pointer (&machine->gates[i], gate_close);
  g_clear_pointer (&machine->journal, journal_close);
  machine->up = FALSE;
}

static gboolean station_up (Machine *machine, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (CHECKPOINTS); i++)
    if ((machine->gates[i] = gate_open (machine->journal, CHECKPOINTS[i], error)) == NULL)
      return FALSE;
  return (machine->sync = journal_open (machine->db, machine_clock (machine), error)) != NULL
         && (machine->push = client_new (machine->sync, error)) != NULL
         && (machine->pull = client_new (machine->sync, error)) != NULL;
}

static void check_replica (World *world, Machine *machine);

/* FALSE if it cannot be started now: its disk is full, say. */
static gboolean machine_up (World *world, Machine *machine)
{
  g_autoptr (GError) error = NULL;

  if (machine->up)
    return TRUE;
  if (disk_is_cut (machine->disk))
    disk_mend (machine->disk, world->rand);
  machine->journal = journal_open (machine->db, machine_clock (machine), &error);
  if (machine->journal != NULL
      && (machine->index == 0 ? (machine->parts = parts_start (world, machine, &error)) != NULL
                              : station_up (machine, &error))) {
    machine->up = TRUE;
    check_replica (world, machine);
    return TRUE;
  }
  machine_down (machine);
  if (!disk_is_cut (machine->disk) && machine->full_for == 0)
    fault (world, "%s does not start again: %s", NAMES[machine->index], error->message);
  return FALSE;
}

/* The power went during the last call: what it said is nobody's any more. */
static gboolean went_down (Machine *machine)
{
  if (!disk_is_cut (machine->disk))
    return FALSE;
  machine_down (machine);
  return TRUE;
}

/* What must hold ----------------------------------------------------------------------- */

static guint index_of (const char *station)
{
  for (guint i = 0; i < MACHINES; i++)
    if (strcmp (NAMES[i], station) == 0)
      return i;
  return MACHINES;
}

static const Hash *known (World *world, guint station, gint64 seq)
{
  const GPtrArray *history = world->histories[station];

  return seq >= 1 && seq <= (gint64) history->len ? history->pdata[seq - 1] : NULL;
}

/* What it has written since: the history goes on, and only from where it ended. */
static void extend (World *world, Machine *machine)
{
  GPtrArray *history = world->histories[machine->index];
  gint64 from = MAX ((gint64) history->len - 1, 0);
  g_autoptr (GPtrArray) facts
      = journal_facts_of (machine->journal, NAMES[machine->index], from, G_MAXINT, NULL);

  for (guint i = 0; facts != NULL && i < facts->len; i++) {
    const Fact *fact = facts->pdata[i];
    const Hash *before = known (world, machine->index, fact->seq);

    if (before == NULL)
      g_ptr_array_add (history, g_memdup2 (&fact->chain, sizeof fact->chain));
    else if (!hash_equal (before, &fact->chain))
      fault (world, "%s has two histories, from its fact %lld on", NAMES[machine->index],
             (long long) fact->seq);
  }
}

static void check_head (World *world, Machine *machine, const JournalHead *head)
{
  guint station = index_of (head->station);
  const Hash *expected = known (world, station, head->seq);

  note (world, (guint64) head->seq * MACHINES + station);
  if (expected == NULL)
    fault (world, "%s holds fact %lld of %s, which was never written", NAMES[machine->index],
           (long long) head->seq, head->station);
  else if (!hash_equal (expected, &head->chain))
    fault (world, "%s holds another history of %s, at fact %lld", NAMES[machine->index],
           head->station, (long long) head->seq);
}

/* The heads of one replica against what was acknowledged and written. */
static void check_replica (World *world, Machine *machine)
{
  g_autoptr (GPtrArray) heads = NULL;
  gint64 own = 0, held[MACHINES] = { 0 };

  if (!world->watched || !machine->up || disk_is_cut (machine->disk))
    return;
  heads = journal_heads (machine->journal, NULL);
  if (heads == NULL)
    return;
  extend (world, machine);
  for (guint i = 0; i < heads->len; i++) {
    const JournalHead *head = heads->pdata[i];

    check_head (world, machine, head);
    held[index_of (head->station)] = head->seq;
  }
  own = held[machine->index];
  if (own < machine->held)
    fault (world, "%s has lost its own facts after %lld: %lld were acknowledged",
           NAMES[machine->index], (long long) own, (long long) machine->held);
  for (guint i = 1; machine->index == 0 && i < MACHINES; i++)
    if (held[i] < world->promised[i])
      fault (world, "the hub has lost facts of %s after %lld: it had answered that it holds %lld",
             NAMES[i], (long long) held[i], (long long) world->promised[i]);
}

/* What a journal_commit() that was TRUE has promised. */
static void acknowledge (World *world, Machine *machine)
{
  gint64 seq = 0;

  if (journal_head (machine->journal, NAMES[machine->index], &seq, NULL, NULL))
    machine->held = MAX (machine->held, seq);
}

/* The network -------------------------------------------------------------------------- */

static void do_step (World *world, const Step *step);

static void promise (World *world, const WireRequest *request, const WireAnswer *answer)
{
  g_autoptr (JsonIn) in = NULL;
  guint station;

  if (!answer->sent || answer->status != 200 || strcmp (request->path, "/v1/facts") != 0)
    return;
  in = json_in_parse ((const char *) answer->body->data, answer->body->len, NULL);
  g_assert_nonnull (in);
  station = index_of (json_in_string (json_in_root (in), "station"));
  world->promised[station] = MAX (world->promised[station], json_in_int (json_in_root (in), "seq"));
}

static gboolean runs (gpointer machine)
{
  return !disk_is_cut (((Machine *) machine)->disk);
}

/* FALSE: the hub is away, or went away over it. */
static gboolean deliver (World *world, const WireRequest *request, WireAnswer *answer)
{
  Machine *hub = &world->machines[0];

  if (!machine_up (world, hub))
    return FALSE;
  wire_serve (hub->parts, request, runs, hub, answer);
  promise (world, request, answer);
  if (went_down (hub))
    return FALSE;
  note (world, answer->status);
  check_replica (world, hub);
  return TRUE;
}

static void deliver_unheard (World *world, const WireRequest *request)
{
  g_auto (WireAnswer) nobody_hears = { 0 };

  deliver (world, request, &nobody_hears);
}

/* A portal that answers everything with its own page. */
static gboolean portal (WireAnswer *answer)
{
  static const char PAGE[] = "<!DOCTYPE html><title>Wi-Fi</title><p>Accept the terms";

  answer->status = 200;
  answer->body = g_byte_array_new ();
  g_byte_array_append (answer->body, (const guint8 *) PAGE, sizeof PAGE - 1);
  return TRUE;
}

/* While a request is under way, others go on. */
static void meanwhile (World *world)
{
  static const StepKind KINDS_THEN[] = { STEP_SCAN, STEP_PUSH, STEP_PULL, STEP_IMPORT, STEP_KILL };
  GRand *rand = world->rand;
  Step step = { KINDS_THEN[below (rand, G_N_ELEMENTS (KINDS_THEN))], 0, g_rand_int (rand),
                world->step->number };

  /* Another station than the one that waits (do_step() takes the remainder). */
  if (step.kind != STEP_KILL && step.kind != STEP_IMPORT)
    step.machine = world->step->machine + below (rand, STATIONS - 1);
  world->nested = TRUE;
  do_step (world, &step);
  world->nested = FALSE;
  world->rand = rand;
}

static gboolean carry (const WireRequest *request, WireAnswer *answer, gpointer data)
{
  World *world = data;
  GRand *rand = world->rand;

  if (world->calm)
    return deliver (world, request, answer);
  if (!world->nested && chance (rand, 15))
    meanwhile (world);
  if (chance (rand, 8))
    return FALSE; /* lost on the way there */
  if (chance (rand, 5)) {
    g_ptr_array_add (world->late, wire_request_copy (request));
    return FALSE;
  }
  if (chance (rand, 4))
    return portal (answer);
  if (chance (rand, 6))
    deliver_unheard (world, request); /* twice */
  if (!deliver (world, request, answer))
    return FALSE;
  if (!chance (rand, 8))
    return TRUE;
  wire_answer_clear (answer); /* lost on the way back */
  return FALSE;
}

/* Some of what was delayed comes now, in any order. */
static void deliver_late (World *world)
{
  while (world->late->len > 0 && chance (world->rand, 30)) {
    WireRequest *request
        = g_ptr_array_steal_index_fast (world->late, below (world->rand, world->late->len));

    deliver_unheard (world, request);
    wire_request_free (request);
  }
}

/* What happens ------------------------------------------------------------------------- */

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
  query_bind_text (query, ":station", NAMES[machine->index]);
  if (query_next (query))
    uses = query_int (query, 0);
  query_end (query, NULL);
  return uses;
}

static void scan (World *world, Machine *machine)
{
  guint gate = below (world->rand, G_N_ELEMENTS (CHECKPOINTS));
  g_auto (GateResult) result = { 0 };
  g_autoptr (GError) error = NULL;

  if (!gate_scan (machine->gates[gate], tickets[below (world->rand, PEOPLE)], &result, &error)
      || went_down (machine))
    return;
  acknowledge (world, machine);
  note (world, result.verdict);
  if (result.verdict == VERDICT_ADMITTED && uses_of_last (machine) > 1)
    fault (world, "%s lets somebody use a right again that it knew to be used up",
           NAMES[machine->index]);
}

/* At the hub, beside the running service, as `accueil import` does. */
static void import (World *world, Machine *hub)
{
  g_autofree char *body
      = g_strdup_printf ("{\"family\":\"N%u\",\"given\":\"Anne\",\"category\":\"elu\",\"events\":"
                         "[\"rencontres\"],\"days\":[\"26\"],\"meals\":true}",
                         below (world->rand, 1000));
  g_autofree char *reference = g_strdup_printf ("FR-%u", 1 + below (world->rand, PEOPLE));
  g_autoptr (GError) error = NULL;

  if (!journal_begin (hub->journal, &error))
    return;
  if (journal_finish (hub->journal,
                      journal_append (hub->journal, "registration", reference, body, NULL, &error),
                      &error)
      && !went_down (hub))
    acknowledge (world, hub);
}

/* What a station may meet with; anything else must not happen. */
static void judge_sync (World *world, Machine *machine, const GError *error)
{
  if (error == NULL || error->domain == JOURNAL_ERROR
      || g_error_matches (error, CLIENT_ERROR, CLIENT_ERROR_UNREACHABLE))
    return;
  if (!world->calm && g_error_matches (error, CLIENT_ERROR, CLIENT_ERROR_PROTOCOL))
    return; /* the portal */
  fault (world, "%s is told: %s", NAMES[machine->index], error->message);
}

static guint sync_once (World *world, Machine *machine, gboolean push)
{
  g_autoptr (GError) error = NULL;
  guint moved = 0;

  if (!(push ? client_push (machine->push, &moved, &error)
             : client_pull (machine->pull, 0, NULL, &moved, &error)))
    moved = 0;
  if (went_down (machine))
    return 0;
  judge_sync (world, machine, error);
  note (world, moved);
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

static void copy_back (Machine *machine)
{
  guint pages;

  journal_checkpoint (machine->journal, &pages, NULL);
  went_down (machine);
}

/* Of the hub, as `accueil-hub backup` does, to another disk. */
static void back_up (World *world, Machine *hub)
{
  g_autofree char *path = g_build_filename (world->folder, "backup.db", NULL), *bytes = NULL;
  g_autoptr (GPtrArray) heads = NULL;
  gsize length = 0;

  g_unlink (path);
  if (!page_copy_make (hub->journal, path, NULL) || went_down (hub)
      || !g_file_get_contents (path, &bytes, &length, NULL))
    return;
  g_clear_pointer (&world->backup, g_bytes_unref);
  world->backup = g_bytes_new_take (g_steal_pointer (&bytes), length);
  heads = journal_heads (hub->journal, NULL);
  for (guint i = 0; heads != NULL && i < heads->len; i++) {
    const JournalHead *head = heads->pdata[i];

    world->backup_held[index_of (head->station)] = head->seq;
  }
}

static void write_machine (Machine *machine, GBytes *bytes)
{
  static const char *const SUFFIXES[] = { "-wal", "-shm", "-journal" };
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  disk_free (machine->disk);
  for (guint i = 0; i < G_N_ELEMENTS (SUFFIXES); i++) {
    g_autofree char *path = g_strconcat (machine->db, SUFFIXES[i], NULL);
    g_unlink (path);
  }
  g_assert_true (g_file_set_contents_full (machine->db, data, (gssize) length,
                                           G_FILE_SET_CONTENTS_NONE, 0600, NULL));
  machine->disk = disk_new (machine->folder);
}

/* How far the hub's own facts are held by any station: what is beyond went with its disk,
 * and was told to nobody. */
static gint64 own_elsewhere (World *world)
{
  gint64 most = world->backup_held[0];

  for (guint i = 1; i < MACHINES; i++) {
    Machine *station = &world->machines[i];
    gint64 seq = 0;

    if (machine_up (world, station) && journal_head (station->journal, NAMES[0], &seq, NULL, NULL))
      most = MAX (most, seq);
  }
  return most;
}

/* The hub's disk is lost, and the last backup takes its place (accueil-hub restore). */
static void restore (World *world, Machine *hub)
{
  g_autofree char *now = g_strdup_printf ("%" G_GINT64_FORMAT, world->now_ms);
  gboolean stations_up = TRUE;
  gint64 most;

  for (guint i = 1; i < MACHINES; i++) {
    world->machines[i].full_for = 0;
    disk_set_full (world->machines[i].disk, FALSE);
    stations_up = stations_up && machine_up (world, &world->machines[i]);
  }
  if (world->backup == NULL || !stations_up)
    return;
  machine_down (hub);
  write_machine (hub, world->backup);
  hub->full_for = 0;
  most = own_elsewhere (world);
  g_ptr_array_set_size (world->histories[0], (gint) most);
  hub->held = world->backup_held[0];
  for (guint i = 0; i < MACHINES; i++)
    world->promised[i] = MIN (world->promised[i], world->backup_held[i]);
  hub->journal = journal_open (hub->db, machine_clock (hub), NULL);
  g_assert_nonnull (hub->journal);
  g_assert_true (journal_set_local (hub->journal, JOURNAL_LOCAL_SETTLING, now, NULL));
  machine_down (hub);
  world->restores++;
  machine_up (world, hub);
}

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
    sync_once (world, machine, step->kind == STEP_PUSH);
    break;
  case STEP_CUT_SOON:
    disk_cut_at (machine->disk, disk_operations (machine->disk) + 1 + below (world->rand, 80));
    break;
  case STEP_CUT:
    disk_cut (machine->disk);
    machine_down (machine);
    break;
  case STEP_KILL:
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
    back_up (world, machine);
    break;
  case STEP_RESTORE:
    restore (world, machine);
    break;
  case STEP_COUNT:
  default:
    g_assert_not_reached ();
  }
}

static gboolean is_the_hubs (StepKind kind)
{
  return kind == STEP_IMPORT || kind == STEP_BACK_UP || kind == STEP_RESTORE;
}

static gboolean is_a_stations (StepKind kind)
{
  return kind == STEP_SCAN || kind == STEP_PUSH || kind == STEP_PULL;
}

static void do_step (World *world, const Step *step)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (step->seed);
  const Step *before = world->step;
  guint index = is_the_hubs (step->kind)     ? 0
                : is_a_stations (step->kind) ? 1 + step->machine % STATIONS
                                             : step->machine;
  Machine *machine = &world->machines[index];
  Step own = *step;

  own.machine = index;
  world->step = &own;
  world->rand = rand;
  note (world, step->kind);
  world->now_ms += 500 + below (rand, 1000);
  if (!world->nested)
    deliver_late (world);
  if (machine_up (world, machine)) {
    do_one (world, &own, machine);
    check_replica (world, machine);
  }
  if (!world->nested && machine->full_for > 0 && --machine->full_for == 0)
    disk_set_full (machine->disk, FALSE);
  world->step = before;
}

/* The end ------------------------------------------------------------------------------ */

static gboolean heal_round (World *world)
{
  guint moved = 0;

  for (guint i = 1; i < MACHINES && world->fault == NULL; i++) {
    Machine *station = &world->machines[i];
    guint count;

    while (world->fault == NULL && machine_up (world, station)
           && (count = sync_once (world, station, TRUE)) > 0)
      moved += count;
    while (world->fault == NULL && machine_up (world, station)
           && (count = sync_once (world, station, FALSE)) > 0)
      moved += count;
  }
  return moved > 0;
}

static void compare (World *world)
{
  static const char SETTLING[]
      = "SELECT count (*) FROM local WHERE name = 'settling'",
      UNLISTED[]
      = "SELECT count (*) FROM (SELECT reference, checkpoint, period FROM passage WHERE verdict = "
        "'ADMITTED' AND period <> '' AND direction = 'in' GROUP BY 1, 2, 3 HAVING count (DISTINCT "
        "station) > 1) t WHERE NOT EXISTS (SELECT 1 FROM conflict c WHERE c.reference = "
        "t.reference AND c.checkpoint = t.checkpoint AND c.period = t.period)";
  g_autofree char *digest = NULL, *text = NULL;
  gint64 number = 0;

  for (guint i = 0; i < MACHINES && world->fault == NULL; i++) {
    Machine *machine = &world->machines[i];
    g_autoptr (GError) error = NULL;
    g_autofree char *own_digest = journal_heads_digest (machine->journal, &error),
                    *own_text = journal_projections_text (machine->journal, &error);

    if (!journal_verify (machine->journal, NULL, NULL, NULL, &error))
      fault (world, "%s: %s", NAMES[i], error->message);
    if (i == 0) {
      digest = g_steal_pointer (&own_digest);
      text = g_steal_pointer (&own_text);
    } else if (g_strcmp0 (digest, own_digest) != 0)
      fault (world, "in the end %s does not hold what the hub holds", NAMES[i]);
    else if (g_strcmp0 (text, own_text) != 0)
      fault (world, "%s and the hub hold the same, and say other things of it", NAMES[i]);
    if (query_number (machine->journal, UNLISTED, &number, NULL) && number > 0)
      fault (world, "%s lists no conflict of a right that two stations let be used", NAMES[i]);
  }
  for (const char *at = text; at != NULL && *at != '\0'; at++)
    note (world, (guint8) *at);
  if (query_number (world->machines[0].journal, SETTLING, &number, NULL) && number > 0)
    fault (world, "the restored hub still waits, and all stations have been heard");
}

/* Power, room and network everywhere: then all that was acknowledged is everywhere. */
static void heal (World *world)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (world->seed);
  guint rounds = 0, quiet = 0;

  world->calm = TRUE;
  world->rand = rand;
  for (guint i = 0; i < MACHINES; i++) {
    disk_cut_at (world->machines[i].disk, 0);
    disk_set_full (world->machines[i].disk, FALSE);
    world->machines[i].full_for = 0;
    if (!machine_up (world, &world->machines[i]))
      fault (world, "%s does not start", NAMES[i]);
  }
  while (world->late->len > 0) {
    WireRequest *request = g_ptr_array_steal_index_fast (world->late, 0);

    deliver_unheard (world, request);
    wire_request_free (request);
  }
  /* A round may bring nothing but the news that the hub has another epoch. */
  while (world->fault == NULL && quiet < QUIET_ROUNDS) {
    quiet = heal_round (world) ? 0 : quiet + 1;
    if (++rounds == HEAL_ROUNDS)
      fault (world, "it goes on for ever");
  }
  for (guint i = 0; i < MACHINES; i++)
    check_replica (world, &world->machines[i]);
  if (world->fault == NULL)
    compare (world);
  world->rand = NULL;
}

/* One seed ----------------------------------------------------------------------------- */

static void world_open (World *world, const char *folder, guint32 seed)
{
  *world = (World){ .seed = seed, .trace = G_GUINT64_CONSTANT (14695981039346656037) };
  world->folder = g_strdup (folder);
  world->now_ms = congress_begin_ms ();
  world->late = g_ptr_array_new ();
  for (guint i = 0; i < MACHINES; i++) {
    Machine *machine = &world->machines[i];

    machine->index = i;
    machine->folder = g_build_filename (folder, NAMES[i], NULL);
    machine->db = g_build_filename (machine->folder, "a.db", NULL);
    g_mkdir_with_parents (machine->folder, 0700);
    world->histories[i] = g_ptr_array_new_with_free_func (g_free);
  }
  the_world = world;
  wire_set_carrier (carry, world);
  congress_seed (seed);
}

static void world_close (World *world)
{
  for (guint i = 0; i < MACHINES; i++) {
    Machine *machine = &world->machines[i];

    machine_down (machine);
    disk_free (machine->disk);
    g_free (machine->folder);
    g_free (machine->db);
    g_ptr_array_unref (world->histories[i]);
  }
  g_ptr_array_set_free_func (world->late, (GDestroyNotify) wire_request_free);
  g_ptr_array_unref (world->late);
  g_clear_pointer (&world->backup, g_bytes_unref);
  g_free (world->folder);
  g_free (world->fault);
  the_world = NULL;
}

/* All histories as the template has them. */
static void begin_histories (World *world)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (world->seed);

  world->rand = rand;
  for (guint i = 0; i < MACHINES; i++) {
    write_machine (&world->machines[i], templates[i]);
    if (!machine_up (world, &world->machines[i]))
      fault (world, "%s does not start", NAMES[i]);
  }
  for (guint i = 0; i < MACHINES; i++) {
    Machine *machine = &world->machines[i];
    gint64 seq = 0;

    extend (world, machine);
    acknowledge (world, machine);
    if (journal_head (world->machines[0].journal, NAMES[i], &seq, NULL, NULL))
      world->promised[i] = seq;
  }
  world->watched = TRUE;
  for (guint i = 0; i < MACHINES; i++)
    check_replica (world, &world->machines[i]);
  world->rand = NULL;
}

/* Keys, invitations, epochs --------------------------------------------------------------- */

static guint64 drawn; /* what libsodium draws from, so that a seed decides it, too */

static const char *chance_name (void)
{
  return "simulated";
}

/* splitmix64 */
static guint32 chance_next (void)
{
  guint64 x = drawn += G_GUINT64_CONSTANT (0x9E3779B97F4A7C15);

  x = (x ^ (x >> 30)) * G_GUINT64_CONSTANT (0xBF58476D1CE4E5B9);
  x = (x ^ (x >> 27)) * G_GUINT64_CONSTANT (0x94D049BB133111EB);
  return (guint32) (x >> 32);
}

static void chance_fill (void *bytes, size_t length)
{
  for (gsize i = 0; i < length; i++)
    ((guint8 *) bytes)[i] = (guint8) chance_next ();
}

static struct randombytes_implementation CHANCE
    = { .implementation_name = chance_name, .random = chance_next, .buf = chance_fill };

/* NULL: all held; else what did not. Free with g_free(). */
static char *run_seed (const char *folder, guint32 seed, const GArray *steps, guint64 *trace,
                       guint *restores)
{
  World world;
  char *found;

  drawn = seed;
  world_open (&world, folder, seed);
  begin_histories (&world);
  for (guint i = 0; i < steps->len && world.fault == NULL; i++)
    do_step (&world, &g_array_index (steps, Step, i));
  if (world.fault == NULL)
    heal (&world);
  found = g_strdup (world.fault);
  if (trace != NULL)
    *trace = world.trace;
  if (restores != NULL)
    *restores += world.restores;
  world_close (&world);
  return found;
}

/* The template ------------------------------------------------------------------------- */

static void enrol (Machine *hub, Machine *station)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *code
      = enrolment_invite (hub->journal, NAMES[station->index], "https://hub", "sha256//x", &error);
  gint64 taken;

  g_assert_no_error (error);
  station->journal
      = journal_create (station->db, NAMES[station->index], machine_clock (station), &error);
  g_assert_no_error (error);
  g_assert_true (client_enrol (station->journal, code, &taken, &error));
  g_assert_no_error (error);
  machine_down (station);
}

/* A hub and its stations, enrolled and in step; once for all seeds. */
static void make_templates (const char *folder)
{
  World world;
  g_autoptr (GError) error = NULL;
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  Machine *hub = &world.machines[0];

  world_open (&world, folder, 1);
  world.calm = TRUE;
  world.rand = rand;
  for (guint i = 0; i < MACHINES; i++) {
    g_unlink (world.machines[i].db);
    world.machines[i].disk = disk_new (world.machines[i].folder);
  }
  hub->journal = journal_create (hub->db, NAMES[0], machine_clock (hub), &error);
  g_assert_no_error (error);
  congress_make (hub->journal, tickets, PEOPLE);
  machine_down (hub);
  g_assert_true (machine_up (&world, hub));
  for (guint i = 1; i < MACHINES; i++)
    enrol (hub, &world.machines[i]);
  for (guint i = 1; i < MACHINES; i++)
    g_assert_true (machine_up (&world, &world.machines[i]));
  while (heal_round (&world))
    g_assert_null (world.fault);
  for (guint i = 0; i < MACHINES; i++) {
    g_autofree char *bytes = NULL;
    gsize length;

    machine_down (&world.machines[i]);
    g_assert_true (g_file_get_contents (world.machines[i].db, &bytes, &length, &error));
    templates[i] = g_bytes_new_take (g_steal_pointer (&bytes), length);
  }
  world_close (&world);
}

/* Shrinking ---------------------------------------------------------------------------- */

static GArray *without (const GArray *steps, guint from, guint count)
{
  GArray *fewer = g_array_new (FALSE, FALSE, sizeof (Step));

  g_array_append_vals (fewer, steps->data, MIN (from, steps->len));
  if (from + count < steps->len)
    g_array_append_vals (fewer, &g_array_index (steps, Step, from + count),
                         steps->len - from - count);
  return fewer;
}

/* Fewer steps by which the seed still fails: without ever smaller parts. */
static GArray *shrink (const char *folder, guint32 seed, GArray *steps)
{
  for (guint part = MAX (steps->len / 2, 1); part > 0; part /= 2)
    for (guint from = 0; from < steps->len;) {
      GArray *fewer = without (steps, from, part);
      g_autofree char *found = run_seed (folder, seed, fewer, NULL, NULL);

      if (found != NULL) {
        g_array_unref (steps);
        steps = fewer;
      } else {
        g_array_unref (fewer);
        from += part;
      }
    }
  return steps;
}

static GArray *only_those (const GArray *steps, const char *numbers)
{
  g_auto (GStrv) words = g_strsplit (numbers, ",", -1);
  GArray *some = g_array_new (FALSE, FALSE, sizeof (Step));

  for (guint i = 0; i < steps->len; i++) {
    g_autofree char *number = g_strdup_printf ("%u", g_array_index (steps, Step, i).number);

    if (g_strv_contains ((const char *const *) words, number))
      g_array_append_val (some, g_array_index (steps, Step, i));
  }
  return some;
}

static void tell (guint32 seed, const GArray *steps, const char *found)
{
  g_autoptr (GString) numbers = g_string_new (NULL);

  for (guint i = 0; i < steps->len; i++) {
    const Step *step = &g_array_index (steps, Step, i);

    printf ("#   %3u %s at %s\n", step->number, KINDS[step->kind].name,
            NAMES[is_the_hubs (step->kind)     ? 0
                  : is_a_stations (step->kind) ? 1 + step->machine % STATIONS
                                               : step->machine]);
    g_string_append_printf (numbers, "%s%u", i > 0 ? "," : "", step->number);
  }
  printf ("# seed %u: %s\n# again: simulate --seed %u --only %s\n", seed, found, seed,
          numbers->str);
}

/* The program -------------------------------------------------------------------------- */

typedef struct {
  gint first, count, seed;
  char *only;
  gboolean no_shrink;
} Options;

static guint32 seed_under_way;

/* What the programs log of a machine that has no power or no room. */
static GLogWriterOutput say_nothing (GLogLevelFlags level, const GLogField *fields, gsize count,
                                     gpointer data)
{
  return (level & (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL)) != 0
             ? g_log_writer_standard_streams (level, fields, count, data)
             : G_LOG_WRITER_HANDLED;
}

static void on_abort (int number)
{
  char text[80];
  int length = snprintf (text, sizeof text, "Bail out! at seed %u\n", seed_under_way);

  if (write (STDOUT_FILENO, text, (gsize) length) < 0)
    _exit (3);
}

static gboolean try_seed (const char *folder, guint32 seed, const Options *options, guint64 *trace,
                          guint *restores)
{
  GArray *steps = draw_steps (seed);
  g_autofree char *found = NULL;

  seed_under_way = seed;
  if (options->only != NULL) {
    GArray *some = only_those (steps, options->only);

    g_array_unref (steps);
    steps = some;
  }
  found = run_seed (folder, seed, steps, trace, restores);
  if (found != NULL) {
    if (!options->no_shrink)
      steps = shrink (folder, seed, steps);
    g_clear_pointer (&found, g_free);
    found = run_seed (folder, seed, steps, NULL, NULL);
    tell (seed, steps, found != NULL ? found : "it does not fail again: not all is the seed's");
  }
  g_array_unref (steps);
  return found == NULL;
}

static gboolean run_all (const char *folder, const Options *options)
{
  guint failed = 0, restores = 0;
  guint64 first = 0, again = 0;

  for (gint i = 0; i < options->count && failed == 0; i++)
    failed += !try_seed (folder, (guint32) (options->first + i), options, i == 0 ? &first : NULL,
                         &restores);
  printf ("%sok 1 - %d seeds from %d, %u of them with a hub restored\n", failed > 0 ? "not " : "",
          options->count, options->first, restores);
  if (failed == 0)
    try_seed (folder, (guint32) options->first, options, &again, NULL);
  printf ("%sok 2 - one seed decides everything\n", failed == 0 && first != again ? "not " : "");
  return failed == 0 && first == again;
}

static gboolean parse (Options *options, int *argc, char ***argv)
{
  const GOptionEntry entries[] = {
    { "first", 0, 0, G_OPTION_ARG_INT, &options->first, NULL, NULL },
    { "seeds", 0, 0, G_OPTION_ARG_INT, &options->count, NULL, NULL },
    { "seed", 0, 0, G_OPTION_ARG_INT, &options->seed, NULL, NULL },
    { "only", 0, 0, G_OPTION_ARG_STRING, &options->only, NULL, NULL },
    { "no-shrink", 0, 0, G_OPTION_ARG_NONE, &options->no_shrink, NULL, NULL },
    { 0 },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  g_option_context_add_main_entries (context, entries, NULL);
  return g_option_context_parse (context, argc, argv, NULL);
}

int main (int argc, char **argv)
{
  const char *seeds = g_getenv ("SEEDS");
  Options options = { .first = 1, .count = seeds != NULL ? atoi (seeds) : SEEDS_USUAL };
  g_autofree char *folder = NULL;
  gboolean good;

  if (!parse (&options, &argc, &argv))
    return 2;
  setvbuf (stdout, NULL, _IOLBF, 0);
  signal (SIGABRT, on_abort);
  g_log_set_writer_func (say_nothing, NULL, NULL);
  congress_take_over_chance ();
  randombytes_set_implementation (&CHANCE);
  sign_start ();
  sqlite3_config (SQLITE_CONFIG_MEMSTATUS, 0);
  disk_install ();
  client_start ();
  folder = congress_folder ();
  make_templates (folder);
  if (options.seed != 0) {
    options.first = options.seed;
    options.count = 1;
  }
  printf ("1..2\n");
  good = run_all (folder, &options);
  congress_remove_folder (folder);
  return good ? 0 : 1;
}
