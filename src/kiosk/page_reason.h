/* page_reason.h: why a badge is printed again or made void, why somebody comes in without
 * a code: one touch, or the volunteer's own words.
 * Threads: GTK's. */
#pragma once

#include "kiosk/page.h"

extern const Page page_reason;
