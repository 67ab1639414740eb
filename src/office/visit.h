/* visit.h: one request for a page: who asks, in which language, and what pages have in
 * common: the policy in their headers, forms that prove where they come from, refusals
 * that a person reads.
 * Threads: as a route's run() (http/request.h). */
#pragma once

#include "http/request.h"
#include "office/office_context.h"
#include "office/view.h"

/* Cookies. */
#define VISIT_SESSION "__Host-accueil"
#define VISIT_LANGUAGE "__Host-language"

typedef struct {
  OfficeContext *office;
  gboolean signed_in;
  Account account; /* its texts are the Visit's; a viewer's without a name where not signed in */
  char *token;     /* of the session */
  char *form;      /* what forms bring back; "" where not signed in */
  PageLanguage language;
} Visit;

/* A route's authorise() for those that are not open to all: by cookie and role. */
gboolean visit_authorise (Request *request);
/* Who asks; found out on the first call of a request, which owns it. */
Visit *visit_of (Request *request);
/* A server's decorate(). */
void visit_decorate (Request *request, guint status);

/* TRUE if a browser says that a page of another address has sent this. */
gboolean visit_is_from_elsewhere (Request *request);
/* The form of a POST that a page of this session has sent. NULL: refused already, return
 * TRUE. Free with urlencoded_free(). */
Urlencoded *visit_form (Request *request);
/* The address from which somebody comes, also behind a proxy. */
const char *visit_peer (Request *request);

/* A view of @moment for @visit, with a Markup of its own. */
View visit_view (const Visit *visit, const Moment *moment);
