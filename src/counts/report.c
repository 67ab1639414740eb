#include "counts/report.h"

#include "counts/report_appointments.h"
#include "counts/report_facts.h"
#include "counts/report_figures.h"
#include "counts/report_meals.h"
#include "journal/query.h"

#include <string.h>

static gboolean put_people (ReportRun *run, GError **error);
static const ReportTable PEOPLE
    = { "people", NC_ ("report", "Registered"), NULL, 0, 0, put_people };
static const ReportTable *const TABLES[] = { &PEOPLE,
                                             &report_facts_passages,
                                             &report_facts_badges,
                                             &report_facts_answers,
                                             &report_figures_counts,
                                             &report_figures_arrivals,
                                             &report_figures_rooms,
                                             &report_figures_delegations,
                                             &report_figures_ranks,
                                             &report_meals_table,
                                             &report_appointments_table };

const char *const *report_tables (void)
{
  static const char *names[G_N_ELEMENTS (TABLES) + 1];
  for (guint i = 0; i < G_N_ELEMENTS (TABLES); i++)
    names[i] = TABLES[i]->name;
  return names;
}

static const ReportTable *find_table (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (TABLES); i++)
    if (name != NULL && strcmp (TABLES[i]->name, name) == 0)
      return TABLES[i];
  return NULL;
}

Pair report_title (const char *table)
{
  const ReportTable *found = find_table (table);
  return found != NULL ? words_pair_in ("report", found->title) : PAIR_EMPTY;
}

const TableColumn *report_columns (const char *table, guint *count, guint64 *usual)
{
  const ReportTable *found = find_table (table);
  if (found == NULL)
    return NULL;
  if (found == &PEOPLE)
    return attendance_table_all (count, usual);
  *count = found->count;
  *usual = found->usual;
  return found->columns;
}

/* People ----------------------------------------------------------------------------- */

typedef struct {
  ReportRun *run;
  AttendanceTable *table;
  GError *error;
} People;

static gboolean put_person (const AttendanceRow *row, gpointer data)
{
  People *people = data;
  return report_run_put_row (people->run, attendance_table_values (people->table, row),
                             &people->error);
}

static gboolean put_people (ReportRun *run, GError **error)
{
  People people = { run, run->people, NULL };
  if (attendance_each (run->journal, &run->filter, put_person, &people, error))
    return TRUE;
  if (people.error != NULL)
    g_propagate_error (error, people.error);
  return FALSE;
}

/* What is asked for ------------------------------------------------------------------ */

static gboolean is_asked (const char *word)
{
  return word != NULL && *word != '\0';
}

static gboolean refuse (const char *word, const char *what, GError **error)
{
  g_set_error (error, REPORT_ERROR, REPORT_ERROR_FILTER,
               _ ("“%s” is no %s of the event file; write its id or its name"), word, what);
  return FALSE;
}

typedef const ProgrammeEntry *(*Lookup) (const Programme *programme, const char *word);

static gboolean take_entry (const Programme *programme, const char *word, Lookup lookup,
                            const char *what, const char **id, GError **error)
{
  const ProgrammeEntry *entry = is_asked (word) ? lookup (programme, word) : NULL;
  if (entry != NULL)
    *id = entry->id;
  return !is_asked (word) || entry != NULL || refuse (word, what, error);
}

static gboolean take_state (const char *word, AttendanceState *state, GError **error)
{
  static const char *const STATES[] = { [ATTENDANCE_ALL] = "all",
                                        [ATTENDANCE_ARRIVED] = "arrived",
                                        [ATTENDANCE_INSIDE] = "inside",
                                        [ATTENDANCE_MISSING] = "missing" };
  for (guint i = 0; is_asked (word) && i < G_N_ELEMENTS (STATES); i++)
    if (strcmp (STATES[i], word) == 0) {
      *state = (AttendanceState) i;
      return TRUE;
    }
  if (is_asked (word))
    g_set_error (error, REPORT_ERROR, REPORT_ERROR_FILTER,
                 _ ("“%s” is no state: write arrived, inside or missing"), word);
  return !is_asked (word);
}

static gboolean take_filter (const ReportQuery *query, const Programme *programme,
                             AttendanceFilter *filter, GError **error)
{
  const Day *day = is_asked (query->day) ? programme_day (programme, query->day) : NULL;
  const ProgrammeEntry *delegation
      = is_asked (query->delegation) ? programme_delegation (programme, query->delegation) : NULL;
  if (is_asked (query->day) && day == NULL)
    return refuse (query->day, _ ("day"), error);
  filter->day = day != NULL ? day->date : NULL;
  filter->day_label = day != NULL ? day->label : NULL;
  filter->delegation = delegation != NULL             ? delegation->id
                       : is_asked (query->delegation) ? query->delegation
                                                      : NULL;
  return take_state (query->state, &filter->state, error)
         && take_entry (programme, query->event, programme_event, _ ("event"), &filter->event,
                        error)
         && take_entry (programme, query->session, programme_session, _ ("session"),
                        &filter->session, error)
         && take_entry (programme, query->category, programme_category, _ ("category"),
                        &filter->category, error);
}

static gboolean choose_key (const ReportTable *table, const char *key, GArray *chosen,
                            GError **error)
{
  g_autoptr (GString) keys = g_string_new (NULL);
  for (guint i = 0; i < table->count; i++) {
    g_string_append_printf (keys, "%s%s", i > 0 ? "," : "", table->columns[i].key);
    if (strcmp (table->columns[i].key, key) != 0)
      continue;
    g_array_append_val (chosen, i);
    return TRUE;
  }
  g_set_error (error, REPORT_ERROR, REPORT_ERROR_COLUMN,
               _ ("“%s” is no column. "
                  "Write some of: %s"),
               key, keys->str);
  return FALSE;
}

static gboolean choose_columns (const ReportTable *table, const char *columns, GArray *chosen,
                                GError **error)
{
  g_auto (GStrv) keys = is_asked (columns) ? g_strsplit (columns, ",", -1) : NULL;
  for (guint i = 0; keys == NULL && i < table->count; i++)
    if (table->usual >> i & 1)
      g_array_append_val (chosen, i);
  for (char **key = keys; key != NULL && *key != NULL; key++)
    if (!choose_key (table, g_strstrip (*key), chosen, error))
      return FALSE;
  return TRUE;
}

/* Notes ------------------------------------------------------------------------------ */

/* "event=rencontres day=2016-10-27", as an address has them; "–" for nothing. */
static char *filter_text (const ReportRun *run)
{
  static const char *const STATES[] = { "", "arrived", "inside", "missing" };
  const struct {
    const char *key, *value;
  } parts[] = {
    { "state", STATES[run->filter.state] },
    { "event", run->filter.event },
    { "day", run->filter.day },
    { "session", run->filter.session },
    { "delegation", run->filter.delegation },
    { "category", run->filter.category },
    { "checkpoint", run->query->checkpoint },
    { "by", run->query->by },
  };
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (is_asked (parts[i].value))
      g_string_append_printf (text, "%s%s=%s", text->len > 0 ? " " : "", parts[i].key,
                              parts[i].value);
  return g_strdup (text->len > 0 ? text->str : "–");
}

static void add_notes (const ReportRun *run, const AsOf *as_of)
{
  g_autofree char *congress = words_line ((Pair){ run->programme->fr, run->programme->zh }),
                  *time = as_of_time (as_of), *first = as_of_line_for (as_of, WORDS_FIRST),
                  *second = as_of_line_for (as_of, WORDS_SECOND),
                  *stations = g_strdup_printf ("%s / %s", first, second),
                  *filter = filter_text (run),
                  *rows = g_strdup_printf ("%u", table_writer_rows (run->writer));
  const struct {
    const char *label, *text;
  } notes[] = {
    { NC_ ("report", "Congress"), congress }, { NC_ ("report", "As of"), time },
    { NC_ ("report", "Stations"), stations }, { NC_ ("report", "Filter"), filter },
    { NC_ ("report", "Rows"), rows },         { NC_ ("report", "Journal head"), as_of->head },
  };
  for (guint i = 0; i < G_N_ELEMENTS (notes); i++)
    table_writer_note (run->writer, words_pair_in ("report", notes[i].label), notes[i].text);
}

/* How many rows there will be -------------------------------------------------------- */

static const char PEOPLE_ROWS[] = "SELECT count (*) FROM delegate";
static const char BADGE_ROWS[] = "SELECT count (*) FROM badge";
static const char PASSAGE_ROWS[]
    = "SELECT ifnull (sum (passages), 0) FROM passage_count WHERE (:day IS NULL OR day = :day) AND "
      "(:checkpoint IS NULL OR checkpoint = :checkpoint)";

/* Of the tables that are long, where it can be told without walking through them; else
 * NULL. */
static const char *rows_question (const ReportRun *run, const ReportTable *table)
{
  const AttendanceFilter *filter = &run->filter;
  if (table == &report_facts_passages)
    return PASSAGE_ROWS;
  if (table == &report_facts_badges)
    return BADGE_ROWS;
  return table == &PEOPLE && filter->state == ATTENDANCE_ALL && filter->event == NULL
                 && filter->day == NULL && filter->session == NULL && filter->delegation == NULL
                 && filter->category == NULL
             ? PEOPLE_ROWS
             : NULL;
}

static gboolean tell_rows (ReportRun *run, const ReportTable *table, GError **error)
{
  const char *sql = rows_question (run, table);
  run->most = -1;
  if (run->progress == NULL)
    return TRUE;
  Query *query = sql != NULL ? journal_query (run->journal, sql, error) : NULL;
  if (sql != NULL && query == NULL)
    return FALSE;
  if (sql == PASSAGE_ROWS) {
    query_bind_text (query, ":day", run->filter.day);
    query_bind_text (query, ":checkpoint", run->query->checkpoint);
  }
  if (query != NULL && query_next (query))
    run->most = query_int (query, 0);
  return (query == NULL || query_end (query, error)) && report_run_tell (run, 0, error);
}

/* All together ----------------------------------------------------------------------- */

typedef struct {
  const ReportTable *table;
  TableFormat format;
  const char *path;
  char separator;
  guint *rows;
} Target;

static gboolean write_out (ReportRun *run, const Target *target, GError **error)
{
  g_autoptr (AsOf) as_of = as_of_read (run->journal, error);
  if (as_of == NULL)
    return FALSE;
  guint count = run->chosen->len;
  g_autoptr (GArray) columns = g_array_new (FALSE, FALSE, sizeof (TableColumn));
  for (guint i = 0; i < count; i++)
    g_array_append_val (columns, target->table->columns[g_array_index (run->chosen, guint, i)]);
  const TableColumn *chosen = run->people != NULL
                                  ? attendance_table_columns (run->people, &count)
                                  : (const TableColumn *) (gconstpointer) columns->data;
  g_autofree char *title = words_line (words_pair_in ("report", target->table->title));
  g_autofree TableValue *picked = g_new0 (TableValue, count + 1);
  run->picked = picked;
  run->writer
      = table_writer_open (target->format, target->path, title, chosen, count, as_of->zone, error);
  if (run->writer == NULL)
    return FALSE;
  table_writer_separate (run->writer, target->separator);
  if (!tell_rows (run, target->table, error) || !target->table->rows (run, error)) {
    table_writer_abandon (run->writer);
    return FALSE;
  }
  add_notes (run, as_of);
  if (target->rows != NULL)
    *target->rows = table_writer_rows (run->writer);
  return table_writer_close (run->writer, error);
}

static gboolean write_in_view (ReportRun *run, const Target *target, GError **error)
{
  g_autoptr (Programme) programme = programme_read (run->journal, error);
  g_autoptr (GArray) chosen = g_array_new (FALSE, FALSE, sizeof (guint));
  run->programme = programme;
  run->chosen = chosen;
  if (programme == NULL || !take_filter (run->query, programme, &run->filter, error))
    return FALSE;
  if (target->table != &PEOPLE)
    return choose_columns (target->table, run->query->columns, chosen, error)
           && write_out (run, target, error);
  g_autoptr (GError) refused = NULL;
  g_autoptr (AttendanceTable) people
      = attendance_table_new (is_asked (run->query->columns) ? run->query->columns : NULL,
                              programme, target->format == TABLE_JSON, &refused);
  if (people == NULL) {
    g_set_error_literal (error, REPORT_ERROR, REPORT_ERROR_COLUMN, refused->message);
    return FALSE;
  }
  attendance_table_show_protocol (people, run->query->protocol);
  run->people = people;
  return write_out (run, target, error);
}

gboolean report_write (Journal *journal, const ReportQuery *query, TableFormat format,
                       const char *path, char separator, ReportProgress progress, gpointer data,
                       guint *rows, GError **error)
{
  const Target target = { find_table (query->table), format, path, separator, rows };
  ReportRun run = { .journal = journal, .query = query, .progress = progress, .data = data };
  if (target.table == NULL) {
    g_autofree char *names = g_strjoinv (", ", (char **) (guintptr) report_tables ());
    g_set_error (error, REPORT_ERROR, REPORT_ERROR_TABLE,
                 _ ("there is no table “%s”; there are: %s"),
                 query->table != NULL ? query->table : "", names);
    return FALSE;
  }
  if (!journal_view_begin (journal, error))
    return FALSE;
  gboolean good = write_in_view (&run, &target, error);
  journal_view_end (journal);
  return good;
}
