/* event_door.h: a [checkpoint ID] section of an event file, with what its kind makes
 * usual where keys are left out.
 * Threads: as the Parser. Nothing here blocks. */
#pragma once

#include "congress/parser.h"

/* Adds the definition, or notes what is wrong. Events, categories and sessions have been
 * read before. */
void event_door_read (Parser *parser, const IniSection *section);
