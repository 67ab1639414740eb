/* hub_options.h: what `accueil-hub` was called with, read once and handed to its
 * commands. Threads: the main thread only. */
#pragma once

#include "journal/journal.h"

typedef struct {
  char *db, *listen, *url, *qr, *role, *reason, *api, *scope, *until;
  gint64 from, count;
  char *group; /* of stations that are invited by one code */
  char **names;
  char *web, *web_certificate, *web_key;
  char *delegation, *language;
  char *keep, *seal_to, *key; /* of backups */
  char *log;                  /* where it is shared with other hubs */
  gboolean json, help, password_stdin, alone;
  char **words; /* what is no option */
  Clock clock;
} HubOptions;

void hub_options_clear (HubOptions *options);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HubOptions, hub_options_clear)

/* FALSE with @error for what is no option. */
gboolean hub_options_parse (HubOptions *options, int *argc, char ***argv, GError **error);
/* FALSE with @error, for what a command was called with: @message and the help are shown. */
gboolean hub_options_misused (const char *message, GError **error);
/* The system's clock, or that of a rehearsal ($ACCUEIL_NOW), as all commands of `accueil`
 * have it. FALSE, having said so, where that is no time. */
gboolean hub_options_choose_clock (HubOptions *options);
/* The address to put into a code: what was said, else what the hub was last started with,
 * else this machine's name. Free with g_free(). */
char *hub_options_address (const HubOptions *options, Journal *journal);
