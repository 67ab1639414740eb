/* strangers.h: connections on which nobody has shown yet who she is: how many there may
 * be at once, and for how long, whatever they send or do not send. So whoever holds no
 * token can neither keep connections that stations need nor tie up the server by
 * slowness.
 *
 * Each connection is a stranger from its first moment until strangers_let() or its end.
 * One more than there may be, and the oldest of the address that has most of them is cut
 * off: of machines behind one router a flood cuts off its own first. A cut is a
 * shutdown() of the socket; libmicrohttpd then ends the connection.
 * Threads: all may be called from any thread; one of its own cuts off who is late. */
#pragma once

#include <glib.h>
#include <sys/socket.h>

typedef struct _Strangers Strangers;
typedef struct _Stranger Stranger;

/* At most @most, each for @limit_s from its connection on. */
Strangers *strangers_new (guint most, guint limit_s);
void strangers_free (Strangers *strangers); /* NULL-safe */

/* @socket must stay open until strangers_remove(). */
Stranger *strangers_add (Strangers *strangers, int socket, const struct sockaddr *address);
void strangers_remove (Strangers *strangers, Stranger *stranger);
/* She is known: no limit any more. */
void strangers_let (Strangers *strangers, Stranger *stranger);
/* Her request is complete and being answered: not cut off until that is done. */
void strangers_set_served (Strangers *strangers, Stranger *stranger, gboolean served);
