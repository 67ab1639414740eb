/* crew.h: threads that draw many badges, each with a template of its own.
 *
 * Texts are handed over in order and numbered from 1; with one thread they are worked in that order too.
 *
 * Threads: all calls from one thread but for @work, which the crew's threads make. crew_add() blocks while CREW_WAITING_MAX texts wait.  */
#pragma once

#include "station/press.h"

#define CREW_WAITING_MAX 64
#define CREW_THREADS_MAX 8

typedef struct _Crew Crew;

/* Draws the badge. FALSE ends the work of all: what waits is passed over. */
typedef gboolean (*CrewWork) (BadgeTemplate *template_, guint number, const PressText *text, gpointer data);

/* @threads 0: as many as there are processors. BADGE_ERROR of the template. */
Crew *crew_start (const char *template_, guint threads, CrewWork work, gpointer data, GError **error);
/* Takes @text. FALSE when the work has ended. */
gboolean crew_add (Crew *crew, PressText *text);
guint crew_done (Crew *crew);
/* Waits until all is worked, or with @now TRUE only for what is in hand. Nothing can be added any more. FALSE if not all was worked. */
gboolean crew_finish (Crew *crew, gboolean now);
void crew_free (Crew *crew);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Crew, crew_free)
