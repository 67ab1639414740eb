#include "issuance/personal_schedule.h"

#include "roster/delegate_role.h"
#include "vocabulary/dates.h"
#include "vocabulary/session_role.h"

#include <string.h>

typedef struct {
  const char *session, *fr, *zh; /* session id; the words alone */
} Role;

struct _PersonalSchedule {
  GArray *entries;  /* BadgeEntry */
  GPtrArray *texts; /* what they borrow, besides the Programme */
  GArray *roles;    /* Role */
  char *role_fr, *role_zh;
  const char *role_words[4]; /* each once; there are three */
};

static const char *keep (PersonalSchedule *agenda, char *text)
{
  g_ptr_array_add (agenda->texts, text);
  return text;
}

/* Roles ------------------------------------------------------------------------------ */

/* The words of a role, which is a @held one, of this person; FALSE if there is no
 * such. */
static gboolean role_words (PersonalSchedule *agenda, const Delegate *delegate, const char *held,
                            Role *role)
{
  const char *name = session_role_name (held);
  if (name == NULL)
    return FALSE;
  Pair said = session_role_words (held, gender_of_title (delegate->title));
  guint n = 0;
  while (agenda->role_words[n] != NULL && strcmp (agenda->role_words[n], name) != 0)
    n++;
  agenda->role_words[n] = name;
  role->fr = said.first;
  role->zh = said.second;
  return TRUE;
}

/* "intervenant A1; animateur A3", and on the front “Intervenante · A1, Animatrice ·
 * A3”. */
static void read_roles (PersonalSchedule *agenda, const Delegate *delegate)
{
  g_autoptr (GPtrArray) held = delegate_role_read (delegate_roles (delegate));
  g_autoptr (GString) fr = g_string_new (NULL), zh = g_string_new (NULL);
  for (guint i = 0; i < held->len; i++) {
    const DelegateRole *one = held->pdata[i];
    Role role = { 0 };
    if (!role_words (agenda, delegate, one->role, &role))
      continue;
    role.session = keep (agenda, g_strdup (one->session));
    g_string_append_printf (fr, "%s%s · %s", fr->len > 0 ? ", " : "", role.fr, role.session);
    g_string_append_printf (zh, "%s%s · %s", zh->len > 0 ? "，" : "", role.zh, role.session);
    g_array_append_val (agenda->roles, role);
  }
  agenda->role_fr = g_strdup (fr->str);
  agenda->role_zh = g_strdup (zh->str);
}

/* Her role in that session; NULL if she has none there. */
static const Role *role_in (const PersonalSchedule *agenda, const char *session)
{
  for (guint i = 0; i < agenda->roles->len; i++) {
    const Role *role = &g_array_index (agenda->roles, Role, i);
    if (strcmp (role->session, session) == 0)
      return role;
  }
  return NULL;
}

/* Events ----------------------------------------------------------------------------- */

/* The hours during which any entrance of the event is open on @day, and its name where
 * there is but one. Times compare as texts once they have two digits of hours. */
static void find_opening (PersonalSchedule *agenda, const Programme *programme, const char *event,
                          const char *day, BadgeEntry *entry)
{
  guint count = 0;
  const char *from = "", *to = "", *room = "";

  for (guint i = 0; i < programme->openings->len; i++) {
    const ProgrammeOpening *opening = g_ptr_array_index (programme->openings, i);
    if (strcmp (opening->event, event) != 0 || strcmp (opening->day, day) != 0)
      continue;
    if (count++ == 0) {
      from = opening->from;
      to = opening->to;
      room = strcmp (opening->fr, opening->zh) == 0
                 ? opening->fr
                 : keep (agenda, g_strdup_printf ("%s · %s", opening->fr, opening->zh));
      continue;
    }
    from = strcmp (opening->from, from) < 0 ? opening->from : from;
    to = strcmp (opening->to, to) > 0 ? opening->to : to;
    if (strstr (room, opening->fr) != room)
      room = "";
  }
  entry->from = keep (agenda, dates_clock (from));
  entry->to = keep (agenda, dates_clock (to));
  entry->room = room;
}

static void add_event (PersonalSchedule *agenda, const Programme *programme,
                       const ProgrammeEntry *event, const char *day, const char *day_fr,
                       const char *day_zh)
{
  BadgeEntry entry = { .day_fr = day_fr,
                       .day_zh = day_zh,
                       .title_fr = event->fr,
                       .title_zh = event->zh,
                       .role_fr = "",
                       .role_zh = "",
                       .mark = "" };

  find_opening (agenda, programme, event->id, day, &entry);
  g_array_append_val (agenda->entries, entry);
}

/* Sessions --------------------------------------------------------------------------- */

static void add_session (PersonalSchedule *agenda, const ProgrammeEntry *session,
                         const char *day_fr, const char *day_zh)
{
  const Role *role = role_in (agenda, session->id);
  BadgeEntry entry = {
    .day_fr = day_fr,
    .day_zh = day_zh,
    .from = keep (agenda, dates_clock (session->from)),
    .to = keep (agenda, dates_clock (session->to)),
    .title_fr = keep (agenda, g_strdup_printf ("%s · %s", session->id, session->fr)),
    .title_zh = keep (agenda, g_strdup_printf ("%s · %s", session->id, session->zh)),
    .room = session->room,
    .role_fr = role != NULL ? role->fr : "",
    .role_zh = role != NULL ? role->zh : "",
    .mark = session->id,
  };

  g_array_append_val (agenda->entries, entry);
}

static int by_time (gconstpointer a, gconstpointer b)
{
  const ProgrammeEntry *one = *(const ProgrammeEntry *const *) a,
                       *other = *(const ProgrammeEntry *const *) b;
  g_autofree char *one_from = dates_clock (one->from), *other_from = dates_clock (other->from);
  int order = strcmp (one_from, other_from);

  return order != 0 ? order : strcmp (one->id, other->id);
}

/* The sessions of @day that the person attends, in order. */
static GPtrArray *sessions_of (const PersonalSchedule *agenda, const Programme *programme,
                               const Delegate *delegate, const char *day)
{
  GPtrArray *sessions = g_ptr_array_new ();

  for (guint i = 0; i < programme->sessions->len; i++) {
    ProgrammeEntry *session = g_ptr_array_index (programme->sessions, i);
    gboolean attends = role_in (agenda, session->id) != NULL
                       || g_strv_contains ((const char *const *) delegate->workshops, session->id);
    if (attends && strcmp (session->day, day) == 0)
      g_ptr_array_add (sessions, session);
  }
  g_ptr_array_sort (sessions, by_time);
  return sessions;
}

/* The agenda ------------------------------------------------------------------------- */

/* « Rendez-vous d’affaires · Eau et déchets · Li Na » */
static char *meeting_title (const PersonalMeeting *meeting, WordsSide side)
{
  const Appointment *appointment = meeting->appointment;
  const char *own = side == WORDS_FIRST ? appointment->fr : appointment->zh,
             *other = side == WORDS_FIRST ? appointment->zh : appointment->fr,
             *about = *own != '\0' ? own : other,
             *kind = words_side (appointment_kind_wording (appointment->kind), side),
             *with = words_side (meeting->others, side);
  const char *const parts[] = { kind, about, appointment->line, with };
  g_autoptr (GString) title = g_string_new (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (*parts[i] != '\0')
      g_string_append_printf (title, "%s%s", title->len > 0 ? " · " : "", parts[i]);
  return g_strdup (title->str);
}

static void add_meeting (PersonalSchedule *agenda, const PersonalMeeting *meeting,
                         const char *day_fr, const char *day_zh)
{
  const Appointment *appointment = meeting->appointment;
  BadgeEntry entry = {
    .day_fr = day_fr,
    .day_zh = day_zh,
    .from = appointment->from,
    .to = appointment->to,
    .title_fr = keep (agenda, meeting_title (meeting, WORDS_FIRST)),
    .title_zh = keep (agenda, meeting_title (meeting, WORDS_SECOND)),
    .room = appointment->place,
    .role_fr = "",
    .role_zh = "",
    .mark = "",
  };
  g_array_append_val (agenda->entries, entry);
}

static int by_hour (gconstpointer a, gconstpointer b, gpointer data)
{
  const BadgeEntry *one = a, *other = b;
  return strcmp (one->from, other->from);
}

/* Meetings of @date, put in order among the entries from @first on: the day's sessions.
 * */
static void add_meetings (PersonalSchedule *agenda, const GArray *meetings, const char *date,
                          guint first, const char *day_fr, const char *day_zh)
{
  for (guint i = 0; meetings != NULL && i < meetings->len; i++) {
    const PersonalMeeting *meeting = &g_array_index (meetings, PersonalMeeting, i);
    if (strcmp (meeting->appointment->date, date) == 0)
      add_meeting (agenda, meeting, day_fr, day_zh);
  }
  if (agenda->entries->len > first)
    g_qsort_with_data (&g_array_index (agenda->entries, BadgeEntry, first),
                       (gint) (agenda->entries->len - first), sizeof (BadgeEntry), by_hour, NULL);
}

static void add_day (PersonalSchedule *agenda, const Programme *programme, const Delegate *delegate,
                     const GArray *meetings, const Day *day)
{
  g_autoptr (GPtrArray) sessions = sessions_of (agenda, programme, delegate, day->label);
  gboolean comes = g_strv_contains ((const char *const *) delegate->days, day->label);
  char *fr = NULL, *zh = NULL;

  dates_day (day->date, &fr, &zh);
  keep (agenda, fr);
  keep (agenda, zh);
  for (guint i = 0; comes && i < programme->events->len; i++) {
    const ProgrammeEntry *event = g_ptr_array_index (programme->events, i);
    if (event->days != NULL && g_strv_contains ((const char *const *) event->days, day->label)
        && g_strv_contains ((const char *const *) delegate->events, event->id))
      add_event (agenda, programme, event, day->label, fr, zh);
  }
  guint first = agenda->entries->len;
  for (guint i = 0; i < sessions->len; i++) {
    const ProgrammeEntry *session = g_ptr_array_index (sessions, i);
    if (comes || role_in (agenda, session->id) != NULL)
      add_session (agenda, session, fr, zh);
  }
  add_meetings (agenda, meetings, day->date, first, fr, zh);
}

PersonalSchedule *personal_schedule_new (const Programme *programme, const Delegate *delegate,
                                         const GArray *meetings)
{
  PersonalSchedule *agenda = g_new0 (PersonalSchedule, 1);

  agenda->entries = g_array_new (FALSE, FALSE, sizeof (BadgeEntry));
  agenda->texts = g_ptr_array_new_with_free_func (g_free);
  agenda->roles = g_array_new (FALSE, FALSE, sizeof (Role));
  read_roles (agenda, delegate);
  for (guint i = 0; i < programme->days->len; i++)
    add_day (agenda, programme, delegate, meetings, g_ptr_array_index (programme->days, i));
  return agenda;
}

void personal_schedule_free (PersonalSchedule *agenda)
{
  if (agenda == NULL)
    return;
  g_array_unref (agenda->entries);
  g_ptr_array_unref (agenda->texts);
  g_array_unref (agenda->roles);
  g_free (agenda->role_fr);
  g_free (agenda->role_zh);
  g_free (agenda);
}

const BadgeEntry *personal_schedule_entries (const PersonalSchedule *agenda, guint *count)
{
  *count = agenda->entries->len;
  return agenda->entries->len > 0 ? (const BadgeEntry *) (gpointer) agenda->entries->data : NULL;
}

const char *personal_schedule_role_fr (const PersonalSchedule *agenda)
{
  return agenda->role_fr;
}

const char *personal_schedule_role_zh (const PersonalSchedule *agenda)
{
  return agenda->role_zh;
}

const char *const *personal_schedule_role_words (const PersonalSchedule *agenda)
{
  return agenda->role_words;
}
