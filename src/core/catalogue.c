#include "core/catalogue.h"

#include "core/plural.h"

#include <string.h>

#define MAGIC 0x950412deu
#define HEADER_BYTES 28
#define DOMAIN_FILE "accueil.mo"
#define CONTEXT_END '\004'

struct _Catalogue {
  GBytes *bytes;
  const guint8 *data;
  gsize length;
  gboolean swapped;
  guint32 count, originals, translations; /* offsets of the two tables of (length, offset) */
  char *rule;                             /* of plurals: plural.h; NULL for none */
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

/* What the header says after "Plural-Forms:". The header is the translation of "", which
 * stands first. */
static char *read_rule (const Catalogue *catalogue)
{
  static const char KEY[] = "Plural-Forms:";
  const char *original
      = catalogue->count > 0 ? text_at (catalogue, catalogue->originals, 0) : "none";
  const char *line
      = original[0] == '\0' ? strstr (text_at (catalogue, catalogue->translations, 0), KEY) : NULL;

  return line != NULL ? g_strndup (line + strlen (KEY), strcspn (line + strlen (KEY), "\n")) : NULL;
}

/* From a file's bytes, of which it keeps a reference. @name is for messages. */
static Catalogue *read_bytes (const char *name, GBytes *bytes, GError **error)
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
  if (good) {
    catalogue->rule = read_rule (catalogue);
    return g_steal_pointer (&catalogue);
  }
  g_set_error (error, CATALOGUE_ERROR, CATALOGUE_ERROR_DAMAGED, "%s", name);
  return NULL;
}

Catalogue *catalogue_open (const char *directory, const char *language, GError **error)
{
  g_autofree char *path = g_build_filename (directory, language, "LC_MESSAGES", DOMAIN_FILE, NULL);
  g_autoptr (GMappedFile) file = NULL;
  g_autoptr (GBytes) bytes = NULL;
  GError *cause = NULL;

  file = g_mapped_file_new (path, FALSE, &cause);
  if (file == NULL) {
    g_set_error_literal (error, CATALOGUE_ERROR, CATALOGUE_ERROR_READ, cause->message);
    g_error_free (cause);
    return NULL;
  }
  bytes = g_mapped_file_get_bytes (file);
  return read_bytes (path, bytes, error);
}

void catalogue_free (Catalogue *catalogue)
{
  if (catalogue == NULL)
    return;
  g_bytes_unref (catalogue->bytes);
  g_free (catalogue->rule);
  g_free (catalogue);
}

/* How "@context\004@text", or @text alone, stands to @original. Of a text with plurals
 * the original is its singular, a NUL and its plural. */
static int compare (const char *context, const char *text, const char *original)
{
  if (context == NULL)
    return strcmp (text, original);
  gsize length = strlen (context);
  int order = strncmp (context, original, length);
  if (order != 0)
    return order;
  if (original[length] != CONTEXT_END)
    return CONTEXT_END - (guchar) original[length];
  return strcmp (text, original + length + 1);
}

/* The row of @text; FALSE if there is none. */
static gboolean find_row (const Catalogue *catalogue, const char *context, const char *text,
                          guint32 *row)
{
  guint32 low = 0, high = catalogue->count;

  while (low < high) {
    guint32 middle = low + (high - low) / 2;
    int order = compare (context, text, text_at (catalogue, catalogue->originals, middle));
    if (order == 0) {
      *row = middle;
      return TRUE;
    }
    if (order < 0)
      high = middle;
    else
      low = middle + 1;
  }
  return FALSE;
}

const char *catalogue_find (const Catalogue *catalogue, const char *context, const char *text)
{
  guint32 row;

  if (text[0] == '\0' || !find_row (catalogue, context, text, &row))
    return NULL;
  const char *found = text_at (catalogue, catalogue->translations, row);
  return found[0] != '\0' ? found : NULL;
}

const char *catalogue_find_plural (const Catalogue *catalogue, const char *context, const char *one,
                                   guint64 n)
{
  guint32 row;

  if (one[0] == '\0' || !find_row (catalogue, context, one, &row))
    return NULL;
  const char *found = text_at (catalogue, catalogue->translations, row);
  const char *end = found + word_at (catalogue, (gsize) catalogue->translations + (gsize) row * 8);
  for (guint form = plural_form (catalogue->rule, n); form > 0; form--) {
    found += strlen (found) + 1;
    if (found > end)
      return NULL;
  }
  return found[0] != '\0' ? found : NULL;
}

const char *catalogue_source (const Catalogue *catalogue, const char *found)
{
  for (guint32 i = 0; i < catalogue->count; i++) {
    if (text_at (catalogue, catalogue->translations, i) != found)
      continue;
    const char *original = text_at (catalogue, catalogue->originals, i);
    const char *end = strchr (original, CONTEXT_END);
    return end != NULL ? end + 1 : original;
  }
  return NULL;
}
