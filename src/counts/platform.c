#include "counts/platform.h"

#include "congress/programme.h"
#include "counts/cast.h"
#include "counts/figures.h"
#include "journal/query.h"

#include <string.h>

static const char *const NAMES[PLATFORM_RULES]
    = { "crowded", "uneven", "no-pair", "one-category", "two-rooms", "unknown", "stranger" };

static const char STRANGERS[]
    = "SELECT DISTINCT r.session, r.reference FROM session_role r LEFT JOIN delegate d ON "
      "d.reference = r.reference AND NOT d.revoked WHERE d.reference IS NULL AND (:session = '' OR "
      "r.session = :session) ORDER BY r.session, r.reference";

/* Words of roles, as registrations hold them (roster/value.h). */
#define SPEAKER "intervenant"
#define MODERATOR "animateur"

static void remark_free (gpointer data)
{
  PlatformRemark *remark = data;
  g_free (remark->session);
  g_free (remark->other);
  g_free (remark->reference);
  g_free (remark->category);
  g_strfreev (remark->people);
  g_free (remark);
}

static PlatformRemark *add (GPtrArray *remarks, PlatformRule rule, const char *session,
                            const char *other, const char *reference, const char *category)
{
  PlatformRemark *remark = g_new0 (PlatformRemark, 1);
  remark->rule = rule;
  remark->session = g_strdup (session);
  remark->other = g_strdup (other);
  remark->reference = g_strdup (reference);
  remark->category = g_strdup (category);
  g_ptr_array_add (remarks, remark);
  return remark;
}

/* One session ------------------------------------------------------------------------ */

typedef struct {
  guint people, speakers, sides[FIGURES_SIDES], moderators[FIGURES_SIDES];
  const char *category; /* of all speakers so far; NULL where they differ */
} Platform;

static Platform platform_of (const GPtrArray *cast, const char *session)
{
  Platform platform = { .category = "" };
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < cast->len; i++) {
    const CastMember *member = cast->pdata[i];
    if (strcmp (member->session, session) != 0)
      continue;
    FiguresSide side = figures_side_of (member->country);
    platform.moderators[side] += strcmp (member->role, MODERATOR) == 0;
    if (strcmp (member->role, SPEAKER) == 0) {
      if (platform.speakers++ == 0)
        platform.category = member->category;
      else if (platform.category != NULL && strcmp (platform.category, member->category) != 0)
        platform.category = NULL;
    }
    if (!g_hash_table_add (seen, member->reference))
      continue; /* two sub-themes are one person */
    platform.people++;
    platform.sides[side]++;
  }
  return platform;
}

static void check_session (GPtrArray *remarks, const GPtrArray *cast, const char *session)
{
  Platform platform = platform_of (cast, session);
  guint french = platform.sides[FIGURES_FRANCE], chinese = platform.sides[FIGURES_CHINA];
  if (platform.people > PLATFORM_MOST)
    add (remarks, PLATFORM_CROWDED, session, "", "", "")->count = platform.people;
  if (platform.people > 0 && french != chinese) {
    PlatformRemark *remark = add (remarks, PLATFORM_UNEVEN, session, "", "", "");
    remark->count = french;
    remark->other_count = chinese;
  }
  if ((platform.moderators[FIGURES_FRANCE] > 0) != (platform.moderators[FIGURES_CHINA] > 0))
    add (remarks, PLATFORM_NO_PAIR, session, "", "", "");
  if (platform.speakers > 1 && platform.category != NULL)
    add (remarks, PLATFORM_ONE_CATEGORY, session, "", "", platform.category);
}

/* Two rooms -------------------------------------------------------------------------- */

static const ProgrammeEntry *session_of (const Programme *programme, const char *id)
{
  for (guint i = 0; i < programme->sessions->len; i++) {
    const ProgrammeEntry *session = programme->sessions->pdata[i];
    if (strcmp (session->id, id) == 0)
      return session;
  }
  return NULL;
}

/* Hours are written with two digits, and compare as texts. */
static gboolean overlap (const ProgrammeEntry *one, const ProgrammeEntry *two)
{
  return strcmp (one->id, two->id) != 0 && strcmp (one->day, two->day) == 0
         && strcmp (one->from, two->to) < 0 && strcmp (two->from, one->to) < 0;
}

/* The roles of one person: each pair of them once. */
static void check_person (GPtrArray *remarks, const Programme *programme, const GPtrArray *roles,
                          const char *session)
{
  g_autoptr (GHashTable) said = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < roles->len; i++)
    for (guint j = i + 1; j < roles->len; j++) {
      const CastMember *one = roles->pdata[i], *two = roles->pdata[j];
      const ProgrammeEntry *here = session_of (programme, one->session),
                           *there = session_of (programme, two->session);
      if (here == NULL || there == NULL || !overlap (here, there)
          || (session != NULL && strcmp (session, here->id) != 0
              && strcmp (session, there->id) != 0))
        continue;
      if (g_hash_table_add (said, g_strconcat (here->id, "\n", there->id, NULL)))
        add (remarks, PLATFORM_TWO_ROOMS, here->id, there->id, one->reference, "");
    }
}

static void unref_array (gpointer array)
{
  g_ptr_array_unref (array);
}

static void check_rooms (GPtrArray *remarks, const Programme *programme, const GPtrArray *cast,
                         const char *session)
{
  g_autoptr (GHashTable) people
      = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, unref_array);
  for (guint i = 0; i < cast->len; i++) {
    CastMember *member = cast->pdata[i];
    GPtrArray *roles = g_hash_table_lookup (people, member->reference);
    if (roles == NULL) {
      roles = g_ptr_array_new ();
      g_hash_table_insert (people, member->reference, roles);
    }
    g_ptr_array_add (roles, member);
  }
  /* In the order of the cast, whatever the table's. */
  for (guint i = 0; i < cast->len; i++) {
    const CastMember *member = cast->pdata[i];
    const GPtrArray *roles = g_hash_table_lookup (people, member->reference);
    if (roles->pdata[0] == member && roles->len > 1)
      check_person (remarks, programme, roles, session);
  }
}

/* All -------------------------------------------------------------------------------- */

static void check_unknown (GPtrArray *remarks, const Programme *programme, const GPtrArray *cast)
{
  for (guint i = 0; i < cast->len; i++) {
    const CastMember *member = cast->pdata[i];
    if (session_of (programme, member->session) == NULL)
      add (remarks, PLATFORM_UNKNOWN, member->session, "", member->reference, "");
  }
}

static gboolean speaks_of (const PlatformRemark *remark, const CastMember *member)
{
  if (*remark->reference != '\0')
    return strcmp (remark->reference, member->reference) == 0;
  if (strcmp (remark->session, member->session) != 0)
    return FALSE;
  return remark->rule == PLATFORM_NO_PAIR        ? strcmp (member->role, MODERATOR) == 0
         : remark->rule == PLATFORM_ONE_CATEGORY ? strcmp (member->role, SPEAKER) == 0
                                                 : TRUE;
}

static void name_people (PlatformRemark *remark, const GPtrArray *cast)
{
  g_autoptr (GStrvBuilder) people = g_strv_builder_new ();
  g_autoptr (GHashTable) named = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < cast->len; i++) {
    const CastMember *member = cast->pdata[i];
    if (speaks_of (remark, member) && g_hash_table_add (named, member->reference))
      g_strv_builder_add (people, member->reference);
  }
  remark->people = g_strv_builder_end (people);
}

static GPtrArray *check_all (const Programme *programme, const GPtrArray *cast, const char *session)
{
  GPtrArray *remarks = g_ptr_array_new_with_free_func (remark_free);
  for (guint i = 0; i < programme->sessions->len; i++) {
    const char *id = ((const ProgrammeEntry *) programme->sessions->pdata[i])->id;
    if (session == NULL || strcmp (session, id) == 0)
      check_session (remarks, cast, id);
  }
  check_rooms (remarks, programme, cast, session);
  if (session == NULL)
    check_unknown (remarks, programme, cast);
  for (guint i = 0; i < remarks->len; i++)
    name_people (remarks->pdata[i], cast);
  return remarks;
}

static PlatformRemark *crowd_of (GPtrArray *remarks, const char *session)
{
  for (guint i = 0; i < remarks->len; i++) {
    PlatformRemark *remark = remarks->pdata[i];
    if (remark->rule == PLATFORM_CROWDED && strcmp (remark->session, session) == 0)
      return remark;
  }
  return add (remarks, PLATFORM_CROWDED, session, "", "", "");
}

/* Those of one session; they count on its platform too. */
static void add_strangers_of (GPtrArray *remarks, const GPtrArray *cast, const char *session,
                              GPtrArray *strangers)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < cast->len; i++) {
    const CastMember *member = cast->pdata[i];
    if (strcmp (member->session, session) == 0
        && !g_ptr_array_find_with_equal_func (all, member->reference, g_str_equal, NULL))
      g_ptr_array_add (all, g_strdup (member->reference));
  }
  for (guint i = 0; i < strangers->len; i++)
    g_ptr_array_add (all, g_strdup (strangers->pdata[i]));
  if (all->len > PLATFORM_MOST) {
    PlatformRemark *crowd = crowd_of (remarks, session);
    crowd->count = all->len;
    g_strfreev (crowd->people);
    g_ptr_array_add (all, NULL);
    crowd->people = g_strdupv ((char **) all->pdata);
  }
  PlatformRemark *remark = add (remarks, PLATFORM_STRANGER, session, "", "", "");
  remark->count = strangers->len;
  g_ptr_array_add (strangers, NULL);
  remark->people = g_strdupv ((char **) strangers->pdata);
}

/* Who has a role by the event file and is not registered, or withdrawn. */
static gboolean add_strangers (Journal *journal, const GPtrArray *cast, const char *session,
                               GPtrArray *remarks, GError **error)
{
  g_autofree char *last = g_strdup ("");
  g_autoptr (GPtrArray) strangers = g_ptr_array_new_with_free_func (g_free);
  Query *query = journal_query (journal, STRANGERS, error);
  if (query == NULL)
    return FALSE;
  query_bind_text (query, ":session", session != NULL ? session : "");
  while (query_next (query)) {
    if (strangers->len > 0 && strcmp (last, query_text (query, 0)) != 0) {
      add_strangers_of (remarks, cast, last, strangers);
      g_ptr_array_set_size (strangers, 0);
    }
    g_free (last);
    last = g_strdup (query_text (query, 0));
    g_ptr_array_add (strangers, g_strdup (query_text (query, 1)));
  }
  if (strangers->len > 0)
    add_strangers_of (remarks, cast, last, strangers);
  return query_end (query, error);
}

GPtrArray *platform_read (Journal *journal, const char *session, GError **error)
{
  g_autoptr (Programme) programme = programme_read (journal, error);
  g_autoptr (GPtrArray) cast = programme != NULL ? cast_read (journal, "", error) : NULL;
  g_autoptr (GPtrArray) remarks = cast != NULL ? check_all (programme, cast, session) : NULL;
  return remarks != NULL && add_strangers (journal, cast, session, remarks, error)
             ? g_steal_pointer (&remarks)
             : NULL;
}

const char *platform_rule_name (PlatformRule rule)
{
  return rule < PLATFORM_RULES ? NAMES[rule] : "";
}

char *platform_remark_text (const PlatformRemark *remark)
{
  const char *session = remark->session;
  switch (remark->rule) {
  case PLATFORM_CROWDED:
    return g_strdup_printf (_ ("session %s: %u people on the platform; the committee wishes %d at "
                               "most, moderators and chair among them"),
                            session, remark->count, PLATFORM_MOST);
  case PLATFORM_UNEVEN:
    return g_strdup_printf (_ ("session %s: %u French and %u Chinese on the platform; the "
                               "committee wishes three of each"),
                            session, remark->count, remark->other_count);
  case PLATFORM_NO_PAIR:
    return g_strdup_printf (_ ("session %s: all moderators are of one side; a Franco-Chinese pair "
                               "is wished for"),
                            session);
  case PLATFORM_ONE_CATEGORY:
    return g_strdup_printf (_ ("session %s: all speakers are of the category “%s”; the committee "
                               "wants technicians, elected people, business and academics"),
                            session, remark->category);
  case PLATFORM_TWO_ROOMS:
    return g_strdup_printf (_ ("%s has a role in %s and in %s, which are at one time"),
                            remark->reference, session, remark->other);
  case PLATFORM_STRANGER:
    return g_strdup_printf (
        _ ("session %s: not registered, but given a role by the event file: %u"), session,
        remark->count);
  case PLATFORM_UNKNOWN:
  case PLATFORM_RULES:
    break;
  }
  return g_strdup_printf (_ ("%s has a role in session %s, which the event file does not have"),
                          remark->reference, session);
}

const char *platform_remark_remedy (const PlatformRemark *remark)
{
  switch (remark->rule) {
  case PLATFORM_CROWDED:
    return _ (
        "Take a role from one of them, in the list or in the event file, or leave it: nothing is "
        "forbidden.");
  case PLATFORM_UNEVEN:
    return _ ("Give a role to somebody of the other side in her list, or leave it.");
  case PLATFORM_NO_PAIR:
    return _ ("Give the role of a moderator to somebody of the other side too, or leave it.");
  case PLATFORM_ONE_CATEGORY:
    return _ ("Give a role to somebody of another category too, or leave it.");
  case PLATFORM_TWO_ROOMS:
    return _ ("Take one of the two roles from the list, or move a session (accueil session move).");
  case PLATFORM_STRANGER:
    return _ ("Import the list that has them, or correct the references in the event file.");
  case PLATFORM_UNKNOWN:
  case PLATFORM_RULES:
    break;
  }
  return _ ("Write the session into the event file, or take the role from the list.");
}
