/* Every harness of tests/fuzz on its own seeds, and on what is near them: cut off, with
 * bytes changed. That needs no fuzzer, so it belongs to the check; `make fuzz` looks
 * further. FUZZERS, of the Makefile, is FUZZER (name) for each of them. */
#include <glib.h>
#include <stdint.h>
#include <string.h>

#define CUTS 12
#define CHANGES 36
#define CHANGED_BYTES 3
#define SEED_MAX 8192 /* as tests/fuzz/run.sh has it */

typedef int (*Fuzzer) (const uint8_t *data, size_t size);

#define FUZZER(name) int fuzz_##name (const uint8_t *data, size_t size);
FUZZERS
#undef FUZZER

static const struct {
  const char *name;
  Fuzzer fuzzer;
} ALL[] = {
#define FUZZER(name) { #name, fuzz_##name },
  FUZZERS
#undef FUZZER
};

/* In memory of exactly its size, so that what reads beyond it is seen (MODE=asan). */
static void feed (Fuzzer fuzzer, const char *data, gsize size)
{
  g_autofree uint8_t *copy = g_malloc (MAX (size, 1));
  memcpy (copy, data, size);
  fuzzer (copy, size);
}

static void feed_seed (Fuzzer fuzzer, const char *path)
{
  g_autofree char *data = NULL;
  gsize size;
  g_assert_true (g_file_get_contents (path, &data, &size, NULL));
  feed (fuzzer, data, size);
  size = MIN (size, SEED_MAX);
  for (guint i = 0; i < CUTS; i++)
    feed (fuzzer, data, size * i / CUTS);
  g_autoptr (GRand) chance = g_rand_new_with_seed ((guint32) size);
  for (guint i = 0; i < CHANGES && size > 0; i++) {
    g_autofree char *changed = g_memdup2 (data, size);
    for (guint k = 0; k < CHANGED_BYTES; k++)
      changed[g_rand_int_range (chance, 0, (gint32) size)] = (char) g_rand_int (chance);
    feed (fuzzer, changed, size);
  }
}

/* What libgsf says of a damaged file ends no test: that is old_workbook.c's to answer. */
static gboolean is_fatal (const char *domain, GLogLevelFlags level, const char *message,
                          gpointer data)
{
  return domain == NULL || !g_str_has_prefix (domain, "libgsf");
}

static void test_seeds (gconstpointer data)
{
  gsize number = GPOINTER_TO_SIZE (data);
  g_autofree char *folder = g_strdup_printf ("tests/fuzz/%s.seeds", ALL[number].name);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint seeds = 0;
  g_assert_nonnull (dir);
  g_test_log_set_fatal_handler (is_fatal, NULL);
  for (const char *name; (name = g_dir_read_name (dir)) != NULL; seeds++) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    g_test_message ("%s", path);
    feed_seed (ALL[number].fuzzer, path);
  }
  g_assert_cmpuint (seeds, >, 0);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (ALL); i++) {
    g_autofree char *path = g_strconcat ("/fuzz/", ALL[i].name, NULL);
    g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_seeds);
  }
  return g_test_run ();
}
