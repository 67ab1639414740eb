/* backend_process.h: whether CUPS is at work on a job still, seen from the processes of
 * this machine. A filter or backend goes on when its cupsd is killed, and the next cupsd
 * knows nothing of it; one that cupsd has been told to forget ends when it has had its
 * answer from the printer. Until then a sheet may come out that nobody expects.
 * CUPS hands each of them the job's name as the third argument (filter(7), backend(7)).
 * A CUPS on another machine, or a /proc that hides other users' processes, shows none.
 * Threads: reentrant. Blocks for as long as it takes to read /proc: some milliseconds. */
#pragma once

#include <glib.h>

gboolean backend_process_has (const char *job_name);
