/* Which machine is too small, for what, and what it takes. */
#include "hub/machine_size.h"

static void test_table (void)
{
  static const struct {
    MachineSize machine;
    MachineSizeWant want;
    guint64 least;
  } ROWS[] = {
    { { 1, 1000, 2, 2000, 1000 }, MACHINE_SIZE_ENOUGH, 10 },
    { { 1, 523, 2, 2000, 1000 }, MACHINE_SIZE_MEMORY, 512 + 2 * (2 + 4) },
    { { 1, 4000, 20, 20000, 5000 }, MACHINE_SIZE_ENOUGH, 60 },
    { { 1, 4000, 20, 20000, 5001 }, MACHINE_SIZE_PROCESSORS, 2 },
    { { 2, 4000, 200, 20000, 100000 }, MACHINE_SIZE_ENOUGH, 1000 },
    { { 2, 1700, 200, 20000, 100000 }, MACHINE_SIZE_MEMORY, 512 + 2 * (200 + 400) },
    { { 2, 4000, 200, 999, 100000 }, MACHINE_SIZE_DISK, 1000 },
    { { 2, 2000, 1400, 9000, 100000 }, MACHINE_SIZE_MEMORY, 512 + 2 * (1400 + 400) },
    { { 1, 100, 200, 10, 100000 }, MACHINE_SIZE_MEMORY, 1712 },
    { { 1, 513, 0, 10, 0 }, MACHINE_SIZE_ENOUGH, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    guint64 least;

    g_test_message ("row %u", i);
    g_assert_cmpint (machine_size_want (&ROWS[i].machine, &least), ==, ROWS[i].want);
    g_assert_cmpuint (least, ==, ROWS[i].least);
  }
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hub/machine_size/table", test_table);
  return g_test_run ();
}
