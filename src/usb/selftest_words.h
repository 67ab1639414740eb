/* selftest_words.h: what is said of a finding of the self-test, and what to do about it,
 * in both languages of the congress.
 *
 * Sentences are for whoever holds the reader, not for an organiser's language: a
 * volunteer of either nation.
 * Threads: reentrant. Nothing here blocks or fails.  */
#pragma once

#include "core/words.h"
#include "usb/selftest.h"

typedef struct {
  OwnedPair said;   /* what was found */
  OwnedPair remedy; /* what to do; "" for nothing */
} SelftestWords;

SelftestWords selftest_words (const SelftestFinding *finding);
void selftest_words_clear (SelftestWords *words);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SelftestWords, selftest_words_clear)
