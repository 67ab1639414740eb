/* own_head.h: the hub's word on how far its own facts reach: name, seq and chain, signed
 * with its station key.
 *
 * Stations keep the last one they got. If the hub is restored from an older copy, it has
 * lost facts under its own name, which nobody else may write; a station that gives them
 * back shows the hub its own word that they are its own (restore.h).
 * Threads: an OwnHead may be used by any thread.  */
#pragma once

#include "journal/journal.h"

typedef struct _OwnHead OwnHead;

/* With the key of @journal's station. NULL if it has none. */
OwnHead *own_head_new (Journal *journal, GError **error);
void own_head_free (OwnHead *own_head);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OwnHead, own_head_free)

/* "NAME SEQ CHAIN SIGNATURE"; made anew only when @seq has changed. Free with
 * g_free(). */
char *own_head_text (OwnHead *own_head, gint64 seq, const Hash *chain);
/* What @text says, whoever has signed it; FALSE if it is no such word. */
gboolean own_head_claims (const char *text, gint64 *seq, Hash *chain);
/* FALSE if @text is not the hub's own word. */
gboolean own_head_read (const OwnHead *own_head, const char *text, gint64 *seq, Hash *chain);
