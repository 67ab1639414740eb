#include "roster/old_workbook.h"

#include "core/words.h"
#include "roster/biff.h"
#include "roster/import_fault.h"
#include "roster/number_format.h"

#include <gsf/gsf-infile-msole.h>
#include <gsf/gsf-infile.h>
#include <gsf/gsf-input-memory.h>
#include <string.h>

#define FORMATS_MAX 65536
#define SHEETS_MAX 255

/* [MS-XLS] 2.3 */
enum {
  RECORD_FORMULA = 0x0006,
  RECORD_EOF = 0x000A,
  RECORD_1904 = 0x0022,
  RECORD_FILEPASS = 0x002F,
  RECORD_BOUNDSHEET = 0x0085,
  RECORD_MULRK = 0x00BD,
  RECORD_RSTRING = 0x00D6,
  RECORD_XF = 0x00E0,
  RECORD_MERGED = 0x00E5,
  RECORD_SST = 0x00FC,
  RECORD_LABELSST = 0x00FD,
  RECORD_NUMBER = 0x0203,
  RECORD_LABEL = 0x0204,
  RECORD_BOOLERR = 0x0205,
  RECORD_STRING = 0x0207,
  RECORD_ROW = 0x0208,
  RECORD_RK = 0x027E,
  RECORD_FORMAT = 0x041E,
  RECORD_BOF = 0x0809,
};
#define BOF_VERSION 0x0600 /* BIFF8 */
#define BOF_GLOBALS 0x0005
#define BOF_SHEET 0x0010
#define ROW_HIDDEN 0x20        /* of the flags, after six numbers of two bytes */
#define FORMULA_NOT_YET 0x0002 /* is to be calculated when the workbook is opened */

typedef struct {
  char *name;
  gboolean hidden;
  guint32 at;
} Place;

typedef struct {
  Biff biff;
  GString *texts;        /* shared ones, each with its NUL */
  GArray *starts;        /* gsize, of each */
  GHashTable *codes;     /* number of a format → its code */
  GHashTable *by_number; /* number of a format → NumberFormat */
  GPtrArray *styles;     /* NumberFormat of each */
  GArray *places;        /* Place */
  gboolean is_1904;
  GString *text; /* of the record */
  /* of a sheet */
  Grid *grid;
  gboolean awaits; /* a formula's text is to come, for: */
  guint line, column;
} Reading;

static gboolean fail (GError **error, const char *message)
{
  g_set_error_literal (error, IMPORT_ERROR, IMPORT_ERROR_FORMAT, message);
  return FALSE;
}

static gboolean fail_damaged (GError **error)
{
  return fail (error, _ ("the workbook is damaged: a part of it is missing. Open it in Excel and "
                         "save it as .xlsx, or fetch it again."));
}

static gboolean fail_password (GError **error)
{
  return fail (error, _ ("it is a workbook behind a password. Open it in Excel, take the password "
                         "off (File, Info, Protect workbook), and save it again."));
}

/* Globals ---------------------------------------------------------------------------- */

static void read_format (Reading *reading)
{
  guint number = biff_u16 (&reading->biff);
  biff_text (&reading->biff, biff_u16 (&reading->biff), reading->text);
  if (g_hash_table_size (reading->codes) < FORMATS_MAX)
    g_hash_table_insert (reading->codes, GUINT_TO_POINTER (number), g_strdup (reading->text->str));
}

/* Formats stand before the styles that name them. */
static void read_style (Reading *reading)
{
  biff_skip (&reading->biff, 2);
  gpointer number = GUINT_TO_POINTER (biff_u16 (&reading->biff));
  NumberFormat *format = g_hash_table_lookup (reading->by_number, number);
  if (reading->styles->len >= FORMATS_MAX)
    return;
  if (format == NULL) {
    const char *code = g_hash_table_lookup (reading->codes, number);
    format = code != NULL ? number_format_new (code)
                          : number_format_new_built_in (GPOINTER_TO_UINT (number));
    g_hash_table_insert (reading->by_number, number, format);
  }
  g_ptr_array_add (reading->styles, format);
}

static void read_place (Reading *reading)
{
  Biff *biff = &reading->biff;
  Place place = { .at = biff_u32 (biff) };
  place.hidden = (biff_u8 (biff) & 3) != 0;
  gboolean sheet = biff_u8 (biff) == 0; /* neither chart nor macros */
  biff_text (biff, biff_u8 (biff), reading->text);
  if (!sheet || reading->places->len >= SHEETS_MAX)
    return;
  place.name = g_strdup (reading->text->str);
  g_array_append_val (reading->places, place);
}

static void read_texts (Reading *reading)
{
  Biff *biff = &reading->biff;
  biff_skip (biff, 4);
  for (guint32 left = biff_u32 (biff); left > 0 && !biff->damaged; left--) {
    biff_text (biff, biff_u16 (biff), reading->text);
    g_array_append_val (reading->starts, reading->texts->len);
    g_string_append_len (reading->texts, reading->text->str, (gssize) reading->text->len + 1);
  }
}

static gboolean read_globals (Reading *reading, GError **error)
{
  Biff *biff = &reading->biff;
  if (!biff_next (biff) || biff->type != RECORD_BOF)
    return fail_damaged (error);
  if (biff_u16 (biff) != BOF_VERSION)
    return fail (error, _ ("it is a workbook of an Excel before 1997. Open it in Excel or "
                           "LibreOffice and save it as .xlsx."));
  while (biff_next (biff) && biff->type != RECORD_EOF) {
    if (biff->type == RECORD_FILEPASS)
      return fail_password (error);
    if (biff->type == RECORD_1904)
      reading->is_1904 = biff_u16 (biff) != 0;
    else if (biff->type == RECORD_FORMAT)
      read_format (reading);
    else if (biff->type == RECORD_XF)
      read_style (reading);
    else if (biff->type == RECORD_BOUNDSHEET)
      read_place (reading);
    else if (biff->type == RECORD_SST)
      read_texts (reading);
  }
  return (!biff->damaged && biff->type == RECORD_EOF) || fail_damaged (error);
}

/* Cells ------------------------------------------------------------------------------ */

static gboolean put (Reading *reading, guint line, guint column, const char *text, GError **error)
{
  return grid_put (reading->grid, line + 1, column, text, error);
}

static gboolean put_number (Reading *reading, guint line, guint column, guint style, double value,
                            GError **error)
{
  const NumberFormat *format
      = style < reading->styles->len ? g_ptr_array_index (reading->styles, style) : NULL;
  g_autofree char *shown = number_format_show (format, value, reading->is_1904);
  return put (reading, line, column, shown, error);
}

/* 30 bits of a number: whole, or the upper ones of a double; a hundredth of it if so
 * marked. */
static double number_of_rk (guint32 rk)
{
  double value;
  guint64 bits = (guint64) (rk & ~3u) << 32;
  memcpy (&value, &bits, sizeof value);
  if (rk & 2)
    value = (double) ((gint32) rk >> 2);
  return rk & 1 ? value / 100 : value;
}

static const char *word_of (guint value, gboolean is_error)
{
  static const struct {
    guint code;
    const char *word;
  } ERRORS[] = { { 0x00, "#NULL!" }, { 0x07, "#DIV/0!" }, { 0x0F, "#VALUE!" }, { 0x17, "#REF!" },
                 { 0x1D, "#NAME?" }, { 0x24, "#NUM!" },   { 0x2A, "#N/A" } };
  if (!is_error)
    return value != 0 ? "TRUE" : "FALSE";
  for (gsize i = 0; i < G_N_ELEMENTS (ERRORS); i++)
    if (ERRORS[i].code == value)
      return ERRORS[i].word;
  return "#VALUE!";
}

/* The value is a number, unless its last two bytes say that it is not. */
static gboolean read_formula (Reading *reading, guint line, guint column, guint style,
                              GError **error)
{
  Biff *biff = &reading->biff;
  double number = biff_double (biff);
  gboolean not_yet = biff_u16 (biff) & FORMULA_NOT_YET;
  guint64 bits;
  memcpy (&bits, &number, sizeof bits);
  guint kind = bits & 0xFF, value = bits >> 16 & 0xFF;
  if (bits >> 48 != 0xFFFF)
    return not_yet && bits == 0 ? put (reading, line, column, "=…", error)
                                : put_number (reading, line, column, style, number, error);
  reading->awaits = kind == 0;
  reading->line = line;
  reading->column = column;
  return kind != 1 && kind != 2 ? TRUE
                                : put (reading, line, column, word_of (value, kind == 2), error);
}

static gboolean read_numbers (Reading *reading, guint line, guint column, GError **error)
{
  for (; biff_left (&reading->biff) >= 8; column++) {
    guint style = biff_u16 (&reading->biff);
    if (!put_number (reading, line, column, style, number_of_rk (biff_u32 (&reading->biff)), error))
      return FALSE;
  }
  return TRUE;
}

static gboolean read_merged (Reading *reading, GError **error)
{
  Biff *biff = &reading->biff;
  for (guint left = biff_u16 (biff); left > 0 && biff_left (biff) >= 8; left--) {
    guint first = biff_u16 (biff), last = biff_u16 (biff), column = biff_u16 (biff);
    biff_skip (biff, 2);
    if (!grid_merge (reading->grid, first + 1, column, last + 1, error))
      return FALSE;
  }
  return TRUE;
}

/* Its number, its first column and the one after its last, then how it looks. */
static void read_row_look (Reading *reading)
{
  Biff *biff = &reading->biff;
  if (biff_left (biff) < 14)
    return;
  biff_skip (biff, 2);
  guint first = biff_u16 (biff), end = biff_u16 (biff);
  biff_skip (biff, 6);
  if ((biff_u16 (biff) & ROW_HIDDEN) != 0 && end > first)
    grid_hide_row (reading->grid);
}

static gboolean read_cell (Reading *reading, GError **error)
{
  Biff *biff = &reading->biff;
  guint type = biff->type;
  guint line = biff_u16 (biff), column = biff_u16 (biff);
  if (type == RECORD_MULRK)
    return read_numbers (reading, line, column, error);
  guint style = biff_u16 (biff);
  if (type == RECORD_FORMULA)
    return read_formula (reading, line, column, style, error);
  if (type == RECORD_RK)
    return put_number (reading, line, column, style, number_of_rk (biff_u32 (biff)), error);
  if (type == RECORD_NUMBER)
    return put_number (reading, line, column, style, biff_double (biff), error);
  if (type == RECORD_BOOLERR) {
    guint value = biff_u8 (biff);
    return put (reading, line, column, word_of (value, biff_u8 (biff) != 0), error);
  }
  if (type == RECORD_LABELSST) {
    guint32 number = biff_u32 (biff);
    if (number >= reading->starts->len)
      return fail_damaged (error);
    return put (reading, line, column,
                reading->texts->str + g_array_index (reading->starts, gsize, number), error);
  }
  biff_text (biff, biff_u16 (biff), reading->text); /* LABEL, RSTRING */
  return put (reading, line, column, reading->text->str, error);
}

static gboolean read_record (Reading *reading, GError **error)
{
  switch (reading->biff.type) {
  case RECORD_STRING:
    biff_text (&reading->biff, biff_u16 (&reading->biff), reading->text);
    if (!reading->awaits)
      return TRUE;
    reading->awaits = FALSE;
    return put (reading, reading->line, reading->column, reading->text->str, error);
  case RECORD_MERGED:
    return read_merged (reading, error);
  case RECORD_ROW:
    read_row_look (reading);
    return TRUE;
  case RECORD_FORMULA:
  case RECORD_MULRK:
  case RECORD_RSTRING:
  case RECORD_LABELSST:
  case RECORD_NUMBER:
  case RECORD_LABEL:
  case RECORD_BOOLERR:
  case RECORD_RK:
    return read_cell (reading, error);
  default:
    return TRUE;
  }
}

/* Charts inside a sheet have a beginning and an end of their own. */
static gboolean read_sheet (Reading *reading, guint32 at, GError **error)
{
  Biff *biff = &reading->biff;
  guint depth = 1;
  biff_start (biff, biff->bytes, biff->length, at);
  if (!biff_next (biff) || biff->type != RECORD_BOF)
    return fail_damaged (error);
  biff_skip (biff, 2);
  gboolean is_sheet = biff_u16 (biff) == BOF_SHEET;
  reading->awaits = FALSE;
  while (depth > 0) {
    if (!biff_next (biff))
      return fail_damaged (error);
    if (biff->type == RECORD_BOF)
      depth++;
    else if (biff->type == RECORD_EOF)
      depth--;
    else if (is_sheet && depth == 1 && !read_record (reading, error))
      return FALSE;
  }
  return !biff->damaged || fail_damaged (error);
}

/* Workbooks -------------------------------------------------------------------------- */

static void place_clear (gpointer place)
{
  g_free (((Place *) place)->name);
}

static void free_format (gpointer format)
{
  number_format_free (format);
}

static GPtrArray *read_all (Reading *reading, GError **error)
{
  g_autoptr (GPtrArray) grids = g_ptr_array_new_with_free_func ((GDestroyNotify) grid_free);
  if (!read_globals (reading, error))
    return NULL;
  for (guint i = 0; i < reading->places->len; i++) {
    const Place *place = &g_array_index (reading->places, Place, i);
    reading->grid = grid_new (place->name, place->hidden);
    g_ptr_array_add (grids, reading->grid);
    if (!read_sheet (reading, place->at, error))
      return NULL;
    grid_seal (reading->grid);
  }
  return g_steal_pointer (&grids);
}

static GPtrArray *read_stream (const guint8 *bytes, gsize length, GError **error)
{
  Reading reading = {
    .texts = g_string_new (NULL),
    .starts = g_array_new (FALSE, FALSE, sizeof (gsize)),
    .codes = g_hash_table_new_full (NULL, NULL, NULL, g_free),
    .by_number = g_hash_table_new_full (NULL, NULL, NULL, free_format),
    .styles = g_ptr_array_new (),
    .places = g_array_new (FALSE, FALSE, sizeof (Place)),
    .text = g_string_new (NULL),
  };
  g_array_set_clear_func (reading.places, place_clear);
  biff_start (&reading.biff, bytes, length, 0);
  GPtrArray *grids = read_all (&reading, error);
  g_string_free (reading.texts, TRUE);
  g_array_unref (reading.starts);
  g_ptr_array_unref (reading.styles);
  g_hash_table_unref (reading.codes);
  g_hash_table_unref (reading.by_number);
  g_array_unref (reading.places);
  g_string_free (reading.text, TRUE);
  return grids;
}

gboolean old_workbook_is (const guint8 *bytes, gsize length)
{
  return length >= 8 && memcmp (bytes, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8) == 0;
}

static gboolean has_child (GsfInfile *file, const char *name)
{
  GsfInput *child = gsf_infile_child_by_name (file, name);
  if (child != NULL)
    g_object_unref (child);
  return child != NULL;
}

static GPtrArray *read_container (GsfInfile *file, GError **error)
{
  GsfInput *stream = gsf_infile_child_by_name (file, "Workbook");
  if (stream == NULL) {
    if (has_child (file, "EncryptedPackage"))
      fail_password (error);
    else if (has_child (file, "Book"))
      fail (error, _ ("it is a workbook of an Excel before 1997. Open it in Excel or LibreOffice "
                      "and save it as .xlsx."));
    else
      fail (error, _ ("it is a file of old Office, and no workbook. Copy its table into a sheet of "
                      "Excel and save that as .xlsx."));
    return NULL;
  }
  gsf_off_t size = gsf_input_size (stream);
  g_autofree guint8 *copy
      = size > 0 && size <= IMPORT_FILE_BYTES_MAX ? g_malloc ((gsize) size) : NULL;
  GPtrArray *grids = NULL;
  if (copy != NULL && gsf_input_read (stream, (size_t) size, copy) != NULL)
    grids = read_stream (copy, (gsize) size, error);
  else
    fail_damaged (error);
  g_object_unref (stream);
  return grids;
}

/* libgsf tells its log, too, what it finds damaged. */
static void say_nothing (const char *domain, GLogLevelFlags level, const char *message,
                         gpointer data)
{
}

GPtrArray *old_workbook_read (const guint8 *bytes, gsize length, GError **error)
{
  static const char DOMAIN[] = "libgsf:msole";
  guint silence = g_log_set_handler (DOMAIN, G_LOG_LEVEL_MASK, say_nothing, NULL);
  GPtrArray *grids = NULL;
  GsfInput *input = gsf_input_memory_new (bytes, (gsf_off_t) length, FALSE);
  GsfInfile *file = input != NULL ? gsf_infile_msole_new (input, NULL) : NULL;
  if (file != NULL)
    grids = read_container (file, error);
  else
    fail_damaged (error);
  g_clear_object (&file);
  g_clear_object (&input);
  g_log_remove_handler (DOMAIN, silence);
  return grids;
}
