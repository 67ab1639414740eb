/* element_package.h: where a GStreamer element comes from, for who has to install it.
 *
 * Threads: reentrant. Nothing here blocks. */
#pragma once

#include <glib.h>

/* The Debian package that has @element, NULL if not known. */
const char *element_package (const char *element);
