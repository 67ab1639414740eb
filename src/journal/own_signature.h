/* own_signature.h: what a station signs of its head, and its own key at work: every
 * commit that has brought own facts signs the last of them (head_signature.h has the
 * whole).
 *
 * Only journal/ includes this. Threads: as a Journal. Blocks on disk. */
#pragma once

#include "core/hash.h"
#include "core/sign.h"
#include "journal/journal_error.h"

#include <glib.h>

/* What is signed. */
Hash own_signature_statement (const char *station, gint64 seq, const Hash *chain);
/* *@made is FALSE in a replica without a key: a snapshot. */
gboolean own_signature_make (Journal *journal, gint64 seq, const Hash *chain,
                             guint8 signature[SIGNATURE_BYTES], gboolean *made, GError **error);
/* Keeps the signature of the fact @seq of @station as the furthest that is known. */
gboolean own_signature_keep (Journal *journal, const char *station, gint64 seq,
                             const guint8 signature[SIGNATURE_BYTES], GError **error);
/* Signs the own head, where this transaction has brought own facts; before its commit. */
gboolean own_signature_commit (Journal *journal, GError **error);
