#include "journal/journal_error.h"

G_DEFINE_QUARK (journal - error - quark, journal_error)
