/* SQLite's memory: whatever is taken, given back by whom, and taken again, no two blocks
 * lie over one another, and what is in them stays. */
#include "journal/sqlite_memory.h"

#include <glib.h>
#include <malloc.h>
#include <sqlite3.h>
#include <string.h>

#define HELD 300 /* far more than are kept of a size */
#define TURNS 40000

/* At the edges of the sizes that are kept, and beyond them. */
static const int SIZES[]
    = { 1, 8, 63, 64, 65, 128, 500, 1016, 1023, 1024, 1025, 1088, 5000, 70000 };

typedef struct {
  guint8 *bytes;
  guint8 mark;
} Held;

typedef struct {
  guint32 seed;
  Held held[HELD];
} Holder;

/* All of it, with what SQLite may take for its own beyond what it asked for. */
static void fill (Held *held, guint8 mark)
{
  held->mark = mark;
  memset (held->bytes, mark, (gsize) sqlite3_msize (held->bytes));
}

static void look (const Held *held, gsize length)
{
  for (gsize i = 0; i < length; i++)
    g_assert_cmpuint (held->bytes[i], ==, held->mark);
}

static void turn (Held *held, GRand *chance, int bytes)
{
  if (held->bytes == NULL)
    held->bytes = sqlite3_malloc (bytes);
  else {
    gsize before = (gsize) sqlite3_msize (held->bytes);

    look (held, before);
    if (g_rand_boolean (chance)) {
      g_clear_pointer (&held->bytes, sqlite3_free);
      return;
    }
    held->bytes = sqlite3_realloc (held->bytes, bytes);
    look (held, MIN (before, (gsize) bytes));
  }
  g_assert_nonnull (held->bytes);
  g_assert_cmpuint (sqlite3_msize (held->bytes), >=, (guint64) bytes);
  fill (held, (guint8) g_rand_int (chance));
}

static gpointer hold (gpointer data)
{
  Holder *holder = data;
  g_autoptr (GRand) chance = g_rand_new_with_seed (holder->seed);

  for (guint i = 0; i < TURNS; i++)
    turn (&holder->held[g_rand_int_range (chance, 0, HELD)], chance,
          SIZES[g_rand_int_range (chance, 0, G_N_ELEMENTS (SIZES))]);
  return NULL;
}

/* What one thread has taken another gives back, when the first has ended. */
static void test_blocks (void)
{
  Holder holders[3] = { { .seed = 1 }, { .seed = 2 }, { .seed = 3 } };
  GThread *threads[3];

  for (guint i = 0; i < G_N_ELEMENTS (holders); i++)
    threads[i] = g_thread_new ("holder", hold, &holders[i]);
  for (guint i = 0; i < G_N_ELEMENTS (holders); i++)
    g_thread_join (threads[i]);
  hold (&holders[0]);
  for (guint i = 0; i < G_N_ELEMENTS (holders); i++)
    for (guint j = 0; j < HELD; j++)
      if (holders[i].held[j].bytes != NULL) {
        look (&holders[i].held[j], (gsize) sqlite3_msize (holders[i].held[j].bytes));
        sqlite3_free (holders[i].held[j].bytes);
      }
}

/* A thread keeps so many of a size and no more; with its end they are let go. */
static gpointer give_back (gpointer unused)
{
  static void *blocks[HELD * 40];
  gsize before = mallinfo2 ().uordblks, after;

  (void) unused;
  for (guint i = 0; i < G_N_ELEMENTS (blocks); i++)
    blocks[i] = sqlite3_malloc (1000);
  for (guint i = 0; i < G_N_ELEMENTS (blocks); i++)
    sqlite3_free (blocks[i]);
  after = mallinfo2 ().uordblks;
  g_assert_cmpuint (after, <, before + 2 * SQLITE_MEMORY_KEPT_MAX * 1024);
  return NULL;
}

static void test_kept (void)
{
  g_thread_join (g_thread_new ("giver", give_back, NULL));
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  sqlite_memory_use ();
  g_test_add_func ("/sqlite-memory/blocks", test_blocks);
  g_test_add_func ("/sqlite-memory/kept", test_kept);
  return g_test_run ();
}
