/* doubles.h: one person under two references: the same e-mail address, or the same name
 * (folded, in whatever order its words stand) and organisation.
 *
 * Namesakes exist: this only tells, a person decides.
 * Threads: a Doubles is used by one thread at a time. Nothing here blocks or fails.  */
#pragma once

#include "roster/delegate.h"

typedef struct _Doubles Doubles;

typedef enum { DOUBLE_NONE, DOUBLE_EMAIL, DOUBLE_NAME } DoubleKind;

Doubles *doubles_new (void);
void doubles_free (Doubles *doubles);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Doubles, doubles_free)

/* Who looks the same among those who were added: what is the same, and her number in
 * *@other. */
DoubleKind doubles_find (const Doubles *doubles, const Delegate *delegate, guint *other);
/* The same, and remembers the person by @number; of several who look the same the first
 * is found. */
DoubleKind doubles_add (Doubles *doubles, const Delegate *delegate, guint number, guint *other);
