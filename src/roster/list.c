#include "roster/list.h"

#include "core/text.h"
#include "core/words.h"
#include "roster/html_table.h"
#include "roster/import_fault.h"
#include "roster/old_workbook.h"
#include "roster/spoiled.h"
#include "roster/table.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

struct _List {
  char *path;
  char *bytes;
  gsize length, start; /* of the file, and of its byte order mark */
  /* of text */
  Encoding encoding;
  gboolean twice; /* its UTF-8 was written as UTF-8 once more */
  char separator;
  /* of a workbook */
  Workbook *workbook;
  /* of an old workbook, or a page of HTML */
  GPtrArray *grids; /* Grid */
  gboolean is_page;
  guint sheet;
  GString *others; /* sheets that hold a list too, named; NULL for none */
  Table *table;
  gboolean guessing; /* what row is the fullest */
  char **headings;
  guint heading_row, heading_line;
};

static gboolean read_file (List *list, GError **error)
{
  GStatBuf status;
  if (g_stat (list->path, &status) != 0) {
    g_set_error (error, IMPORT_ERROR, IMPORT_ERROR_FILE,
                 _ ("opening it failed: %s. Check the name and the folder."), g_strerror (errno));
    return FALSE;
  }
  if (!S_ISREG (status.st_mode)) {
    g_set_error_literal (error, IMPORT_ERROR, IMPORT_ERROR_FILE,
                         S_ISDIR (status.st_mode) ? _ ("it is a folder. Name the list inside it.")
                                                  : _ ("it is no ordinary file."));
    return FALSE;
  }
  if (status.st_size > IMPORT_FILE_BYTES_MAX) {
    g_set_error (
        error, IMPORT_ERROR, IMPORT_ERROR_FILE,
        _ ("it has %lld MiB, and a list may have %d. Split it into several lists, or delete the "
           "pictures and columns that nobody needs here."),
        (long long) (status.st_size + 1024 * 1024 - 1) / (1024 * 1024),
        IMPORT_FILE_BYTES_MAX / (1024 * 1024));
    return FALSE;
  }
  g_autoptr (GError) failed = NULL;
  if (!g_file_get_contents (list->path, &list->bytes, &list->length, &failed)) {
    g_set_error (error, IMPORT_ERROR, IMPORT_ERROR_FILE, _ ("reading it failed: %s."),
                 failed->message);
    return FALSE;
  }
  if (list->length == 0) {
    g_set_error_literal (error, IMPORT_ERROR, IMPORT_ERROR_FILE,
                         _ ("it is empty. Export the list again."));
    return FALSE;
  }
  return TRUE;
}

/* What a file of another kind is, by how it begins; NULL for none of these. */
static const char *other_kind (const List *list)
{
  static const struct {
    const char *begin, *kind;
  } KINDS[] = {
    { "\x1F\x8B", N_ ("a compressed file (unpack it first)") },
    { "7z\xBC\xAF", N_ ("a compressed file (unpack it first)") },
    { "Rar!\x1A", N_ ("a compressed file (unpack it first)") },
    { "\xFD"
      "7zXZ",
      N_ ("a compressed file (unpack it first)") },
    { "BZh", N_ ("a compressed file (unpack it first)") },
    { "\xFF\xD8\xFF", N_ ("a picture") },
    { "\x89PNG", N_ ("a picture") },
    { "{\\rtf", N_ ("a text document") },
    { "BEGIN:VC", N_ ("a file of cards or dates") },
    { "SQLite format 3", N_ ("a database") },
    { "PAR1", N_ ("a database") },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (KINDS); i++) {
    gsize length = strlen (KINDS[i].begin);
    if (list->length >= length && memcmp (list->bytes, KINDS[i].begin, length) == 0)
      return KINDS[i].kind;
  }
  return NULL;
}

static gboolean holds (const List *list, const char *text)
{
  return memmem (list->bytes, list->length, text, strlen (text)) != NULL;
}

/* What a ZIP archive is that is no workbook of Excel's. */
static const char *other_archive (const List *list)
{
  if (holds (list, "xl/workbook.xml") || holds (list, "xl/worksheets"))
    return NULL;
  if (holds (list, "application/vnd.oasis.opendocument"))
    return N_ ("a file of LibreOffice's (OpenDocument)");
  if (holds (list, "xl/workbook.bin"))
    return N_ ("a binary workbook (.xlsb)");
  if (holds (list, ".iwa"))
    return N_ ("a file of Apple's Numbers");
  if (holds (list, "word/document.xml"))
    return N_ ("a text document");
  /* One that is whole: it has its end. */
  return holds (list, "[Content_Types].xml") || !holds (list, "PK\x05\x06")
             ? NULL
             : N_ ("a compressed file (unpack it first)");
}

static gboolean fail_kind (const char *kind, GError **error)
{
  g_set_error (error, IMPORT_ERROR, IMPORT_ERROR_FORMAT,
               _ ("it is %s, which is not read here. Save the list as .xlsx or CSV UTF-8."),
               _ (kind));
  return FALSE;
}

/* How many different headings of @row are known. */
static guint count_known (const CsvRow *row, const ListOptions *options)
{
  guint known = 0;
  for (guint i = 0; i < row->count; i++) {
    g_autofree char *heading = text_clean (row->fields[i]);
    known += options->knows (heading, options->data);
  }
  return known;
}

/* The heading of a column that has a word @below in one row, and in the row above
 * @own, or the word @group of a column on its left: “Organisme” over “français”,
 * “chinois”. */
static char *heading_of_two (const char *group, const char *own, const char *below,
                             const ListOptions *options)
{
  if (*below == '\0' || options->knows (below, options->data))
    return g_strdup (*below != '\0' ? below : own);
  g_autofree char *both = g_strdup_printf ("%s (%s)", group, below);
  return g_strdup (*group != '\0' && options->knows (both, options->data) ? both : below);
}

/* Headings in two rows, of which each may name some columns, or groups of them. Free with
 * g_strfreev(). */
static char **headings_of_two (char *const *above, const CsvRow *row, const ListOptions *options)
{
  g_autoptr (GStrvBuilder) headings = g_strv_builder_new ();
  guint rows = g_strv_length ((char **) (guintptr) above);
  const char *group = "";
  for (guint i = 0; i < MAX (rows, row->count); i++) {
    const char *own = i < rows ? above[i] : "";
    g_autofree char *below = text_clean (i < row->count ? row->fields[i] : "");
    group = *own != '\0' ? own : *below != '\0' ? group : "";
    g_autofree char *heading = heading_of_two (group, own, below, options);
    g_strv_builder_add (headings, heading);
  }
  return g_strv_builder_end (headings);
}

static char **cleaned (const CsvRow *row)
{
  g_autoptr (GStrvBuilder) texts = g_strv_builder_new ();
  for (guint i = 0; i < row->count; i++) {
    g_autofree char *text = text_clean (row->fields[i]);
    g_strv_builder_add (texts, text);
  }
  return g_strv_builder_end (texts);
}

static void take_headings (List *list, const CsvRow *row, guint index)
{
  g_autoptr (GStrvBuilder) headings = g_strv_builder_new ();
  for (guint i = 0; i < row->count; i++) {
    g_autofree char *heading = text_clean (row->fields[i]);
    g_autofree char *shown = import_fault_shown (heading);
    g_strv_builder_add (headings, shown);
  }
  g_strfreev (list->headings);
  list->headings = g_strv_builder_end (headings);
  list->heading_row = index;
  list->heading_line = row->line;
}

/* How many fields of @row hold anything; none of a row that is all numbers. */
static guint count_filled (const CsvRow *row)
{
  guint filled = 0, words = 0;
  for (guint i = 0; i < row->count; i++) {
    filled += *row->fields[i] != '\0';
    words += *row->fields[i] != '\0' && !g_ascii_isdigit (*row->fields[i]);
  }
  return words > 0 ? filled : 0;
}

/* The row and the one @above it as headings together; TRUE if more of them are known than
 * @most, which is raised. */
static gboolean look_at_two (List *list, char *const *above, const CsvRow *row, guint index,
                             const ListOptions *options, guint *most)
{
  g_auto (GStrv) headings = headings_of_two (above, row, options);
  const CsvRow both = { (const char *const *) headings, g_strv_length (headings), row->line };
  guint known = count_known (&both, options);
  if (known <= *most)
    return FALSE;
  *most = known;
  take_headings (list, &both, index);
  return TRUE;
}

/* Looks at the first rows of @table; TRUE if one, or two together, hold more known
 * headings than @most, which is raised. An error in a row on the way only ends the
 * trial of that table, and is met again when its rows are read; where there are no
 * headings anywhere, it tells why. */
static gboolean look_for_headings (List *list, Table *table, const ListOptions *options,
                                   guint *most, GError **obstacle)
{
  gboolean found = FALSE;
  g_auto (GStrv) above = NULL;
  CsvRow row;
  for (guint i = 0;
       i < LIST_HEADING_ROWS && table_next (table, &row, *obstacle == NULL ? obstacle : NULL);
       i++) {
    guint known = list->guessing ? count_filled (&row) : count_known (&row, options);
    if (known > *most) {
      *most = known;
      take_headings (list, &row, i);
      found = TRUE;
    }
    if (!list->guessing && above != NULL)
      found |= look_at_two (list, above, &row, i, options, most);
    g_strfreev (above);
    above = cleaned (&row);
  }
  return found;
}

/* TRUE if they may be guessed now. */
static gboolean may_guess (List *list, const ListOptions *options)
{
  gboolean may = options->guess && !list->guessing;
  list->guessing = may;
  return may;
}

static gboolean fail_headings (const ListOptions *options, GError *obstacle, GError **error)
{
  if (obstacle != NULL)
    g_propagate_error (error, obstacle);
  else
    g_set_error (error, IMPORT_ERROR, IMPORT_ERROR_FORMAT,
                 _ ("its first %d rows hold no headings that are known. The first row must name "
                    "the columns, for example: %s.%s%s"),
                 LIST_HEADING_ROWS, options->hint, options->advice != NULL ? " " : "",
                 options->advice != NULL ? options->advice : "");
  return FALSE;
}

/* Text ------------------------------------------------------------------------------- */

static Table *table_with (const List *list, char separator)
{
  return table_of_text ((const guint8 *) list->bytes + list->start, list->length - list->start,
                        list->encoding, separator);
}

/* UTF-8 that a program took for Windows-1252 and wrote as UTF-8: read once, if all of it
 * is so. */
static void read_once (List *list)
{
  char *once = list->encoding == ENCODING_UTF8
                   ? spoiled_read_once (list->bytes + list->start, list->length - list->start)
                   : NULL;
  if (once == NULL)
    return;
  g_free (list->bytes);
  list->bytes = once;
  list->length = strlen (once);
  list->start = g_str_has_prefix (once, "\xEF\xBB\xBF") ? 3 : 0;
  list->twice = TRUE;
}

/* What stands between the values of the first row, where nothing that a table can be cut
 * at does: full-width marks, as a Chinese keyboard types them. NULL for none of these. */
static const char *wide_separator (const List *list)
{
  static const char *const WIDE[] = { "，", "；", "、", "｜" };
  g_autoptr (Table) table = table_with (list, '\t');
  CsvRow row;
  if (!table_next (table, &row, NULL))
    return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (WIDE); i++)
    if (strstr (row.fields[0], WIDE[i]) != NULL)
      return WIDE[i];
  return NULL;
}

static gboolean fail_text (const List *list, const ListOptions *options, GError *obstacle,
                           GError **error)
{
  const char *wide = obstacle == NULL ? wide_separator (list) : NULL;
  if (wide == NULL)
    return fail_headings (options, obstacle, error);
  g_set_error (error, IMPORT_ERROR, IMPORT_ERROR_FORMAT,
               _ ("its values are separated by “%s”, which stands in names and titles, too. "
                  "Replace it by a comma (,), or save the list as .xlsx."),
               wide);
  return FALSE;
}

static gboolean find_text (List *list, const ListOptions *options, GError **error)
{
  static const char SEPARATORS[] = { ',', ';', '\t', '|' };
  g_autoptr (GError) obstacle = NULL;
  guint most = 1;
  for (gsize s = 0; s < G_N_ELEMENTS (SEPARATORS); s++) {
    g_autoptr (Table) table = table_with (list, SEPARATORS[s]);
    if (look_for_headings (list, table, options, &most, &obstacle))
      list->separator = SEPARATORS[s];
  }
  if (list->headings != NULL) {
    list->table = table_with (list, list->separator);
    return TRUE;
  }
  return may_guess (list, options) ? find_text (list, options, error)
                                   : fail_text (list, options, g_steal_pointer (&obstacle), error);
}

static gboolean open_text (List *list, const ListOptions *options, GError **error)
{
  if (!encoding_detect ((const guint8 *) list->bytes, list->length, &list->encoding, &list->start,
                        error))
    return FALSE;
  read_once (list);
  return find_text (list, options, error);
}

/* Workbooks -------------------------------------------------------------------------- */

static guint count_sheets (const List *list)
{
  return list->grids != NULL ? list->grids->len : workbook_sheets (list->workbook);
}

static const char *sheet_name (const List *list, guint sheet)
{
  return list->grids != NULL ? grid_name (g_ptr_array_index (list->grids, sheet))
                             : workbook_sheet_name (list->workbook, sheet);
}

static gboolean is_hidden (const List *list, guint sheet)
{
  return list->grids != NULL ? grid_is_hidden (g_ptr_array_index (list->grids, sheet))
                             : workbook_sheet_is_hidden (list->workbook, sheet);
}

static Table *open_sheet (const List *list, guint sheet, GError **error)
{
  return list->grids != NULL
             ? table_of_grid (g_ptr_array_index (list->grids, sheet), !list->is_page)
             : table_of_sheet (list->workbook, sheet, error);
}

static gboolean fail_sheet (const List *list, const char *wanted, GError **error)
{
  g_autoptr (GString) names = g_string_new (NULL);
  for (guint i = 0; i < count_sheets (list); i++)
    g_string_append_printf (names, "%s“%s”", i > 0 ? ", " : "", sheet_name (list, i));
  g_set_error (error, IMPORT_ERROR, IMPORT_ERROR_FORMAT,
               _ ("it has no sheet “%s”. Its sheets are: %s."), wanted, names->str);
  return FALSE;
}

/* Names of sheets differ by more than capitals in Excel, too. */
static gboolean is_sheet (const char *name, const char *wanted)
{
  g_autofree char *a = text_fold (name), *b = text_fold (wanted);
  return strcmp (name, wanted) == 0 || (*a != '\0' && strcmp (a, b) == 0);
}

/* Takes that sheet if it has a heading row. FALSE with @error if it cannot be read. */
static gboolean try_sheet (List *list, guint sheet, const ListOptions *options, GError **obstacle,
                           GError **error)
{
  guint most = 1;
  g_autoptr (Table) table = open_sheet (list, sheet, error);
  if (table == NULL)
    return FALSE;
  if (look_for_headings (list, table, options, &most, obstacle)) {
    list->table = g_steal_pointer (&table);
    list->sheet = sheet;
  }
  return TRUE;
}

/* TRUE if one of the first rows of that sheet holds two known headings. */
static gboolean holds_list (const List *list, guint sheet, const ListOptions *options)
{
  g_autoptr (Table) table = open_sheet (list, sheet, NULL);
  CsvRow row;
  for (guint i = 0; table != NULL && i < LIST_HEADING_ROWS && table_next (table, &row, NULL); i++)
    if (count_known (&row, options) > 1)
      return TRUE;
  return FALSE;
}

/* What stands in other sheets is passed over, but not without a word. */
static void look_at_others (List *list, const ListOptions *options)
{
  for (guint i = 0; options->sheet == NULL && i < count_sheets (list); i++) {
    if (i == list->sheet || is_hidden (list, i) || !holds_list (list, i, options))
      continue;
    if (list->others == NULL)
      list->others = g_string_new (NULL);
    g_string_append_printf (list->others, "%s“%s”", list->others->len > 0 ? ", " : "",
                            sheet_name (list, i));
  }
}

static gboolean find_sheet (List *list, const ListOptions *options, GError **error)
{
  g_autoptr (GError) obstacle = NULL;
  gboolean named = FALSE;
  for (guint i = 0; list->table == NULL && i < count_sheets (list); i++) {
    gboolean wanted = options->sheet != NULL ? is_sheet (sheet_name (list, i), options->sheet)
                                             : !is_hidden (list, i);
    named = named || wanted;
    if (wanted && !try_sheet (list, i, options, &obstacle, error))
      return FALSE;
  }
  if (list->table != NULL) {
    look_at_others (list, options);
    return TRUE;
  }
  if (may_guess (list, options))
    return find_sheet (list, options, error);
  return options->sheet != NULL && !named
             ? fail_sheet (list, options->sheet, error)
             : fail_headings (options, g_steal_pointer (&obstacle), error);
}

static gboolean open_page (List *list, GError **error)
{
  if (!encoding_detect ((const guint8 *) list->bytes, list->length, &list->encoding, &list->start,
                        error))
    return FALSE;
  g_autoptr (Decoder) decoder = decoder_new ((const guint8 *) list->bytes + list->start,
                                             list->length - list->start, list->encoding);
  list->is_page = TRUE;
  list->grids = html_table_read (decoder, error);
  return list->grids != NULL;
}

/* Lists ------------------------------------------------------------------------------ */

gboolean list_rewind (List *list, GError **error)
{
  CsvRow row;
  if (!table_rewind (list->table, error))
    return FALSE;
  for (guint i = 0; i <= list->heading_row; i++)
    if (!table_next (list->table, &row, error))
      return FALSE;
  return TRUE;
}

static gboolean open_list (List *list, const ListOptions *options, GError **error)
{
  if (!read_file (list, error))
    return FALSE;
  const guint8 *bytes = (const guint8 *) list->bytes;
  gboolean archive = workbook_is_zip (bytes, list->length);
  const char *other = archive ? other_archive (list) : other_kind (list);
  if (other != NULL)
    return fail_kind (other, error);
  if (archive)
    list->workbook = workbook_open (bytes, list->length, error);
  else if (old_workbook_is (bytes, list->length))
    list->grids = old_workbook_read (bytes, list->length, error);
  else if (list->length >= 5 && memcmp (bytes, "%PDF-", 5) == 0)
    g_set_error_literal (
        error, IMPORT_ERROR, IMPORT_ERROR_FORMAT,
        _ ("it is a PDF. Ask for the list as .xlsx or CSV UTF-8: what a page shows "
           "as columns is not kept as such in it."));
  else if (html_table_is (bytes, list->length))
    open_page (list, error);
  else
    return open_text (list, options, error) && list_rewind (list, error);
  return (list->workbook != NULL || list->grids != NULL) && find_sheet (list, options, error)
         && list_rewind (list, error);
}

List *list_open (const char *path, const ListOptions *options, GError **error)
{
  g_autoptr (List) list = g_new0 (List, 1);
  list->path = g_strdup (path);
  if (open_list (list, options, error))
    return g_steal_pointer (&list);
  g_prefix_error (error, "%s: ", path);
  return NULL;
}

void list_free (List *list)
{
  if (list == NULL)
    return;
  table_free (list->table);
  if (list->others != NULL)
    g_string_free (list->others, TRUE);
  workbook_free (list->workbook);
  g_clear_pointer (&list->grids, g_ptr_array_unref);
  g_strfreev (list->headings);
  g_free (list->path);
  g_free (list->bytes);
  g_free (list);
}

static gboolean is_empty (const CsvRow *row)
{
  for (guint i = 0; i < row->count; i++)
    for (const char *p = row->fields[i]; *p != '\0'; p++)
      if (!g_ascii_isspace (*p))
        return FALSE;
  return TRUE;
}

gboolean list_next (List *list, CsvRow *row, GError **error)
{
  g_autoptr (GError) failed = NULL;
  while (table_next (list->table, row, &failed))
    if (!is_empty (row))
      return TRUE;
  if (failed != NULL) {
    g_propagate_error (error, g_steal_pointer (&failed));
    g_prefix_error (error, "%s: ", list->path);
  }
  return FALSE;
}

const char *list_path (const List *list)
{
  return list->path;
}

const char *const *list_headings (const List *list)
{
  return (const char *const *) list->headings;
}

guint list_heading_line (const List *list)
{
  return list->heading_line;
}

char *list_description (const List *list)
{
  if (list->is_page)
    return g_strdup_printf (_ ("a page of HTML (%s), table %s"), encoding_name (list->encoding),
                            sheet_name (list, list->sheet));
  if (list->separator == '\0')
    return g_strdup_printf (_ ("Excel, sheet “%s”"), sheet_name (list, list->sheet));
  const char *separator = list->separator == ','   ? _ ("commas")
                          : list->separator == ';' ? _ ("semicolons")
                          : list->separator == '|' ? _ ("vertical bars")
                                                   : _ ("tabs");
  return g_strdup_printf ("%s, %s",
                          list->twice ? _ ("UTF-8 written twice") : encoding_name (list->encoding),
                          separator);
}

const char *list_other_sheets (const List *list)
{
  return list->others != NULL ? list->others->str : "";
}

guint list_hidden_rows (const List *list)
{
  return table_hidden_rows (list->table);
}

char *list_cell (const List *list, guint column, guint line)
{
  if (!table_has_cells (list->table))
    return g_strdup ("");
  const char letter[] = { (char) ('A' + column % 26), '\0' };
  g_autofree char *first
      = column >= 26 ? g_strdup_printf ("%c", (char) ('A' + column / 26 - 1)) : g_strdup ("");
  return g_strdup_printf ("%s%s%u", first, letter, line);
}

guint64 list_position (const List *list)
{
  return table_position (list->table) + list->start;
}

guint64 list_size (const List *list)
{
  return table_size (list->table) + list->start;
}
