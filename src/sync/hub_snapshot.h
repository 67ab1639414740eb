/* hub_snapshot.h: a hub's snapshot, got whole however often the network is cut: it comes
 * packed, and goes on where it stopped. Only sync/ includes this.
 * Threads: as the HubConnection. Blocks on the network, and between tries. */
#pragma once

#include "sync/hub_connection.h"

/* A snapshot must begin to come, and go on coming, within this; */
#define HUB_SNAPSHOT_STALL_S 60
/* so many tries that brought nothing more, one after the other, end it. */
#define HUB_SNAPSHOT_TRIES_MAX 5

/* Puts it, unpacked, in the place of the file @path. @answer: of the try that brought its
 * end. Errors of client_terms.h; then there is no file. */
gboolean hub_snapshot_fetch (HubConnection *http, const char *path, HubAnswer *answer,
                             GError **error);
