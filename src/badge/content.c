#include "badge/content.h"

G_DEFINE_QUARK (badge-error-quark, badge_error)
