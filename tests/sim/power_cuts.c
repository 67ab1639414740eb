/* A day of a station and its hub, and a power cut at every point of it: whenever one
 * of their disks is told to write, sync, truncate or delete, what it would hold if
 * the power went there is looked at: the replica opens, and holds all that was
 * acknowledged by then, at the door and to the station. With disks that lie about
 * syncing, and with synchronous=NORMAL, facts are lost: so the test would see it.
 *
 * POINTS: about so many of all points, 0 for all. TAP. */
#include "congress.h"
#include "disk.h"
#include "handles.h"
#include "wire.h"

#include "journal/query.h"
#include "replication/enrolment.h"
#include "station/gate.h"
#include "sync/client.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PEOPLE 150
#define ROUNDS 450
#define POINTS_USUAL 1000
#define POINTS_OF_CONTROLS 150
#define SEED 1
#define VERIFY_EVERY 10 /* points */
#define WRITE_EVERY 25

typedef enum { DAY_AS_IT_IS, DAY_LYING, DAY_NORMAL } Kind;

typedef struct {
  const char *name; /* of its station */
  char *folder, *db;
  Disk *disk;
  Journal *journal;
  gint64 held; /* of its own facts, acknowledged */
} Machine;

typedef struct {
  Kind kind;
  char *scratch, *scratch_db;
  Disk *scratch_disk;
  GRand *chance, *cuts; /* of the day; of what a disk keeps */
  Machine hub, station;
  HubParts *parts;
  gint64 promised; /* of the station's facts, by the hub */
  gint64 now_ms;
  guint64 operations, stride;
  guint points, lost;
  char *first_loss;
  char *tickets[PEOPLE];
} Run;

static Run *the_run;

static gint64 clock_of (gpointer data)
{
  return the_run->now_ms;
}

/* Stands before GLib's for all that is linked here, far ahead of the real clock: so
 * that the hub's writer does nothing by a timer while the station is looked at. */
gint64 g_get_monotonic_time (void)
{
  return (the_run != NULL ? the_run->now_ms : 0) * 1000 + G_GINT64_CONSTANT (1000000000000000);
}

static Clock day_clock (void)
{
  return (Clock){ .now_ms = clock_of };
}

/* A point ------------------------------------------------------------------------------ */

static void lose (Run *run, const Machine *machine, const char *what)
{
  run->lost++;
  if (run->first_loss == NULL)
    run->first_loss = g_strdup_printf ("%s, operation %" G_GUINT64_FORMAT ": %s", machine->name,
                                       run->operations, what);
}

static void lose_after (Run *run, const Machine *machine, const char *station, gint64 seq,
                        gint64 acknowledged)
{
  g_autofree char *text = g_strdup_printf ("facts of %s reach to %lld, %lld were acknowledged",
                                           station, (long long) seq, (long long) acknowledged);

  lose (run, machine, text);
}

static void check_head (Run *run, const Machine *machine, Journal *journal, const char *station,
                        gint64 acknowledged)
{
  gint64 seq = 0;

  if (!journal_head (journal, station, &seq, NULL, NULL) || seq < acknowledged)
    lose_after (run, machine, station, seq, acknowledged);
}

/* It is not only there: it can be worked with. */
static void write_one (Run *run, const Machine *machine, Journal *journal)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *subject = g_strconcat ("call:", machine->name, NULL);

  if (!journal_begin (journal, &error)
      || !journal_finish (
          journal,
          journal_append (journal, "call", subject, "{\"checkpoint\":\"e\"}", NULL, &error),
          &error))
    lose (run, machine, error->message);
}

/* As a machine that starts: with a connection of its own. */
static void look (Run *run, const Machine *machine)
{
  g_autoptr (GError) error = NULL;
  Journal *journal;

  disk_image (machine->disk, run->cuts, run->scratch_disk);
  run->points++;
  journal = journal_open (run->scratch_db, day_clock (), &error);
  if (journal == NULL) {
    lose (run, machine, error->message);
    return;
  }
  check_head (run, machine, journal, machine->name, machine->held);
  if (machine == &run->hub)
    check_head (run, machine, journal, run->station.name, run->promised);
  if (run->points % VERIFY_EVERY == 0 && !journal_verify (journal, NULL, NULL, NULL, &error))
    lose (run, machine, error->message);
  if (run->points % WRITE_EVERY == 0 && error == NULL)
    write_one (run, machine, journal);
  journal_close (journal);
  handles_close (run->scratch);
}

static void on_operation (Disk *disk, gpointer data)
{
  Run *run = the_run;

  if (++run->operations % run->stride == 0)
    look (run, data);
}

/* The day ------------------------------------------------------------------------------ */

static gboolean runs (gpointer data)
{
  return TRUE;
}

static gboolean carry (const WireRequest *request, WireAnswer *answer, gpointer data)
{
  Run *run = data;

  wire_serve (run->parts, request, runs, NULL, answer);
  if (answer->status == 200 && strcmp (request->path, "/v1/facts") == 0) {
    g_autoptr (JsonIn) in
        = json_in_parse ((const char *) answer->body->data, answer->body->len, NULL);

    run->promised = MAX (run->promised, json_in_int (json_in_root (in), "seq"));
  }
  return TRUE;
}

static HubParts *parts_start (Run *run)
{
  HubParts *parts = g_new0 (HubParts, 1);
  g_autoptr (GError) error = NULL;

  parts->db = g_strdup (run->hub.db);
  parts->name = g_strdup (run->hub.name);
  parts->clock = day_clock ();
  parts->readers = replica_pool_new (parts->db, parts->clock);
  parts->quota = quota_new ();
  parts->own_head = own_head_new (run->hub.journal, &error);
  parts->epochs = epoch_open (run->hub.journal, &error);
  parts->writer = writer_new (parts->db, parts->clock, NULL, NULL, &error);
  parts->chores = chores_new (parts->db, parts->clock, NULL, &error);
  g_assert_no_error (error);
  return parts;
}

static void acknowledge (Machine *machine)
{
  g_assert_true (journal_head (machine->journal, machine->name, &machine->held, NULL, NULL));
}

static void scan (Run *run, Gate *gate)
{
  g_auto (GateResult) result = { 0 };
  g_autoptr (GError) error = NULL;
  guint who = (guint) g_rand_int_range (run->chance, 0, PEOPLE);

  g_assert_true (gate_scan (gate, run->tickets[who], &result, &error));
  g_assert_no_error (error);
  acknowledge (&run->station);
}

static void import (Run *run)
{
  g_autofree char *reference
      = g_strdup_printf ("FR-%d", g_rand_int_range (run->chance, 1, PEOPLE + 1));

  congress_append (
      run->hub.journal, "registration", reference,
      "{\"family\":\"Le Goff\",\"given\":\"Aurélien\",\"category\":\"elu\",\"events\":["
      "\"rencontres\"],\"days\":[\"26\"],\"meals\":true}");
  acknowledge (&run->hub);
}

static void copy_back (Machine *machine)
{
  guint pages;

  g_assert_true (journal_checkpoint (machine->journal, &pages, NULL));
}

static void work (Run *run, Client *client, Gate *gate)
{
  g_autoptr (GError) error = NULL;
  guint count;

  for (guint round = 1; round <= ROUNDS; round++) {
    run->now_ms += 1000;
    scan (run, gate);
    if (round % 4 == 0)
      g_assert_true (client_push (client, &count, &error));
    if (round % 9 == 0)
      import (run);
    if (round % 10 == 0)
      g_assert_true (client_pull (client, 0, NULL, &count, &error));
    if (round % 25 == 0)
      copy_back (&run->station);
    if (round % 30 == 0)
      copy_back (&run->hub);
    g_assert_no_error (error);
  }
}

static void machine_open (Run *run, Machine *machine, const char *folder, const char *name)
{
  g_autoptr (GError) error = NULL;

  machine->name = name;
  machine->folder = g_build_filename (folder, name, NULL);
  machine->db = g_build_filename (machine->folder, "a.db", NULL);
  g_mkdir_with_parents (machine->folder, 0700);
  machine->disk = disk_new (machine->db);
  machine->journal = journal_create (machine->db, name, day_clock (), &error);
  g_assert_no_error (error);
}

static void machine_close (Machine *machine)
{
  journal_close (machine->journal);
  handles_close (machine->folder);
  disk_free (machine->disk);
  congress_remove_folder (machine->folder);
  g_free (machine->folder);
  g_free (machine->db);
}

static void enrol (Run *run)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *code
      = enrolment_invite (run->hub.journal, run->station.name, "https://hub", "sha256//x", &error);
  gint64 taken;

  g_assert_true (client_enrol (run->station.journal, code, &taken, &error));
  g_assert_no_error (error);
}

static void watch (Run *run, Machine *machine)
{
  acknowledge (machine);
  disk_set_lying (machine->disk, run->kind == DAY_LYING);
  disk_watch (machine->disk, on_operation, machine);
}

/* @points 0: all. Answers how many operations there were. */
static guint64 live (Run *run, const char *folder, Kind kind, guint64 stride)
{
  g_autoptr (GError) error = NULL;
  Client *client;
  Gate *gate;

  *run = (Run){ .kind = kind, .stride = stride, .now_ms = congress_begin_ms () };
  the_run = run;
  congress_seed (SEED);
  run->chance = g_rand_new_with_seed (SEED);
  run->cuts = g_rand_new_with_seed (SEED);
  run->scratch = g_build_filename (folder, "scratch", NULL);
  run->scratch_db = g_build_filename (run->scratch, "a.db", NULL);
  g_mkdir_with_parents (run->scratch, 0700);
  g_assert_true (g_file_set_contents (run->scratch_db, "", 0, NULL));
  run->scratch_disk = disk_new (run->scratch_db);
  wire_set_carrier (carry, run);
  machine_open (run, &run->hub, folder, "hub");
  machine_open (run, &run->station, folder, "est-1");
  congress_make (run->hub.journal, "assets/demo/congress.ini", run->tickets, PEOPLE);
  run->parts = parts_start (run);
  enrol (run);
  if (kind == DAY_NORMAL)
    g_assert_true (journal_execute (run->station.journal, "PRAGMA synchronous = NORMAL", NULL));
  client = client_new (run->station.journal, &error);
  gate = gate_open (run->station.journal, "entree-est", &error);
  g_assert_no_error (error);
  watch (run, &run->hub);
  watch (run, &run->station);
  work (run, client, gate);
  disk_watch (run->hub.disk, NULL, NULL);
  disk_watch (run->station.disk, NULL, NULL);
  client_free (client);
  gate_close (gate);
  hub_parts_free (run->parts);
  machine_close (&run->hub);
  machine_close (&run->station);
  disk_free (run->scratch_disk);
  congress_remove_folder (run->scratch);
  g_free (run->scratch);
  g_free (run->scratch_db);
  g_rand_free (run->chance);
  g_rand_free (run->cuts);
  for (guint i = 0; i < PEOPLE; i++)
    g_free (run->tickets[i]);
  return run->operations;
}

/* The program -------------------------------------------------------------------------- */

static GLogWriterOutput say_nothing (GLogLevelFlags level, const GLogField *fields, gsize count,
                                     gpointer data)
{
  return (level & (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL)) != 0
             ? g_log_writer_standard_streams (level, fields, count, data)
             : G_LOG_WRITER_HANDLED;
}

static gboolean tell (guint number, gboolean good, Run *run, const char *what)
{
  printf ("%sok %u - %s: %u points of %" G_GUINT64_FORMAT ", at %u of them something is lost\n",
          good ? "" : "not ", number, what, run->points, run->operations, run->lost);
  if (run->first_loss != NULL)
    printf ("# first: %s\n", run->first_loss);
  g_clear_pointer (&run->first_loss, g_free);
  return good;
}

int main (int argc, char **argv)
{
  const char *said = g_getenv ("POINTS");
  guint64 points = said != NULL ? (guint64) atoi (said) : POINTS_USUAL, all;
  g_autofree char *folder = NULL;
  gboolean good;
  Run run;

  setvbuf (stdout, NULL, _IOLBF, 0);
  g_log_set_writer_func (say_nothing, NULL, NULL);
  congress_take_over_chance ();
  sign_start ();
  sqlite3_config (SQLITE_CONFIG_MEMSTATUS, 0);
  disk_install ();
  client_start ();
  folder = congress_folder ();
  printf ("1..3\n");
  all = live (&run, folder, DAY_AS_IT_IS, G_MAXUINT64); /* only counts */
  live (&run, folder, DAY_AS_IT_IS, points > 0 ? MAX (all / points, 1) : 1);
  good = tell (1, run.lost == 0, &run, "nothing acknowledged is lost");
  live (&run, folder, DAY_LYING, MAX (all / POINTS_OF_CONTROLS, 1));
  good = tell (2, run.lost > 0, &run, "disks that do not sync are found") && good;
  live (&run, folder, DAY_NORMAL, MAX (all / POINTS_OF_CONTROLS, 1));
  good = tell (3, run.lost > 0, &run, "synchronous=NORMAL is found") && good;
  congress_remove_folder (folder);
  return good ? 0 : 1;
}
