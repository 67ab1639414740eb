#include "journal/sqlite_memory.h"

#include <glib.h>
#include <malloc.h>
#include <sqlite3.h>
#include <stdlib.h>

#if defined(__SANITIZE_ADDRESS__)
#define KEEPS FALSE
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define KEEPS FALSE
#endif
#endif
#ifndef KEEPS
#define KEEPS TRUE
#endif

/* The sizes are those of glibc's own blocks, so that nothing is lost: 24 bytes, 40, 56 and
 * so on up to 1,032. Larger ones come from malloc. */
#define STEP 16
#define HEAD 8
#define SIZES 65

typedef struct Block Block;
struct Block {
  Block *next;
};

typedef struct {
  Block *first[SIZES + 1]; /* by size */
  guint count[SIZES + 1];
  guint bytes;
  gboolean begun, ended; /* the thread's end is waited for; it has come */
} Kept;

static _Thread_local Kept kept;

void sqlite_memory_release (void)
{
  for (guint size = 0; size <= SIZES; size++) {
    while (kept.first[size] != NULL) {
      Block *block = kept.first[size];

      kept.first[size] = block->next;
      free (block);
    }
    kept.count[size] = 0;
  }
  kept.bytes = 0;
}

static void let_go (gpointer unused)
{
  (void) unused;
  kept.ended = TRUE;
  sqlite_memory_release ();
}

static void *take (int bytes)
{
  guint size = ((guint) bytes + HEAD + STEP - 1) / STEP;
  Block *block;

  if (size > SIZES)
    return malloc ((gsize) bytes);
  block = kept.first[size];
  if (block == NULL)
    return malloc ((gsize) bytes);
  kept.first[size] = block->next;
  kept.count[size]--;
  kept.bytes -= size * STEP;
  return block;
}

/* A thread that has ended keeps nothing. */
static gboolean keeps (guint size)
{
  static GPrivate end = G_PRIVATE_INIT (let_go);

  if (size > SIZES || kept.count[size] == SQLITE_MEMORY_KEPT_MAX
      || kept.bytes + size * STEP > SQLITE_MEMORY_KEPT_BYTES || kept.ended)
    return FALSE;
  if (!kept.begun) {
    kept.begun = TRUE;
    g_private_set (&end, &kept);
  }
  return TRUE;
}

/* Of another thread's too. */
static void give (void *data)
{
  guint size = (guint) ((malloc_usable_size (data) + HEAD) / STEP);
  Block *block = data;

  if (!keeps (size)) {
    free (data);
    return;
  }
  block->next = kept.first[size];
  kept.first[size] = block;
  kept.count[size]++;
  kept.bytes += size * STEP;
}

static void *resize (void *data, int bytes)
{
  return realloc (data, (gsize) bytes);
}

static int size_of (void *data)
{
  return (int) malloc_usable_size (data);
}

static int rounded (int bytes)
{
  return (bytes + 7) & ~7;
}

static int begin (void *unused)
{
  (void) unused;
  return SQLITE_OK;
}

static void end (void *unused)
{
  (void) unused;
}

void sqlite_memory_use (void)
{
  static sqlite3_mem_methods methods = { take, give, resize, size_of, rounded, begin, end, NULL };

  if (KEEPS)
    sqlite3_config (SQLITE_CONFIG_MALLOC, &methods);
}
