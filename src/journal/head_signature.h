/* head_signature.h: a station's signature over its head: name, number and chain, by
 * the key that signs its badges. Since a chain covers all before it, one signature
 * says of all facts up to there that this station wrote them, by whatever way they
 * came: push, pull, merge, snapshot, backup.
 *
 * Own heads are signed at every commit. From when on a station signs is the root's
 * word (kind `signed`, standing.h): facts from that number on count only up to the
 * last head that it has signed; what is further is kept apart as `unsigned` until a
 * signature arrives. Of what comes at once one signature is checked, the last that
 * holds, and no other is kept.
 *
 * Only journal/ includes this; what others need is in journal.h. Threads: as a
 * Journal. Blocks on disk. */
#pragma once

#include "journal/journal.h"
#include "journal/standing.h"

/* TRUE if @fact bears a signature of @key over itself as its station's head. */
gboolean head_signature_holds (const SignPublic *key, const Fact *fact);
/* The last before @end that bears one of @first's station, which is looked for from
 * @first on; NULL for none. */
const Fact *head_signature_last (const SignPublic *key, const Fact *first, const Fact *end);

/* @fact, which is held, was signed and the signature was checked: keeps it. */
gboolean head_signature_keep (Journal *journal, const Fact *fact, GError **error);
/* The root has named the key of @station: of the signatures held the last that holds by
 * it counts, and those after it are dropped. */
gboolean head_signature_recheck (Journal *journal, const char *station, GError **error);
/* The key that is known of a station of which the root has not said that it signs: FALSE
 * in *@known for none. */
gboolean head_signature_key (Journal *journal, const char *station, SignPublic *key,
                             gboolean *vouched, gboolean *known, GError **error);
