/* page_pin.h: a volunteer types her number.
 * Threads: GTK's.  */
#pragma once

#include "kiosk/page.h"

extern const Page page_pin;
