/* user_command.h: accueil-hub user add|list|remove|password: who may enter the
 * organisers' pages (office/account.h).
 * Threads: one; blocks on disk. */
#pragma once

#include "journal/journal.h"

typedef struct {
  const char *role, *delegation, *language, *qr;
  gboolean json, password_stdin;
} UserCommandOptions;

/* @words: what follows “user”. FALSE with @error, which is of G_OPTION_ERROR where the
 * usage is wrong. */
gboolean user_command_run (Journal *journal, char **words, const UserCommandOptions *options,
                           GError **error);
