/* row_reader.h: what the rows of one list are read with. Made by whoever reads rows
 * (row.h); the rest is for the files of row.h.
 *
 * Threads: a RowReader is used by one thread at a time. Nothing here blocks or fails. */
#pragma once

#include "roster/cells.h"
#include "roster/delegate.h"
#include "roster/glossary.h"
#include "roster/status.h"

typedef struct _RowReader RowReader;

/* What happened to the rows that were read, for notes. */
typedef struct {
  guint pinyin;             /* names that were given pinyin */
  guint translated;         /* fields that the glossary filled */
  guint no_category;        /* delegates without category */
  guint pending, cancelled; /* by a column of status */
  guint remarks_left_out;   /* beyond ROW_REMARKS_MAX */
} RowCounts;

/* What an organiser says about a list beside what stands in it; all may be NULL. */
typedef struct {
  const char *event;           /* id: everybody is registered for it */
  const char *const *days;     /* labels: for everybody, if no column speaks of days */
  const char *const *statuses; /* "WORD=MEANING" (status.h), NULL-terminated */
} RowOptions;

/* Takes @cells over; @programme, @glossary and @choices (of which two may be NULL) must
 * outlive it. */
RowReader *row_reader_new (Cells *cells, const Programme *programme, const Glossary *glossary,
                           const RowOptions *choices);
void row_reader_free (RowReader *reader);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RowReader, row_reader_free)

const RowCounts *row_reader_counts (const RowReader *reader);
/* What was done with single names and what stood beside them, for notes: char *, each
 * with its reference. */
#define ROW_REMARKS_MAX 50
const GPtrArray *row_reader_remarks (const RowReader *reader);

/* For the files of row.h ------------------------------------------------------------ */

struct _RowReader {
  Cells *cells;
  const Programme *programme;
  const Glossary *glossary;
  const RowOptions *choices;
  GHashTable *statuses; /* a word, folded → its Status, of the choices; NULL for none */
  GHashTable *days;     /* what a cell of days says → its days, NULL-terminated */
  gboolean checked;     /* there is an event file */
  RowCounts counts;
  GPtrArray *remarks; /* char * */
  char *category_reason, *day_reason, *session_reason,
      *event_reason; /* of faults, with what is possible */
};

/* The list has a column for it. */
gboolean row_reader_has (const RowReader *reader, Field field);
void row_reader_fault (RowReader *reader, Field field, const char *value, const char *reason);
/* Gives @place a copy of @value. */
void row_reader_set (char **place, const char *value);
/* Gives @place the texts of @ids, which it frees. */
void row_reader_set_list (char ***place, GPtrArray *ids);
/* A copy of @id, unless it is in @ids (char *). */
void row_reader_add_once (GPtrArray *ids, const char *id);
/* If the list has the column: its text. */
void row_reader_take_text (RowReader *reader, Field field, char **place);
/* The days that @text has been read as before, or NULL; and so that it is known. */
const char *const *row_reader_known_days (const RowReader *reader, const char *text);
void row_reader_keep_days (RowReader *reader, const char *text, const GPtrArray *days);
/* Says something about the row that is no fault, for a note. */
void row_reader_remark (RowReader *reader, const Delegate *delegate, const char *format, ...)
    G_GNUC_PRINTF (3, 4);
