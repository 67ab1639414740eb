/* room_line.h: how full a room is, and how far a service has come: in numbers, a bar, a
 * colour, and always a word and a sign.
 *
 * Under ROOM_LINE_ALMOST percent there are places, from there on it is almost full.
 * Threads: as the View. */
#pragma once

#include "office/view.h"

#define ROOM_LINE_ALMOST 80

typedef enum { ROOM_LINE_FREE, ROOM_LINE_ALMOST_FULL, ROOM_LINE_FULL } RoomLineState;

RoomLineState room_line_state (const OverviewRoom *room);
/* The word, a msgid. */
const char *room_line_word (RoomLineState state);
void room_line_draw (const View *view, const OverviewRoom *room);
void room_line_service (const View *view, const OverviewService *service);
