#include "counts/balance.h"

#include "core/json.h"
#include "journal/query.h"

#include <string.h>

/* Kept as people register, come and go (projection-46-balance.sql). */
static const char INVITED[] = "SELECT cell, people FROM balance_count ORDER BY cell";
static const char ARRIVED[]
    = "SELECT cell, people FROM balance_arrived WHERE event = :event ORDER BY cell";
static const char INSIDE[] = "SELECT cell, people FROM balance_inside WHERE day = :day AND event = "
                             ":event ORDER BY cell";
static const char LAST_DAY[] = "SELECT max (day) FROM day_count WHERE event = :event";
static const char CATEGORIES[]
    = "SELECT id, fr, zh FROM category WHERE NOT removed ORDER BY sort, id";
static const char EVENT[] = "SELECT 1 FROM event WHERE id = :event AND NOT removed";
static const char PEOPLE[]
    = "SELECT d.reference, d.function_fr, d.function_zh, d.family, d.given, d.name_zh, d.protocol, "
      "m.cell FROM balance_member m CROSS JOIN delegate d ON d.reference = m.reference WHERE "
      "m.cell IN (SELECT value FROM json_each (:cells))";
#define ANY_EVENT "*" /* as the projections call all together */

/* What all people of a cell have in common. */
typedef struct {
  guint rank, category; /* places in the rows */
  FiguresSide side;
  gboolean counted; /* registered for the event that is asked for */
  gboolean pending, guessed;
} Cell;

typedef struct {
  Balance *balance;
  RankBook *ranks;
  gboolean never;    /* no such event: nobody is registered for it */
  GHashTable *cells; /* text → Cell */
} Reading;

static void reading_clear (Reading *reading)
{
  rank_book_free (reading->ranks);
  g_hash_table_unref (reading->cells);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reading, reading_clear)

static void row_free (gpointer data)
{
  BalanceRow *row = data;
  g_free (row->id);
  g_free (row->fr);
  g_free (row->zh);
  g_free (row);
}

static void guess_free (gpointer data)
{
  BalanceGuess *guess = data;
  g_free (guess->reference);
  g_free (guess->name);
  g_free (guess->function);
  g_free (guess);
}

void balance_free (Balance *balance)
{
  if (balance == NULL)
    return;
  g_free (balance->event);
  g_ptr_array_unref (balance->ranks);
  g_ptr_array_unref (balance->categories);
  g_ptr_array_unref (balance->guesses);
  g_free (balance);
}

/* Rows ------------------------------------------------------------------------------- */

static guint add_row (GPtrArray *rows, const char *id, const char *fr, const char *zh)
{
  BalanceRow *row = g_new0 (BalanceRow, 1);
  row->id = g_strdup (id);
  row->fr = g_strdup (fr);
  row->zh = g_strdup (zh);
  g_ptr_array_add (rows, row);
  return rows->len - 1;
}

static gboolean read_categories (Journal *journal, Balance *balance, GError **error)
{
  Query *query = journal_query (journal, CATEGORIES, error);
  if (query == NULL)
    return FALSE;
  while (query_next (query))
    add_row (balance->categories, query_text (query, 0), query_text (query, 1),
             query_text (query, 2));
  return query_end (query, error);
}

static guint place_of (const GPtrArray *rows, const char *id)
{
  for (guint i = 0; i < rows->len; i++)
    if (strcmp (((const BalanceRow *) rows->pdata[i])->id, id) == 0)
      return i;
  return RANK_NONE;
}

static gint by_id (gconstpointer a, gconstpointer b)
{
  const BalanceRow *one = *(BalanceRow *const *) a, *two = *(BalanceRow *const *) b;
  gboolean none = *one->id == '\0', no_other = *two->id == '\0';
  return none != no_other ? (gint) none - (gint) no_other : strcmp (one->id, two->id);
}

/* Cells ------------------------------------------------------------------------------ */

/* What somebody said, if it is a rank; else what her function means. */
static guint rank_of (const Reading *reading, const char *said, const char *meant,
                      gboolean *guessed)
{
  guint rank = *said != '\0' ? rank_find (reading->ranks, said) : RANK_NONE;
  *guessed = rank == RANK_NONE;
  if (*guessed)
    rank = place_of (reading->balance->ranks, meant);
  return rank != RANK_NONE ? rank : reading->balance->ranks->len - 1;
}

/* Those that the event file does not have are shown by their ids. */
static guint category_of (const Reading *reading, const char *id)
{
  guint place = place_of (reading->balance->categories, id);
  return place != RANK_NONE ? place : add_row (reading->balance->categories, id, id, id);
}

static gboolean is_counted (const Reading *reading, const char *events)
{
  if (reading->never || *reading->balance->event == '\0')
    return !reading->never;
  g_auto (GStrv) ids = json_in_strings_of (events);
  return g_strv_contains ((const char *const *) ids, reading->balance->event);
}

/* [country, rank said, rank meant, category, events, pending] */
static Cell *cell_new (const Reading *reading, const char *text)
{
  g_autoptr (JsonIn) in = json_in_parse (text, -1, NULL);
  JsonValue *cell = in != NULL ? json_in_root (in) : NULL;
  Cell *parsed = g_new0 (Cell, 1);
  const char *parts[5];
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++) {
    parts[i] = cell != NULL ? json_in_element_string (cell, i) : NULL;
    parts[i] = parts[i] != NULL ? parts[i] : "";
  }
  parsed->side = figures_side_of (parts[0]);
  parsed->rank = rank_of (reading, parts[1], parts[2], &parsed->guessed);
  parsed->category = category_of (reading, parts[3]);
  parsed->counted = is_counted (reading, parts[4]);
  parsed->pending = g_str_has_suffix (text, ",1]");
  return parsed;
}

static const Cell *cell_of (const Reading *reading, const char *text)
{
  Cell *cell = g_hash_table_lookup (reading->cells, text);
  if (cell == NULL) {
    cell = cell_new (reading, text);
    g_hash_table_insert (reading->cells, g_strdup (text), cell);
  }
  return cell;
}

/* Counting --------------------------------------------------------------------------- */

static void count_invited (BalanceCount *count, const Cell *cell, gint64 people)
{
  count->invited += people;
  count->registered += cell->pending ? 0 : people;
}

static void count_arrived (BalanceCount *count, const Cell *cell, gint64 people)
{
  count->arrived += people;
}

static void count_inside (BalanceCount *count, const Cell *cell, gint64 people)
{
  count->inside += people;
}

typedef void (*Count) (BalanceCount *count, const Cell *cell, gint64 people);

static gboolean count (Journal *journal, const char *sql, const Reading *reading, Count add,
                       GError **error)
{
  Balance *balance = reading->balance;
  Query *query = journal_query (journal, sql, error);
  if (query == NULL)
    return FALSE;
  if (sql != INVITED)
    query_bind_text (query, ":event", *balance->event != '\0' ? balance->event : ANY_EVENT);
  if (sql == INSIDE)
    query_bind_text (query, ":day", balance->day);
  while (query_next (query)) {
    const Cell *cell = cell_of (reading, query_text (query, 0));
    gint64 people = query_int (query, 1);
    if (!cell->counted)
      continue;
    BalanceRow *rank = balance->ranks->pdata[cell->rank],
               *category = balance->categories->pdata[cell->category];
    add (&rank->sides[cell->side], cell, people);
    add (&category->sides[cell->side], cell, people);
    if (sql == INVITED && cell->guessed && cell->rank + 1 < balance->ranks->len)
      balance->guessed += people;
  }
  return query_end (query, error);
}

static gboolean read_day (Journal *journal, Balance *balance, GError **error)
{
  Query *query = journal_query (journal, LAST_DAY, error);
  if (query == NULL)
    return FALSE;
  query_bind_text (query, ":event", *balance->event != '\0' ? balance->event : ANY_EVENT);
  if (query_next (query))
    g_strlcpy (balance->day, query_text (query, 0), sizeof balance->day);
  return query_end (query, error);
}

static gboolean start (Journal *journal, Reading *reading, const char *event, GError **error)
{
  reading->ranks = rank_book_read (journal, error);
  Query *query = reading->ranks != NULL ? journal_query (journal, EVENT, error) : NULL;
  if (query == NULL)
    return FALSE;
  for (guint i = 0; i < rank_count (reading->ranks); i++) {
    const Rank *rank = rank_at (reading->ranks, i);
    add_row (reading->balance->ranks, rank->id, rank->fr, rank->zh);
  }
  query_bind_text (query, ":event", event);
  reading->never = !query_next (query) && *event != '\0';
  return query_end (query, error) && read_categories (journal, reading->balance, error);
}

/* Whose rank follows from her function ----------------------------------------------- */

static void add_guess (const Reading *reading, const Cell *cell, Query *query)
{
  const char *fr = query_text (query, 1), *zh = query_text (query, 2),
             *family = query_text (query, 3), *given = query_text (query, 4),
             *hanzi = query_text (query, 5);
  BalanceGuess *guess = g_new0 (BalanceGuess, 1);
  guess->reference = g_strdup (query_text (query, 0));
  if (query_int (query, 6) != 0)
    guess->name = g_strdup ("");
  else {
    g_autofree char *joined = g_strjoin (" ", hanzi, given, family, NULL);
    guess->name = g_strdup (g_strstrip (joined));
  }
  guess->function
      = *fr != '\0' && *zh != '\0' ? g_strjoin (" · ", fr, zh, NULL) : g_strconcat (fr, zh, NULL);
  guess->rank = cell->rank;
  guess->side = cell->side;
  g_ptr_array_add (reading->balance->guesses, guess);
}

static gint by_rank (gconstpointer a, gconstpointer b)
{
  const BalanceGuess *one = *(BalanceGuess *const *) a, *two = *(BalanceGuess *const *) b;
  if (one->rank != two->rank)
    return one->rank < two->rank ? -1 : 1;
  return one->side != two->side ? (gint) one->side - (gint) two->side
                                : strcmp (one->reference, two->reference);
}

/* Whose rank a person is to confirm. */
static gboolean is_guess (const Reading *reading, const Cell *cell)
{
  return cell->guessed && cell->counted && cell->rank + 1 < reading->balance->ranks->len;
}

/* The cells of such people as a JSON array; NULL for none: few, or none at all, among very
 * many. */
static char *guessed_cells (const Reading *reading)
{
  GHashTableIter iter;
  gpointer text, cell;
  guint count = 0;
  JsonOut *out = json_out_new ();
  json_out_begin_array (out, NULL);
  g_hash_table_iter_init (&iter, reading->cells);
  while (g_hash_table_iter_next (&iter, &text, &cell))
    if (is_guess (reading, cell)) {
      json_out_string (out, NULL, text);
      count++;
    }
  json_out_end_array (out);
  g_autofree char *cells = json_out_finish (out);
  return count > 0 ? g_steal_pointer (&cells) : NULL;
}

static gboolean read_guesses (Journal *journal, const Reading *reading, GError **error)
{
  g_autofree char *cells = guessed_cells (reading);
  Query *query = cells != NULL ? journal_query (journal, PEOPLE, error) : NULL;
  if (query == NULL)
    return cells == NULL;
  query_bind_text (query, ":cells", cells);
  while (query_next (query))
    add_guess (reading, cell_of (reading, query_text (query, 7)), query);
  g_ptr_array_sort (reading->balance->guesses, by_rank);
  return query_end (query, error);
}

/* All -------------------------------------------------------------------------------- */

/* Categories that the event file does not have stand in order behind the others. */
static void sort_others (Balance *balance, guint known)
{
  guint others = balance->categories->len - known;
  if (others > 1)
    qsort (balance->categories->pdata + known, others, sizeof (gpointer), by_id);
}

Balance *balance_read (Journal *journal, const char *event, gboolean guesses, GError **error)
{
  g_autoptr (Balance) balance = g_new0 (Balance, 1);
  balance->event = g_strdup (event != NULL ? event : "");
  balance->ranks = g_ptr_array_new_with_free_func (row_free);
  balance->categories = g_ptr_array_new_with_free_func (row_free);
  balance->guesses = g_ptr_array_new_with_free_func (guess_free);
  g_auto (Reading) reading
      = { .balance = balance,
          .cells = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free) };
  if (!start (journal, &reading, balance->event, error))
    return NULL;
  guint known = balance->categories->len;
  if (!read_day (journal, balance, error)
      || !count (journal, INVITED, &reading, count_invited, error)
      || !count (journal, ARRIVED, &reading, count_arrived, error)
      || !count (journal, INSIDE, &reading, count_inside, error)
      || (guesses && !read_guesses (journal, &reading, error)))
    return NULL;
  sort_others (balance, known);
  return g_steal_pointer (&balance);
}

/* Held against each other ------------------------------------------------------------ */

static gint64 value_of (const BalanceCount *count, BalanceOf of)
{
  return of == BALANCE_INSIDE ? count->inside : count->registered;
}

gboolean balance_lacks (const BalanceRow *row, BalanceOf of, FiguresSide *side)
{
  gint64 france = value_of (&row->sides[FIGURES_FRANCE], of),
         china = value_of (&row->sides[FIGURES_CHINA], of);
  if (strcmp (row->id, RANK_OTHER) == 0 || (france > 0) == (china > 0))
    return FALSE;
  *side = france > 0 ? FIGURES_CHINA : FIGURES_FRANCE;
  return TRUE;
}

guint balance_lacking (const Balance *balance, BalanceOf of)
{
  guint lacking = 0;
  FiguresSide side;
  for (guint i = 0; i < balance->ranks->len; i++)
    lacking += balance_lacks (balance->ranks->pdata[i], of, &side);
  return lacking;
}

/* JSON ------------------------------------------------------------------------------- */

static void put_rows (JsonOut *out, const char *key, const GPtrArray *rows, gboolean ranks)
{
  json_out_begin_array (out, key);
  for (guint i = 0; i < rows->len; i++) {
    const BalanceRow *row = rows->pdata[i];
    FiguresSide lacks;
    json_out_begin_object (out, NULL);
    json_out_string (out, "id", row->id);
    json_out_string (out, "fr", row->fr);
    json_out_string (out, "zh", row->zh);
    for (FiguresSide side = FIGURES_FRANCE; side < FIGURES_SIDES; side++) {
      const BalanceCount *count = &row->sides[side];
      json_out_begin_object (out, figures_side_name (side));
      json_out_int (out, "invited", count->invited);
      json_out_int (out, "registered", count->registered);
      json_out_int (out, "arrived", count->arrived);
      json_out_int (out, "inside", count->inside);
      json_out_end_object (out);
    }
    if (ranks) {
      json_out_string (out, "lacks",
                       balance_lacks (row, BALANCE_REGISTERED, &lacks) ? figures_side_name (lacks)
                                                                       : "");
      json_out_string (out, "lacks_inside",
                       balance_lacks (row, BALANCE_INSIDE, &lacks) ? figures_side_name (lacks)
                                                                   : "");
    }
    json_out_end_object (out);
  }
  json_out_end_array (out);
}

char *balance_json (const Balance *balance)
{
  JsonOut *out = json_out_new ();
  json_out_begin_object (out, NULL);
  json_out_string (out, "event", balance->event);
  json_out_string (out, "day", balance->day);
  put_rows (out, "ranks", balance->ranks, TRUE);
  put_rows (out, "categories", balance->categories, FALSE);
  json_out_begin_array (out, "to_confirm");
  for (guint i = 0; i < balance->guesses->len; i++) {
    const BalanceGuess *guess = balance->guesses->pdata[i];
    json_out_begin_object (out, NULL);
    json_out_string (out, "reference", guess->reference);
    json_out_string (out, "name", guess->name);
    json_out_string (out, "function", guess->function);
    json_out_string (out, "rank", ((const BalanceRow *) balance->ranks->pdata[guess->rank])->id);
    json_out_string (out, "side", figures_side_name (guess->side));
    json_out_end_object (out);
  }
  json_out_end_array (out);
  json_out_end_object (out);
  return json_out_finish (out);
}
