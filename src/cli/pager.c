#include "cli/pager.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

struct _Pager {
  GPid child;
  int out, err; /* where both led before */
  void (*pipe_signal) (int);
};

static void flush (void)
{
  fflush (stdout);
  fflush (stderr);
}

/* The pipe to the pager's standard input, -1 if it cannot be started. */
static int start_child (GPid *child)
{
  const char *wanted = g_getenv ("PAGER");
  const char *argv[]
      = { "/bin/sh", "-c", wanted != NULL && *wanted != '\0' ? wanted : "less", NULL };
  g_auto (GStrv) environment = g_environ_setenv (g_get_environ (), "LESS", "FRX", FALSE);
  int input = -1;
  if (!g_spawn_async_with_pipes (NULL, (char **) (guintptr) argv, environment,
                                 G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, child, &input, NULL, NULL,
                                 NULL))
    return -1;
  return input;
}

/* The lines that the terminal shows at once; 0 where nobody can turn pages. */
static guint screen_lines (void)
{
  const char *terminal = g_getenv ("TERM");
  struct winsize size = { 0 };
  if (!isatty (STDOUT_FILENO) || !isatty (STDIN_FILENO) || terminal == NULL
      || strcmp (terminal, "dumb") == 0 || g_strcmp0 (g_getenv ("PAGER"), "cat") == 0
      || ioctl (STDOUT_FILENO, TIOCGWINSZ, &size) != 0)
    return 0;
  return size.ws_row;
}

Pager *pager_start (guint lines)
{
  guint screen = screen_lines ();
  if (screen == 0 || lines < screen)
    return NULL;
  Pager *pager = g_new0 (Pager, 1);
  int input = start_child (&pager->child);
  if (input < 0) {
    g_free (pager);
    return NULL;
  }
  flush ();
  pager->out = dup (STDOUT_FILENO);
  pager->err = dup (STDERR_FILENO);
  pager->pipe_signal = signal (SIGPIPE, SIG_IGN); /* who closes the pager early goes on */
  dup2 (input, STDOUT_FILENO);
  dup2 (input, STDERR_FILENO);
  close (input);
  return pager;
}

void pager_end (Pager *pager)
{
  if (pager == NULL)
    return;
  flush ();
  dup2 (pager->out, STDOUT_FILENO);
  dup2 (pager->err, STDERR_FILENO);
  close (pager->out);
  close (pager->err);
  waitpid (pager->child, NULL, 0);
  clearerr (stdout);
  clearerr (stderr);
  signal (SIGPIPE, pager->pipe_signal);
  g_spawn_close_pid (pager->child);
  g_free (pager);
}
