/* signin_page.h: signing in and out. What is said of a failure never tells whether the
 * name, the password or the one-time code was wrong.
 * Threads: as a route's run(); passwords are checked in threads of their own. */
#pragma once

#include "office/visit.h"

gboolean signin_page_show (Request *request);
gboolean signin_page_submit (Request *request);
gboolean signin_page_sign_out (Request *request);
/* GET /language/{key}?next=PATH */
gboolean signin_page_language (Request *request);

/* The threads that check passwords, two at a time. */
GThreadPool *signin_page_checks (void);
