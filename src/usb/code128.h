/* code128.h: Code 128 (ISO/IEC 15417) as bars and spaces, for the set-up codes that
 * scanners' makers publish in it.
 *
 * Code set B from the beginning, which those codes are printed in; control characters by
 * Shift. FNC3 says that the symbol is an order to the scanner, not data.
 * Threads: reentrant. Nothing here blocks.  */
#pragma once

#include <glib.h>

#define CODE128_FNC3 '\x81' /* in a text */
#define CODE128_QUIET_MODULES 10
#define CODE128_TEXT_MAX 48

/* Modules, 1 is dark, without quiet zone; free with g_bytes_unref(). NULL if @text is
 * empty, longer than CODE128_TEXT_MAX or holds a character that is neither ASCII nor
 * FNC3. */
GBytes *code128_modules (const char *text);
