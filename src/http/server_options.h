/* server_options.h: what a server is told when it starts (server.h), and its limits.
 * Threads: plain data. */
#pragma once

#include "http/route.h"

/* Of these connections, each with its TLS session, some tens of KiB. */
#define SERVER_CONNECTIONS_MAX 512
/* From one address: many machines share one behind a router. */
#define SERVER_CONNECTIONS_PER_ADDRESS_MAX 384
#define SERVER_HEADER_BYTES_MAX (32 * 1024)
/* An idle connection is closed after it. */
#define SERVER_IDLE_S 90
/* One on which nobody was authorised much sooner: so much after it was last heard, and so
 * much after its beginning whatever it sends. Of these no more than so many are kept
 * (strangers.h), so that those who are known always find room. */
#define SERVER_STRANGER_IDLE_S 10
#define SERVER_STRANGER_S 15
#define SERVER_STRANGERS_MAX 128
/* A request that is not complete after it is given up. */
#define SERVER_REQUEST_S 60
/* All bodies being received together. */
#define SERVER_BODIES_BYTES_MAX (128 * 1024 * 1024)
/* Of a body that is refused, so much is still read, so that who is sending it sees the
 * answer; then the connection is broken off. */
#define SERVER_REFUSED_BYTES_MAX (8 * 1024 * 1024)

/* 0: the value above. */
typedef struct {
  guint connections, connections_per_address, strangers;
  guint idle_s, stranger_idle_s, stranger_s, request_s;
  gsize header_bytes, bodies_bytes, refused_bytes;
  guint threads; /* 0: one a processor, two to four */
} ServerLimits;

typedef struct {
  const Route *routes; /* must stay */
  gpointer context;    /* request_context(); must stay */
  int socket;          /* listening (address.h); taken over, also where starting fails */
  /* Both or none; none: no TLS. */
  const char *key_pem, *certificate_pem;
  const char *priorities; /* GnuTLS's; NULL: TLS 1.3, and only key exchanges that cost little */
  ServerLimits limits;
  /* NULL for none: adds headers to an answer that is about to be sent. */
  void (*decorate) (Request *request, guint status);
  /* NULL for JSON: answers a refusal, those of the server itself included (words
   * "method", "path", "size", "busy", "text"); as run(). */
  gboolean (*refuse) (Request *request, guint status, const char *word, const char *message);
} ServerOptions;
