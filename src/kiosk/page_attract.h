/* page_attract.h: the start: hold your code here.
 * Threads: GTK's.  */
#pragma once

#include "badge/logo_row.h"
#include "kiosk/page.h"
#include "camera/camera.h"

extern const Page page_attract;

/* Shows what @camera sees instead of a picture of a code; NULL for the picture. The
 * camera must live until it is taken back. */
void page_attract_camera (GtkWidget *page, Camera *camera);
/* The logos of organisers and partners beneath the words, on white; NULL or empty: none.
 * @row must live until the next one. @names: whose they are, for who cannot see them. */
void page_attract_logos (GtkWidget *page, const LogoRow *row, const char *names);
