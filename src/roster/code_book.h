/* code_book.h: another platform's codes among the people of an import: each opens doors
 * for one person.
 *
 * Threads: a CodeBook is used by one thread at a time; code_book_check_known() blocks on
 * disk.  */
#pragma once

#include "roster/cells.h"
#include "roster/import_fault.h"
#include "roster/roll.h"

typedef struct _CodeBook CodeBook;

CodeBook *code_book_new (const char *const *paths);
void code_book_free (CodeBook *book);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CodeBook, code_book_free)

/* Notes whose code it is after the import, or adds a fault: somebody of the lists has it.
 * A list without codes is not refused for two people who have had one before. @file: the
 * number of its path. */
void code_book_take (CodeBook *book, guint file, const Cells *cells, guint line,
                     const Delegate *before, const Delegate *after, GPtrArray *faults);

/* Calls @refuse with a fault, which it takes over, for each code that somebody has whom
 * these lists do not name (@named: those they name), so that it stays theirs. */
typedef void (*CodeBookRefuse) (const char *reference, ImportFault *fault, gpointer data);
gboolean code_book_check_known (const CodeBook *book, Journal *journal, const Roll *named,
                                CodeBookRefuse refuse, gpointer data, GError **error);
