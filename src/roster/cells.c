#include "roster/cells.h"

#include "core/identifier.h"
#include "core/text.h"
#include "core/words.h"
#include "roster/characters.h"
#include "roster/day_list.h"
#include "roster/heading_parts.h"
#include "roster/import_fault.h"
#include "roster/spoiled.h"
#include "roster/value.h"

#include <string.h>

/* Of the values of a field that are kept as they were read: how many, and how long. */
#define KNOWN_MAX 500
#define KNOWN_BYTES_MAX 64
#define TRANSLATED_LINES 2 /* where the headings may stand again in another language */
#define DAY_BYTES_MAX 64   /* of a heading that is a day */

/* A column that says yes or no to an event. */
typedef struct {
  guint column;
  const char *id;
} EventColumn;

/* A column that says yes or no to a day. */
typedef struct {
  guint column;
  const char *label;
} DayColumn;

/* A column without a heading. */
typedef struct {
  guint column, values, line; /* line: of the first value */
} NamelessColumn;

struct _Cells {
  const List *list;
  int columns[FIELD_COUNT]; /* -1: the list has none */
  GArray *events;           /* EventColumn */
  GArray *days;             /* DayColumn */
  GArray *nameless;         /* NamelessColumn */
  GArray *telephones;       /* guint: columns beside that of FIELD_TELEPHONE */
  guint heading_count;
  const char *country;
  /* whose headings a platform wrote by itself, used where nobody asked for the same; -1:
   * none */
  int platform_name, platform_email, platform_number;
  GHashTable *known[FIELD_NONE + 1]; /* as it stands → as it was read; NULL before the first */
  /* of the row being read */
  const CsvRow *row;
  GPtrArray *faults;
};

gboolean cells_has (const Cells *cells, Field field)
{
  return cells->columns[field] >= 0;
}

const char *cells_heading (const Cells *cells, Field field)
{
  return cells_has (cells, field) ? list_headings (cells->list)[cells->columns[field]] : "";
}

/* Columns ---------------------------------------------------------------------------- */

/* The event that @heading names, in one language or in both (“Rencontres / 会议”). */
static const ProgrammeEntry *event_of (const Programme *programme, const char *heading)
{
  const ProgrammeEntry *event = programme_event (programme, heading);
  g_autofree char *plain = event == NULL ? heading_parts_plain (heading) : NULL;
  if (event != NULL || *plain == '\0')
    return event;
  g_auto (GStrv) parts = heading_parts_split (plain);
  for (guint i = 0; parts[i] != NULL; i++) {
    const ProgrammeEntry *one = programme_event (programme, parts[i]);
    if (one == NULL || (event != NULL && one != event))
      return NULL;
    event = one;
  }
  return event;
}

/* The one day that @text names, NULL if it is none or several. */
static const Day *one_day (const Programme *programme, const char *text)
{
  g_autoptr (GPtrArray) labels = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *part = NULL;
  if (strlen (text) > DAY_BYTES_MAX
      || day_list_read (programme, text, labels, &part) != DAY_LIST_READ || labels->len != 1)
    return NULL;
  return programme_day (programme, g_ptr_array_index (labels, 0));
}

/* The day that @heading names: “26/10”, “26 octobre”, “Présence 26/10”, “10月26日（参会）”. */
static const Day *day_of (const Programme *programme, const char *heading)
{
  g_autofree char *plain = heading_parts_plain (heading);
  const Day *day = *plain != '\0' ? one_day (programme, plain) : NULL;
  for (char *space = strrchr (plain, ' '); day == NULL && space != NULL;) {
    g_autofree char *before = g_strndup (plain, (gsize) (space - plain));
    if (heading_field (before, NULL) == FIELD_DAYS)
      day = one_day (programme, space + 1);
    char *next = g_strrstr_len (plain, space - plain, " ");
    space = next;
  }
  return day;
}

const char *cells_said (const CellsKnown *known, const char *heading)
{
  const char *said = heading_map_find (known->said, heading);
  return said != NULL ? said : heading_map_find (known->remembered, heading);
}

gboolean cells_knows_heading (const char *heading, gpointer data)
{
  const CellsKnown *known = data;
  const char *said = cells_said (known, heading);
  const char *meaning = said != NULL ? said : heading;
  return *meaning != '\0'
         && (heading_field (meaning, NULL) != FIELD_NONE
             || event_of (known->programme, meaning) != NULL
             || day_of (known->programme, meaning) != NULL);
}

static gboolean fail_twice (const List *list, const char *first, const char *second, GError **error)
{
  g_set_error (error, IMPORT_ERROR, IMPORT_ERROR_FORMAT,
               _ ("%s: line %u: the headings “%s” and “%s” mean the same. Remove or rename "
                  "one of "
                  "the columns."),
               list_path (list), list_heading_line (list), first, second);
  return FALSE;
}

static gboolean take_event_column (Cells *cells, guint column, const ProgrammeEntry *event,
                                   GError **error)
{
  const char *const *headings = list_headings (cells->list);
  for (guint i = 0; i < cells->events->len; i++) {
    EventColumn *known = &g_array_index (cells->events, EventColumn, i);
    if (known->id == event->id)
      return fail_twice (cells->list, headings[known->column], headings[column], error);
  }
  EventColumn taken = { .column = column, .id = event->id };
  g_array_append_val (cells->events, taken);
  return TRUE;
}

static gboolean take_day_column (Cells *cells, guint column, const Day *day, GError **error)
{
  const char *const *headings = list_headings (cells->list);
  for (guint i = 0; i < cells->days->len; i++) {
    DayColumn *known = &g_array_index (cells->days, DayColumn, i);
    if (known->label == day->label)
      return fail_twice (cells->list, headings[known->column], headings[column], error);
  }
  DayColumn taken = { .column = column, .label = day->label };
  g_array_append_val (cells->days, taken);
  return TRUE;
}

static void note_unknown (const List *list, const GString *unknown, GPtrArray *notes)
{
  if (unknown->len > 0)
    g_ptr_array_add (
        notes, g_strdup_printf (_ ("%s: columns not known and passed over: %s. To say what one is: "
                                   "--map HEADING=MEANING"),
                                list_path (list), unknown->str));
}

/* Platforms -------------------------------------------------------------------------- */

static gboolean is_heading (const char *heading, const char *const *names)
{
  g_autofree char *folded = text_fold (heading);
  return g_strv_contains (names, folded);
}

/* Microsoft Forms begins its table with ID, start, end, e-mail and name (which it fills,
 * or writes “anonymous”), then come the questions. 问卷星 numbers its answers, and the
 * number stays theirs. */
static void find_platform_columns (Cells *cells)
{
  static const char *const START[] = { "heure de debut", "start time", "开始时间", NULL };
  static const char *const END[]
      = { "heure de fin", "completion time", "完成时间", "结束时间", NULL };
  static const char *const EMAIL[] = { "adresse de messagerie", "email", "电子邮件", NULL };
  static const char *const NAME[] = { "nom", "name", "名称", "姓名", NULL };
  static const char *const ANSWERED[] = { "提交答卷时间", "提交时间", NULL };
  static const char *const NUMBER[] = { "序号", NULL };
  const char *const *headings = list_headings (cells->list);
  guint count = cells->heading_count;
  cells->platform_name = cells->platform_email = cells->platform_number = -1;
  if (count > 4 && is_heading (headings[1], START) && is_heading (headings[2], END)) {
    cells->platform_email = is_heading (headings[3], EMAIL) ? 3 : -1;
    cells->platform_name = is_heading (headings[4], NAME) ? 4 : -1;
  }
  if (count > 2 && is_heading (headings[0], NUMBER) && is_heading (headings[1], ANSWERED))
    cells->platform_number = 0;
}

static gboolean is_platform_column (const Cells *cells, guint column)
{
  return (int) column == cells->platform_name || (int) column == cells->platform_email
         || (int) column == cells->platform_number;
}

static gboolean is_chinese_heading (const char *heading)
{
  for (const char *p = heading; *p != '\0'; p++)
    if (g_ascii_isalpha (*p))
      return FALSE;
  return text_has_han (heading);
}

/* 名字 alone is the whole name; so is what stands below 外文名 or 英文名 beside 姓名, where there
 * is no column for 姓. Beside 拼音 it is one name too many. */
static void take_chinese_names (Cells *cells, GPtrArray *notes)
{
  int *columns = cells->columns, *given = &columns[FIELD_GIVEN];
  if (*given < 0 || columns[FIELD_FAMILY] >= 0
      || !is_chinese_heading (cells_heading (cells, FIELD_GIVEN)))
    return;
  Field meant = columns[FIELD_NAME_ZH] >= 0 ? FIELD_FULL_NAME : FIELD_NAME_ZH;
  if (columns[meant] < 0)
    columns[meant] = *given;
  else {
    g_autoptr (GString) passed = g_string_new (NULL);
    g_string_append_printf (passed, "“%s”", cells_heading (cells, FIELD_GIVEN));
    note_unknown (cells->list, passed, notes);
  }
  *given = -1;
}

/* What a platform has written by itself serves where no column of the list's own does. A
 * code that is scanned names its person as well as a reference. */
static void take_platform_columns (Cells *cells, GPtrArray *notes)
{
  int *columns = cells->columns;
  if (columns[FIELD_EMAIL] < 0)
    columns[FIELD_EMAIL] = cells->platform_email;
  if (columns[FIELD_FAMILY] < 0 && columns[FIELD_FULL_NAME] < 0 && columns[FIELD_NAME_ZH] < 0)
    columns[FIELD_FULL_NAME] = cells->platform_name;
  if (columns[FIELD_REFERENCE] < 0)
    columns[FIELD_REFERENCE]
        = columns[FIELD_CODE] >= 0 ? columns[FIELD_CODE] : cells->platform_number;
  if (columns[FIELD_REFERENCE] >= 0
      && (columns[FIELD_REFERENCE] == columns[FIELD_CODE]
          || columns[FIELD_REFERENCE] == cells->platform_number))
    g_ptr_array_add (notes, g_strdup_printf (_ ("%s: “%s” serves as the reference"),
                                             list_path (cells->list),
                                             cells_heading (cells, FIELD_REFERENCE)));
  take_chinese_names (cells, notes);
  /* “Nom / 姓” beside “Prénom / 名” is one of two parts of a name */
  if (columns[FIELD_FULL_NAME] >= 0 && columns[FIELD_GIVEN] >= 0 && columns[FIELD_FAMILY] < 0) {
    columns[FIELD_FAMILY] = columns[FIELD_FULL_NAME];
    columns[FIELD_FULL_NAME] = -1;
  }
}

static void take_nameless (Cells *cells, guint column)
{
  NamelessColumn nameless = { .column = column };
  g_array_append_val (cells->nameless, nameless);
}

static gboolean take_columns (Cells *cells, const CellsKnown *known, GPtrArray *notes,
                              GError **error)
{
  const char *const *headings = list_headings (cells->list);
  g_autoptr (GString) unknown = g_string_new (NULL);
  guint languages[3] = { 0 };
  for (guint i = 0; headings[i] != NULL; i++) {
    HeadingLanguage language = HEADING_ENGLISH;
    const char *said = cells_said (known, headings[i]);
    const char *meaning = said != NULL ? said : headings[i];
    Field field = heading_field (meaning, &language);
    const ProgrammeEntry *event = field == FIELD_NONE ? event_of (known->programme, meaning) : NULL;
    const Day *day
        = field == FIELD_NONE && event == NULL ? day_of (known->programme, meaning) : NULL;
    if (*headings[i] == '\0')
      take_nameless (cells, i);
    if (*meaning == '\0' || (said == NULL && is_platform_column (cells, i)))
      continue;
    if (event != NULL) {
      if (!take_event_column (cells, i, event, error))
        return FALSE;
    } else if (day != NULL) {
      if (!take_day_column (cells, i, day, error))
        return FALSE;
    } else if (field == FIELD_NONE) {
      g_string_append_printf (unknown, "%s“%s”", unknown->len > 0 ? ", " : "", headings[i]);
    } else if (field == FIELD_TELEPHONE && cells->columns[field] >= 0) {
      g_array_append_val (cells->telephones, i);
    } else if (cells->columns[field] >= 0) {
      return fail_twice (cells->list, headings[cells->columns[field]], headings[i], error);
    } else {
      cells->columns[field] = (int) i;
      languages[language]++;
    }
  }
  cells->country = languages[HEADING_FRENCH] > languages[HEADING_CHINESE]   ? "FR"
                   : languages[HEADING_CHINESE] > languages[HEADING_FRENCH] ? "CN"
                                                                            : "";
  note_unknown (cells->list, unknown, notes);
  return TRUE;
}

static gboolean check_needed (const Cells *cells, GError **error)
{
  const char *missing = !cells_has (cells, FIELD_REFERENCE) ? heading_name (FIELD_REFERENCE)
                        : !cells_has (cells, FIELD_FAMILY) && !cells_has (cells, FIELD_FULL_NAME)
                                && !cells_has (cells, FIELD_NAME_ZH)
                            ? heading_name (FIELD_FAMILY)
                            : NULL;
  if (missing == NULL)
    return TRUE;
  g_set_error (error, IMPORT_ERROR, IMPORT_ERROR_FORMAT,
               _ ("%s: line %u: there is no column “%s”. Add it, or say which one it is: --map "
                  "HEADING=MEANING"),
               list_path (cells->list), list_heading_line (cells->list), missing);
  return FALSE;
}

Cells *cells_new (const List *list, const CellsKnown *known, GPtrArray *notes, GError **error)
{
  g_autoptr (Cells) cells = g_new0 (Cells, 1);
  cells->list = list;
  cells->events = g_array_new (FALSE, FALSE, sizeof (EventColumn));
  cells->days = g_array_new (FALSE, FALSE, sizeof (DayColumn));
  cells->nameless = g_array_new (FALSE, FALSE, sizeof (NamelessColumn));
  cells->telephones = g_array_new (FALSE, FALSE, sizeof (guint));
  for (const char *const *heading = list_headings (list); *heading != NULL; heading++)
    cells->heading_count++;
  for (guint i = 0; i < FIELD_COUNT; i++)
    cells->columns[i] = -1;
  find_platform_columns (cells);
  if (!take_columns (cells, known, notes, error))
    return NULL;
  take_platform_columns (cells, notes);
  if (!check_needed (cells, error))
    return NULL;
  return g_steal_pointer (&cells);
}

void cells_free (Cells *cells)
{
  if (cells == NULL)
    return;
  g_array_unref (cells->events);
  g_array_unref (cells->days);
  g_array_unref (cells->nameless);
  g_array_unref (cells->telephones);
  for (gsize i = 0; i < G_N_ELEMENTS (cells->known); i++)
    g_clear_pointer (&cells->known[i], g_hash_table_unref);
  g_free (cells);
}

const char *cells_country (const Cells *cells)
{
  return cells->country;
}

/* Cells ------------------------------------------------------------------------------ */

static void fault_at (Cells *cells, guint column, const char *value, const char *reason)
{
  const char *heading = column < cells->heading_count ? list_headings (cells->list)[column] : "";
  g_autofree char *number = *heading == '\0' ? g_strdup_printf (_ ("column %u"), column + 1) : NULL;
  g_autofree char *cell = list_cell (cells->list, column, cells->row->line);
  g_autofree char *named
      = *cell != '\0' ? g_strdup_printf ("%s (%s)", number != NULL ? number : heading, cell) : NULL;
  g_ptr_array_add (cells->faults, import_fault_new (list_path (cells->list), cells->row->line,
                                                    named != NULL    ? named
                                                    : number != NULL ? number
                                                                     : heading,
                                                    value, reason));
}

guint cells_faults (const Cells *cells)
{
  return cells->faults->len;
}

void cells_fault (Cells *cells, Field field, const char *value, const char *reason)
{
  fault_at (cells, (guint) cells->columns[field], value, reason);
}

static gboolean is_name_field (Field field)
{
  return field == FIELD_FAMILY || field == FIELD_GIVEN || field == FIELD_FULL_NAME
         || field == FIELD_NAME_ZH;
}

static gboolean is_code_field (Field field)
{
  return field == FIELD_REFERENCE || field == FIELD_EMAIL || field == FIELD_CODE
         || field == FIELD_TELEPHONE;
}

/* Told by what stands in it, and printed or looked for as it is: where a sign for nothing
 * would be taken for a name. */
static gboolean is_free_text (Field field)
{
  switch (field) {
  case FIELD_TITLE:
  case FIELD_FAMILY:
  case FIELD_GIVEN:
  case FIELD_FULL_NAME:
  case FIELD_NAME_ZH:
  case FIELD_FUNCTION:
  case FIELD_FUNCTION_FR:
  case FIELD_FUNCTION_ZH:
  case FIELD_ORGANISATION:
  case FIELD_ORGANISATION_FR:
  case FIELD_ORGANISATION_ZH:
  case FIELD_CATEGORY:
  case FIELD_DELEGATION:
  case FIELD_COUNTRY:
  case FIELD_EMAIL:
  case FIELD_TELEPHONE:
  case FIELD_WORKSHOPS:
  case FIELD_ROLE:
  case FIELD_HOTEL:
  case FIELD_MESSAGE:
  case FIELD_RANK:
  case FIELD_LANGUAGE:
  case FIELD_CODE:
  case FIELD_RIBBONS:
    return TRUE;
  default:
    return FALSE;
  }
}

/* “1 234 567” */
static gboolean is_grouped (const char *text)
{
  gsize group = strspn (text, "0123456789");
  const char *p = text + group;
  if (group == 0 || group > 3 || *p == '\0')
    return FALSE;
  for (; *p == ' ' && strspn (p + 1, "0123456789") == 3; p += 4)
    ;
  return *p == '\0';
}

static char *without_spaces (char *text)
{
  char *to = text;
  for (const char *p = text; *p != '\0'; p++)
    if (*p != ' ')
      *to++ = *p;
  *to = '\0';
  return text;
}

/* ="0012" and '0012 are how programs keep Excel from taking a text for a number; “1 234”
 * is how it shows one. */
static char *without_guards (char *text, Field field)
{
  gsize length = strlen (text);
  if (g_str_has_prefix (text, "=\"") && length > 3 && strchr (text + 2, '"') == text + length - 1) {
    text[length - 1] = '\0';
    memmove (text, text + 2, length - 2);
  } else if (*text == '\'' && is_code_field (field) && g_ascii_isalnum (text[1]))
    memmove (text, text + 1, length);
  return field == FIELD_REFERENCE && is_grouped (text) ? without_spaces (text) : text;
}

/* @raw cleaned, its characters put right. */
static char *clean_cell (const char *raw, Field field)
{
  g_autofree char *clean = text_clean (raw);
  g_autofree char *right
      = is_code_field (field) ? characters_put_right_code (clean) : characters_put_right (clean);
  char *text = strcmp (right, clean) == 0 ? g_steal_pointer (&right) : text_clean (right);
  return without_guards (text, field);
}

/* A fault if @text is spoiled or longer than a field may be. */
static gboolean check_cell (Cells *cells, guint column, Field field, const char *text)
{
  g_autofree char *spoiled = spoiled_reason (text, is_name_field (field)      ? SPOILED_NAME
                                                   : field == FIELD_REFERENCE ? SPOILED_REFERENCE
                                                                              : SPOILED_TEXT);
  if (spoiled != NULL) {
    fault_at (cells, column, text, spoiled);
    return FALSE;
  }
  glong length = g_utf8_strlen (text, -1);
  if (length <= CELL_CHARACTERS_MAX)
    return TRUE;
  g_autofree char *reason
      = g_strdup_printf (_ ("is too long: %ld characters, and %d are possible. Shorten it."),
                         length, CELL_CHARACTERS_MAX);
  fault_at (cells, column, text, reason);
  return FALSE;
}

/* Thousands of rows say the same of an organisation, a day, a meal: it is read once. */
static const char *known_value (const Cells *cells, Field field, const char *raw)
{
  GHashTable *known = cells->known[field];
  return known != NULL ? g_hash_table_lookup (known, raw) : NULL;
}

static void keep_value (Cells *cells, Field field, const char *raw, const char *text)
{
  GHashTable **known = &cells->known[field];
  if (is_code_field (field) || strlen (raw) > KNOWN_BYTES_MAX)
    return;
  if (*known == NULL)
    *known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (g_hash_table_size (*known) < KNOWN_MAX)
    g_hash_table_insert (*known, g_strdup (raw), g_strdup (text));
}

/* The cleaned text of a column; "" and a fault if it cannot be that of a field. */
static char *cell_at (Cells *cells, guint column, Field field)
{
  const char *raw = column < cells->row->count ? cells->row->fields[column] : "";
  const char *known = *raw != '\0' ? known_value (cells, field, raw) : "";
  if (known != NULL)
    return g_strdup (known);
  if (value_has_control (raw)) {
    fault_at (
        cells, column, raw,
        _ ("holds a control character, or one that could not be read. Write the value again."));
    return g_strdup ("");
  }
  g_autofree char *text = clean_cell (raw, field);
  if (is_free_text (field) && value_is_nothing (text))
    return g_strdup ("");
  if (field == FIELD_EMAIL && (int) column == cells->platform_email && strchr (text, '@') == NULL)
    return g_strdup (""); /* “anonymous” */
  if (!check_cell (cells, column, field, text))
    return g_strdup ("");
  keep_value (cells, field, raw, text);
  return g_steal_pointer (&text);
}

/* @first and what the other columns of telephone numbers hold, as far as there is
 * room. */
static char *with_telephones (Cells *cells, char *first)
{
  g_autoptr (GString) text = g_string_new (first);
  g_free (first);
  for (guint i = 0; i < cells->telephones->len; i++) {
    g_autofree char *more
        = cell_at (cells, g_array_index (cells->telephones, guint, i), FIELD_TELEPHONE);
    if (*more != '\0' && text->len + strlen (more) < CELL_CHARACTERS_MAX)
      g_string_append_printf (text, "%s%s", text->len > 0 ? " / " : "", more);
  }
  return g_strdup (text->str);
}

char *cells_text (Cells *cells, Field field)
{
  if (field == FIELD_TELEPHONE && cells->telephones->len > 0)
    return with_telephones (cells, cell_at (cells, (guint) cells->columns[field], field));
  return cells_has (cells, field) ? cell_at (cells, (guint) cells->columns[field], field)
                                  : g_strdup ("");
}

static gboolean yes_no_at (Cells *cells, guint column)
{
  g_autofree char *text = cell_at (cells, column, FIELD_NONE);
  gboolean answer = FALSE;
  if (*text != '\0' && !value_yes_no (text, &answer))
    fault_at (cells, column, text, _ ("is neither yes nor no. Write oui or non, 是 or 否."));
  return answer;
}

gboolean cells_yes_no (Cells *cells, Field field)
{
  return cells_has (cells, field) && yes_no_at (cells, (guint) cells->columns[field]);
}

gboolean cells_event (Cells *cells, guint index, const char **id, gboolean *answer)
{
  if (index >= cells->events->len)
    return FALSE;
  const EventColumn *column = &g_array_index (cells->events, EventColumn, index);
  *id = column->id;
  *answer = yes_no_at (cells, column->column);
  return TRUE;
}

gboolean cells_day (Cells *cells, guint index, const char **label, gboolean *answer)
{
  if (index >= cells->days->len)
    return FALSE;
  const DayColumn *column = &g_array_index (cells->days, DayColumn, index);
  *label = column->label;
  *answer = yes_no_at (cells, column->column);
  return TRUE;
}

gboolean cells_speaks (const Cells *cells, Field field)
{
  return cells_has (cells, field) || (field == FIELD_EVENTS && cells->events->len > 0)
         || (field == FIELD_DAYS && cells->days->len > 0);
}

gboolean cells_has_event (const Cells *cells, const char *id)
{
  for (guint i = 0; i < cells->events->len; i++)
    if (g_strcmp0 (g_array_index (cells->events, EventColumn, i).id, id) == 0)
      return TRUE;
  return FALSE;
}

char *cells_reference (const Cells *cells, const CsvRow *row)
{
  guint column = (guint) cells->columns[FIELD_REFERENCE];
  return clean_cell (column < row->count ? row->fields[column] : "", FIELD_REFERENCE);
}

gboolean cells_is_total (const Cells *cells, const CsvRow *row)
{
  static const Field NAMES[] = { FIELD_FAMILY, FIELD_GIVEN, FIELD_FULL_NAME, FIELD_NAME_ZH };
  guint totals = 0;
  guint reference = (guint) cells->columns[FIELD_REFERENCE];
  gboolean has_reference = reference < row->count && *row->fields[reference] != '\0';
  for (gsize i = 0; i < G_N_ELEMENTS (NAMES); i++) {
    int column = cells->columns[NAMES[i]];
    const char *text = column >= 0 && (guint) column < row->count ? row->fields[column] : "";
    if (*text != '\0' && !value_is_total (text) && !g_ascii_isdigit (*text))
      return FALSE;
    totals += value_is_total (text);
  }
  if (has_reference)
    return value_opens_total (row->fields[reference]);
  for (guint i = 0; totals == 0 && i < row->count; i++)
    if (*row->fields[i] != '\0')
      return value_is_total (row->fields[i]); /* in front of the table */
  return totals > 0;
}

/* The only column of the row that holds anything; -1 if there are none or several. */
static int only_filled (const CsvRow *row)
{
  int filled = -1;
  for (guint i = 0; i < row->count; i++)
    if (*row->fields[i] != '\0') {
      if (filled >= 0)
        return -1;
      filled = (int) i;
    }
  return filled;
}

char *cells_remark (const Cells *cells, const CsvRow *row)
{
  int column = only_filled (row);
  if (column < 0 || cells->heading_count < 3)
    return NULL;
  for (guint field = 0; field < FIELD_COUNT; field++)
    if (is_name_field ((Field) field) && cells->columns[field] == column)
      return NULL;
  g_autofree char *text = clean_cell (row->fields[column], FIELD_REFERENCE);
  gboolean may_be_somebody
      = column == cells->columns[FIELD_REFERENCE] && identifier_is_reference (text);
  return may_be_somebody || *text == '\0' ? NULL : import_fault_shown (text);
}

/* The field of what stands in that column, read as a heading. */
static Field heading_at (const Cells *cells, const CsvRow *row, Field column)
{
  guint at = (guint) cells->columns[column];
  return cells_has (cells, column) && at < row->count ? heading_field (row->fields[at], NULL)
                                                      : FIELD_NONE;
}

/* The headings again in the other language, right below them. */
static gboolean is_translated (const Cells *cells, const CsvRow *row)
{
  static const Field NAMES[] = { FIELD_FAMILY, FIELD_FULL_NAME, FIELD_NAME_ZH };
  if (row->line > list_heading_line (cells->list) + TRANSLATED_LINES
      || heading_at (cells, row, FIELD_REFERENCE) != FIELD_REFERENCE)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (NAMES); i++)
    if (is_name_field (heading_at (cells, row, NAMES[i])))
      return TRUE;
  return FALSE;
}

gboolean cells_is_headings (const Cells *cells, const CsvRow *row)
{
  if (is_translated (cells, row))
    return TRUE;
  const char *const *headings = list_headings (cells->list);
  guint same = 0;
  for (guint i = 0; i < row->count && i < cells->heading_count; i++) {
    if (*row->fields[i] == '\0' || *headings[i] == '\0')
      continue;
    g_autofree char *text = text_clean (row->fields[i]);
    if (strcmp (text, headings[i]) != 0)
      return FALSE;
    same++;
  }
  return same >= 2;
}

static void count_nameless (Cells *cells, const CsvRow *row)
{
  for (guint i = 0; i < cells->nameless->len; i++) {
    NamelessColumn *nameless = &g_array_index (cells->nameless, NamelessColumn, i);
    if (nameless->column >= row->count || *row->fields[nameless->column] == '\0')
      continue;
    if (nameless->values++ == 0)
      nameless->line = row->line;
  }
}

void cells_note_nameless (const Cells *cells, GPtrArray *notes)
{
  for (guint i = 0; i < cells->nameless->len; i++) {
    const NamelessColumn *nameless = &g_array_index (cells->nameless, NamelessColumn, i);
    if (nameless->values > 0)
      g_ptr_array_add (
          notes,
          g_strdup_printf (_ ("%s: column %u has no heading: its %u values (the first in row "
                              "%u) were passed over. Write above it what it holds."),
                           list_path (cells->list), nameless->column + 1, nameless->values,
                           nameless->line));
  }
}

gboolean cells_start (Cells *cells, const CsvRow *row, GPtrArray *faults)
{
  count_nameless (cells, row);
  cells->row = row;
  cells->faults = faults;
  for (guint i = cells->heading_count; i < row->count; i++)
    if (*row->fields[i] != '\0') {
      g_autofree char *reason
          = g_strdup_printf (_ ("stands beyond the last of the %u headings. A value of this row "
                                "may hold the separator: put it between quotes."),
                             cells->heading_count);
      fault_at (cells, i, row->fields[i], reason);
      return FALSE;
    }
  if (row->count >= cells->heading_count)
    return TRUE;
  g_autofree char *reason = g_strdup_printf (
      _ ("is where the row ends, after %u of %u columns. It may be cut off: complete it."),
      row->count, cells->heading_count);
  fault_at (cells, row->count - 1, row->fields[row->count - 1], reason);
  return FALSE;
}
