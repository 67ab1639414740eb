#include "roster/import.h"

#include "core/words.h"
#include "roster/cells.h"
#include "roster/glossary.h"
#include "roster/list.h"
#include "congress/programme.h"
#include "roster/row.h"

#include <string.h>

#define PROGRESS_ROWS 500

/* A registration to be written; both texts are in the ImportState's store. */
typedef struct {
  const char *reference, *body;
} Pending;

typedef struct {
  GStringChunk *store;
  GArray *pending;      /* Pending */
  gint64 count, latest; /* delegate_state() when it was read */
} ImportState;

/* Who has another platform's code after this import. */
typedef struct {
  char *code, *reference;
  guint file, line;
  gboolean fresh; /* not so before */
} Holder;

/* One import_read(). */
typedef struct {
  Journal *journal;
  const ImportOptions *options;
  Import *import;
  ImportState *state;
  Programme *programme;
  Glossary *glossary;
  const char *const *paths;
  GHashTable *seen;   /* reference → its place, see place_of() */
  GHashTable *names;  /* the lists that were read: a set of names */
  GHashTable *codes;  /* code → Holder */
  GPtrArray *holders; /* of the codes, in the order of the lists */
  GPtrArray *faults;  /* of the row being read */
} Reading;

static void holder_free (Holder *holder)
{
  g_free (holder->code);
  g_free (holder->reference);
  g_free (holder);
}

static void change_free (ImportChange *change)
{
  g_free (change->reference);
  g_free (change->name);
  g_free (change->what);
  g_free (change);
}

static void state_free (ImportState *state)
{
  g_string_chunk_free (state->store);
  g_array_unref (state->pending);
  g_free (state);
}

static Import *import_new (void)
{
  Import *import = g_new0 (Import, 1);
  ImportState *state = g_new0 (ImportState, 1);
  state->store = g_string_chunk_new (256 * 1024);
  state->pending = g_array_new (FALSE, FALSE, sizeof (Pending));
  import->state = state;
  import->added = g_ptr_array_new_with_free_func ((GDestroyNotify) change_free);
  import->changed = g_ptr_array_new_with_free_func ((GDestroyNotify) change_free);
  import->missing = g_ptr_array_new_with_free_func ((GDestroyNotify) change_free);
  import->faults = g_ptr_array_new_with_free_func ((GDestroyNotify) import_fault_free);
  import->notes = g_ptr_array_new_with_free_func (g_free);
  return import;
}

void import_free (Import *import)
{
  if (import == NULL)
    return;
  state_free (import->state);
  g_ptr_array_unref (import->added);
  g_ptr_array_unref (import->changed);
  g_ptr_array_unref (import->missing);
  g_ptr_array_unref (import->faults);
  g_ptr_array_unref (import->notes);
  g_free (import);
}

static void note (Reading *reading, const char *format, ...) G_GNUC_PRINTF (2, 3);
static void note (Reading *reading, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_ptr_array_add (reading->import->notes, g_strdup_vprintf (format, arguments));
  va_end (arguments);
}

/* Changes ---------------------------------------------------------------------------- */

static void add_change (GPtrArray *changes, const Delegate *delegate, char *what)
{
  ImportChange *change = g_new0 (ImportChange, 1);
  change->reference = g_strdup (delegate->reference);
  change->name = delegate_display_name (delegate);
  change->what = what;
  g_ptr_array_add (changes, change);
}

static char *differences (const Delegate *before, const Delegate *after)
{
  guint count;
  const DelegateField *fields = delegate_fields (&count);
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < count; i++) {
    if (delegate_field_equal (before, after, &fields[i]))
      continue;
    g_autofree char *from = delegate_field_text (before, &fields[i]),
                    *to = delegate_field_text (after, &fields[i]);
    g_string_append_printf (text, "%s%s: %s → %s", text->len > 0 ? "; " : "", fields[i].name,
                            *from != '\0' ? from : "–", *to != '\0' ? to : "–");
  }
  return g_strdup (text->str);
}

static void add_pending (Reading *reading, const Delegate *delegate)
{
  g_autofree char *body = delegate_to_json (delegate);
  Pending pending = {
    .reference = g_string_chunk_insert (reading->state->store, delegate->reference),
    .body = g_string_chunk_insert (reading->state->store, body),
  };
  g_array_append_val (reading->state->pending, pending);
}

static void compare (Reading *reading, const Delegate *before, const Delegate *after)
{
  if (before == NULL) {
    add_change (reading->import->added, after, g_strdup (""));
    add_pending (reading, after);
  } else if (!delegate_equal (before, after)) {
    add_change (reading->import->changed, after, differences (before, after));
    add_pending (reading, after);
  } else
    reading->import->unchanged++;
}

/* Rows ------------------------------------------------------------------------------- */

/* Where a reference was first seen: the file's number and the line, in one pointer that
 * is never NULL. */
static gpointer place_of (guint file, guint line)
{
  return (gpointer) ((guintptr) (file + 1) << 32 | line);
}

static void check_duplicate (Reading *reading, guint file, const char *heading, const CsvRow *row,
                             const char *reference)
{
  guintptr first = (guintptr) g_hash_table_lookup (reading->seen, reference);
  if (first == 0) {
    g_hash_table_insert (reading->seen, g_strdup (reference), place_of (file, row->line));
    return;
  }
  g_autofree char *reason = g_strdup_printf (
      _ ("stands already in line %u of %s. Each person needs a reference of their own."),
      (guint) (first & G_MAXUINT32), reading->paths[(first >> 32) - 1]);
  g_ptr_array_add (reading->faults,
                   import_fault_new (reading->paths[file], row->line, heading, reference, reason));
}

/* A code opens doors for one person only. A list without codes is not refused for two
 * people who have had one before. */
static void check_code (Reading *reading, guint file, const Cells *cells, const CsvRow *row,
                        const Delegate *before, const Delegate *after)
{
  const Holder *first = g_hash_table_lookup (reading->codes, after->code);
  if (*after->code == '\0' || (first != NULL && !first->fresh && !cells_has (cells, FIELD_CODE)))
    return;
  if (first != NULL) {
    const char *heading = cells_has (cells, FIELD_CODE) ? cells_heading (cells, FIELD_CODE)
                                                        : heading_name (FIELD_CODE);
    g_autofree char *reason
        = g_strdup_printf (_ ("is the code of %s already, in line %u of %s. Each person needs a "
                              "code of their own, or none."),
                           first->reference, first->line, reading->paths[first->file]);
    g_ptr_array_add (reading->faults, import_fault_new (reading->paths[file], row->line, heading,
                                                        after->code, reason));
    return;
  }
  Holder *holder = g_new0 (Holder, 1);
  *holder = (Holder){ g_strdup (after->code), g_strdup (after->reference), file, row->line,
                      before == NULL || strcmp (before->code, after->code) != 0 };
  g_ptr_array_add (reading->holders, holder);
  g_hash_table_insert (reading->codes, holder->code, holder);
}

/* Moves the faults of a row to the import's, as many as are listed. */
static void take_faults (Reading *reading)
{
  Import *import = reading->import;
  import->bad_rows += reading->faults->len > 0;
  import->fault_count += reading->faults->len;
  for (guint i = 0; i < reading->faults->len; i++) {
    ImportFault *fault = g_ptr_array_index (reading->faults, i);
    if (import->faults->len < IMPORT_FAULTS_MAX)
      g_ptr_array_add (import->faults, fault);
    else
      import_fault_free (fault);
  }
  g_ptr_array_set_size (reading->faults, 0);
}

static gboolean read_row (Reading *reading, guint file, const Cells *cells, RowReader *reader,
                          const char *reference, const CsvRow *row, const char *list,
                          GError **error)
{
  g_autoptr (GError) failed = NULL;
  g_autoptr (Delegate) before = reading->state->count > 0 && *reference != '\0'
                                    ? delegate_load (reading->journal, reference, &failed)
                                    : NULL;
  if (failed != NULL) {
    g_propagate_error (error, g_steal_pointer (&failed));
    return FALSE;
  }
  g_autoptr (Delegate) after = row_read (reader, row, before, reading->faults);
  if (before == NULL) {
    g_free (after->list);
    after->list = g_strdup (list);
  }
  if (reading->faults->len == 0)
    check_code (reading, file, cells, row, before, after);
  if (reading->faults->len == 0)
    compare (reading, before, after);
  take_faults (reading);
  return TRUE;
}

static void report (const Reading *reading, const char *file, guint64 done, guint64 total)
{
  if (reading->options->progress != NULL)
    reading->options->progress (file, done, total, reading->options->progress_data);
}

static gboolean read_rows (Reading *reading, guint file, List *list, const Cells *cells,
                           RowReader *reader, const char *name, GError **error)
{
  g_autoptr (GError) failed = NULL;
  const char *heading = cells_heading (cells, FIELD_REFERENCE);
  CsvRow row;
  while (list_next (list, &row, &failed)) {
    g_autofree char *reference = cells_reference (cells, &row);
    if (cells_is_total (cells, &row)) {
      note (reading, _ ("%s: row %u is a sum and passed over"), list_path (list), row.line);
      continue;
    }
    if (++reading->import->rows > IMPORT_ROWS_MAX) {
      g_set_error (error, IMPORT_ERROR, IMPORT_ERROR_FORMAT,
                   _ ("%s: there are more than %d rows. Import the list in parts."),
                   list_path (list), IMPORT_ROWS_MAX);
      return FALSE;
    }
    if (reading->import->rows % PROGRESS_ROWS == 0)
      report (reading, list_path (list), list_position (list), list_size (list));
    if (*reference != '\0')
      check_duplicate (reading, file, heading, &row, reference);
    if (!read_row (reading, file, cells, reader, reference, &row, name, error))
      return FALSE;
  }
  report (reading, list_path (list), list_size (list), list_size (list));
  if (failed == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

/* Files ------------------------------------------------------------------------------ */

static char *name_of_file (const char *path)
{
  g_autofree char *base = g_filename_display_basename (path);
  char *dot = strrchr (base, '.');
  if (dot != NULL && dot != base)
    *dot = '\0';
  return g_strdup (base);
}

/* The name of most values, NULL if there are none. */
static const char *most_votes (GHashTable *votes)
{
  GHashTableIter iter;
  gpointer name, count;
  const char *best = NULL;
  guint most = 0;
  g_hash_table_iter_init (&iter, votes);
  while (g_hash_table_iter_next (&iter, &name, &count))
    if (GPOINTER_TO_UINT (count) > most
        || (GPOINTER_TO_UINT (count) == most && best != NULL && strcmp (name, best) < 0)) {
      most = GPOINTER_TO_UINT (count);
      best = name;
    }
  return best;
}

/* Which list the file is: one pass over its references. NULL with @error. */
static char *identify (Reading *reading, List *list, const Cells *cells, GError **error)
{
  g_autoptr (GHashTable) votes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GError) failed = NULL;
  CsvRow row;
  while (reading->state->count > 0 && list_next (list, &row, &failed)) {
    g_autofree char *reference = cells_reference (cells, &row);
    g_autofree char *name = delegate_list_of (reading->journal, reference, error);
    if (name == NULL)
      return NULL;
    if (*name != '\0') {
      guint count = GPOINTER_TO_UINT (g_hash_table_lookup (votes, name)) + 1;
      g_hash_table_insert (votes, g_steal_pointer (&name), GUINT_TO_POINTER (count));
    }
  }
  if (failed != NULL) {
    g_propagate_error (error, g_steal_pointer (&failed));
    return NULL;
  }
  const char *best = most_votes (votes);
  return best != NULL ? g_strdup (best) : name_of_file (list_path (list));
}

static void note_rows (Reading *reading, const List *list, const Cells *cells,
                       const RowCounts *counts, guint rows)
{
  if (rows == 0)
    note (reading, _ ("%s: nothing stands below its headings. Was the right sheet exported?"),
          list_path (list));
  if (counts->pinyin > 0)
    note (reading, _ ("%s: %u Chinese names without pinyin were given it"), list_path (list),
          counts->pinyin);
  if (counts->translated > 0)
    note (reading, _ ("%s: %u fields were filled from the glossary"), list_path (list),
          counts->translated);
  if (counts->no_category > 0)
    note (reading, _ ("%s: %u delegates have no category"), list_path (list), counts->no_category);
  if (!cells_has (cells, FIELD_DAYS))
    note (reading,
          _ ("%s: there is no column for the days: new delegates have none, and will be admitted "
             "on none"),
          list_path (list));
}

static void note_remarks (Reading *reading, const List *list, const RowReader *reader)
{
  const GPtrArray *remarks = row_remarks (reader);
  for (guint i = 0; i < remarks->len; i++)
    note (reading, "%s, %s", list_path (list), (const char *) g_ptr_array_index (remarks, i));
  if (row_counts (reader)->remarks_left_out > 0)
    note (reading, _ ("%s: %u more remarks of this kind"), list_path (list),
          row_counts (reader)->remarks_left_out);
}

static gboolean read_file (Reading *reading, guint file, GError **error)
{
  const ListOptions options
      = { .knows = cells_knows_heading,
          .data = reading->programme,
          .hint = "référence, nom, prénom; 编号, 姓名; reference, family name",
          .sheet = reading->options->sheet };
  g_autoptr (List) list = list_open (reading->paths[file], &options, error);
  if (list == NULL)
    return FALSE;
  g_autofree char *description = list_description (list);
  note (reading, "%s: %s", list_path (list), description);
  Cells *cells = cells_new (list, reading->programme, reading->import->notes, error);
  if (cells == NULL)
    return FALSE;
  g_autoptr (RowReader) reader = row_reader_new (cells, reading->programme, reading->glossary);
  g_autofree char *name = identify (reading, list, cells, error);
  guint rows = reading->import->rows;
  if (name == NULL || !list_rewind (list, error)
      || !read_rows (reading, file, list, cells, reader, name, error))
    return FALSE;
  note_rows (reading, list, cells, row_counts (reader), reading->import->rows - rows);
  note_remarks (reading, list, reader);
  g_hash_table_add (reading->names, g_steal_pointer (&name));
  return TRUE;
}

/* Whoever is on the replica from the lists that were read, but in none of the files. */
typedef struct {
  GHashTable *seen;
  GPtrArray *references;
} Search;

static void collect_unseen (const char *reference, gpointer data)
{
  Search *search = data;
  if (!g_hash_table_contains (search->seen, reference))
    g_ptr_array_add (search->references, g_strdup (reference));
}

static gboolean find_missing (Reading *reading, GError **error)
{
  g_autoptr (GPtrArray) references = g_ptr_array_new_with_free_func (g_free);
  Search search = { .seen = reading->seen, .references = references };
  GHashTableIter iter;
  gpointer name;
  g_hash_table_iter_init (&iter, reading->names);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    if (!delegate_each_of_list (reading->journal, name, collect_unseen, &search, error))
      return FALSE;
  for (guint i = 0; i < references->len; i++) {
    g_autoptr (GError) failed = NULL;
    g_autoptr (Delegate) delegate
        = delegate_load (reading->journal, g_ptr_array_index (references, i), &failed);
    if (failed != NULL) {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
    if (delegate != NULL)
      add_change (reading->import->missing, delegate, g_strdup (""));
  }
  return TRUE;
}

static void drop_change (GPtrArray *changes, const char *reference)
{
  for (guint i = 0; i < changes->len; i++)
    if (strcmp (((const ImportChange *) g_ptr_array_index (changes, i))->reference, reference)
        == 0) {
      g_ptr_array_remove_index (changes, i);
      return;
    }
}

/* Takes back what was to be written of a delegate. */
static void drop (Reading *reading, const char *reference)
{
  GArray *pending = reading->state->pending;
  drop_change (reading->import->added, reference);
  drop_change (reading->import->changed, reference);
  for (guint i = 0; i < pending->len; i++)
    if (strcmp (g_array_index (pending, Pending, i).reference, reference) == 0) {
      g_array_remove_index (pending, i);
      return;
    }
}

/* A code that somebody has whom these lists do not name, so that it stays theirs. */
static gboolean check_known_codes (Reading *reading, GError **error)
{
  for (guint i = 0; reading->state->count > 0 && i < reading->holders->len; i++) {
    const Holder *holder = g_ptr_array_index (reading->holders, i);
    g_autoptr (GError) failed = NULL;
    g_autoptr (Delegate) other
        = holder->fresh ? delegate_load_by_code (reading->journal, holder->code, &failed) : NULL;
    if (failed != NULL) {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
    if (other == NULL || strcmp (other->reference, holder->reference) == 0
        || g_hash_table_contains (reading->seen, other->reference))
      continue;
    g_autofree char *reason = g_strdup_printf (
        _ ("is the code of %s already. Each person needs a code of their own, or none."),
        other->reference);
    g_ptr_array_add (reading->faults,
                     import_fault_new (reading->paths[holder->file], holder->line,
                                       heading_name (FIELD_CODE), holder->code, reason));
    take_faults (reading);
    drop (reading, holder->reference);
  }
  return TRUE;
}

static gboolean read_basis (Reading *reading, GError **error)
{
  reading->programme = programme_read (reading->journal, error);
  if (reading->programme == NULL
      || !delegate_state (reading->journal, &reading->state->count, &reading->state->latest, error))
    return FALSE;
  if (programme_is_empty (reading->programme))
    note (reading, _ ("no event file is loaded: categories, days, sessions and events are taken as "
                      "written, unchecked. Load it first: accueil event load FILE"));
  if (reading->options->glossary == NULL)
    return TRUE;
  reading->glossary = glossary_read (reading->options->glossary, error);
  if (reading->glossary != NULL)
    note (reading, _ ("%s: a glossary of %u words"), reading->options->glossary,
          glossary_size (reading->glossary));
  return reading->glossary != NULL;
}

static gboolean read_all (Reading *reading, GError **error)
{
  if (!read_basis (reading, error))
    return FALSE;
  for (guint file = 0; reading->paths[file] != NULL; file++)
    if (!read_file (reading, file, error))
      return FALSE;
  return check_known_codes (reading, error) && find_missing (reading, error);
}

Import *import_read (Journal *journal, const char *const *paths, const ImportOptions *options,
                     GError **error)
{
  g_autoptr (Import) import = import_new ();
  Reading reading = {
    .journal = journal, .options = options, .import = import, .state = import->state, .paths = paths
  };
  reading.seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  reading.names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  reading.codes = g_hash_table_new (g_str_hash, g_str_equal);
  reading.holders = g_ptr_array_new_with_free_func ((GDestroyNotify) holder_free);
  reading.faults = g_ptr_array_new ();
  gboolean read = read_all (&reading, error);
  programme_free (reading.programme);
  glossary_free (reading.glossary);
  g_hash_table_unref (reading.seen);
  g_hash_table_unref (reading.names);
  g_hash_table_unref (reading.codes);
  g_ptr_array_unref (reading.holders);
  g_ptr_array_unref (reading.faults);
  return read ? g_steal_pointer (&import) : NULL;
}

/* Writing ---------------------------------------------------------------------------- */

static gboolean check_unchanged (Journal *journal, const ImportState *state, GError **error)
{
  gint64 count, latest;
  if (!delegate_state (journal, &count, &latest, error))
    return FALSE;
  if (count == state->count && latest == state->latest)
    return TRUE;
  g_set_error_literal (error, IMPORT_ERROR, IMPORT_ERROR_CHANGED,
                       _ ("writing the delegates: somebody else has changed delegates in the "
                          "meantime. Nothing was written; run the import again."));
  return FALSE;
}

static gboolean write_all (Journal *journal, const ImportState *state, const ImportOptions *options,
                           GError **error)
{
  if (!check_unchanged (journal, state, error))
    return FALSE;
  for (guint i = 0; i < state->pending->len; i++) {
    const Pending *pending = &g_array_index (state->pending, Pending, i);
    if (!journal_append (journal, "registration", pending->reference, pending->body, NULL, error))
      return FALSE;
    if (options->progress != NULL && i % PROGRESS_ROWS == 0)
      options->progress (NULL, i, state->pending->len, options->progress_data);
  }
  if (options->progress != NULL)
    options->progress (NULL, 1, 1, options->progress_data);
  return TRUE;
}

gboolean import_apply (Journal *journal, Import *import, const ImportOptions *options,
                       GError **error)
{
  const ImportState *state = import->state;
  if (import->fault_count > 0 && !options->skip_bad) {
    g_set_error (error, IMPORT_ERROR, IMPORT_ERROR_ROWS,
                 _ ("nothing was imported: %u rows are bad. Correct them, or import the others "
                    "with --skip-bad."),
                 import->bad_rows);
    return FALSE;
  }
  if (state->pending->len == 0)
    return TRUE;
  if (!journal_begin (journal, error))
    return FALSE;
  if (!write_all (journal, state, options, error)) {
    journal_rollback (journal);
    return FALSE;
  }
  return journal_commit (journal, error);
}
