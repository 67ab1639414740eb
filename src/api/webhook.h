/* webhook.h: addresses that are told at once what happens: a guest of the protocol
 * arrives, two stations contradict each other, a station falls silent.
 *
 * A message is JSON by POST, signed: the header
 *
 *     Accueil-Signature: t=UNIX-SECONDS,v1=HEX
 *
 * has the HMAC-SHA256 of "UNIX-SECONDS.BODY" under the secret that `webhook add` has
 * shown. Whoever receives it checks that and how old the time is, and answers with a
 * status of 200 to
 * 299. Else it is sent again, WEBHOOK_TRIES_MAX times in all, later and later, then
 * given up. It may come twice: “Accueil-Delivery” is the same then.
 *
 * Webhooks are values of the hub's own replica alone (journal_local()), their secrets
 * with them. Nobody is named: a guest of the protocol by delegation, and by reference
 * only where the webhook has the scope `protocol`, without which it is not told of her
 * at all.
 *
 * Threads: as the Journal; an array that was read belongs to who read it. Blocks on
 * disk. */
#pragma once

#include "core/identifier.h"
#include "journal/journal.h"

#define WEBHOOKS_MAX 20
#define WEBHOOK_TRIES_MAX 6

#define WEBHOOK_ERROR webhook_error_quark ()
GQuark webhook_error_quark (void);
typedef enum {
  WEBHOOK_ERROR_NAME,    /* none that a webhook can have, one that is taken, or too many */
  WEBHOOK_ERROR_UNKNOWN, /* there is none of that name */
  WEBHOOK_ERROR_SCOPE,   /* no such scope, or none */
  WEBHOOK_ERROR_DAMAGED, /* what is kept cannot be read */
} WebhookError;

typedef enum {
  WEBHOOK_PROTOCOL = 1 << 0, /* a guest of the protocol has arrived */
  WEBHOOK_CONFLICT = 1 << 1, /* two stations contradict each other */
  WEBHOOK_STATION = 1 << 2,  /* a station is silent */
} WebhookScope;

typedef struct {
  char *name, *url, *secret;
  guint scopes;
  gint64 since_ms; /* what happened before is not told */
} Webhook;

/* All, by name: Webhook, free with g_ptr_array_unref(). */
GPtrArray *webhook_all (Journal *journal, GError **error);
/* @scopes: "protocol,conflict,station". The secret; free with g_free(). */
char *webhook_add (Journal *journal, const char *name, const char *url, const char *scopes,
                   GError **error);
gboolean webhook_remove (Journal *journal, const char *name, GError **error);
/* The scopes as words; free with g_free(). */
char *webhook_scope_words (guint scopes);
/* The value of Accueil-Signature; free with g_free(). */
char *webhook_signature (const char *secret, gint64 now_s, const char *body);
