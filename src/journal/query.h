/* query.h: reading (and, in migrations and tests, writing) a replica with SQL.
 *
 * The floors above own their SQL: named constants at the top of the file that asks, with
 * named parameters. A row becomes a struct in one file (a delegate in roster/delegate.c,
 * a checkpoint in congress/checkpoint.c); figures and lists join the tables that they
 * count. Prepared statements are kept by the Journal and reused.
 *
 *     Query *query = journal_query (journal, DELEGATE_BY_REFERENCE, error);
 *     query_bind_text (query, ":reference", reference); while (query_next (query))
 *       use (query_text (query, 0));
 *     if (!query_end (query, error)) …
 *
 * Ownership: a Query belongs to the Journal; it is in use from journal_query() to
 * query_end(). The same SQL must not be in use twice at a time (no recursion with one
 * constant). Texts read are valid until the next query_next() or query_end().
 * Threads: as the Journal. Blocks on disk.  */
#pragma once

#include "journal/journal_error.h"

typedef struct _Query Query;

/* NULL with @error if @sql does not compile. */
Query *journal_query (Journal *journal, const char *sql, GError **error);
/* Binding: a name the statement does not have is a fault of the caller (g_error). NULL
 * text binds NULL. Texts are copied. */
void query_bind_text (Query *query, const char *name, const char *value);
void query_bind_int (Query *query, const char *name, gint64 value);
/* TRUE while there is a row; errors are kept for query_end(). */
gboolean query_next (Query *query);
const char *query_text (Query *query, int column); /* "" for NULL */
gint64 query_int (Query *query, int column);
gboolean query_is_null (Query *query, int column);
int query_columns (Query *query);
/* Resets the statement for its next use. FALSE with @error if a row could not be read. */
gboolean query_end (Query *query, GError **error);
/* The one number that @sql, which takes nothing, answers; 0 if it answers no row. */
gboolean query_number (Journal *journal, const char *sql, gint64 *number, GError **error);

/* Until journal_view_end() all that is read is of one moment, whoever writes meanwhile.
 * Views nest; inside a transaction it is that transaction's. Nothing can be written in a
 * view: keep it short, since the log cannot be copied back beyond it. */
gboolean journal_view_begin (Journal *journal, GError **error);
void journal_view_end (Journal *journal);

/* One statement that answers nothing. */
gboolean journal_execute (Journal *journal, const char *sql, GError **error);
