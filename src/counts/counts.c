#include "counts/counts.h"

#include "access/presentation.h"
#include "vocabulary/dates.h"
#include "counts/tally.h"
#include "core/country.h"
#include "core/text.h"
#include "journal/query.h"

#include <string.h>

static const char *const NAMES[COUNTS_BY_COUNT]
    = { "total", "event", "day", "checkpoint", "category", "delegation", "country" };

static const char PASSAGES[] = "SELECT checkpoint, day, verdict, passages FROM passage_count "
                               "WHERE verdict <> 'UNDONE'";
static const char EVENT_ROWS[] = "SELECT id, fr, zh FROM event WHERE NOT removed ORDER BY sort, id";
static const char CATEGORY_ROWS[]
    = "SELECT id, fr, zh FROM category WHERE NOT removed ORDER BY sort, id";
static const char DELEGATION_ROWS[] = "SELECT id, fr, zh FROM delegation WHERE NOT removed";
static const char CHECKPOINT_EVENT[] = "SELECT id, event FROM checkpoint";
static const char REGISTRATIONS[] = "SELECT events, days, delegates FROM delegate_kind";
static const char RIGHTS[] = "SELECT category, events, days, workshops, role, meals, transport, "
                             "headset, delegates FROM delegate_kind";
static const char AT_CHECKPOINT[]
    = "SELECT people FROM checkpoint_count WHERE checkpoint = :checkpoint";
/* A headset that was not given back is out the next day too, and may be given back at
 * another desk; it counts where it was lent. */
static const char LENT_AT[]
    = "SELECT count (*) FROM headset_out l WHERE l.checkpoint = :checkpoint OR (l.checkpoint = '' "
      "AND :checkpoint = (SELECT p.checkpoint FROM presence p JOIN checkpoint c ON c.id = "
      "p.checkpoint WHERE p.reference = l.reference AND c.kind = 'headset' ORDER BY p.last_at "
      "DESC, p.last_station DESC, p.last_seq DESC LIMIT 1))";

static const char BADGES_TO_PRINT[] = "SELECT count (*) FROM badge WHERE print";
/* Printed, or given up by the agent because it had become void. */
#define SETTLED "(state = 'printed' OR (state = 'failed' AND reason = 'void'))"
static const char BADGES_SETTLED[]
    = "SELECT count (*), ifnull (sum (printed), 0) FROM (SELECT max (state = 'printed') AS printed "
      "FROM print_job WHERE " SETTLED " GROUP BY reference, serial, issuer)";
/* Void badges that no agent has met yet, and those that another one came after at a
 * station that could not know of them: nobody prints or asks for either any more.
 * There are few. */
static const char BADGES_DROPPED[]
    = "SELECT count (*) FROM (SELECT reference, serial, issuer FROM badge_void UNION SELECT "
      "s.reference, s.serial, s.issuer FROM badge_shared x CROSS JOIN badge_state s ON s.reference "
      "= x.reference WHERE NOT s.good) v JOIN badge b USING (reference, serial, issuer) WHERE "
      "b.print AND NOT EXISTS"
      " (SELECT 1 FROM print_job j WHERE j.reference = v.reference AND j.serial = v.serial AND "
      "j.issuer = v.issuer AND " SETTLED ")";
static const char CONFLICTS[] = "SELECT count (*) FROM conflict WHERE NOT closed";

gboolean counts_by_from_name (const char *name, CountsBy *by)
{
  for (guint i = 0; name != NULL && i < COUNTS_BY_COUNT; i++)
    if (strcmp (NAMES[i], name) == 0) {
      *by = (CountsBy) i;
      return TRUE;
    }
  return FALSE;
}

const char *counts_by_name (CountsBy by)
{
  return (guint) by < COUNTS_BY_COUNT ? NAMES[by] : "";
}

static void row_free (gpointer data)
{
  CountsRow *row = data;
  g_free (row->id);
  g_free (row->fr);
  g_free (row->zh);
  g_free (row);
}

void counts_free (Counts *counts)
{
  if (counts == NULL)
    return;
  g_ptr_array_unref (counts->rows);
  g_free (counts->first_event);
  g_free (counts->second_event);
  g_free (counts);
}

static CountsRow *add_row (Counts *counts, const char *id, const char *fr, const char *zh)
{
  CountsRow *row = g_new0 (CountsRow, 1);
  row->id = g_strdup (id);
  row->fr = g_strdup (fr);
  row->zh = g_strdup (zh);
  g_ptr_array_add (counts->rows, row);
  return row;
}

static CountsRow *find_row (const Counts *counts, const char *id)
{
  for (guint i = 0; i < counts->rows->len; i++)
    if (strcmp (((CountsRow *) counts->rows->pdata[i])->id, id) == 0)
      return counts->rows->pdata[i];
  return NULL;
}

/* Rows that a table names. */
static gboolean read_rows (Journal *journal, const char *sql, Counts *counts, GError **error)
{
  Query *query = journal_query (journal, sql, error);
  if (query == NULL)
    return FALSE;
  while (query_next (query))
    add_row (counts, query_text (query, 0), query_text (query, 1), query_text (query, 2));
  return query_end (query, error);
}

/* Passages --------------------------------------------------------------------------- */

/* Adds up the scans of the congress and, by event, day or checkpoint, of each row. */
static gboolean read_passages (Journal *journal, Counts *counts, GError **error)
{
  g_autoptr (GHashTable) events = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  Query *query
      = counts->by == COUNTS_BY_EVENT ? journal_query (journal, CHECKPOINT_EVENT, error) : NULL;
  if (counts->by == COUNTS_BY_EVENT && query == NULL)
    return FALSE;
  if (query != NULL) {
    while (query_next (query))
      g_hash_table_insert (events, g_strdup (query_text (query, 0)),
                           g_strdup (query_text (query, 1)));
    if (!query_end (query, error))
      return FALSE;
  }
  if (!(query = journal_query (journal, PASSAGES, error)))
    return FALSE;
  while (query_next (query)) {
    gboolean admitted = strcmp (query_text (query, 2), "ADMITTED") == 0;
    gint64 scans = query_int (query, 3);
    const char *id = counts->by == COUNTS_BY_EVENT
                         ? g_hash_table_lookup (events, query_text (query, 0))
                     : counts->by == COUNTS_BY_DAY        ? query_text (query, 1)
                     : counts->by == COUNTS_BY_CHECKPOINT ? query_text (query, 0)
                                                          : NULL;
    CountsRow *row = id != NULL ? find_row (counts, id) : NULL;
    *(admitted ? &counts->passages : &counts->refused) += scans;
    if (row != NULL)
      *(admitted ? &row->passages : &row->refused) += scans;
  }
  return query_end (query, error);
}

/* By event and by day ---------------------------------------------------------------- */

/* @list is a JSON array of identifiers, which need no escapes: the quoted id is in it or
 * not. */
static gboolean lists (const char *list, const char *quoted)
{
  return strstr (list, quoted) != NULL;
}

/* How many registrations list each of @ids in @column of REGISTRATIONS. */
static gboolean read_registered (Journal *journal, int column, const char *const *ids,
                                 gint64 *registered, GError **error)
{
  Query *query = journal_query (journal, REGISTRATIONS, error);
  if (query == NULL)
    return FALSE;
  g_autoptr (GPtrArray) quoted = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; ids[i] != NULL; i++)
    g_ptr_array_add (quoted, g_strdup_printf ("\"%s\"", ids[i]));
  while (query_next (query)) {
    const char *list = query_text (query, column);
    for (guint i = 0; i < quoted->len; i++)
      registered[i] += lists (list, quoted->pdata[i]) ? query_int (query, 2) : 0;
  }
  return query_end (query, error);
}

static gboolean count_events (Journal *journal, const Tally *tally, Counts *counts, GError **error)
{
  if (!read_rows (journal, EVENT_ROWS, counts, error))
    return FALSE;
  g_autofree const char **ids = g_new0 (const char *, counts->rows->len + 1);
  g_autofree gint64 *registered = g_new0 (gint64, counts->rows->len + 1);
  for (guint i = 0; i < counts->rows->len; i++)
    ids[i] = ((CountsRow *) counts->rows->pdata[i])->id;
  if (!read_registered (journal, 0, ids, registered, error))
    return FALSE;
  for (guint i = 0; i < counts->rows->len; i++) {
    CountsRow *row = counts->rows->pdata[i];
    gint64 arrived_today = 0;
    row->registered = registered[i];
    if (i >= tally->events->len)
      continue;
    row->arrived = tally->arrived_at[i];
    if (!tally_day (tally, journal, tally->day, (gint) i, &arrived_today, &row->inside, error))
      return FALSE;
  }
  return TRUE;
}

static CountsRow *add_day (Counts *counts, const char *date)
{
  g_autofree char *first = NULL, *second = NULL;

  dates_figures (date, &first, &second);
  return add_row (counts, date, first, second);
}

static gboolean count_days (Journal *journal, const Tally *tally, Counts *counts, GError **error)
{
  g_autoptr (GPtrArray) days = days_load (journal, error);
  if (days == NULL)
    return FALSE;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  for (guint i = 0; i < days->len; i++) {
    const Day *day = g_ptr_array_index (days, i);
    g_strv_builder_add (builder, day->label);
    add_day (counts, day->date);
  }
  g_auto (GStrv) labels = g_strv_builder_end (builder);
  g_autofree gint64 *registered = g_new0 (gint64, counts->rows->len + 1);
  if (!read_registered (journal, 1, (const char *const *) labels, registered, error))
    return FALSE;
  for (guint i = 0; i < counts->rows->len; i++) {
    CountsRow *row = counts->rows->pdata[i];
    row->registered = registered[i];
    if (!tally_day (tally, journal, row->id, -1, &row->arrived, &row->inside, error))
      return FALSE;
  }
  return TRUE;
}

/* By checkpoint ---------------------------------------------------------------------- */

/* What a checkpoint is to be asked about: how many delegates have these rights. */
typedef struct {
  char *texts[5]; /* category, events, days, workshops, role */
  gboolean flags[3];
  gint64 delegates;
} Kind;

static void kind_clear (gpointer data)
{
  Kind *kind = data;
  for (guint i = 0; i < G_N_ELEMENTS (kind->texts); i++)
    g_free (kind->texts[i]);
}

static GArray *read_kinds (Journal *journal, GError **error)
{
  Query *query = journal_query (journal, RIGHTS, error);
  if (query == NULL)
    return NULL;
  g_autoptr (GArray) kinds = g_array_new (FALSE, FALSE, sizeof (Kind));
  g_array_set_clear_func (kinds, kind_clear);
  while (query_next (query)) {
    Kind kind = { .delegates = query_int (query, 8) };
    for (int i = 0; i < 5; i++)
      kind.texts[i] = g_strdup (query_text (query, i));
    for (int i = 0; i < 3; i++)
      kind.flags[i] = query_int (query, 5 + i) != 0;
    g_array_append_val (kinds, kind);
  }
  return query_end (query, error) ? g_steal_pointer (&kinds) : NULL;
}

static gint64 count_granted (const Checkpoint *checkpoint, const GArray *kinds)
{
  gint64 granted = 0;
  for (guint i = 0; i < kinds->len; i++) {
    const Kind *kind = &g_array_index (kinds, Kind, i);
    const PresentationRights rights
        = { kind->texts[0], kind->texts[1], kind->texts[2], kind->texts[3],
            kind->texts[4], kind->flags[0], kind->flags[1], kind->flags[2] };
    if (presentation_grants (checkpoint, &rights))
      granted += kind->delegates;
  }
  return granted;
}

/* One number about a checkpoint; @day may be NULL. */
static gboolean read_at (Journal *journal, const char *sql, const char *checkpoint, gint64 *number,
                         GError **error)
{
  Query *query = journal_query (journal, sql, error);
  if (query == NULL)
    return FALSE;
  query_bind_text (query, ":checkpoint", checkpoint);
  *number = query_next (query) ? query_int (query, 0) : 0;
  return query_end (query, error);
}

/* Walks through all kinds of rights at each checkpoint, unless it is known; they are read
 * into *@kinds where it is not, once. */
static gboolean read_granted (Journal *journal, const Checkpoint *checkpoint, GArray **kinds,
                              GHashTable *granted, gint64 *count, GError **error)
{
  const gint64 *known = granted != NULL ? g_hash_table_lookup (granted, checkpoint->id) : NULL;
  if (known != NULL) {
    *count = *known;
    return TRUE;
  }
  if (*kinds == NULL && (*kinds = read_kinds (journal, error)) == NULL)
    return FALSE;
  *count = count_granted (checkpoint, *kinds);
  if (granted != NULL)
    g_hash_table_insert (granted, g_strdup (checkpoint->id), g_memdup2 (count, sizeof *count));
  return TRUE;
}

/* Those inside: a walk through all of them. */
static gboolean read_inside (Journal *journal, const Tally *tally, const Checkpoint *checkpoint,
                             gint64 *inside, GError **error)
{
  if (checkpoint->kind == CHECKPOINT_HEADSET)
    return read_at (journal, LENT_AT, checkpoint->id, inside, error);
  return presentation_taken (journal, checkpoint, tally->day, inside, error);
}

static gboolean count_checkpoints (Journal *journal, const Tally *tally, Counts *counts,
                                   GHashTable *granted, GError **error)
{
  g_autoptr (GArray) kinds = NULL;
  g_autoptr (GPtrArray) checkpoints = checkpoint_all (journal, error);
  if (checkpoints == NULL)
    return FALSE;
  for (guint i = 0; i < checkpoints->len; i++) {
    const Checkpoint *checkpoint = g_ptr_array_index (checkpoints, i);
    CountsRow *row = add_row (counts, checkpoint->id, checkpoint->fr, checkpoint->zh);
    gboolean whole = granted == NULL || checkpoint->kind == CHECKPOINT_HEADSET;
    if (!read_granted (journal, checkpoint, &kinds, granted, &row->registered, error)
        || !read_at (journal, AT_CHECKPOINT, row->id, &row->arrived, error)
        || (whole && !read_inside (journal, tally, checkpoint, &row->inside, error)))
      return FALSE;
  }
  return TRUE;
}

/* By what people are ----------------------------------------------------------------- */

static int by_registered (gconstpointer a, gconstpointer b)
{
  const CountsRow *first = *(CountsRow *const *) a, *second = *(CountsRow *const *) b;
  if (first->registered != second->registered)
    return first->registered > second->registered ? -1 : 1;
  return strcmp (first->id, second->id);
}

static CountsRow *add_group (Counts *counts, const TallyGroup *group)
{
  if (*group->id == '\0') {
    Pair nothing = words_pair (N_ ("(not given)"));
    return add_row (counts, "", nothing.first, nothing.second);
  }
  if (counts->by != COUNTS_BY_COUNTRY)
    return add_row (counts, group->id, *group->fr ? group->fr : group->id,
                    *group->zh ? group->zh : group->id);
  g_autofree char *fr = country_name (group->id, words_key (WORDS_FIRST));
  g_autofree char *zh = country_name (group->id, words_key (WORDS_SECOND));
  return add_row (counts, group->id, fr, zh);
}

static gboolean count_groups (Journal *journal, const Tally *tally, Counts *counts, GError **error)
{
  if (counts->by == COUNTS_BY_CATEGORY && !read_rows (journal, CATEGORY_ROWS, counts, error))
    return FALSE;
  if (counts->by == COUNTS_BY_DELEGATION && !read_rows (journal, DELEGATION_ROWS, counts, error))
    return FALSE;
  g_autoptr (GHashTable) named = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < counts->rows->len; i++)
    g_hash_table_insert (named, ((CountsRow *) counts->rows->pdata[i])->id, counts->rows->pdata[i]);
  for (guint i = 0; i < tally->groups->len; i++) {
    const TallyGroup *group = tally->groups->pdata[i];
    CountsRow *row = g_hash_table_lookup (named, group->id);
    if (row == NULL)
      row = add_group (counts, group);
    row->registered = group->registered;
    row->arrived = group->arrived;
    row->inside = group->inside;
    row->passages = group->passages;
    row->refused = group->refused;
  }
  if (counts->by != COUNTS_BY_CATEGORY)
    g_ptr_array_sort (counts->rows, by_registered);
  return TRUE;
}

/* All together ----------------------------------------------------------------------- */

static gboolean read_badges (Journal *journal, CountsBadges *badges, GError **error)
{
  Query *query = query_number (journal, BADGES_TO_PRINT, &badges->asked, error)
                     ? journal_query (journal, BADGES_SETTLED, error)
                     : NULL;
  if (query == NULL)
    return FALSE;
  if (query_next (query)) {
    badges->settled = query_int (query, 0);
    badges->printed = query_int (query, 1);
  }
  return query_end (query, error);
}

/* @known: NULL where they are to be read. */
static gboolean take_badges (Journal *journal, Counts *counts, const CountsBadges *known,
                             GError **error)
{
  gint64 dropped = 0;
  CountsBadges badges = { 0 };
  if (known == NULL && !read_badges (journal, &badges, error))
    return FALSE;
  if (known != NULL)
    badges = *known;
  counts->badges_printed = badges.printed;
  if (!query_number (journal, BADGES_DROPPED, &dropped, error)
      || !query_number (journal, CONFLICTS, &counts->conflicts, error))
    return FALSE;
  counts->badges_waiting = MAX (badges.asked - dropped - badges.settled, 0);
  return TRUE;
}

static gboolean count (Journal *journal, const Tally *tally, Counts *counts, GHashTable *granted,
                       GError **error)
{
  switch (counts->by) {
  case COUNTS_BY_EVENT:
    return count_events (journal, tally, counts, error);
  case COUNTS_BY_DAY:
    return count_days (journal, tally, counts, error);
  case COUNTS_BY_CHECKPOINT:
    return count_checkpoints (journal, tally, counts, granted, error);
  case COUNTS_BY_CATEGORY:
  case COUNTS_BY_DELEGATION:
  case COUNTS_BY_COUNTRY:
    return count_groups (journal, tally, counts, error);
  case COUNTS_TOTAL:
  case COUNTS_BY_COUNT:
    break;
  }
  return TRUE;
}

static TallyGrouping grouping_of (CountsBy by)
{
  return by == COUNTS_BY_CATEGORY     ? TALLY_CATEGORY
         : by == COUNTS_BY_DELEGATION ? TALLY_DELEGATION
         : by == COUNTS_BY_COUNTRY    ? TALLY_COUNTRY
                                      : TALLY_UNGROUPED;
}

Counts *counts_read_known (Journal *journal, CountsBy by, GHashTable *granted,
                           const CountsBadges *badges, GError **error)
{
  g_autoptr (Counts) counts = g_new0 (Counts, 1);
  counts->by = by;
  counts->rows = g_ptr_array_new_with_free_func (row_free);
  g_autoptr (Tally) tally = tally_read (journal, grouping_of (by), error);
  if (tally == NULL)
    return NULL;
  counts->registered = tally->registered;
  counts->arrived = tally->arrived;
  counts->inside = tally->inside;
  counts->both_events = tally->both;
  counts->only_first = tally->only_first;
  counts->only_second = tally->only_second;
  g_strlcpy (counts->inside_day, tally->day, sizeof counts->inside_day);
  counts->first_event = g_strdup (tally->events->len > 0 ? tally->events->pdata[0] : "");
  counts->second_event = g_strdup (tally->events->len > 1 ? tally->events->pdata[1] : "");
  if (!count (journal, tally, counts, granted, error) || !read_passages (journal, counts, error)
      || !take_badges (journal, counts, badges, error))
    return NULL;
  return g_steal_pointer (&counts);
}

Counts *counts_read (Journal *journal, CountsBy by, GError **error)
{
  return counts_read_known (journal, by, NULL, NULL, error);
}

/* Writing ---------------------------------------------------------------------------- */

static void write_figures (JsonOut *out, gint64 registered, gint64 arrived, gint64 inside)
{
  json_out_int (out, "registered", registered);
  json_out_int (out, "arrived", arrived);
  json_out_int (out, "inside", inside);
}

Pair counts_heading (guint figure)
{
  static const char *const HEADINGS[COUNTS_FIGURES]
      = { NC_ ("counts", "registered"), NC_ ("counts", "arrived"), NC_ ("counts", "inside"),
          NC_ ("counts", "passages"), NC_ ("counts", "refused") };

  g_return_val_if_fail (figure < COUNTS_FIGURES, PAIR_EMPTY);
  return words_pair_in ("counts", HEADINGS[figure]);
}

char *counts_to_json (const Counts *counts)
{
  const char *events[]
      = { counts->first_event, *counts->second_event ? counts->second_event : NULL, NULL };
  JsonOut *out = json_out_new ();
  json_out_begin_object (out, NULL);
  json_out_string (out, "by", counts_by_name (counts->by));
  write_figures (out, counts->registered, counts->arrived, counts->inside);
  json_out_string (out, "inside_day", counts->inside_day);
  json_out_strings (out, "events", *counts->first_event ? events : NULL);
  json_out_int (out, "both_events", counts->both_events);
  json_out_int (out, "only_first", counts->only_first);
  json_out_int (out, "only_second", counts->only_second);
  json_out_int (out, "passages", counts->passages);
  json_out_int (out, "refused", counts->refused);
  json_out_int (out, "badges_printed", counts->badges_printed);
  json_out_int (out, "badges_waiting", counts->badges_waiting);
  json_out_int (out, "conflicts", counts->conflicts);
  json_out_begin_array (out, "rows");
  for (guint i = 0; i < counts->rows->len; i++) {
    const CountsRow *row = counts->rows->pdata[i];
    json_out_begin_object (out, NULL);
    json_out_string (out, "id", row->id);
    json_out_string (out, words_key (WORDS_FIRST), row->fr);
    json_out_string (out, words_key (WORDS_SECOND), row->zh);
    write_figures (out, row->registered, row->arrived, row->inside);
    json_out_int (out, "passages", row->passages);
    json_out_int (out, "refused", row->refused);
    json_out_end_object (out);
  }
  json_out_end_array (out);
  json_out_end_object (out);
  return json_out_finish (out);
}

/* A field of RFC 4180; one that a spreadsheet would take for a formula is led by an
 * apostrophe. */
static void append_field (GString *csv, const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, "\"", -1);
  g_autofree char *doubled = g_strjoinv ("\"\"", parts);
  g_string_append_printf (csv, "\"%s%s\",", text_is_formula (text) ? "'" : "", doubled);
}

static void append_row (GString *csv, const CountsRow *row)
{
  append_field (csv, row->id);
  append_field (csv, row->fr);
  append_field (csv, row->zh);
  g_string_append_printf (csv,
                          "%" G_GINT64_FORMAT ",%" G_GINT64_FORMAT ",%" G_GINT64_FORMAT
                          ",%" G_GINT64_FORMAT ",%" G_GINT64_FORMAT "\r\n",
                          row->registered, row->arrived, row->inside, row->passages, row->refused);
}

char *counts_to_csv (const Counts *counts)
{
  static char id[] = "total";
  g_autofree char *total_first = g_strdup (words_for_in (WORDS_FIRST, "counts", "Total")),
                  *total_second = g_strdup (words_for_in (WORDS_SECOND, "counts", "Total"));
  const CountsRow total = { id,
                            total_first,
                            total_second,
                            counts->registered,
                            counts->arrived,
                            counts->inside,
                            counts->passages,
                            counts->refused };
  GString *csv = g_string_new ("\xef\xbb\xbfid");
  g_string_append_printf (csv, ",%s,%s", words_for_in (WORDS_FIRST, "language", "English"),
                          words_for_in (WORDS_SECOND, "language", "English"));
  for (guint i = 0; i < COUNTS_FIGURES; i++) {
    Pair heading = counts_heading (i);
    g_string_append_printf (csv, ",%s·%s", heading.first, heading.second);
  }
  g_string_append (csv, "\r\n");
  append_row (csv, &total);
  for (guint i = 0; i < counts->rows->len; i++)
    append_row (csv, counts->rows->pdata[i]);
  return g_string_free (csv, FALSE);
}
