/* token_command.h: `accueil-hub token add|list|revoke`: tokens by which other programs
 * read (api/read_token.h). Threads: the main thread only. */
#pragma once

#include "journal/journal.h"

/* @words: what follows “token”. FALSE with @error, which is of G_OPTION_ERROR where the
 * usage is wrong. */
gboolean token_command_run (Journal *journal, char **words, const char *scope, const char *until,
                            gboolean json, GError **error);
/* What --help says of it. */
void token_command_help (void);
