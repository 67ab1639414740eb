#include "roster/list.h"

#include "core/text.h"
#include "core/words.h"
#include "roster/import_fault.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

struct _List {
  char *path;
  char *bytes;
  gsize length, start; /* of the file, and of its byte order mark */
  Encoding encoding;
  char separator;
  char **headings;
  guint heading_row, heading_line;
  Csv *csv;
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
        _ ("it has %" PRId64 " MiB, and a list may have %d. Split it, or check that it is a list."),
        (gint64) status.st_size / (1024 * 1024), IMPORT_FILE_BYTES_MAX / (1024 * 1024));
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

static Csv *csv_from_start (const List *list, char separator)
{
  return csv_new (decoder_new ((const guint8 *) list->bytes + list->start,
                               list->length - list->start, list->encoding),
                  separator);
}

/* How many different headings of @row are known. */
static guint count_known (const CsvRow *row, ListKnows knows, gpointer data)
{
  guint known = 0;
  for (guint i = 0; i < row->count; i++) {
    g_autofree char *heading = text_clean (row->fields[i]);
    known += knows (heading, data);
  }
  return known;
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

/* Finds separator and heading row. An error in a row on the way only ends the trial of
 * that separator, and is met again when the rows are read; where there are no headings,
 * it tells why. */
static gboolean find_headings (List *list, ListKnows knows, gpointer data, const char *hint,
                               GError **error)
{
  static const char SEPARATORS[] = { ',', ';', '\t' };
  g_autoptr (GError) obstacle = NULL;
  guint most = 1;
  for (gsize s = 0; s < G_N_ELEMENTS (SEPARATORS); s++) {
    g_autoptr (Csv) csv = csv_from_start (list, SEPARATORS[s]);
    CsvRow row;
    for (guint i = 0;
         i < LIST_HEADING_ROWS && csv_next (csv, &row, obstacle == NULL ? &obstacle : NULL); i++) {
      guint known = count_known (&row, knows, data);
      if (known <= most)
        continue;
      most = known;
      list->separator = SEPARATORS[s];
      take_headings (list, &row, i);
    }
  }
  if (list->headings != NULL)
    return TRUE;
  if (obstacle != NULL)
    g_propagate_error (error, g_steal_pointer (&obstacle));
  else
    g_set_error (error, IMPORT_ERROR, IMPORT_ERROR_FORMAT,
                 _ ("its first %d rows hold no headings that are known. The first row must name "
                    "the columns, for example: %s."),
                 LIST_HEADING_ROWS, hint);
  return FALSE;
}

gboolean list_rewind (List *list, GError **error)
{
  CsvRow row;
  csv_free (list->csv);
  list->csv = csv_from_start (list, list->separator);
  for (guint i = 0; i <= list->heading_row; i++)
    if (!csv_next (list->csv, &row, error))
      return FALSE;
  return TRUE;
}

static gboolean open_list (List *list, ListKnows knows, gpointer data, const char *hint,
                           GError **error)
{
  return read_file (list, error)
         && encoding_detect ((const guint8 *) list->bytes, list->length, &list->encoding,
                             &list->start, error)
         && find_headings (list, knows, data, hint, error) && list_rewind (list, error);
}

List *list_open (const char *path, ListKnows knows, gpointer data, const char *hint, GError **error)
{
  g_autoptr (List) list = g_new0 (List, 1);
  list->path = g_strdup (path);
  if (open_list (list, knows, data, hint, error))
    return g_steal_pointer (&list);
  g_prefix_error (error, "%s: ", path);
  return NULL;
}

void list_free (List *list)
{
  if (list == NULL)
    return;
  csv_free (list->csv);
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
  while (csv_next (list->csv, row, &failed))
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
  const char *separator = list->separator == ','   ? _ ("commas")
                          : list->separator == ';' ? _ ("semicolons")
                                                   : _ ("tabs");
  return g_strdup_printf ("%s, %s", encoding_name (list->encoding), separator);
}

guint64 list_position (const List *list)
{
  return csv_position (list->csv) + list->start;
}

guint64 list_size (const List *list)
{
  return list->length;
}
