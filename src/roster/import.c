#include "roster/import.h"

#include "core/text.h"
#include "core/words.h"
#include "journal/query.h"
#include "roster/cells.h"
#include "roster/code_book.h"
#include "roster/glossary.h"
#include "roster/import_plan.h"
#include "roster/import_remarks.h"
#include "roster/known_list.h"
#include "roster/list.h"
#include "roster/roll.h"
#include "roster/row.h"

#include <string.h>

#define PROGRESS_ROWS 500
#define ALONE_MAX 20 /* rows that are nobody's and are named each */

/* One import_read(). */
typedef struct {
  Journal *journal;
  const ImportOptions *options;
  Import *import;
  ImportState *state;
  Programme *programme;
  Glossary *glossary;
  const char *const *paths;
  Roll *seen;  /* the references of the lists */
  Roll *known; /* of the replica; NULL until it is needed */
  ImportRemarks *remarks;
  GHashTable *names; /* the lists that were read: a set of names */
  CodeBook *codes;
  HeadingMap *met;   /* what of the headings' meanings that were said now was met in a list */
  GPtrArray *faults; /* of the row being read */
} Reading;

static void note (Reading *reading, const char *format, ...) G_GNUC_PRINTF (2, 3);
static void note (Reading *reading, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_ptr_array_add (reading->import->notes, g_strdup_vprintf (format, arguments));
  va_end (arguments);
}

/* Rows ------------------------------------------------------------------------------- */

static void check_reference (Reading *reading, guint file, const char *heading, const CsvRow *row,
                             const char *reference)
{
  const RollEntry *first = roll_add (reading->seen, reference, file, row->line);
  if (first == NULL)
    return;
  g_autofree char *reason
      = strcmp (first->reference, reference) == 0
            ? g_strdup_printf (
                _ ("stands already in line %u of %s. Each person needs a reference of their own."),
                first->line, reading->paths[first->file])
            : g_strdup_printf (
                _ ("differs only in capitals or zeros from %s in line %u of %s. Each person needs "
                   "a reference that nobody takes for another's."),
                first->reference, first->line, reading->paths[first->file]);
  g_ptr_array_add (reading->faults,
                   import_fault_new (reading->paths[file], row->line, heading, reference, reason));
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

/* One file while its rows are read. */
typedef struct {
  guint number;
  List *list;
  const Cells *cells;
  RowReader *reader;
  const char *came_from; /* the list that new people are said to come from */
  const char *name;      /* by which the list's words are remembered */
} File;

/* Of whom the rules of platforms may have something to say. */
static void note_place (Reading *reading, const File *file, guint line, const Delegate *delegate)
{
  if (*delegate->role != '\0')
    import_plan_add_place (reading->import, delegate->reference, reading->paths[file->number],
                           line);
}

static void read_new (Reading *reading, const File *file, const CsvRow *row)
{
  g_autoptr (Delegate) after = row_read (file->reader, row, NULL, reading->faults);
  g_free (after->list);
  after->list = g_strdup (file->came_from);
  if (reading->faults->len == 0)
    code_book_take (reading->codes, file->number, file->cells, row->line, NULL, after,
                    reading->faults);
  if (reading->faults->len > 0)
    return;
  note_place (reading, file, row->line, after);
  import_plan_add_new (reading->import, after);
  import_remarks_look (reading->remarks, after, TRUE);
}

/* A row whose reference is not quite that of @before: it must be the same person, or it
 * is somebody else under a reference that will be taken for hers. */
static gboolean is_same_person (const Delegate *before, const Delegate *row)
{
  g_autofree char *email = g_ascii_strdown (before->email, -1),
                  *other = g_ascii_strdown (row->email, -1), *family = text_fold (before->family),
                  *family_now = text_fold (row->family);
  return (*email != '\0' && strcmp (email, other) == 0)
         || (*family != '\0' && strcmp (family, family_now) == 0)
         || (*before->name_zh != '\0' && strcmp (before->name_zh, row->name_zh) == 0);
}

/* The reference as the list writes it is not that of @before; @row gets hers. */
static void take_spoiled (Reading *reading, const File *file, guint line, const Delegate *before,
                          Delegate *row)
{
  g_autofree char *name = delegate_display_name (before);
  if (!is_same_person (before, row)) {
    g_autofree char *reason = g_strdup_printf (
        _ ("differs only in capitals or zeros from the reference of %s, %s, and is not the same "
           "person. Give one of them another."),
        before->reference, name);
    g_ptr_array_add (reading->faults,
                     import_fault_new (reading->paths[file->number], line,
                                       cells_heading (file->cells, FIELD_REFERENCE), row->reference,
                                       reason));
    return;
  }
  ImportRemark remark = { .kind = IMPORT_SPOILED,
                          .reference = g_strdup (before->reference),
                          .name = g_steal_pointer (&name),
                          .other = row->reference };
  import_plan_add_remark (reading->import, remark);
  row->reference = g_strdup (before->reference);
}

/* Who was there before: what the list said of her then is @basis and its memory. */
static void read_known (Reading *reading, const File *file, const CsvRow *row,
                        const MergeBasis *basis)
{
  const Delegate *now = basis->now;
  g_autoptr (Delegate) remembered
      = now->corrected || *now->said != '\0' ? merge_previous (basis, file->name) : NULL;
  const Delegate *previous = remembered != NULL ? remembered : now;
  g_autoptr (Delegate) after = row_read (file->reader, row, previous, reading->faults);
  if (strcmp (after->reference, now->reference) != 0 && reading->faults->len == 0)
    take_spoiled (reading, file, row->line, now, after);
  if (reading->faults->len > 0)
    return;
  g_autoptr (Merge) merge
      = delegate_equal (previous, after) ? NULL : merge_new (basis, file->name, previous, after);
  const Delegate *result = merge != NULL ? merge_result (merge) : now;
  code_book_take (reading->codes, file->number, file->cells, row->line, now, result,
                  reading->faults);
  if (reading->faults->len > 0)
    return;
  note_place (reading, file, row->line, result);
  gboolean fresh = merge != NULL;
  g_autoptr (Delegate) changed = fresh ? delegate_copy (result) : NULL;
  if (fresh)
    import_plan_add_merged (reading->import, now, g_steal_pointer (&merge));
  else
    reading->import->unchanged++;
  import_remarks_look (reading->remarks, fresh ? changed : now, fresh);
}

static void add_known (const Delegate *delegate, gpointer roll)
{
  roll_add (roll, delegate->reference, 0, 0);
}

/* The reference under which whoever the list calls @reference is known: itself, or the
 * only one that is written alike. NULL with @error. */
static char *known_reference (Reading *reading, const char *reference, GError **error)
{
  if (reading->known == NULL) {
    reading->known = roll_new ();
    if (!delegate_each (reading->journal, add_known, reading->known, error))
      return NULL;
  }
  const RollEntry *alike = roll_find (reading->known, reference);
  return g_strdup (alike != NULL && !alike->several ? alike->reference : reference);
}

/* NULL without @error for somebody new. */
static Delegate *load_known (Reading *reading, const char *reference, GError **error)
{
  g_autoptr (GError) failed = NULL;
  if (reading->state->count == 0 || *reference == '\0')
    return NULL;
  g_autoptr (Delegate) known = delegate_load (reading->journal, reference, &failed);
  if (known == NULL && failed == NULL) {
    g_autofree char *alike = known_reference (reading, reference, &failed);
    if (alike != NULL && strcmp (alike, reference) != 0)
      known = delegate_load (reading->journal, alike, &failed);
  }
  if (failed != NULL)
    g_propagate_error (error, g_steal_pointer (&failed));
  return g_steal_pointer (&known);
}

static gboolean read_row (Reading *reading, const File *file, const char *reference,
                          const CsvRow *row, GError **error)
{
  g_autoptr (GError) failed = NULL;
  g_autoptr (Delegate) before = load_known (reading, reference, &failed);
  g_autoptr (Delegate) listed
      = before != NULL && before->corrected
            ? delegate_load_listed (reading->journal, before->reference, &failed)
            : NULL;
  g_autoptr (GPtrArray) corrections
      = listed != NULL ? correction_load (reading->journal, before->reference, &failed) : NULL;
  if (failed != NULL) {
    g_propagate_error (error, g_steal_pointer (&failed));
    return FALSE;
  }
  const MergeBasis basis
      = { before, listed != NULL ? listed : before, corrections, reading->state->lists };
  if (before == NULL)
    read_new (reading, file, row);
  else
    read_known (reading, file, row, &basis);
  take_faults (reading);
  return TRUE;
}

static void report (const Reading *reading, const char *file, guint64 done, guint64 total)
{
  if (reading->options->progress != NULL)
    reading->options->progress (file, done, total, reading->options->progress_data);
}

/* The @number-th row that holds one text alone. */
static void note_alone (Reading *reading, const List *list, guint line, const char *text,
                        guint number)
{
  if (number <= ALONE_MAX)
    note (reading, _ ("%s: row %u holds one text alone, “%s”, and is passed over"),
          list_path (list), line, text);
  else if (number == ALONE_MAX + 1)
    note (reading, _ ("%s: more rows hold one text alone and are passed over"), list_path (list));
}

static gboolean read_rows (Reading *reading, const File *file, GError **error)
{
  g_autoptr (GError) failed = NULL;
  const Cells *cells = file->cells;
  List *list = file->list;
  const char *heading = cells_heading (cells, FIELD_REFERENCE);
  guint alone = 0;
  CsvRow row;
  while (list_next (list, &row, &failed)) {
    g_autofree char *reference = cells_reference (cells, &row);
    if (cells_is_total (cells, &row)) {
      note (reading, _ ("%s: row %u is a sum and passed over"), list_path (list), row.line);
      continue;
    }
    g_autofree char *remark = cells_remark (cells, &row);
    if (remark != NULL) {
      note_alone (reading, list, row.line, remark, ++alone);
      continue;
    }
    if (cells_is_headings (cells, &row)) {
      note (reading, _ ("%s: row %u repeats the headings and is passed over"), list_path (list),
            row.line);
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
      check_reference (reading, file->number, heading, &row, reference);
    if (!read_row (reading, file, reference, &row, error))
      return FALSE;
  }
  report (reading, list_path (list), list_size (list), list_size (list));
  if (failed == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

/* Files ------------------------------------------------------------------------------ */

/* The name of most values, NULL if there are none. */
static const char *most_votes (GHashTable *votes, guint *votes_of_it)
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
  *votes_of_it = most;
  return best;
}

/* Which list the file is: one pass over its references. NULL with @error. */
static char *identify (Reading *reading, List *list, const Cells *cells, GError **error)
{
  g_autoptr (GHashTable) votes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GError) failed = NULL;
  guint rows = 0, most;
  CsvRow row;
  for (; reading->state->count > 0 && list_next (list, &row, &failed); rows++) {
    g_autofree char *reference = cells_reference (cells, &row);
    g_autofree char *name = delegate_list_of (reading->journal, reference, error);
    if (name != NULL && *name == '\0') {
      g_autofree char *known = known_reference (reading, reference, error);
      g_free (name);
      name = known != NULL ? delegate_list_of (reading->journal, known, error) : NULL;
    }
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
  const char *best = most_votes (votes, &most);
  /* A few people of another list make no list the same. */
  return best != NULL && most * 2 >= rows ? g_strdup (best) : known_list_name (list_path (list));
}

static void note_rows (Reading *reading, const List *list, const Cells *cells,
                       const RowCounts *counts, guint rows)
{
  if (rows == 0)
    note (reading, _ ("%s: nothing stands below its headings. Was the right sheet exported?"),
          list_path (list));
  if (list_hidden_rows (list) > 0)
    note (reading,
          _ ("%s: rows that are hidden in it (by a filter?) are read like the others: %u. To leave "
             "them out, delete them, or copy what is seen into a new workbook."),
          list_path (list), list_hidden_rows (list));
  if (counts->pinyin > 0)
    note (reading, _ ("%s: %u Chinese names without pinyin were given it"), list_path (list),
          counts->pinyin);
  if (counts->translated > 0)
    note (reading, _ ("%s: %u fields were filled from the glossary"), list_path (list),
          counts->translated);
  if (counts->no_category > 0)
    note (reading, _ ("%s: %u delegates have no category"), list_path (list), counts->no_category);
  if (!cells_speaks (cells, FIELD_DAYS) && reading->options->choices.days == NULL)
    note (reading,
          _ ("%s: there is no column for the days: new delegates have none, and will be admitted "
             "on none"),
          list_path (list));
}

static void note_remarks (Reading *reading, const List *list, const RowReader *reader)
{
  const GPtrArray *remarks = row_reader_remarks (reader);
  for (guint i = 0; i < remarks->len; i++)
    note (reading, "%s, %s", list_path (list), (const char *) g_ptr_array_index (remarks, i));
  if (row_reader_counts (reader)->remarks_left_out > 0)
    note (reading, _ ("%s: %u more remarks of this kind"), list_path (list),
          row_reader_counts (reader)->remarks_left_out);
}

static void note_meaning (Reading *reading, const List *list, const char *heading,
                          const char *meaning)
{
  const char *path = list_path (list);
  note (reading, _ ("%s: “%s” is taken for “%s”, as was said"), path, heading, meaning);
}

/* What of the meanings that were said now is about headings of @list is remembered with
 * what was before. */
static void take_map (Reading *reading, const List *list, const char *name,
                      const ListColumnsKnown *known)
{
  g_autoptr (HeadingMap) map = heading_map_new ();
  const char *const *headings = list_headings (list);
  g_auto (GStrv) before = heading_map_headings (known->remembered);
  for (guint i = 0; before[i] != NULL; i++)
    heading_map_add (map, before[i], heading_map_find (known->remembered, before[i]));
  for (guint i = 0; headings[i] != NULL; i++) {
    const char *now = heading_map_find (known->said, headings[i]),
               *meaning = list_columns_said (known, headings[i]);
    if (now != NULL) {
      heading_map_add (map, headings[i], now);
      heading_map_add (reading->met, headings[i], now);
    }
    if (meaning != NULL && *meaning != '\0')
      note_meaning (reading, list, headings[i], meaning);
  }
  if (!heading_map_equal (map, known->remembered))
    import_plan_add_mapped (reading->import, name, g_steal_pointer (&map));
}

/* FALSE with @error if something was said of a heading that no list has. */
static gboolean check_map (const Reading *reading, GError **error)
{
  const HeadingMap *said = reading->options->map;
  g_auto (GStrv) headings = said != NULL ? heading_map_headings (said) : NULL;
  for (guint i = 0; headings != NULL && headings[i] != NULL; i++)
    if (heading_map_find (reading->met, headings[i]) == NULL) {
      g_set_error (error, IMPORT_ERROR, IMPORT_ERROR_FORMAT,
                   _ ("no list has the heading “%s” of which --map speaks. Write it as it "
                      "stands "
                      "above its column."),
                   headings[i]);
      return FALSE;
    }
  return TRUE;
}

static gboolean read_file (Reading *reading, guint file, GError **error)
{
  const char *path = reading->paths[file];
  g_autofree char *name
      = reading->options->list != NULL ? g_strdup (reading->options->list) : known_list_name (path);
  g_autoptr (HeadingMap) remembered = heading_map_load (reading->journal, name, error);
  ListColumnsKnown known = { reading->programme, reading->options->map, remembered };
  const ListOptions options
      = { .knows = list_columns_knows,
          .data = &known,
          .hint = "référence, nom, prénom; 编号, 姓名; reference, family name",
          .advice = _ ("To say what yours mean: --map HEADING=MEANING."),
          .sheet = reading->options->sheet };
  g_autoptr (List) list = remembered != NULL ? list_open (path, &options, error) : NULL;
  if (list == NULL)
    return FALSE;
  g_autofree char *description = list_description (list);
  note (reading, "%s: %s", list_path (list), description);
  if (*list_other_sheets (list) != '\0')
    note (reading,
          _ ("%s: other sheets that look like lists are not read: %s. To read one: --sheet NAME"),
          list_path (list), list_other_sheets (list));
  take_map (reading, list, name, &known);
  Cells *cells = cells_new (list, &known, reading->import->notes, error);
  if (cells == NULL)
    return FALSE;
  g_autoptr (RowReader) reader
      = row_reader_new (cells, reading->programme, reading->glossary, &reading->options->choices);
  g_autofree char *came_from = identify (reading, list, cells, error);
  guint rows = reading->import->rows;
  const File read = { file, list, cells, reader, came_from, name };
  if (came_from == NULL || !list_rewind (list, error) || !read_rows (reading, &read, error))
    return FALSE;
  import_plan_add_list (reading->import, name, row_fields (reader));
  reading->import->pending += row_reader_counts (reader)->pending;
  reading->import->cancelled += row_reader_counts (reader)->cancelled;
  note_rows (reading, list, cells, row_reader_counts (reader), reading->import->rows - rows);
  cells_note_nameless (cells, reading->import->notes);
  note_remarks (reading, list, reader);
  g_hash_table_add (reading->names, g_steal_pointer (&came_from));
  return TRUE;
}

/* Whoever is on the replica from the lists that were read, but in none of the files. */
typedef struct {
  const Roll *seen;
  GPtrArray *references;
} Search;

static void collect_unseen (const char *reference, gpointer data)
{
  Search *search = data;
  if (roll_find (search->seen, reference) == NULL)
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
      import_plan_add_missing (reading->import, delegate);
  }
  return TRUE;
}

/* Takes back what was to be written of a delegate. */
static void refuse (const char *reference, ImportFault *fault, gpointer data)
{
  Reading *reading = data;
  import_plan_drop (reading->import, reference);
  g_ptr_array_add (reading->faults, fault);
  take_faults (reading);
}

static gboolean read_basis (Reading *reading, GError **error)
{
  reading->programme = programme_read (reading->journal, error);
  reading->state->lists = known_list_all (reading->journal, error);
  if (reading->programme == NULL || reading->state->lists == NULL
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
  reading->remarks = import_remarks_new (reading->import, reading->options, reading->programme);
  for (guint file = 0; reading->paths[file] != NULL; file++)
    if (!read_file (reading, file, error))
      return FALSE;
  if (!check_map (reading, error))
    return FALSE;
  return (reading->state->count == 0
          || code_book_check_known (reading->codes, reading->journal, reading->seen, refuse,
                                    reading, error))
         && find_missing (reading, error)
         && import_remarks_finish (reading->remarks, reading->journal, error);
}

Import *import_read (Journal *journal, const char *const *paths, const ImportOptions *options,
                     GError **error)
{
  g_autoptr (Import) import = import_plan_new ();
  Reading reading = { .journal = journal,
                      .options = options,
                      .import = import,
                      .state = import_plan_state (import),
                      .paths = paths };
  reading.seen = roll_new ();
  reading.names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  reading.codes = code_book_new (paths);
  reading.met = heading_map_new ();
  reading.faults = g_ptr_array_new ();
  /* One view for all: each query of its own locks the file and unlocks it. */
  gboolean read = journal_view_begin (journal, error);
  if (read) {
    read = read_all (&reading, error);
    journal_view_end (journal);
  }
  programme_free (reading.programme);
  glossary_free (reading.glossary);
  roll_free (reading.seen);
  roll_free (reading.known);
  import_remarks_free (reading.remarks);
  g_hash_table_unref (reading.names);
  code_book_free (reading.codes);
  heading_map_free (reading.met);
  g_ptr_array_unref (reading.faults);
  return read ? g_steal_pointer (&import) : NULL;
}

void import_free (Import *import)
{
  import_plan_free (import);
}
