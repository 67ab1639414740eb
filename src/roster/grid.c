#include "roster/grid.h"

#include "core/words.h"
#include "roster/import_fault.h"

#include <string.h>

typedef struct {
  guint line, column;
  gsize text;
} Cell;

typedef struct {
  guint line, column, last_line;
} Merge;

/* A value that goes on downwards in its column. */
typedef struct {
  guint last_line;
  const char *value;
} Fill;

struct _Grid {
  char *name;
  gboolean hidden;
  GString *texts; /* each with its NUL */
  GArray *cells;  /* Cell; sealed: by line and column */
  GArray *merges; /* Merge; sealed: the same */
  guint width, hidden_rows;
  /* giving rows */
  guint next_cell, next_merge;
  Fill fills[IMPORT_COLUMNS_MAX];
  const char *fields[IMPORT_COLUMNS_MAX + 1];
};

Grid *grid_new (const char *name, gboolean hidden)
{
  Grid *grid = g_new0 (Grid, 1);
  grid->name = g_strdup (name);
  grid->hidden = hidden;
  grid->texts = g_string_new (NULL);
  grid->cells = g_array_new (FALSE, FALSE, sizeof (Cell));
  grid->merges = g_array_new (FALSE, FALSE, sizeof (Merge));
  return grid;
}

void grid_free (Grid *grid)
{
  if (grid == NULL)
    return;
  g_free (grid->name);
  g_string_free (grid->texts, TRUE);
  g_array_unref (grid->cells);
  g_array_unref (grid->merges);
  g_free (grid);
}

const char *grid_name (const Grid *grid)
{
  return grid->name;
}

gboolean grid_is_hidden (const Grid *grid)
{
  return grid->hidden;
}

void grid_hide_row (Grid *grid)
{
  grid->hidden_rows++;
}

guint grid_hidden_rows (const Grid *grid)
{
  return grid->hidden_rows;
}

/* Putting in ------------------------------------------------------------------------- */

gboolean grid_put (Grid *grid, guint line, guint column, const char *text, GError **error)
{
  Cell cell = { line, column, grid->texts->len };
  gsize length = strlen (text);
  if (length == 0)
    return TRUE;
  if (column >= IMPORT_COLUMNS_MAX)
    g_set_error (error, IMPORT_ERROR, IMPORT_ERROR_FORMAT,
                 _ ("row %u has more than %d columns. This is no list of delegates, or something "
                    "stands far beside it: delete that."),
                 line, IMPORT_COLUMNS_MAX);
  else if (length > IMPORT_FIELD_BYTES_MAX)
    g_set_error (error, IMPORT_ERROR, IMPORT_ERROR_FORMAT,
                 _ ("row %u: column %u is longer than %d KiB. This is no list of delegates."), line,
                 column + 1, IMPORT_FIELD_BYTES_MAX / 1024);
  else if (grid->cells->len >= IMPORT_CELLS_MAX)
    import_fault_cells (error);
  else {
    g_string_append_len (grid->texts, text, (gssize) length + 1);
    g_array_append_val (grid->cells, cell);
    grid->width = MAX (grid->width, column + 1);
    return TRUE;
  }
  return FALSE;
}

gboolean grid_merge (Grid *grid, guint line, guint column, guint last_line, GError **error)
{
  Merge merge = { line, column, last_line };
  if (last_line <= line || column >= IMPORT_COLUMNS_MAX)
    return TRUE;
  if (grid->merges->len >= GRID_MERGES_MAX) {
    g_set_error (error, IMPORT_ERROR, IMPORT_ERROR_FORMAT, "%s",
                 _ ("it has more merged cells than can be read. Remove the merging (Home, Merge), "
                    "and save it again."));
    return FALSE;
  }
  g_array_append_val (grid->merges, merge);
  return TRUE;
}

static int by_place (guint line, guint other_line, guint column, guint other_column)
{
  return line != other_line       ? (line < other_line ? -1 : 1)
         : column != other_column ? (column < other_column ? -1 : 1)
                                  : 0;
}

/* Of two at one place the one that was put in last comes last. */
static int compare_cells (gconstpointer a, gconstpointer b)
{
  const Cell *x = a, *y = b;
  int order = by_place (x->line, y->line, x->column, y->column);
  return order != 0 ? order : x->text < y->text ? -1 : x->text > y->text;
}

static int compare_merges (gconstpointer a, gconstpointer b)
{
  const Merge *x = a, *y = b;
  return by_place (x->line, y->line, x->column, y->column);
}

void grid_seal (Grid *grid)
{
  g_array_sort (grid->cells, compare_cells);
  g_array_sort (grid->merges, compare_merges);
  grid_rewind (grid);
}

/* Giving rows ------------------------------------------------------------------------ */

void grid_rewind (Grid *grid)
{
  grid->next_cell = grid->next_merge = 0;
  memset (grid->fills, 0, sizeof grid->fills);
}

/* Values that go on downwards: begins those of this row, gives those of rows above. */
static void fill_down (Grid *grid, guint line)
{
  for (; grid->next_merge < grid->merges->len; grid->next_merge++) {
    const Merge *merge = &g_array_index (grid->merges, Merge, grid->next_merge);
    if (merge->line > line)
      break;
    if (merge->line == line && merge->column < grid->width && *grid->fields[merge->column] != '\0')
      grid->fills[merge->column] = (Fill){ merge->last_line, grid->fields[merge->column] };
  }
  for (guint i = 0; i < grid->width; i++)
    if (grid->fills[i].last_line >= line && *grid->fields[i] == '\0')
      grid->fields[i] = grid->fills[i].value;
}

gboolean grid_next (Grid *grid, CsvRow *row)
{
  if (grid->next_cell >= grid->cells->len)
    return FALSE;
  guint line = g_array_index (grid->cells, Cell, grid->next_cell).line;
  for (guint i = 0; i < grid->width; i++)
    grid->fields[i] = "";
  for (; grid->next_cell < grid->cells->len; grid->next_cell++) {
    const Cell *cell = &g_array_index (grid->cells, Cell, grid->next_cell);
    if (cell->line != line)
      break;
    grid->fields[cell->column] = grid->texts->str + cell->text;
  }
  fill_down (grid, line);
  grid->fields[grid->width] = NULL;
  *row = (CsvRow){ grid->fields, grid->width, line };
  return TRUE;
}

guint64 grid_position (const Grid *grid)
{
  return grid->next_cell;
}

guint64 grid_size (const Grid *grid)
{
  return grid->cells->len;
}
