/* hub_addresses.h: where stations find the hubs of one log: values that all hubs share,
 * one a hub (JOURNAL_LOCAL_HUB_AT). Each hub writes its own at its start; stations are
 * told all with what they read (PROTOCOL.md, Accueil-Hubs).
 *
 * A hub is known by a random name of its replica's own (JOURNAL_LOCAL_HUB_PLACE), so
 * that one that comes back under another address, or on another machine from a backup,
 * takes its own place. One that is gone for good is taken off with
 * hub_addresses_forget(); until then stations try it in vain, last of all.
 * Threads: as the Journal. Blocks on disk, and on the log where that is shared. */
#pragma once

#include "journal/journal.h"

#define JOURNAL_LOCAL_HUB_PLACE "hub-place"

#define HUB_ADDRESSES_ERROR hub_addresses_error_quark ()
GQuark hub_addresses_error_quark (void);
typedef enum {
  HUB_ADDRESSES_ERROR_UNKNOWN, /* no hub is known under that address */
} HubAddressesError;

/* This hub's is @url from now on; writes nothing where it is already. */
gboolean hub_addresses_note (Journal *journal, const char *url, GError **error);
/* All, by spaces; "" where there are none. Free with g_free(). */
char *hub_addresses_read (Journal *journal, GError **error);
gboolean hub_addresses_forget (Journal *journal, const char *url, GError **error);
