/* event_logo.h: reads a section [logo ID] of the event file, and the picture it names.
 *
 * A picture is an SVG or PNG of EVENT_LOGO_BYTES_MAX at most, in the event file's folder
 * or beneath it; an SVG holds all it needs: no script, no picture or sheet of another
 * file.
 * Threads: as the Parser. Blocks on disk. */
#pragma once

#include "congress/parser.h"

#define EVENT_LOGO_BYTES_MAX (40 * 1024)
#define EVENT_LOGO_SIDE_MAX 4000 /* pixels of a PNG */

void event_logo_read (Parser *parser, const IniSection *section);
