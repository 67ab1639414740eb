/* event_deadline.h: reads a section [deadline ID] of the event file.
 * Threads: as the Parser. */
#pragma once

#include "congress/parser.h"

void event_deadline_read (Parser *parser, const IniSection *section);
