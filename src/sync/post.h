/* post.h: one message to a program elsewhere that speaks HTTP, over libcurl: by HTTPS
 * with the certificates that this machine trusts; plainly only to this machine itself.
 *
 * Follows no redirect, uses the machine's proxy settings, and throws the answer away. An address
 * holds no name and password, and errors say no more of it than the host: its path may be a secret.
 * Threads: reentrant; hub_connection_start() once before threads. Blocks on the network,
 * no longer than its time. */
#pragma once

#include <glib.h>

#define POST_ERROR post_error_quark ()
GQuark post_error_quark (void);
typedef enum {
  POST_ERROR_ADDRESS,     /* neither https://… nor http:// to this machine */
  POST_ERROR_UNREACHABLE, /* no connection, no trust, time-out, broken off */
} PostError;

/* FALSE with @error for an address that post_send() would not take. */
gboolean post_check (const char *url, GError **error);
/* @headers: lines, NULL-terminated. *@status is the answer's. */
gboolean post_send (const char *url, const char *const *headers, const char *body, gint timeout_ms,
                    guint *status, GError **error);
