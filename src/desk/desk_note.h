/* desk_note.h: what the desk says of a person beside her registration. The functions are
 * declared in desk.h, the one header that the floors above need. */
#pragma once

#include "desk/desk.h"
