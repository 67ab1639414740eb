#include "counts/figures_badges.h"

#include "journal/query.h"

/* As counts.c has it. */
static const char ASKED[] = "SELECT reference, count (*) FROM badge WHERE print GROUP BY reference";
#define JOBS "FROM print_job WHERE (state = 'printed' OR (state = 'failed' AND reason = 'void'))"
static const char SETTLED[]
    = "SELECT reference, count (*), sum (printed) FROM (SELECT reference, max (state = 'printed') "
      "AS printed " JOBS " GROUP BY reference, serial, issuer) GROUP BY reference";
/* Whose they are of which facts came since; of a job that was said to be another's, hers too. */
static const char CHANGED[]
    = "SELECT subject FROM fact NOT INDEXED WHERE number > :after AND kind = 'badge-issued' UNION "
      "SELECT ifnull (g.body ->> 'reference', '') FROM fact f NOT INDEXED CROSS JOIN fact g ON "
      "g.subject = f.subject AND g.kind = 'print' AND g.kind <> 'passage' WHERE f.number > :after "
      "AND f.kind = 'print'";
static const char OF_PERSON[]
    = "SELECT (SELECT count (*) FROM badge WHERE reference = :reference AND print), count (*), "
      "ifnull (sum (printed), 0) FROM (SELECT max (state = 'printed') AS printed " JOBS
      " AND reference = :reference GROUP BY serial, issuer)";

/* In a pointer: nobody has thousands. */
#define BITS 10
#define MOST ((1u << BITS) - 1)

struct _FiguresBadges {
  GHashTable *people; /* reference → asked for, settled, printed, BITS each */
  GStringChunk *references;
  CountsBadges sum;
  gint64 number; /* of the last fact that it knows of */
  gint64 built;  /* FiguresPeople's */
};

void figures_badges_free (FiguresBadges *badges)
{
  if (badges == NULL)
    return;
  g_hash_table_unref (badges->people);
  g_string_chunk_free (badges->references);
  g_free (badges);
}

static guint packed (gint64 asked, gint64 settled, gint64 printed)
{
  return (guint) (MIN (asked, MOST) | MIN (settled, MOST) << BITS
                  | MIN (printed, MOST) << 2 * BITS);
}

/* What she had before is taken off. */
static void put (FiguresBadges *badges, const char *reference, guint now)
{
  gpointer key = NULL, value = NULL;
  gboolean known = g_hash_table_lookup_extended (badges->people, reference, &key, &value);
  guint before = GPOINTER_TO_UINT (value);
  badges->sum.asked += (gint64) (now & MOST) - (before & MOST);
  badges->sum.settled += (gint64) (now >> BITS & MOST) - (before >> BITS & MOST);
  badges->sum.printed += (gint64) (now >> 2 * BITS) - (before >> 2 * BITS);
  if (now == 0)
    g_hash_table_remove (badges->people, reference);
  else
    g_hash_table_insert (badges->people,
                         known ? key : g_string_chunk_insert (badges->references, reference),
                         GUINT_TO_POINTER (now));
}

static gboolean read_all (FiguresBadges *badges, Journal *journal, GError **error)
{
  Query *query = journal_query (journal, ASKED, error);
  if (query == NULL)
    return FALSE;
  while (query_next (query))
    put (badges, query_text (query, 0), packed (query_int (query, 1), 0, 0));
  if (!query_end (query, error) || (query = journal_query (journal, SETTLED, error)) == NULL)
    return FALSE;
  while (query_next (query)) {
    const char *reference = query_text (query, 0);
    guint asked = GPOINTER_TO_UINT (g_hash_table_lookup (badges->people, reference)) & MOST;
    put (badges, reference, packed (asked, query_int (query, 1), query_int (query, 2)));
  }
  return query_end (query, error);
}

static gboolean read_person (FiguresBadges *badges, Journal *journal, const char *reference,
                             GError **error)
{
  Query *query = journal_query (journal, OF_PERSON, error);
  if (query == NULL)
    return FALSE;
  query_bind_text (query, ":reference", reference);
  if (query_next (query))
    put (badges, reference,
         packed (query_int (query, 0), query_int (query, 1), query_int (query, 2)));
  return query_end (query, error);
}

static gboolean read_changed (FiguresBadges *badges, Journal *journal, GError **error)
{
  g_autoptr (GPtrArray) references = g_ptr_array_new_with_free_func (g_free);
  Query *query = journal_query (journal, CHANGED, error);
  if (query == NULL)
    return FALSE;
  query_bind_int (query, ":after", badges->number);
  while (query_next (query))
    g_ptr_array_add (references, g_strdup (query_text (query, 0)));
  if (!query_end (query, error))
    return FALSE;
  for (guint i = 0; i < references->len; i++)
    if (!read_person (badges, journal, references->pdata[i], error))
      return FALSE;
  return TRUE;
}

FiguresBadges *figures_badges_refresh (FiguresBadges *badges, const FiguresPeople *people,
                                       Journal *journal, GError **error)
{
  g_autoptr (FiguresBadges) known = badges;
  gboolean anew = known == NULL || known->built != people->built;
  if (anew) {
    g_clear_pointer (&known, figures_badges_free);
    known = g_new0 (FiguresBadges, 1);
    known->people = g_hash_table_new (g_str_hash, g_str_equal);
    known->references = g_string_chunk_new (64 * 1024);
    known->built = people->built;
  }
  if (!(anew ? read_all : read_changed) (known, journal, error))
    return NULL;
  known->number = people->number;
  return g_steal_pointer (&known);
}

const CountsBadges *figures_badges_sum (const FiguresBadges *badges)
{
  return &badges->sum;
}
