/* body.h: a request's body while it is received and inflated; never more than a limit at
 * any step.
 * Threads: a Body belongs to one request; a BodyBudget is shared by all. */
#pragma once

#include <glib.h>

#define BODY_ERROR body_error_quark ()
GQuark body_error_quark (void);
typedef enum {
  BODY_ERROR_TOO_LARGE, /* more bytes than allowed, compressed or not */
  BODY_ERROR_MALFORMED, /* not gzip where that was said */
  BODY_ERROR_ENCODING,  /* compressed in a way not known here */
  BODY_ERROR_TYPE,      /* not of the type that is wanted */
} BodyError;

/* What all bodies together may hold in memory. */
typedef struct {
  gsize used; /* atomic */
  gsize most;
} BodyBudget;

typedef struct _Body Body;

Body *body_new (gsize most, BodyBudget *budget);
void body_free (Body *body);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Body, body_free)

/* FALSE if it would be more than allowed; what was received is then let go, and further
 * bytes are thrown away. */
gboolean body_add (Body *body, const void *data, gsize length);
/* FALSE if the budget of all bodies together was at its end, rather than this body too
 * large. */
gboolean body_had_room (const Body *body);

/* The text as it was received, or inflated. NUL-terminated; the Body's. */
const char *body_text (const Body *body, gsize *length);
/* Replaces the gzip data by what they inflate to, at most as much as allowed for the
 * body. */
gboolean body_inflate (Body *body, GError **error);
