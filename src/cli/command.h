/* command.h: what every command of `accueil` shares: its place in the table, the options
 * that all take, exit codes, opening the replica.
 *
 * A command is one file with one Command; main.c finds it by name. Exit: 0 success, 1
 * refusal or failure, 2 wrong usage. Messages go to standard error in the organiser's
 * language; results to standard output.
 * Threads: the main thread only.  */
#pragma once

#include "journal/journal.h"

#include <glib.h>

#define EXIT_REFUSED 1
#define EXIT_USAGE 2

typedef struct {
  const char *name;                   /* "import", "event load" */
  const char *usage;                  /* N_("FILE… [--glossary FILE] …") */
  const char *summary;                /* N_("one line") */
  int (*run) (int argc, char **argv); /* argv[0] is the command's name */
} Command;

/* Parses @entries (may be NULL; plus --db FILE, --help) out of argv in place. FALSE:
 * already said why; exit with *@status. The path of the replica is then command_db().
 * Descriptions in @entries are wrapped in N_() and translated here. */
gboolean command_parse (const Command *command, GOptionEntry *entries, int *argc, char ***argv,
                        int *status);
/* --db, else $ACCUEIL_DB, else /var/lib/accueil/accueil.db. */
const char *command_db (void);
/* The clock that all commands go by: the system's, or for rehearsals one that says
 * $ACCUEIL_NOW (ISO 8601 with a zone) at the start. FALSE: already said why. */
gboolean command_clock (Clock *clock);
/* Opens the replica; NULL: already said why and what to do; exit with EXIT_REFUSED. */
Journal *command_open (void);
/* For commands that need no replica: the words of its congress, if there is one. */
void command_languages (void);
/* Says "accueil COMMAND: message" and frees @error; returns EXIT_REFUSED. */
int command_fail (const Command *command, GError *error);
/* Says what is wrong with the usage and where help is; returns EXIT_USAGE. */
int command_usage (const Command *command, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* Writes a file whole or not at all, with @mode. What is there and is no file, a device
 * or a pipe, is left alone: it would be replaced. */
gboolean command_write (const char *path, GBytes *bytes, int mode, GError **error);

/* Shows how far a long work is, on one line of standard error, if that is a terminal;
 * @label is a translated text (char *). A JournalProgress. The line is wiped when @done
 * reaches @total; call it so at the end. */
void command_progress (gint64 done, gint64 total, gpointer label);

/* Appends one field of a CSV line (RFC 4180), quoted where needed; a text that a
 * spreadsheet would take for a formula is led by an apostrophe. */
void command_csv_append (GString *csv, const char *text, gboolean last);
