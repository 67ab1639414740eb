#include "print/backend_process.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

/* A shell that waits for words on its standard input, begun under other arguments: only
 * "-s" has a meaning to it. */
static GPid begin (char **arguments, gint *input)
{
  char *all[] = { (char *) (guintptr) "/bin/sh",
                  (char *) (guintptr) "ipp://printer/ipp/print",
                  (char *) (guintptr) "-s",
                  arguments[0],
                  arguments[1],
                  arguments[2],
                  NULL };
  GPid pid;

  g_assert_true (g_spawn_async_with_pipes (NULL, all, NULL,
                                           G_SPAWN_FILE_AND_ARGV_ZERO | G_SPAWN_DO_NOT_REAP_CHILD,
                                           NULL, NULL, &pid, input, NULL, NULL, NULL));
  return pid;
}

static void test_has (void)
{
  static const struct {
    char *arguments[3];
    gboolean has;
  } CASES[] = {
    { { (char *) (guintptr) "lp", (char *) (guintptr) "accueil-a-FR-0001-1", NULL }, TRUE },
    { { (char *) (guintptr) "lp", (char *) (guintptr) "accueil-a-FR-0001-1",
        (char *) (guintptr) "1" },
      TRUE },
    { { (char *) (guintptr) "lp", (char *) (guintptr) "accueil-a-FR-0001-10", NULL }, FALSE },
    { { (char *) (guintptr) "lp", (char *) (guintptr) "accueil-a-FR-0001", NULL }, FALSE },
    { { (char *) (guintptr) "accueil-a-FR-0001-1", (char *) (guintptr) "1", NULL }, FALSE },
    { { (char *) (guintptr) "lp", NULL, NULL }, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++) {
    gint input;
    GPid pid = begin ((char **) (guintptr) CASES[i].arguments, &input);

    g_test_message ("case %u", i);
    g_assert_cmpint (backend_process_has ("accueil-a-FR-0001-1"), ==, CASES[i].has);
    kill (pid, SIGKILL);
    g_assert_cmpint (waitpid (pid, NULL, 0), ==, pid);
    close (input);
    g_assert_false (backend_process_has ("accueil-a-FR-0001-1"));
  }
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/has", test_has);
  return g_test_run ();
}
