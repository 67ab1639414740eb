/* traditional.h: a text in simplified characters with traditional ones, by ICU.
 *
 * Where a simplified character stands for several (发: 發, 髮), the more common one; whoever
 * writes a name must be offered both forms.
 *
 * Threads: reentrant. The first call takes some 80 ms, while ICU opens its table. */
#pragma once

/* Free with g_free(). */
char *traditional_of (const char *text);
