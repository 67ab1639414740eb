#include "cli/roster_filter.h"

#include "core/words.h"

#include <string.h>

void roster_filter_clear (RosterWishes *wishes)
{
  char *const texts[] = { wishes->search,     wishes->event,    wishes->day,     wishes->session,
                          wishes->delegation, wishes->category, wishes->columns, wishes->output };
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (texts[i]);
}

/* Which format, and where to. */
static gboolean settle_output (const Command *command, RosterWishes *wishes, int *status)
{
  if (wishes->csv + wishes->xlsx + wishes->json > 1) {
    *status = command_usage (command, "%s", _ ("one of --csv, --xlsx and --json at a time"));
    return FALSE;
  }
  gboolean named
      = wishes->output != NULL && table_writer_format_from_path (wishes->output, &wishes->format);
  if (wishes->csv || wishes->xlsx || wishes->json)
    wishes->format = wishes->csv ? TABLE_CSV : wishes->xlsx ? TABLE_XLSX : TABLE_JSON;
  else if (wishes->output != NULL && !named) {
    *status = command_usage (command, _ ("%s: write a name that ends in .csv, .xlsx or .json"),
                             wishes->output);
    return FALSE;
  } else if (wishes->output == NULL && wishes->columns != NULL)
    wishes->format = TABLE_CSV;
  if (wishes->format == TABLE_XLSX && wishes->xlsx && wishes->output == NULL) {
    *status = command_usage (command, "%s", _ ("a workbook needs a file: --output FILE.xlsx"));
    return FALSE;
  }
  wishes->exported
      = wishes->csv || wishes->xlsx || wishes->output != NULL || wishes->columns != NULL;
  return TRUE;
}

gboolean roster_filter_parse (const Command *command, RosterWishes *wishes, int *argc, char ***argv,
                              int *status)
{
  GOptionEntry entries[] = {
    { "search", 's', 0, G_OPTION_ARG_STRING, &wishes->search,
      N_ ("Only those that this finds, the best first, 50 at most"), N_ ("TEXT") },
    { "arrived", 0, 0, G_OPTION_ARG_NONE, &wishes->arrived,
      N_ ("Only who was admitted at an entrance"), NULL },
    { "inside", 0, 0, G_OPTION_ARG_NONE, &wishes->inside,
      N_ ("Only who is inside: admitted on the day, and not gone out since"), NULL },
    { "missing", 0, 0, G_OPTION_ARG_NONE, &wishes->missing,
      N_ ("Only who is registered and has not arrived"), NULL },
    { "event", 0, 0, G_OPTION_ARG_STRING, &wishes->event,
      N_ ("Only who is registered for this event or came to it, by id or word"), N_ ("ID") },
    { "day", 0, 0, G_OPTION_ARG_STRING, &wishes->day, N_ ("The same for a day, as 26 or a date"),
      N_ ("DAY") },
    { "session", 0, 0, G_OPTION_ARG_STRING, &wishes->session, N_ ("The same for a session"),
      N_ ("ID") },
    { "delegation", 0, 0, G_OPTION_ARG_STRING, &wishes->delegation, N_ ("Only this delegation"),
      N_ ("WORD") },
    { "category", 0, 0, G_OPTION_ARG_STRING, &wishes->category,
      N_ ("Only this category, by id or word"), N_ ("WORD") },
    { "csv", 0, 0, G_OPTION_ARG_NONE, &wishes->csv, N_ ("As a table with commas"), NULL },
    { "xlsx", 0, 0, G_OPTION_ARG_NONE, &wishes->xlsx, N_ ("As a workbook; with --output"), NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &wishes->json, N_ ("As a JSON array"), NULL },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &wishes->output,
      N_ ("Write to this file, whose end says what it is"), N_ ("FILE.csv|.xlsx|.json") },
    { "columns", 0, 0, G_OPTION_ARG_STRING, &wishes->columns,
      N_ ("The columns of the table, in this order, as in reference,family,arrived,first"),
      N_ ("KEY,…") },
    { 0 },
  };
  if (!command_parse (command, entries, argc, argv, status))
    return FALSE;
  if (wishes->arrived + wishes->inside + wishes->missing > 1) {
    *status
        = command_usage (command, "%s", _ ("one of --arrived, --inside and --missing at a time"));
    return FALSE;
  }
  if (*argc == 2 && wishes->output == NULL && (wishes->csv || wishes->xlsx || wishes->json)) {
    wishes->output = g_strdup ((*argv)[1]);
    *argc = 1;
  }
  return settle_output (command, wishes, status);
}

/* Filter ----------------------------------------------------------------------------- */

static gboolean fail (const char *word, const char *what, const GPtrArray *entries, GError **error)
{
  g_autofree char *words = programme_words (entries);
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               _ ("“%s” is no %s of the event file. Write one of: %s."), word, what, words);
  return FALSE;
}

/* The id of @word, or NULL with @error. */
static gboolean take_id (const char *word, const ProgrammeEntry *entry, const char *what,
                         const GPtrArray *entries, const char **id, GError **error)
{
  if (word == NULL)
    return TRUE;
  if (entry == NULL)
    return fail (word, what, entries, error);
  *id = entry->id;
  return TRUE;
}

static gboolean take_day (const char *word, const Programme *programme, AttendanceFilter *filter,
                          GError **error)
{
  if (word == NULL)
    return TRUE;
  const Day *day = programme_day (programme, word);
  if (day == NULL) {
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                 _ ("“%s” is no day of the event file."), word);
    return FALSE;
  }
  filter->day = day->date;
  filter->day_label = day->label;
  return TRUE;
}

gboolean roster_filter_make (const RosterWishes *wishes, const Programme *programme,
                             AttendanceFilter *filter, GError **error)
{
  *filter = (AttendanceFilter){ .state = wishes->arrived   ? ATTENDANCE_ARRIVED
                                         : wishes->inside  ? ATTENDANCE_INSIDE
                                         : wishes->missing ? ATTENDANCE_MISSING
                                                           : ATTENDANCE_ALL };
  const ProgrammeEntry *delegation
      = wishes->delegation != NULL ? programme_delegation (programme, wishes->delegation) : NULL;
  filter->delegation = delegation != NULL ? delegation->id : wishes->delegation;
  return take_id (wishes->event,
                  wishes->event != NULL ? programme_event (programme, wishes->event) : NULL,
                  _ ("event"), programme->events, &filter->event, error)
         && take_id (wishes->session,
                     wishes->session != NULL ? programme_session (programme, wishes->session)
                                             : NULL,
                     _ ("session"), programme->sessions, &filter->session, error)
         && take_id (wishes->category,
                     wishes->category != NULL ? programme_category (programme, wishes->category)
                                              : NULL,
                     _ ("category"), programme->categories, &filter->category, error)
         && take_day (wishes->day, programme, filter, error);
}
