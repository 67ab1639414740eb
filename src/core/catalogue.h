/* catalogue.h: a gettext catalogue (.mo) read directly, so that several languages can be
 * shown at once.
 *
 * gettext() knows one language a process; a screen that says everything in two needs
 * both. The file format is GNU gettext's: manual, section "The Format of GNU MO Files".
 * Texts whose form depends on the machine ("%" PRId64) are not read: no msgid has them.
 *
 * Ownership: texts belong to the Catalogue. Threads: immutable once open. Opening blocks
 * on disk.  */
#pragma once

#include <glib.h>

#define CATALOGUE_BYTES_MAX (8 * 1024 * 1024)

#define CATALOGUE_ERROR catalogue_error_quark ()
GQuark catalogue_error_quark (void);
typedef enum {
  /* These messages have no words of their own: where they come from there are none
   * yet. */
  CATALOGUE_ERROR_READ,    /* missing; the message is the system's reason */
  CATALOGUE_ERROR_DAMAGED, /* too large, or no catalogue; the message is the file's name */
} CatalogueError;

typedef struct _Catalogue Catalogue;

/* @language as in assets/po: "fr", "zh_CN". @directory: of the catalogues, as in
 * words_start(). */
Catalogue *catalogue_open (const char *directory, const char *language, GError **error);
void catalogue_free (Catalogue *catalogue);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Catalogue, catalogue_free)

/* The translation of @text; NULL if it has none. @context: as in msgctxt, for a word that
 * has two meanings; NULL for none. */
const char *catalogue_find (const Catalogue *catalogue, const char *context, const char *text);
/* The same of a text with plurals, in the form that this language has for @n. @one: the
 * English singular. */
const char *catalogue_find_plural (const Catalogue *catalogue, const char *context, const char *one,
                                   guint64 n);
/* Of which text @found, the very pointer that catalogue_find() returned, is the
 * translation, without its context; NULL if it is none of this catalogue. Looks at all of
 * them. */
const char *catalogue_source (const Catalogue *catalogue, const char *found);
