/* draft.h: a file that cairo writes under another name (FILE.part, its owner's alone)
 * until it is whole.
 * Threads: one at a time. Blocks on disk. */
#pragma once

#include <cairo.h>
#include <glib.h>

typedef struct _Draft Draft;

/* BADGE_ERROR_WRITE, here and below: the message names @path. */
Draft *draft_new (const char *path, GError **error);
/* A cairo_write_func_t; @draft is a Draft. */
cairo_status_t draft_append (void *draft, const guint8 *bytes, guint length);
/* Fails where @status is not success: the reason is the disk's, if it has one. */
gboolean draft_check (const Draft *draft, cairo_status_t status, GError **error);
/* What was written so far. */
GMappedFile *draft_map (Draft *draft, GError **error);
/* To disk; nothing can be written any more. Harmless the second time. */
gboolean draft_seal (Draft *draft, GError **error);
/* Seals it and gives it its name. */
gboolean draft_finish (Draft *draft, GError **error);
/* Removes what was not finished. */
void draft_free (Draft *draft);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Draft, draft_free)
