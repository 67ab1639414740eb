#include "spool/emergency_print.h"

#include "core/words.h"
#include "counts/emergency.h"
#include "print/printer.h"

#define A4_WIDTH_MM 210
#define A4_HEIGHT_MM 297

/* The first queue that takes PDF on A4; NULL for none, also where CUPS does not
 * answer. */
static char *find_queue (void)
{
  g_auto (GStrv) queues = printer_queues (NULL);

  for (guint i = 0; queues != NULL && queues[i] != NULL; i++) {
    g_autoptr (Printer) printer = printer_open (queues[i], NULL);
    g_autoptr (PrintFormat) format
        = printer != NULL ? printer_format (printer, A4_WIDTH_MM, A4_HEIGHT_MM, NULL) : NULL;
    if (format != NULL && format->format == PRINT_FORMAT_PDF)
      return g_strdup (queues[i]);
  }
  return NULL;
}

gint emergency_print_send (const char *queue, GBytes *pdf, PrintFormat **format, GError **error)
{
  g_autoptr (Printer) printer = printer_open (queue, error);
  g_autoptr (PrintFormat) made
      = printer != NULL ? printer_format (printer, A4_WIDTH_MM, A4_HEIGHT_MM, error) : NULL;

  if (made == NULL)
    return 0;
  if (made->format != PRINT_FORMAT_PDF) {
    g_set_error (error, PRINTER_ERROR, PRINTER_ERROR_DOCUMENT,
                 _ ("queue “%s” takes no PDF; write the list with --output FILE.pdf, and print it "
                    "at a printer of pages"),
                 queue);
    return 0;
  }
  g_autofree char *name
      = g_strdup_printf ("accueil-emergency-%" G_GINT64_MODIFIER "x", g_get_real_time ());
  gint id = printer_send (printer, name, made, pdf, 1, error);
  if (id != 0 && format != NULL)
    *format = g_steal_pointer (&made);
  return id;
}

/* How many names, how old they are, which stations have not been heard. */
static OwnedPair say (const Emergency *emergency)
{
  g_auto (OwnedPair) sent
      = words_counted ("The emergency list is on its way: %u name",
                       "The emergency list is on its way: %u names", emergency->people->len);
  g_autofree char *first = emergency_note (emergency, WORDS_FIRST),
                  *second = emergency_note (emergency, WORDS_SECOND);

  return (OwnedPair){ g_strconcat (sent.first, " · ", first, NULL),
                      g_strconcat (sent.second, " · ", second, NULL) };
}

gboolean emergency_print (Journal *journal, const char *queue, OwnedPair *said, GError **error)
{
  GError *cause = NULL;
  g_autofree char *found = queue[0] != '\0' ? g_strdup (queue) : find_queue ();

  if (found == NULL) {
    Pair none
        = words_pair (N_ ("No printer here takes A4 pages. Print the list at another station."));
    *said = (OwnedPair){ g_strdup (none.first), g_strdup (none.second) };
    return FALSE;
  }
  g_autoptr (Emergency) emergency = NULL;
  g_autoptr (GBytes) pdf = emergency_sheet_draw (journal, &emergency, &cause);
  if (pdf == NULL || emergency_print_send (found, pdf, NULL, &cause) == 0) {
    g_propagate_error (error, cause);
    return FALSE;
  }
  *said = say (emergency);
  return TRUE;
}
