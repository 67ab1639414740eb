/* desk_group.h: how somebody stands today, and a delegation as one. The functions are
 * declared in desk.h, the one header that the floors above need. */
#pragma once

#include "desk/desk.h"
