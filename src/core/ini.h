/* ini.h: an INI file (GKeyFile's syntax) read so that every fault can be named by file,
 * line, section, key and reason.
 *
 * GKeyFile reads the values; what it passes over in silence (a section or key that stands
 * twice) or refuses without a place (a line that is nothing) is found here. Sections are
 * called "KIND ID" or "KIND".
 *
 * Must not know: which sections and keys there are, and what they mean. Ownership: texts
 * and sections belong to the Ini. Threads: an Ini belongs to one thread. Nothing here
 * blocks.  */
#pragma once

#include <glib.h>

#define INI_TEXT_MAX 300       /* characters of one value */
#define INI_LIST_TEXT_MAX 8000 /* of a list */
#define INI_LIST_MAX 500       /* values in a list */
#define INI_FAULTS_MAX 200     /* listed; all are counted */
#define INI_SECTIONS_MAX 5000

typedef struct _Ini Ini;

typedef struct {
  char *name; /* as written between the brackets */
  char *kind; /* its first word */
  char *id;   /* the rest, "" if there is none */
  guint line; /* from 1 */
} IniSection;

/* @file is the name in messages. Never NULL: what is wrong is in ini_faults(). @text must
 * be UTF-8, without NUL. */
Ini *ini_new (const char *file, const char *text, gsize length);
void ini_free (Ini *ini);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Ini, ini_free)

guint ini_section_count (const Ini *ini);
const IniSection *ini_section (const Ini *ini, guint index);
/* Keys of @section in the order of the file; NULL-terminated. */
const char *const *ini_keys (const Ini *ini, const IniSection *section);

/* The value of @key in NFC without white space around it. NULL if absent or, with a fault
 * noted, if it cannot be a value: bad escape, control characters, too long, empty. */
const char *ini_text (Ini *ini, const IniSection *section, const char *key);
/* The same; an absent key is a fault. */
const char *ini_text_needed (Ini *ini, const IniSection *section, const char *key);
/* The values between semicolons, trimmed, empty ones left out; NULL if absent. Free with
 * g_strfreev(). */
char **ini_list (Ini *ini, const IniSection *section, const char *key);

/* Notes a fault at @key of @section (@key NULL: the section; @section NULL: the file). */
void ini_fault (Ini *ini, const IniSection *section, const char *key, const char *format, ...)
    G_GNUC_PRINTF (4, 5);
/* Where @key of @section stands: "file:line". Free with g_free(). */
char *ini_place (const Ini *ini, const IniSection *section, const char *key);
/* How many were noted. */
guint ini_fault_count (const Ini *ini);
/* One line a fault, at most INI_FAULTS_MAX, in the order they were noted; free with
 * g_free(). */
char *ini_faults (const Ini *ini);
