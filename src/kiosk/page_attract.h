/* page_attract.h: the start: hold your code here.
 * Threads: GTK's.  */
#pragma once

#include "kiosk/page.h"
#include "camera/camera.h"

extern const Page page_attract;

/* Shows what @camera sees instead of a picture of a code; NULL for the picture. The
 * camera must live until it is taken back. */
void page_attract_camera (GtkWidget *page, Camera *camera);
