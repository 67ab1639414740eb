/* todo.h: what needs a person, in the order of what can be lost soonest: speakers who are
 * due and not there, guests of protocol, stations that are silent, printers that cannot
 * print, the alerts of desk/alert.h, and deadlines of the programme that are late or due.
 * Each but a deadline is closed with a reason (alert_page.h), and says since when.
 *
 * A guest of protocol appears by delegation, never by name, but for the protocol team.
 * Threads: as the View. */
#pragma once

#include "office/view.h"

/* How many there are for this reader. */
guint todo_count (const View *view);
void todo_draw (const View *view);
/* By what an address names an alert. Free with g_free(). */
char *todo_key (const char *alert);
