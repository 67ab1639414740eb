/* web_file.h: what pages are dressed in: style sheet, script, typeface, each read once
 * when the hub starts, and served with a name that changes with what is in it, so that
 * browsers keep it for good.
 *
 * Threads: immutable once read. Reading blocks on disk.  */
#pragma once

#include "http/request.h"

typedef enum {
  WEB_FILE_STYLE,
  WEB_FILE_SCRIPT,
  WEB_FILE_REGULAR, /* Inter, from Debian's fonts-inter */
  WEB_FILE_BOLD,
  WEB_FILE_COUNT
} WebFileId;

typedef struct _WebFiles WebFiles;

/* Style sheet and script must be there; a typeface may be missing: then the reader's own
 * stands in for it. */
WebFiles *web_file_list_read (GError **error);
void web_file_list_free (WebFiles *files);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WebFiles, web_file_list_free)

/* "/static/office.css?3fa9…": its address; "" for one that is missing. */
const char *web_file_address (const WebFiles *files, WebFileId id);
/* The answer to a request for the one called @name ("office.css"); as run(). */
gboolean web_file_answer (const WebFiles *files, Request *request, const char *name);
