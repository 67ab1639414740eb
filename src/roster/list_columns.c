#include "roster/list_columns.h"

#include "core/text.h"
#include "core/words.h"
#include "roster/day_list.h"
#include "roster/heading_parts.h"
#include "roster/import_fault.h"

#include <string.h>

#define DAY_BYTES_MAX 64 /* of a heading that is a day */

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

const char *list_columns_said (const ListColumnsKnown *known, const char *heading)
{
  const char *said = heading_map_find (known->said, heading);
  return said != NULL ? said : heading_map_find (known->remembered, heading);
}

gboolean list_columns_knows (const char *heading, gpointer data)
{
  const ListColumnsKnown *known = data;
  const char *said = list_columns_said (known, heading);
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

static gboolean take_answer (ListColumns *columns, GArray *answers, guint column, const char *id,
                             GError **error)
{
  const char *const *headings = list_headings (columns->list);
  for (guint i = 0; i < answers->len; i++) {
    const ListAnswer *known = &g_array_index (answers, ListAnswer, i);
    if (known->id == id)
      return fail_twice (columns->list, headings[known->column], headings[column], error);
  }
  ListAnswer taken = { .column = column, .id = id };
  g_array_append_val (answers, taken);
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
static void find_platform_columns (ListColumns *columns)
{
  static const char *const START[] = { "heure de debut", "start time", "开始时间", NULL };
  static const char *const END[]
      = { "heure de fin", "completion time", "完成时间", "结束时间", NULL };
  static const char *const EMAIL[] = { "adresse de messagerie", "email", "电子邮件", NULL };
  static const char *const NAME[] = { "nom", "name", "名称", "姓名", NULL };
  static const char *const ANSWERED[] = { "提交答卷时间", "提交时间", NULL };
  static const char *const NUMBER[] = { "序号", NULL };
  const char *const *headings = list_headings (columns->list);
  guint count = columns->count;
  columns->platform_name = columns->platform_email = columns->platform_number = -1;
  if (count > 4 && is_heading (headings[1], START) && is_heading (headings[2], END)) {
    columns->platform_email = is_heading (headings[3], EMAIL) ? 3 : -1;
    columns->platform_name = is_heading (headings[4], NAME) ? 4 : -1;
  }
  if (count > 2 && is_heading (headings[0], NUMBER) && is_heading (headings[1], ANSWERED))
    columns->platform_number = 0;
}

static gboolean is_platform_column (const ListColumns *columns, guint column)
{
  return (int) column == columns->platform_name || (int) column == columns->platform_email
         || (int) column == columns->platform_number;
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
static void take_chinese_names (ListColumns *columns, GPtrArray *notes)
{
  int *fields = columns->fields, *given = &fields[FIELD_GIVEN];
  if (*given < 0 || fields[FIELD_FAMILY] >= 0
      || !is_chinese_heading (list_columns_heading (columns, FIELD_GIVEN)))
    return;
  Field meant = fields[FIELD_NAME_ZH] >= 0 ? FIELD_FULL_NAME : FIELD_NAME_ZH;
  if (fields[meant] < 0)
    fields[meant] = *given;
  else {
    g_autoptr (GString) passed = g_string_new (NULL);
    g_string_append_printf (passed, "“%s”", list_columns_heading (columns, FIELD_GIVEN));
    note_unknown (columns->list, passed, notes);
  }
  *given = -1;
}

/* What a platform has written by itself serves where no column of the list's own does. A
 * code that is scanned names its person as well as a reference. */
static void take_platform_columns (ListColumns *columns, GPtrArray *notes)
{
  int *fields = columns->fields;
  if (fields[FIELD_EMAIL] < 0)
    fields[FIELD_EMAIL] = columns->platform_email;
  if (fields[FIELD_FAMILY] < 0 && fields[FIELD_FULL_NAME] < 0 && fields[FIELD_NAME_ZH] < 0)
    fields[FIELD_FULL_NAME] = columns->platform_name;
  if (fields[FIELD_REFERENCE] < 0)
    fields[FIELD_REFERENCE]
        = fields[FIELD_CODE] >= 0 ? fields[FIELD_CODE] : columns->platform_number;
  if (fields[FIELD_REFERENCE] >= 0
      && (fields[FIELD_REFERENCE] == fields[FIELD_CODE]
          || fields[FIELD_REFERENCE] == columns->platform_number))
    g_ptr_array_add (notes, g_strdup_printf (_ ("%s: “%s” serves as the reference"),
                                             list_path (columns->list),
                                             list_columns_heading (columns, FIELD_REFERENCE)));
  take_chinese_names (columns, notes);
  /* “Nom / 姓” beside “Prénom / 名” is one of two parts of a name */
  if (fields[FIELD_FULL_NAME] >= 0 && fields[FIELD_GIVEN] >= 0 && fields[FIELD_FAMILY] < 0) {
    fields[FIELD_FAMILY] = fields[FIELD_FULL_NAME];
    fields[FIELD_FULL_NAME] = -1;
  }
}

static void take_nameless (ListColumns *columns, guint column)
{
  ListNameless nameless = { .column = column };
  g_array_append_val (columns->nameless, nameless);
}

static gboolean take_columns (ListColumns *columns, const ListColumnsKnown *known, GPtrArray *notes,
                              GError **error)
{
  const char *const *headings = list_headings (columns->list);
  g_autoptr (GString) unknown = g_string_new (NULL);
  guint languages[3] = { 0 };
  for (guint i = 0; headings[i] != NULL; i++) {
    HeadingLanguage language = HEADING_ENGLISH;
    const char *said = list_columns_said (known, headings[i]);
    const char *meaning = said != NULL ? said : headings[i];
    Field field = heading_field (meaning, &language);
    const ProgrammeEntry *event = field == FIELD_NONE ? event_of (known->programme, meaning) : NULL;
    const Day *day
        = field == FIELD_NONE && event == NULL ? day_of (known->programme, meaning) : NULL;
    if (*headings[i] == '\0')
      take_nameless (columns, i);
    if (*meaning == '\0' || (said == NULL && is_platform_column (columns, i)))
      continue;
    if (event != NULL) {
      if (!take_answer (columns, columns->events, i, event->id, error))
        return FALSE;
    } else if (day != NULL) {
      if (!take_answer (columns, columns->days, i, day->label, error))
        return FALSE;
    } else if (field == FIELD_NONE) {
      g_string_append_printf (unknown, "%s“%s”", unknown->len > 0 ? ", " : "", headings[i]);
    } else if (field == FIELD_TELEPHONE && columns->fields[field] >= 0) {
      g_array_append_val (columns->telephones, i);
    } else if (columns->fields[field] >= 0) {
      return fail_twice (columns->list, headings[columns->fields[field]], headings[i], error);
    } else {
      columns->fields[field] = (int) i;
      languages[language]++;
    }
  }
  columns->country = languages[HEADING_FRENCH] > languages[HEADING_CHINESE]   ? "FR"
                     : languages[HEADING_CHINESE] > languages[HEADING_FRENCH] ? "CN"
                                                                              : "";
  note_unknown (columns->list, unknown, notes);
  return TRUE;
}

static gboolean check_needed (const ListColumns *columns, GError **error)
{
  const char *missing
      = !list_columns_has (columns, FIELD_REFERENCE) ? heading_name (FIELD_REFERENCE)
        : !list_columns_has (columns, FIELD_FAMILY) && !list_columns_has (columns, FIELD_FULL_NAME)
                && !list_columns_has (columns, FIELD_NAME_ZH)
            ? heading_name (FIELD_FAMILY)
            : NULL;
  if (missing == NULL)
    return TRUE;
  g_set_error (error, IMPORT_ERROR, IMPORT_ERROR_FORMAT,
               _ ("%s: line %u: there is no column “%s”. Add it, or say which one it is: --map "
                  "HEADING=MEANING"),
               list_path (columns->list), list_heading_line (columns->list), missing);
  return FALSE;
}

/* All of them ------------------------------------------------------------------------ */

gboolean list_columns_has (const ListColumns *columns, Field field)
{
  return columns->fields[field] >= 0;
}

const char *list_columns_heading (const ListColumns *columns, Field field)
{
  return list_columns_has (columns, field) ? list_headings (columns->list)[columns->fields[field]]
                                           : "";
}

gboolean list_columns_find (ListColumns *columns, const List *list, const ListColumnsKnown *known,
                            GPtrArray *notes, GError **error)
{
  columns->list = list;
  columns->events = g_array_new (FALSE, FALSE, sizeof (ListAnswer));
  columns->days = g_array_new (FALSE, FALSE, sizeof (ListAnswer));
  columns->nameless = g_array_new (FALSE, FALSE, sizeof (ListNameless));
  columns->telephones = g_array_new (FALSE, FALSE, sizeof (guint));
  for (const char *const *heading = list_headings (list); *heading != NULL; heading++)
    columns->count++;
  for (guint i = 0; i < FIELD_COUNT; i++)
    columns->fields[i] = -1;
  find_platform_columns (columns);
  if (!take_columns (columns, known, notes, error))
    return FALSE;
  take_platform_columns (columns, notes);
  return check_needed (columns, error);
}

void list_columns_clear (ListColumns *columns)
{
  g_clear_pointer (&columns->events, g_array_unref);
  g_clear_pointer (&columns->days, g_array_unref);
  g_clear_pointer (&columns->nameless, g_array_unref);
  g_clear_pointer (&columns->telephones, g_array_unref);
}
