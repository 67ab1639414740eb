/* replica_merge.h: taking facts out of another replica's file. The functions are
 * declared in journal.h, the one header that the floors above need. */
#pragma once

#include "journal/journal.h"
