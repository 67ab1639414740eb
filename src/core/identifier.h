/* identifier.h: which texts may name things. All are ASCII, so that they survive every
 * code, file name, URL and printer.
 * Threads: reentrant. Nothing here fails or blocks. */
#pragma once

#include <glib.h>

#define STATION_NAME_MAX 24
#define REFERENCE_MAX 32
#define IDENTIFIER_MAX 48

/* A station's name: a lower-case letter or digit, then lower-case letters, digits and
 * '-'; at most STATION_NAME_MAX. */
gboolean identifier_is_station (const char *text);
/* A registration reference: letters, digits, '-', '_', '.', '/'; at most
 * REFERENCE_MAX. */
gboolean identifier_is_reference (const char *text);
/* The id of an event, category, session, checkpoint …: letters, digits, '-', '_', '.'; at
 * most IDENTIFIER_MAX. */
gboolean identifier_is_valid (const char *text);
