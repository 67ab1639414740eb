#include "core/descriptor.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#define LENGTH (1024 * 1024) /* more than a pipe holds at once */

static gpointer read_all (gpointer data)
{
  int fd = GPOINTER_TO_INT (data);
  guint8 part[4096];
  gsize total = 0;
  ssize_t got;

  while ((got = read (fd, part, sizeof part)) > 0)
    for (ssize_t i = 0; i < got; i++)
      g_assert_cmpuint (part[i], ==, (guint8) total++);
  return GSIZE_TO_POINTER (total);
}

static void test_whole (void)
{
  g_autofree guint8 *data = g_malloc (LENGTH);
  GThread *reader;
  int ends[2];

  for (gsize i = 0; i < LENGTH; i++)
    data[i] = (guint8) i;
  g_assert_cmpint (pipe (ends), ==, 0);
  reader = g_thread_new ("reader", read_all, GINT_TO_POINTER (ends[0]));
  g_assert_true (descriptor_write (ends[1], data, LENGTH));
  close (ends[1]);
  g_assert_cmpuint (GPOINTER_TO_SIZE (g_thread_join (reader)), ==, LENGTH);
  close (ends[0]);
}

static void test_refused (void)
{
  int full = open ("/dev/full", O_WRONLY | O_CLOEXEC);

  g_assert_true (descriptor_write (full, "", 0));
  g_assert_false (descriptor_write (full, "x", 1));
  g_assert_cmpint (errno, ==, ENOSPC);
  close (full);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/descriptor/whole", test_whole);
  g_test_add_func ("/descriptor/refused", test_refused);
  return g_test_run ();
}
