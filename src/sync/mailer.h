/* mailer.h: e-mail to one person after another by the organiser's mail server (SMTP),
 * with one attachment each.
 *
 * The connection stays open from one message to the next. TLS is asked for always:
 * smtps:// from the start, smtp:// by STARTTLS; certificates are checked against the
 * system's authorities, or a file's. Without TLS only to this machine itself.
 *
 * Threads: a Mailer belongs to one thread. Blocks on the network, MAILER_TIMEOUT_S at
 * most for one message. */
#pragma once

#include <glib.h>

#define MAILER_TIMEOUT_S 120
#define MAILER_REPLY_MAX 200 /* bytes kept of what the server answers */

#define MAILER_ERROR mailer_error_quark ()
GQuark mailer_error_quark (void);
typedef enum {
  MAILER_ERROR_ADDRESS, /* no smtp:// or smtps:// address, or an address of nobody */
  MAILER_ERROR_SERVER,  /* not reached, not trusted, or it does not take the password */
} MailerError;

typedef struct {
  const char *url;             /* smtp://mail.example:587, smtps://mail.example */
  const char *user, *password; /* NULL for a server that asks for none */
  const char *authorities;     /* a file of certificates; NULL: the system's */
} MailerOptions;

typedef struct _Mailer Mailer;
Mailer *mailer_new (const MailerOptions *options, GError **error);
void mailer_free (Mailer *mailer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Mailer, mailer_free)

typedef struct {
  const char *from, *from_name, *to;
  const char *subject, *text; /* UTF-8 */
  const char *file_name;      /* ASCII */
  GBytes *pdf;
  const char *message_id; /* without brackets: the same for the same letter */
} MailerMessage;

typedef enum {
  MAILER_SENT,
  MAILER_REFUSED, /* for good: nobody has this address, or the server does not want it */
  MAILER_DELAYED, /* certainly not taken; another time it may be */
  MAILER_UNSURE,  /* the connection broke while it was sent: nobody knows */
} MailerState;

/* TRUE for an address that can be written to: one @, nothing that ends a line. */
gboolean mailer_is_address (const char *text);
/* Sends it; *@reply, which may be NULL, is what the server said of a message that it
 * did not take: free with g_free(). FALSE with MAILER_ERROR_SERVER where no message
 * can be sent at all, and then this one was not. */
gboolean mailer_send (Mailer *mailer, const MailerMessage *message, MailerState *state,
                      char **reply, GError **error);
