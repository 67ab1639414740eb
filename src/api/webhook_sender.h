/* webhook_sender.h: tells webhooks (webhook.h) what happens: a thread that looks at the
 * replica when it has changed, and at the stations every WEBHOOK_SENDER_LOOK_MS.
 *
 * What was told or given up is remembered in the replica (journal_local()), the last
 * WEBHOOK_SENDER_TOLD_MAX of it, so that a restart tells nothing again; what waits for
 * its next try is looked for anew. Of several hubs with one log one tells
 * (replication/lease.h); where it dies, another does some seconds later. One that does
 * not answer holds up the others for one try, WEBHOOK_SENDER_ANSWER_MS, and then rests.
 *
 * Threads: started and stopped by one thread. Stopping blocks until a try under way
 * ends. */
#pragma once

#include "core/clock.h"

#include <glib.h>

#define WEBHOOK_SENDER_LOOK_MS 1000
#define WEBHOOK_SENDER_ANSWER_MS 5000
#define WEBHOOK_SENDER_TOLD_MAX 2000
#define WEBHOOK_SENDER_WAITING_MAX 500

typedef struct _WebhookSender WebhookSender;

/* @first_wait_ms: before the second try; each further one waits four times as long. */
WebhookSender *webhook_sender_start (const char *db, Clock clock, gint first_wait_ms,
                                     GError **error);
void webhook_sender_stop (WebhookSender *sender); /* frees it; NULL-safe */
