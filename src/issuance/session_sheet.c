#include "issuance/session_sheet.h"

#include "badge/signature_sheet.h"
#include "congress/programme.h"
#include "core/collate.h"
#include "roster/delegate_role.h"
#include "roster/delegate.h"
#include "vocabulary/dates.h"

#include <string.h>

G_DEFINE_QUARK (session - sheet - error - quark, session_sheet_error)

/* What is asked for, found in the event file. */
typedef struct {
  const ProgrammeEntry *session, *event;
  const Day *day;
  const char *delegation;
} Meaning;

typedef struct {
  Delegate *delegate;
  char *key;
} Ranked;

typedef struct {
  const Meaning *meaning;
  GArray *people; /* Ranked */
  guint discreet;
} Gathering;

static void ranked_clear (gpointer data)
{
  Ranked *ranked = data;
  delegate_free (ranked->delegate);
  g_free (ranked->key);
}

static gboolean is_asked (const char *word)
{
  return word != NULL && *word != '\0';
}

/* Who ------------------------------------------------------------------------------- */

static gboolean lists (char **values, const char *id)
{
  return g_strv_contains ((const char *const *) values, id);
}

static gboolean is_meant (const Meaning *meaning, const Delegate *delegate)
{
  if (delegate->revoked
      || (meaning->delegation != NULL && strcmp (delegate->delegation, meaning->delegation) != 0))
    return FALSE;
  if (meaning->session != NULL)
    return lists (delegate->workshops, meaning->session->id)
           || delegate_role_is_in (delegate_roles (delegate), meaning->session->id);
  return lists (delegate->days, meaning->day->label)
         && (meaning->event == NULL || lists (delegate->events, meaning->event->id));
}

static void gather (const Delegate *delegate, gpointer data)
{
  Gathering *gathering = data;
  if (!is_meant (gathering->meaning, delegate))
    return;
  if (delegate->protocol) {
    gathering->discreet++;
    return;
  }
  Ranked ranked = { .delegate = delegate_copy (delegate) };
  ranked.key = *delegate->family != '\0' || *delegate->given != '\0'
                   ? collate_name_fr (delegate->family, delegate->given)
                   : collate_key (delegate->name_zh);
  g_array_append_val (gathering->people, ranked);
}

static int by_key (gconstpointer a, gconstpointer b)
{
  const Ranked *first = a, *second = b;
  int order = strcmp (first->key, second->key);
  return order != 0 ? order : strcmp (first->delegate->reference, second->delegate->reference);
}

/* What ------------------------------------------------------------------------------- */

static gboolean refuse (GError **error, const char *message)
{
  g_set_error_literal (error, SESSION_SHEET_ERROR, SESSION_SHEET_ERROR_WORD, message);
  return FALSE;
}

static gboolean find_session (const SessionSheet *sheet, const Programme *programme,
                              Meaning *meaning, GError **error)
{
  g_autofree char *words = programme_words (programme->sessions),
                  *message = g_strdup_printf (_ ("“%s” is no session of the event file. "
                                                 "Write one of: %s"),
                                              sheet->session, words);
  meaning->session = programme_session (programme, sheet->session);
  return meaning->session != NULL || refuse (error, message);
}

static gboolean find_day (const SessionSheet *sheet, const Programme *programme, Meaning *meaning,
                          GError **error)
{
  if (!is_asked (sheet->day))
    return refuse (error, _ ("a sheet to sign is of a session or of a day: name one"));
  meaning->day = programme_day (programme, sheet->day);
  if (meaning->day == NULL)
    return refuse (error, _ ("that is no day of the event file"));
  if (is_asked (sheet->half) && strcmp (sheet->half, "morning") != 0
      && strcmp (sheet->half, "afternoon") != 0)
    return refuse (error, _ ("a half of the day is morning or afternoon"));
  meaning->event = is_asked (sheet->event) ? programme_event (programme, sheet->event) : NULL;
  return !is_asked (sheet->event) || meaning->event != NULL
         || refuse (error, _ ("that is no event of the event file"));
}

static gboolean find (const SessionSheet *sheet, const Programme *programme, Meaning *meaning,
                      GError **error)
{
  const ProgrammeEntry *delegation
      = is_asked (sheet->delegation) ? programme_delegation (programme, sheet->delegation) : NULL;
  meaning->delegation = delegation != NULL             ? delegation->id
                        : is_asked (sheet->delegation) ? sheet->delegation
                                                       : NULL;
  return is_asked (sheet->session) ? find_session (sheet, programme, meaning, error)
                                   : find_day (sheet, programme, meaning, error);
}

/* Heading ---------------------------------------------------------------------------- */

static OwnedPair title_of (const SessionSheet *sheet, const Meaning *meaning)
{
  if (meaning->session != NULL)
    return (OwnedPair){
      g_strdup_printf ("%s · %s", meaning->session->id, meaning->session->fr),
      g_strdup_printf ("%s · %s", meaning->session->id, meaning->session->zh),
    };
  Pair half = !is_asked (sheet->half) ? PAIR_EMPTY
              : *sheet->half == 'm'
                  ? words_pair_in ("half of a day", NC_ ("half of a day", "Morning"))
                  : words_pair_in ("half of a day", NC_ ("half of a day", "Afternoon"));
  Pair event = meaning->event != NULL
                   ? (Pair){ meaning->event->fr, meaning->event->zh }
                   : words_pair_in ("sheet to sign", NC_ ("sheet to sign", "Attendance"));
  const char *between = *half.first != '\0' ? " · " : "";
  return (OwnedPair){ g_strconcat (event.first, between, half.first, NULL),
                      g_strconcat (event.second, between, half.second, NULL) };
}

/* « mercredi 26 octobre, 14:00–17:00 » */
static OwnedPair when_of (const Programme *programme, const Meaning *meaning)
{
  OwnedPair day = { NULL, NULL };
  const char *date = meaning->session != NULL
                         ? days_date_of (programme->days, meaning->session->day)
                         : meaning->day->date;
  dates_day (date != NULL ? date : "", &day.first, &day.second);
  if (meaning->session == NULL)
    return day;
  g_autofree char *first = day.first, *second = day.second,
                  *from = dates_clock (meaning->session->from),
                  *to = dates_clock (meaning->session->to);
  return (OwnedPair){ g_strdup_printf ("%s, %s–%s", first, from, to), g_strdup (second) };
}

static char *foot_of (const SessionSheet *sheet, guint people, guint discreet)
{
  g_auto (OwnedPair) names = words_counted ("%u name", "%u names", people),
                     guests
                     = words_counted ("%u guest of the protocol is not named here",
                                      "%u guests of the protocol are not named here", discreet);
  g_autofree char *count = words_line (words_of_owned (&names)),
                  *missing = words_line (words_of_owned (&guests));
  g_autoptr (GString) foot = g_string_new (count);
  if (discreet > 0)
    g_string_append_printf (foot, " · %s", missing);
  if (is_asked (sheet->foot))
    g_string_append_printf (foot, " · %s", sheet->foot);
  return g_strdup (foot->str);
}

static GBytes *draw (const SessionSheet *sheet, const Programme *programme,
                     const Gathering *gathering, GError **error)
{
  const Meaning *meaning = gathering->meaning;
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (SignatureRow));
  for (guint i = 0; i < gathering->people->len; i++) {
    const Delegate *delegate = g_array_index (gathering->people, Ranked, i).delegate;
    SignatureRow row = { .family = delegate->family,
                         .given = delegate->given,
                         .name_zh = delegate->name_zh,
                         .organisation_fr = delegate->organisation_fr,
                         .organisation_zh = delegate->organisation_zh,
                         .second_leads = delegate_second_leads (delegate) };
    g_array_append_val (rows, row);
  }
  g_auto (OwnedPair) title = title_of (sheet, meaning), when = when_of (programme, meaning);
  g_autofree char *foot = foot_of (sheet, rows->len, gathering->discreet);
  const SignatureHeading heading = { .congress = { programme->fr, programme->zh },
                                     .title = words_of_owned (&title),
                                     .when = words_of_owned (&when),
                                     .room = meaning->session != NULL ? meaning->session->room : "",
                                     .foot = foot };
  return signature_sheet_draw (&heading, (const SignatureRow *) (gconstpointer) rows->data,
                               rows->len, error);
}

GBytes *session_sheet_draw (Journal *journal, const SessionSheet *sheet, guint *people,
                            GError **error)
{
  Meaning meaning = { 0 };
  g_autoptr (Programme) programme = programme_read (journal, error);
  if (programme == NULL || !find (sheet, programme, &meaning, error))
    return NULL;
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (Ranked));
  g_array_set_clear_func (found, ranked_clear);
  Gathering gathering = { &meaning, found, 0 };
  if (!delegate_each_near (journal, sheet->delegation,
                           meaning.session != NULL ? meaning.session->id : NULL, gather, &gathering,
                           error))
    return NULL;
  g_array_sort (found, by_key);
  if (people != NULL)
    *people = found->len;
  return draw (sheet, programme, &gathering, error);
}
