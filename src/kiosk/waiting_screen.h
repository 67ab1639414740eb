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
/* @why: the trouble, in the organiser's language. */
void waiting_screen_say (WaitingScreen *waiting, const char *why);
void waiting_screen_free (WaitingScreen *waiting);
