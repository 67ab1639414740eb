#include "cli/stop_signal.h"

#include <signal.h>

/* The one thing that a signal may touch. */
static gint stopped;

static void on_signal (int number)
{
  g_atomic_int_set (&stopped, 1);
}

gint *stop_signal_catch (void)
{
  struct sigaction action = { .sa_handler = on_signal };

  sigaction (SIGTERM, &action, NULL);
  sigaction (SIGINT, &action, NULL);
  sigaction (SIGHUP, &action, NULL);
  return &stopped;
}
