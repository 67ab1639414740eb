/* plural.h: which plural form a language has for a number: « 0 présent, 1 présent, 2
 * présents », “3 人”.
 *
 * The rule is the one that a gettext catalogue's header has after "Plural-Forms:": GNU
 * gettext's manual, section "Additional gettext functions for plural forms". It is an
 * expression of C over n, with ?: || && == != < > <= >= + - * / % ! and brackets.
 *
 * Threads: reentrant. Nothing here blocks, fails or allocates.  */
#pragma once

#include <glib.h>

#define PLURAL_RULE_MAX 512 /* bytes: the longest in use, Arabic's, has 160 */

/* The form for @n, from 0 on. @rule: "nplurals=2; plural=n>1;", up to the end of its
 * line. A rule that is missing (NULL), damaged or too long gives 0, and so does one that
 * names a form that it does not have. */
guint plural_form (const char *rule, guint64 n);
