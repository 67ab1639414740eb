/* page_attract.h: the start: hold your code here.
 * Threads: GTK's.  */
#pragma once

#include "kiosk/page.h"

extern const Page page_attract;
