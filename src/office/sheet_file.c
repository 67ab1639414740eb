#include "office/sheet_file.h"

#include "core/installation.h"
#include "core/words.h"
#include "counts/report_file.h"

#include <glib/gstdio.h>
#include <string.h>

#define PROGRAM "accueil"

static void add_option (GPtrArray *words, const char *name, const char *value)
{
  if (value != NULL && value[0] != '\0')
    g_ptr_array_add (words, g_strdup_printf ("--%s=%s", name, value));
}

static GPtrArray *end_words (GPtrArray *words)
{
  g_ptr_array_add (words, NULL);
  return words;
}

static GPtrArray *command (const char *db, const SheetFile *sheet, const char *path)
{
  GPtrArray *words = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (words, installation_program (PROGRAM));
  if (sheet->report)
    g_ptr_array_add (words, g_strdup ("report"));
  else {
    g_ptr_array_add (words, g_strdup ("export"));
    g_ptr_array_add (words, g_strdup ("sheet"));
  }
  add_option (words, "db", db);
  add_option (words, "output", path);
  if (sheet->report)
    return end_words (words);
  add_option (words, "session", sheet->session);
  add_option (words, "event", sheet->event);
  add_option (words, "day", sheet->day);
  add_option (words, "half", sheet->half);
  add_option (words, "delegation", sheet->delegation);
  return end_words (words);
}

/* What it has said, without its own name before it. */
static void take_reason (char *said, GError **error)
{
  const char *reason = g_strstrip (said);

  if (g_str_has_prefix (reason, PROGRAM ": "))
    reason += strlen (PROGRAM ": ");
  g_set_error_literal (error, REPORT_ERROR, REPORT_ERROR_FILTER, reason);
}

static int draw (const char *db, const SheetFile *sheet, const char *path, guint64 *size,
                 GError **error)
{
  g_autoptr (GPtrArray) words = command (db, sheet, path);
  g_autofree char *said = NULL;
  int status;

  if (!g_spawn_sync (NULL, (char **) words->pdata, NULL, G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL,
                     NULL, &said, &status, error))
    return -1;
  if (g_spawn_check_wait_status (status, NULL))
    return report_file_open (path, size, error);
  take_reason (said, error);
  return -1;
}

int sheet_file_draw (const char *db, const SheetFile *sheet, guint64 *size, GError **error)
{
  g_autofree char *folder = g_dir_make_tmp ("accueil-sheet-XXXXXX", error);
  g_autofree char *path = NULL;
  int fd;

  if (folder == NULL)
    return -1;
  path = g_build_filename (folder, "sheet.pdf", NULL);
  fd = draw (db, sheet, path, size, error);
  g_unlink (path);
  g_rmdir (folder);
  return fd;
}
