/* languages.h: the two languages that the congress reads, from the event file
 * ([congress] languages = fr; zh, which is what they are without that line).
 *
 * A program takes them once, when it starts (core/words.h): other languages of a new
 * event file are those of its next start.
 *
 * Threads: before any thread that reads words. Blocks on disk. */
#pragma once

#include "journal/journal.h"

/* Chooses the words of the replica's congress. FALSE if the replica cannot be read,
 * or a language has no words on this machine: it then reads English, as
 * words_choose() says. */
gboolean languages_choose (Journal *journal, GError **error);
/* The same for a program that is to go on: a language without words is warned of, and
 * reads English. One bad line of the office's must neither keep the hub from starting nor
 * close a door. */
gboolean languages_take (Journal *journal, GError **error);
