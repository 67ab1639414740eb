#include "issuance/appointment_sheet.h"

#include "badge/signature_sheet.h"
#include "congress/programme.h"
#include "counts/as_of.h"
#include "vocabulary/dates.h"

#include <string.h>

typedef struct {
  GArray *rows;     /* SignatureRow */
  GPtrArray *texts; /* char *: theirs */
  guint hidden;
} Rows;

static const char *keep (Rows *rows, char *text)
{
  g_ptr_array_add (rows->texts, text);
  return text;
}

static void add (GString *line, const char *text)
{
  if (*text != '\0')
    g_string_append_printf (line, "%s%s", line->len > 0 ? " · " : "", text);
}

/* « 2016-10-27 · 10:30–11:00 · Salle 2 · 48/50 · Accord · 友城协议 »: what the heading says
 * already is left out. */
static const char *group_of (Rows *rows, const AppointmentsFilter *filter,
                             const AppointmentsThing *thing)
{
  g_autoptr (GString) line = g_string_new (NULL);
  g_autofree char *kind = words_line (appointment_kind_wording (thing->kind)),
                  *about = words_line ((Pair){ thing->fr, thing->zh }),
                  *span = *thing->to != '\0' ? g_strdup_printf ("%s–%s", thing->from, thing->to)
                                             : g_strdup (thing->from);
  add (line, filter->date == NULL ? thing->date : "");
  add (line, span);
  add (line, filter->kind == APPOINTMENT_KINDS ? kind : "");
  add (line, thing->line);
  add (line, thing->kind != APPOINTMENT_SHUTTLE ? thing->place : "");
  if (thing->places > 0)
    g_string_append_printf (line, " · %u/%u%s", thing->people->len, thing->places,
                            appointments_is_crowded (thing) ? " !" : "");
  add (line, about);
  return keep (rows, g_strdup (line->str));
}

/* Her stop or hotel, host, seat, and whether she is there. */
static const char *said_in (Rows *rows, const AppointmentsThing *thing,
                            const AppointmentsPerson *person, WordsSide side)
{
  g_autoptr (GString) line = g_string_new (NULL);
  add (line, words_side (appointments_state_wording (thing->kind, person->state), side));
  add (line, person->host);
  add (line, person->seat);
  if (thing->kind == APPOINTMENT_SHUTTLE)
    add (line, *person->place != '\0' ? person->place : person->hotel);
  else if (thing->kind == APPOINTMENT_ARRIVAL)
    add (line, person->hotel);
  return keep (rows, g_strdup (line->str));
}

static void add_thing (Rows *rows, const AppointmentsFilter *filter, const AppointmentsThing *thing)
{
  const Pair group = { group_of (rows, filter, thing), "" };
  for (guint i = 0; i < thing->people->len; i++) {
    const AppointmentsPerson *person = thing->people->pdata[i];
    if (*person->reference == '\0') {
      rows->hidden++;
      continue;
    }
    gboolean chinese = strcmp (person->country, "CN") == 0 && *person->name_zh != '\0';
    SignatureRow row = { .family = person->family,
                         .given = person->given,
                         .name_zh = person->name_zh,
                         .organisation_fr = person->organisation_fr,
                         .organisation_zh = person->organisation_zh,
                         .second_leads = chinese,
                         .group = group,
                         .said = { said_in (rows, thing, person, WORDS_FIRST),
                                   said_in (rows, thing, person, WORDS_SECOND) } };
    g_array_append_val (rows->rows, row);
  }
}

/* How many, who is not named, as of when. */
static char *foot_of (const Rows *rows, const AsOf *as_of)
{
  g_auto (OwnedPair) names = words_counted ("%u name", "%u names", rows->rows->len),
                     guests
                     = words_counted ("%u guest of the protocol is not named here",
                                      "%u guests of the protocol are not named here", rows->hidden);
  g_autofree char *count = words_line (words_of_owned (&names)),
                  *missing = words_line (words_of_owned (&guests)), *stamp = as_of_stamp (as_of);
  return g_strjoin (" · ", count, rows->hidden > 0 ? missing : stamp,
                    rows->hidden > 0 ? stamp : NULL, NULL);
}

GBytes *appointment_sheet_draw (Journal *journal, const AppointmentsFilter *filter,
                                const GPtrArray *things, GError **error)
{
  g_autoptr (Programme) programme = programme_read (journal, error);
  g_autoptr (AsOf) as_of = programme != NULL ? as_of_read (journal, error) : NULL;
  if (as_of == NULL)
    return NULL;
  g_autoptr (GArray) made = g_array_new (FALSE, FALSE, sizeof (SignatureRow));
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  Rows rows = { made, texts, 0 };
  for (guint i = 0; i < things->len; i++)
    add_thing (&rows, filter, things->pdata[i]);
  OwnedPair when = { NULL, NULL };
  dates_day (filter->date != NULL ? filter->date : "", &when.first, &when.second);
  keep (&rows, when.first);
  keep (&rows, when.second);
  g_autofree char *foot = foot_of (&rows, as_of);
  const SignatureHeading heading = {
    .congress = { programme->fr, programme->zh },
    .title = filter->kind < APPOINTMENT_KINDS
                 ? appointment_kind_wording (filter->kind)
                 : words_pair_in ("appointment", NC_ ("appointment", "Who is expected")),
    .when = words_of_owned (&when),
    .room = "",
    .foot = foot,
    .kind = words_pair_in ("appointment", NC_ ("appointment", "List to tick")),
    .third = words_pair_in ("appointment", NC_ ("appointment", "State")),
    .notes = PAIR_EMPTY,
  };
  return signature_sheet_draw (&heading, (const SignatureRow *) (gconstpointer) made->data,
                               made->len, error);
}
