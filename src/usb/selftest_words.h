/* selftest_words.h: what is said of a finding of the self-test, and what to do about it,
 * in French and Chinese together.
 *
 * Sentences are for whoever holds the reader, not for an organiser's language: a
 * volunteer of either nation.
 * Threads: reentrant. Nothing here blocks or fails.  */
#pragma once

#include "usb/selftest.h"

typedef struct {
  char *fr, *zh;               /* what was found */
  char *remedy_fr, *remedy_zh; /* what to do; "" for nothing */
} SelftestWords;

SelftestWords selftest_words (const SelftestFinding *finding);
void selftest_words_clear (SelftestWords *words);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SelftestWords, selftest_words_clear)
