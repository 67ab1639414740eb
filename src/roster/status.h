/* status.h: what the status columns of platforms say: is the person registered, yet to be
 * confirmed, or cancelled?
 *
 * Words are compared folded (core/text.h), in French (with any ending of gender and
 * number: annulé, annulée, Annulé(e)s), Chinese and English, or in two of them that say the
 * same (Annulé 已取消).
 * Threads: reentrant. Nothing here blocks or fails.  */
#pragma once

#include <glib.h>

typedef enum { STATUS_REGISTERED, STATUS_PENDING, STATUS_CANCELLED } Status;

/* FALSE if @text is no status that is known here. */
gboolean status_read (const char *text, Status *status);
/* "registered" "pending" "cancelled", or any word that status_read() knows. The words of
 * an organiser who says what a platform's word means: "WORD=MEANING". FALSE if it is not
 * of that form; @word is free with g_free(). */
gboolean status_read_meaning (const char *text, char **word, Status *status);
