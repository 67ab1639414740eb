/* page_message.h: what is said in a verdict, and the screens that only say something: no
 * code, called, discreet, standstill.
 * Threads: GTK's. */
#pragma once

#include "kiosk/page.h"

extern const Page page_message;
