#include "roster/row_reader.h"

#include "core/text.h"
#include "core/words.h"

#include <string.h>

#define KNOWN_DAYS_MAX 1000

static void make_reasons (RowReader *reader)
{
  const Programme *programme = reader->programme;
  g_autofree char *categories = programme_words (programme->categories),
                  *events = programme_words (programme->events);
  g_autoptr (GString) days = g_string_new (NULL);
  g_autoptr (GString) sessions = g_string_new (NULL);
  for (guint i = 0; i < programme->days->len; i++) {
    const Day *day = g_ptr_array_index (programme->days, i);
    g_string_append_printf (days, "%s%s (%s)", i > 0 ? ", " : "", day->label, day->date);
  }
  for (guint i = 0; i < programme->sessions->len; i++)
    g_string_append_printf (
        sessions, "%s%s", i > 0 ? ", " : "",
        ((const ProgrammeEntry *) g_ptr_array_index (programme->sessions, i))->id);
  reader->category_reason
      = g_strdup_printf (_ ("is no category of the event file. Write one of: %s."), categories);
  reader->event_reason
      = g_strdup_printf (_ ("is no event of the event file. Write one of: %s."), events);
  reader->day_reason = g_strdup_printf (_ ("is no day of the event. Its days are: %s."), days->str);
  reader->session_reason
      = g_strdup_printf (_ ("is no session of the event file. Write one of: %s."), sessions->str);
}

static void read_statuses (RowReader *reader, const char *const *statuses)
{
  reader->statuses = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (; statuses != NULL && *statuses != NULL; statuses++) {
    g_autofree char *word = NULL;
    Status status;
    if (status_read_meaning (*statuses, &word, &status))
      g_hash_table_insert (reader->statuses, text_fold (word), GUINT_TO_POINTER (status));
  }
}

RowReader *row_reader_new (Cells *cells, const Programme *programme, const Glossary *glossary,
                           const RowOptions *choices)
{
  RowReader *reader = g_new0 (RowReader, 1);
  reader->cells = cells;
  reader->programme = programme;
  reader->glossary = glossary;
  reader->choices = choices;
  reader->checked = !programme_is_empty (programme);
  reader->remarks = g_ptr_array_new_with_free_func (g_free);
  reader->days
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_strfreev);
  read_statuses (reader, choices != NULL ? choices->statuses : NULL);
  make_reasons (reader);
  return reader;
}

void row_reader_free (RowReader *reader)
{
  if (reader == NULL)
    return;
  cells_free (reader->cells);
  g_ptr_array_unref (reader->remarks);
  g_hash_table_unref (reader->statuses);
  g_hash_table_unref (reader->days);
  g_free (reader->category_reason);
  g_free (reader->day_reason);
  g_free (reader->session_reason);
  g_free (reader->event_reason);
  g_free (reader);
}

const RowCounts *row_reader_counts (const RowReader *reader)
{
  return &reader->counts;
}

const GPtrArray *row_reader_remarks (const RowReader *reader)
{
  return reader->remarks;
}

/* For the files of row.h ------------------------------------------------------------ */

gboolean row_reader_has (const RowReader *reader, Field field)
{
  return cells_has (reader->cells, field);
}

void row_reader_fault (RowReader *reader, Field field, const char *value, const char *reason)
{
  cells_fault (reader->cells, field, value, reason);
}

void row_reader_set (char **place, const char *value)
{
  if (strcmp (*place, value) != 0) {
    g_free (*place);
    *place = g_strdup (value);
  }
}

void row_reader_set_list (char ***place, GPtrArray *ids)
{
  g_ptr_array_add (ids, NULL);
  g_strfreev (*place);
  *place = (char **) g_ptr_array_free (ids, FALSE);
}

void row_reader_add_once (GPtrArray *ids, const char *id)
{
  if (!g_ptr_array_find_with_equal_func (ids, id, g_str_equal, NULL))
    g_ptr_array_add (ids, g_strdup (id));
}

/* If the list has the column: its text. */
void row_reader_take_text (RowReader *reader, Field field, char **place)
{
  if (!row_reader_has (reader, field))
    return;
  g_free (*place);
  *place = cells_text (reader->cells, field);
}

const char *const *row_reader_known_days (const RowReader *reader, const char *text)
{
  return g_hash_table_lookup (reader->days, text);
}

void row_reader_keep_days (RowReader *reader, const char *text, const GPtrArray *days)
{
  if (g_hash_table_size (reader->days) >= KNOWN_DAYS_MAX)
    return;
  g_autoptr (GStrvBuilder) copy = g_strv_builder_new ();
  for (guint i = 0; i < days->len; i++)
    g_strv_builder_add (copy, g_ptr_array_index (days, i));
  g_hash_table_insert (reader->days, g_strdup (text), g_strv_builder_end (copy));
}

void row_reader_remark (RowReader *reader, const Delegate *delegate, const char *format, ...)
{
  if (reader->remarks->len == ROW_REMARKS_MAX) {
    reader->counts.remarks_left_out++;
    return;
  }
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *said = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_ptr_array_add (reader->remarks, g_strdup_printf ("%s: %s", delegate->reference, said));
}
