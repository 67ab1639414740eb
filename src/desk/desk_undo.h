/* desk_undo.h: a passage taken back, as if it had not been: a meal scanned by mistake, somebody
 * let in who is somebody else. The functions are declared in desk.h, the one header that the
 * floors above need. */
#pragma once

#include "desk/desk.h"
