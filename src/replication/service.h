/* service.h: the hub's side of replication at work: the sync protocol (PROTOCOL.md) over
 * HTTPS in front of writer, watch and chores.
 *
 * Threads: service_start() and service_stop() are called by one thread; the rest runs
 * in threads of its own. Starting blocks on disk, stopping until all who wait are
 * answered.  */
#pragma once

#include "http/server.h"
#include "replication/hub_parts.h"

#define SERVICE_ERROR service_error_quark ()
GQuark service_error_quark (void);
typedef enum {
  SERVICE_ERROR_TAKEN, /* another hub serves this replica already */
} ServiceError;

typedef struct {
  const char *db;
  const char *listen;       /* see http/address.h */
  const char *const *names; /* host names stations use; NULL: this machine's */
  const char *url;          /* the address that other hubs' stations are told; NULL: by these */
  Clock clock;
} ServiceOptions;

typedef struct _Service Service;

/* Errors of its own, of http/server.h and http/address.h, and of the journal. */
Service *service_start (const ServiceOptions *options, GError **error);
/* Where it listens: "https://127.0.0.1:8443". */
const char *service_url (const Service *service);
const char *service_pin (const Service *service);
/* Its parts, for other servers of the same process; they stop before it does. */
HubParts *service_hub (Service *service);
void service_stop (Service *service); /* frees it */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Service, service_stop)

/* The address stations are told, from the last start. */
#define JOURNAL_LOCAL_HUB_ADDRESS "hub-address"
