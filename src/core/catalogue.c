#include "core/catalogue.h"

#include "core/words.h"

#include <string.h>

#define MAGIC 0x950412deu
#define HEADER_BYTES 28
#define DOMAIN_FILE "accueil.mo"

struct _Catalogue {
  GBytes *bytes;
  const guint8 *data;
  gsize length;
  gboolean swapped;
  guint32 count, originals, translations; /* offsets of the two tables of (length, offset) */
};

G_DEFINE_QUARK (catalogue - error - quark, catalogue_error)

static guint32 word_at (const Catalogue *catalogue, gsize offset)
{
  guint32 word;

  memcpy (&word, catalogue->data + offset, sizeof word);
  return catalogue->swapped ? GUINT32_SWAP_LE_BE (word) : word;
}

/* The text of row @index of @table, NULL if it lies outside of the file or has no end. */
static const char *text_at (const Catalogue *catalogue, guint32 table, guint32 index)
{
  gsize row = (gsize) table + (gsize) index * 8;
  guint32 length = word_at (catalogue, row), offset = word_at (catalogue, row + 4);

  if ((gsize) offset + length >= catalogue->length || catalogue->data[offset + length] != '\0')
    return NULL;
  return (const char *) catalogue->data + offset;
}

/* Both tables and all texts lie in the file, and the originals are in order. */
static gboolean is_sound (const Catalogue *catalogue)
{
  const gsize table_bytes = (gsize) catalogue->count * 8;
  const char *before = "";

  if (catalogue->originals + table_bytes > catalogue->length
      || catalogue->translations + table_bytes > catalogue->length)
    return FALSE;
  for (guint32 i = 0; i < catalogue->count; i++) {
    const char *original = text_at (catalogue, catalogue->originals, i);
    if (original == NULL || text_at (catalogue, catalogue->translations, i) == NULL
        || strcmp (before, original) > 0)
      return FALSE;
    before = original;
  }
  return TRUE;
}

Catalogue *catalogue_new (const char *name, GBytes *bytes, GError **error)
{
  g_autoptr (Catalogue) catalogue = g_new0 (Catalogue, 1);
  gboolean good;

  catalogue->bytes = g_bytes_ref (bytes);
  catalogue->data = g_bytes_get_data (bytes, &catalogue->length);
  good = catalogue->length >= HEADER_BYTES && catalogue->length <= CATALOGUE_BYTES_MAX;
  if (good) {
    catalogue->swapped = word_at (catalogue, 0) != MAGIC;
    good = word_at (catalogue, 0) == MAGIC && word_at (catalogue, 4) >> 16 == 0; /* major version */
  }
  if (good) {
    catalogue->count = word_at (catalogue, 8);
    catalogue->originals = word_at (catalogue, 12);
    catalogue->translations = word_at (catalogue, 16);
    good = is_sound (catalogue);
  }
  if (good)
    return g_steal_pointer (&catalogue);
  g_set_error (error, CATALOGUE_ERROR, CATALOGUE_ERROR_READ,
               _ ("%s is no gettext catalogue, or is damaged; build it again with msgfmt"), name);
  return NULL;
}

Catalogue *catalogue_open (const char *directory, const char *language, GError **error)
{
  g_autofree char *own = directory == NULL ? words_directory () : NULL;
  g_autofree char *path = g_build_filename (directory != NULL ? directory : own, language,
                                            "LC_MESSAGES", DOMAIN_FILE, NULL);
  g_autoptr (GMappedFile) file = NULL;
  g_autoptr (GBytes) bytes = NULL;
  GError *cause = NULL;

  file = g_mapped_file_new (path, FALSE, &cause);
  if (file == NULL) {
    g_set_error (error, CATALOGUE_ERROR, CATALOGUE_ERROR_READ,
                 _ ("Cannot read the words of language %s: %s"), language, cause->message);
    g_error_free (cause);
    return NULL;
  }
  bytes = g_mapped_file_get_bytes (file);
  return catalogue_new (path, bytes, error);
}

void catalogue_free (Catalogue *catalogue)
{
  if (catalogue == NULL)
    return;
  g_bytes_unref (catalogue->bytes);
  g_free (catalogue);
}

const char *catalogue_find (const Catalogue *catalogue, const char *text)
{
  guint32 low = 0, high = catalogue->count;

  while (low < high) {
    guint32 middle = low + (high - low) / 2;
    int order = strcmp (text, text_at (catalogue, catalogue->originals, middle));
    if (order == 0) {
      const char *found = text_at (catalogue, catalogue->translations, middle);
      return found[0] != '\0' && text[0] != '\0' ? found : NULL;
    }
    if (order < 0)
      high = middle;
    else
      low = middle + 1;
  }
  return NULL;
}
