/* machine_size.h: whether a machine is large enough for what its hub holds; howto.md, “How
 * large a server”, has the same numbers, and where they were measured.
 * Threads: reentrant. Nothing here fails or blocks. */
#pragma once

#include <glib.h>

/* Of a delegate's day at a congress: eight facts (two entrances, a badge and its printing,
 * a session, a meal), with all that is derived from them. */
#define MACHINE_SIZE_DAY_BYTES 4000
/* From so many delegates on the doors of a morning want a second processor: one writes,
 * the others read and check. */
#define MACHINE_SIZE_ONE_PROCESSOR 5000
/* Of memory: the system's and the hub's own; the replica is to fit in beside, and once
 * more while it is copied. */
#define MACHINE_SIZE_MEMORY_MB 512

typedef struct {
  guint processors;
  guint64 memory_mb, replica_mb, free_mb; /* free: where the replica lies */
  guint64 delegates;
} MachineSize;

typedef enum {
  MACHINE_SIZE_ENOUGH,
  MACHINE_SIZE_MEMORY, /* the first of these that is too small */
  MACHINE_SIZE_PROCESSORS,
  MACHINE_SIZE_DISK, /* for a day more, and a copy of it */
} MachineSizeWant;

/* *@least: how much it takes: MB, or processors. */
MachineSizeWant machine_size_want (const MachineSize *machine, guint64 *least);
