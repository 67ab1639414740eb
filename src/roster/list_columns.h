/* list_columns.h: which column of a list of delegates holds what, by its heading.
 *
 * Columns that a platform adds by itself (Forms' e-mail and name, 问卷星's number) serve
 * where the list has none of its own, and so does a code as the reference. A column
 * may be called by an event or a day, and says yes or no to it.
 *
 * Must not know: what stands in the rows (cells.h). Threads: reentrant; a ListColumns
 * is used by one thread at a time. Nothing here blocks. */
#pragma once

#include "congress/programme.h"
#include "roster/heading.h"
#include "roster/heading_map.h"
#include "roster/list.h"

/* By what headings are known; both maps may be NULL, and what is said now comes first. */
typedef struct {
  const Programme *programme;
  const HeadingMap *said, *remembered;
} ListColumnsKnown;

/* A column that says yes or no to an event or a day. */
typedef struct {
  guint column;
  const char *id; /* the event's, or the day's label */
} ListAnswer;

/* A column without a heading, and what its rows have held so far. */
typedef struct {
  guint column, values, line; /* line: of the first value */
} ListNameless;

typedef struct {
  const List *list;
  guint count;             /* of headings */
  int fields[FIELD_COUNT]; /* the column of each; -1: the list has none */
  GArray *events, *days;   /* ListAnswer */
  GArray *nameless;        /* ListNameless */
  GArray *telephones;      /* guint: columns beside that of FIELD_TELEPHONE */
  const char *country;     /* "FR" if most headings are French, "CN" if Chinese, else "" */
  /* whose headings a platform wrote by itself, used where nobody asked for the same; -1:
   * none */
  int platform_name, platform_email, platform_number;
} ListColumns;

/* Fills @columns, which is all zeros, from the headings of @list, which must outlive
 * it, as must the programme of @known. Adds the names of columns that are passed over
 * to @notes (char *). IMPORT_ERROR_FORMAT: a heading that is there twice, none for
 * the reference or for a name. */
gboolean list_columns_find (ListColumns *columns, const List *list, const ListColumnsKnown *known,
                            GPtrArray *notes, GError **error);
void list_columns_clear (ListColumns *columns);

gboolean list_columns_has (const ListColumns *columns, Field field);
/* The heading as written, "" if the list does not have it. */
const char *list_columns_heading (const ListColumns *columns, Field field);

/* What was said of @heading, NULL for nothing. */
const char *list_columns_said (const ListColumnsKnown *known, const char *heading);
/* list_open()'s view of what a heading of delegates is; @data is a ListColumnsKnown. */
gboolean list_columns_knows (const char *heading, gpointer data);
