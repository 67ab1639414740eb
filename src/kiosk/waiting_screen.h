/* waiting_screen.h: what stands on the screen while the kiosk cannot start: a disk
 * that is full or cannot be written to, a replica that is damaged or not there. Under
 * cage nothing else would be on it.
 *
 * It says in both languages that people go to the welcome desk, and to the
 * technicians what is wrong; who made it tries again, and takes it away.
 *
 * Threads: the main one. */
#pragma once

#include <gtk/gtk.h>

typedef struct _WaitingScreen WaitingScreen;

/* Over the whole screen, or @width_px × @height_px where they are not 0. */
WaitingScreen *waiting_screen_new (GtkApplication *application, int width_px, int height_px);
/* What kept the kiosk, whose replica is @db, from starting: its kind in both languages,
 * and @error's own words, in the organiser's. */
void waiting_screen_say (WaitingScreen *waiting, const char *db, const GError *error);
void waiting_screen_free (WaitingScreen *waiting);
