/* hub_choice.h: which hub a station speaks to, and by which way. Only sync/ includes
 * this.
 *
 * A station knows the address that it was enrolled with, and the others that the hub has
 * told since (PROTOCOL.md, Accueil-Hubs): all of one log, and all with the one key that
 * is pinned, so that none of them has to be trusted. It stays with one that answers;
 * after a failure it takes the next at once. Away from the first, it looks every
 * HUB_CHOICE_RETURN_MS whether that is back, and returns.
 *
 * The order: each address directly, in a hurry; each through $https_proxy, where that is
 * set; each directly, with patience, as a bad network needs.
 * Threads: as client.h. hub_choice_begin() blocks on the network where it looks for the
 * first. */
#pragma once

#include "journal/journal.h"
#include "sync/hub_connection.h"

#define HUB_CHOICE_ADDRESSES_MAX 8
#define HUB_CHOICE_ADDRESS_BYTES_MAX 200
#define HUB_CHOICE_HURRY_MS 1500
#define HUB_CHOICE_RETURN_MS 10000

typedef struct _HubChoice HubChoice;

/* NULL without @error: this replica belongs to no hub. */
HubChoice *hub_choice_new (Journal *journal, GError **error);
void hub_choice_free (HubChoice *choice);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HubChoice, hub_choice_free)

HubConnection *hub_choice_connection (HubChoice *choice);
/* Before each exchange: TRUE if it is with another hub than the one before. */
gboolean hub_choice_begin (HubChoice *choice);
/* After a failure that another may not have: goes to the next. FALSE once all were tried
 * since hub_choice_begin(). */
gboolean hub_choice_next (HubChoice *choice);
/* Speaking to another than the first. */
gboolean hub_choice_is_away (const HubChoice *choice);
/* The addresses as the hub has said them; NULL: it said none. Kept where they are new;
 * that this cannot be written is no trouble more. */
void hub_choice_learn (HubChoice *choice, Journal *journal, const char *hubs);
/* Those of @text (by spaces) that can be addresses of hubs, in order, without @but; by
 * spaces too. Free with g_free(). */
char *hub_choice_clean (const char *text, const char *but);
