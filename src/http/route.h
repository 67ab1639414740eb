/* route.h: what a server answers: methods and paths, who may ask, and the function that
 * answers.
 *
 * A path is fixed text, or has parameters that stand for one whole part each:
 * "/people/{ref}/badge". Paths come decoded (%2F is a slash, and so ends a part). The
 * first route of the table that fits is taken: put "/people/new" before "/people/{ref}".
 * Threads: a table is constant; the functions are called by the server's threads
 * (request.h).  */
#pragma once

#include <glib.h>

typedef struct _Request Request;

/* What each function returns is FALSE if the request is not to go on: authorise() and
 * judge() have then noted a refusal (request_note_refusal()), run() has the connection
 * broken off. */
typedef gboolean (*RouteFunction) (Request *request);

typedef struct {
  const char *method; /* "GET"; NULL ends the table */
  const char *path;
  gsize body_most;         /* bytes, before and after inflating; 0: takes no body */
  RouteFunction authorise; /* by the headers: who asks, and may she? NULL: open to anyone */
  RouteFunction judge;     /* by the headers too, before the body is read; NULL for none */
  RouteFunction run;       /* answers, once the body is there */
} Route;

#define ROUTE_PARAMETERS_MAX 4

/* The parts of a path that stood for parameters. */
typedef struct {
  guint count;
  struct {
    char *name, *value;
  } each[ROUTE_PARAMETERS_MAX];
} RouteParameters;

void route_parameters_clear (RouteParameters *parameters);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RouteParameters, route_parameters_clear)

/* The route for @method and @path, and its parameters. NULL if there is none; *@allowed
 * are then the methods of the routes that have this path, as the header Allow wants them,
 * or NULL. Free with g_free(). */
const Route *route_find (const Route *routes, const char *method, const char *path,
                         RouteParameters *parameters, char **allowed);
