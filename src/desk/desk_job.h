/* desk_job.h: badges and the jobs that print them, as a volunteer sees and answers them.
 * The functions are declared in desk.h, the one header that the floors above need. */
#pragma once

#include "desk/desk.h"
