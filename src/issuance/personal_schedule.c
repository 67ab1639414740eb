#include "issuance/personal_schedule.h"

#include "vocabulary/dates.h"

#include <string.h>

struct _PersonalSchedule {
  GArray *entries;  /* BadgeEntry */
  GPtrArray *texts; /* what they borrow, besides the Programme */
  char *role_fr, *role_zh;
  const char *role_word;
};

/* Roles as registrations hold them (roster/value.h), for a man, a woman and somebody of
 * whom the list does not say. */
static const struct {
  const char *held, *word, *man, *woman, *either; /* the last three are msgids */
} ROLES[] = {
  { "intervenant", "speaker", NC_ ("a man's role", "Speaker"), NC_ ("a woman's role", "Speaker"),
    NC_ ("role", "Speaker") },
  { "animateur", "moderator", NC_ ("a man's role", "Moderator"),
    NC_ ("a woman's role", "Moderator"), NC_ ("role", "Moderator") },
  { "président de séance", "chair", NC_ ("a man's role", "Chair"), NC_ ("a woman's role", "Chair"),
    NC_ ("role", "Chair") },
};

static const char *keep (PersonalSchedule *agenda, char *text)
{
  g_ptr_array_add (agenda->texts, text);
  return text;
}

/* Roles ------------------------------------------------------------------------------ */

typedef struct {
  const char *session, *fr, *zh; /* session id; the words alone */
} Role;

static gboolean is_titled (const Delegate *delegate, const char *const *titles)
{
  for (guint i = 0; titles[i] != NULL; i++)
    if (g_ascii_strcasecmp (delegate->title, titles[i]) == 0)
      return TRUE;
  return FALSE;
}

/* "intervenant A1" */
static Role read_role (PersonalSchedule *agenda, const Delegate *delegate)
{
  static const char *const MEN[] = { "M.", "M", "Mr", "Mr.", "Monsieur", "先生", NULL },
                           *const WOMEN[] = { "Mme", "Mme.", "Mlle", "Madame", "Ms", "Ms.",
                                              "Mrs", "Mrs.", "女士", "小姐",   NULL };
  const char *space = strrchr (delegate->role, ' ');

  for (guint i = 0; space != NULL && i < G_N_ELEMENTS (ROLES); i++)
    if (strlen (ROLES[i].held) == (gsize) (space - delegate->role)
        && g_str_has_prefix (delegate->role, ROLES[i].held)) {
      Pair said = is_titled (delegate, MEN)     ? words_pair_in ("a man's role", ROLES[i].man)
                  : is_titled (delegate, WOMEN) ? words_pair_in ("a woman's role", ROLES[i].woman)
                                                : words_pair_in ("role", ROLES[i].either);
      Role role = { space + 1, said.first, said.second };
      agenda->role_word = ROLES[i].word;
      agenda->role_fr = g_strdup_printf ("%s · %s", role.fr, role.session);
      agenda->role_zh = g_strdup_printf ("%s · %s", role.zh, role.session);
      return role;
    }
  agenda->role_word = "";
  agenda->role_fr = g_strdup ("");
  agenda->role_zh = g_strdup ("");
  return (Role){ "", "", "" };
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

static void add_session (PersonalSchedule *agenda, const ProgrammeEntry *session, const Role *role,
                         const char *day_fr, const char *day_zh)
{
  gboolean holds = strcmp (role->session, session->id) == 0;
  BadgeEntry entry = {
    .day_fr = day_fr,
    .day_zh = day_zh,
    .from = keep (agenda, dates_clock (session->from)),
    .to = keep (agenda, dates_clock (session->to)),
    .title_fr = keep (agenda, g_strdup_printf ("%s · %s", session->id, session->fr)),
    .title_zh = keep (agenda, g_strdup_printf ("%s · %s", session->id, session->zh)),
    .room = session->room,
    .role_fr = holds ? role->fr : "",
    .role_zh = holds ? role->zh : "",
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
static GPtrArray *sessions_of (const Programme *programme, const Delegate *delegate,
                               const Role *role, const char *day)
{
  GPtrArray *sessions = g_ptr_array_new ();

  for (guint i = 0; i < programme->sessions->len; i++) {
    ProgrammeEntry *session = g_ptr_array_index (programme->sessions, i);
    gboolean attends = strcmp (role->session, session->id) == 0
                       || g_strv_contains ((const char *const *) delegate->workshops, session->id);
    if (attends && strcmp (session->day, day) == 0)
      g_ptr_array_add (sessions, session);
  }
  g_ptr_array_sort (sessions, by_time);
  return sessions;
}

/* The agenda ------------------------------------------------------------------------- */

static void add_day (PersonalSchedule *agenda, const Programme *programme, const Delegate *delegate,
                     const Day *day, const Role *role)
{
  g_autoptr (GPtrArray) sessions = sessions_of (programme, delegate, role, day->label);
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
  for (guint i = 0; i < sessions->len; i++) {
    const ProgrammeEntry *session = g_ptr_array_index (sessions, i);
    if (comes || strcmp (role->session, session->id) == 0)
      add_session (agenda, session, role, fr, zh);
  }
}

PersonalSchedule *personal_schedule_new (const Programme *programme, const Delegate *delegate)
{
  PersonalSchedule *agenda = g_new0 (PersonalSchedule, 1);

  agenda->entries = g_array_new (FALSE, FALSE, sizeof (BadgeEntry));
  agenda->texts = g_ptr_array_new_with_free_func (g_free);
  Role role = read_role (agenda, delegate);
  for (guint i = 0; i < programme->days->len; i++)
    add_day (agenda, programme, delegate, g_ptr_array_index (programme->days, i), &role);
  return agenda;
}

void personal_schedule_free (PersonalSchedule *agenda)
{
  if (agenda == NULL)
    return;
  g_array_unref (agenda->entries);
  g_ptr_array_unref (agenda->texts);
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

const char *personal_schedule_role_word (const PersonalSchedule *agenda)
{
  return agenda->role_word;
}
