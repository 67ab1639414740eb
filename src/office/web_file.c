#include "office/web_file.h"

#include "core/hash.h"
#include "core/installation.h"
#include "core/words.h"
#include "http/compress.h"

#include <string.h>

#define FOLDER "web/"
#define INTER "/usr/share/fonts/opentype/inter/"
#define TAG_LENGTH 16

static const struct {
  const char *name, *place, *type;
} FILES[WEB_FILE_COUNT] = {
  [WEB_FILE_STYLE] = { "office.css", NULL, "text/css; charset=utf-8" },
  [WEB_FILE_SCRIPT] = { "office.js", NULL, "text/javascript; charset=utf-8" },
  [WEB_FILE_REGULAR] = { "inter.otf", INTER "Inter-Regular.otf", "font/otf" },
  [WEB_FILE_BOLD] = { "inter-bold.otf", INTER "Inter-Bold.otf", "font/otf" },
};

struct _WebFiles {
  GBytes *bytes[WEB_FILE_COUNT], *small[WEB_FILE_COUNT];
  char *address[WEB_FILE_COUNT];
};

static gboolean read_one (WebFiles *files, WebFileId id, GError **error)
{
  g_autofree char *own = g_strconcat (FOLDER, FILES[id].name, NULL), *hex = NULL, *data = NULL;
  g_autofree char *path
      = FILES[id].place != NULL ? g_strdup (FILES[id].place) : installation_asset (own);
  g_autoptr (GError) cause = NULL;
  gsize length;
  Hash hash;

  files->address[id] = g_strdup ("");
  if (!g_file_get_contents (path, &data, &length, &cause)) {
    if (FILES[id].place != NULL)
      return TRUE;
    g_propagate_prefixed_error (error, g_steal_pointer (&cause),
                                _ ("reading what the organisers' pages are dressed in: "));
    return FALSE;
  }
  hash = hash_of (data, length);
  hex = hash_to_hex (&hash);
  hex[TAG_LENGTH] = '\0';
  g_free (files->address[id]);
  files->address[id] = g_strdup_printf ("/static/%s?%s", FILES[id].name, hex);
  files->small[id] = compress_gzip (data, length, COMPRESS_BEST);
  files->bytes[id] = g_bytes_new_take (g_steal_pointer (&data), length);
  return TRUE;
}

WebFiles *web_file_list_read (GError **error)
{
  g_autoptr (WebFiles) files = g_new0 (WebFiles, 1);

  for (guint i = 0; i < WEB_FILE_COUNT; i++)
    if (!read_one (files, (WebFileId) i, error))
      return NULL;
  return g_steal_pointer (&files);
}

void web_file_list_free (WebFiles *files)
{
  if (files == NULL)
    return;
  for (guint i = 0; i < WEB_FILE_COUNT; i++) {
    g_clear_pointer (&files->bytes[i], g_bytes_unref);
    g_clear_pointer (&files->small[i], g_bytes_unref);
    g_free (files->address[i]);
  }
  g_free (files);
}

const char *web_file_address (const WebFiles *files, WebFileId id)
{
  return files->address[id];
}

gboolean web_file_answer (const WebFiles *files, Request *request, const char *name)
{
  for (guint i = 0; i < WEB_FILE_COUNT; i++)
    if (strcmp (name, FILES[i].name) == 0 && files->bytes[i] != NULL) {
      request_add_header (request, "Cache-Control", "public, max-age=31536000, immutable");
      request_add_header (request, "Vary", "Accept-Encoding");
      if (!request_takes_gzip (request))
        return request_answer_bytes (request, HTTP_STATUS_OK, FILES[i].type, files->bytes[i]);
      request_add_header (request, "Content-Encoding", "gzip");
      return request_answer_bytes (request, HTTP_STATUS_OK, FILES[i].type, files->small[i]);
    }
  return request_refuse (request, HTTP_STATUS_NOT_FOUND, "path", _ ("there is no such file"));
}
