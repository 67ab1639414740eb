/* What several desks do that cannot see each other. SEED=n repeats a random run. */
#include "desk/desk.h"

#include "unit/access/replica.h"

#include <stdlib.h>

#define ZOE "Zoé"
#define STATIONS 4
#define PEOPLE 3
#define STEPS 150
#define SEEDS 12

/* A badge as the test saw it made, and what was known there: bit i for the i-th badge. */
typedef struct {
  guint person, serial, station;
  guint8 known[(STATIONS * STEPS + 7) / 8];
  gboolean voided;
} Made;

typedef struct {
  GRand *rand;
  char *folder;
  Journal *journals[STATIONS];
  gint64 now_ms[STATIONS];
  GArray *made; /* Made */
} World;

static gint64 station_now (gpointer data)
{
  return *(gint64 *) data += 7;
}

static guint below (World *world, guint limit)
{
  return (guint) g_rand_int_range (world->rand, 0, (gint32) limit);
}

/* Which of the badges made so far station @at has heard of. */
static void note_known (World *world, guint at, Made *made)
{
  for (guint i = 0; i < world->made->len; i++) {
    const Made *other = &g_array_index (world->made, Made, i);
    g_autofree char *sql = g_strdup_printf (
        "SELECT count (*) FROM badge WHERE reference = 'P-%u' AND serial = %u AND issuer = 's%u'",
        other->person, other->serial, other->station);
    if (other->person == made->person && number_of (world->journals[at], sql) == 1)
      made->known[i / 8] |= (guint8) (1 << i % 8);
  }
}

static gboolean knows (const Made *made, guint other)
{
  return made->known[other / 8] >> other % 8 & 1;
}

static void do_reprint (World *world)
{
  Made made = { .person = below (world, PEOPLE), .station = below (world, STATIONS) };
  g_autofree char *reference = g_strdup_printf ("P-%u", made.person);
  DeskResult result;
  note_known (world, made.station, &made);
  g_assert_true (desk_reprint (world->journals[made.station], reference, 0, ZOE, DESK_LOST, "",
                               &result, NULL));
  g_assert_cmpint (result.verdict, ==, DESK_PRINTING);
  made.serial = result.serial;
  for (guint i = 0; i < world->made->len; i++)
    g_array_index (world->made, Made, i).voided |= knows (&made, i);
  g_array_append_val (world->made, made);
}

static void do_void (World *world)
{
  Made seen = { .person = below (world, PEOPLE), .station = below (world, STATIONS) };
  g_autofree char *reference = g_strdup_printf ("P-%u", seen.person);
  DeskResult result;
  note_known (world, seen.station, &seen);
  g_assert_true (
      desk_void (world->journals[seen.station], reference, ZOE, DESK_LOST, "", &result, NULL));
  for (guint i = 0; i < world->made->len; i++)
    g_array_index (world->made, Made, i).voided |= knows (&seen, i);
}

/* Some of what @from holds of station @of. */
static void carry (World *world, guint from, guint to, guint of, guint limit)
{
  g_autofree char *name = g_strdup_printf ("s%u", of);
  gint64 seq = 0;
  g_assert_true (journal_head (world->journals[to], name, &seq, NULL, NULL));
  g_autoptr (GPtrArray) facts = journal_facts_of (world->journals[from], name, seq, limit, NULL);
  g_assert_true (journal_begin (world->journals[to], NULL));
  for (guint i = 0; i < facts->len; i++)
    g_assert_true (journal_receive (world->journals[to], facts->pdata[i], 1, NULL, NULL));
  g_assert_true (journal_commit (world->journals[to], NULL));
}

static void sync_all (World *world)
{
  for (guint round = 0; round < STATIONS; round++)
    for (guint from = 0; from < STATIONS; from++)
      for (guint to = 0; to < STATIONS; to++)
        for (guint of = 0; from != to && of < STATIONS; of++)
          carry (world, from, to, of, G_MAXINT);
}

static void begin (World *world, guint32 seed)
{
  world->rand = g_rand_new_with_seed (seed);
  world->folder = g_dir_make_tmp ("accueil-desk-XXXXXX", NULL);
  world->made = g_array_new (FALSE, TRUE, sizeof (Made));
  for (guint i = 0; i < STATIONS; i++) {
    g_autofree char *name = g_strdup_printf ("s%u", i),
                    *path = g_build_filename (world->folder, name, NULL);
    world->now_ms[i] = 1477440000000 + (gint64) below (world, 7200000)
                       - 3600000; /* clocks up to an hour wrong */
    world->journals[i] = journal_create (
        path, name, (Clock){ .now_ms = station_now, .data = &world->now_ms[i] }, NULL);
    for (guint person = 0; i == 0 && person < PEOPLE; person++) {
      g_autofree char *reference = g_strdup_printf ("P-%u", person);
      append (world->journals[0], "registration", reference, "{\"family\":\"Huë\"}");
    }
    carry (world, 0, i, 0, G_MAXINT);
  }
}

static void end (World *world)
{
  for (guint i = 0; i < STATIONS; i++)
    journal_close (world->journals[i]);
  g_autoptr (GDir) dir = g_dir_open (world->folder, 0, NULL);
  for (const char *name; (name = g_dir_read_name (dir));) {
    g_autofree char *path = g_build_filename (world->folder, name, NULL);
    g_remove (path);
  }
  g_rmdir (world->folder);
  g_free (world->folder);
  g_array_unref (world->made);
  g_rand_free (world->rand);
}

/* What must hold on the replica @at, which has all facts, about one person. Returns how
 * many badges nobody made void. */
static guint check_person (World *world, guint at, guint person)
{
  guint open = 0, good_count = 0;
  gboolean later = FALSE;
  const Made *last = NULL;
  for (guint i = 0; i < world->made->len; i++) {
    const Made *made = &g_array_index (world->made, Made, i);
    if (made->person != person)
      continue;
    g_autofree char *sql = g_strdup_printf (
        "SELECT good FROM badge_state WHERE reference = 'P-%u' AND serial = %u AND issuer = 's%u'",
        person, made->serial, made->station);
    gboolean good = number_of (world->journals[at], sql) == 1;
    open += !made->voided;
    good_count += good;
    /* Nothing that anybody who knew of it has replaced or made void opens a door. */
    g_assert_false (good && made->voided);
    if (last == NULL || made->serial > last->serial)
      last = made;
    later |= last->voided;
  }
  g_assert_cmpuint (good_count, <=, 1);
  g_assert_cmpuint (open > 0 && good_count == 0 ? later : TRUE, ==,
                    TRUE); /* there is a good one, unless the last was made void */
  g_autofree char *conflict = g_strdup_printf (
      "SELECT count (*) FROM conflict WHERE reference = 'P-%u' AND NOT closed", person);
  g_autofree char *alert = g_strdup_printf (
      "SELECT count (*) FROM alert WHERE kind = 'conflict' AND reference = 'P-%u' AND NOT closed",
      person);
  g_assert_cmpint (number_of (world->journals[at], conflict), ==, open > 1);
  g_assert_cmpint (number_of (world->journals[at], alert), ==, open > 1);
  return open;
}

static void test_offline (gconstpointer data)
{
  guint32 seed = GPOINTER_TO_UINT (data);
  guint conflicts = 0;
  World world = { 0 };
  g_test_message ("SEED=%u", seed);
  begin (&world, seed);
  for (guint i = 0; i < STEPS; i++) {
    guint drawn = below (&world, 100), from = below (&world, STATIONS),
          to = below (&world, STATIONS);
    if (drawn < 20)
      do_reprint (&world);
    else if (drawn < 24)
      do_void (&world);
    else if (from != to)
      carry (&world, from, to, below (&world, STATIONS), 1 + below (&world, 6));
  }
  sync_all (&world);
  for (guint person = 0; person < PEOPLE; person++) {
    guint open = check_person (&world, 0, person);
    conflicts += open > 1;
    for (guint at = 1; at < STATIONS; at++)
      g_assert_cmpuint (check_person (&world, at, person), ==, open);
  }
  g_test_message ("%u badges, %u of %d people in conflict", world.made->len, conflicts, PEOPLE);
  /* One more for each, by somebody who knows all, ends every conflict everywhere. */
  for (guint person = 0; person < PEOPLE; person++) {
    g_autofree char *reference = g_strdup_printf ("P-%u", person);
    DeskResult result;
    g_assert_true (
        desk_reprint (world.journals[person], reference, 0, ZOE, DESK_DAMAGED, "", &result, NULL));
  }
  sync_all (&world);
  for (guint at = 0; at < STATIONS; at++) {
    g_assert_cmpint (number_of (world.journals[at], "SELECT count (*) FROM badge_state WHERE good"),
                     ==, PEOPLE);
    g_assert_cmpint (
        number_of (world.journals[at],
                   "SELECT count (*) FROM badge_state WHERE good AND reason = 'damaged'"),
        ==, PEOPLE);
    g_assert_cmpint (number_of (world.journals[at], "SELECT count (*) FROM conflict"), ==, 0);
  }
  end (&world);
}

/* Two desks print one person's badge again at the same time: one of the two is good
 * everywhere, the same, and a person is told. */
static void test_two_desks (void)
{
  World world = { 0 };
  DeskResult first, second;
  begin (&world, 1);
  g_assert_true (desk_reprint (world.journals[1], "P-0", 0, ZOE, DESK_LOST, "", &first, NULL));
  g_assert_true (desk_reprint (world.journals[2], "P-0", 0, ZOE, DESK_LOST, "", &second, NULL));
  g_assert_cmpuint (first.serial, ==, second.serial);
  sync_all (&world);
  for (guint at = 0; at < STATIONS; at++) {
    g_assert_cmpint (number_of (world.journals[at], "SELECT count (*) FROM badge_state WHERE good"),
                     ==, 1);
    g_assert_cmpint (
        number_of (world.journals[at], "SELECT substr (issuer, 2) FROM badge_state WHERE good"), ==,
        number_of (world.journals[0], "SELECT substr (issuer, 2) FROM badge_state WHERE good"));
    g_assert_cmpint (
        number_of (world.journals[at],
                   "SELECT count (*) FROM conflict WHERE id = 'P-0@badge/2' AND stations = 2"),
        ==, 1);
  }
  end (&world);
}

int main (int argc, char **argv)
{
  const char *chosen = g_getenv ("SEED");
  g_test_init (&argc, &argv, NULL);
  guint32 base = chosen != NULL ? (guint32) g_ascii_strtoull (chosen, NULL, 10) : g_random_int ();
  g_test_add_func ("/desk_offline/two_desks", test_two_desks);
  for (guint i = 0; i < (chosen != NULL ? 1 : SEEDS); i++) {
    g_autofree char *path = g_strdup_printf ("/desk_offline/seed-%u", base + i);
    g_test_add_data_func (path, GUINT_TO_POINTER (base + i), test_offline);
  }
  return g_test_run ();
}
