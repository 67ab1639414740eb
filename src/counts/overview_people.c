#include "counts/overview_people.h"

#include "core/country.h"
#include "counts/figures.h"
#include "journal/query.h"

#include <string.h>

/* In order, so that of a person's rows the last one decides. */
static const char CAME[]
    = "SELECT p.reference, p.checkpoint, p.first_at, p.last_direction, c.fr, c.zh FROM "
      "checkpoint c "
      "CROSS JOIN presence p ON p.checkpoint = c.id AND p.day = :day WHERE c.kind = 'entrance' "
      "ORDER BY p.last_at, p.last_station, p.last_seq";
/* A person without a country has her delegation's. */
static const char DELEGATES[]
    = "SELECT d.reference, ifnull (nullif (d.country, ''), ifnull (g.country, '')), d.delegation, "
      "d.category, d.days, d.revoked, d.organisation_fr, d.organisation_zh FROM delegate d LEFT "
      "JOIN delegation g ON g.id = d.delegation AND NOT g.removed";

/* Which countries stand opposite each other: those of the two languages. */
static const char *const SIDES[] = { [FIGURES_FRANCE] = "FR", [FIGURES_CHINA] = "CN" };

typedef struct {
  gint64 first_ms;
  guint entrance; /* of the first admission, index in Overview's entrances */
  gboolean inside;
  gboolean known; /* registered, now or before */
} Came;

typedef struct {
  Overview *overview;
  GHashTable *came;        /* reference → Came */
  GHashTable *delegations; /* id and country → OverviewGroup */
  GHashTable *categories;  /* id → OverviewBalance */
  char *day;               /* the label as JSON has it */
} Walk;

static void walk_clear (Walk *walk)
{
  g_hash_table_unref (walk->came);
  g_hash_table_unref (walk->delegations);
  g_hash_table_unref (walk->categories);
  g_free (walk->day);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Walk, walk_clear)

/* Arrivals --------------------------------------------------------------------------- */

static guint entrance_of (Overview *overview, Query *query)
{
  const char *id = query_text (query, 1);
  OverviewEntrance *entrance;

  for (guint i = 0; i < overview->entrances->len; i++)
    if (strcmp (((OverviewEntrance *) overview->entrances->pdata[i])->id, id) == 0)
      return i;
  entrance = g_new0 (OverviewEntrance, 1);
  entrance->id = g_strdup (id);
  entrance->fr = g_strdup (query_text (query, 4));
  entrance->zh = g_strdup (query_text (query, 5));
  g_ptr_array_add (overview->entrances, entrance);
  return overview->entrances->len - 1;
}

static gboolean read_came (Journal *journal, Walk *walk, GError **error)
{
  Query *query = journal_query (journal, CAME, error);

  if (query == NULL)
    return FALSE;
  query_bind_text (query, ":day", walk->overview->day);
  while (query_next (query)) {
    gint64 first_ms = clock_hybrid_ms (query_int (query, 2));
    Came *came = g_hash_table_lookup (walk->came, query_text (query, 0));

    if (came == NULL) {
      came = g_new0 (Came, 1);
      came->first_ms = G_MAXINT64;
      g_hash_table_insert (walk->came, g_strdup (query_text (query, 0)), came);
    }
    if (first_ms < came->first_ms) {
      came->first_ms = first_ms;
      came->entrance = entrance_of (walk->overview, query);
    }
    came->inside = strcmp (query_text (query, 3), "out") != 0;
  }
  return query_end (query, error);
}

/* By quarters of the hour at the venue, from the first arrival to the last. */
static void add_arrivals (Walk *walk)
{
  Overview *overview = walk->overview;
  GHashTableIter iter;
  gpointer value;
  gint64 first = G_MAXINT64, last = 0;

  g_hash_table_iter_init (&iter, walk->came);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    first = MIN (first, ((Came *) value)->first_ms);
    last = MAX (last, ((Came *) value)->first_ms);
  }
  if (last == 0)
    return;
  if (overview->today && overview->at_ms > last && overview->at_ms - last < 12 * 3600 * 1000LL)
    last = overview->at_ms;
  overview->first_quarter_ms = first - first % OVERVIEW_QUARTER_MS;
  /* A clock that is days wrong makes no chart of thousands of columns. */
  overview->quarters
      = (guint) MIN ((last - overview->first_quarter_ms) / OVERVIEW_QUARTER_MS + 1, 24 * 4);
  overview->arrivals = g_new0 (gint64, overview->quarters * overview->entrances->len);
  g_hash_table_iter_init (&iter, walk->came);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    const Came *came = value;
    gint64 quarter = (came->first_ms - overview->first_quarter_ms) / OVERVIEW_QUARTER_MS;
    OverviewEntrance *entrance = overview->entrances->pdata[came->entrance];

    overview->arrivals[MIN (quarter, overview->quarters - 1) * overview->entrances->len
                       + came->entrance]++;
    entrance->arrivals++;
  }
}

/* Groups ----------------------------------------------------------------------------- */

static void add (OverviewFigures *figures, gboolean expected, const Came *came)
{
  figures->expected += expected;
  figures->arrived += came != NULL;
  figures->inside += came != NULL && came->inside;
}

static OverviewGroup *add_group (GPtrArray *groups, const char *id, const char *fr, const char *zh,
                                 const char *country)
{
  OverviewGroup *group = g_new0 (OverviewGroup, 1);

  group->id = g_strdup (id);
  group->fr = g_strdup (fr);
  group->zh = g_strdup (zh);
  group->country = g_strdup (country);
  g_ptr_array_add (groups, group);
  return group;
}

static void prepare_groups (Walk *walk)
{
  const Programme *programme = walk->overview->programme;

  for (guint i = 0; i < G_N_ELEMENTS (SIDES); i++) {
    g_autofree char *fr = country_name (SIDES[i], words_key (WORDS_FIRST)),
                    *zh = country_name (SIDES[i], words_key (WORDS_SECOND));

    add_group (walk->overview->sides, SIDES[i], fr, zh, SIDES[i]);
  }
  add_group (walk->overview->sides, "", "", "", "");
  for (guint i = 0; i < programme->categories->len; i++) {
    const ProgrammeEntry *entry = programme->categories->pdata[i];
    OverviewBalance *balance = g_new0 (OverviewBalance, 1);

    balance->id = g_strdup (entry->id);
    balance->fr = g_strdup (entry->fr);
    balance->zh = g_strdup (entry->zh);
    g_ptr_array_add (walk->overview->balances, balance);
    g_hash_table_insert (walk->categories, balance->id, balance);
  }
}

/* A group of its own name, or one that bears its organisation's; its members of another
 * country are one more, so that the sums of the sides agree. */
static OverviewGroup *delegation_of (Walk *walk, Query *query, FiguresSide side)
{
  const char *id = query_text (query, 2), *fr = query_text (query, 6), *zh = query_text (query, 7),
             *country = side != FIGURES_ELSEWHERE ? SIDES[side] : query_text (query, 1);
  g_autofree char *key = g_strconcat (id, "\n", country, NULL);
  OverviewGroup *group = g_hash_table_lookup (walk->delegations, key);
  const ProgrammeEntry *entry;

  if (group != NULL)
    return group;
  entry = programme_delegation (walk->overview->programme, id);
  if (entry != NULL)
    group = add_group (walk->overview->delegations, id, entry->fr, entry->zh, country);
  else if (strcmp (id, fr) == 0 || strcmp (id, zh) == 0)
    group = add_group (walk->overview->delegations, id, fr, zh, country);
  else
    group = add_group (walk->overview->delegations, id, id, id, country);
  g_hash_table_insert (walk->delegations, g_steal_pointer (&key), group);
  return group;
}

static void add_delegate (Walk *walk, Query *query)
{
  Came *came = g_hash_table_lookup (walk->came, query_text (query, 0));
  gboolean expected
      = query_int (query, 5) == 0 && strstr (query_text (query, 4), walk->day) != NULL;
  FiguresSide side = figures_side_of (query_text (query, 1));
  OverviewBalance *balance;

  if (came != NULL)
    came->known = TRUE;
  if (!expected && came == NULL)
    return;
  add (&((OverviewGroup *) walk->overview->sides->pdata[side])->figures, expected, came);
  add (&delegation_of (walk, query, side)->figures, expected, came);
  balance = g_hash_table_lookup (walk->categories, query_text (query, 3));
  if (balance != NULL && side < FIGURES_ELSEWHERE)
    add (&balance->sides[side], expected, came);
}

/* Who came and is registered nowhere: a passage that arrived before the registration. */
static void add_strangers (Walk *walk)
{
  OverviewGroup *others = walk->overview->sides->pdata[FIGURES_ELSEWHERE];
  GHashTableIter iter;
  gpointer came;

  g_hash_table_iter_init (&iter, walk->came);
  while (g_hash_table_iter_next (&iter, NULL, &came))
    if (!((Came *) came)->known)
      add (&others->figures, FALSE, came);
}

static gint by_expected (gconstpointer a, gconstpointer b)
{
  const OverviewGroup *first = *(OverviewGroup *const *) a, *second = *(OverviewGroup *const *) b;

  if (first->figures.expected != second->figures.expected)
    return first->figures.expected > second->figures.expected ? -1 : 1;
  return strcmp (first->id, second->id);
}

gboolean overview_people_read (Journal *journal, Overview *overview, GError **error)
{
  g_auto (Walk) walk = {
    .overview = overview,
    .came = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free),
    .delegations = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
    .categories = g_hash_table_new (g_str_hash, g_str_equal),
    .day = g_strdup_printf ("\"%s\"", overview->label),
  };
  OverviewGroup *others;
  Query *query;

  if (!read_came (journal, &walk, error))
    return FALSE;
  add_arrivals (&walk);
  prepare_groups (&walk);
  query = journal_query (journal, DELEGATES, error);
  if (query == NULL)
    return FALSE;
  while (query_next (query))
    add_delegate (&walk, query);
  add_strangers (&walk);
  others = overview->sides->pdata[FIGURES_ELSEWHERE];
  if (others->figures.expected == 0 && others->figures.arrived == 0)
    g_ptr_array_remove_index (overview->sides, FIGURES_ELSEWHERE);
  g_ptr_array_sort (overview->delegations, by_expected);
  return query_end (query, error);
}
