/* urlencoded.h: the fields of a form as a browser sends it
 * (application/x-www-form-urlencoded; the WHATWG's URL standard, section 5.1).
 *
 * Names and values are UTF-8 without NUL, else the form is refused. A name may stand more
 * than once (ticked boxes).
 * Threads: reentrant; a Form belongs to one thread.  */
#pragma once

#include <glib.h>

/* Fields of one form. */
#define URLENCODED_FIELDS_MAX 1000

#define URLENCODED_ERROR urlencoded_error_quark ()
GQuark urlencoded_error_quark (void);
typedef enum {
  URLENCODED_ERROR_MALFORMED, /* no UTF-8, a NUL, half an escape */
  URLENCODED_ERROR_TOO_MANY,  /* more than URLENCODED_FIELDS_MAX fields */
} UrlencodedError;

typedef struct _Urlencoded Urlencoded;

Urlencoded *urlencoded_parse (const char *text, gsize length, GError **error);
void urlencoded_free (Urlencoded *form);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Urlencoded, urlencoded_free)

/* The first value of @name, or NULL; the form's. */
const char *urlencoded_value (const Urlencoded *form, const char *name);
