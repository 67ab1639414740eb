#include "cli/import_report.h"

#include "cli/import_preview.h"
#include "core/words.h"
#include "export/table_writer.h"

enum { KIND, REFERENCE, NAME, FIELD, BEFORE, AFTER, VOLUNTEER, AT, FILE_NAME, LINE, TEXT, COLUMNS };

static const TableColumn TABLE[COLUMNS] = {
  [KIND] = { "kind", NC_ ("column", "Kind"), TABLE_TEXT, 12 },
  [REFERENCE] = { "reference", NC_ ("column", "Reference"), TABLE_TEXT, 14 },
  [NAME] = { "name", NC_ ("column", "Name of the person"), TABLE_TEXT, 24 },
  [FIELD] = { "field", NC_ ("column", "Field"), TABLE_TEXT, 16 },
  [BEFORE] = { "before", NC_ ("column", "Before"), TABLE_TEXT, 24 },
  [AFTER] = { "after", NC_ ("column", "In the list"), TABLE_TEXT, 24 },
  [VOLUNTEER] = { "volunteer", NC_ ("column", "Corrected by"), TABLE_TEXT, 16 },
  [AT] = { "at", NC_ ("column", "Corrected at"), TABLE_TIME, 17 },
  [FILE_NAME] = { "file", NC_ ("column", "File"), TABLE_TEXT, 24 },
  [LINE] = { "line", NC_ ("column", "Line"), TABLE_NUMBER, 8 },
  [TEXT] = { "text", NC_ ("column", "Remark"), TABLE_TEXT, 60 },
};

static gboolean write_fields (TableWriter *writer, const ImportChange *change, GError **error)
{
  TableValue values[COLUMNS] = {
    [KIND].text = "changed", [REFERENCE].text = change->reference, [NAME].text = change->name
  };
  for (guint i = 0; i < change->fields->len; i++) {
    const ImportField *field = g_ptr_array_index (change->fields, i);
    values[FIELD].text = field->field->name;
    values[BEFORE].text = field->before;
    values[AFTER].text = field->after;
    if (!table_writer_row (writer, values, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean write_changes (TableWriter *writer, const char *kind, const GPtrArray *changes,
                               GError **error)
{
  for (guint i = 0; i < changes->len; i++) {
    const ImportChange *change = g_ptr_array_index (changes, i);
    const TableValue values[COLUMNS]
        = { [KIND].text = kind, [REFERENCE].text = change->reference, [NAME].text = change->name };
    if (change->fields != NULL ? !write_fields (writer, change, error)
                               : !table_writer_row (writer, values, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean write_conflicts (TableWriter *writer, const Import *import, GTimeZone *zone,
                                 GError **error)
{
  for (guint i = 0; i < import->conflicts->len; i++) {
    const ImportConflict *conflict = g_ptr_array_index (import->conflicts, i);
    g_autofree char *text = import_preview_conflict (conflict, zone);
    const TableValue values[COLUMNS] = { [KIND].text = "conflict",
                                         [REFERENCE].text = conflict->reference,
                                         [NAME].text = conflict->name,
                                         [FIELD].text = conflict->says.field->name,
                                         [BEFORE].text = conflict->says.corrected,
                                         [AFTER].text = conflict->says.listed,
                                         [VOLUNTEER].text = conflict->says.volunteer,
                                         [AT].number = conflict->says.at_ms,
                                         [TEXT].text = text };
    if (!table_writer_row (writer, values, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean write_remarks (TableWriter *writer, const Import *import, GError **error)
{
  static const char *const KINDS[IMPORT_REMARKS]
      = { [IMPORT_DOUBLE_EMAIL] = "double", [IMPORT_DOUBLE_NAME] = "double",
          [IMPORT_SPOILED] = "spoiled",     [IMPORT_UNPRINTABLE] = "unprintable",
          [IMPORT_NOWHERE] = "nowhere",     [IMPORT_NO_LATIN] = "no-latin" };
  for (guint i = 0; i < import->remarks->len; i++) {
    const ImportRemark *remark = g_ptr_array_index (import->remarks, i);
    g_autofree char *text = import_preview_remark (remark);
    const TableValue values[COLUMNS]
        = { [KIND].text = KINDS[remark->kind],
            [REFERENCE].text = remark->reference,
            [NAME].text = remark->name,
            [FIELD].text = remark->field != NULL ? remark->field->name : NULL,
            [AFTER].text = remark->other,
            [TEXT].text = text };
    if (!table_writer_row (writer, values, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean write_faults (TableWriter *writer, const Import *import, GError **error)
{
  for (guint i = 0; i < import->faults->len; i++) {
    const ImportFault *fault = g_ptr_array_index (import->faults, i);
    const TableValue values[COLUMNS] = {
      [KIND].text = "fault",          [FIELD].text = fault->column, [AFTER].text = fault->value,
      [FILE_NAME].text = fault->file, [LINE].number = fault->line,  [TEXT].text = fault->reason
    };
    if (!table_writer_row (writer, values, error))
      return FALSE;
  }
  for (guint i = 0; i < import->notes->len; i++) {
    const TableValue values[COLUMNS]
        = { [KIND].text = "note", [TEXT].text = g_ptr_array_index (import->notes, i) };
    if (!table_writer_row (writer, values, error))
      return FALSE;
  }
  return TRUE;
}

gboolean import_report_write (const Import *import, const char *path, GTimeZone *zone,
                              GError **error)
{
  TableFormat format = TABLE_CSV;
  if (!table_writer_format_from_path (path, &format)) {
    g_set_error (error, TABLE_WRITER_ERROR, TABLE_WRITER_ERROR_OUTPUT,
                 _ ("%s: a report's name ends in .csv, .json or .xlsx"), path);
    return FALSE;
  }
  TableWriter *writer = table_writer_open (format, path, "Import", TABLE, COLUMNS, zone, error);
  if (writer == NULL)
    return FALSE;
  if (write_changes (writer, "added", import->added, error)
      && write_changes (writer, "changed", import->changed, error)
      && write_changes (writer, "missing", import->missing, error)
      && write_conflicts (writer, import, zone, error) && write_remarks (writer, import, error)
      && write_faults (writer, import, error))
    return table_writer_close (writer, error);
  table_writer_abandon (writer);
  return FALSE;
}
