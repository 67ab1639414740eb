/* log_command.h: `accueil-hub log`: where the hub's log is, and moving it; and
 * `accueil-hub --log ADDRESS`. Threads: the main thread only. Blocks on disk and
 * network. */
#pragma once

#include "hub/hub_options.h"

gboolean log_command_run (const HubOptions *options, GError **error);
/* Before the hub serves with --log: its replica is made where there is none, moved where
 * its log is still its own. */
gboolean log_command_join (const HubOptions *options, GError **error);
void log_command_help (void);
