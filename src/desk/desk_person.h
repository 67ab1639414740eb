/* desk_person.h: corrections and walk-ins at the desk. The functions are declared in
 * desk.h, the one header that the floors above need. */
#pragma once

#include "desk/desk.h"
