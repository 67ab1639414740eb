#include "badge/pdf_boxes.h"

#include "badge/badge_content.h"
#include "core/words.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define ENTRY_BYTES 20 /* of the table: offset, generation, kind */
#define TAIL_BYTES 1024
#define MEDIA "/MediaBox ["
#define BOX_BYTES (4 * G_ASCII_DTOSTR_BUF_SIZE)

typedef struct {
  const char *data;
  gsize length;
  double margin, bleed;
  GString *update;
  GString *table; /* of what is in @update */
} Update;

static gboolean begins (const Update *update, gsize at, const char *text)
{
  gsize n = strlen (text);
  return at <= update->length && update->length - at >= n
         && memcmp (update->data + at, text, n) == 0;
}

/* Where @text stands in the bytes @from … @to; @to if nowhere. */
static gsize find (const Update *update, gsize from, gsize to, const char *text)
{
  const char *found
      = from < to ? memmem (update->data + from, to - from, text, strlen (text)) : NULL;
  return found != NULL ? (gsize) (found - update->data) : to;
}

/* A number at @at, that is followed by something: a PDF's last bytes are no number. */
static guint64 number_at (const Update *update, gsize at)
{
  guint64 number = 0;
  while (at < update->length && g_ascii_isspace (update->data[at]))
    at++;
  for (; at < update->length && g_ascii_isdigit (update->data[at]); at++)
    number = number * 10 + (guint64) (update->data[at] - '0');
  return number;
}

/* Pages ------------------------------------------------------------------------------ */

static void add_box (GString *out, const char *name, double x, double y, double right, double top)
{
  const double sides[] = { x, y, right, top };
  g_string_append_printf (out, "\n   /%s [", name);
  for (guint i = 0; i < G_N_ELEMENTS (sides); i++) {
    char text[G_ASCII_DTOSTR_BUF_SIZE];
    g_string_append_printf (out, " %s", g_ascii_formatd (text, sizeof text, "%.4f", sides[i]));
  }
  g_string_append (out, " ]");
}

/* The corners of a sheet, which Cairo writes at 0 0. */
static gboolean read_sheet (const Update *update, gsize at, gsize end, double corners[4])
{
  g_autofree char *text = g_strndup (update->data + at, MIN (end - at, BOX_BYTES));
  char *p = text;
  for (guint i = 0; i < 4; i++) {
    char *next = NULL;
    corners[i] = g_ascii_strtod (p, &next);
    if (next == p)
      return FALSE;
    p = next;
  }
  return corners[2] - corners[0] > 2 * update->margin
         && corners[3] - corners[1] > 2 * update->margin;
}

/* The object @number at @at, once more if it is a page. */
static gboolean look_at_object (Update *update, guint64 number, gsize at)
{
  gsize end = find (update, at, update->length, "endobj");
  gsize page = find (update, at, end, "<< /Type /Page "), box = find (update, at, end, MEDIA);
  double corners[4];
  if (page == end || page > find (update, at, end, "\n<<") + 1)
    return TRUE;
  gsize after = find (update, box, end, "]");
  if (after == end || !read_sheet (update, box + strlen (MEDIA), after, corners))
    return FALSE;
  g_string_append_printf (update->table,
                          "%" G_GUINT64_FORMAT " 1\n%010" G_GSIZE_FORMAT " 00000 n \n", number,
                          update->length + update->update->len);
  g_string_append_len (update->update, update->data + at, (gssize) (after + 1 - at));
  for (guint i = 0; i < 2; i++) {
    double in = update->margin - (i ? update->bleed : 0);
    add_box (update->update, i ? "BleedBox" : "TrimBox", corners[0] + in, corners[1] + in,
             corners[2] - in, corners[3] - in);
  }
  g_string_append_len (update->update, update->data + after + 1, (gssize) (end - after - 1));
  g_string_append (update->update, "endobj\n");
  return TRUE;
}

/* The table ------------------------------------------------------------------------- */

static gsize find_table (const Update *update)
{
  gsize from = update->length > TAIL_BYTES ? update->length - TAIL_BYTES : 0,
        at = find (update, from, update->length, "startxref");
  return at < update->length ? (gsize) number_at (update, at + strlen ("startxref"))
                             : update->length;
}

/* Of one table from 0 on, as Cairo writes it. */
static gboolean look_at_all (Update *update, gsize table)
{
  if (!begins (update, table, "xref\n0 "))
    return FALSE;
  guint64 count = number_at (update, table + strlen ("xref\n0 "));
  gsize first = find (update, table + strlen ("xref\n"), update->length, "\n") + 1;
  for (guint64 i = 1; i < count; i++) {
    gsize entry = first + (gsize) i * ENTRY_BYTES;
    if (entry + ENTRY_BYTES > update->length)
      return FALSE;
    gsize at = (gsize) number_at (update, entry);
    if (update->data[entry + 17] == 'n'
        && (at >= update->length || !look_at_object (update, i, at)))
      return FALSE;
  }
  return update->table->len > 0;
}

static gboolean add_trailer (Update *update, gsize table)
{
  gsize at = find (update, table, update->length, "trailer"),
        end = find (update, at, update->length, "\n>>");
  if (end == update->length)
    return FALSE;
  gsize place = update->length + update->update->len;
  g_string_append_printf (update->update, "xref\n%s%.*s\n   /Prev %" G_GSIZE_FORMAT "\n>>\n",
                          update->table->str, (int) (end - at), update->data + at, table);
  g_string_append_printf (update->update, "startxref\n%" G_GSIZE_FORMAT "\n%%%%EOF\n", place);
  return TRUE;
}

GString *pdf_boxes_update (const char *pdf, gsize length, double margin_pt, double bleed_pt,
                           GError **error)
{
  g_autoptr (GString) made = g_string_new (NULL), places = g_string_new (NULL);
  Update update = { pdf, length, margin_pt, bleed_pt, made, places };
  gsize table = find_table (&update);
  if (look_at_all (&update, table) && add_trailer (&update, table))
    return g_steal_pointer (&made);
  g_set_error (error, BADGE_ERROR, BADGE_ERROR_WRITE, "%s",
               _ ("Cannot say in the PDF where its pages are cut: Cairo writes it in another way "
                  "than is known here. Leave --bleed out, and tell the print shop the size."));
  return NULL;
}
