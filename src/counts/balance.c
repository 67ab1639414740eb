#include "counts/balance.h"

#include "core/json.h"
#include "counts/figures_people.h"
#include "journal/query.h"

#include <string.h>

/* Of those whose rank follows from their function: what is shown of them. */
static const char NAMES[] = "SELECT reference, function_fr, function_zh, family, given, name_zh, "
                            "protocol FROM delegate WHERE NOT revoked";
static const char LAST_DAY[]
    = "SELECT max (p.day) FROM presence p JOIN checkpoint c ON c.id = p.checkpoint AND c.kind = "
      "'entrance' AND (:event = '' OR c.event = :event)";
/* In no order, which would be a sort of all that has been. */
static const char CAME[]
    = "SELECT p.reference, p.day = :day, p.last_direction <> 'out', p.last_at, p.last_station, "
      "p.last_seq FROM presence p JOIN checkpoint c ON c.id = p.checkpoint AND c.kind = 'entrance' "
      "AND (:event = '' OR c.event = :event)";

/* What a person has done: bits. */
#define ARRIVED 1
#define INSIDE 2

/* Her last passage at the entrances on the balance's day. */
typedef struct {
  gint64 at, seq;
  const char *station; /* in `stations`; NULL: none */
} LastPassage;

typedef struct {
  Balance *balance;
  const FiguresPeople *people;
  guint64 event;  /* its bit; 0 for all */
  gboolean never; /* no such event: nobody is registered for it */
  guint8 *came;   /* ARRIVED, INSIDE of each of `people` */
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

static void add_row (GPtrArray *rows, const char *id, const char *fr, const char *zh)
{
  BalanceRow *row = g_new0 (BalanceRow, 1);
  row->id = g_strdup (id);
  row->fr = g_strdup (fr);
  row->zh = g_strdup (zh);
  g_ptr_array_add (rows, row);
}

/* TRUE if the row is later than @last, which then is it. */
static gboolean is_later (Query *query, LastPassage *last, GStringChunk *stations)
{
  gint64 at = query_int (query, 3), seq = query_int (query, 5);
  const char *station = query_text (query, 4);
  gint order = last->station == NULL ? 1 : at != last->at ? (at > last->at ? 1 : -1) : 0;
  if (order == 0)
    order = strcmp (station, last->station);
  if (order < 0 || (order == 0 && seq <= last->seq))
    return FALSE;
  *last = (LastPassage){ at, seq, g_string_chunk_insert_const (stations, station) };
  return TRUE;
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
  g_autofree LastPassage *last = g_new0 (LastPassage, reading->people->people->len + 1);
  GStringChunk *stations = g_string_chunk_new (1024);
  while (query_next (query)) {
    guint place = figures_people_find (reading->people, query_text (query, 0));
    if (place == FIGURES_PEOPLE_NOBODY)
      continue;
    reading->came[place] |= ARRIVED;
    if (query_int (query, 1) != 0 && is_later (query, &last[place], stations))
      reading->came[place] = ARRIVED | (query_int (query, 2) != 0 ? INSIDE : 0);
  }
  g_string_chunk_free (stations);
  return query_end (query, error);
}

/* People ----------------------------------------------------------------------------- */

static gboolean is_counted (const Reading *reading, const FiguresPerson *person)
{
  return person->registered && !reading->never
         && (reading->event == 0 || (person->events & reading->event) != 0);
}

static void add_count (BalanceCount *count, const FiguresPerson *person, guint8 came)
{
  count->invited++;
  count->registered += !person->pending;
  count->arrived += (came & ARRIVED) != 0;
  count->inside += (came & INSIDE) != 0;
}

static void count_people (const Reading *reading)
{
  const GArray *people = reading->people->people;
  for (guint i = 0; i < people->len; i++) {
    const FiguresPerson *person = &g_array_index (people, FiguresPerson, i);
    if (!is_counted (reading, person))
      continue;
    BalanceRow *rank = reading->balance->ranks->pdata[person->rank],
               *category = reading->balance->categories->pdata[person->category];
    add_count (&rank->sides[person->side], person, reading->came[i]);
    add_count (&category->sides[person->side], person, reading->came[i]);
  }
}

static void add_guess (const Reading *reading, const FiguresPerson *person, Query *query)
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
  guess->rank = person->rank;
  guess->side = (FiguresSide) person->side;
  g_ptr_array_add (reading->balance->guesses, guess);
}

/* Somebody whose rank, not the last, follows from her function. */
static gboolean is_guess (const Reading *reading, const FiguresPerson *person)
{
  return person->guessed && person->rank + 1 < rank_count (reading->people->ranks)
         && is_counted (reading, person);
}

static gboolean has_guesses (const Reading *reading)
{
  const GArray *people = reading->people->people;
  for (guint i = 0; i < people->len; i++)
    if (is_guess (reading, &g_array_index (people, FiguresPerson, i)))
      return TRUE;
  return FALSE;
}

static gboolean read_guesses (Journal *journal, const Reading *reading, GError **error)
{
  if (!has_guesses (reading))
    return TRUE;
  Query *query = journal_query (journal, NAMES, error);
  if (query == NULL)
    return FALSE;
  while (query_next (query)) {
    guint place = figures_people_find (reading->people, query_text (query, 0));
    const FiguresPerson *person
        = place != FIGURES_PEOPLE_NOBODY
              ? &g_array_index (reading->people->people, FiguresPerson, place)
              : NULL;
    if (person != NULL && is_guess (reading, person))
      add_guess (reading, person, query);
  }
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

static void add_rows (Balance *balance, const FiguresPeople *people)
{
  for (guint i = 0; i < rank_count (people->ranks); i++) {
    const Rank *rank = rank_at (people->ranks, i);
    add_row (balance->ranks, rank->id, rank->fr, rank->zh);
  }
  for (guint i = 0; i < people->categories->len; i++) {
    const FiguresGroup *category = people->categories->pdata[i];
    add_row (balance->categories, category->id, category->fr, category->zh);
  }
}

Balance *balance_read (Journal *journal, const char *event, GError **error)
{
  g_autoptr (FiguresPeople) people = figures_people_refresh (NULL, journal, error);
  return people != NULL ? balance_of_people (journal, people, event, error) : NULL;
}

Balance *balance_of_people (Journal *journal, const FiguresPeople *people, const char *event,
                            GError **error)
{
  g_autoptr (Balance) balance = g_new0 (Balance, 1);
  balance->event = g_strdup (event != NULL ? event : "");
  balance->ranks = g_ptr_array_new_with_free_func (row_free);
  balance->categories = g_ptr_array_new_with_free_func (row_free);
  balance->guesses = g_ptr_array_new_with_free_func (guess_free);
  add_rows (balance, people);
  g_autofree guint8 *came = g_new0 (guint8, people->people->len + 1);
  Reading reading = { balance, people, figures_people_event (people, balance->event), FALSE, came };
  reading.never = *balance->event != '\0' && reading.event == 0;
  if (!read_came (journal, &reading, error))
    return NULL;
  count_people (&reading);
  if (!read_guesses (journal, &reading, error))
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
