/* command.h: what every command of `accueil` shares: its place in the table, the options that all take, exit codes, opening the replica.
 *
 * A command is one file with one Command; main.c finds it by name. Exit: 0 success, 1 refusal or failure, 2 wrong usage.
 * Messages go to standard error in the organiser's language; results to standard output.  */
#pragma once

#include "journal/journal.h"

#include <glib.h>

#define EXIT_REFUSED 1
#define EXIT_USAGE 2

typedef struct {
  const char *name;     /* "import", "event load" */
  const char *usage;    /* N_("FILE… [--glossary FILE] …") */
  const char *summary;  /* N_("one line") */
  int (*run) (int argc, char **argv); /* argv[0] is the command's name */
} Command;

/* Parses @entries (plus --db FILE, --help) out of argv in place. FALSE: already said why; exit with *@status. The path of the replica is then command_db(). */
gboolean command_parse (const Command *command, GOptionEntry *entries, int *argc, char ***argv, int *status);
/* --db, else $ACCUEIL_DB, else /var/lib/accueil/accueil.db. */
const char *command_db (void);
/* Opens the replica; NULL: already said why and what to do. */
Journal *command_open (void);
/* Says "accueil COMMAND: message" and frees @error; returns EXIT_REFUSED. */
int command_fail (const Command *command, GError *error);
/* Says what is wrong with the usage and where help is; returns EXIT_USAGE. */
int command_usage (const Command *command, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* A file of the assets directory: $ACCUEIL_ASSETS, else beside the build tree, else the installed place. Free with g_free(). */
char *command_asset (const char *name);
