/* surnames.h: how common a Chinese surname is.
 * Threads: reentrant. */
#pragma once

#include <glib.h>

/* The rank of @text among surnames, 1 for the most common; 0 for what is none. Simplified
 * characters; surnames of two characters too. */
guint surnames_rank (const char *text);
