/* snapshot.h: a file with a replica's facts, for one that is new. The functions are
 * declared in journal.h, the one header that the floors above need. */
#pragma once

#include "journal/journal.h"
