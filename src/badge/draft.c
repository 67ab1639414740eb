#include "badge/draft.h"

#include "badge/badge_content.h"
#include "core/words.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <unistd.h>

struct _Draft {
  char *path, *part; /* where it will stand, and where it is written */
  FILE *file;        /* NULL once sealed */
  int failed;        /* errno of the first write that failed */
};

static gboolean fail (const Draft *draft, const char *why, GError **error)
{
  g_set_error (error, BADGE_ERROR, BADGE_ERROR_WRITE, _ ("Cannot write badges to %s: %s"),
               draft->path, why);
  return FALSE;
}

Draft *draft_new (const char *path, GError **error)
{
  g_autoptr (Draft) draft = g_new0 (Draft, 1);
  draft->path = g_strdup (path);
  draft->part = g_strconcat (path, ".part", NULL);
  int fd = g_open (draft->part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
  draft->file = fd >= 0 ? fdopen (fd, "wb") : NULL;
  if (draft->file != NULL)
    return g_steal_pointer (&draft);
  fail (draft, g_strerror (errno), error);
  if (fd < 0)
    g_clear_pointer (&draft->part, g_free); /* not ours to remove */
  return NULL;
}

cairo_status_t draft_append (void *data, const guint8 *bytes, guint length)
{
  Draft *draft = data;
  if (draft->file != NULL && fwrite (bytes, 1, length, draft->file) == length)
    return CAIRO_STATUS_SUCCESS;
  draft->failed = draft->failed ? draft->failed : errno ? errno : EIO;
  return CAIRO_STATUS_WRITE_ERROR;
}

gboolean draft_check (const Draft *draft, cairo_status_t status, GError **error)
{
  return status == CAIRO_STATUS_SUCCESS
         || fail (draft,
                  draft->failed ? g_strerror (draft->failed) : cairo_status_to_string (status),
                  error);
}

GMappedFile *draft_map (Draft *draft, GError **error)
{
  g_autoptr (GError) why = NULL;
  GMappedFile *map = NULL;
  if (draft->failed || draft->file == NULL || fflush (draft->file) != 0)
    fail (draft, g_strerror (draft->failed ? draft->failed : errno), error);
  else if ((map = g_mapped_file_new (draft->part, FALSE, &why)) == NULL)
    fail (draft, why->message, error);
  return map;
}

gboolean draft_seal (Draft *draft, GError **error)
{
  if (draft->file == NULL)
    return TRUE;
  FILE *file = g_steal_pointer (&draft->file);
  gboolean flushed = !draft->failed && fflush (file) == 0 && fsync (fileno (file)) == 0;
  int number = draft->failed ? draft->failed : errno;
  if (fclose (file) == 0 && flushed)
    return TRUE;
  return fail (draft, g_strerror (flushed ? errno : number), error);
}

gboolean draft_finish (Draft *draft, GError **error)
{
  if (!draft_seal (draft, error))
    return FALSE;
  if (g_rename (draft->part, draft->path) != 0)
    return fail (draft, g_strerror (errno), error);
  g_clear_pointer (&draft->part, g_free);
  return TRUE;
}

void draft_free (Draft *draft)
{
  if (draft == NULL)
    return;
  if (draft->file != NULL)
    fclose (draft->file);
  if (draft->part != NULL)
    g_unlink (draft->part);
  g_free (draft->part);
  g_free (draft->path);
  g_free (draft);
}
