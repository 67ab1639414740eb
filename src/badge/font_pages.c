#include "badge/font_pages.h"

#include <fontconfig/fontconfig.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

#define MAPS "/proc/self/maps"
#define READ_ONLY "r--p"

/* A set of the paths of the pinned fonts. */
static GHashTable *pinned_files (void)
{
  GHashTable *files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const FcFontSet *fonts = FcConfigGetFonts (NULL, FcSetSystem);
  for (int i = 0; fonts != NULL && i < fonts->nfont; i++) {
    FcChar8 *file = NULL;
    if (FcPatternGetString (fonts->fonts[i], FC_FILE, 0, &file) == FcResultMatch)
      g_hash_table_add (files, g_strdup ((const char *) file));
  }
  return files;
}

/* @line: "START-END PERMISSIONS OFFSET DEVICE INODE PATH". What may have been written to
 * is left alone: it could not be read again. */
static void look_at (const char *line, GHashTable *files)
{
  guintptr start = 0, end = 0;
  char permissions[5] = "";
  int path = 0;
  if (sscanf (line, "%" G_GINTPTR_MODIFIER "x-%" G_GINTPTR_MODIFIER "x %4s %*s %*s %*s %n", &start,
              &end, permissions, &path)
          < 3
      || path == 0)
    return;
  if (strcmp (permissions, READ_ONLY) == 0 && g_hash_table_contains (files, line + path))
    madvise ((void *) start, end - start, MADV_DONTNEED); /* where it is refused, the pages stay */
}

void font_pages_give_back (void)
{
  g_autofree char *maps = NULL;
  if (!g_file_get_contents (MAPS, &maps, NULL, NULL))
    return;
  g_autoptr (GHashTable) files = pinned_files ();
  for (char *line = maps, *end; *line; line = end) {
    end = strchrnul (line, '\n');
    if (*end)
      *end++ = '\0';
    look_at (line, files);
  }
}
