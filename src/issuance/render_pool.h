/* render_pool.h: threads that draw many badges, each with a template of its own.
 *
 * Texts are handed over in order and numbered from 1; with one thread they are worked in
 * that order too.
 *
 * Threads: all calls from one thread but for @work, which the pool's threads make.
 * render_pool_add() blocks while RENDER_POOL_WAITING_MAX texts wait.  */
#pragma once

#include "issuance/badge_data.h"

#define RENDER_POOL_WAITING_MAX 64
#define RENDER_POOL_THREADS_MAX 8

typedef struct _RenderPool RenderPool;

/* Draws the badge. FALSE ends the work of all: what waits is passed over. */
typedef gboolean (*RenderWork) (BadgeTemplate *template_, guint number, const BadgeDataText *text,
                                gpointer data);

/* @threads 0: as many as there are processors. BADGE_ERROR of the template. */
RenderPool *render_pool_start (const char *template_, guint threads, RenderWork work, gpointer data,
                               GError **error);
/* Takes @text. FALSE when the work has ended. */
gboolean render_pool_add (RenderPool *pool, BadgeDataText *text);
guint render_pool_done (RenderPool *pool);
/* Waits until all is worked, or with @now TRUE only for what is in hand. Nothing can be
 * added any more. FALSE if not all was worked. */
gboolean render_pool_finish (RenderPool *pool, gboolean now);
void render_pool_free (RenderPool *pool);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RenderPool, render_pool_free)
