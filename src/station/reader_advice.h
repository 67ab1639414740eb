/* reader_advice.h: which reader ought to be set otherwise: what it sends is understood, but
 * not as it should be, so that another program, or a longer code, would not be.
 *
 * Told once for each reader, and kept for the page that shows readers.
 * Threads: a ReaderAdvice belongs to one thread. Nothing here blocks. */
#pragma once

#include "core/words.h"

typedef struct _ReaderAdvice ReaderAdvice;
ReaderAdvice *reader_advice_new (void);
void reader_advice_free (ReaderAdvice *advice); /* NULL-safe */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReaderAdvice, reader_advice_free)

/* @reader has sent @text. TRUE if it is to be told now: the first time that this is so. */
gboolean reader_advice_see (ReaderAdvice *advice, const char *reader, const char *text);
/* What is wrong and what to set; empty texts for nothing. */
Pair reader_advice_said (const ReaderAdvice *advice, const char *reader);
