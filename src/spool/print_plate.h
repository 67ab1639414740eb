/* print_plate.h: a badge as the document that a queue wants: the one place where what a
 * printer can (print/print_format.h) meets what a badge is (badge/badge.h).
 * Threads: as its Printer and BadgeTemplate. Blocks on CUPS when a printer is asked for
 * the first time, and then once a minute.  */
#pragma once

#include "badge/badge.h"
#include "print/printer.h"

typedef struct {
  PrintFormat *wish;
  GBytes *document;
  guint sides; /* 1 or 2 */
} PrintPlate;

/* @sides is what is wanted: the back is left out where the template or the printer has
 * none. Errors are PRINTER_ERROR's (no paper of that size, CUPS away) or BADGE_ERROR's
 * (the badge cannot be drawn, on no printer). */
PrintPlate *print_plate_make (Printer *printer, BadgeTemplate *template_,
                              const BadgeContent *content, BadgeSides sides, GError **error);
/* Hands it over: the job id, or 0; printer_send(). */
gint print_plate_send (Printer *printer, const char *name, const PrintPlate *plate, GError **error);
void print_plate_free (PrintPlate *plate);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PrintPlate, print_plate_free)
