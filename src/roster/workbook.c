#include "roster/workbook.h"

#include "core/words.h"
#include "roster/import_fault.h"
#include "roster/xml_stream.h"

#include <string.h>

#define PIECE (16 * 1024)
#define FORMATS_MAX 65536
#define RELATIONS_MAX 10000
#define TARGET_MAX 512 /* bytes of a part's name */

typedef struct {
  char *name, *relation, *part;
  gboolean hidden;
} Sheet;

/* A part that another one names. */
typedef struct {
  char *id, *type, *target;
} Relation;

struct _Workbook {
  const guint8 *bytes;
  gsize length;
  GPtrArray *sheets, *relations; /* Sheet; Relation of the part read last */
  char *main_part, *texts_part, *styles_part;
  gboolean is_1904;
  GString *texts;        /* each with its NUL */
  GArray *text_starts;   /* guint32 */
  GHashTable *codes;     /* number of a format → its code */
  GPtrArray *formats;    /* NumberFormat of each style; NULL for General */
  GHashTable *by_number; /* number of a format → NumberFormat */
  /* of the part being read */
  XmlStream *stream;
  GError *failed;
  gboolean in_text, in_reading, in_styles;
  gsize text_start;
};

gboolean workbook_is_zip (const guint8 *bytes, gsize length)
{
  return length >= 4 && memcmp (bytes, "PK\x03\x04", 4) == 0;
}

static void sheet_free (Sheet *sheet)
{
  g_free (sheet->name);
  g_free (sheet->relation);
  g_free (sheet->part);
  g_free (sheet);
}

static void relation_free (Relation *relation)
{
  g_free (relation->id);
  g_free (relation->type);
  g_free (relation->target);
  g_free (relation);
}

static void format_free (gpointer format)
{
  number_format_free (format);
}

void workbook_free (Workbook *workbook)
{
  if (workbook == NULL)
    return;
  g_ptr_array_unref (workbook->sheets);
  g_ptr_array_unref (workbook->relations);
  g_free (workbook->main_part);
  g_free (workbook->texts_part);
  g_free (workbook->styles_part);
  g_string_free (workbook->texts, TRUE);
  g_array_unref (workbook->text_starts);
  g_ptr_array_unref (workbook->formats);
  g_hash_table_unref (workbook->codes);
  g_hash_table_unref (workbook->by_number);
  g_clear_error (&workbook->failed);
  g_free (workbook);
}

/* Parts ------------------------------------------------------------------------------ */

static void fail_in_part (Workbook *workbook, const char *message)
{
  if (workbook->failed == NULL)
    workbook->failed = g_error_new_literal (IMPORT_ERROR, IMPORT_ERROR_FORMAT, message);
  xml_stream_stop (workbook->stream);
}

/* Tells the part @name to @handlers. A part that is not there has nothing to tell. */
static gboolean read_part (Workbook *workbook, const char *name, const XmlHandlers *handlers,
                           GError **error)
{
  g_autoptr (GError) failed = NULL;
  g_autoptr (ZipPart) part = zip_part_open (workbook->bytes, workbook->length, name, &failed);
  g_autoptr (XmlStream) stream = xml_stream_new (handlers, workbook);
  g_autofree char *piece = g_malloc (PIECE);
  workbook->stream = stream;
  for (gssize got = 1; part != NULL && got > 0 && failed == NULL && workbook->failed == NULL;) {
    got = zip_part_read (part, piece, PIECE, &failed);
    if (got >= 0)
      xml_stream_feed (stream, piece, (gsize) got, got == 0, &failed);
  }
  workbook->stream = NULL;
  if (failed == NULL && workbook->failed != NULL)
    failed = g_steal_pointer (&workbook->failed);
  if (failed == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

/* Relations -------------------------------------------------------------------------- */

static void start_relation (gpointer data, const char *name, const XmlAttributes *attributes)
{
  Workbook *workbook = data;
  char id[TARGET_MAX], type[TARGET_MAX], target[TARGET_MAX];
  if (strcmp (name, "Relationship") != 0
      || xml_stream_attribute (attributes, "Id", id, sizeof id) == NULL
      || xml_stream_attribute (attributes, "Type", type, sizeof type) == NULL
      || xml_stream_attribute (attributes, "Target", target, sizeof target) == NULL)
    return;
  if (workbook->relations->len >= RELATIONS_MAX)
    return fail_in_part (workbook, _ ("it holds more parts than a workbook has."));
  Relation *relation = g_new0 (Relation, 1);
  const char *slash = strrchr (type, '/');
  *relation
      = (Relation){ g_strdup (id), g_strdup (slash != NULL ? slash + 1 : type), g_strdup (target) };
  g_ptr_array_add (workbook->relations, relation);
}

/* The name of a part that is named from inside the part @from. */
static char *resolve (const char *from, const char *target)
{
  g_autoptr (GPtrArray) steps = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *folder = g_path_get_dirname (from);
  gboolean absolute = *target == '/' || *target == '\\';
  g_autofree char *whole = g_strconcat (absolute ? "" : folder, "/", target, NULL);
  g_strdelimit (whole, "\\", '/');
  g_auto (GStrv) parts = g_strsplit (whole, "/", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    if (strcmp (parts[i], "..") == 0 && steps->len > 0)
      g_ptr_array_remove_index (steps, steps->len - 1);
    else if (*parts[i] != '\0' && strcmp (parts[i], ".") != 0 && strcmp (parts[i], "..") != 0)
      g_ptr_array_add (steps, g_strdup (parts[i]));
  g_ptr_array_add (steps, NULL);
  return g_strjoinv ("/", (char **) steps->pdata);
}

static gboolean read_relations (Workbook *workbook, const char *of, GError **error)
{
  static const XmlHandlers HANDLERS = { .start = start_relation };
  g_autofree char *folder = g_path_get_dirname (of), *base = g_path_get_basename (of);
  g_autofree char *name = *of == '\0' ? g_strdup ("_rels/.rels")
                                      : g_strconcat (folder, "/_rels/", base, ".rels", NULL);
  g_ptr_array_set_size (workbook->relations, 0);
  return read_part (workbook, name, &HANDLERS, error);
}

/* The part that @of names by @id, or else by @type; NULL if it names none. */
static char *related (const Workbook *workbook, const char *of, const char *id, const char *type)
{
  for (guint i = 0; i < workbook->relations->len; i++) {
    const Relation *relation = g_ptr_array_index (workbook->relations, i);
    if (id != NULL ? strcmp (relation->id, id) == 0 : strcmp (relation->type, type) == 0)
      return resolve (of, relation->target);
  }
  return NULL;
}

/* The main part ---------------------------------------------------------------------- */

static void start_main (gpointer data, const char *name, const XmlAttributes *attributes)
{
  Workbook *workbook = data;
  char value[TARGET_MAX];
  if (strcmp (name, "workbookPr") == 0) {
    const char *date = xml_stream_attribute (attributes, "date1904", value, sizeof value);
    workbook->is_1904 = date != NULL && (*date == '1' || *date == 't');
  }
  if (strcmp (name, "sheet") != 0)
    return;
  if (workbook->sheets->len >= WORKBOOK_SHEETS_MAX)
    return fail_in_part (workbook, _ ("it has too many sheets. Save the list by itself."));
  Sheet *sheet = g_new0 (Sheet, 1);
  const char *id = xml_stream_attribute (attributes, "id", value, sizeof value);
  sheet->relation = g_strdup (id != NULL ? id : "");
  const char *title = xml_stream_attribute (attributes, "name", value, sizeof value);
  sheet->name = g_utf8_make_valid (title != NULL ? title : "", -1);
  const char *state = xml_stream_attribute (attributes, "state", value, sizeof value);
  sheet->hidden = state != NULL && g_ascii_strcasecmp (state, "visible") != 0;
  g_ptr_array_add (workbook->sheets, sheet);
}

static gboolean read_main (Workbook *workbook, GError **error)
{
  static const XmlHandlers HANDLERS = { .start = start_main };
  if (!read_relations (workbook, "", error))
    return FALSE;
  workbook->main_part = related (workbook, "", NULL, "officeDocument");
  if (workbook->main_part == NULL)
    workbook->main_part = g_strdup ("xl/workbook.xml");
  if (!read_part (workbook, workbook->main_part, &HANDLERS, error)
      || !read_relations (workbook, workbook->main_part, error))
    return FALSE;
  for (guint i = 0; i < workbook->sheets->len; i++) {
    Sheet *sheet = g_ptr_array_index (workbook->sheets, i);
    sheet->part = related (workbook, workbook->main_part, sheet->relation, NULL);
  }
  workbook->texts_part = related (workbook, workbook->main_part, NULL, "sharedStrings");
  workbook->styles_part = related (workbook, workbook->main_part, NULL, "styles");
  return TRUE;
}

/* Texts ------------------------------------------------------------------------------ */

void workbook_append (GString *text, gsize start, const char *piece, gsize length)
{
  gsize has = text->len - start;
  if (has <= IMPORT_FIELD_BYTES_MAX)
    g_string_append_len (text, piece, (gssize) MIN (length, IMPORT_FIELD_BYTES_MAX + 1 - has));
}

/* The character of "_x000D_" at @p, or -1. */
static int escaped_character (const char *p)
{
  int c = 0;
  if (p[0] != '_' || p[1] != 'x')
    return -1;
  for (guint i = 2; i < 6; i++) {
    int digit = g_ascii_xdigit_value (p[i]);
    if (digit < 0)
      return -1;
    c = c * 16 + digit;
  }
  return p[6] == '_' ? c : -1;
}

void workbook_unescape (GString *text, gsize start)
{
  const char *first = strstr (text->str + start, "_x");
  if (first == NULL)
    return;
  g_autoptr (GString) plain = g_string_new (NULL);
  for (const char *p = text->str + start; *p != '\0';) {
    int c = escaped_character (p);
    if (c < 0) {
      g_string_append_c (plain, *p++);
      continue;
    }
    g_string_append_unichar (plain, c == 0 ? 1 : c >= 0xD800 && c <= 0xDFFF ? 0xFFFD : c);
    p += 7;
  }
  g_string_truncate (text, start);
  g_string_append_len (text, plain->str, (gssize) plain->len);
}

static void start_text (gpointer data, const char *name, const XmlAttributes *attributes)
{
  Workbook *workbook = data;
  if (strcmp (name, "si") == 0)
    workbook->text_start = workbook->texts->len;
  else if (strcmp (name, "rPh") == 0)
    workbook->in_reading = TRUE;
  else if (strcmp (name, "t") == 0)
    workbook->in_text = !workbook->in_reading;
}

static void end_text (gpointer data, const char *name)
{
  Workbook *workbook = data;
  if (strcmp (name, "t") == 0)
    workbook->in_text = FALSE;
  else if (strcmp (name, "rPh") == 0)
    workbook->in_reading = FALSE;
  else if (strcmp (name, "si") == 0) {
    guint32 start = (guint32) workbook->text_start;
    workbook_unescape (workbook->texts, workbook->text_start);
    g_string_append_c (workbook->texts, '\0');
    g_array_append_val (workbook->text_starts, start);
    if (workbook->texts->len + workbook->text_starts->len * sizeof start > WORKBOOK_TEXT_BYTES_MAX)
      fail_in_part (workbook, _ ("its texts are larger than any list's. Save the list by itself."));
  }
}

static void add_text (gpointer data, const char *text, gsize length)
{
  Workbook *workbook = data;
  if (workbook->in_text)
    workbook_append (workbook->texts, workbook->text_start, text, length);
}

/* Styles ----------------------------------------------------------------------------- */

static void add_style (Workbook *workbook, guint number)
{
  NumberFormat *format = g_hash_table_lookup (workbook->by_number, GUINT_TO_POINTER (number));
  if (format == NULL) {
    const char *code = g_hash_table_lookup (workbook->codes, GUINT_TO_POINTER (number));
    format = code != NULL ? number_format_new (code) : number_format_new_built_in (number);
    g_hash_table_insert (workbook->by_number, GUINT_TO_POINTER (number), format);
  }
  g_ptr_array_add (workbook->formats, format);
}

static void start_style (gpointer data, const char *name, const XmlAttributes *attributes)
{
  Workbook *workbook = data;
  char number[32], code[1024];
  if (strcmp (name, "cellXfs") == 0)
    workbook->in_styles = TRUE;
  gboolean is_code = strcmp (name, "numFmt") == 0;
  if (!is_code && !(workbook->in_styles && strcmp (name, "xf") == 0))
    return;
  const char *found = xml_stream_attribute (attributes, "numFmtId", number, sizeof number);
  guint id = found != NULL ? (guint) g_ascii_strtoull (found, NULL, 10) : 0;
  if (workbook->formats->len >= FORMATS_MAX || g_hash_table_size (workbook->codes) >= FORMATS_MAX)
    return fail_in_part (workbook, _ ("it has more formats than Excel allows."));
  if (!is_code)
    add_style (workbook, id);
  else if (xml_stream_attribute (attributes, "formatCode", code, sizeof code) != NULL)
    g_hash_table_insert (workbook->codes, GUINT_TO_POINTER (id), g_strdup (code));
}

static void end_style (gpointer data, const char *name)
{
  Workbook *workbook = data;
  if (strcmp (name, "cellXfs") == 0)
    workbook->in_styles = FALSE;
}

/* Opening ---------------------------------------------------------------------------- */

/* What kind of file a ZIP archive is, by a part that only that kind has. */
static gboolean see_kind (const char *name, gpointer data)
{
  static const char *const KINDS[][2] = {
    { "xl/workbook.bin",
      N_ ("it is a binary workbook (.xlsb). Open it in Excel and save it as .xlsx.") },
    { "content.xml", N_ ("it is an OpenDocument file (.ods). Open it in LibreOffice and save it as "
                         ".xlsx or CSV UTF-8.") },
    { "word/document.xml", N_ ("it is a Word document. Copy its table into a sheet of Excel and "
                               "save that as .xlsx.") },
    { "Index/Document.iwa",
      N_ ("it is a file of Apple Numbers. Export it from Numbers as Excel (.xlsx).") },
    { "Index.zip", N_ ("it is a file of Apple Numbers. Export it from Numbers as Excel (.xlsx).") },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (KINDS); i++)
    if (g_ascii_strcasecmp (name, KINDS[i][0]) == 0) {
      *(const char **) data = _ (KINDS[i][1]);
      return TRUE;
    }
  return FALSE;
}

static gboolean fail_kind (const Workbook *workbook, GError **error)
{
  const char *kind = _ ("it is a ZIP archive, and no workbook. Unpack it and import the list that "
                        "is inside.");
  if (!zip_part_each (workbook->bytes, workbook->length, see_kind, &kind, error))
    return FALSE;
  g_set_error_literal (error, IMPORT_ERROR, IMPORT_ERROR_FORMAT, kind);
  return FALSE;
}

static gboolean read_workbook (Workbook *workbook, GError **error)
{
  static const XmlHandlers TEXTS = { .start = start_text, .end = end_text, .text = add_text };
  static const XmlHandlers STYLES = { .start = start_style, .end = end_style };
  if (!read_main (workbook, error))
    return FALSE;
  if (workbook->sheets->len == 0)
    return fail_kind (workbook, error);
  return (workbook->texts_part == NULL || read_part (workbook, workbook->texts_part, &TEXTS, error))
         && (workbook->styles_part == NULL
             || read_part (workbook, workbook->styles_part, &STYLES, error));
}

Workbook *workbook_open (const guint8 *bytes, gsize length, GError **error)
{
  g_autoptr (Workbook) workbook = g_new0 (Workbook, 1);
  workbook->bytes = bytes;
  workbook->length = length;
  workbook->sheets = g_ptr_array_new_with_free_func ((GDestroyNotify) sheet_free);
  workbook->relations = g_ptr_array_new_with_free_func ((GDestroyNotify) relation_free);
  workbook->texts = g_string_new (NULL);
  workbook->text_starts = g_array_new (FALSE, FALSE, sizeof (guint32));
  workbook->codes = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  workbook->by_number = g_hash_table_new_full (NULL, NULL, NULL, format_free);
  workbook->formats = g_ptr_array_new ();
  return read_workbook (workbook, error) ? g_steal_pointer (&workbook) : NULL;
}

guint workbook_sheets (const Workbook *workbook)
{
  return workbook->sheets->len;
}

static const Sheet *sheet_at (const Workbook *workbook, guint sheet)
{
  return g_ptr_array_index (workbook->sheets, sheet);
}

const char *workbook_sheet_name (const Workbook *workbook, guint sheet)
{
  return sheet_at (workbook, sheet)->name;
}

gboolean workbook_sheet_is_hidden (const Workbook *workbook, guint sheet)
{
  return sheet_at (workbook, sheet)->hidden;
}

ZipPart *workbook_sheet_part (const Workbook *workbook, guint sheet, GError **error)
{
  g_autoptr (GError) failed = NULL;
  const char *name = sheet_at (workbook, sheet)->part;
  ZipPart *part
      = name != NULL ? zip_part_open (workbook->bytes, workbook->length, name, &failed) : NULL;
  if (part == NULL && failed == NULL)
    g_set_error (
        &failed, IMPORT_ERROR, IMPORT_ERROR_FORMAT,
        _ ("the workbook is damaged (its sheet “%s” is missing). Open it in Excel and save "
           "it again, or fetch it again."),
        workbook_sheet_name (workbook, sheet));
  if (failed != NULL)
    g_propagate_error (error, g_steal_pointer (&failed));
  return part;
}

const char *workbook_text (const Workbook *workbook, guint64 number)
{
  return number < workbook->text_starts->len
             ? workbook->texts->str + g_array_index (workbook->text_starts, guint32, number)
             : NULL;
}

const NumberFormat *workbook_format (const Workbook *workbook, guint64 style)
{
  return style < workbook->formats->len ? g_ptr_array_index (workbook->formats, style) : NULL;
}

gboolean workbook_is_1904 (const Workbook *workbook)
{
  return workbook->is_1904;
}
