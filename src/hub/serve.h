/* serve.h: `accueil-hub` itself: the stations' service, and beside it, where they are
 * asked for, the organisers' pages and what other programs read. Threads: the main thread
 * only; it blocks until a signal ends it. */
#pragma once

#include "hub/hub_options.h"

/* FALSE with @error if it cannot serve; TRUE once it was asked to end. */
gboolean serve_run (const HubOptions *options, GError **error);
