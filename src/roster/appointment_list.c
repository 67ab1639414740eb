#include "roster/appointment_list.h"

#include "congress/definition.h"
#include "core/identifier.h"
#include "core/text.h"
#include "journal/query.h"
#include "roster/import_fault.h"
#include "roster/list.h"
#include "roster/value.h"

#include <stdio.h>
#include <string.h>

#define DAY_MINUTES 1440

typedef enum {
  COLUMN_REFERENCE,
  COLUMN_OTHER,
  COLUMN_KIND,
  COLUMN_ID,
  COLUMN_DAY,
  COLUMN_FROM,
  COLUMN_TO,
  COLUMN_PLACE,
  COLUMN_LINE,
  COLUMN_FR,
  COLUMN_ZH,
  COLUMN_HOST,
  COLUMN_SEAT,
  COLUMN_PLACES,
  COLUMN_COUNT
} Column;

/* Folded; the first is what messages say. */
static const char *const COLUMNS[COLUMN_COUNT] = {
  [COLUMN_REFERENCE] = "|reference|references|ref|inscription|participant|participants|personne|"
                       "passager|编号|报名编号|参会编号|代表编号|乘客|guest|delegate|",
  [COLUMN_OTHER] = "|avec|autre partie|contrepartie|partenaire|interlocuteur|对方|对方编号|合作方|"
                   "with|other party|other side|partner|counterpart|",
  [COLUMN_KIND] = "|genre|type|nature|类型|种类|kind|",
  [COLUMN_ID] = "|identifiant|numero|安排编号|会见编号|序列号|id|appointment|",
  [COLUMN_DAY] = "|jour|date|日期|day|",
  [COLUMN_FROM] = "|heure|de|debut|heure de depart|heure d arrivee|heure depart|heure arrivee|"
                  "时间|开始|开始时间|起飞时间|到达时间|发车时间|hour|time|from|start|",
  [COLUMN_TO] = "|fin|a|jusqu a|heure de fin|结束|结束时间|to|until|end|",
  [COLUMN_PLACE] = "|lieu|table|salle|stand|arret|terminal|porte|地点|桌号|桌|会议室|房间|车站|"
                   "航站楼|上车点|place|room|stop|",
  [COLUMN_LINE] = "|ligne|vol|navette|cortege|groupe|groupe de travail|线路|航班|航班号|班车|车队|"
                  "小组|工作组|line|flight|shuttle|motorcade|group|",
  [COLUMN_FR] = "|objet|accord|objet francais|accord francais|intitule|titre|事项 法文|协议 法文|"
                "subject|agreement|title|",
  [COLUMN_ZH] = "|objet chinois|accord chinois|intitule chinois|事项|协议|协议名称|主题|内容|"
                "subject chinese|agreement chinese|",
  [COLUMN_HOST] = "|hote|accueilli par|recu par|接待人|接待方|陪同|host|received by|",
  [COLUMN_SEAT] = "|siege|place d honneur|座位|席位|座次|seat|seat of honour|",
  [COLUMN_PLACES] = "|places|capacite|座位数|车位数|限载人数|capacity|seats|",
};

static const char *const KINDS[APPOINTMENT_KINDS] = {
  [APPOINTMENT_MEETING] = "|meeting|rendez vous|rendez vous b to b|b to b|b2b|商务洽谈|洽谈|会见|",
  [APPOINTMENT_SIGNATURE] = "|signature|signatures|accord|签约|签字|",
  [APPOINTMENT_PRIZE] = "|prize|prix|奖项|评奖|颁奖|",
  [APPOINTMENT_ARRIVAL] = "|arrival|arrivee|arrivees|到达|抵达|接机|",
  [APPOINTMENT_DEPARTURE] = "|departure|depart|departs|出发|离开|送机|",
  [APPOINTMENT_SHUTTLE] = "|shuttle|navette|navettes|班车|",
  [APPOINTMENT_MOTORCADE] = "|motorcade|cortege|车队|",
  [APPOINTMENT_GROUP] = "|group|groupe|groupe de travail|工作组|小组|",
};

static const char DELEGATE[] = "SELECT reference, events FROM delegate WHERE reference = "
                               ":reference AND NOT revoked";

typedef struct {
  AppointmentList *list;
  const Programme *programme;
  Journal *journal;
  List *file;
  AppointmentKind kind; /* of all, or APPOINTMENT_KINDS */
  int columns[COLUMN_COUNT];
  GHashTable *seen; /* "reference\nid" */
  GHashTable *half; /* references that are not registered for every event */
  GHashTable *last; /* id → guint, the last line of it */
} Reader;

/* The place of the word @text in @names, or -1. */
static int place_of (const char *const *names, int count, const char *text)
{
  g_autofree char *folded = text_fold (text), *mark = g_strconcat ("|", folded, "|", NULL);
  for (int i = 0; *folded != '\0' && i < count; i++)
    if (strstr (names[i], mark) != NULL)
      return i;
  return -1;
}

static gboolean knows (const char *heading, gpointer data)
{
  return place_of (COLUMNS, COLUMN_COUNT, heading) >= 0;
}

void appointment_list_free (AppointmentList *list)
{
  if (list == NULL)
    return;
  g_free (list->name);
  g_ptr_array_unref (list->changes);
  g_ptr_array_unref (list->rows);
  g_ptr_array_unref (list->gone);
  g_ptr_array_unref (list->faults);
  g_ptr_array_unref (list->remarks);
  g_free (list);
}

/* A row --------------------------------------------------------------------------- */

static void fault (Reader *reader, const CsvRow *row, Column column, const char *value,
                   const char *reason)
{
  int at = reader->columns[column];
  const char *heading = at >= 0 ? list_headings (reader->file)[at] : "";
  if (reader->list->faults->len < IMPORT_FAULTS_MAX)
    g_ptr_array_add (reader->list->faults, import_fault_new (list_path (reader->file), row->line,
                                                             heading, value, reason));
}

/* The cell, cleaned; "" where there is none, or nothing is meant. Free with g_free(). */
static char *cell_of (const Reader *reader, const CsvRow *row, Column column)
{
  int at = reader->columns[column];
  char *text = text_clean (at >= 0 && (guint) at < row->count ? row->fields[at] : "");
  if (value_is_nothing (text))
    *text = '\0';
  return text;
}

static char *text_of (Reader *reader, const CsvRow *row, Column column)
{
  char *text = cell_of (reader, row, column);
  if (value_has_control (text))
    fault (reader, row, column, text,
           _ ("holds a control character or one that could not be read; write it again"));
  else if (g_utf8_strlen (text, -1) > APPOINTMENT_TEXT_MAX)
    fault (reader, row, column, text, _ ("is longer than 120 characters; shorten it"));
  return text;
}

/* "10h30", "10 h", "10：30" → "10:30"; "" for none. */
static char *clock_of (Reader *reader, const CsvRow *row, Column column)
{
  g_autofree char *text = cell_of (reader, row, column);
  if (*text == '\0')
    return g_strdup ("");
  g_autoptr (GString) clock = g_string_new (text);
  g_string_replace (clock, "：", ":", 0);
  g_string_replace (clock, " ", "", 0);
  g_string_replace (clock, "h", ":", 0);
  g_string_replace (clock, "H", ":", 0);
  if (g_str_has_suffix (clock->str, ":"))
    g_string_append (clock, "00");
  if (clock->len == 8 && g_str_has_suffix (clock->str, ":00")) /* 10:30:00 of a workbook */
    g_string_truncate (clock, 5);
  gint minutes = definition_minutes (clock->str, DAY_MINUTES);
  if (minutes < 0)
    fault (reader, row, column, text, _ ("is no time; write it like 14:30"));
  return g_strdup_printf ("%02d:%02d", MAX (minutes, 0) / 60 % 100, MAX (minutes, 0) % 60);
}

/* A day of the congress, or any date: people arrive before it. */
static char *date_of (Reader *reader, const CsvRow *row)
{
  g_autofree char *text = cell_of (reader, row, COLUMN_DAY);
  const Day *day = *text != '\0' ? programme_day (reader->programme, text) : NULL;
  if (*text == '\0' || day != NULL)
    return g_strdup (day != NULL ? day->date : "");
  guint a = 0, b = 0, c = 0;
  char end[2] = "";
  if ((sscanf (text, "%4u-%2u-%2u%1s", &a, &b, &c, end) == 3
       || sscanf (text, "%4u年%2u月%2u日%1s", &a, &b, &c, end) == 3
       || sscanf (text, "%2u/%2u/%4u%1s", &c, &b, &a, end) == 3)
      && a > 1900 && g_date_valid_dmy ((GDateDay) c, (GDateMonth) b, (GDateYear) a))
    return g_strdup_printf ("%04u-%02u-%02u", a % 10000, b % 100, c % 100);
  fault (reader, row, COLUMN_DAY, text,
         _ ("is no day of the congress and no date; write it like 2016-10-25"));
  return g_strdup ("");
}

static AppointmentKind kind_of (Reader *reader, const CsvRow *row)
{
  g_autofree char *text = cell_of (reader, row, COLUMN_KIND);
  int kind = *text != '\0' ? place_of (KINDS, APPOINTMENT_KINDS, text) : (int) reader->kind;
  if (kind >= 0 && kind < APPOINTMENT_KINDS)
    return (AppointmentKind) kind;
  fault (reader, row, COLUMN_KIND, text,
         _ ("is no kind; write meeting, signature, prize, arrival, departure, shuttle, motorcade "
            "or group"));
  return APPOINTMENT_MEETING;
}

static guint places_of (Reader *reader, const CsvRow *row)
{
  g_autofree char *text = cell_of (reader, row, COLUMN_PLACES);
  gint64 places = 0;
  if (*text != '\0'
      && !g_ascii_string_to_signed (text, 10, 1, APPOINTMENT_PLACES_MAX, &places, NULL))
    fault (reader, row, COLUMN_PLACES, text, _ ("is no number of places from 1 to 10000"));
  return (guint) places;
}

/* What they have in common, where the list does not name it. */
static char *id_of (const Appointment *row)
{
  gboolean by_place = appointment_kind_is_shared (row->kind) || row->kind == APPOINTMENT_PRIZE;
  const char *const parts[] = { row->date, row->kind == APPOINTMENT_GROUP ? "" : row->from,
                                row->line, by_place ? row->place : "" };
  g_autoptr (GString) id = g_string_new (appointment_kind_name (row->kind));
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (*parts[i] != '\0')
      g_string_append_printf (id, " %s", parts[i]);
  if (id->len > 300) /* what a fact takes */
    g_string_truncate (id, (gsize) (g_utf8_find_prev_char (id->str, id->str + 300) - id->str));
  return g_strdup (id->str);
}

/* What a kind cannot do without. */
static void check_needed (Reader *reader, const CsvRow *row, const Appointment *read)
{
  if (read->kind == APPOINTMENT_GROUP) {
    if (!identifier_is_valid (read->line))
      fault (reader, row, COLUMN_LINE, read->line,
             _ ("is no name of a working group; use letters, digits and dashes"));
    return;
  }
  if (*read->date == '\0')
    fault (reader, row, COLUMN_DAY, "", _ ("the day is missing"));
  if (*read->from == '\0')
    fault (reader, row, COLUMN_FROM, "", _ ("the hour is missing"));
  if (*read->to != '\0' && strcmp (read->to, read->from) < 0)
    fault (reader, row, COLUMN_TO, read->to, _ ("is before the beginning"));
}

/* The cells of a row, but for its people. */
static Appointment *read_cells (Reader *reader, const CsvRow *row)
{
  Appointment *read = g_new0 (Appointment, 1);
  read->reference = g_strdup ("");
  read->list = g_strdup (reader->list->name);
  read->kind = kind_of (reader, row);
  read->date = date_of (reader, row);
  read->from = clock_of (reader, row, COLUMN_FROM);
  read->to = clock_of (reader, row, COLUMN_TO);
  read->place = text_of (reader, row, COLUMN_PLACE);
  read->line = text_of (reader, row, COLUMN_LINE);
  read->fr = text_of (reader, row, COLUMN_FR);
  read->zh = text_of (reader, row, COLUMN_ZH);
  read->host = text_of (reader, row, COLUMN_HOST);
  read->seat = text_of (reader, row, COLUMN_SEAT);
  read->places = places_of (reader, row);
  check_needed (reader, row, read);
  read->id = text_of (reader, row, COLUMN_ID);
  if (*read->id == '\0') {
    g_free (read->id);
    read->id = id_of (read);
  }
  return read;
}

static Appointment *copy_for (const Appointment *from, const char *reference)
{
  Appointment *copy = g_new0 (Appointment, 1);
  *copy = *from;
  copy->reference = g_strdup (reference);
  char **const texts[]
      = { &copy->id,   &copy->list, &copy->date, &copy->from, &copy->to,  &copy->place,
          &copy->line, &copy->fr,   &copy->zh,   &copy->host, &copy->seat };
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    *texts[i] = g_strdup (*texts[i]);
  return copy;
}

/* Her reference as it is registered; "" for nobody's. NULL with @error. */
static char *find_person (Reader *reader, const char *written, GError **error)
{
  g_autofree char *upper = g_ascii_strup (written, -1);
  const char *const tries[] = { written, upper };
  g_autofree char *found = g_strdup ("");
  for (guint i = 0; i < G_N_ELEMENTS (tries) && *found == '\0'; i++) {
    Query *query = journal_query (reader->journal, DELEGATE, error);
    if (query == NULL)
      return NULL;
    query_bind_text (query, ":reference", tries[i]);
    if (query_next (query)) {
      g_free (found);
      found = g_strdup (query_text (query, 0));
      g_auto (GStrv) events = json_in_strings_of (query_text (query, 1));
      if (g_strv_length (events) < reader->programme->events->len)
        g_hash_table_add (reader->half, g_strdup (found));
    }
    if (!query_end (query, error))
      return NULL;
  }
  return g_steal_pointer (&found);
}

static gboolean add_people (Reader *reader, const CsvRow *row, Column column,
                            const Appointment *read, guint *count, GError **error)
{
  g_autofree char *cell = cell_of (reader, row, column);
  g_auto (GStrv) written = value_list (cell);
  for (guint i = 0; written[i] != NULL; i++) {
    g_autofree char *reference = find_person (reader, written[i], error);
    if (reference == NULL)
      return FALSE;
    ++*count;
    g_hash_table_insert (reader->last, g_strdup (read->id), GUINT_TO_POINTER (row->line));
    if (*reference == '\0')
      fault (reader, row, column, written[i],
             _ ("nobody is registered under this reference; look for it with accueil roster"));
    else if (!g_hash_table_add (reader->seen, g_strconcat (reference, "\n", read->id, NULL)))
      fault (reader, row, column, written[i], _ ("stands twice in this list for the same thing"));
    else
      g_ptr_array_add (reader->list->rows, copy_for (read, reference));
  }
  return TRUE;
}

static gboolean read_row (Reader *reader, const CsvRow *row, GError **error)
{
  guint people = 0;
  g_autoptr (Appointment) read = read_cells (reader, row);
  if (!add_people (reader, row, COLUMN_REFERENCE, read, &people, error)
      || !add_people (reader, row, COLUMN_OTHER, read, &people, error))
    return FALSE;
  if (people == 0)
    fault (reader, row, COLUMN_REFERENCE, "", _ ("whom is this about? Write a reference"));
  return TRUE;
}

/* The file ------------------------------------------------------------------------ */

static gboolean find_columns (Reader *reader, GError **error)
{
  const char *const *headings = list_headings (reader->file);
  for (guint i = 0; i < COLUMN_COUNT; i++)
    reader->columns[i] = -1;
  for (int i = 0; headings[i] != NULL; i++) {
    int place = place_of (COLUMNS, COLUMN_COUNT, headings[i]);
    if (place >= 0 && reader->columns[place] < 0)
      reader->columns[place] = i;
  }
  if (reader->columns[COLUMN_REFERENCE] < 0) {
    g_set_error (error, IMPORT_ERROR, IMPORT_ERROR_FORMAT,
                 _ ("%s: line %u has no column with people's references (référence, 编号)"),
                 list_path (reader->file), list_heading_line (reader->file));
    return FALSE;
  }
  if (reader->columns[COLUMN_KIND] >= 0 || reader->kind < APPOINTMENT_KINDS)
    return TRUE;
  g_set_error (error, IMPORT_ERROR, IMPORT_ERROR_FORMAT,
               _ ("%s: of what kind is this list? Write --kind with meeting, signature, prize, "
                  "arrival, departure, shuttle, motorcade or group"),
               list_path (reader->file));
  return FALSE;
}

static gboolean read_all (Reader *reader, GError **error)
{
  GError *failed = NULL;
  CsvRow row;
  while (list_next (reader->file, &row, &failed))
    if (!read_row (reader, &row, error))
      return FALSE;
  if (failed == NULL)
    return TRUE;
  g_propagate_error (error, failed);
  return FALSE;
}

/* What is odd --------------------------------------------------------------------- */

static int by_id (gconstpointer a, gconstpointer b)
{
  const Appointment *one = *(Appointment *const *) a, *two = *(Appointment *const *) b;
  int order = strcmp (one->id, two->id);
  return order != 0 ? order : strcmp (one->reference, two->reference);
}

static int by_person (gconstpointer a, gconstpointer b)
{
  const Appointment *one = *(Appointment *const *) a, *two = *(Appointment *const *) b;
  const char *const pairs[][2] = { { one->reference, two->reference },
                                   { one->date, two->date },
                                   { one->from, two->from },
                                   { one->id, two->id } };
  int order = 0;
  for (guint i = 0; order == 0 && i < G_N_ELEMENTS (pairs); i++)
    order = strcmp (pairs[i][0], pairs[i][1]);
  return order;
}

static void check_together (Reader *reader, const Appointment *first, guint people, guint places)
{
  AppointmentList *list = reader->list;
  if (places > 0 && people > places)
    g_ptr_array_add (
        list->remarks,
        g_strdup_printf (_ ("%s: line %u: %s: %u people for %u places. Take a larger "
                            "vehicle, or write some of them to another departure."),
                         list_path (reader->file),
                         GPOINTER_TO_UINT (g_hash_table_lookup (reader->last, first->id)),
                         first->id, people, places));
  if (people == 1 && appointment_kind_is_shared (first->kind))
    g_ptr_array_add (list->remarks, g_strdup_printf (_ ("%s: %s alone; who is the other side?"),
                                                     first->id, first->reference));
}

static void check_ids (Reader *reader)
{
  AppointmentList *list = reader->list;
  g_ptr_array_sort (list->rows, by_id);
  for (guint i = 0, next; i < list->rows->len; i = next) {
    const Appointment *first = list->rows->pdata[i];
    guint places = 0;
    for (next = i; next < list->rows->len
                   && strcmp (((Appointment *) list->rows->pdata[next])->id, first->id) == 0;
         next++)
      places = MAX (places, ((Appointment *) list->rows->pdata[next])->places);
    check_together (reader, first, next - i, places);
  }
}

static void check_people (Reader *reader)
{
  AppointmentList *list = reader->list;
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();
  for (guint i = 0; i < list->rows->len; i++)
    g_ptr_array_add (rows, list->rows->pdata[i]);
  g_ptr_array_sort (rows, by_person);
  for (guint i = 0; i < rows->len; i++) {
    const Appointment *row = rows->pdata[i], *before = i > 0 ? rows->pdata[i - 1] : row;
    gboolean meets = appointment_kind_is_shared (row->kind);
    if (row->kind == APPOINTMENT_MEETING && g_hash_table_contains (reader->half, row->reference)
        && g_hash_table_remove (reader->half, row->reference))
      g_ptr_array_add (list->remarks,
                       g_strdup_printf (_ ("%s is not registered for every event, and so not for "
                                           "the B to B space"),
                                        row->reference));
    if (before != row && meets && appointment_kind_is_shared (before->kind)
        && strcmp (before->reference, row->reference) == 0 && strcmp (before->date, row->date) == 0
        && (strcmp (before->from, row->from) == 0 || strcmp (before->to, row->from) > 0))
      g_ptr_array_add (list->remarks, g_strdup_printf (_ ("%s is at two at one time: %s, %s"),
                                                       row->reference, before->id, row->id));
  }
}

/* Against the replica ------------------------------------------------------------- */

static gboolean compare (Reader *reader, GError **error)
{
  AppointmentList *list = reader->list;
  for (guint i = 0; i < list->rows->len; i++) {
    Appointment *row = list->rows->pdata[i];
    GError *failed = NULL;
    g_autoptr (Appointment) held
        = appointment_load (reader->journal, row->reference, row->id, &failed);
    if (failed != NULL) {
      g_propagate_error (error, failed);
      return FALSE;
    }
    if (held == NULL || !appointment_equal (held, row) || strcmp (held->list, row->list) != 0)
      g_ptr_array_add (list->changes, row);
    list->added += held == NULL;
  }
  g_autoptr (GPtrArray) before = appointment_of_list (reader->journal, list->name, error);
  for (guint i = 0; before != NULL && i < before->len; i++) {
    const Appointment *one = before->pdata[i];
    g_autofree char *key = g_strconcat (one->reference, "\n", one->id, NULL);
    if (!g_hash_table_contains (reader->seen, key))
      g_ptr_array_add (list->gone, copy_for (one, one->reference));
  }
  return before != NULL;
}

static void unref (gpointer data)
{
  appointment_free (data);
}

static void free_fault (gpointer data)
{
  import_fault_free (data);
}

static AppointmentList *list_new (const char *path, const char *name)
{
  AppointmentList *list = g_new0 (AppointmentList, 1);
  g_autofree char *base = g_path_get_basename (path);
  char *dot = strrchr (base, '.');
  if (dot != NULL && dot != base)
    *dot = '\0';
  list->name = g_strdup (name != NULL ? name : base);
  list->rows = g_ptr_array_new_with_free_func (unref);
  list->changes = g_ptr_array_new ();
  list->gone = g_ptr_array_new_with_free_func (unref);
  list->faults = g_ptr_array_new_with_free_func (free_fault);
  list->remarks = g_ptr_array_new_with_free_func (g_free);
  return list;
}

AppointmentList *appointment_list_read (Journal *journal, const Programme *programme,
                                        const char *path, AppointmentKind kind, const char *name,
                                        GError **error)
{
  const ListOptions options = { .knows = knows, .hint = "référence,jour,heure,lieu" };
  g_autoptr (List) file = list_open (path, &options, error);
  if (file == NULL)
    return NULL;
  g_autoptr (AppointmentList) list = list_new (path, name);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
                         half = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
                         last = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Reader reader = { list, programme, journal, file, kind, { 0 }, seen, half, last };
  if (!find_columns (&reader, error) || !read_all (&reader, error))
    return NULL;
  check_ids (&reader);
  check_people (&reader);
  return compare (&reader, error) ? g_steal_pointer (&list) : NULL;
}

gboolean appointment_list_apply (Journal *journal, const AppointmentList *list, GError **error)
{
  if (!journal_begin (journal, error))
    return FALSE;
  gboolean good = TRUE;
  for (guint i = 0; good && i < list->changes->len; i++)
    good = appointment_append (journal, list->changes->pdata[i], FALSE, error);
  for (guint i = 0; good && i < list->gone->len; i++)
    good = appointment_append (journal, list->gone->pdata[i], TRUE, error);
  return journal_finish (journal, good, error);
}
