/* Handing a badge to CUPS, by libcups and by the lp command in turn, on the queue QUEUE,
 * which should be stopped so that nothing else is measured; and what it costs to ask how
 * a printer and a job are, and what a queue wants. "NAME MEDIAN P99" in milliseconds.
 * submit QUEUE FILE.pdf  */
#include "print/printer.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>

#define ROUNDS 40
#define WIDTH_MM 105
#define HEIGHT_MM 148

typedef enum { LIBCUPS, LP, STATUS, FIND, SURVEY, COUNT } Figure;

static int by_size (const void *a, const void *b)
{
  gint64 left = *(const gint64 *) a, right = *(const gint64 *) b;

  return (left > right) - (left < right);
}

static void fail (const char *what, const GError *error)
{
  fprintf (stderr, "submit: %s: %s\n", what, error != NULL ? error->message : "");
  exit (1);
}

static gint hand_over (Printer *printer, const PrintFormat *format, GBytes *pdf, guint round)
{
  g_autofree char *name = g_strdup_printf ("accueil-bench-%u", round);
  g_autoptr (GError) error = NULL;
  gint id = printer_send (printer, name, format, pdf, 1, &error);

  if (id == 0)
    fail (name, error);
  return id;
}

static void lp (const char *queue, const char *file)
{
  const char *words[]
      = { "lp", "-s", "-d", queue, "-o", "media=iso_a6_105x148mm", "-o", "print-scaling=none",
          file, NULL };
  g_autoptr (GError) error = NULL;
  int status;

  if (!g_spawn_sync (NULL, (char **) (guintptr) words, NULL,
                     G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, NULL, NULL,
                     &status, &error)
      || status != 0)
    fail ("lp", error);
}

static void survey (const char *queue)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Printer) printer = printer_open (queue, &error);
  g_autoptr (PrintFormat) format
      = printer != NULL ? printer_format (printer, WIDTH_MM, HEIGHT_MM, &error) : NULL;

  if (format == NULL)
    fail (queue, error);
}

int main (int argc, char **argv)
{
  static const char *const NAMES[] = { "libcups", "lp", "status", "find", "survey" };
  gint64 took[COUNT][ROUNDS];
  g_autoptr (GError) error = NULL;
  g_autoptr (Printer) printer = argc == 3 ? printer_open (argv[1], &error) : NULL;
  g_autoptr (PrintFormat) format
      = printer != NULL ? printer_format (printer, WIDTH_MM, HEIGHT_MM, &error) : NULL;
  g_autofree char *text = NULL;
  g_autoptr (GBytes) pdf = NULL;
  gsize length;

  if (format == NULL || !g_file_get_contents (argv[2], &text, &length, &error))
    fail ("usage: submit QUEUE FILE.pdf", error);
  pdf = g_bytes_new_take (g_steal_pointer (&text), length);
  for (guint i = 0; i < ROUNDS; i++)
    for (Figure figure = 0; figure < COUNT; figure++) {
      gint64 start = g_get_monotonic_time ();
      if (figure == LIBCUPS)
        hand_over (printer, format, pdf, i);
      else if (figure == LP)
        lp (argv[1], argv[2]);
      else if (figure == STATUS)
        printer_status_free (printer_status (printer, NULL));
      else if (figure == FIND)
        printer_job_free (printer_find (printer, "accueil-bench-0", 0, NULL));
      else
        survey (argv[1]);
      took[figure][i] = g_get_monotonic_time () - start;
    }
  for (guint figure = 0; figure < COUNT; figure++) {
    qsort (took[figure], ROUNDS, sizeof took[figure][0], by_size);
    printf ("%s %.3f %.3f\n", NAMES[figure], (double) took[figure][ROUNDS / 2] / 1000,
            (double) took[figure][ROUNDS - 1] / 1000);
  }
  return 0;
}
