#include "world.h"

#include <string.h>

static guint below (GRand *rand, guint end)
{
  return (guint) g_rand_int_range (rand, 0, (gint32) end);
}

static gboolean chance (GRand *rand, guint percent)
{
  return below (rand, 100) < percent;
}

static Machine *hub_at (World *world, const char *url)
{
  return &world->machines[g_str_has_suffix (url, "//other-hub") ? HUB_B : HUB_A];
}

static void promise (World *world, Machine *hub, const WireRequest *request,
                     const WireAnswer *answer)
{
  g_autoptr (JsonIn) in = NULL;
  JsonValue *root;

  if (!answer->sent || answer->status != 200 || strcmp (request->path, "/v1/facts") != 0)
    return;
  in = json_in_parse ((const char *) answer->body->data, answer->body->len, NULL);
  g_assert_nonnull (in);
  root = json_in_root (in);
  invariants_promise (world, hub, world_name_of (json_in_string (root, "station")),
                      json_in_int (root, "seq"));
}

static gboolean runs (gpointer machine)
{
  return !disk_is_cut (((Machine *) machine)->disk);
}

/* FALSE: the hub is away, or went away over it. */
static gboolean deliver (World *world, const WireRequest *request, WireAnswer *answer)
{
  Machine *hub = hub_at (world, request->url);

  if (!machine_up (world, hub))
    return FALSE;
  wire_serve (hub->parts, request, runs, hub, answer);
  promise (world, hub, request, answer);
  if (machine_went_down (hub))
    return FALSE;
  world_note (world, answer->status);
  invariants_check (world, hub);
  return TRUE;
}

guint network_send (World *world, const WireRequest *request)
{
  g_auto (WireAnswer) answer = { 0 };

  return deliver (world, request, &answer) ? answer.status : 0;
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
  static const StepKind KINDS[]
      = { STEP_SCAN, STEP_PUSH, STEP_PULL, STEP_IMPORT, STEP_KILL, STEP_FOLLOW };
  GRand *rand = world->rand;
  Step step
      = { KINDS[below (rand, G_N_ELEMENTS (KINDS))], 0, g_rand_int (rand), world->step->number };

  /* A hub; or another station than the one that waits. */
  if (step.kind == STEP_SCAN || step.kind == STEP_PUSH || step.kind == STEP_PULL)
    step.machine
        = EST_1 + (world->step->machine - EST_1 + 1 + below (rand, STATIONS - 1)) % STATIONS;
  else
    step.machine = below (rand, HUBS);
  world->nested = TRUE;
  step_do (world, &step);
  world->nested = FALSE;
  world->rand = rand;
}

static void keep_pushed (World *world, const WireRequest *request)
{
  if (request->body == NULL || strcmp (request->path, "/v1/facts") != 0)
    return;
  g_clear_pointer (&world->pushed, wire_request_free);
  world->pushed = wire_request_copy (request);
}

gboolean network_carry (const WireRequest *request, WireAnswer *answer, gpointer data)
{
  World *world = data;
  GRand *rand = world->rand;

  if (world->calm)
    return deliver (world, request, answer);
  keep_pushed (world, request);
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
    network_send (world, request); /* twice */
  if (!deliver (world, request, answer))
    return FALSE;
  if (!chance (rand, 8))
    return TRUE;
  wire_answer_clear (answer); /* lost on the way back */
  return FALSE;
}

void network_deliver_late (World *world, gboolean all)
{
  while (world->late->len > 0 && (all || chance (world->rand, 30))) {
    WireRequest *request
        = g_ptr_array_steal_index_fast (world->late, below (world->rand, world->late->len));

    network_send (world, request);
    wire_request_free (request);
  }
}
