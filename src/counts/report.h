/* report.h: every table that organisers take away, narrowed by what they ask for and
 * with the columns they choose: read at one moment and written row by row
 * (export/table_writer.h), so that memory does not grow with it.
 *
 *   people       who is registered and whether they are here (attendance_table.h)
 *   passages     every scan, in the order in which it reached this replica
 *   badges       every badge issued and what became of it, likewise
 *   answers      what people answered at the doors, likewise
 *   counts       registered, arrived, inside, passages, refused; `by` what (counts.h)
 *   arrivals     of a day, by quarter of an hour and entrance
 *   rooms        of a day: places, registered, inside, the most at a time
 *   delegations  of a day: expected, arrived, inside, missing
 *   ranks        of a day: the same by rank and side
 *   meals        by meal and diet: expected, served (meals.h); first each meal's sum
 *   appointments meetings, airport, shuttles …, a row a person (appointments.h)
 *
 * Notes at its end say what it is: congress, as of when, which stations were heard, what
 * was asked for, how many rows, the head of the journal. Figures are those of figures.h
 * and counts.h. A guest marked for protocol keeps her row, so that all sums hold, but
 * nothing by which she is known stands in it, unless the reader may see such guests.
 *
 * Threads: as the Journal. Blocks on disk: see `make bench`. */
#pragma once

#include "counts/report_query.h"
#include "export/table_writer.h"
#include "journal/journal.h"

/* Names of all tables, NULL-terminated. */
const char *const *report_tables (void);
/* What a table is called. PAIR_EMPTY if there is none such. */
Pair report_title (const char *table);
/* Its columns, those that are usual as bits of *@usual; NULL if there is none such. */
const TableColumn *report_columns (const char *table, guint *count, guint64 *usual);

/* Writes the table to @path, which appears whole or not at all (NULL: standard output;
 * not for XLSX). @separator: as table_writer_separate(). @rows may be NULL. */
gboolean report_write (Journal *journal, const ReportQuery *query, TableFormat format,
                       const char *path, char separator, ReportProgress progress, gpointer data,
                       guint *rows, GError **error);
