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

/* Five hundred stations, of which each has two connections and now and then a third. */
#define SERVICE_CONNECTIONS_MAX 2048
/* Also of five hundred behind one router. */
#define SERVICE_CONNECTIONS_PER_ADDRESS_MAX 1536
/* Open files with which all that a hub serves has enough: stations, pages, what other
 * programs read, its own. With less, a part of them is for stations. */
#define SERVICE_FILES 4096
#define SERVICE_CONNECTIONS_OF(files)                                                              \
  ((files) >= SERVICE_FILES ? SERVICE_CONNECTIONS_MAX : MAX ((files) / 4, 16))
/* With how many the hub was started last; a local value. */
#define SERVICE_LOCAL_FILES "hub-open-files"

typedef struct {
  const char *db;
  const char *listen;       /* see http/address.h */
  const char *const *names; /* host names stations use; NULL: this machine's */
  const char *url;          /* the address that other hubs' stations are told; NULL: by these */
  Clock clock;
  guint files; /* that may be open, 0 for enough (http/open_files.h) */
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
