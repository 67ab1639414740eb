/* glossary.h: the other language of organisations, functions and categories, from a list
 * with the headings genre, fr, zh (类型, 法文, 中文; kind, French, Chinese).
 *
 * `genre` is organisme, fonction or catégorie (单位, 职务, 类别; organisation, function,
 * category); without that column a word serves for all three. Of a word that stands in it
 * twice the first is taken.
 * Threads: immutable once read. Reading blocks on disk.  */
#pragma once

#include <glib.h>

typedef enum {
  GLOSSARY_ORGANISATION,
  GLOSSARY_FUNCTION,
  GLOSSARY_CATEGORY,
  GLOSSARY_KINDS
} GlossaryKind;

typedef struct _Glossary Glossary;

/* IMPORT_ERROR_FILE, _ENCODING, _FORMAT; a row of an unknown kind is _FORMAT too, with
 * its line. */
Glossary *glossary_read (const char *path, GError **error);
void glossary_free (Glossary *glossary);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Glossary, glossary_free)

guint glossary_size (const Glossary *glossary);

/* The Chinese of a French word, NULL if it is not there. @glossary may be NULL. */
const char *glossary_zh (const Glossary *glossary, GlossaryKind kind, const char *fr);
const char *glossary_fr (const Glossary *glossary, GlossaryKind kind, const char *zh);
