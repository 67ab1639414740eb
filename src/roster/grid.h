/* grid.h: a sheet or a table that is read as a whole and kept in memory: cells put in in
 * any order, rows taken out in theirs.
 *
 * A cell that is merged downwards says its value in each of its rows that hold anything
 * else; one that is merged across only in its first column, as in worksheet.h.
 *
 * 1. grid_new(). 2. grid_put(), grid_merge(). 3. grid_seal(). 4. grid_next() …
 *
 * Must not know: what kind of file it comes from. Memory: the texts and 16 bytes a cell.
 * Threads: a Grid is used by one thread at a time. Nothing here blocks. */
#pragma once

#include "roster/csv.h"

#define GRID_MERGES_MAX 100000

typedef struct _Grid Grid;

/* A copy of @name is kept. */
Grid *grid_new (const char *name, gboolean hidden);
void grid_free (Grid *grid);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Grid, grid_free)

const char *grid_name (const Grid *grid);
gboolean grid_is_hidden (const Grid *grid);

/* @line from 1, @column from 0; empty texts are passed over. Of two at one place the last
 * counts. IMPORT_ERROR_FORMAT: over a limit of import_fault.h. */
gboolean grid_put (Grid *grid, guint line, guint column, const char *text, GError **error);
/* The cell at @line and @column reaches down to @last_line. Those over GRID_MERGES_MAX
 * are an IMPORT_ERROR_FORMAT. */
gboolean grid_merge (Grid *grid, guint line, guint column, guint last_line, GError **error);
/* One of the rows is hidden; it is given like the others. And how many are. */
void grid_hide_row (Grid *grid);
guint grid_hidden_rows (const Grid *grid);
/* There is no more to come. */
void grid_seal (Grid *grid);

/* As csv_next(), without errors. A row is as wide as the widest. */
gboolean grid_next (Grid *grid, CsvRow *row);
void grid_rewind (Grid *grid);
/* Cells that have been read, of grid_size(). */
guint64 grid_position (const Grid *grid);
guint64 grid_size (const Grid *grid);
