#include "cli/roster_filter.h"

#include "core/words.h"

#include <string.h>

void roster_filter_clear (RosterOptions *choices)
{
  char *const texts[]
      = { choices->search,     choices->event,    choices->day,     choices->session,
          choices->delegation, choices->category, choices->columns, choices->output };
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (texts[i]);
}

/* Which format, and where to. */
static gboolean settle_output (const Command *command, RosterOptions *choices, int *status)
{
  if (choices->csv + choices->xlsx + choices->json > 1) {
    *status = command_usage (command, "%s", _ ("one of --csv, --xlsx and --json at a time"));
    return FALSE;
  }
  gboolean named = choices->output != NULL
                   && table_writer_format_from_path (choices->output, &choices->format);
  if (choices->csv || choices->xlsx || choices->json)
    choices->format = choices->csv ? TABLE_CSV : choices->xlsx ? TABLE_XLSX : TABLE_JSON;
  else if (choices->output != NULL && !named) {
    *status = command_usage (command, _ ("%s: write a name that ends in .csv, .xlsx or .json"),
                             choices->output);
    return FALSE;
  } else if (choices->output == NULL && choices->columns != NULL)
    choices->format = TABLE_CSV;
  if (choices->format == TABLE_XLSX && choices->xlsx && choices->output == NULL) {
    *status = command_usage (command, "%s", _ ("a workbook needs a file: --output FILE.xlsx"));
    return FALSE;
  }
  choices->exported
      = choices->csv || choices->xlsx || choices->output != NULL || choices->columns != NULL;
  return TRUE;
}

gboolean roster_filter_parse (const Command *command, RosterOptions *choices, int *argc,
                              char ***argv, int *status)
{
  GOptionEntry entries[] = {
    { "search", 's', 0, G_OPTION_ARG_STRING, &choices->search,
      N_ ("Only those that this finds, the best first, 50 at most"), N_ ("TEXT") },
    { "arrived", 0, 0, G_OPTION_ARG_NONE, &choices->arrived,
      N_ ("Only who was admitted at an entrance"), NULL },
    { "inside", 0, 0, G_OPTION_ARG_NONE, &choices->inside,
      N_ ("Only who is inside: admitted on the day, and not gone out since"), NULL },
    { "missing", 0, 0, G_OPTION_ARG_NONE, &choices->missing,
      N_ ("Only who is registered and has not arrived"), NULL },
    { "event", 0, 0, G_OPTION_ARG_STRING, &choices->event,
      N_ ("Only who is registered for this event or came to it, by id or word"), N_ ("ID") },
    { "day", 0, 0, G_OPTION_ARG_STRING, &choices->day, N_ ("The same for a day, as 26 or a date"),
      N_ ("DAY") },
    { "session", 0, 0, G_OPTION_ARG_STRING, &choices->session, N_ ("The same for a session"),
      N_ ("ID") },
    { "delegation", 0, 0, G_OPTION_ARG_STRING, &choices->delegation, N_ ("Only this delegation"),
      N_ ("WORD") },
    { "category", 0, 0, G_OPTION_ARG_STRING, &choices->category,
      N_ ("Only this category, by id or word"), N_ ("WORD") },
    { "csv", 0, 0, G_OPTION_ARG_NONE, &choices->csv, N_ ("As a table with commas"), NULL },
    { "xlsx", 0, 0, G_OPTION_ARG_NONE, &choices->xlsx, N_ ("As a workbook; with --output"), NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &choices->json, N_ ("As a JSON array"), NULL },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &choices->output,
      N_ ("Write to this file, whose end says what it is"), N_ ("FILE.csv|.xlsx|.json") },
    { "columns", 0, 0, G_OPTION_ARG_STRING, &choices->columns,
      N_ ("The columns of the table, in this order, as in reference,family,arrived,first"),
      N_ ("KEY,…") },
    { 0 },
  };
  if (!command_parse (command, entries, argc, argv, status))
    return FALSE;
  if (choices->arrived + choices->inside + choices->missing > 1) {
    *status
        = command_usage (command, "%s", _ ("one of --arrived, --inside and --missing at a time"));
    return FALSE;
  }
  if (*argc == 2 && choices->output == NULL && (choices->csv || choices->xlsx || choices->json)) {
    choices->output = g_strdup ((*argv)[1]);
    *argc = 1;
  }
  return settle_output (command, choices, status);
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

gboolean roster_filter_make (const RosterOptions *choices, const Programme *programme,
                             AttendanceFilter *filter, GError **error)
{
  *filter = (AttendanceFilter){ .state = choices->arrived   ? ATTENDANCE_ARRIVED
                                         : choices->inside  ? ATTENDANCE_INSIDE
                                         : choices->missing ? ATTENDANCE_MISSING
                                                            : ATTENDANCE_ALL };
  const ProgrammeEntry *delegation
      = choices->delegation != NULL ? programme_delegation (programme, choices->delegation) : NULL;
  filter->delegation = delegation != NULL ? delegation->id : choices->delegation;
  return take_id (choices->event,
                  choices->event != NULL ? programme_event (programme, choices->event) : NULL,
                  _ ("event"), programme->events, &filter->event, error)
         && take_id (choices->session,
                     choices->session != NULL ? programme_session (programme, choices->session)
                                              : NULL,
                     _ ("session"), programme->sessions, &filter->session, error)
         && take_id (choices->category,
                     choices->category != NULL ? programme_category (programme, choices->category)
                                               : NULL,
                     _ ("category"), programme->categories, &filter->category, error)
         && take_day (choices->day, programme, filter, error);
}
