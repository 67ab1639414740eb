#include "counts/report_file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct {
  const char *ending, *type;
  TableFormat format;
} FORMATS[] = {
  { ".csv", "text/csv; charset=utf-8", TABLE_CSV },
  { ".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", TABLE_XLSX },
  { ".json", "application/json; charset=utf-8", TABLE_JSON },
};

gboolean report_file_parse (const char *file, char **table, TableFormat *format, const char **type,
                            GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (FORMATS); i++) {
    if (!g_str_has_suffix (file, FORMATS[i].ending))
      continue;
    *table = g_strndup (file, strlen (file) - strlen (FORMATS[i].ending));
    *format = FORMATS[i].format;
    *type = FORMATS[i].type;
    return TRUE;
  }
  g_set_error_literal (error, REPORT_ERROR, REPORT_ERROR_TABLE,
                       _ ("a table is asked for as TABLE.csv, TABLE.xlsx or TABLE.json"));
  return FALSE;
}

int report_file_open (const char *path, guint64 *size, GError **error)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC);
  struct stat about;
  if (fd >= 0 && fstat (fd, &about) == 0) {
    *size = (guint64) about.st_size;
    return fd;
  }
  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno), "%s: %s", path,
               g_strerror (errno));
  if (fd >= 0)
    close (fd);
  return -1;
}

int report_file_write (Journal *journal, const ReportQuery *query, TableFormat format,
                       char separator, ReportProgress progress, gpointer data, guint64 *size,
                       GError **error)
{
  g_autofree char *folder = g_dir_make_tmp ("accueil-table-XXXXXX", error);
  if (folder == NULL)
    return -1;
  g_autofree char *path = g_build_filename (folder, "table", NULL);
  int fd = report_write (journal, query, format, path, separator, progress, data, NULL, error)
               ? report_file_open (path, size, error)
               : -1;
  g_unlink (path);
  g_rmdir (folder);
  return fd;
}
