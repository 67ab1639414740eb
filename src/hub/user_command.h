/* user_command.h: accueil-hub user add|list|remove|password: who may enter the
 * organisers' pages (office/account.h).
 * Threads: one; blocks on disk. */
#pragma once

#include "journal/journal.h"

typedef struct {
  const char *role, *delegation, *language, *qr;
  gboolean json, password_stdin;
} UserCommandOptions;

/* @words: behind “user”, NULL-terminated. The program's exit status; -1: wrong usage, and
 * *@fault says why. */
int user_command_run (Journal *journal, const char *const *words, const UserCommandOptions *options,
                      const char **fault);
