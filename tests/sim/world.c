#include "world.h"

#include "congress.h"
#include "handles.h"
#include "journal/log_move.h"
#include "journal/page_copy.h"
#include "journal/query.h"
#include "replication/enrolment.h"
#include "replication/hub_addresses.h"

#include <string.h>
#include <unistd.h>

#define QUIET_ROUNDS 3
#define SCHEMA_COOKIE_AT 40 /* https://www.sqlite.org/fileformat.html */
#define SCHEMA_NUMBERS 100000

const char *const WORLD_NAMES[NAME_COUNT] = { "hub", "est-1", "est-2", "ouest-1" };
const char *const WORLD_MACHINES[MACHINES]
    = { "hub", "other-hub", "est-1", "est-2", "ouest-1", "clone" };
static const guint NAME_OF[MACHINES]
    = { NAME_HUB, NAME_HUB, NAME_EST_1, NAME_EST_2, NAME_OUEST_1, NAME_COUNT };
static const char *const URLS[HUBS] = { "https://hub", "https://other-hub" };
static const char *const CHECKPOINTS[DOORS] = { "entree-est", "dejeuner-26" };

char *world_tickets[PEOPLE];

static World *the_world; /* for the clocks */
static char *the_folder;
static GBytes *templates[2][MACHINES]; /* of one hub alone, and of two */
static MemoryLog *template_log;
/* For each of the two, with connections of their own; also for a copy of each station. */
static Disk *disks[2][MACHINES + STATIONS];

void world_fault (World *world, const char *format, ...)
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
                         world->step != NULL ? step_name (world->step->kind) : "the end", text);
}

void world_note (World *world, guint64 value)
{
  world->trace = (world->trace ^ value) * G_GUINT64_CONSTANT (1099511628211);
}

guint world_name_of (const char *station)
{
  for (guint i = 0; i < NAME_COUNT; i++)
    if (strcmp (WORLD_NAMES[i], station) == 0)
      return i;
  return NAME_COUNT;
}

gboolean world_is_hub (const Machine *machine)
{
  return machine->index < HUBS;
}

/* Clocks ------------------------------------------------------------------------------- */

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

Clock machine_clock (Machine *machine)
{
  return (Clock){ .now_ms = clock_of, .data = machine };
}

/* Up and down -------------------------------------------------------------------------- */

/* As hub_parts_start(), without watch and follower, which look by the clock: nobody
 * waits, and STEP_FOLLOW does what the follower would. And without snapshots, once all
 * are enrolled. */
static HubParts *parts_start (World *world, Machine *hub, GError **error)
{
  HubParts *parts = g_new0 (HubParts, 1);

  parts->db = g_strdup (hub->db);
  parts->name = g_strdup (WORLD_NAMES[NAME_HUB]);
  parts->clock = machine_clock (hub);
  parts->readers = replica_pool_new (hub->db, parts->clock);
  parts->quota = quota_new ();
  if ((parts->settling = settling_open (hub->journal, error)) != NULL
      && (parts->own_head = own_head_new (hub->journal, error)) != NULL
      && (parts->epochs = epoch_open (hub->journal, error)) != NULL
      && (parts->writer = writer_new (hub->db, parts->clock, NULL, NULL, error)) != NULL
      && (world->watched
          || (parts->chores = chores_new (hub->db, parts->clock, NULL, error)) != NULL))
    return parts;
  hub_parts_free (parts);
  return NULL;
}

static gboolean hub_up (World *world, Machine *hub, GError **error)
{
  hub->parts = parts_start (world, hub, error);
  if (hub->parts == NULL)
    return FALSE;
  hub->lease = lease_new ("webhooks-sender");
  return TRUE;
}

/* One that knows that its hub takes another's facts lets nobody in. */
static gboolean station_up (Machine *machine, GError **error)
{
  for (guint i = 0; i < DOORS; i++) {
    machine->gates[i] = gate_open (machine->journal, CHECKPOINTS[i],
                                   machine->strange && machine->refused ? NULL : error);
    if (machine->gates[i] == NULL && !(machine->strange && machine->refused))
      return FALSE;
  }
  return (machine->sync = journal_open (machine->db, machine_clock (machine), error)) != NULL
         && (machine->push = client_new (machine->sync, error)) != NULL
         && (machine->pull = client_new (machine->sync, error)) != NULL;
}

void machine_down (Machine *machine)
{
  g_clear_pointer (&machine->lease, lease_free);
  g_clear_pointer (&machine->parts, hub_parts_free);
  g_clear_pointer (&machine->push, client_free);
  g_clear_pointer (&machine->pull, client_free);
  g_clear_pointer (&machine->sync, journal_close);
  for (guint i = 0; i < DOORS; i++)
    g_clear_pointer (&machine->gates[i], gate_close);
  g_clear_pointer (&machine->journal, journal_close);
  if (machine->disk != NULL)
    disk_forget (machine->disk);
  machine->up = FALSE;
}

gboolean machine_up (World *world, Machine *machine)
{
  g_autoptr (GError) error = NULL;

  if (machine->up || !machine->exists)
    return machine->up;
  if (disk_is_cut (machine->disk))
    disk_mend (machine->disk, world->rand);
  machine->journal = journal_open (machine->db, machine_clock (machine), &error);
  if (machine->journal != NULL
      && (world_is_hub (machine) ? hub_up (world, machine, &error)
                                 : station_up (machine, &error))) {
    machine->up = TRUE;
    invariants_check (world, machine);
    return TRUE;
  }
  machine_down (machine);
  /* A hub needs its log to start; else only a disk may keep a machine from it. */
  if (!disk_is_cut (machine->disk) && machine->full_for == 0
      && !(world->shared && !world->calm && world_is_hub (machine)
           && g_error_matches (error, JOURNAL_ERROR, JOURNAL_ERROR_LOG)))
    world_fault (world, "%s does not start again: %s", WORLD_MACHINES[machine->index],
                 error->message);
  return FALSE;
}

gboolean machine_went_down (Machine *machine)
{
  if (!disk_is_cut (machine->disk))
    return FALSE;
  machine_down (machine);
  return TRUE;
}

static char *folder_of (gboolean shared, guint machine)
{
  g_autofree char *name
      = machine < MACHINES
            ? g_strdup (WORLD_MACHINES[machine])
            : g_strconcat (WORLD_MACHINES[EST_1 + machine - MACHINES], "-copy", NULL);

  return g_build_filename (the_folder, shared ? "shared" : "alone", name, NULL);
}

void machine_place_copy (World *world, Machine *machine, guint station)
{
  guint place = MACHINES + station - EST_1;

  g_free (machine->folder);
  g_free (machine->db);
  machine->folder = folder_of (world->shared, place);
  machine->db = g_build_filename (machine->folder, "a.db", NULL);
  machine->disk = disks[world->shared][place];
}

void machine_load (Machine *machine, GBytes *bytes)
{
  machine_down (machine);
  disk_load (machine->disk, bytes);
  machine->exists = TRUE;
}

/* SQLite tells by this number whether it has to read a file's tables anew. All copies
 * that it makes have the same, but connections are kept (handles.h): so a copy has its
 * original's, and each machine's template one of its own. */
static gint64 schema_number (Machine *machine)
{
  gint64 number = 0;

  query_number (machine->journal, "PRAGMA schema_version", &number, NULL);
  return number;
}

static void number_schema (char *bytes, gint64 number)
{
  guint32 written = GUINT32_TO_BE ((guint32) number);

  memcpy (bytes + SCHEMA_COOKIE_AT, &written, sizeof written);
}

static GBytes *copy_numbered (Machine *machine, gint64 number)
{
  g_autofree char *path = g_build_filename (the_folder, "copy.db", NULL), *bytes = NULL;
  gsize length = 0;
  gboolean good;

  g_unlink (path);
  good = page_copy_make (machine->journal, path, NULL) && !machine_went_down (machine)
         && g_file_get_contents (path, &bytes, &length, NULL);
  if (good)
    number_schema (bytes, number);
  return good ? g_bytes_new_take (g_steal_pointer (&bytes), length) : NULL;
}

GBytes *machine_copy (Machine *machine)
{
  return copy_numbered (machine, schema_number (machine));
}

/* Its tables were made anew: they are elsewhere in the file, and connections may not be
 * kept. */
static gboolean is_made_anew (Machine *machine)
{
  return machine->up && !disk_is_cut (machine->disk)
         && schema_number (machine) % SCHEMA_NUMBERS != 0;
}

/* Keys, tokens, epochs ----------------------------------------------------------------- */

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

/* The world ---------------------------------------------------------------------------- */

/* What may become of a hub's call to the log's server. */
static MemoryTrouble log_fate (gpointer data)
{
  const World *world = data;
  gint32 drawn_now;

  if (world->calm || world->rand == NULL)
    return MEMORY_LOG_WELL;
  drawn_now = g_rand_int_range (world->rand, 0, 100);
  return drawn_now == 0 ? MEMORY_LOG_BROKEN : drawn_now == 1 ? MEMORY_LOG_UNHEARD : MEMORY_LOG_WELL;
}

static void open_world (World *world, guint32 seed, gboolean shared)
{
  *world = (World){ .seed = seed, .trace = G_GUINT64_CONSTANT (14695981039346656037) };
  world->shared = shared;
  world->now_ms = congress_begin_ms ();
  world->late = g_ptr_array_new ();
  for (guint i = 0; i < MACHINES; i++) {
    Machine *machine = &world->machines[i];

    machine->index = i;
    machine->name = NAME_OF[i];
    machine->folder = folder_of (shared, i);
    machine->db = g_build_filename (machine->folder, "a.db", NULL);
    machine->disk = disks[shared][i];
  }
  for (guint i = 0; i < NAME_COUNT; i++)
    world->histories[i] = g_ptr_array_new_with_free_func (g_free);
  the_world = world;
  wire_set_carrier (network_carry, world);
  memory_log_set_fate (log_fate, world);
  drawn = seed;
}

/* All as the template has it; one or two hubs. */
void world_begin (World *world, guint32 seed)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);

  open_world (world, seed, g_rand_int_range (rand, 0, 3) == 0);
  world->calm = TRUE;
  if (world->shared)
    memory_log_load (template_log);
  world->rand = rand;
  for (guint i = 0; i < CLONE; i++)
    if (templates[world->shared][i] != NULL)
      machine_load (&world->machines[i], templates[world->shared][i]);
  for (guint i = 0; i < CLONE; i++)
    if (world->machines[i].exists && !machine_up (world, &world->machines[i]))
      world_fault (world, "%s does not start", WORLD_MACHINES[i]);
  for (guint i = 0; i < CLONE && world->fault == NULL; i++)
    if (world->machines[i].exists)
      invariants_acknowledge (world, &world->machines[i]);
  world->watched = TRUE;
  for (guint i = 0; i < CLONE && world->fault == NULL; i++)
    invariants_check (world, &world->machines[i]);
  world->calm = FALSE;
  world->rand = NULL;
}

void world_end (World *world)
{
  world->calm = TRUE;
  for (guint i = 0; i < MACHINES; i++) {
    Machine *machine = &world->machines[i];
    gboolean anew = is_made_anew (machine);

    machine_down (machine);
    disk_revive (machine->disk);
    if (anew)
      handles_close (machine->folder);
    g_clear_pointer (&machine->copy, g_bytes_unref);
    g_free (machine->folder);
    g_free (machine->db);
  }
  for (guint i = 0; i < NAME_COUNT; i++) {
    g_ptr_array_unref (world->histories[i]);
    g_clear_pointer (&world->others[i], g_hash_table_unref);
  }
  g_ptr_array_set_free_func (world->late, (GDestroyNotify) wire_request_free);
  g_ptr_array_unref (world->late);
  g_clear_pointer (&world->pushed, wire_request_free);
  g_free (world->fault);
  the_world = NULL;
}

/* Templates ---------------------------------------------------------------------------- */

static void enrol (Machine *hub, Machine *station)
{
  g_autoptr (GError) error = NULL;
  const char *name = WORLD_NAMES[station->name];
  g_autofree char *code = enrolment_invite (hub->journal, name, URLS[0], "sha256//x", &error);
  gint64 taken;

  g_assert_no_error (error);
  if (station->index == GATE)
    g_assert_true (enrolment_set_role (hub->journal, name, ROLE_GATE, &error));
  station->journal = journal_create (station->db, name, machine_clock (station), &error);
  g_assert_no_error (error);
  client_enrol (station->journal, code, &taken, &error);
  g_assert_no_error (error);
  station->exists = TRUE;
  machine_down (station);
}

static void calm_down (World *world)
{
  for (guint quiet = 0; quiet < QUIET_ROUNDS; quiet = heal_round (world) ? 0 : quiet + 1)
    g_assert_null (world->fault);
}

static void keep (World *world, gboolean shared)
{
  for (guint i = 0; i < CLONE; i++) {
    Machine *machine = &world->machines[i];

    if (!machine->exists)
      continue;
    g_assert_true (machine_up (world, machine));
    templates[shared][i]
        = copy_numbered (machine, (gint64) (1 + i + shared * MACHINES) * SCHEMA_NUMBERS);
    g_assert_nonnull (templates[shared][i]);
    machine_down (machine);
  }
}

static void make_alone (World *world)
{
  Machine *hub = &world->machines[HUB_A];
  g_autoptr (GError) error = NULL;

  hub->journal = journal_create (hub->db, WORLD_NAMES[NAME_HUB], machine_clock (hub), &error);
  g_assert_no_error (error);
  congress_make (hub->journal, "tests/sim/congress.ini", world_tickets, PEOPLE);
  hub->exists = TRUE;
  machine_down (hub);
  g_assert_true (machine_up (world, hub));
  for (guint i = 0; i < STATIONS; i++)
    enrol (hub, &world->machines[EST_1 + i]);
  calm_down (world);
}

/* The same hub, with its log on the server; and another. */
/* The same congress with its log on the server, and with another hub. */
static void make_shared (World *world)
{
  Machine *hub = &world->machines[HUB_A], *other = &world->machines[HUB_B];
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < CLONE; i++)
    if (templates[FALSE][i] != NULL)
      machine_load (&world->machines[i], templates[FALSE][i]);
  g_assert_true (machine_up (world, hub));
  g_assert_true (journal_share (hub->journal, MEMORY_LOG_ADDRESS, &error));
  g_assert_true (hub_addresses_note (hub->journal, URLS[HUB_A], &error));
  g_unlink (other->db); /* it makes its own */
  other->journal = journal_join (other->db, MEMORY_LOG_ADDRESS, machine_clock (other), &error);
  g_assert_no_error (error);
  g_assert_true (hub_addresses_note (other->journal, URLS[HUB_B], &error));
  other->exists = TRUE;
  machine_down (other);
  machine_down (hub);
  calm_down (world);
}

/* A place for each machine's file. journal_create() makes those of the first congress. */
static void make_place (gboolean shared, guint machine)
{
  g_autofree char *folder = folder_of (shared, machine),
                  *db = g_build_filename (folder, "a.db", NULL);

  g_mkdir_with_parents (folder, 0700);
  if (shared || machine >= CLONE)
    g_assert_true (g_file_set_contents (db, "", 0, NULL));
  disks[shared][machine] = disk_new (db);
}

void world_make_templates (const char *folder)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);

  randombytes_set_implementation (&CHANCE);
  log_engine_offer (&MEMORY_LOG);
  the_folder = g_strdup (folder);
  for (guint shared = FALSE; shared <= TRUE; shared++) {
    World world;

    for (guint i = 0; i < MACHINES + STATIONS; i++)
      make_place (shared != FALSE, i);
    open_world (&world, 1, shared != FALSE);
    world.calm = TRUE;
    world.rand = rand;
    if (shared)
      make_shared (&world);
    else
      make_alone (&world);
    keep (&world, shared != FALSE);
    world_end (&world);
  }
  template_log = memory_log_save ();
}

void world_free_templates (void)
{
  handles_close (the_folder);
  for (guint shared = FALSE; shared <= TRUE; shared++) {
    for (guint i = 0; i < MACHINES; i++)
      g_clear_pointer (&templates[shared][i], g_bytes_unref);
    for (guint i = 0; i < MACHINES + STATIONS; i++)
      disk_free (disks[shared][i]);
  }
  for (guint i = 0; i < PEOPLE; i++)
    g_clear_pointer (&world_tickets[i], g_free);
  memory_log_free (template_log);
  memory_log_load (NULL);
  g_clear_pointer (&the_folder, g_free);
}
