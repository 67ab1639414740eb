/* table_column.h: the columns of a table that is taken away, and what stands in them.
 *
 * Threads: reentrant. Nothing here blocks.  */
#pragma once

#include <glib.h>

typedef enum { TABLE_TEXT, TABLE_NUMBER, TABLE_TIME, TABLE_YES_NO } TableKind;

typedef struct {
  const char *key; /* for machines: never translated, never renamed */
  const char
      *heading; /* for people: a msgid in the context "column"; "{language}" in it is the name of
                          the congress's second language */
  TableKind kind;
  guint width; /* of a sheet's column, in characters; 0: usual */
} TableColumn;

typedef struct {
  const char *text; /* TABLE_TEXT; NULL is empty */
  gint64 number;    /* TABLE_NUMBER; TABLE_TIME: Unix milliseconds, 0 for none; TABLE_YES_NO */
} TableValue;

/* The heading in both languages of the congress: "Catégorie · 类别". Free with g_free(). */
char *table_column_heading (const TableColumn *column);
