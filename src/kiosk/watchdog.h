/* watchdog.h: tells the service manager that the screen is alive, so that one that hangs
 * is started anew.
 *
 * The sign of life comes from the main loop once everything else in it is done, drawing
 * included: a handler that hangs, and a loop that never gets done, both end it.
 *
 * The protocol is that of sd_notify(3), "Notes": datagrams to $NOTIFY_SOCKET.
 * libsystemd's own function blocks as long as the manager does not read, and would hang
 * the very screen that it is to watch.
 *
 * The unit (systemd/accueil-kiosk.service) has cage as its main process and the kiosk
 * below it, with NotifyAccess=all. So $WATCHDOG_PID, which names cage, is not looked at
 * (with it sd_watchdog_enabled(3) says that nobody waits for us).
 *
 * Threads: one, that of the default main context. Never blocks.  */
#pragma once

#include <glib.h>

typedef struct _Watchdog Watchdog;

/* Says that the kiosk is ready, and from then on that it lives, four times in the time
 * that the manager allows ($WATCHDOG_USEC). Where no manager listens it does nothing. */
Watchdog *watchdog_start (void);
/* Until it is called with FALSE the manager waits a minute for a sign: whoever tries to
 * begin may wait for another's lock on the replica, more than once. */
void watchdog_patience (Watchdog *watchdog, gboolean patient);
/* Says that the kiosk ends on purpose. NULL-safe. */
void watchdog_stop (Watchdog *watchdog);
