/* live.h: pages that change by themselves: one thread looks at the replica, recounts when
 * something has changed (moment.h), and sends whoever looks the parts of her page that
 * differ, as server-sent events. Nobody who looks costs a question to the database.
 *
 * Readers of one page, language and role share a channel: a part is drawn once for all of
 * them. Events: `part` (the part's id, a line end, its HTML), `time` (as of when, as
 * “13:44:52”), `end` (the account is gone). The id of an event says which moment a page
 * shows, so that who comes back gets what she has missed and nothing else.
 *
 * Recounting is paced by what it costs: never more than a fifth of one processor.
 * Threads: any may call; live_stop() by one.  */
#pragma once

#include "http/answer_stream.h"
#include "office/page_part.h"

#define LIVE_LOOK_MS 500
#define LIVE_TIME_MS 5000
#define LIVE_ID_MAX 64

struct _Watch;

typedef struct {
  const char *name; /* NULL ends a list */
  const PagePart *parts;
} LivePage;

typedef struct _Live Live;

/* @watch tells of commits; it and @states must outlive live_stop(). Counts once before it
 * returns. */
Live *live_start (const char *db, Clock clock, struct _Watch *watch, StationStates *states,
                  const LivePage *pages, GError **error);
/* No event is sent any more. */
void live_stop (Live *live);
void live_free (Live *live); /* when no request can call */

/* The newest; never NULL. */
Moment *live_moment (Live *live);
/* What @moment is called in event ids and ETags. */
void live_id (const Live *live, const Moment *moment, char id[LIVE_ID_MAX]);
const LivePage *live_page (const Live *live, const char *name);
/* @stream is taken over. @account: its events end when it is gone, or has another epoch.
 * @seen: the id of what the page shows, or NULL. */
void live_join (Live *live, const LivePage *page, PageLanguage language, const Account *account,
                const char *seen, AnswerStream *stream);
