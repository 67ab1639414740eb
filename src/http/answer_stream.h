/* answer_stream.h: an answer that goes on for as long as there is something to say:
 * server-sent events (the WHATWG's HTML standard, section 9.2), or a long text.
 *
 * What is written waits in memory until the other side takes it, up to a limit: who does
 * not keep up is cut off (a browser's EventSource comes back by itself). A connection
 * that is silent is not known to be dead: write an event every fifteen seconds or
 * so.
 * Threads: any thread may call; nothing blocks.  */
#pragma once

#include <glib.h>

#define ANSWER_STREAM_WAITING_BYTES_MAX (1024 * 1024)
#define ANSWER_STREAM_EVENTS "text/event-stream; charset=utf-8"

typedef struct _AnswerStream AnswerStream;

/* An event; @name and @id may be NULL and must have no line ends; @data may have some.
 * FALSE once the other side has gone or was cut off, or the server stops: then let go of
 * it. */
gboolean answer_stream_event (AnswerStream *stream, const char *name, const char *id,
                              const char *data);
/* For many streams that are told the same: written once, sent to each at once. */
void answer_stream_append (GString *events, const char *name, const char *id, const char *data);
gboolean answer_stream_send (AnswerStream *stream, const GString *events);
/* What was written is still sent, then the answer is complete. */
void answer_stream_end (AnswerStream *stream);
/* Lets go, without ending it. */
void answer_stream_unref (AnswerStream *stream);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnswerStream, answer_stream_unref)

/* For server.h and request.h: -------------------------------------------------------- */

/* All streams of one server. */
typedef struct _AnswerStreams AnswerStreams;
AnswerStreams *answer_stream_list_new (void);
/* Cuts all off, and those that are begun from now on. */
void answer_stream_list_stop (AnswerStreams *streams);
void answer_stream_list_free (AnswerStreams *streams); /* when the server has stopped */

struct MHD_Connection;
struct MHD_Response;
/* *@response is to be queued and destroyed by the caller. */
AnswerStream *answer_stream_new (AnswerStreams *streams, struct MHD_Connection *connection,
                                 struct MHD_Response **response);
