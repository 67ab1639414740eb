/* roster_command.c: `accueil roster`: who is registered and who is here, as a bilingual
 * table, or to take away: CSV, XLSX, JSON. */
#include "cli/roster_filter.h"
#include "cli/desk_output.h"
#include "counts/attendance_table.h"
#include "core/text.h"
#include "core/words.h"
#include "roster/delegate_search.h"
#include "congress/programme.h"

#include <stdio.h>
#include <string.h>

#define CELL_COLUMNS_MAX 40 /* of a terminal; longer cells are cut */

static int run (int argc, char **argv);

extern const Command command_roster;
const Command command_roster = {
  .name = "roster",
  .usage = N_ ("[--search TEXT] [--arrived|--inside|--missing] [--event ID] [--day DAY] "
               "[--session ID] [--delegation WORD] [--category WORD] [--csv|--xlsx|--json] "
               "[--output FILE] [--columns KEY,…] [--db FILE]"),
  .summary = N_ ("List the registered delegates, or those a search finds (hanzi, pinyin, initials, "
                 "French without accents, organisation, e-mail address, reference; those that come "
                 "near come last), and whether they are here"),
  .run = run,
};

/* JSON ------------------------------------------------------------------------------- */

typedef struct {
  const Programme *programme;
  GTimeZone *zone;
  const DelegateSearch *search; /* NULL: everybody */
  guint count;
} Listing;

/* TRUE if @delegate, whom @search gave back, only comes near what was sought. */
static gboolean is_near (const DelegateSearch *search, const Delegate *delegate)
{
  guint index;
  return search != NULL && g_ptr_array_find (search->delegates, delegate, &index)
         && delegate_search_is_near (search, index);
}

static const ProgrammeEntry *category_of (const Programme *programme, const Delegate *delegate)
{
  for (guint i = 0; i < programme->categories->len; i++) {
    const ProgrammeEntry *entry = g_ptr_array_index (programme->categories, i);
    if (strcmp (entry->id, delegate->category) == 0)
      return entry;
  }
  return NULL;
}

static void put_texts (JsonOut *out, const Delegate *delegate, const ProgrammeEntry *category)
{
  const struct {
    const char *key, *value;
  } texts[] = {
    { "reference", delegate->reference },
    { "title", delegate->title },
    { "family", delegate->family },
    { "given", delegate->given },
    { "name_zh", delegate->name_zh },
    { "function_fr", delegate->function_fr },
    { "function_zh", delegate->function_zh },
    { "organisation_fr", delegate->organisation_fr },
    { "organisation_zh", delegate->organisation_zh },
    { "category", category != NULL ? category->fr : delegate->category },
    { "category_zh", category != NULL ? category->zh : "" },
    { "category_id", delegate->category },
    { "role", delegate_roles (delegate) },
    { "email", delegate->email },
    { "telephone", delegate->telephone },
    { "country", delegate->country },
    { "delegation", delegate->delegation },
    { "hotel", delegate->hotel },
    { "message", delegate->message },
    { "rank", delegate->rank },
    { "language", delegate->language },
    { "code", delegate->code },
    { "list", delegate->list },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    json_out_string (out, texts[i].key, texts[i].value);
}

static void put_state (JsonOut *out, const AttendanceRow *row, GTimeZone *zone)
{
  const gint64 times[] = { row->first_ms, row->last_ms };
  static const char *const KEYS[] = { "first", "last" };
  json_out_string (out, "status",
                   row->delegate->revoked           ? "cancelled"
                   : *row->delegate->status != '\0' ? row->delegate->status
                                                    : "registered");
  json_out_bool (out, "arrived", row->arrived);
  json_out_bool (out, "inside", row->inside);
  for (guint i = 0; i < G_N_ELEMENTS (times); i++) {
    g_autofree char *time = times[i] != 0 ? desk_output_time (zone, times[i], TRUE) : g_strdup ("");
    json_out_string (out, KEYS[i], time);
  }
  json_out_string (out, "place", row->last_place);
}

static gboolean print_json (const AttendanceRow *row, gpointer data)
{
  const Delegate *delegate = row->delegate;
  Listing *listing = data;
  JsonOut *out = json_out_new ();
  json_out_begin_object (out, NULL);
  put_texts (out, delegate, category_of (listing->programme, delegate));
  json_out_strings (out, "events", (const char *const *) delegate->events);
  json_out_strings (out, "days", (const char *const *) delegate->days);
  json_out_strings (out, "workshops", (const char *const *) delegate->workshops);
  json_out_strings (out, "ribbons", (const char *const *) delegate->ribbons);
  json_out_bool (out, "meals", delegate->meals);
  json_out_bool (out, "transport", delegate->transport);
  json_out_bool (out, "headset", delegate->headset);
  json_out_bool (out, "protocol", delegate->protocol);
  json_out_bool (out, "revoked", delegate->revoked);
  put_state (out, row, listing->zone);
  if (listing->search != NULL)
    json_out_bool (out, "near", is_near (listing->search, delegate));
  json_out_end_object (out);
  g_autofree char *text = json_out_finish (out);
  g_print ("%s%s", listing->count++ > 0 ? ",\n" : "", text);
  return TRUE;
}

/* Table ------------------------------------------------------------------------------ */

enum { REFERENCE, NAME, ORGANISATION, CATEGORY, EVENTS, DAYS, PRESENCE, COLUMNS };

static const char *const TITLES[COLUMNS]
    = { NC_ ("list", "reference"), NC_ ("list", "name"),         NC_ ("list", "organisation"),
        NC_ ("list", "category"),  NC_ ("list", "registration"), NC_ ("list", "days"),
        NC_ ("list", "arrival") };

typedef struct {
  const Programme *programme;
  GTimeZone *zone;
  const DelegateSearch *search; /* NULL: everybody */
  guint count, near;
  gboolean asked; /* whether one of the near was meant */
  int widths[COLUMNS];
} Table;

/* Of two texts the one in the person's own language, the other if that is empty. */
static const char *own (const Delegate *delegate, const char *fr, const char *zh)
{
  const char *first = delegate_second_leads (delegate) ? zh : fr;
  return *first != '\0' ? first : first == zh ? fr : zh;
}

static char *events_text (const Programme *programme, const Delegate *delegate)
{
  gboolean chinese = delegate_second_leads (delegate);
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; delegate->events[i] != NULL; i++) {
    const ProgrammeEntry *event = programme_event (programme, delegate->events[i]);
    const char *word = event == NULL                   ? delegate->events[i]
                       : chinese && *event->zh != '\0' ? event->zh
                                                       : event->fr;
    WordsSide side = chinese ? WORDS_SECOND : WORDS_FIRST;
    g_string_append (text, i > 0 ? words_for_in (side, "between two things", ", ") : "");
    g_string_append (text, word);
  }
  return g_strdup (text->str);
}

/* @text cut to CELL_COLUMNS_MAX, and freed. */
static char *cut (char *text)
{
  g_autofree char *whole = text;
  return text_fitted (whole, CELL_COLUMNS_MAX);
}

/* "2016-10-26 09:12", and whether she has left since. */
static char *presence_text (const AttendanceRow *row, GTimeZone *zone)
{
  if (!row->arrived)
    return g_strdup ("");
  g_autofree char *time = desk_output_time (zone, row->first_ms, FALSE);
  if (row->inside)
    return g_steal_pointer (&time);
  g_autofree char *away
      = words_line (words_pair_in ("of a person", NC_ ("of a person", "not inside")));
  return g_strdup_printf ("%s (%s)", time, away);
}

static char *days_text (const Delegate *delegate)
{
  if (delegate->revoked)
    return words_line (words_pair_in ("registration", NC_ ("registration", "cancelled")));
  g_autofree char *days = g_strjoinv (" ", delegate->days);
  if (*delegate->status == '\0')
    return g_steal_pointer (&days);
  g_autofree char *open
      = words_line (words_pair_in ("registration", NC_ ("registration", "to be confirmed")));
  return g_strdup_printf ("%s (%s)", days, open);
}

static void make_cells (const Table *table, const AttendanceRow *row, char *cells[COLUMNS])
{
  const Delegate *delegate = row->delegate;
  const ProgrammeEntry *category = category_of (table->programme, delegate);
  g_autofree char *name = delegate_display_name (delegate);
  cells[REFERENCE] = g_strdup (delegate->reference);
  cells[NAME] = cut (g_strdup_printf (
      "%s%s%s", name, *delegate->name_zh != '\0' && !delegate_second_leads (delegate) ? " " : "",
      delegate_second_leads (delegate) ? "" : delegate->name_zh));
  cells[ORGANISATION]
      = cut (g_strdup (own (delegate, delegate->organisation_fr, delegate->organisation_zh)));
  cells[CATEGORY] = cut (category != NULL ? g_strdup_printf ("%s · %s", category->fr, category->zh)
                                          : g_strdup (delegate->category));
  cells[EVENTS] = cut (events_text (table->programme, delegate));
  cells[DAYS] = cut (days_text (delegate));
  cells[PRESENCE] = presence_text (row, table->zone);
}

static gboolean measure_row (const AttendanceRow *row, gpointer data)
{
  Table *table = data;
  char *cells[COLUMNS];
  make_cells (table, row, cells);
  for (int i = 0; i < COLUMNS; i++) {
    table->widths[i] = MAX (table->widths[i], text_columns (cells[i]));
    g_free (cells[i]);
  }
  table->count++;
  table->near += is_near (table->search, row->delegate);
  return TRUE;
}

static void print_cells (const Table *table, const char *const cells[COLUMNS])
{
  for (int i = 0; i < COLUMNS; i++)
    if (i + 1 < COLUMNS)
      g_print ("%s%*s", cells[i], table->widths[i] - text_columns (cells[i]) + 2, "");
    else
      g_print ("%s\n", cells[i]);
}

static gboolean print_row (const AttendanceRow *row, gpointer data)
{
  Table *table = data;
  char *cells[COLUMNS];
  if (!table->asked && is_near (table->search, row->delegate)) {
    g_autofree char *question = words_line (words_pair (N_ ("Did you mean…")));
    g_print ("%s\n", question);
    table->asked = TRUE;
  }
  make_cells (table, row, cells);
  print_cells (data, (const char *const *) cells);
  for (int i = 0; i < COLUMNS; i++)
    g_free (cells[i]);
  return TRUE;
}

/* Listing ---------------------------------------------------------------------------- */

/* What is to be listed. */
typedef struct {
  Journal *journal;
  const Programme *programme;
  GTimeZone *zone;
  const DelegateSearch *search; /* NULL: everybody */
  const AttendanceFilter *filter;
} Roster;

/* Calls @visit with those that a search has found, or with all, as far as the filter lets
 * them through. */
static gboolean visit_all (const Roster *roster, AttendanceVisit visit, gpointer data,
                           GError **error)
{
  if (roster->search == NULL)
    return attendance_each (roster->journal, roster->filter, visit, data, error);
  g_autoptr (Attendance) attendance = attendance_new (roster->journal, roster->filter, error);
  for (guint i = 0; attendance != NULL && i < roster->search->delegates->len; i++) {
    g_autoptr (GError) failed = NULL;
    AttendanceRow row;
    if (attendance_look (attendance, g_ptr_array_index (roster->search->delegates, i), &row,
                         &failed)
        && !visit (&row, data))
      return FALSE;
    if (failed != NULL) {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  }
  return attendance != NULL;
}

static gboolean list_json (const Roster *roster, GError **error)
{
  Listing listing
      = { .programme = roster->programme, .zone = roster->zone, .search = roster->search };
  g_print ("[");
  gboolean listed = visit_all (roster, print_json, &listing, error);
  g_print ("]\n");
  return listed;
}

/* How many there are, and if not all are shown, how to see the others. */
static void say_count (const Table *table)
{
  guint shown = table->count - table->near;
  const DelegateSearch *search = table->search;
  guint given = search != NULL ? search->delegates->len - search->near : 0;
  if (search == NULL || search->total <= given)
    g_printerr (_ ("%u delegates\n"), shown);
  else if (search->total < DELEGATE_SEARCH_COUNT_MAX)
    g_printerr (_ ("%u of %u delegates. Type more to see the others: a given name, an "
                   "organisation, a reference.\n"),
                shown, search->total);
  else
    g_printerr (_ ("%u delegates of more than %u. Type more to see the others: a given name, an "
                   "organisation, a reference.\n"),
                shown, DELEGATE_SEARCH_COUNT_MAX);
}

static gboolean list_table (const Roster *roster, GError **error)
{
  Table table = { .programme = roster->programme, .zone = roster->zone, .search = roster->search };
  g_auto (GStrv) titles = g_new0 (char *, COLUMNS + 1);
  for (int i = 0; i < COLUMNS; i++) {
    titles[i] = words_line (words_pair_in ("list", TITLES[i]));
    table.widths[i] = text_columns (titles[i]);
  }
  if (!visit_all (roster, measure_row, &table, error))
    return FALSE;
  if (table.count > 0)
    print_cells (&table, (const char *const *) titles);
  if (!visit_all (roster, print_row, &table, error))
    return FALSE;
  say_count (&table);
  return TRUE;
}

typedef struct {
  AttendanceTable *table;
  TableWriter *writer;
  guint rows;
  GError *error;
} Export;

static gboolean export_row (const AttendanceRow *row, gpointer data)
{
  Export *export = data;
  export->rows++;
  return table_writer_row (export->writer, attendance_table_values (export->table, row),
                           &export->error);
}

/* To a file, or to standard output. */
static gboolean list_export (const Roster *roster, const RosterOptions *choices, GError **error)
{
  guint count;
  g_autoptr (AttendanceTable) table = attendance_table_new (choices->columns, roster->programme,
                                                            choices->format == TABLE_JSON, error);
  if (table == NULL)
    return FALSE;
  const TableColumn *columns = attendance_table_columns (table, &count);
  Export export = { .table = table };
  g_autofree char *title = words_line (words_pair_in ("sheet", NC_ ("sheet", "People registered")));
  export.writer = table_writer_open (choices->format, choices->output, title, columns, count,
                                     roster->zone, error);
  if (export.writer == NULL)
    return FALSE;
  gboolean listed = visit_all (roster, export_row, &export, error);
  if (export.error != NULL)
    g_propagate_error (error, export.error);
  if (!listed) {
    table_writer_abandon (export.writer);
    return FALSE;
  }
  g_printerr (_ ("%u delegates\n"), export.rows);
  return table_writer_close (export.writer, error);
}

static gboolean list (const Roster *roster, const RosterOptions *choices, GError **error)
{
  if (choices->exported)
    return list_export (roster, choices, error);
  return (choices->json ? list_json : list_table) (roster, error);
}

static int work (Journal *journal, const RosterOptions *choices)
{
  GError *error = NULL;
  AttendanceFilter filter;
  g_autoptr (Programme) programme = programme_read (journal, &error);
  g_autoptr (GTimeZone) zone = desk_output_zone (journal);
  if (programme == NULL || !roster_filter_make (choices, programme, &filter, &error))
    return command_fail (&command_roster, error);
  g_autoptr (DelegateSearch) found
      = choices->search != NULL
            ? delegate_search (journal, choices->search, DELEGATE_SEARCH_MAX, &error)
            : NULL;
  const Roster roster = { journal, programme, zone, found, &filter };
  if (error != NULL || !list (&roster, choices, &error))
    return command_fail (&command_roster, error);
  return 0;
}

static int run (int argc, char **argv)
{
  g_auto (RosterOptions) choices = { 0 };
  int status;

  if (!roster_filter_parse (&command_roster, &choices, &argc, &argv, &status))
    return status;
  if (argc > 1)
    return command_usage (&command_roster, _ ("“%s” is not expected; to search, write --search %s"),
                          argv[1], argv[1]);
  g_autoptr (Journal) journal = command_open ();
  return journal != NULL ? work (journal, &choices) : EXIT_REFUSED;
}
