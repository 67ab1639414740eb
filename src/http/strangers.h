/* strangers.h: connections on which nobody has shown yet who she is: how many there may
 * be at once, and for how long, whatever they send or do not send. So whoever holds no
 * token can neither keep connections that stations need nor tie up the server by
 * slowness.
 *
 * Each connection is a stranger from its first moment until strangers_let() or its end.
 * One more than there may be, and the oldest of the address that has most of them is cut
 * off: of machines behind one router a flood cuts off its own first. A cut is a
 * shutdown() of the socket; libmicrohttpd then ends the connection.
 *
 * Whoever was refused some times on one connection, as who guesses is, waits longer and
 * longer for each further answer there.
 * Threads: all may be called from any thread; one of its own cuts off who is late. */
#pragma once

#include <glib.h>
#include <sys/socket.h>

/* A station has one for each direction and one for its state, and a person at it another. */
#define STRANGERS_OWNER_MAX 12
#define STRANGERS_FREE_REFUSALS 4
#define STRANGERS_DELAY_MS 100 /* for each further one, up to: */
#define STRANGERS_DELAY_MAX_MS 2000

typedef struct _Strangers Strangers;
typedef struct _Stranger Stranger;

/* At most @most, each for @limit_s from its connection on. */
Strangers *strangers_new (guint most, guint limit_s);
void strangers_free (Strangers *strangers); /* NULL-safe */

/* @socket must stay open until strangers_remove(). */
Stranger *strangers_add (Strangers *strangers, int socket, const struct sockaddr *address);
void strangers_remove (Strangers *strangers, Stranger *stranger);
/* She is known: no limit of time any more. @owner: as whom; of each no more than
 * STRANGERS_OWNER_MAX connections are kept, one more cuts off the oldest, so that a stolen
 * token takes nobody's place. NULL: no such limit. */
void strangers_let (Strangers *strangers, Stranger *stranger, const char *owner);
/* A refusal was sent to her. */
void strangers_note_refusal (Strangers *strangers, Stranger *stranger);
/* She has to wait for her next answer. */
gboolean strangers_is_delayed (Strangers *strangers, Stranger *stranger);
/* @go_on_with is called with @data when her time has come, by a thread of @strangers, or
 * at strangers_release(). */
void strangers_delay (Strangers *strangers, Stranger *stranger, void (*go_on_with) (gpointer data),
                      gpointer data);
/* Nobody waits any more, from now on. */
void strangers_release (Strangers *strangers);
/* Her request is complete and being answered: not cut off until that is done. */
void strangers_set_served (Strangers *strangers, Stranger *stranger, gboolean served);
