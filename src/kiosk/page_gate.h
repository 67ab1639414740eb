/* page_gate.h: one huge verdict, legible from two metres; between scans, how many are in.
 * Threads: GTK's.  */
#pragma once

#include "kiosk/page.h"

extern const Page page_gate;
