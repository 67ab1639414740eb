#include "badge/outlines.h"

#include "badge/cff.h"

struct _OutlineFile {
  FT_Face face;
  GHashTable *charstrings; /* glyph → GBytes */
};

struct _Outlines {
  FT_Library freetype;
  GHashTable *files; /* "INDEX FILE" → OutlineFile */
};

static void file_free (gpointer data)
{
  OutlineFile *file = data;
  FT_Done_Face (file->face);
  g_hash_table_unref (file->charstrings);
  g_free (file);
}

Outlines *outlines_new (void)
{
  Outlines *outlines = g_new0 (Outlines, 1);
  outlines->files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, file_free);
  if (FT_Init_FreeType (&outlines->freetype) != 0)
    g_error ("FreeType cannot start");
  return outlines;
}

void outlines_free (Outlines *outlines)
{
  if (outlines == NULL)
    return;
  g_hash_table_unref (outlines->files);
  FT_Done_FreeType (outlines->freetype);
  g_free (outlines);
}

OutlineFile *outlines_file (Outlines *outlines, const char *path, int index)
{
  g_autofree char *key = g_strdup_printf ("%d %s", index, path);
  OutlineFile *file = g_hash_table_lookup (outlines->files, key);
  if (file != NULL)
    return file;
  FT_Face face;
  if (FT_New_Face (outlines->freetype, path, index, &face) != 0 || face->units_per_EM == 0)
    g_error ("FreeType cannot read %s, from which fontconfig has just taken a font", path);
  file = g_new0 (OutlineFile, 1);
  file->face = face;
  file->charstrings = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_bytes_unref);
  g_hash_table_insert (outlines->files, g_steal_pointer (&key), file);
  return file;
}

/* To the nearest thousandth of the size: a fiftieth of a point in a name over the whole
 * badge. */
static GBytes *read_glyph (FT_Face face, guint glyph)
{
  if (FT_Load_Glyph (face, glyph, FT_LOAD_NO_SCALE | FT_LOAD_NO_BITMAP) != 0
      || face->glyph->format != FT_GLYPH_FORMAT_OUTLINE)
    return cff_charstring (NULL, 0);
  FT_Fixed scale = FT_DivFix (CFF_UNITS_PER_EM, face->units_per_EM);
  FT_Matrix matrix = { scale, 0, 0, scale };
  if (face->units_per_EM != CFF_UNITS_PER_EM)
    FT_Outline_Transform (&face->glyph->outline, &matrix);
  return cff_charstring (
      &face->glyph->outline,
      (int) FT_MulDiv (face->glyph->advance.x, CFF_UNITS_PER_EM, face->units_per_EM));
}

GBytes *outlines_charstring (OutlineFile *file, guint glyph)
{
  GBytes *charstring = g_hash_table_lookup (file->charstrings, GUINT_TO_POINTER (glyph));
  if (charstring != NULL)
    return charstring;
  if (g_hash_table_size (file->charstrings) >= OUTLINES_KEPT_MAX)
    g_hash_table_remove_all (file->charstrings);
  charstring = read_glyph (file->face, glyph);
  g_hash_table_insert (file->charstrings, GUINT_TO_POINTER (glyph), charstring);
  return charstring;
}
