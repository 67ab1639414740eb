/* logo_shelf.h: the logos of organisers and partners as the pages show them: each drawn
 * once as a PNG, whatever the event file had, so that no browser opens a drawing of others;
 * equal in size where all stand at one height (badge/logo_row.h).
 *
 * Threads: immutable once read, counted by references. Reading blocks on disk. */
#pragma once

#include "http/request.h"
#include "journal/journal.h"

#define LOGO_SHELF_HEIGHT_PX 192

typedef struct {
  char *id, *fr, *zh; /* whose it is */
  char *tag;          /* changes with the picture */
  GBytes *png;        /* LOGO_SHELF_HEIGHT_PX high */
  guint width_px;
} ShelfLogo;

typedef struct {
  GPtrArray *logos; /* ShelfLogo, in the event file's order */
  char *state;      /* which facts it was read from */
  gint references;  /* atomic */
} LogoShelf;

/* @before (may be NULL) itself, with a reference more, where no logo has changed. */
LogoShelf *logo_shelf_read (Journal *journal, LogoShelf *before, GError **error);
void logo_shelf_unref (LogoShelf *shelf); /* NULL-safe */
/* The answer to a request for the one called @id; as run(). */
gboolean logo_shelf_answer (const LogoShelf *shelf, Request *request, const char *id);
