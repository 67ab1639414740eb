/* surnames.h: how common a Chinese surname is.
 *
 * Source: the surnames of one character of ChineseNames 2025.8 (GitHub,
 * psychbruce/ChineseNames; 1.2 billion people) that 99.8 of 100 people bear, by how many,
 * then rare ones that are read otherwise as surnames (pinyin.h).
 * Threads: reentrant. */
#pragma once

#include <glib.h>

/* The rank of @text among surnames, 1 for the most common; 0 for what is none. Simplified
 * characters; surnames of two characters too. */
guint surnames_rank (const char *text);
