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

#include "roster/row_reader.h"

/* The delegate of @row, who was @existing before (or NULL). Adds an ImportFault to
 * @faults for each thing that is wrong; if there was any, the Delegate is of no use but
 * for its reference. Never NULL. */
Delegate *row_read (RowReader *reader, const CsvRow *row, const Delegate *existing,
                    GPtrArray *faults);

/* The fields that the list has a column for: a bit for each number in
 * delegate_fields(). */
guint64 row_fields (const RowReader *reader);
