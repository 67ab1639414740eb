#include "office/logo_shelf.h"

#include "badge/logo_row.h"
#include "congress/logo.h"
#include "core/hash.h"
#include "core/words.h"
#include "journal/query.h"

#include <string.h>

#define TAG_LENGTH 16

static const char STATE[] = "SELECT ifnull (group_concat (station || ' ' || seq || ' ' || id), '')"
                            " FROM logo WHERE NOT removed";

static void logo_free (gpointer data)
{
  ShelfLogo *logo = data;

  g_free (logo->id);
  g_free (logo->fr);
  g_free (logo->zh);
  g_free (logo->tag);
  g_clear_pointer (&logo->png, g_bytes_unref);
  g_free (logo);
}

void logo_shelf_unref (LogoShelf *shelf)
{
  if (shelf == NULL || !g_atomic_int_dec_and_test (&shelf->references))
    return;
  g_ptr_array_unref (shelf->logos);
  g_free (shelf->state);
  g_free (shelf);
}

static char *read_state (Journal *journal, GError **error)
{
  g_autofree char *state = NULL;
  Query *query = journal_query (journal, STATE, error);

  if (query == NULL)
    return NULL;
  if (query_next (query))
    state = g_strdup (query_text (query, 0));
  return query_end (query, error) ? g_steal_pointer (&state) : NULL;
}

static void draw (ShelfLogo *logo, const LogoRow *row, guint which)
{
  gsize length;
  const void *bytes;
  Hash hash;

  logo->png = logo_row_png (row, which, LOGO_SHELF_HEIGHT_PX, &logo->width_px);
  bytes = g_bytes_get_data (logo->png, &length);
  hash = hash_of (bytes, length);
  logo->tag = hash_to_hex (&hash);
  logo->tag[TAG_LENGTH] = '\0';
}

/* What can be drawn; the event file was checked, and what came otherwise is left out. */
static GPtrArray *draw_all (const GPtrArray *logos)
{
  GPtrArray *drawn = g_ptr_array_new_with_free_func (logo_free);
  g_autoptr (LogoRow) row = logo_row_new ();

  for (guint i = 0; i < logos->len; i++) {
    const Logo *logo = logos->pdata[i];
    ShelfLogo *one;

    if (!logo_row_add (row, logo->picture, logo->svg, NULL))
      continue;
    one = g_new0 (ShelfLogo, 1);
    one->id = g_strdup (logo->id);
    one->fr = g_strdup (logo->fr);
    one->zh = g_strdup (logo->zh);
    g_ptr_array_add (drawn, one);
  }
  for (guint i = 0; i < drawn->len; i++)
    draw (drawn->pdata[i], row, i);
  return drawn;
}

LogoShelf *logo_shelf_read (Journal *journal, LogoShelf *before, GError **error)
{
  g_autofree char *state = read_state (journal, error);
  g_autoptr (GPtrArray) logos = NULL;
  LogoShelf *shelf;

  if (state == NULL)
    return NULL;
  if (before != NULL && strcmp (before->state, state) == 0) {
    g_atomic_int_inc (&before->references);
    return before;
  }
  if ((logos = logo_read (journal, NULL, error)) == NULL)
    return NULL;
  shelf = g_new0 (LogoShelf, 1);
  shelf->references = 1;
  shelf->state = g_steal_pointer (&state);
  shelf->logos = draw_all (logos);
  return shelf;
}

gboolean logo_shelf_answer (const LogoShelf *shelf, Request *request, const char *id)
{
  for (guint i = 0; i < shelf->logos->len; i++) {
    const ShelfLogo *logo = shelf->logos->pdata[i];
    g_autofree char *etag = g_strdup_printf ("\"%s\"", logo->tag);

    if (strcmp (logo->id, id) != 0)
      continue;
    request_add_header (request, "Cache-Control", "public, max-age=31536000, immutable");
    request_add_header (request, "ETag", etag);
    if (g_strcmp0 (request_header (request, "If-None-Match"), etag) == 0)
      return request_answer_empty (request, HTTP_STATUS_NOT_MODIFIED);
    return request_answer_bytes (request, HTTP_STATUS_OK, "image/png", logo->png);
  }
  return request_refuse (request, HTTP_STATUS_NOT_FOUND, "path", _ ("there is no such file"));
}
