/* simplified.h: one form for a Han character that is written in two: 張 and 张 are 张.
 *
 * Source: the pairs of ICU 72's transliteration Traditional-Simplified, those of Unihan's
 * kSimplifiedVariant that it lacks (Unicode 15.0), and some forms of Japan, Korea and old
 * print. They are a table here because ICU takes 80 ms to open its own, for each command.
 * Left out are 苎, which ICU turns into 苧 and back, and 乾, which is no 干 in names (Qian).
 *
 * Two characters may share a simplified form (發 and 髮 are 发): for comparison and search
 * only, never to be shown.
 *
 * Threads: reentrant. Nothing here blocks or fails.  */
#pragma once

#include <glib.h>

/* The simplified form of @c; @c itself if it has none. What this gives has itself as its
 * simplified form. */
gunichar simplified_of (gunichar c);
