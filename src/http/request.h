/* request.h: one HTTP request: what it came with, and how it is answered.
 *
 * A request's life:
 *   1. its headers are there: the server looks for the route (route.h); the route's
 *      authorise() finds out who asks and keeps that with request_set_caller(); judge()
 *      may refuse by other headers. Both refuse by request_note_refusal() and FALSE;
 *   2. its body is received, up to the route's limit, or thrown away if it is refused;
 *   3. run() is called once the body is there. It answers at once,
 *        return request_answer_text (request, HTTP_STATUS_OK, "text/html", html);
 *      or, where that takes long, keeps its state with request_set_work(), calls
 *      request_suspend(), hands the request to another thread and returns TRUE. When that
 *      thread has called request_resume(), run() is called again and finds its state by
 *      request_work();
 *   4. the answer is sent; then what belongs to the request is freed.
 *
 * What a request came with is its sender's: of no length but what the limits say, and any
 * text. Path, parameters, query and cookies are UTF-8 without NUL (others are refused
 * before a route is asked); headers are bytes.
 *
 * Threads: a Request is touched by one thread at a time: the server's, or, while
 * suspended, the one it was handed to. run() must not block for long: it holds up
 * others.  */
#pragma once

#include "http/answer_stream.h"
#include "http/body.h"
#include "http/http_status.h"
#include "http/route.h"
#include "http/urlencoded.h"

/* Reading ---------------------------------------------------------------------------- */

/* The server's context (server.h). */
gpointer request_context (Request *request);
const char *request_method (Request *request);
const char *request_path (Request *request);
/* g_get_monotonic_time() when its headers were there. */
gint64 request_started (Request *request);
/* The address of the other side as text, without port: "192.0.2.7"; "" over a Unix
 * socket. The request's. */
const char *request_peer (Request *request);

/* What stands for {name} in the route's path. NULL if there is none such in the route. */
const char *request_parameter (Request *request, const char *name);
/* The first value of a query parameter, decoded; of a header; of a cookie. NULL if
 * absent. */
const char *request_query (Request *request, const char *name);
const char *request_header (Request *request, const char *name);
const char *request_cookie (Request *request, const char *name);
/* All values of a query parameter: const char * of the request's. Free with
 * g_ptr_array_unref(). */
GPtrArray *request_query_values (Request *request, const char *name);
/* A whole number in @low…@high; @missing if the parameter is absent. FALSE if it is
 * anything else. */
gboolean request_number (Request *request, const char *name, gint64 missing, gint64 low,
                         gint64 high, gint64 *value);

/* The body as received; NULL if the route takes none. */
Body *request_body (Request *request);
/* The body's text, inflated if its header says gzip: NUL-terminated, the request's.
 * NULL with an error of body.h; "" if the route takes no body. May be called more
 * than once. */
const char *request_text (Request *request, gsize *length, GError **error);
/* The body as a form: errors of body.h (another Content-Type: BODY_ERROR_TYPE) and of
 * urlencoded.h. */
Urlencoded *request_form (Request *request, GError **error);

/* Who asks, as authorise() has found out. */
void request_set_caller (Request *request, gpointer caller, GDestroyNotify free_caller);
gpointer request_caller (Request *request);
/* For authorise(): the connection is @owner's, of whom so many may be open and no more
 * (strangers.h). */
void request_set_owner (Request *request, const char *owner);
/* The state of a route between two calls of run(). */
void request_set_work (Request *request, gpointer work, GDestroyNotify free_work);
gpointer request_work (Request *request);

/* Answering
 * ---------------------------------------------------------------------------------------
 * Each request_answer_…() ends the request and returns what run() is to return. All
 * answers say “Cache-Control: no-store” unless another was added. */

/* A header of the answer to come; @name and @value without control characters, or FALSE
 * and nothing is added. */
gboolean request_add_header (Request *request, const char *name, const char *value);
/* A cookie that only this server's pages get and no script sees: “Secure; HttpOnly;
 * SameSite=Strict; Path=/”; call it __Host-… . @max_age_s 0 takes it away, below 0 it
 * ends with the browser. FALSE if @value has other characters than RFC 6265 allows. */
gboolean request_set_cookie (Request *request, const char *name, const char *value,
                             gint64 max_age_s);

/* The text that follows may be sent as gzip, where that is taken; say “Vary:
 * Accept-Encoding” with it. Only for what holds no secret, or no word that a stranger
 * could have chosen for this request: its length would tell (compress.h). */
void request_compress (Request *request);
/* The other side takes gzip: for bytes that are kept compressed. */
gboolean request_takes_gzip (Request *request);
/* @text is taken over. */
gboolean request_answer_text (Request *request, guint status, const char *type, char *text);
/* @json is taken over; a line end is added. */
gboolean request_answer_json (Request *request, guint status, char *json);
gboolean request_answer_bytes (Request *request, guint status, const char *type, GBytes *bytes);
/* The first @size bytes of @fd, which is taken over; sent without reading it into
 * memory. */
gboolean request_answer_file (Request *request, guint status, const char *type, int fd,
                              guint64 size);
/* A file that is the same as long as its @tag is (an ETag with its quotation marks): who
 * asks for a part of it gets that (206, or 416 where there is none), but all of it if she
 * had begun with another one (If-Range). */
typedef struct {
  int fd; /* taken over */
  guint64 size;
  const char *type, *tag;
  gboolean packed; /* it is gzip, which she takes */
} LastingFile;
gboolean request_answer_lasting (Request *request, const LastingFile *file);
/* 204 or 304: no body. */
gboolean request_answer_empty (Request *request, guint status);
/* 303: the browser gets @location of this server by GET. */
gboolean request_redirect (Request *request, const char *location);
/* An answer that goes on after run() has returned (answer_stream.h). *@stream is the
 * caller's; NULL if the connection is to be broken off. */
gboolean request_answer_stream (Request *request, const char *type, AnswerStream **stream);

/* Refuses; @word is for a program and constant, the message for a person. It becomes
 * {"error":WORD,"message":…}, or what the server's refuse() makes of it (server.h). */
gboolean request_refuse (Request *request, guint status, const char *word, const char *format, ...)
    G_GNUC_PRINTF (4, 5);
/* Notes why the request will be refused, once its body has come. */
void request_note_refusal (Request *request, guint status, const char *word, const char *format,
                           ...) G_GNUC_PRINTF (4, 5);
/* Answers with what was noted. */
gboolean request_answer_refusal (Request *request);

/* Waiting ---------------------------------------------------------------------------- */

/* Suspends the connection; request_resume() makes run() be called again. Both may cross.
 * server_stop() waits for all that are suspended. */
void request_suspend (Request *request);
void request_resume (gpointer request);
