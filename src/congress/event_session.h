/* event_session.h: the sections [session ID] of an event file: when and where, sub-themes,
 * and who has a role there, by reference, whether or not she is registered yet.
 * Threads: a Parser belongs to one thread. Nothing here blocks. */
#pragma once

#include "congress/parser.h"

void event_session_read (Parser *parser, const IniSection *section);
