/* row.h: one row of a list of delegates: what its cells mean, checked against the
 * programme, completed by the glossary and by pinyin.
 *
 * What the list has no column for is left as it is on the replica: a list of hotels does
 * not take anybody's workshops away.
 * - Names: name.h. Columns of family and given name win over one that holds both; hanzi
 *   in them are the Chinese name. A Chinese name without pinyin gets it (core/pinyin.h),
 *   if its person is Chinese: nobody else gets a Latin name that is not hers. What stands
 *   beside a name is the title or the function, where the list has none, or said in a
 *   remark.
 * - Country: its column; else as the replica knows; else the reference's first letters;
 *   else by the language of most headings (French: FR, Chinese: CN).
 * - Delegation: its column; else the organisation, in French where it has that.
 * - Events: a column for each, or one that lists them; if a list says nothing and there
 *   is only one event, that one. Where no event file is loaded, categories, days,
 *   sessions and events are taken as they are written.
 *
 * - Status: cancelled withdraws the registration, pending is kept as such (the door sends
 *   the person to the desk), registered ends both; an empty cell is registered. A word
 *   that is not known is a fault.
 *
 * Threads: a RowReader is used by one thread at a time. Nothing here blocks.  */
#pragma once

#include "roster/cells.h"
#include "roster/delegate.h"
#include "roster/glossary.h"

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
  const char *const *statuses; /* "WORD=MEANING" (status.h), NULL-terminated */
} RowOptions;

/* Takes @cells over; @programme, @glossary and @choices (of which two may be NULL) must
 * outlive it. */
RowReader *row_reader_new (Cells *cells, const Programme *programme, const Glossary *glossary,
                           const RowOptions *choices);
void row_reader_free (RowReader *reader);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RowReader, row_reader_free)

/* The delegate of @row, who was @existing before (or NULL). Adds an ImportFault to
 * @faults for each thing that is wrong; if there was any, the Delegate is of no use but
 * for its reference. Never NULL. */
Delegate *row_read (RowReader *reader, const CsvRow *row, const Delegate *existing,
                    GPtrArray *faults);

const RowCounts *row_counts (const RowReader *reader);
/* What was done with single names and what stood beside them, for notes: char *, each
 * with its reference. */
#define ROW_REMARKS_MAX 50
const GPtrArray *row_remarks (const RowReader *reader);
/* The fields that the list has a column for: a bit for each number in
 * delegate_fields(). */
guint64 row_fields (const RowReader *reader);
