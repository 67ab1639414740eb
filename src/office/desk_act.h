/* desk_act.h: what an organiser does by a form: the same code as at the kiosk
 * (desk/desk.h), in the hub's writer, under the name of her account.
 *
 * A route's run() calls desk_act_run(); it is called again when the act is done.
 * Threads: as a route's run(); steps run in the writer's thread. */
#pragma once

#include "office/visit.h"
#include "vocabulary/desk_verdict.h"

/* @form: what was sent; @name: the account's. */
typedef gboolean (*DeskActStep) (Journal *journal, const Urlencoded *form, const char *subject,
                                 const char *name, DeskResult *result, GError **error);

/* NULL where the request is answered, or goes on later: return TRUE. Else the verdict of
 * what was done. @subject: of whom; "" for none. */
const DeskResult *desk_act_run (Request *request, const char *subject, DeskActStep step);
