#include "counts/platform_watch.h"

#include "counts/cast.h"
#include "counts/figures.h"

#include <string.h>

static void watch_free (gpointer data)
{
  PlatformWatch *watch = data;
  g_free (watch->session);
  words_owned_clear (&watch->title);
  words_owned_clear (&watch->missed);
  g_free (watch);
}

static gboolean is_near (const Programme *programme, const ProgrammeEntry *session, GTimeZone *zone,
                         gint64 now_ms)
{
  const char *date = days_date_of (programme->days, session->day);
  return cast_is_due (zone, date, session->from, session->to, now_ms);
}

/* Her name in the language of @side; her role for a guest of protocol. */
static char *name_of (const CastMember *member, WordsSide side)
{
  if (member->protocol)
    return g_strdup (member->role);
  if (*member->name_zh != '\0' && (words_is_chinese (side) || *member->family == '\0'))
    return g_strdup (member->name_zh);
  gboolean chinese = strcmp (member->country, "CN") == 0;
  char *name = g_strjoin (" ", chinese ? member->family : member->given,
                          chinese ? member->given : member->family, NULL);
  return g_strstrip (name);
}

/* « France : Anne Morel, Yann Le Goff »; @text grows, where there are any. */
static void add_side (GString *text, const GPtrArray *cast, const char *session, FiguresSide of,
                      WordsSide side)
{
  static const char *const SIDES[FIGURES_SIDES]
      = { NC_ ("balance", "France"), NC_ ("balance", "China"), NC_ ("balance", "Others") };
  g_autoptr (GString) names = g_string_new (NULL);
  for (guint i = 0; i < cast->len; i++) {
    const CastMember *member = cast->pdata[i];
    if (strcmp (member->session, session) != 0 || member->place > CAST_LEFT
        || figures_side_of (member->country) != of)
      continue;
    g_autofree char *name = name_of (member, side);
    g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", name);
  }
  if (names->len == 0)
    return;
  g_autofree char *line
      = g_strdup_printf (words_for_in (side, "platform", NC_ ("platform", "%s: %s")),
                         words_for_in (side, "balance", SIDES[of]), names->str);
  g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", line);
}

static char *title_in (const ProgrammeEntry *session, WordsSide side)
{
  return g_strjoin (" · ", session->id, side == WORDS_FIRST ? session->fr : session->zh,
                    session->from, *session->room != '\0' ? session->room : NULL, NULL);
}

/* NULL where nobody is missed. */
static PlatformWatch *watch_of (const GPtrArray *cast, const ProgrammeEntry *session)
{
  g_autoptr (GString) first = g_string_new (NULL), second = g_string_new (NULL);
  for (FiguresSide of = FIGURES_FRANCE; of < FIGURES_SIDES; of++) {
    add_side (first, cast, session->id, of, WORDS_FIRST);
    add_side (second, cast, session->id, of, WORDS_SECOND);
  }
  if (first->len == 0)
    return NULL;
  PlatformWatch *watch = g_new0 (PlatformWatch, 1);
  watch->session = g_strdup (session->id);
  watch->title = (OwnedPair){ title_in (session, WORDS_FIRST), title_in (session, WORDS_SECOND) };
  watch->missed = (OwnedPair){ g_strdup (first->str), g_strdup (second->str) };
  return watch;
}

GPtrArray *platform_watch_read (Journal *journal, const Programme *programme, gint64 now_ms,
                                GError **error)
{
  g_autoptr (GPtrArray) watches = g_ptr_array_new_with_free_func (watch_free), cast = NULL;
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (programme->timezone);
  for (guint i = 0; zone != NULL && i < programme->sessions->len; i++) {
    const ProgrammeEntry *session = programme->sessions->pdata[i];
    if (!is_near (programme, session, zone, now_ms))
      continue;
    if (cast == NULL)
      cast = cast_read (journal, days_date_of (programme->days, session->day), error);
    if (cast == NULL)
      return NULL;
    PlatformWatch *watch = watch_of (cast, session);
    if (watch != NULL)
      g_ptr_array_add (watches, watch);
  }
  return g_steal_pointer (&watches);
}
