/* maintenance.h: verifying, rebuilding, copying and merging a replica. The functions are
 * declared in journal.h, the one header that the floors above need. */
#pragma once

#include "journal/journal.h"
