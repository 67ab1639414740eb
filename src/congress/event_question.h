/* event_question.h: [question ID] and [message ID] sections of an event file: what is asked at
 * doors (question.h), and what is said there (scan_message.h).
 * Threads: as the Parser. Nothing here blocks. */
#pragma once

#include "congress/parser.h"

/* Add the definition, or note what is wrong. Events, categories and checkpoints are defined by
 * their sections, wherever they stand. */
void event_question_read (Parser *parser, const IniSection *section);
void event_question_read_message (Parser *parser, const IniSection *section);
