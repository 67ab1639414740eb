#include "roster/code_book.h"

#include "core/words.h"

#include <string.h>

/* Who has a code after this import. */
typedef struct {
  char *code, *reference;
  guint file, line;
  gboolean fresh; /* not so before */
} Holder;

struct _CodeBook {
  const char *const *paths;
  GHashTable *codes;  /* code → Holder */
  GPtrArray *holders; /* in the order of the lists */
};

static void holder_free (gpointer data)
{
  Holder *holder = data;
  g_free (holder->code);
  g_free (holder->reference);
  g_free (holder);
}

CodeBook *code_book_new (const char *const *paths)
{
  CodeBook *book = g_new0 (CodeBook, 1);
  book->paths = paths;
  book->codes = g_hash_table_new (g_str_hash, g_str_equal);
  book->holders = g_ptr_array_new_with_free_func (holder_free);
  return book;
}

void code_book_free (CodeBook *book)
{
  if (book == NULL)
    return;
  g_hash_table_unref (book->codes);
  g_ptr_array_unref (book->holders);
  g_free (book);
}

void code_book_take (CodeBook *book, guint file, const Cells *cells, guint line,
                     const Delegate *before, const Delegate *after, GPtrArray *faults)
{
  const Holder *first = g_hash_table_lookup (book->codes, after->code);
  if (*after->code == '\0' || (first != NULL && !first->fresh && !cells_has (cells, FIELD_CODE)))
    return;
  if (first != NULL) {
    const char *heading = cells_has (cells, FIELD_CODE) ? cells_heading (cells, FIELD_CODE)
                                                        : heading_name (FIELD_CODE);
    g_autofree char *reason
        = g_strdup_printf (_ ("is the code of %s already, in line %u of %s. Each person needs a "
                              "code of their own, or none."),
                           first->reference, first->line, book->paths[first->file]);
    g_ptr_array_add (faults,
                     import_fault_new (book->paths[file], line, heading, after->code, reason));
    return;
  }
  Holder *holder = g_new0 (Holder, 1);
  *holder = (Holder){ g_strdup (after->code), g_strdup (after->reference), file, line,
                      before == NULL || strcmp (before->code, after->code) != 0 };
  g_ptr_array_add (book->holders, holder);
  g_hash_table_insert (book->codes, holder->code, holder);
}

gboolean code_book_check_known (const CodeBook *book, Journal *journal, const Roll *named,
                                CodeBookRefuse refuse, gpointer data, GError **error)
{
  for (guint i = 0; i < book->holders->len; i++) {
    const Holder *holder = g_ptr_array_index (book->holders, i);
    g_autoptr (GError) failed = NULL;
    g_autoptr (Delegate) other
        = holder->fresh ? delegate_load_by_code (journal, holder->code, &failed) : NULL;
    if (failed != NULL) {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
    if (other == NULL || strcmp (other->reference, holder->reference) == 0
        || roll_find (named, other->reference) != NULL)
      continue;
    g_autofree char *reason = g_strdup_printf (
        _ ("is the code of %s already. Each person needs a code of their own, or none."),
        other->reference);
    refuse (holder->reference,
            import_fault_new (book->paths[holder->file], holder->line, heading_name (FIELD_CODE),
                              holder->code, reason),
            data);
  }
  return TRUE;
}
