#include "counts/outcome.h"

#include "core/words.h"
#include "counts/figures_people.h"
#include "counts/figures_reader.h"
#include "counts/meals.h"
#include "journal/query.h"

#include <string.h>

G_DEFINE_QUARK (outcome - error - quark, outcome_error)

/* In the order of the table, so that a place's rows come together. */
static const char PLACES[] = "SELECT id, kind, session FROM checkpoint WHERE kind IN ('entrance', "
                             "'session') ORDER BY id";
static const char PRESENT[] = "SELECT day, reference FROM presence WHERE checkpoint = :checkpoint";

/* What each person took part in: bits, days first, then sessions. */
typedef struct {
  const FiguresPeople *people;
  const Programme *programme;
  guint bytes; /* a person */
  guint8 *took;
  GHashTable *strangers; /* references of who is not known here */
} Taking;

/* Memory ----------------------------------------------------------------------------- */

static void delegation_free (gpointer data)
{
  OutcomeDelegation *delegation = data;
  g_free (delegation->id);
  g_free (delegation->fr);
  g_free (delegation->zh);
  g_free (delegation->by_day);
  g_free (delegation->by_session);
  g_free (delegation);
}

void outcome_free (Outcome *outcome)
{
  if (outcome == NULL)
    return;
  g_ptr_array_unref (outcome->days);
  balance_free (outcome->balance);
  two_events_free (outcome->events);
  g_clear_pointer (&outcome->meals, g_ptr_array_unref);
  headsets_free (outcome->headsets);
  g_ptr_array_unref (outcome->delegations);
  g_free (outcome);
}

/* Who took part in what -------------------------------------------------------------- */

#define CAME_BIT 0 /* at an entrance, whatever the day was called */

static guint day_bit (const Taking *taking, const char *date)
{
  const GPtrArray *days = taking->programme->days;
  for (guint i = 0; i < days->len; i++)
    if (strcmp (((const Day *) days->pdata[i])->date, date) == 0)
      return 1 + i;
  return CAME_BIT;
}

/* G_MAXUINT where the programme has no such session. */
static guint session_bit (const Taking *taking, const char *session)
{
  const Programme *programme = taking->programme;
  for (guint i = 0; i < programme->sessions->len; i++)
    if (strcmp (((const ProgrammeEntry *) programme->sessions->pdata[i])->id, session) == 0)
      return 1 + programme->days->len + i;
  return G_MAXUINT;
}

static void set_bit (const Taking *taking, guint person, guint bit)
{
  taking->took[(gsize) person * taking->bytes + bit / 8] |= (guint8) (1u << bit % 8);
}

static gboolean has_bit (const Taking *taking, guint person, guint bit)
{
  return (taking->took[(gsize) person * taking->bytes + bit / 8] >> bit % 8 & 1) != 0;
}

/* @session: its bit; 0 at an entrance. */
static gboolean read_place (Journal *journal, const Taking *taking, const char *place,
                            guint session, GError **error)
{
  char day[16] = "";
  guint bit = CAME_BIT;
  Query *query = journal_query (journal, PRESENT, error);
  if (query == NULL)
    return FALSE;
  query_bind_text (query, ":checkpoint", place);
  while (query_next (query)) {
    const char *reference = query_text (query, 1);
    guint person = figures_people_find (taking->people, reference);
    if (session == 0 && strcmp (query_text (query, 0), day) != 0) {
      g_strlcpy (day, query_text (query, 0), sizeof day);
      bit = day_bit (taking, day);
    }
    if (person == FIGURES_PEOPLE_NOBODY) {
      if (session == 0)
        g_hash_table_add (taking->strangers, g_strdup (reference));
      continue;
    }
    set_bit (taking, person, session != 0 ? session : bit);
    if (session == 0)
      set_bit (taking, person, CAME_BIT);
  }
  return query_end (query, error);
}

typedef struct {
  char *id;
  guint session;
} Place;

static void place_clear (gpointer data)
{
  g_free (((Place *) data)->id);
}

static GArray *read_places (Journal *journal, const Taking *taking, GError **error)
{
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (Place));
  Query *query = journal_query (journal, PLACES, error);
  g_array_set_clear_func (places, place_clear);
  if (query == NULL)
    return NULL;
  while (query_next (query)) {
    gboolean entrance = strcmp (query_text (query, 1), "entrance") == 0;
    guint session = entrance ? 0 : session_bit (taking, query_text (query, 2));
    Place place = { g_strdup (query_text (query, 0)), session };
    if (session == G_MAXUINT)
      g_free (place.id);
    else
      g_array_append_val (places, place);
  }
  return query_end (query, error) ? g_steal_pointer (&places) : NULL;
}

static gboolean read_taking (Journal *journal, const Taking *taking, GError **error)
{
  g_autoptr (GArray) places = read_places (journal, taking, error);
  for (guint i = 0; places != NULL && i < places->len; i++) {
    const Place *place = &g_array_index (places, Place, i);
    if (!read_place (journal, taking, place->id, place->session, error))
      return FALSE;
  }
  return places != NULL;
}

/* Delegations ------------------------------------------------------------------------ */

static OutcomeDelegation *delegation_new (const FiguresGroup *group, const Programme *programme)
{
  OutcomeDelegation *delegation = g_new0 (OutcomeDelegation, 1);
  delegation->id = g_strdup (group->id);
  delegation->fr = g_strdup (group->fr);
  delegation->zh = g_strdup (group->zh);
  delegation->by_day = g_new0 (gint64, programme->days->len + 1);
  delegation->by_session = g_new0 (gint64, programme->sessions->len + 1);
  return delegation;
}

static void add_person (const Taking *taking, guint place, OutcomeDelegation *delegation)
{
  const FiguresPerson *person = &g_array_index (taking->people->people, FiguresPerson, place);
  guint days = taking->programme->days->len, sessions = taking->programme->sessions->len;
  delegation->registered += person->registered;
  delegation->came += has_bit (taking, place, CAME_BIT);
  for (guint i = 0; i < days; i++)
    delegation->by_day[i] += has_bit (taking, place, 1 + i);
  for (guint i = 0; i < sessions; i++)
    delegation->by_session[i] += has_bit (taking, place, 1 + days + i);
}

static gint by_came (gconstpointer a, gconstpointer b)
{
  const OutcomeDelegation *one = *(OutcomeDelegation *const *) a,
                          *two = *(OutcomeDelegation *const *) b;
  if (one->came != two->came)
    return one->came > two->came ? -1 : 1;
  if (one->registered != two->registered)
    return one->registered > two->registered ? -1 : 1;
  return strcmp (one->id, two->id);
}

static gboolean read_delegations (Journal *journal, const FiguresReader *reader,
                                  const Programme *programme, Outcome *outcome, GError **error)
{
  Taking taking = { figures_reader_people (reader), programme, 0, NULL, NULL };
  const FiguresPeople *people = taking.people;
  taking.bytes = (1 + programme->days->len + programme->sessions->len) / 8 + 1;
  g_autofree guint8 *took = taking.took
      = g_new0 (guint8, (gsize) taking.bytes * (people->people->len + 1));
  g_autoptr (GHashTable) strangers = taking.strangers
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (!read_taking (journal, &taking, error))
    return FALSE;
  outcome->strangers = g_hash_table_size (strangers);
  for (guint i = 0; i < people->delegations->len; i++)
    g_ptr_array_add (outcome->delegations,
                     delegation_new (people->delegations->pdata[i], programme));
  for (guint i = 0; i < people->people->len; i++) {
    guint delegation = g_array_index (people->people, FiguresPerson, i).delegation;
    add_person (&taking, i, outcome->delegations->pdata[delegation]);
  }
  for (guint i = outcome->delegations->len; i-- > 0;) {
    const OutcomeDelegation *delegation = outcome->delegations->pdata[i];
    if (delegation->registered + delegation->came == 0)
      g_ptr_array_remove_index_fast (outcome->delegations, i);
  }
  g_ptr_array_sort (outcome->delegations, by_came);
  return TRUE;
}

/* All together ----------------------------------------------------------------------- */

static gboolean read_days (Journal *journal, FiguresReader *reader, Outcome *outcome,
                           GError **error)
{
  g_autoptr (GPtrArray) days = days_load (journal, error);
  if (days != NULL && days->len == 0)
    g_set_error_literal (error, OUTCOME_ERROR, OUTCOME_ERROR_EVENT,
                         _ ("no event file was loaded here: “accueil event load FILE” does it, or "
                            "the hub's replica has it"));
  for (guint i = 0; days != NULL && i < days->len; i++) {
    const Day *day = days->pdata[i];
    Figures *figures = figures_reader_read (reader, journal, day->date, NULL, error);
    if (figures == NULL)
      return FALSE;
    g_ptr_array_add (outcome->days, figures);
  }
  return days != NULL && days->len > 0;
}

static gboolean read_all (Journal *journal, Outcome *outcome, GError **error)
{
  g_autoptr (FiguresReader) reader = figures_reader_new ();
  if (!read_days (journal, reader, outcome, error))
    return FALSE;
  const Figures *first = outcome->days->pdata[0];
  return (outcome->balance = balance_read (journal, NULL, FALSE, error)) != NULL
         && (outcome->events = two_events_read (journal, error)) != NULL
         && (outcome->meals = meals_read (journal, NULL, error)) != NULL
         && (outcome->headsets = headsets_read (journal, NULL, NULL, error)) != NULL
         && read_delegations (journal, reader, first->programme, outcome, error);
}

Outcome *outcome_read (Journal *journal, GError **error)
{
  g_autoptr (Outcome) outcome = g_new0 (Outcome, 1);
  outcome->days = g_ptr_array_new_with_free_func ((GDestroyNotify) figures_free);
  outcome->delegations = g_ptr_array_new_with_free_func (delegation_free);
  if (!journal_view_begin (journal, error))
    return NULL;
  gboolean good = read_all (journal, outcome, error);
  journal_view_end (journal);
  return good ? g_steal_pointer (&outcome) : NULL;
}
