/* letter_post.h: which letters have gone out by e-mail, so that none goes out twice
 * and an interrupted work goes on where it was.
 *
 * Before a letter is handed to the mail server, `sending` is a fact, and after it
 * what the server said. One of which only the first is known was under way when the
 * machine stopped or the connection broke: it may have arrived, and is not sent again
 * by itself.
 *
 * Threads: as the Journal. Blocks on disk. */
#pragma once

#include "journal/journal.h"

typedef enum {
  LETTER_POST_NONE,
  LETTER_POST_SENDING, /* nobody knows whether it arrived */
  LETTER_POST_SENT,
  LETTER_POST_DELAYED, /* not taken; another time it may be */
  LETTER_POST_REFUSED, /* not taken, for good: the address is wrong */
} LetterPostState;

typedef struct {
  LetterPostState state;
  char *address; /* a digest of where it went */
  char *reply;   /* what the server said of it */
} LetterPost;

/* Reference → LetterPost of all that were ever sent; free with g_hash_table_unref(). */
GHashTable *letter_post_read (Journal *journal, GError **error);
/* Whether a letter is to go to @address now; @post is NULL where none ever was. A refused
 * one only to another address. */
gboolean letter_post_is_due (const LetterPost *post, const char *address);
/* Writes how it stands, in one transaction; @reply may be NULL. */
gboolean letter_post_note (Journal *journal, const char *reference, LetterPostState state,
                           const char *address, const char *reply, GError **error);
