/* client_terms.h: the terms on which a station and its hub speak: limits, what can go
 * wrong, and what a replica keeps of its hub. Shared by client.h, which floors above
 * include, and the files behind it. */
#pragma once

#include <glib.h>

#define CLIENT_ANSWER_BYTES_MAX (32 * 1024 * 1024)
#define CLIENT_SNAPSHOT_BYTES_MAX (4LL * 1024 * 1024 * 1024)
#define CLIENT_WAIT_S 25

#define CLIENT_ERROR client_error_quark ()
GQuark client_error_quark (void);
typedef enum {
  CLIENT_ERROR_UNREACHABLE, /* no connection, time-out: try again later */
  CLIENT_ERROR_PIN, /* the server's key is not the one enrolled with: somebody is in between, or the
                       hub was set up anew */
  CLIENT_ERROR_REFUSED,  /* token unknown or revoked, or the code was used or has expired */
  CLIENT_ERROR_CONFLICT, /* the hub holds another history under this station's name */
  CLIENT_ERROR_OLDER,    /* the hub holds more of this station's history than this replica */
  CLIENT_ERROR_PROTOCOL, /* an answer that is not of the protocol */
  CLIENT_ERROR_CODE,     /* the enrolment code cannot be read */
  CLIENT_ERROR_NOT_ENROLLED,
} ClientError;

/* What a station's hub last said no to, which waiting mends not: kept until the hub takes
 * something again. */
typedef enum {
  CLIENT_REFUSAL_NONE,
  CLIENT_REFUSAL_REVOKED, /* token unknown or revoked */
  CLIENT_REFUSAL_OLDER,   /* this replica is an older copy: CLIENT_ERROR_OLDER */
  CLIENT_REFUSAL_FORK,    /* two machines have used one name: CLIENT_ERROR_CONFLICT */
  CLIENT_REFUSAL_KEY,     /* another key answers at the hub's address */
  CLIENT_REFUSAL_OTHER,   /* it does not take what is sent, or its answers cannot be read */
  CLIENT_REFUSAL_COUNT
} ClientRefusal;
/* As it stands in the local values; "" for none. */
const char *client_terms_refusal_name (ClientRefusal refusal);
/* Of two local values, of sending and of reading; either may be NULL. */
ClientRefusal client_terms_refusal (const char *push, const char *pull);
/* NONE for what waiting may mend. */
ClientRefusal client_terms_refusal_of (const GError *error);

#define JOURNAL_LOCAL_HUB_URL "hub-url"
/* More addresses of the same hub, or of others with the same log, as it was told last: by
 * spaces. */
#define JOURNAL_LOCAL_HUB_OTHERS "hub-others"
#define JOURNAL_LOCAL_HUB_PIN                                                                      \
  "hub-pin" /* "sha256//BASE64" of the SubjectPublicKeyInfo, as libcurl's CURLOPT_PINNEDPUBLICKEY  \
             */
#define JOURNAL_LOCAL_HUB_TOKEN "hub-token"
#define JOURNAL_LOCAL_HUB_CURSOR "hub-cursor"
#define JOURNAL_LOCAL_HUB_EPOCH "hub-epoch"
#define JOURNAL_LOCAL_HUB_CONTACT "hub-contact" /* Unix milliseconds of the last answer */
#define JOURNAL_LOCAL_HUB_SENT "hub-sent"       /* how many of our own facts the hub said it held */
#define JOURNAL_LOCAL_HUB_OFFSET                                                                   \
  "hub-offset" /* how far the hub's clock was ahead of ours then, in milliseconds */
