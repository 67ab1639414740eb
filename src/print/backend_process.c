#include "print/backend_process.h"

#include <string.h>

#define TITLE 3 /* the place of the job's name among the arguments */

static gboolean has_title (const char *arguments, gsize length, const char *title)
{
  const char *end = arguments + length, *word = arguments;

  for (guint i = 0; i < TITLE && word < end; i++)
    word += strnlen (word, (gsize) (end - word)) + 1;
  return word < end && strncmp (word, title, (gsize) (end - word)) == 0;
}

gboolean backend_process_has (const char *job_name)
{
  g_autoptr (GDir) processes = g_dir_open ("/proc", 0, NULL);
  const char *process;
  gboolean has = FALSE;

  while (processes != NULL && !has && (process = g_dir_read_name (processes)) != NULL) {
    g_autofree char *path = NULL, *arguments = NULL;
    gsize length;

    if (!g_ascii_isdigit (process[0]))
      continue;
    path = g_build_filename ("/proc", process, "cmdline", NULL);
    /* One that has just ended cannot be read. */
    if (g_file_get_contents (path, &arguments, &length, NULL))
      has = has_title (arguments, length, job_name);
  }
  return has;
}
