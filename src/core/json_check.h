/* json_check.h: is a text JSON as RFC 8259 has it, and not too deep? json-glib's parser
 * takes more (comments, assignments, bare words, broken escapes), recurses as deep as the
 * text says, and makes of a wrong escape text that is not UTF-8; so no text reaches it
 * unchecked.
 *
 * Stricter than the RFC in one thing: \u0000 and half surrogate pairs, which no text of
 * ours can hold, are refused.
 * Threads: reentrant. Nothing here fails or blocks. Uses no memory but a few bytes of
 * stack.  */
#pragma once

#include <glib.h>

/* The deepest that can be asked for. */
#define JSON_CHECK_DEPTH_MAX 64

typedef enum { JSON_CHECK_GOOD, JSON_CHECK_SYNTAX, JSON_CHECK_DEPTH } JsonCheck;

/* @text is UTF-8 of @length bytes. *@at: where the fault is. */
JsonCheck json_check (const char *text, gsize length, guint depth_max, gsize *at);
