#include "congress/programme.h"

#include "core/json.h"
#include "core/text.h"
#include "journal/query.h"
#include "vocabulary/dates.h"

#include <stdio.h>
#include <string.h>

static const char CONGRESS[] = "SELECT fr, zh, place_fr, place_zh, timezone, days FROM congress "
                               "WHERE id = 'congress' AND removed = 0";
/* id, fr, zh, fr_f, fr_n, colour, event, day, from, to, room, days, also, themes */
static const char EVENTS[]
    = "SELECT id, fr, zh, '', '', '', '', '', '', '', '', days, also, 0 FROM event "
      "WHERE removed = 0 ORDER BY sort, id";
static const char CATEGORIES[]
    = "SELECT id, fr, zh, fr_f, fr_n, colour, '', '', '', '', '', '', also, 0 "
      "FROM category WHERE removed = 0 ORDER BY sort, id";
static const char SESSIONS[]
    = "SELECT id, fr, zh, '', '', '', event, day, opens, closes, room, '', '', "
      "json_array_length (themes) "
      "FROM session WHERE removed = 0 ORDER BY id";
static const char DELEGATIONS[]
    = "SELECT id, fr, zh, '', '', '', '', '', '', '', '', '', '', 0 FROM delegation "
      "WHERE removed = 0 ORDER BY id";
static const char OPENINGS[] = "SELECT c.event, c.fr, c.zh, o.value ->> 'day', o.value ->> 'from', "
                               "o.value ->> 'to' FROM checkpoint c, json_each (c.opens) o"
                               " WHERE c.removed = 0 AND c.kind = 'entrance' ORDER BY c.id, o.key";

/* A definition that changes has another time, one that is taken out too. Sums of halves,
 * since that of whole times would not fit. */
#define TIMES(TABLE) "SELECT at FROM " TABLE
/* clang-format off */
static const char STAMP[]
    = "SELECT count (*), ifnull (sum (at >> 32), 0), ifnull (sum (at & 4294967295), 0) FROM ("
      TIMES ("congress") " UNION ALL "
      TIMES ("event") " UNION ALL "
      TIMES ("category") " UNION ALL "
      TIMES ("rank") " UNION ALL "
      TIMES ("session") " UNION ALL "
      TIMES ("delegation") " UNION ALL "
      TIMES ("checkpoint") " UNION ALL "
      TIMES ("question") ")";
/* clang-format on */

/* Folded words to the entries they name; values belong to the Programme. */
struct _ProgrammeIndex {
  GHashTable *days, *events, *categories, *sessions, *delegations;
};

static void entry_free (ProgrammeEntry *entry)
{
  g_free (entry->id);
  g_free (entry->fr);
  g_free (entry->zh);
  g_free (entry->fr_f);
  g_free (entry->fr_n);
  g_strfreev (entry->also);
  g_free (entry->colour);
  g_free (entry->event);
  g_free (entry->day);
  g_free (entry->from);
  g_free (entry->to);
  g_free (entry->room);
  g_strfreev (entry->days);
  g_free (entry);
}

static void opening_free (ProgrammeOpening *opening)
{
  g_free (opening->event);
  g_free (opening->fr);
  g_free (opening->zh);
  g_free (opening->day);
  g_free (opening->from);
  g_free (opening->to);
  g_free (opening);
}

/* The key of a word: folded, without spaces. */
static char *key_of (const char *word)
{
  char *folded = text_fold (word);
  char *to = folded;
  for (const char *from = folded; *from != '\0'; from++)
    if (*from != ' ')
      *to++ = *from;
  *to = '\0';
  return folded;
}

/* The key of a French word whatever its number and gender: the final e, s or es of each
 * of its words left out. */
static char *loose_key_of (const char *word)
{
  g_autofree char *folded = text_fold (word);
  g_auto (GStrv) parts = g_strsplit (folded, " ", -1);
  for (guint i = 0; parts[i] != NULL; i++) {
    gsize length = strlen (parts[i]);
    if (length > 2 && parts[i][length - 1] == 's')
      parts[i][--length] = '\0';
    if (length > 2 && parts[i][length - 1] == 'e')
      parts[i][length - 1] = '\0';
  }
  return g_strjoinv ("", parts);
}

/* The first word to be added keeps its key. Takes @key over. */
static void index_add (GHashTable *index, char *key, gpointer value)
{
  if (*key == '\0' || g_hash_table_contains (index, key))
    g_free (key);
  else
    g_hash_table_insert (index, key, value);
}

static GHashTable *index_of_entries (const GPtrArray *entries)
{
  GHashTable *index = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < entries->len; i++) {
      ProgrammeEntry *entry = g_ptr_array_index (entries, i);
      char *(*key) (const char *) = pass == 0 ? key_of : loose_key_of;
      index_add (index, key (entry->id), entry);
      index_add (index, key (entry->fr), entry);
      index_add (index, key (entry->zh), entry);
      index_add (index, key (entry->fr_f), entry);
      for (guint j = 0; entry->also != NULL && entry->also[j] != NULL; j++)
        index_add (index, key (entry->also[j]), entry);
    }
  return index;
}

static const ProgrammeEntry *look_up (GHashTable *index, const char *word)
{
  g_autofree char *key = key_of (word);
  const ProgrammeEntry *entry = g_hash_table_lookup (index, key);
  if (entry != NULL)
    return entry;
  g_autofree char *loose = loose_key_of (word);
  return g_hash_table_lookup (index, loose);
}

/* Days ------------------------------------------------------------------------------- */

/* Folded, French and English; an abbreviation is the first three or four letters. */
static const char *const MONTHS[12][2] = {
  { "janvier", "january" }, { "fevrier", "february" },  { "mars", "march" },
  { "avril", "april" },     { "mai", "may" },           { "juin", "june" },
  { "juillet", "july" },    { "aout", "august" },       { "septembre", "september" },
  { "octobre", "october" }, { "novembre", "november" }, { "decembre", "december" },
};

/* The ways to write a date in digits, but for ISO's: Y, M and D stand for year, month and
 * day, m and d for two digits of them. */
static const char *const DIGITS[]
    = { "D",     "D日",   "D号", "D/M",    "d/m",    "D/M/Y",     "d/m/Y",
        "Y/M/D", "Y/m/d", "m-d", "M月D日", "m月d日", "Y年M月D日", "Y年m月d日" };

static char *digits_of (const char *way, guint year, guint month, guint date)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (const char *p = way; *p != '\0'; p++)
    if (*p == 'Y')
      g_string_append_printf (text, "%u", year);
    else if (*p == 'M' || *p == 'D')
      g_string_append_printf (text, "%u", *p == 'M' ? month : date);
    else if (*p == 'm' || *p == 'd')
      g_string_append_printf (text, "%02u", *p == 'm' ? month : date);
    else
      g_string_append_c (text, *p);
  return g_strdup (text->str);
}

static void index_add_month (GHashTable *index, const char *month, int letters, guint year,
                             guint date, Day *day)
{
  index_add (index, g_strdup_printf ("%u %.*s", date, letters, month), day);
  index_add (index, g_strdup_printf ("%u %.*s %u", date, letters, month, year), day);
  index_add (index, g_strdup_printf ("%.*s %u", letters, month, date), day);
  index_add (index, g_strdup_printf ("%.*s %u %u", letters, month, date, year), day);
}

static void index_add_day (GHashTable *index, Day *day)
{
  guint year, month, date;
  index_add (index, text_fold (day->label), day);
  index_add (index, text_fold (day->date), day);
  if (sscanf (day->date, "%4u-%2u-%2u", &year, &month, &date) != 3 || month < 1 || month > 12)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (DIGITS); i++) {
    g_autofree char *way = digits_of (DIGITS[i], year, month, date);
    index_add (index, text_fold (way), day);
  }
  static const int LETTERS[] = { 9, 3, 4 };
  for (gsize i = 0; i < G_N_ELEMENTS (LETTERS); i++)
    for (guint language = 0; language < 2; language++)
      index_add_month (index, MONTHS[month - 1][language], LETTERS[i], year, date, day);
}

static GHashTable *index_of_days (const GPtrArray *days)
{
  GHashTable *index = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < days->len; i++)
    index_add_day (index, g_ptr_array_index (days, i));
  return index;
}

/* Reading ---------------------------------------------------------------------------- */

static gboolean read_congress (Journal *journal, Programme *programme, GError **error)
{
  Query *query = journal_query (journal, CONGRESS, error);
  if (query == NULL)
    return FALSE;
  gboolean found = query_next (query);
  char **texts[] = { &programme->fr, &programme->zh, &programme->place_fr, &programme->place_zh,
                     &programme->timezone };
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    *texts[i] = g_strdup (found ? query_text (query, (int) i) : "");
  programme->days = days_read (found ? query_text (query, 5) : "[]");
  return query_end (query, error);
}

static gboolean read_entries (Journal *journal, const char *sql, GPtrArray *entries, GError **error)
{
  Query *query = journal_query (journal, sql, error);
  if (query == NULL)
    return FALSE;
  while (query_next (query)) {
    ProgrammeEntry *entry = g_new0 (ProgrammeEntry, 1);
    char **texts[]
        = { &entry->id,    &entry->fr,  &entry->zh,   &entry->fr_f, &entry->fr_n, &entry->colour,
            &entry->event, &entry->day, &entry->from, &entry->to,   &entry->room };
    for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
      *texts[i] = g_strdup (query_text (query, (int) i));
    const char *days = query_text (query, G_N_ELEMENTS (texts));
    entry->days = *days != '\0' ? json_in_strings_of (days) : NULL;
    const char *also = query_text (query, G_N_ELEMENTS (texts) + 1);
    entry->also = *also != '\0' ? json_in_strings_of (also) : NULL;
    entry->themes = (guint) query_int (query, G_N_ELEMENTS (texts) + 2);
    g_ptr_array_add (entries, entry);
  }
  return query_end (query, error);
}

static gboolean read_openings (Journal *journal, GPtrArray *openings, GError **error)
{
  Query *query = journal_query (journal, OPENINGS, error);
  if (query == NULL)
    return FALSE;
  while (query_next (query)) {
    ProgrammeOpening *opening = g_new0 (ProgrammeOpening, 1);
    char **texts[] = { &opening->event, &opening->fr,   &opening->zh,
                       &opening->day,   &opening->from, &opening->to };
    for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
      *texts[i] = g_strdup (query_text (query, (int) i));
    g_ptr_array_add (openings, opening);
  }
  return query_end (query, error);
}

static gboolean read_stamp (Journal *journal, gint64 stamp[PROGRAMME_STAMP_NUMBERS], GError **error)
{
  Query *query = journal_query (journal, STAMP, error);
  if (query == NULL)
    return FALSE;
  if (query_next (query))
    for (int i = 0; i < PROGRAMME_STAMP_NUMBERS; i++)
      stamp[i] = query_int (query, i);
  return query_end (query, error);
}

/* Before the tables, so that what changes while they are read is noticed the next
 * time. */
Programme *programme_read (Journal *journal, GError **error)
{
  g_autoptr (Programme) programme = g_new0 (Programme, 1);
  GPtrArray **lists[] = { &programme->events, &programme->categories, &programme->sessions,
                          &programme->delegations };
  static const char *const SQL[] = { EVENTS, CATEGORIES, SESSIONS, DELEGATIONS };
  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    *lists[i] = g_ptr_array_new_with_free_func ((GDestroyNotify) entry_free);
  if (!read_stamp (journal, programme->stamp, error))
    return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    if (!read_entries (journal, SQL[i], *lists[i], error))
      return NULL;
  programme->openings = g_ptr_array_new_with_free_func ((GDestroyNotify) opening_free);
  programme->ranks = rank_book_read (journal, error);
  if (programme->ranks == NULL || !read_congress (journal, programme, error)
      || !read_openings (journal, programme->openings, error)
      || (programme->questions = question_all (journal, error)) == NULL)
    return NULL;
  programme->index = g_new0 (ProgrammeIndex, 1);
  programme->index->days = index_of_days (programme->days);
  programme->index->events = index_of_entries (programme->events);
  programme->index->categories = index_of_entries (programme->categories);
  programme->index->sessions = index_of_entries (programme->sessions);
  programme->index->delegations = index_of_entries (programme->delegations);
  return g_steal_pointer (&programme);
}

Programme *programme_refresh (Programme *programme, Journal *journal, GError **error)
{
  g_autoptr (Programme) held = programme;
  gint64 stamp[PROGRAMME_STAMP_NUMBERS] = { -1 };
  if (held == NULL)
    return programme_read (journal, error);
  if (!read_stamp (journal, stamp, error))
    return NULL;
  return memcmp (stamp, held->stamp, sizeof stamp) == 0 ? g_steal_pointer (&held)
                                                        : programme_read (journal, error);
}

void programme_free (Programme *programme)
{
  if (programme == NULL)
    return;
  if (programme->index != NULL) {
    g_hash_table_unref (programme->index->days);
    g_hash_table_unref (programme->index->events);
    g_hash_table_unref (programme->index->categories);
    g_hash_table_unref (programme->index->sessions);
    g_hash_table_unref (programme->index->delegations);
    g_free (programme->index);
  }
  g_clear_pointer (&programme->days, g_ptr_array_unref);
  g_ptr_array_unref (programme->events);
  g_ptr_array_unref (programme->categories);
  g_ptr_array_unref (programme->sessions);
  g_ptr_array_unref (programme->delegations);
  g_clear_pointer (&programme->openings, g_ptr_array_unref);
  g_clear_pointer (&programme->questions, g_ptr_array_unref);
  rank_book_free (programme->ranks);
  g_free (programme->fr);
  g_free (programme->zh);
  g_free (programme->place_fr);
  g_free (programme->place_zh);
  g_free (programme->timezone);
  g_free (programme);
}

/* Looking up ------------------------------------------------------------------------- */

gboolean programme_is_empty (const Programme *programme)
{
  return programme->days->len == 0 && programme->events->len == 0 && programme->categories->len == 0
         && programme->sessions->len == 0;
}

const ProgrammeEntry *programme_category (const Programme *programme, const char *word)
{
  return look_up (programme->index->categories, word);
}

const char *programme_category_fr (const ProgrammeEntry *category, Gender gender)
{
  const char *word = gender == GENDER_WOMAN     ? category->fr_f
                     : gender == GENDER_UNKNOWN ? category->fr_n
                                                : "";
  return word[0] != '\0' ? word : category->fr;
}

const ProgrammeEntry *programme_event (const Programme *programme, const char *word)
{
  const ProgrammeEntry *entry = look_up (programme->index->events, word);
  if (entry != NULL)
    return entry;
  /* a word of an event's longer name will do where it is in no other's: 西博会 of
   * 中国西部国际博览会（西博会） */
  g_autofree char *key = key_of (word);
  for (guint i = 0; g_utf8_strlen (key, -1) > 1 && i < programme->events->len; i++) {
    const ProgrammeEntry *candidate = g_ptr_array_index (programme->events, i);
    g_autofree char *fr = text_fold (candidate->fr), *zh = key_of (candidate->zh);
    g_auto (GStrv) words = g_strsplit (fr, " ", -1);
    if (!g_strv_contains ((const char *const *) words, key)
        && !(text_has_han (key) && strstr (zh, key) != NULL))
      continue;
    if (entry != NULL)
      return NULL;
    entry = candidate;
  }
  return entry;
}

const ProgrammeEntry *programme_session (const Programme *programme, const char *word)
{
  return look_up (programme->index->sessions, word);
}

const ProgrammeEntry *programme_delegation (const Programme *programme, const char *word)
{
  return look_up (programme->index->delegations, word);
}

const Day *programme_day (const Programme *programme, const char *word)
{
  g_autofree char *folded = text_fold (word);
  return g_hash_table_lookup (programme->index->days, folded);
}

void programme_place (const Programme *programme, char **fr, char **zh)
{
  const GPtrArray *days = programme->days;
  const char *from = days->len > 0 ? ((const Day *) days->pdata[0])->date : "",
             *to = days->len > 0 ? ((const Day *) days->pdata[days->len - 1])->date : "";

  dates_place_and_span ((Pair){ programme->place_fr, programme->place_zh }, from, to, fr, zh);
}

guint programme_day_order (const Programme *programme, const char *label)
{
  for (guint i = 0; i < programme->days->len; i++)
    if (strcmp (((const Day *) g_ptr_array_index (programme->days, i))->label, label) == 0)
      return i;
  return G_MAXUINT;
}

char *programme_words (const GPtrArray *entries)
{
  g_autoptr (GString) words = g_string_new (NULL);
  for (guint i = 0; i < entries->len; i++) {
    const ProgrammeEntry *entry = g_ptr_array_index (entries, i);
    g_string_append_printf (words, "%s%s", i > 0 ? ", " : "",
                            *entry->fr != '\0' ? entry->fr : entry->id);
  }
  return g_strdup (words->str);
}
