/* pager.h: long output on a terminal, page by page: through $PAGER, else `less`, which
 * ends by itself where all fits on one screen.
 *
 * While a Pager is there, standard output and standard error go to it. Where standard
 * output is no terminal, or no pager can be started, nothing is changed.
 * Threads: the main thread only. Blocks at the end until the reader has closed it.  */
#pragma once

#include <glib.h>

typedef struct _Pager Pager;

/* @lines: about as many as will come; NULL where the terminal shows them at once. */
Pager *pager_start (guint lines);
void pager_end (Pager *pager); /* NULL-safe */
