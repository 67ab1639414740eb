/* world.h: the congress that a seed decides: machines with their programs, disks and
 * clocks, what the network does between them, and what was promised to whom.
 *
 * One seed decides everything: libsodium's random numbers too. There is one world at a
 * time, and one thread works while the others (the hub's writer is one) wait.
 *
 *   world_make_templates ();  once: hub and stations, enrolled and in step
 *   world_begin (&world, seed); step_do (&world, …) …; heal (&world); world_end (&world);
 *
 * Where something does not hold, world.fault says what. */
#pragma once

#include "kit/memory_log.h"

#include "disk.h"
#include "replication/hub_parts.h"
#include "replication/lease.h"
#include "station/gate.h"
#include "sync/client.h"
#include "wire.h"

#define PEOPLE 4
#define DOORS 2

/* Hubs of one log have one name; so has a copy of a station. */
enum { NAME_HUB, NAME_EST_1, NAME_EST_2, NAME_OUEST_1, NAME_COUNT };
enum { HUB_A, HUB_B, EST_1, EST_2, OUEST_1, CLONE, MACHINES };
#define HUBS 2
#define STATIONS 3
/* It gets no more than a gate does. */
#define GATE OUEST_1
#define WORLD_GATE_NAME NAME_OUEST_1

typedef enum {
  STEP_SCAN,
  STEP_IMPORT,
  STEP_PUSH,
  STEP_PULL,
  STEP_FOLLOW,   /* a hub reads what others have written to the log */
  STEP_LEASE,    /* a hub does what only one of them may */
  STEP_CUT_SOON, /* the power goes some operations of the disk later */
  STEP_CUT,      /* it goes now */
  STEP_KILL,     /* all programs of a machine, and they start again */
  STEP_STOP,     /* the same in good order */
  STEP_FULL,     /* its disk, for a while */
  STEP_COPY_BACK,
  STEP_TIME,
  STEP_SKEW,
  STEP_BACK_UP,
  STEP_RESTORE,
  STEP_CLONE,     /* a station's disk is copied, and both go on */
  STEP_FORGE,     /* somebody sends what he may not */
  STEP_FAIL_OVER, /* the log's server has another history */
  STEP_COUNT
} StepKind;

typedef struct {
  StepKind kind;
  guint machine;
  guint32 seed;
  guint number; /* from 1 */
} Step;

typedef struct {
  guint index, name;
  char *folder, *db;
  Disk *disk;
  gint64 skew_ms;
  gboolean exists, up;
  guint full_for;   /* steps */
  Journal *journal; /* of doors and commands */
  Gate *gates[DOORS];
  Journal *sync; /* a station's, with: */
  Client *push, *pull;
  HubParts *parts; /* a hub's, with: */
  Lease *lease;
  gint64 held;                 /* of its own facts: acknowledged, and there */
  gint64 promised[NAME_COUNT]; /* a hub: the same of the stations' */
  GBytes *copy;                /* of its file, by backup, with: */
  gint64 copy_held[NAME_COUNT];
  gboolean strange; /* one of two machines with one history, or older than itself: and: */
  gboolean refused; /* the hub has said so */
} Machine;

typedef struct {
  guint32 seed;
  gboolean shared; /* two hubs, one log */
  GRand *rand;     /* of the present step */
  gint64 now_ms;
  Machine machines[MACHINES];
  GPtrArray *histories[NAME_COUNT]; /* Hash of every fact, by seq: what each is to be */
  GHashTable *others[NAME_COUNT];   /* where a machine of the name is strange: its facts' */
  gint64 promised[NAME_COUNT];      /* of the stations' facts, by any hub */
  WireRequest *pushed;              /* the last that was sent */
  GPtrArray *late;                  /* WireRequest, which will come yet */
  gboolean watched;                 /* what each station is to be is known */
  gboolean calm, nested;
  guint restores, clones;
  guint64 trace; /* of all that was seen: two runs of one seed are the same */
  char *fault;
  const Step *step;
} World;

extern const char *const WORLD_NAMES[NAME_COUNT];
extern const char *const WORLD_MACHINES[MACHINES];
extern char *world_tickets[PEOPLE];

/* world.c ------------------------------------------------------------------------------ */

/* Once, before the first world; and what it leaves. */
void world_make_templates (const char *folder);
void world_free_templates (void);

void world_begin (World *world, guint32 seed);
void world_end (World *world);
G_GNUC_PRINTF (2, 3) void world_fault (World *world, const char *format, ...);
void world_note (World *world, guint64 value);
/* NAME_COUNT if it is nobody's. */
guint world_name_of (const char *station);
gboolean world_is_hub (const Machine *machine);
Clock machine_clock (Machine *machine);

/* FALSE if it cannot be started now: its disk is full, say. */
gboolean machine_up (World *world, Machine *machine);
void machine_down (Machine *machine);
/* The power went during the last call: what it said is nobody's any more. */
gboolean machine_went_down (Machine *machine);
/* Its file is what @bytes are; it is down afterwards. */
void machine_load (Machine *machine, GBytes *bytes);
/* The copy of a station: where it stands. */
void machine_place_copy (World *world, Machine *machine, guint station);
/* The copy of a hub that is up, as `accueil-hub backup` makes it; NULL: it could not. */
GBytes *machine_copy (Machine *machine);

/* network.c ---------------------------------------------------------------------------- */

/* A WireCarrier; @data: the world. */
gboolean network_carry (const WireRequest *request, WireAnswer *answer, gpointer data);
/* Some of what was delayed comes now, in any order; or all. */
void network_deliver_late (World *world, gboolean all);
/* The answer's status to who sends that; 0: none came. */
guint network_send (World *world, const WireRequest *request);

/* steps.c ------------------------------------------------------------------------------ */

/* What a seed does; Step, free with g_array_unref(). */
GArray *step_draw (guint32 seed);
const char *step_name (StepKind kind);
/* Which machine a step concerns. */
guint step_machine (const World *world, const Step *step);
void step_do (World *world, const Step *step);
/* One exchange of a station; how many facts moved. */
guint step_sync (World *world, Machine *machine, gboolean push);

/* invariants.c ------------------------------------------------------------------------- */

/* The heads of one replica against what was acknowledged and written. */
void invariants_check (World *world, Machine *machine);
/* What a journal_commit() that was TRUE has promised. */
void invariants_acknowledge (World *world, Machine *machine);
/* A hub has answered that it holds so many of @name. */
void invariants_promise (World *world, Machine *hub, guint name, gint64 seq);
/* Whether what only the hub's teams may know is at a gate. */
void invariants_check_gate (World *world);
/* What a hub has lost a desk has to give back: a gate holds parts. */
gboolean invariants_may_restore (World *world, const Machine *hub);
/* Its disk is lost, and a copy of it in its place: what is now to be expected of it. */
void invariants_expect_restored (World *world, Machine *machine);
/* From now on two machines may have histories of that name. */
void invariants_expect_fork (World *world, guint name);

/* heal.c ------------------------------------------------------------------------------- */

/* Power, room and network everywhere: then all that was acknowledged is everywhere. */
void heal (World *world);
/* TRUE while anything still moves. */
gboolean heal_round (World *world);
