#include "hub/machine_size.h"

#define MB (1000 * 1000)

/* A fresh replica has no days in it yet. */
static guint64 day_mb (const MachineSize *machine)
{
  return machine->delegates * MACHINE_SIZE_DAY_BYTES / MB;
}

MachineSizeWant machine_size_want (const MachineSize *machine, guint64 *least)
{
  guint64 processors = machine->delegates > MACHINE_SIZE_ONE_PROCESSOR ? 2 : 1;

  *least = MACHINE_SIZE_MEMORY_MB + 2 * (machine->replica_mb + day_mb (machine));
  if (machine->memory_mb < *least)
    return MACHINE_SIZE_MEMORY;
  *least = processors;
  if (machine->processors < processors)
    return MACHINE_SIZE_PROCESSORS;
  *least = machine->replica_mb + 2 * day_mb (machine);
  return machine->free_mb < *least ? MACHINE_SIZE_DISK : MACHINE_SIZE_ENOUGH;
}
