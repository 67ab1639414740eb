/* catalogue.h: a gettext catalogue (.mo) read directly, so that two languages can be
 * shown at once.
 *
 * gettext() knows one language a process; a screen that says everything in French and
 * Chinese needs both. The file format is GNU gettext's: manual, section "The Format of
 * GNU MO Files". Plural forms and contexts are not needed here and not read.
 *
 * Ownership: texts belong to the Catalogue. Threads: immutable once open. Opening blocks
 * on disk.  */
#pragma once

#include <glib.h>

#define CATALOGUE_BYTES_MAX (8 * 1024 * 1024)

#define CATALOGUE_ERROR catalogue_error_quark ()
GQuark catalogue_error_quark (void);
typedef enum {
  CATALOGUE_ERROR_READ, /* missing, too large, or no catalogue */
} CatalogueError;

typedef struct _Catalogue Catalogue;

/* @language as in assets/po: "fr", "zh_CN". @directory as words_start(): NULL for the
 * program's own. */
Catalogue *catalogue_open (const char *directory, const char *language, GError **error);
/* The same from a file's bytes, of which it keeps a reference. @name is for messages. */
Catalogue *catalogue_new (const char *name, GBytes *bytes, GError **error);
void catalogue_free (Catalogue *catalogue);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Catalogue, catalogue_free)

/* The translation of @text; NULL if it has none. */
const char *catalogue_find (const Catalogue *catalogue, const char *text);
