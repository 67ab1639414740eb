#include "badge/badge_content.h"

G_DEFINE_QUARK (badge - error - quark, badge_error)
