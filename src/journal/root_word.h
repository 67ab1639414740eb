/* root_word.h: what a fact of the root means for facts of others (standing.h judges
 * them), and the one word that the root says by itself: when facts from the future have
 * arrived. Only journal/ includes this. Threads: as a Journal. Blocks on disk. */
#pragma once

#include "journal/journal.h"
#include "journal/standing.h"

/* @fact, of the root, was stored and counts: which facts of others count may have
 * changed. They are looked at again before the commit. */
gboolean root_word_note (Journal *journal, const Fact *fact, GError **error);
/* Says that the station signs its heads by @key, and that nothing of it counts
 * unsigned from its number @from on. Does nothing on other replicas, nor while this
 * one settles. */
gboolean root_word_signs (Journal *journal, const Standing *standing, gint64 from,
                          const SignPublic *key, GError **error);
/* The root dates facts that come from the future by their arrival: no clock orders those
 * of others out. Said before they are stored, once for all of @facts that are of the same
 * station and follow. Does nothing on other replicas. */
gboolean root_word_bound (Journal *journal, const Standing *standing, const Fact *facts,
                          guint count, GError **error);
