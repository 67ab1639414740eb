/* room_line.h: how full a room is, and how far a service has come: in numbers, a bar, a
 * colour, and always a word and a sign.
 * Threads: as the View. */
#pragma once

#include "office/view.h"

/* The word of a state, a msgid. */
const char *room_line_word (FiguresRoomState state);
/* @named: under its name. */
void room_line_draw (const View *view, const FiguresRoom *room, gboolean named);
/* Also of headsets that no desk of the day has lent. */
const char *room_line_service_name (const View *view, const FiguresService *service);
void room_line_service (const View *view, const FiguresService *service);
