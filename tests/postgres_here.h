/* postgres_here.h: a real PostgreSQL for a test in C, started by
 * tests/kit/postgres.py and ended with this program, however it ends. */
#pragma once

#include <gio/gio.h>

typedef struct {
  GSubprocess *process;
  GDataInputStream *said;
} PostgresHere;

static inline PostgresHere postgres_here_start (void)
{
  GError *error = NULL;
  PostgresHere here
      = { g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error,
                            "python3", "tests/kit/postgres.py", NULL),
          NULL };

  g_assert_no_error (error);
  here.said = g_data_input_stream_new (g_subprocess_get_stdout_pipe (here.process));
  return here;
}

/* The address of a new, empty database. Free with g_free(). */
static inline char *postgres_here_database (const PostgresHere *here)
{
  GOutputStream *asked = g_subprocess_get_stdin_pipe (here->process);
  GError *error = NULL;
  char *line;

  g_output_stream_write_all (asked, "\n", 1, NULL, NULL, &error);
  g_assert_no_error (error);
  line = g_data_input_stream_read_line (here->said, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (line);
  return line;
}

static inline void postgres_here_stop (PostgresHere *here)
{
  g_output_stream_close (g_subprocess_get_stdin_pipe (here->process), NULL, NULL);
  g_subprocess_wait (here->process, NULL, NULL);
  g_clear_object (&here->said);
  g_clear_object (&here->process);
}
