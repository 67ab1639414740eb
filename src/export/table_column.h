/* table_column.h: the columns of a table that is taken away, and what stands in them.
 *
 * Types only. */
#pragma once

#include <glib.h>

typedef enum { TABLE_TEXT, TABLE_NUMBER, TABLE_TIME, TABLE_YES_NO } TableKind;

typedef struct {
  const char *key; /* for machines: never translated, never renamed */
  const char *fr, *zh;
  TableKind kind;
  guint width; /* of a sheet's column, in characters; 0: usual */
} TableColumn;

typedef struct {
  const char *text; /* TABLE_TEXT; NULL is empty */
  gint64 number;    /* TABLE_NUMBER; TABLE_TIME: Unix milliseconds, 0 for none; TABLE_YES_NO */
} TableValue;
