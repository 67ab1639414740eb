/* station_command.h: `accueil-hub invite|revoke|role|disown|stations`: which machines
 * belong to the hub, and what they may write (replication/enrolment.h,
 * replication/roles.h). Threads: the main thread only. Blocks on disk. */
#pragma once

#include "hub/hub_options.h"

/* @options->words: at least one. FALSE with @error, which is of G_OPTION_ERROR where the
 * usage is wrong. */
gboolean station_command_run (const HubOptions *options, GError **error);
/* What --help says of one code for many stations. */
void station_command_help (void);
