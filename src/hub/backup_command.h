/* backup_command.h: accueil-hub backup, backup-key, restore and settle.
 * Threads: one. Blocks on disk. */
#pragma once

#include "journal/journal.h"

typedef struct {
  const char *db;
  Clock clock;
  const char *seal_to, *keep, *key; /* each NULL where it was not said */
  gboolean alone;                   /* restore: the shared log is lost for good */
  gboolean json;
} BackupCommandOptions;

void backup_command_help (void);
/* TRUE if @word is one of these commands. */
gboolean backup_command_is (const char *word);
/* @words: the command and what follows, NULL-terminated. G_OPTION_ERROR for wrong
 * usage. */
gboolean backup_command_run (char **words, const BackupCommandOptions *options, GError **error);
