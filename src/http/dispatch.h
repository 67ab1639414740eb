/* dispatch.h: from libmicrohttpd's calls to a route: judged by the headers, received,
 * run. For server.c only.
 * Threads: called by libmicrohttpd's threads. */
#pragma once

#include <microhttpd.h>

/* @serving is a Serving (request_state.h). */
enum MHD_Result dispatch_handle (void *serving, struct MHD_Connection *connection, const char *path,
                                 const char *method, const char *version, const char *upload,
                                 size_t *upload_length, void **context);
/* A connection begins or ends (strangers.h). */
void dispatch_connection (void *serving, struct MHD_Connection *connection, void **context,
                          enum MHD_ConnectionNotificationCode code);
/* As libmicrohttpd's own, but that %00, which would end the text unseen, makes it no
 * text. */
size_t dispatch_unescape (void *data, struct MHD_Connection *connection, char *text);
void dispatch_completed (void *data, struct MHD_Connection *connection, void **context,
                         enum MHD_RequestTerminationCode code);
