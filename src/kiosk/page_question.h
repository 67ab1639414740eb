/* page_question.h: what the event file asks of who has just come in: a question, and its answers
 * to be touched, in her language. Passed over by “Not now”, or by the next person's code.
 * Threads: GTK's. */
#pragma once

#include "kiosk/page.h"

extern const Page page_question;
