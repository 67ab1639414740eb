/* appointment_sheet.h: those who have something in common (counts/appointments.h) on
 * paper, to be ticked: a shuttle's manifest, who is to be met, both parties of meetings
 * and signatures, a motorcade with hosts and seats.
 *
 * A guest marked for protocol whom the reader may not see has no row, and the foot says
 * how many there are.
 *
 * Threads: as the Journal; badge_fonts_start() first. Blocks on disk. */
#pragma once

#include "counts/appointments.h"

/* The PDF; free with g_bytes_unref(). @things as appointments_read() gives them. */
GBytes *appointment_sheet_draw (Journal *journal, const AppointmentsFilter *filter,
                                const GPtrArray *things, GError **error);
