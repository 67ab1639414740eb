/* invitation.h: the one-time code that a hub prints: its address and perhaps others of
 * its log, its key's pin, for whom, and a secret (replication/PROTOCOL.md).
 * Threads: reentrant. Nothing here blocks. */
#pragma once

#include <glib.h>

#define INVITATION_PREFIX "ACCUEIL1:"
#define INVITATION_TEXT_MAX 2048

#define INVITATION_ERROR invitation_error_quark ()
GQuark invitation_error_quark (void);
typedef enum {
  INVITATION_ERROR_FORMAT, /* no such code, cut off, or altered */
} InvitationError;

typedef struct {
  char *url, *pin, *secret;
  /* For whom; the other is NULL. A group's code is good for any station, several
   * times. */
  char *station, *group;
  char *others; /* more addresses, by spaces; "" for none */
} Invitation;

/* White space around and inside (a code that was broken over lines) is passed over. */
Invitation *invitation_read (const char *text, GError **error);
void invitation_free (Invitation *invitation);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Invitation, invitation_free)
