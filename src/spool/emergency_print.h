/* emergency_print.h: the emergency list (issuance/emergency_sheet.h) at a printer of
 * pages: by any station, without the hub and without the agent.
 *
 * It is no badge, so no fact and no job of the journal: whoever asks for it stands beside
 * the printer and sees it come out.
 *
 * Threads: badge_fonts_start() first (badge.h); then as the Journal. Blocks on disk, for
 * some tenths of a second to draw, and on CUPS as printer.h says. */
#pragma once

#include "issuance/emergency_sheet.h"
#include "print/print_format.h"

/* Hands @pdf to @queue: the job id, or 0; PRINTER_ERROR where the queue has no A4 or
 * takes no PDF. @format (may be NULL): what it was given as; free with
 * print_format_free(). */
gint emergency_print_send (const char *queue, GBytes *pdf, PrintFormat **format, GError **error);
/* All of it: reads, draws and prints. @queue "": the first of this machine's that takes
 * PDF on A4. @said: how many names, how old they are and which stations have not been
 * heard. FALSE without @error: there is no such printer, and @said says so. */
gboolean emergency_print (Journal *journal, const char *queue, OwnedPair *said, GError **error);
