#include "counts/balance.h"

#include "core/json.h"
#include "journal/query.h"

#include <string.h>

static const char PEOPLE[]
    = "SELECT d.reference, d.rank, d.function_fr, d.function_zh, d.status, d.category, d.country, "
      "ifnull (g.country, ''), d.family, d.given, d.name_zh, d.protocol FROM delegate d LEFT JOIN "
      "delegation g ON g.id = d.delegation AND NOT g.removed WHERE NOT d.revoked AND (:event = '' "
      "OR EXISTS (SELECT 1 FROM json_each (d.events) e WHERE e.value = :event))";
static const char CATEGORIES[]
    = "SELECT id, fr, zh FROM category WHERE NOT removed ORDER BY sort, id";
static const char LAST_DAY[]
    = "SELECT max (p.day) FROM presence p JOIN checkpoint c ON c.id = p.checkpoint AND c.kind = "
      "'entrance' AND (:event = '' OR c.event = :event)";
/* In order: the last row of a person says where she is. */
static const char CAME[]
    = "SELECT p.reference, p.day = :day AND p.last_direction <> 'out' FROM presence p JOIN "
      "checkpoint c ON c.id = p.checkpoint AND c.kind = 'entrance' AND (:event = '' OR c.event = "
      ":event) ORDER BY p.day, p.last_at, p.last_station, p.last_seq";

typedef struct {
  Balance *balance;
  RankBook *ranks;
  GHashTable *came;       /* reference → 1 arrived, 2 inside too */
  GHashTable *categories; /* id → BalanceRow */
  GHashTable *functions;  /* both functions → place + 1: many people have the same */
} Reading;

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

static BalanceRow *add_row (GPtrArray *rows, const char *id, const char *fr, const char *zh)
{
  BalanceRow *row = g_new0 (BalanceRow, 1);
  row->id = g_strdup (id);
  row->fr = g_strdup (fr);
  row->zh = g_strdup (zh);
  g_ptr_array_add (rows, row);
  return row;
}

static gboolean read_categories (Journal *journal, Reading *reading, GError **error)
{
  Query *query = journal_query (journal, CATEGORIES, error);
  if (query == NULL)
    return FALSE;
  while (query_next (query)) {
    BalanceRow *row = add_row (reading->balance->categories, query_text (query, 0),
                               query_text (query, 1), query_text (query, 2));
    g_hash_table_insert (reading->categories, row->id, row);
  }
  return query_end (query, error);
}

static gboolean read_came (Journal *journal, Reading *reading, GError **error)
{
  Balance *balance = reading->balance;
  Query *query = journal_query (journal, LAST_DAY, error);
  if (query == NULL)
    return FALSE;
  query_bind_text (query, ":event", balance->event);
  if (query_next (query))
    g_strlcpy (balance->day, query_text (query, 0), sizeof balance->day);
  if (!query_end (query, error) || !(query = journal_query (journal, CAME, error)))
    return FALSE;
  query_bind_text (query, ":event", balance->event);
  query_bind_text (query, ":day", balance->day);
  while (query_next (query))
    g_hash_table_insert (reading->came, g_strdup (query_text (query, 0)),
                         GINT_TO_POINTER (1 + (query_int (query, 1) != 0)));
  return query_end (query, error);
}

/* People ----------------------------------------------------------------------------- */

static guint rank_by_function (Reading *reading, const char *fr, const char *zh)
{
  if (*fr == '\0' && *zh == '\0')
    return rank_count (reading->ranks) - 1;
  g_autofree char *both = g_strconcat (fr, "\n", zh, NULL);
  guint place = GPOINTER_TO_UINT (g_hash_table_lookup (reading->functions, both));
  if (place == 0) {
    place = rank_of_function (reading->ranks, fr, zh) + 1;
    g_hash_table_insert (reading->functions, g_steal_pointer (&both), GUINT_TO_POINTER (place));
  }
  return place - 1;
}

static void add_guess (Reading *reading, guint rank, FiguresSide side, Query *query)
{
  const char *family = query_text (query, 8), *given = query_text (query, 9),
             *hanzi = query_text (query, 10), *fr = query_text (query, 2),
             *zh = query_text (query, 3);
  BalanceGuess *guess = g_new0 (BalanceGuess, 1);
  guess->reference = g_strdup (query_text (query, 0));
  if (query_int (query, 11) != 0)
    guess->name = g_strdup ("");
  else {
    g_autofree char *joined = g_strjoin (" ", hanzi, given, family, NULL);
    guess->name = g_strdup (g_strstrip (joined));
  }
  guess->function
      = *fr != '\0' && *zh != '\0' ? g_strjoin (" · ", fr, zh, NULL) : g_strconcat (fr, zh, NULL);
  guess->rank = rank;
  guess->side = side;
  g_ptr_array_add (reading->balance->guesses, guess);
}

static void add_count (BalanceCount *count, gboolean registered, gint came)
{
  count->invited++;
  count->registered += registered;
  count->arrived += came > 0;
  count->inside += came > 1;
}

static BalanceRow *category_of (Reading *reading, const char *id)
{
  BalanceRow *row = g_hash_table_lookup (reading->categories, id);
  if (row == NULL) {
    row = add_row (reading->balance->categories, id, id, id);
    g_hash_table_insert (reading->categories, row->id, row);
  }
  return row;
}

static void add_person (Reading *reading, Query *query)
{
  const char *said = query_text (query, 1), *country = query_text (query, 6);
  FiguresSide side = figures_side_of (*country != '\0' ? country : query_text (query, 7));
  guint rank = *said != '\0' ? rank_find (reading->ranks, said) : RANK_NONE;
  if (rank == RANK_NONE) {
    rank = rank_by_function (reading, query_text (query, 2), query_text (query, 3));
    if (rank + 1 < rank_count (reading->ranks))
      add_guess (reading, rank, side, query);
  }
  gboolean registered = *query_text (query, 4) == '\0';
  gint came = GPOINTER_TO_INT (g_hash_table_lookup (reading->came, query_text (query, 0)));
  BalanceRow *row = reading->balance->ranks->pdata[rank];
  add_count (&row->sides[side], registered, came);
  add_count (&category_of (reading, query_text (query, 5))->sides[side], registered, came);
}

static gboolean read_people (Journal *journal, Reading *reading, GError **error)
{
  Query *query = journal_query (journal, PEOPLE, error);
  if (query == NULL)
    return FALSE;
  query_bind_text (query, ":event", reading->balance->event);
  while (query_next (query))
    add_person (reading, query);
  return query_end (query, error);
}

static gint by_rank (gconstpointer a, gconstpointer b)
{
  const BalanceGuess *one = *(BalanceGuess *const *) a, *two = *(BalanceGuess *const *) b;
  if (one->rank != two->rank)
    return one->rank < two->rank ? -1 : 1;
  return one->side != two->side ? (gint) one->side - (gint) two->side
                                : strcmp (one->reference, two->reference);
}

Balance *balance_read (Journal *journal, const char *event, GError **error)
{
  g_autoptr (Balance) balance = g_new0 (Balance, 1);
  balance->event = g_strdup (event != NULL ? event : "");
  balance->ranks = g_ptr_array_new_with_free_func (row_free);
  balance->categories = g_ptr_array_new_with_free_func (row_free);
  balance->guesses = g_ptr_array_new_with_free_func (guess_free);
  g_autoptr (RankBook) ranks = rank_book_read (journal, error);
  if (ranks == NULL)
    return NULL;
  for (guint i = 0; i < rank_count (ranks); i++)
    add_row (balance->ranks, rank_at (ranks, i)->id, rank_at (ranks, i)->fr,
             rank_at (ranks, i)->zh);
  g_autoptr (GHashTable) came = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
                         categories = g_hash_table_new (g_str_hash, g_str_equal),
                         functions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Reading reading = { balance, ranks, came, categories, functions };
  if (!read_categories (journal, &reading, error) || !read_came (journal, &reading, error)
      || !read_people (journal, &reading, error))
    return NULL;
  g_ptr_array_sort (balance->guesses, by_rank);
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
