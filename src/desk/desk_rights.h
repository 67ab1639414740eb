/* desk_rights.h: what a person is registered for, changed at the desk. The functions are
 * declared in desk.h, the one header that the floors above need. */
#pragma once

#include "desk/desk.h"
