#include "sync/client_terms.h"

G_DEFINE_QUARK (client - error - quark, client_error)
