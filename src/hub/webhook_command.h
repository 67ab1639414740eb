/* webhook_command.h: `accueil-hub webhook add|list|remove`: addresses that are told what
 * happens (api/webhook.h). Threads: the main thread only. */
#pragma once

#include "journal/journal.h"

/* As token_command_run(). */
gboolean webhook_command_run (Journal *journal, char **words, const char *scope, gboolean json,
                              GError **error);
/* What --help says of it. */
void webhook_command_help (void);
