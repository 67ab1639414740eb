#include "congress/appointment.h"

#include "core/json.h"
#include "journal/query.h"
#include "vocabulary/name_table.h"

#include <string.h>

#define COLUMNS                                                                                    \
  "a.reference, a.id, a.list, a.kind, a.date, a.opens, a.closes, a.place, a.line, a.fr, a.zh, "    \
  "a.host, a.seat, a.places"
static const char OF_LIST[] = "SELECT " COLUMNS " FROM appointment a WHERE a.list = :list AND NOT "
                              "a.removed ORDER BY a.id, a.reference";
static const char ONE[] = "SELECT " COLUMNS " FROM appointment a WHERE a.reference = :reference "
                          "AND a.id = :id AND NOT a.removed";
/* Of hers, what somebody is to be met for. */
static const char TO_MEET[]
    = "SELECT a.id, ifnull (m.met, 0) FROM appointment a LEFT JOIN appointment_met m ON "
      "m.reference = a.reference AND m.id = a.id WHERE a.reference = :reference AND NOT a.removed "
      "AND (:id = '' OR a.id = :id) AND a.kind IN ('arrival', 'departure', 'shuttle', "
      "'motorcade') ORDER BY "
      "ifnull (m.met, 0) <> :undone, a.date, a.opens, a.id LIMIT 1";
static const char HERS[]
    = "SELECT " COLUMNS
      " FROM appointment a WHERE a.reference = :reference AND NOT a.removed AND a.kind <> 'group' "
      "AND (:date = '' OR (a.date = :date AND iif (a.closes <> '', a.closes, a.opens) >= "
      ":clock)) ORDER BY a.date, a.opens, a.id LIMIT :limit";
/* The others of hers that have two sides, in the same order. */
static const char OTHERS[]
    = "SELECT d.family, d.given, d.name_zh, d.organisation_fr, d.organisation_zh, d.country FROM "
      "appointment o JOIN delegate d ON d.reference = o.reference WHERE o.id = :id AND o.reference "
      "<> :reference AND NOT o.removed AND NOT d.protocol ORDER BY o.reference LIMIT 2";

G_DEFINE_QUARK (appointment - error - quark, appointment_error)

/* Kinds ------------------------------------------------------------------------------ */

static const char *const NAMES[]
    = { "meeting", "signature", "prize", "arrival", "departure", "shuttle", "motorcade", "group" };
G_STATIC_ASSERT (G_N_ELEMENTS (NAMES) == APPOINTMENT_KINDS);
static const char *const WORDS[]
    = { NC_ ("appointment", "B to B meeting"), NC_ ("appointment", "Signature"),
        NC_ ("appointment", "Prize"),          NC_ ("appointment", "Arrival"),
        NC_ ("appointment", "Departure"),      NC_ ("appointment", "Shuttle"),
        NC_ ("appointment", "Motorcade"),      NC_ ("appointment", "Working group") };
G_STATIC_ASSERT (G_N_ELEMENTS (WORDS) == APPOINTMENT_KINDS);

const char *appointment_kind_name (AppointmentKind kind)
{
  return name_table_name (NAMES, APPOINTMENT_KINDS, kind);
}

gboolean appointment_kind_from_name (const char *name, AppointmentKind *kind)
{
  guint index;
  if (!name_table_find (NAMES, APPOINTMENT_KINDS, name, &index))
    return FALSE;
  *kind = (AppointmentKind) index;
  return TRUE;
}

Pair appointment_kind_wording (AppointmentKind kind)
{
  return words_pair_in ("appointment", WORDS[kind]);
}

gboolean appointment_kind_is_shared (AppointmentKind kind)
{
  return kind == APPOINTMENT_MEETING || kind == APPOINTMENT_SIGNATURE;
}

/* Values ----------------------------------------------------------------------------- */

/* In the order of COLUMNS, without the kind and the places. */
#define TEXTS 12
static char **text_at (Appointment *appointment, guint n)
{
  char **const texts[TEXTS]
      = { &appointment->reference, &appointment->id, &appointment->list,  &appointment->date,
          &appointment->from,      &appointment->to, &appointment->place, &appointment->line,
          &appointment->fr,        &appointment->zh, &appointment->host,  &appointment->seat };
  return texts[n];
}

void appointment_free (Appointment *appointment)
{
  for (guint i = 0; appointment != NULL && i < TEXTS; i++)
    g_free (*text_at (appointment, i));
  g_free (appointment);
}

gboolean appointment_equal (const Appointment *a, const Appointment *b)
{
  static const guint LIST = 2;
  for (guint i = 0; i < TEXTS; i++)
    if (i != LIST
        && strcmp (*text_at ((Appointment *) (guintptr) a, i),
                   *text_at ((Appointment *) (guintptr) b, i))
               != 0)
      return FALSE;
  return a->kind == b->kind && a->places == b->places;
}

static Appointment *of_row (Query *query)
{
  static const int KIND = 3, PLACES = 13;
  Appointment *appointment = g_new0 (Appointment, 1);
  for (guint i = 0; i < TEXTS; i++)
    *text_at (appointment, i) = g_strdup (query_text (query, (int) i + ((int) i >= KIND)));
  if (!appointment_kind_from_name (query_text (query, KIND), &appointment->kind))
    appointment->kind = APPOINTMENT_MEETING;
  appointment->places = (guint) query_int (query, PLACES);
  return appointment;
}

GPtrArray *appointment_of_list (Journal *journal, const char *list, GError **error)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) appointment_free);
  Query *query = journal_query (journal, OF_LIST, error);
  if (query == NULL)
    return NULL;
  query_bind_text (query, ":list", list);
  while (query_next (query))
    g_ptr_array_add (all, of_row (query));
  return query_end (query, error) ? g_steal_pointer (&all) : NULL;
}

Appointment *appointment_load (Journal *journal, const char *reference, const char *id,
                               GError **error)
{
  Query *query = journal_query (journal, ONE, error);
  if (query == NULL)
    return NULL;
  query_bind_text (query, ":reference", reference);
  query_bind_text (query, ":id", id);
  g_autoptr (Appointment) found = query_next (query) ? of_row (query) : NULL;
  return query_end (query, error) ? g_steal_pointer (&found) : NULL;
}

/* Facts ------------------------------------------------------------------------------ */

gboolean appointment_append (Journal *journal, const Appointment *appointment, gboolean removed,
                             GError **error)
{
  JsonOut *out = json_out_new ();
  json_out_begin_object (out, NULL);
  json_out_string (out, "id", appointment->id);
  json_out_string (out, "kind", appointment_kind_name (appointment->kind));
  json_out_string_if (out, "list", appointment->list);
  json_out_string_if (out, "date", appointment->date);
  json_out_string_if (out, "from", appointment->from);
  json_out_string_if (out, "to", appointment->to);
  json_out_string_if (out, "place", appointment->place);
  json_out_string_if (out, "line", appointment->line);
  json_out_string_if (out, "fr", appointment->fr);
  json_out_string_if (out, "zh", appointment->zh);
  json_out_string_if (out, "host", appointment->host);
  json_out_string_if (out, "seat", appointment->seat);
  json_out_int_if (out, "places", appointment->places);
  json_out_bool_if (out, "removed", removed);
  json_out_end_object (out);
  g_autofree char *body = json_out_finish (out);
  return journal_append (journal, "appointment", appointment->reference, body, NULL, error);
}

/* The id of what she is to be met for, "" for none; *@met: she was. NULL with @error. */
static char *find_to_meet (Journal *journal, const char *reference, const char *id, gboolean undone,
                           gboolean *met, GError **error)
{
  Query *query = journal_query (journal, TO_MEET, error);
  if (query == NULL)
    return NULL;
  query_bind_text (query, ":reference", reference);
  query_bind_text (query, ":id", id != NULL ? id : "");
  query_bind_int (query, ":undone", undone);
  g_autofree char *found = g_strdup (query_next (query) ? query_text (query, 0) : "");
  *met = *found != '\0' && query_int (query, 1) != 0;
  return query_end (query, error) ? g_steal_pointer (&found) : NULL;
}

static gboolean append_met (Journal *journal, const char *reference, const char *id,
                            gboolean undone, const char *volunteer, GError **error)
{
  gboolean met = FALSE;
  g_autofree char *found = find_to_meet (journal, reference, id, undone, &met, error);
  if (found == NULL)
    return FALSE;
  if (*found == '\0' || met == !undone) {
    if (*found == '\0')
      g_set_error (error, APPOINTMENT_ERROR, APPOINTMENT_ERROR_NONE,
                   _ ("no arrival, departure, shuttle or motorcade of “%s” is known under that id"),
                   reference);
    else
      g_set_error (error, APPOINTMENT_ERROR, APPOINTMENT_ERROR_MET, _ ("that is so already: %s"),
                   found);
    return FALSE;
  }
  JsonOut *out = json_out_new ();
  json_out_begin_object (out, NULL);
  json_out_string (out, "id", found);
  json_out_bool_if (out, "undone", undone);
  json_out_string (out, "volunteer", volunteer);
  json_out_end_object (out);
  g_autofree char *body = json_out_finish (out);
  return journal_append (journal, "met", reference, body, NULL, error);
}

gboolean appointment_append_met (Journal *journal, const char *reference, const char *id,
                                 const char *volunteer, GError **error)
{
  g_autoptr (GError) failed = NULL;
  if (append_met (journal, reference, id, FALSE, volunteer, &failed)
      || failed->domain == APPOINTMENT_ERROR)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

gboolean appointment_meet (Journal *journal, const char *reference, const char *id, gboolean undone,
                           const char *volunteer, GError **error)
{
  return journal_begin (journal, error)
         && journal_finish (journal, append_met (journal, reference, id, undone, volunteer, error),
                            error);
}

/* Telling ---------------------------------------------------------------------------- */

/* Both languages of one line, of parts with dots between. */
typedef struct {
  GString *said[WORDS_SIDES];
} Told;

static void told_clear (Told *told)
{
  for (guint side = 0; side < WORDS_SIDES; side++)
    if (told->said[side] != NULL)
      g_string_free (told->said[side], TRUE);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Told, told_clear)

static void told_start (Told *told)
{
  for (guint side = 0; side < WORDS_SIDES; side++)
    told->said[side] = g_string_new (NULL);
}

static OwnedPair told_end (Told *told)
{
  OwnedPair pair
      = { g_strdup (told->said[WORDS_FIRST]->str), g_strdup (told->said[WORDS_SECOND]->str) };
  return pair;
}

static void say (Told *told, guint side, const char *text)
{
  if (*text != '\0')
    g_string_append_printf (told->said[side], "%s%s", told->said[side]->len > 0 ? " · " : "", text);
}

static void say_appointment (Told *told, const Appointment *appointment, gboolean dated)
{
  Pair kind = appointment_kind_wording (appointment->kind);
  for (guint side = 0; side < WORDS_SIDES; side++) {
    const char *own = side == WORDS_FIRST ? appointment->fr : appointment->zh,
               *other = side == WORDS_FIRST ? appointment->zh : appointment->fr;
    if (dated)
      say (told, side, appointment->date);
    say (told, side, appointment->from);
    say (told, side, words_side (kind, (WordsSide) side));
    say (told, side, *own != '\0' ? own : other);
    say (told, side, appointment->line);
    say (told, side, appointment->place);
  }
}

/* « Li Na, Chambre de commerce » */
static void say_other (Told *told, Query *query)
{
  gboolean chinese = *query_text (query, 2) != '\0';
  g_autofree char *latin
      = strcmp (query_text (query, 5), "CN") == 0
            ? g_strjoin (" ", query_text (query, 0), query_text (query, 1), NULL)
            : g_strjoin (" ", query_text (query, 1), query_text (query, 0), NULL);
  g_strstrip (latin);
  for (guint side = 0; side < WORDS_SIDES; side++) {
    const char *own = query_text (query, 3 + (int) side),
               *other = query_text (query, 4 - (int) side),
               *name = (chinese && words_is_chinese ((WordsSide) side)) || *latin == '\0'
                           ? query_text (query, 2)
                           : latin;
    g_autofree char *line = g_strdup_printf (
        words_for_in ((WordsSide) side, "appointment", NC_ ("appointment", "%s, %s")), name,
        *own != '\0' ? own : other);
    say (told, side, *own != '\0' || *other != '\0' ? line : name);
  }
}

static gboolean say_others (Journal *journal, const Appointment *appointment, Told *told,
                            GError **error)
{
  if (!appointment_kind_is_shared (appointment->kind))
    return TRUE;
  Query *query = journal_query (journal, OTHERS, error);
  if (query == NULL)
    return FALSE;
  query_bind_text (query, ":reference", appointment->reference);
  query_bind_text (query, ":id", appointment->id);
  while (query_next (query))
    say_other (told, query);
  return query_end (query, error);
}

gboolean appointment_others (Journal *journal, const Appointment *appointment, OwnedPair *others,
                             GError **error)
{
  g_auto (Told) told = { 0 };
  told_start (&told);
  if (!say_others (journal, appointment, &told, error))
    return FALSE;
  *others = told_end (&told);
  return TRUE;
}

/* Hers of @date ("" for all) from @clock on. */
static GPtrArray *read_hers (Journal *journal, const char *reference, const char *date,
                             const char *clock, gint64 most, GError **error)
{
  g_autoptr (GPtrArray) hers = g_ptr_array_new_with_free_func ((GDestroyNotify) appointment_free);
  Query *query = journal_query (journal, HERS, error);
  if (query == NULL)
    return NULL;
  query_bind_text (query, ":reference", reference);
  query_bind_text (query, ":date", date);
  query_bind_text (query, ":clock", clock);
  query_bind_int (query, ":limit", most);
  while (query_next (query))
    g_ptr_array_add (hers, of_row (query));
  return query_end (query, error) ? g_steal_pointer (&hers) : NULL;
}

GPtrArray *appointment_of_person (Journal *journal, const char *reference, GError **error)
{
  return read_hers (journal, reference, "", "", -1, error);
}

gboolean appointment_tell (Journal *journal, const char *reference, const char *date,
                           const char *clock, OwnedPair *told, GError **error)
{
  g_autoptr (GString) first = g_string_new (NULL), second = g_string_new (NULL);
  g_autoptr (GPtrArray) hers = read_hers (journal, reference, date != NULL ? date : "", clock,
                                          APPOINTMENT_TOLD_MAX, error);
  if (hers == NULL)
    return FALSE;
  for (guint i = 0; i < hers->len; i++) {
    g_auto (Told) one = { 0 };
    told_start (&one);
    say_appointment (&one, hers->pdata[i], date == NULL);
    if (!say_others (journal, hers->pdata[i], &one, error))
      return FALSE;
    g_string_append_printf (first, "%s%s", i > 0 ? "\n" : "", one.said[WORDS_FIRST]->str);
    g_string_append_printf (second, "%s%s", i > 0 ? "\n" : "", one.said[WORDS_SECOND]->str);
  }
  *told = (OwnedPair){ g_strdup (first->str), g_strdup (second->str) };
  return TRUE;
}
