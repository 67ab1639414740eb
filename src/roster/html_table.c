#include "roster/html_table.h"

#include "core/words.h"
#include "roster/import_fault.h"
#include "roster/xml_stream.h"

#include <string.h>

#define PIECE (16 * 1024)
#define DEPTH_MAX 64 /* of tables in tables */
#define SPAN_MAX 1000

/* A table that has begun. */
typedef struct {
  Grid *grid;
  guint line, column;  /* of the cell that is being read; column: of the next one between cells */
  guint rows, columns; /* that the cell spans */
  gboolean in_row, in_cell;
  GString *text;
  guint taken[IMPORT_COLUMNS_MAX]; /* the last line that a cell above reaches to */
} Opened;

typedef struct {
  GPtrArray *grids;  /* Grid, that hold anything */
  GPtrArray *opened; /* Opened, the outermost first */
  guint count;
  guint silent; /* inside that many elements whose text nobody sees */
  XmlStream *stream;
  GError *failed;
} Page;

/* What kind of file ------------------------------------------------------------------ */

/* Behind marks, comments and declarations: the name of the first element. */
static const char *first_element (const char *p, const char *end)
{
  while (p < end) {
    while (p < end && g_ascii_isspace (*p))
      p++;
    if (end - p < 2 || *p != '<')
      return NULL;
    if (p[1] != '!' && p[1] != '?')
      return p + 1;
    const char *close = end - p >= 4 && memcmp (p, "<!--", 4) == 0
                            ? memmem (p, (gsize) (end - p), "-->", 3)
                            : memchr (p, '>', (gsize) (end - p));
    if (close == NULL)
      return NULL;
    p = close + (*close == '>' ? 1 : 3);
  }
  return NULL;
}

gboolean html_table_is (const guint8 *bytes, gsize length)
{
  static const char *const NAMES[] = { "html", "head", "meta", "body",   "style", "table", "div",
                                       "font", "base", "link", "center", "title", "form",  "span" };
  gsize start = length >= 3 && memcmp (bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
  const char *end = (const char *) bytes + length;
  const char *name = first_element ((const char *) bytes + start, end);
  for (gsize i = 0; name != NULL && i < G_N_ELEMENTS (NAMES); i++) {
    gsize size = strlen (NAMES[i]);
    if ((gsize) (end - name) > size && g_ascii_strncasecmp (name, NAMES[i], size) == 0
        && !g_ascii_isalnum (name[size]))
      return TRUE;
  }
  return FALSE;
}

/* Tables ----------------------------------------------------------------------------- */

static void opened_free (gpointer data)
{
  Opened *opened = data;
  grid_free (opened->grid);
  g_string_free (opened->text, TRUE);
  g_free (opened);
}

static Opened *innermost (const Page *page)
{
  return page->opened->len > 0 ? g_ptr_array_index (page->opened, page->opened->len - 1) : NULL;
}

static void stop_if_failed (Page *page)
{
  if (page->failed != NULL)
    xml_stream_stop (page->stream);
}

static void open_table (Page *page)
{
  if (page->count >= HTML_TABLES_MAX || page->opened->len >= DEPTH_MAX) {
    g_set_error (&page->failed, IMPORT_ERROR, IMPORT_ERROR_FORMAT,
                 _ ("the page holds more than %d tables. Copy the list into a sheet of Excel and "
                    "save that as .xlsx."),
                 HTML_TABLES_MAX);
    return;
  }
  g_autofree char *name = g_strdup_printf ("%u", ++page->count);
  Opened *opened = g_new0 (Opened, 1);
  opened->grid = grid_new (name, FALSE);
  opened->text = g_string_new (NULL);
  g_ptr_array_add (page->opened, opened);
}

static guint span_of (const XmlAttributes *attributes, const char *name)
{
  char value[16];
  const char *found = xml_stream_attribute (attributes, name, value, sizeof value);
  guint64 span = found != NULL ? g_ascii_strtoull (found, NULL, 10) : 1;
  return (guint) CLAMP (span, 1, SPAN_MAX);
}

static void start_row (Opened *opened)
{
  opened->line++;
  opened->column = 0;
  opened->in_row = TRUE;
}

static void start_cell (Opened *opened, const XmlAttributes *attributes)
{
  if (!opened->in_row)
    start_row (opened);
  while (opened->column < IMPORT_COLUMNS_MAX && opened->taken[opened->column] >= opened->line)
    opened->column++;
  opened->columns = span_of (attributes, "colspan");
  opened->rows = span_of (attributes, "rowspan");
  opened->in_cell = TRUE;
  g_string_truncate (opened->text, 0);
}

static void end_cell (Page *page, Opened *opened)
{
  guint last = opened->line + opened->rows - 1;
  if (!opened->in_cell)
    return;
  opened->in_cell = FALSE;
  /* libxml2 lets half a character through where a page is damaged. */
  g_autofree char *valid = g_utf8_make_valid (opened->text->str, -1);
  const char *text = g_strstrip (valid);
  if (grid_put (opened->grid, opened->line, opened->column, text, &page->failed))
    grid_merge (opened->grid, opened->line, opened->column, last, &page->failed);
  for (guint i = 0; i < opened->columns && opened->column < IMPORT_COLUMNS_MAX; i++)
    opened->taken[opened->column++] = last;
}

static void close_table (Page *page)
{
  Opened *opened = innermost (page);
  if (opened == NULL)
    return;
  end_cell (page, opened);
  if (grid_size (opened->grid) > 0) {
    grid_seal (opened->grid);
    g_ptr_array_add (page->grids, g_steal_pointer (&opened->grid));
  }
  g_ptr_array_remove_index (page->opened, page->opened->len - 1);
}

/* Elements --------------------------------------------------------------------------- */

static gboolean is_silent (const char *name)
{
  return strcmp (name, "style") == 0 || strcmp (name, "script") == 0;
}

static gboolean is_cell (const char *name)
{
  return strcmp (name, "td") == 0 || strcmp (name, "th") == 0;
}

static void start_element (gpointer data, const char *name, const XmlAttributes *attributes)
{
  Page *page = data;
  Opened *opened = innermost (page);
  page->silent += is_silent (name);
  if (strcmp (name, "table") == 0)
    open_table (page);
  else if (opened == NULL)
    return;
  else if (strcmp (name, "tr") == 0)
    start_row (opened);
  else if (is_cell (name))
    start_cell (opened, attributes);
  else if (strcmp (name, "br") == 0 || strcmp (name, "p") == 0 || strcmp (name, "div") == 0)
    g_string_append_c (opened->text, ' ');
  stop_if_failed (page);
}

static void end_element (gpointer data, const char *name)
{
  Page *page = data;
  Opened *opened = innermost (page);
  if (is_silent (name) && page->silent > 0)
    page->silent--;
  if (opened == NULL)
    return;
  if (is_cell (name))
    end_cell (page, opened);
  else if (strcmp (name, "tr") == 0)
    opened->in_row = FALSE;
  else if (strcmp (name, "table") == 0)
    close_table (page);
  stop_if_failed (page);
}

static void take_text (gpointer data, const char *text, gsize length)
{
  Page *page = data;
  Opened *opened = innermost (page);
  if (opened != NULL && opened->in_cell && page->silent == 0
      && opened->text->len <= IMPORT_FIELD_BYTES_MAX)
    g_string_append_len (opened->text, text, (gssize) length);
}

/* Pages ------------------------------------------------------------------------------ */

static gboolean feed_all (Page *page, Decoder *decoder, GError **error)
{
  g_autofree char *piece = g_malloc (PIECE);
  for (gssize got = 1; got > 0 && page->failed == NULL;) {
    got = decoder_read (decoder, piece, PIECE, error);
    if (got < 0 || !xml_stream_feed (page->stream, piece, (gsize) got, got == 0, error))
      return FALSE;
  }
  while (page->failed == NULL && page->opened->len > 0) /* a page that was cut off */
    close_table (page);
  if (page->failed == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&page->failed));
  return FALSE;
}

GPtrArray *html_table_read (Decoder *decoder, GError **error)
{
  static const XmlHandlers HANDLERS
      = { .start = start_element, .end = end_element, .text = take_text };
  Page page = { .grids = g_ptr_array_new_with_free_func ((GDestroyNotify) grid_free),
                .opened = g_ptr_array_new_with_free_func (opened_free) };
  page.stream = xml_stream_new_html (&HANDLERS, &page);
  gboolean read = feed_all (&page, decoder, error);
  if (read && page.grids->len == 0) {
    g_set_error_literal (error, IMPORT_ERROR, IMPORT_ERROR_FORMAT,
                         _ ("it is a web page without a table, perhaps the one on which to log in. "
                            "Export the list again."));
    read = FALSE;
  }
  xml_stream_free (page.stream);
  g_ptr_array_unref (page.opened);
  if (read)
    return page.grids;
  g_ptr_array_unref (page.grids);
  return NULL;
}
